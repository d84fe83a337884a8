"""Adding to a record gives what a whole build gives, whatever came first and in how many steps."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as drawn
from hypothesis import strategies as st

from parley import Settings, incremental, store, verify
from parley.changes import changes, told
from parley.corrections import make_correction
from parley.errors import ChangedError
from parley.export import as_json
from parley.model import Article, Followed, Record, Unread
from parley.pipeline import build_record
from parley.reader import read
from parley.readings import reading_key
from tests.conftest import DAILY, ROOT, WIRE, make_article, unwrapped

SETTINGS = Settings(processes=1)
LATER = """Gate opens in Selde

PORT SELDE, 9 March (Coastal Wire) — The Selde Dockers' Union said on Saturday that 130 dockers had been suspended.

The Owners' Federation denied that it had broken the January accord. "Nobody was suspended," said Paul Renner.
"""


@cache
def texts() -> tuple[Article, ...]:
    """Five reports of one negotiation, two of them alike."""
    wire, daily, later = map(unwrapped, (WIRE, DAILY, LATER))
    return (
        make_article(wire, "wire.txt", "Coastal Wire", date(2031, 3, 4)),
        make_article(daily, "daily.txt", "Selde Daily", date(2031, 3, 6)),
        make_article(later, "later.txt", "Coastal Wire", date(2031, 3, 9)),
        make_article(wire, "copied.txt", "The Gazette", date(2031, 3, 5)),
        make_article(daily.replace("140", "145"), "again.txt", "The Herald", None),
    )


@cache
def whole(of: frozenset[str]) -> str:
    """The export of a record that is built at once."""
    return as_json(build_record([one for one in texts() if one.id in of], SETTINGS))


def opened(path: Path) -> incremental.Held:
    """A record's file, opened."""
    if not path.exists():
        store.save(Record(), path)
    return incremental.open_record(path)


