"""Corrections: which stand, what they change at a rebuild, and that nothing of them is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley import store
from parley.check import check_first
from parley.cli import main
from parley.corrections import decide, make_correction
from parley.errors import ChangedError, CorrectionError
from parley.harm import veiled
from parley.incremental import correct, correct_and_save, open_record, save
from parley.model import Correction, Figure, FigureRelation, Record, Tally, correction_id
from parley.moves import differences, told
from parley.pipeline import build_record
from parley.proof import verify

AT = "2031-03-07T06:30:00+00:00"


@pytest.fixture
def record(reports: Path) -> Record:
    """The two example reports, built."""
    return parley.build([str(reports)])


def corrected(record: Record, *made: Correction) -> Record:
    """The record built again from its own texts with these corrections."""
    return build_record([*record.articles, *record.unread], parley.Settings(), corrections=made)


def make(record: Record, row: str, action: str, *words: str, author: str = "Ada", at: str = AT) -> Correction:
    """A correction as somebody would make it."""
    return make_correction(record, row, action, words, author, at, "seen in the original")


def test_a_wrong_row_is_struck_and_nothing_rests_on_it(record: Record) -> None:
    """The statement goes from statements and claims, its words stay as struck, and the record still proves."""
    said = record.statements[0]
    after = corrected(record, make(record, said.id, "wrong"))
    assert said.id not in {one.id for one in after.statements}
    assert all(said.id not in claim.says for claim in after.claims)
    assert [(one.row, one.text) for one in after.struck] == [(said.id, said.content[0].text)]
    assert verify(after).problems == ()


def test_an_edit_changes_a_field_and_keeps_the_row(record: Record) -> None:
    """Value and span are the person's, the id is the row's, and the other rows stay as they were."""
    figure = record.figures[0]
    text = next(one.text for one in record.articles if one.id == figure.article)
    start, end = figure.start, figure.end - 1
    after = corrected(record, make(record, figure.id, "edit", "low=7", "status=held", f"span={start}-{end}"))
    changed = next(one for one in after.figures if one.id == figure.id)
    assert (changed.low, changed.status, changed.text) == (7, "held", text[start:end])
    assert [one.id for one in after.figures] == [one.id for one in record.figures]
    assert verify(after).problems == ()


def test_a_corrected_day_moves_what_counts_from_it_and_no_id(record: Record) -> None:
    """The report keeps its id and so do its rows; its weekdays resolve again; undoing it gives the record back."""
    wire = next(one for one in record.articles if one.outlet == "Coastal Wire")
    said = make(record, "wire.txt", "date", "2031-03-18")
    after = corrected(record, said)
    moved = next(one for one in after.articles if one.id == wire.id)
    assert (str(moved.published), moved.published_from) == ("2031-03-18", "person")
    days = {one.id: one.start for one in record.times if one.article == wire.id}
    assert any(one.start != days[one.id] for one in after.times if one.id in days)
    assert verify(after).problems == ()
    undone = corrected(after, said, make(after, said.id, "undo", said.id, at="2031-03-08T00:00:00+00:00"))
    assert replace(undone, outcomes=()) == record


def test_two_names_are_joined_and_set_apart_again(record: Record) -> None:
    """A merge makes one name of two; the same person's later split of the two wins."""
    one, other = record.actors[0], next(a for a in record.actors[1:] if a.kind == record.actors[0].kind)
    joined = make(record, one.id, "merge", other.id)
    after = corrected(record, joined)
    assert len(after.actors) == len(record.actors) - 1
    assert any("a person says so" in merge.why for actor in after.actors for merge in actor.merges)


def test_figures_are_related_and_taken_apart_by_a_person(record: Record) -> None:
    """A relation that a person makes stands with that reason; "unrelated" takes one away."""
    one, other = record.figures[0], record.figures[-1]
    after = corrected(record, make(record, one.id, "relate", other.id, "different_scope"))
    assert any(
        set(r.figures) == {one.id, other.id} and r.why == "a person says so" for r in after.figure_relations
    )
    parted = corrected(record, make(record, one.id, "relate", other.id, "unrelated"))
    assert not any({one.id, other.id} <= set(r.figures) for r in parted.figure_relations)


