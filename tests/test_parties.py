"""Parties: which bodies of a record stand against each other, by what they do to each other and nothing else."""

from __future__ import annotations

from datetime import date

from parley.agreement.parties import sides
from parley.pipeline import build_record
from parley.settings import Settings
from tests.conftest import make_article, unwrapped

REPORT = """The {one} accused the {other} of delay on Monday. The {one} demanded the release of nine drivers. The {one} rejected
talks on the tolls.

The {other} denied the charge. The {other} accused the {one} of closing the road. The {other} demanded a list of the drivers.

The Lake Mission counted nine lorries at the gate. The Lake Mission promised a register of the lorries. The Lake Mission opened
a tent at the gate. The Lake Mission promised a second tent.
"""


def parties(*texts: str) -> tuple[str, ...]:
    """The parties of a record of reports of our own."""
    articles = [
        make_article(unwrapped(text), f"{place}.txt", f"Outlet {place}", date(2031, 3, 4 + place))
        for place, text in enumerate(texts)
    ]
    record = build_record(articles, Settings(processes=1))
    return sides(record.actors, record.acts, record.needs, record.texts).parties


def test_who_accuses_whom_are_the_parties() -> None:
    """Two bodies that demand of and accuse each other are the parties; one that nobody faces is no third."""
    assert set(parties(REPORT.format(one="Merrin Council", other="Ridge Committee"))) == {
        "Merrin Council",
        "Ridge Committee",
    }


def test_names_that_change_places_change_nothing_else() -> None:
    """The parties of a text with the two names swapped are the same two, swapped."""
    first = parties(REPORT.format(one="Merrin Council", other="Ridge Committee"))
    second = parties(REPORT.format(one="Ridge Committee", other="Merrin Council"))
    swapped = {"Merrin Council": "Ridge Committee", "Ridge Committee": "Merrin Council"}
    assert {swapped[name] for name in first} == set(second)
    assert len(first) == len(second) == 2
