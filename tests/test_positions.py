"""Positions of parties over time: own words and as told by, issues, conditions that are new, shifts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley import store
from parley.agreement.parties import sides
from parley.agreement.positions import find_shifts, issue_of
from parley.cli import main
from parley.model import Position, Record
from parley.pipeline import build_record
from parley.settings import Settings
from tests.conftest import make_article, unwrapped

FIRST = """The Merrin Council rejected talks on the tolls on Monday. "We will not negotiate under threats," said Olan Pereth, the
spokesman of the Merrin Council. The Merrin Council accused the Ridge Committee of delay.

The Ridge Committee demanded the release of nine drivers. The Ridge Committee said that the Merrin Council was demanding a
list of the drivers.
"""
SECOND = """The Merrin Council offered talks on the tolls without threats on Friday. The Ridge Committee welcomed it.
"""


def built(*texts: str) -> Record:
    """The record of reports of our own, four days apart."""
    articles = [
        make_article(unwrapped(text), f"{place}.txt", f"Outlet {place}", date(2031, 3, 4 + 4 * place))
        for place, text in enumerate(texts)
    ]
    return build_record(articles, Settings(processes=1))


def position(stance: str, day: int, words: str = "talks on the northern tolls") -> Position:
    """A position of the council on talks."""
    return Position(f"pos-{stance}-{day}", "Merrin Council", "talks", stance, words, date(2031, 3, day))


def test_a_partys_own_words_are_told_from_those_of_others() -> None:
    """What the committee says that the council demands is headed "as told by"; what the council says is not."""
    positions = [one for one in built(FIRST).positions if one.party == "Merrin Council"]
    own = [one for one in positions if not one.told_by]
    assert any("negotiate" in one.act for one in own)
    told = [one for one in positions if "list" in one.act]
    assert {one.told_by for one in told} == {"Ridge Committee"}


def test_a_paraphrase_is_not_in_a_partys_own_words() -> None:
    """Only what stands in quotation marks is quoted; what the outlet tells of the party is reported by it."""
    positions = [one for one in built(FIRST).positions if one.party == "Merrin Council"]
    assert {one.quoted for one in positions if "negotiate" in one.act} == {True}
    assert {one.quoted for one in positions if "list" in one.act} == {False}


def test_the_release_of_an_officer_is_no_condition_of_his_government() -> None:
    """A leader in the committee speaks for the committee, whatever offices stand near; a bishop for no side."""
    record = built(FIRST)
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    article = record.articles[0].id
    assert parted.of("a leader in the Ridge Committee", article) == "Ridge Committee"
    assert parted.of("the command of the Ridge Committee", article) == "Ridge Committee"


def test_issues_come_from_the_words() -> None:
    """Each domain has its own; what is on none of them is "other"."""
    assert issue_of("demands the release of nine prisoners") == "release of people"
    assert issue_of("wages and arrears for the nurses") == "pay"
    assert issue_of("lower tariffs on imports") == "tariffs and quotas"
    assert issue_of("the weather in spring") == "other"


def test_a_turn_is_a_shift_and_a_repetition_is_none() -> None:
    """From refusing to offering about the same thing; the same stance again, or another subject, is no shift."""
    turned = find_shifts([position("refuses", 4), position("offers", 8)])
    assert [(one.before, one.after, one.why) for one in turned] == [
        ("pos-refuses-4", "pos-offers-8", "refuses, then offers")
    ]
    assert find_shifts([position("refuses", 4), position("refuses", 8)]) == ()
    assert find_shifts([position("refuses", 4), position("offers", 8, "a doctor for the camp")]) == ()


@given(st.lists(st.sampled_from(["refuses", "offers", "demands", "accepts"]), max_size=8))
def test_there_are_fewer_shifts_than_positions(stances: list[str]) -> None:
    """Shifts stand between consecutive positions only, each once."""
    positions = [position(stance, day) for day, stance in enumerate(stances, start=1)]
    shifts = find_shifts(positions)
    assert len(shifts) < max(len(positions), 1)
    assert len({one.id for one in shifts}) == len(shifts)


def test_every_position_rests_on_rows() -> None:
    """verify() finds the act and the statement of each."""
    record = built(FIRST, SECOND)
    assert record.positions
    assert parley.verify(record).problems == ()


def test_the_command_says_by_whom_it_is_told(tmp_path: Path) -> None:
    """Own words, as told by, and a party of which none of the reports tells anything."""
    path = tmp_path / "tolls.db"
    store.save(built(FIRST, SECOND), path)
    said = CliRunner().invoke(main, ["positions", str(path)]).output
    assert "in its own words" in said
    assert "as told by Ridge Committee" in said
    assert "as reported by Outlet" in said
    silent = CliRunner().invoke(main, ["positions", str(path), "--party", "nobody"]).output
    assert silent == "None of these 2 reports says of nobody what it wants.\n"
