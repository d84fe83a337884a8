"""What is not public never shows: not as a text, not through anything that was derived from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import store
from parley.briefing.pages import pages
from parley.byhand import note_article, read_notes, with_notes
from parley.corrections import make_correction
from parley.errors import SourceError
from parley.export import as_json
from parley.incremental import Held, correct, open_record
from parley.model import SENSITIVITIES, Article, Code, Record, Unread
from parley.pipeline import build, build_record
from parley.proof import verify
from parley.sensitivity import EMBARGOED, RESTRICTED, may_show, visible
from parley.settings import Settings
from parley.sources import collect
from tests.conftest import DAILY, ROOT, WIRE, make_article, unwrapped
from tests.exporting import FIRST, HANDOVER, MEMO, SECOND, built, held_of, planted_in, write_reports

DAY = date(2031, 4, 1)
TEXTS = {"wire": WIRE, "daily": DAILY, "handover": HANDOVER, "memo": MEMO, "first": FIRST, "second": SECOND}
DAYS = st.dates(date(2031, 3, 1), date(2031, 5, 1))


def hidden(record: Record, *files: str) -> Record:
    """The record with some of its reports confidential."""
    return replace(
        record,
        articles=tuple(
            replace(one, sensitivity="confidential") if one.file in files else one for one in record.articles
        ),
    )


@given(st.sampled_from(SENSITIVITIES), st.none() | DAYS, st.sets(st.sampled_from(RESTRICTED)), DAYS)
def test_every_restriction_is_asked_for_by_name(
    sensitivity: str, embargo: date | None, allowed: set[str], day: date
) -> None:
    """A text shows when its sensitivity is public or named, and its embargo over or named: neither stands for the other."""
    row = Unread("a.txt", "empty", sensitivity, embargo)
    open_now = embargo is None or day >= embargo or EMBARGOED in allowed
    assert may_show(row, day, allowed) == (open_now and (sensitivity == "public" or sensitivity in allowed))


def test_an_unknown_sensitivity_is_never_public() -> None:
    """A word that a later Parley may write keeps a text hidden."""
    assert not may_show(Unread("a.txt", "empty", "secret"), DAY, RESTRICTED)


def test_the_table_says_how_sensitive_a_text_is(tmp_path: Path) -> None:
    """Columns sensitivity and embargo reach the record and outlive the file and a rebuild."""
    record = built(write_reports(tmp_path / "reports", "internal", "2031-04-02"))
    store.save(record, tmp_path / "r.db")
    loaded = store.load(tmp_path / "r.db")
    again = build_record([*loaded.articles, *loaded.unread], Settings(processes=1))
    for one in (record, loaded, again):
        (memo,) = [article for article in one.articles if article.file == "zanquor.txt"]
        assert (memo.sensitivity, memo.embargo) == ("internal", date(2031, 4, 2))
        assert {article.sensitivity for article in one.articles if article is not memo} == {"public"}


def test_a_restricted_text_that_is_not_read_is_hidden_too(tmp_path: Path) -> None:
    """Its name shows nowhere, whether it is missing, empty, or the same text as another."""
    folder = write_reports(tmp_path / "reports")
    text = (folder / "zanquor.txt").read_text(encoding="utf-8")
    (folder / "twin.txt").write_text(text, encoding="utf-8")
    (folder / "void.txt").write_text("", encoding="utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8") as table:
        table.write(
            "quillmar.txt,,,,internal,\nvoid.txt,,,,confidential,\ntwin.txt,Zanquor Desk,,,confidential,\n"
        )
    record = built(folder)
    assert {one.file for one in record.unread} == {"quillmar.txt", "void.txt", "zanquor.txt"}
    assert visible(held_of(record), DAY).unread == ()
    assert planted_in(as_json(visible(held_of(record), DAY))) == []


@pytest.mark.parametrize(("sensitivity", "embargo"), [("secret", ""), ("public", "soon")])
def test_a_malformed_restriction_stops_the_build(tmp_path: Path, sensitivity: str, embargo: str) -> None:
    """A misspelt restriction must not make a text public: the error names line and column."""
    folder = write_reports(tmp_path / "reports", sensitivity, embargo)
    with pytest.raises(SourceError, match=r"line 5, column (sensitivity|embargo)"):
        list(collect([str(folder)], Settings()))


def test_lines_of_json_say_it_too(tmp_path: Path) -> None:
    """A line of JSON and the table's row for its file: the stricter of the two counts."""
    line = '{"text": "The union will reopen the gate on Monday, it said.", "sensitivity": "internal"}\n'
    (tmp_path / "all.jsonl").write_text(line, encoding="utf-8")
    for said, stricter in (("public", "internal"), ("confidential", "confidential")):
        (tmp_path / "sources.csv").write_text(f"file,sensitivity\nall.jsonl,{said}\n", encoding="utf-8")
        (article,) = collect([str(tmp_path)], Settings())
        assert isinstance(article, Article)
        assert article.sensitivity == stricter


