"""What is not public never shows: not as a text, not through anything that was derived from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import store
from parley.briefing.pages import pages
from parley.checks import verify
from parley.contract import tables
from parley.errors import SourceError
from parley.export import as_json
from parley.model import (
    SENSITIVITIES,
    Actor,
    Article,
    Claim,
    Deed,
    Figure,
    FigureRelation,
    Lineage,
    Mention,
    NameShown,
    Need,
    Phase,
    Record,
    Statement,
    Tally,
    Time,
    Unread,
    derived_id,
    span_of,
)
from parley.pipeline import build_record
from parley.sensitivity import EMBARGOED, RESTRICTED, may_show, visible
from parley.settings import Settings
from parley.sources import collect
from tests.conftest import ROOT, make_article
from tests.exporting import built, planted_in, write_reports

DAY = date(2031, 4, 1)
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
    assert visible(record, DAY).unread == ()
    assert planted_in(as_json(visible(record, DAY))) == []


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
    assert visible(record, DAY) is record


def test_nothing_that_rests_on_a_restricted_text_shows(tmp_path: Path) -> None:
    """Text, title, outlet, file, names and figures of a confidential report are gone, and what is left is whole."""
    record = built(write_reports(tmp_path / "reports"))
    assert len(planted_in(as_json(record))) >= 5
    shown = visible(record, DAY)
    assert planted_in(as_json(shown)) == []
    assert verify(shown).problems == ()
    assert {article.file for article in shown.articles} == {"wire.txt", "daily.txt", "handover.txt"}
    assert len(shown.statements) == len(
        [one for one in record.statements if one.article in {a.id for a in shown.articles}]
    )
    assert visible(record, DAY, {"confidential"}) is record


def test_an_embargo_ends_with_its_day(tmp_path: Path) -> None:
    """Hidden the day before, shown on the day itself, or before where it is asked for by name."""
    record = built(write_reports(tmp_path / "reports", "public", "2031-04-02"))
    assert planted_in(as_json(visible(record, date(2031, 4, 1)))) == []
    assert visible(record, date(2031, 4, 2)) is record
    assert visible(record, date(2031, 4, 1), {EMBARGOED}) is record


@pytest.mark.parametrize("process", ["qasr-truce", "drenova-pow", "port-lachine-docks"])
def test_no_name_of_a_hidden_report_is_left(process: str) -> None:
    """Whichever report is hidden, no capitalised word that only it has is anywhere in what is shown, and pages still build."""
    record = built(ROOT / "corpus" / process)
    for article in record.articles:
        shown = visible(hidden(record, article.file), DAY)
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


@given(st.data())
def test_hiding_more_shows_less(data: st.DataObject) -> None:
    """Of any two sets of hidden reports the larger leaves fewer rows read from texts, and showing twice changes nothing."""
    record = HARBOUR
    files = [article.file for article in record.articles]
    few = data.draw(st.sets(st.sampled_from(files)))
    more = few | data.draw(st.sets(st.sampled_from(files)))
    less, least = visible(hidden(record, *few), DAY), visible(hidden(record, *more), DAY)
    for name in ("articles", "statements", "figures", "acts", "needs"):
        assert {row.id for row in getattr(least, name)} <= {row.id for row in getattr(less, name)}
    assert visible(less, DAY) == less
    assert set(verify(least).problems) <= set(verify(record).problems)


def harbour() -> Record:
    """A record made by hand in which everything rests on two reports, of which one names more than the other."""
    full = make_article(
        "Mira Oduya said the gate opens. It opens if they pay. 12 dockers by May.", "full.txt"
    )
    short = make_article(
        "Oduya said the gate opens. It opens if they pay. 12 dockers by May.", "short.txt", "The Post"
    )
    third = make_article("The gate opens, Oduya said. 14 dockers.", "third.txt", "The Bell")
    rows: dict[str, list[object]] = {name: [] for name in ("statements", "figures", "needs", "times")}
    mentions = []
    for number, one in enumerate((full, short, third)):
        name = "Mira Oduya" if one is full else "Oduya"
        at = one.text.index(name)
        mentions.append(
            Mention(one.id, at, at + len(name), name, name, "person", "head" if one is full else "")
        )
        start = one.text.lower().index("the gate opens")
        words = span_of(one.text, start, start + 14)
        rows["statements"].append(
            Statement(f"s{number}", one.id, None, name, None, (words,), "indirect", actor="actor-o")
        )
        count = "14" if one is third else "12"
        low = one.text.index(count)
        rows["figures"].append(
            Figure(f"f{number}", one.id, low, low + 2, count, float(count), float(count), from_="Mira Oduya")
        )
    for number, one in enumerate((full, short)):
        start = one.text.index("It opens")
        phrase = "open it" if one is full else "it opens"
        rows["needs"].append(
            Need(
                f"n{number}",
                one.id,
                "they",
                phrase,
                "they pay",
                start,
                start + 21,
                "It opens if they pay.",
                "d1",
                "d2",
            )
        )
        at = one.text.index("May")
        rows["times"].append(
            Time(f"t{number}", one.id, "May", (at, at + 3), date(2031, 5, 1), date(2031, 5, 31))
        )
    return Record(
        articles=(full, short, third),
        **{name: tuple(found) for name, found in rows.items()},  # type: ignore[arg-type]
        deeds=(Deed("d1", "they", "open", "it"), Deed("d2", "", "they", "pay")),
        actors=(
            Actor("actor-o", "Mira Oduya", "person", None, "head", ("Mira Oduya", "Oduya"), tuple(mentions)),
        ),
        claims=(
            Claim(
                derived_id("clm", ["s0"]),
                ("s0", "s1", "s2"),
                (),
                (full.id, third.id),
                ("actor-o",),
                evidence=("s0", "s1", "s2"),
            ),
        ),
        lineage=(Lineage("lin-1", short.id, full.id, "copy", 0.9),),
        figure_relations=(
            FigureRelation("rel-1", ("f0", "f1"), "agree", "12", ("f0", "f1")),
            FigureRelation("rel-2", ("f1", "f2"), "conflict", "12 and 14", ("f1", "f2")),
        ),
        tallies=(Tally("tally-1", "dockers", "Mira Oduya", None, 12.0, None, evidence=("f0", "f1")),),
        phases=(Phase("phase-1", "first phase", date(2031, 5, 1), None, (), ("t0", "t1")),),
    )


HARBOUR = harbour()


def test_derived_rows_lose_what_is_hidden() -> None:
    """A claim keeps its other statements, a copy becomes a carrier, an actor is named as the others name him."""
    shown = visible(hidden(HARBOUR, "full.txt"), DAY)
    (claim,), (actor,) = shown.claims, shown.actors
    assert claim.says == ("s1", "s2")
    assert claim.id == derived_id("clm", ["s1"])
    assert set(claim.carried_by) == {article.id for article in shown.articles}
    assert (actor.name, actor.role, actor.surfaces) == ("Oduya", "", ("Oduya",))
    assert {figure.from_ for figure in shown.figures} == {"Oduya"}
    assert shown.lineage == ()
    assert [relation.id for relation in shown.figure_relations] == ["rel-2"]
    assert shown.tallies == ()
    assert shown.phases[0].start == date(2031, 5, 1)
    assert shown.phases[0].evidence == ("t1",)
    assert [(deed.verb, deed.object) for deed in shown.deeds] == [("it", "opens"), ("they", "pay")]


def test_a_decision_about_a_name_goes_with_the_name() -> None:
    """That somebody cleared or withheld a name that only a hidden report has would tell the name."""
    decided = tuple(NameShown(f"shown-{name}", name, False, "cor-1") for name in ("Oduya", "Mira Oduya"))
    shown = visible(hidden(replace(HARBOUR, names_shown=decided), "full.txt"), DAY)
    assert [one.name for one in shown.names_shown] == ["Oduya"]


def test_derived_rows_go_where_nothing_carries_them() -> None:
    """With both reports hidden that a phase, a deed and a tally rest on, these are gone; so is an actor nobody names."""
    shown = visible(hidden(HARBOUR, "full.txt", "short.txt"), DAY)
    assert (shown.phases, shown.deeds, shown.tallies, shown.figure_relations) == ((), (), (), ())
    assert shown.claims[0].says == ("s2",)
    nothing = visible(hidden(HARBOUR, "full.txt", "short.txt", "third.txt"), DAY)
    assert all(not getattr(nothing, name) for name in tables())