def test_a_name_is_withheld_and_cleared(record: Record) -> None:
    """A withheld name gets no name on pages; clearing it gives the name back."""
    name = next(actor.name for actor in record.actors if actor.kind == "person")
    hidden = corrected(record, make(record, name, "withhold"))
    assert name in veiled(hidden)
    cleared = corrected(hidden, make(hidden, name, "clear", at="2031-03-08T00:00:00+00:00"))
    assert name not in veiled(cleared)


def test_two_people_at_odds_change_nothing_until_it_is_settled(record: Record) -> None:
    """Both corrections are kept and said to disagree, the reading stands; a third row decides."""
    row = record.figures[0].id
    ada, ben = make(record, row, "edit", "low=7"), make(record, row, "edit", "low=8", author="Ben")
    after = corrected(record, ada, ben)
    assert next(one.low for one in after.figures if one.id == row) == record.figures[0].low
    assert {one.outcome for one in after.outcomes} == {"disagrees"}
    settled = make(after, ben.id, "settle", ben.id, author="Cleo", at="2031-03-09T00:00:00+00:00")
    decided = corrected(record, ada, ben, settled)
    assert next(one.low for one in decided.figures if one.id == row) == 8


def test_a_correction_whose_row_is_gone_is_reported_in_words(record: Record, reports: Path) -> None:
    """When its report is no longer there, the correction says what it was about."""
    said = record.statements[0]
    made = make(record, said.id, "right")
    left = [one for one in record.articles if one.id != said.article]
    after = build_record(left, parley.Settings(), corrections=[made])
    assert [(one.correction, one.outcome) for one in after.outcomes] == [(made.id, "row gone")]
    assert said.content[0].text[:20] in made.about