@drawn(max_examples=12)
@given(order=st.permutations(range(5)), cuts=st.sets(st.integers(1, 4)), again=st.booleans())
def test_adding_in_steps_is_building_at_once(
    order: list[int], cuts: set[int], again: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In any order and in any parts, opened again in between or not: the same bytes, in memory and in the file."""
    path = tmp_path_factory.mktemp("record") / "r.db"
    held, done = opened(path), frozenset[str]()
    ends = [0, *sorted(cuts), 5]
    for start, end in pairwise(ends):
        part = [texts()[place] for place in order[start:end]]
        held = incremental.save(held, incremental.add(held, part, SETTINGS))
        done |= {one.id for one in part}
        assert as_json(store.load(path)) == as_json(held.record) == whole(done)
        held = opened(path) if again else held
    assert verify(held.record).problems == ()


def test_what_was_read_once_is_not_read_again(tmp_path: Path) -> None:
    """A reading that is kept is used: one that is changed in the file shows in the record."""
    held = opened(tmp_path / "r.db")
    held = incremental.save(held, incremental.add(held, texts()[:2], SETTINGS))
    key = reading_key(texts()[0])
    assert held.readings[key] == read(texts()[0])
    emptied = replace(held.readings[key], figures=())
    again = incremental.add(replace(held, readings={**held.readings, key: emptied}), [], SETTINGS)
    assert not [one for one in again.record.figures if one.article == texts()[0].id]


def test_another_day_or_another_text_is_read_anew() -> None:
    """The key of a reading holds all that the reader sees, and nothing of what it doesn't."""
    one = texts()[0]
    assert reading_key(replace(one, published=date(2031, 3, 5))) != reading_key(one)
    assert reading_key(replace(one, text=one.text + "x")) != reading_key(one)
    assert reading_key(replace(one, archived_url="https://archive.example/1")) == reading_key(one)


def test_corrections_hold_for_what_is_added(tmp_path: Path) -> None:
    """A build's corrections are applied where a report is added, to old and new rows, and readings stay as read."""
    path = tmp_path / "r.db"
    held = opened(path)
    held = incremental.save(held, incremental.add(held, texts()[:2], SETTINGS))
    figure = next(one for one in held.record.figures if one.text.startswith("120"))
    made = [
        make_correction(held.record, figure.id, "wrong", (), "A. Monitor", "2031-03-10T08:00", ""),
        make_correction(
            held.record, "daily.txt", "date", ("2031-03-07",), "A. Monitor", "2031-03-10T08:01", ""
        ),
    ]
    held = incremental.save(held, incremental.correct(held, made, SETTINGS))
    held = incremental.save(held, incremental.add(held, texts()[2:], SETTINGS))
    assert as_json(held.record) == as_json(build_record(texts(), SETTINGS, corrections=made))
    assert figure.id not in {one.id for one in held.record.figures}
    assert figure in held.readings[reading_key(texts()[0])].figures


def test_what_is_held_already_changes_nothing(tmp_path: Path) -> None:
    """The same words by the same outlet are taken once, and an unread text goes when it can be read."""
    held = opened(tmp_path / "r.db")
    gone = Unread("later.txt", "it is empty")
    held = incremental.save(held, incremental.add(held, [*texts()[:2], gone], SETTINGS))
    assert held.record.unread == (gone,)
    moved = replace(texts()[0], id="art-0", file="elsewhere/wire.txt")
    again = incremental.add(held, [moved, gone, gone], SETTINGS)
    assert again.record == held.record
    assert incremental.add(held, [texts()[2]], SETTINGS).record.unread == ()


def test_nobody_overwrites_what_another_program_saved(tmp_path: Path) -> None:
    """A file that was saved or corrected meanwhile is not written; added again on top, both are there."""
    path = tmp_path / "r.db"
    mine = opened(path)
    other = opened(path)
    incremental.save(other, incremental.add(other, [texts()[0]], SETTINGS))
    with pytest.raises(ChangedError, match=r"r\.db: was changed"):
        incremental.save(mine, incremental.add(mine, [texts()[1]], SETTINGS))
    before, after = incremental.add_and_save(mine, [texts()[1]], [Followed("reports")], SETTINGS)
    assert {one.file for one in before.record.articles} == {"wire.txt"}
    assert {one.file for one in after.record.articles} == {"wire.txt", "daily.txt"}
    assert store.load_followed(path) == {"reports": Followed("reports")}


def test_readings_go_with_their_texts(tmp_path: Path) -> None:
    """What was read in a text that the record no longer holds is not kept; a build without readings keeps the others."""
    path = tmp_path / "r.db"
    held = opened(path)
    held = incremental.save(held, incremental.add(held, texts(), SETTINGS))
    assert len(store.load_readings(path)) == len(texts())
    store.save(build_record(texts()[:2], SETTINGS), path)
    assert set(store.load_readings(path)) == {reading_key(one) for one in texts()[:2]}


def test_many_rows_put_in_between_keep_their_order(tmp_path: Path) -> None:
    """Rows come before, between and after others so often that positions run out, and the order holds."""
    path = tmp_path / "r.db"
    store.save(Record(), path)
    number, before = store.saved_number(path), Record()
    for turn in range(60):
        rows = [Unread(f"{place}", f"{turn}") for place in range(turn % 3)]
        middle = len(before.unread) // 2 if turn % 4 else 0
        after = Record(unread=(*before.unread[:middle], *rows, *before.unread[middle:]))
        number = store.save_changes(before, number, after, path)
        assert store.load(path) == after
        before = after


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(reports: Path) -> None:
    """A program that adds and one that rebuilds hash strings differently; what they write is the same."""
    folders = [str(reports), str(ROOT / "corpus" / "drenova-pow"), str(ROOT / "corpus" / "adansi-nurses")]
    code = "import sys, parley; from parley.export import as_json; print(as_json(parley.build(sys.argv[1:])))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code, *folders],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_changes_say_what_is_new() -> None:
    """New reports, statements by side, figures that differ now, and copies; nothing where nothing is new."""
    before, after = build_record(texts()[:2], SETTINGS), build_record(texts(), SETTINGS)
    found = changes(before, after)
    assert [one.file for one in found.reports] == ["copied.txt", "later.txt", "again.txt"]
    assert sum(count for _, count in found.said) == len(after.statements) - len(before.statements)
    assert "copied.txt: copy of wire.txt" in found.copies
    assert any(line.startswith("derived: ") for line in told(found))
    assert changes(after, after) == changes(Record(), Record())
    assert told(changes(after, after)) == []