def test_a_public_record_is_shown_as_it_is(tmp_path: Path) -> None:
    """Nothing is copied or changed where nothing is restricted."""
    record = built(write_reports(tmp_path / "reports", "public"))
    assert visible(held_of(record), DAY) is record


def test_nothing_that_rests_on_a_restricted_text_shows(tmp_path: Path) -> None:
    """Text, title, outlet, file, names and figures of a confidential report are gone, and what is left is whole."""
    record = built(write_reports(tmp_path / "reports"))
    assert len(planted_in(as_json(record))) >= 5
    shown = visible(held_of(record), DAY)
    assert planted_in(as_json(shown)) == []
    assert verify(shown).problems == ()
    assert {article.file for article in shown.articles} == {"wire.txt", "daily.txt", "handover.txt"}
    assert len(shown.statements) == len(
        [one for one in record.statements if one.article in {a.id for a in shown.articles}]
    )
    assert visible(held_of(record), DAY, {"confidential"}) is record


def test_an_embargo_ends_with_its_day(tmp_path: Path) -> None:
    """Hidden the day before, shown on the day itself, or before where it is asked for by name."""
    record = built(write_reports(tmp_path / "reports", "public", "2031-04-02"))
    assert planted_in(as_json(visible(held_of(record), date(2031, 4, 1)))) == []
    assert visible(held_of(record), date(2031, 4, 2)) is record
    assert visible(held_of(record), date(2031, 4, 1), {EMBARGOED}) is record


@pytest.mark.parametrize("process", ["qasr-truce", "drenova-pow", "port-lachine-docks"])
def test_no_name_of_a_hidden_report_is_left(process: str) -> None:
    """Whichever report is hidden, no capitalised word that only it has is anywhere in what is shown, and pages still build."""
    record = built(ROOT / "corpus" / process)
    for article in record.articles:
        shown = visible(held_of(hidden(record, article.file)), DAY)
        others = " ".join(
            " ".join(map(str, (a.text, a.title, a.outlet, a.file, a.url))) for a in shown.articles
        )
        known = set(re.findall(r"\w+", others.lower())) | set(
            re.findall(r"\w+", "the of and between parties")
        )
        own = {word for word in re.findall(r"\b[A-Z]\w{3,}", article.text) if word.lower() not in known}
        words = set(re.findall(r"\w+", as_json(shown)))
        assert not own & words, article.file
        assert article.id not in as_json(shown)
        assert all(html for _, html in pages(shown))