@pytest.mark.parametrize(
    ("row", "action", "words", "told"),
    [
        ("stm-none", "wrong", (), "no row of this record has that id"),
        ("figure", "edit", ("low=many",), "wrong kind"),
        ("figure", "edit", ("start=3",), "give FIELD=VALUE"),
        ("figure", "edit", ("span=5-999999",), "give START-END"),
        ("figure", "edit", (), "no value given"),
        ("figure", "date", ("2031-03-01",), "corrects a report"),
        ("wire.txt", "date", ("Tuesday",), "is no day"),
        ("figure", "relate", ("figure", "twins"), "a relation is one of"),
        ("figure", "bind", ("term-none",), "no provision of this record"),
        ("Nobody Here", "clear", (), "nobody in this record bears that name"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    record: Record, row: str, action: str, words: tuple[str, ...], told: str
) -> None:
    """The message says what is wrong and what to give instead."""
    figure = record.figures[0].id
    with pytest.raises(CorrectionError, match=told):
        make(
            record,
            figure if row == "figure" else row,
            action,
            *(figure if w == "figure" else w for w in words),
        )


decisions = st.builds(
    lambda row, action, value, author, at: Correction(
        correction_id(row, action, value, author, at), row, action, value, author, at
    ),
    st.sampled_from(["fig-1", "fig-2"]),
    st.sampled_from(["right", "wrong", "edit"]),
    st.sampled_from(['{"low": 1}', '{"low": 2}', '{"unit": "body"}']),
    st.sampled_from(["Ada", "Ben"]),
    st.sampled_from(["2031-01-01", "2031-01-02", "2031-01-03"]),
)


@given(st.lists(decisions, max_size=8), st.lists(decisions, max_size=8), st.randoms())
def test_two_people_who_exchange_end_with_the_same(
    mine: list[Correction], hers: list[Correction], chance: object
) -> None:
    """Whoever's come first, and however often each is taken in, the same decisions stand."""
    one, other = decide([*mine, *hers, *mine]), decide([*hers, *mine])
    assert one.standing == other.standing
    assert one.at_odds == other.at_odds


def test_the_queue_puts_days_first_and_forgets_what_was_decided(record: Record) -> None:
    """A report's day from the table stands on top; once somebody confirmed it, it is gone from the queue."""
    queue = check_first(record)
    assert queue[0].what == "day of a report"
    assert list(queue) == sorted(queue, key=lambda one: (one.rank, -one.hangs, one.row))
    after = corrected(record, make(record, queue[0].row, "right"))
    assert queue[0].row not in {one.row for one in check_first(after)}


# ------------------------------------------------------------------ the commands


def run(*arguments: str | Path) -> Result:
    """One call of the command, as Ada."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"PARLEY_AUTHOR": "Ada"})


@pytest.fixture
def path(record: Record, tmp_path: Path) -> Path:
    """The record's file."""
    store.save(record, tmp_path / "r.db")
    return tmp_path / "r.db"


def test_what_moves_is_shown_and_then_moves(record: Record, path: Path) -> None:
    """The preview of a dry run is what the saved correction then shows, and only that one changes the file."""
    before = path.read_bytes()
    preview = run("correct", path, "wire.txt", "date", "2031-03-18", "--dry-run")
    assert path.read_bytes() == before
    saved = run("correct", path, "wire.txt", "date", "2031-03-18", "--yes")
    assert saved.output.startswith(preview.output)
    assert "changed" in preview.output
    assert differences(record, store.load(path))
    rebuilt = run("build", "-o", path)
    assert rebuilt.exit_code == 0
    assert "2031-03-18" in [str(one.published) for one in store.load(path).articles]


def test_corrections_are_listed_and_handed_on(record: Record, path: Path, tmp_path: Path) -> None:
    """Exported, taken in by a colleague, taken in again: the same corrections, the same record."""
    run("correct", path, record.statements[0].id, "wrong", "--yes", "--reason", "the outlet's own words")
    assert "the outlet's own words" in run("corrections", path).output
    run("corrections", path, "--export", tmp_path / "mine.jsonl")
    store.save(record, tmp_path / "hers.db")
    outputs = [
        run("corrections", tmp_path / "hers.db", "--import", tmp_path / "mine.jsonl").output for _ in "ab"
    ]
    assert outputs == ["1 new\n", "0 new\n"]
    assert store.load(path) == store.load(tmp_path / "hers.db")


def test_a_foreign_file_adds_nothing(path: Path, tmp_path: Path) -> None:
    """A line that is no correction is named, and none of the file is taken in."""
    good = json.dumps(
        {
            "id": correction_id("x", "wrong", "", "Ben", AT),
            "row": "x",
            "action": "wrong",
            "value": "",
            "author": "Ben",
        }
        | {"at": AT, "reason": "", "about": ""}
    )
    (tmp_path / "theirs.jsonl").write_text(f"{good}\nnot json\n", encoding="utf-8")
    result = run("corrections", path, "--import", tmp_path / "theirs.jsonl")
    assert "theirs.jsonl, line 2" in result.output
    assert result.exit_code == 1
    assert store.corrections(path) == ()


def test_nobody_corrects_without_a_name(record: Record, path: Path) -> None:
    """Without an author nothing is saved, and the message says how to give one."""
    result = CliRunner().invoke(main, ["correct", str(path), record.statements[0].id, "wrong"], env={})
    assert "PARLEY_AUTHOR" in result.output
    assert store.corrections(path) == ()


CORRECTING = """
import sys
from parley.cli import main
path, row = sys.argv[1:]
number = 0
while True:
    number += 1
    main(["correct", path, row, "edit", f"low={number}", f"high={number}", "--author", "Ada", "--yes"], standalone_mode=False)
    sys.stdout.flush()
"""


@pytest.mark.slow
@pytest.mark.parametrize("pause", [0.0, 0.01, 0.03, 0.06, 0.1, 0.15])
def test_a_kill_leaves_every_correction_applied_or_not_made(path: Path, record: Record, pause: float) -> None:
    """Killed at any moment: what was said to be saved is there, and nothing is there that the record does not apply."""
    row = record.figures[0].id
    command = [sys.executable, "-c", CORRECTING, str(path), row]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said: list[str] = []
        while len(said) < 2 and (line := running.stdout.readline()):
            said += [line.removeprefix("saved: ").strip()] if line.startswith("saved: ") else []
        time.sleep(pause)
        running.kill()
        said += [
            one.removeprefix("saved: ").strip() for one in running.stdout if one.startswith("saved: cor-")
        ]
    held = store.corrections(path)
    assert len(said) >= 2
    assert {one for one in said if len(one) == 20} <= {one.id for one in held}
    after = store.load(path)
    assert {one.correction for one in after.outcomes} == {one.id for one in held}
    assert next(one.low for one in after.figures if one.id == row) == len(held)


def test_nobody_s_save_is_lost_between_two_corrections(path: Path, record: Record) -> None:
    """Two who start from the same record: the second is told, and made again on top both stand."""
    first, second = open_record(path), open_record(path)
    one, other = record.figures[0].id, record.statements[0].id
    save(first, correct(first, [make(record, one, "edit", "low=7")], parley.Settings()))
    wrong = make(record, other, "wrong", author="Ben")
    with pytest.raises(ChangedError):
        save(second, correct(second, [wrong], parley.Settings()))
    assert len(store.corrections(path)) == 1
    correct_and_save(second, [wrong], parley.Settings())
    after = store.load(path)
    assert {one.outcome for one in after.outcomes} == {"applied"}
    assert len(after.outcomes) == 2


def test_a_correction_at_odds_in_part_does_not_stand_in_part(record: Record) -> None:
    """Ada gives both ends of a figure and Ben one: neither changes anything, so that no end is above the other."""
    row = record.figures[0]
    ada = make(record, row.id, "edit", "low=7", "high=7")
    ben = make(record, row.id, "edit", "low=8", author="Ben")
    after = corrected(record, ada, ben)
    assert next(one for one in after.figures if one.id == row.id) == row
    assert json.loads(make(record, row.id, "edit", "value=9").value) == {"high": 9, "low": 9}
    with pytest.raises(CorrectionError, match="Give both ends, or the value"):
        make(record, row.id, "edit", "low=100000000")


def test_what_moves_is_told_in_words(record: Record) -> None:
    """No line about what a correction moves has an id in it; rows that follow from others are told by their words."""
    figure, report = record.figures[0], record.articles[0]
    for made in (
        make(record, figure.id, "wrong"),
        make(record, figure.id, "edit", "low=7", "high=7"),
        make(record, report.id, "date", "2031-03-12"),
        make(record, record.statements[0].id, "wrong"),
        make(record, record.actors[0].id, "merge", record.actors[1].id),
    ):
        lines = told(differences(record, corrected(record, made)))
        assert lines
        assert not re.search(r"\b[a-z]+-[0-9a-f]{16}\b", " ".join(lines)), lines


def test_what_hangs_on_a_comparison_is_what_rests_on_its_figures() -> None:
    """Rows are reached through others: a sum of a figure that is told differently would change with the comparison."""
    figures = tuple(Figure(f"fig-{n}", "art-1", 0, 2, "12", 12.0, 12.0) for n in range(2))
    made = Record(
        figures=figures,
        figure_relations=(FigureRelation("rel-1", ("fig-0", "fig-1"), "conflict", "two counts"),),
        tallies=(Tally("tally-1", "people", None, None, 12.0, None, evidence=("fig-1",)),),
    )
    (one,) = (one for one in check_first(made) if one.row == "rel-1")
    assert one.hangs == 1