@settings(max_examples=8)
@given(st.data())
def test_hiding_more_shows_less(data: st.DataObject) -> None:
    """Of any two sets of hidden reports the larger leaves fewer rows read from texts, and showing twice changes nothing."""
    whole = opened()
    files = [article.file for article in whole.record.articles]
    few = data.draw(st.sets(st.sampled_from(files)))
    more = few | data.draw(st.sets(st.sampled_from(files)))
    less, least = (
        visible(replace(whole, record=hidden(whole.record, *some)), DAY, ()) for some in (few, more)
    )
    for name in ("articles", "statements", "figures", "acts", "needs"):
        assert {row.id for row in getattr(least, name)} <= {row.id for row in getattr(less, name)}
    assert visible(held_of(less), DAY) == less
    assert verify(least).problems == ()


@cache
def opened() -> Held:
    """Five public reports with what was read in them."""
    articles = [make_article(unwrapped(text), f"{name}.txt", name) for name, text in TEXTS.items()]
    built_once = build(articles, Settings(processes=1))
    return Held(Path("selde.db"), 0, built_once.record, built_once.readings, ())


@pytest.mark.parametrize("file", [f"{name}.txt" for name in TEXTS])
def test_what_is_shown_is_what_a_record_without_the_text_would_be(file: str) -> None:
    """Whichever report is hidden, every derived row is the one that the others give: nothing leans on it."""
    whole = opened()
    others = [one for one in whole.record.articles if one.file != file]
    shown = visible(replace(whole, record=hidden(whole.record, file)), DAY)
    assert shown == build_record(others, Settings(processes=1))


def test_decisions_about_what_is_hidden_are_hidden(tmp_path: Path) -> None:
    """That somebody withheld a name of a hidden report, or called a row of it wrong, shows nowhere; other decisions hold."""
    whole = opened()
    memo = next(one for one in whole.record.articles if one.file == "memo.txt")
    said = next(one for one in whole.record.statements if one.article == memo.id)
    count = next(one for one in whole.record.figures if one.text.startswith("31,731"))
    made = [
        make_correction(whole.record, row, action, words, "Ada", f"2031-04-01T08:0{number}", "")
        for number, (row, action, words) in enumerate(
            (
                ("Tembrath Osk", "withhold", ()),
                (said.id, "wrong", ()),
                (count.id, "edit", ("low=31700",)),
                ("Tomas Wyk", "withhold", ()),
            )
        )
    ]
    store.save(whole.record, tmp_path / "selde.db", whole.readings)
    decided = correct(open_record(tmp_path / "selde.db"), made, Settings(processes=1))
    assert {one.outcome for one in decided.record.outcomes} == {"applied"}
    shown = visible(replace(decided, record=hidden(decided.record, "memo.txt")), DAY)
    assert [one.name for one in shown.names_shown] == ["Tomas Wyk"]
    assert {one.correction for one in shown.outcomes} == {made[2].id, made[3].id}
    assert next(one.low for one in shown.figures if one.id == count.id) == 31700
    assert shown.struck == ()


def test_notes_and_codes_on_hidden_rows_are_hidden() -> None:
    """A public note about a row of a hidden report goes with all of its sheet, a note about that note too; so do codes."""
    whole = opened()
    record = hidden(whole.record, "memo.txt")
    memo = next(one for one in record.articles if one.file == "memo.txt")
    said = next(one for one in record.statements if one.article == memo.id)
    typed = {"kind": "row", "entered_by": "Ada", "words": "seen at noon"}
    sheet = note_article([typed, {**typed, "about": said.id}], "sheet.csv", "public")
    kept = note_article([typed], "kept", "public")
    (about,) = (one.id for one in read_notes([sheet]) if one.about)
    chained = note_article([{**typed, "about": about}], "chained", "public")
    row = next(one.id for one in record.statements if one.article != memo.id)
    codes = tuple(Code(f"code-{one}", one, "tone", "mild", "Ada", "2031-04-01") for one in (said.id, row))
    full = with_notes(replace(record, codes=codes), [sheet, kept, chained])
    shown = visible(replace(whole, record=full), DAY)
    assert [one.file for one in shown.articles if one.kind == "note"] == ["kept"]
    assert len(shown.notes) == 1
    assert [one.row for one in shown.codes] == [row]
