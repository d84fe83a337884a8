"""Alleged violations: who alleges what of whom, the provision, the answers, the grade; threats beside them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.agreement.breaches import NO_TERM, conduct
from parley.model import Breach, Record
from parley.proof import verify

# Enough of both sides for a record to tell that they are its parties.
BACKGROUND = (
    "The Kesht Front demanded the opening of the Merrin road. The Ovrel Council rejected the demand of the Kesht Front. "
    "The Kesht Front urged the Ovrel Council to open it. The Ovrel Council promised to answer the Kesht Front. "
    "The Kesht Front said it would wait. The Ovrel Council said it would meet the Kesht Front.\n\n"
)


PACT = """PACT OF MERRIN

1. The Parties shall lay down all arms.

2. The Ovrel Council shall open the Merrin road within ten days of signature.

3. The Kesht Front shall not levy tolls on relief convoys.
"""


def record_of(text: str, folder: Path) -> Record:
    """The record of one report about two parties."""
    (folder / "bell.txt").write_text(BACKGROUND + text + "\n", encoding="utf-8")
    (folder / "sources.csv").write_text(
        "file,outlet,published,url\nbell.txt,The Talma Bell,2031-05-14,\n", encoding="utf-8"
    )
    return parley.build([str(folder)])


def alleged(text: str, folder: Path) -> list[Breach]:
    """The allegations of a text, those of the background left out."""
    return [breach for breach in record_of(text, folder).breaches if breach.start > len(BACKGROUND) - 3]


def test_the_provision_that_an_allegation_names_is_its_term(tmp_path: Path) -> None:
    """Accuser, accused and provision as the report gives them, in a span of the report."""
    text = "The Kesht Front accused the Ovrel Council of violating article 2 on 12 May."
    (breach,) = alleged(text, tmp_path)
    assert (breach.accuser, breach.accused) == ("Kesht Front", "Ovrel Council")
    assert breach.term.lower().startswith("article 2")
    assert breach.text == text
    assert breach.when == date(2031, 5, 12)


def test_an_allegation_without_a_provision_has_the_deed_in_its_own_words(tmp_path: Path) -> None:
    """No provision is guessed where none is named: what is complained of stands there, and that it is no provision."""
    (breach,) = alleged("The Ovrel Council accused the Kesht Front of bad faith.", tmp_path)
    assert (breach.accuser, breach.accused) == ("Ovrel Council", "Kesht Front")
    assert (breach.term, breach.term_from) == ("bad faith", "deed")


def test_an_allegation_beside_the_agreement_is_of_the_provision_most_alike(tmp_path: Path) -> None:
    """Where the record holds the agreement, the provision that a deed is like is named, and that it was read so."""
    (tmp_path / "pact.txt").write_text(PACT, encoding="utf-8")
    (breach,) = alleged(
        "The Ovrel Council accused the Kesht Front of levying tolls on relief convoys.", tmp_path
    )
    assert breach.term_from == "alike"
    assert "tolls" in breach.term


def test_a_denial_that_names_no_accuser_has_none(tmp_path: Path) -> None:
    """The other side is not filled in: no allegation is made of a denial alone."""
    assert alleged("The Ovrel Council denied that it had violated the Merrin accord.", tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Ovrel Council denied the Kesht Front's claim that it had violated the Merrin accord.",
        "The Ovrel Council rejected the allegations of the Kesht Front about the shelling of the Merrin road.",
        "The Kesht Front spoke of four raids. The Ovrel Council denied that it had violated the Merrin accord.",
        "The Ovrel Council was accused by the Kesht Front of violating the Merrin accord, which it denied.",
    ],
)
def test_the_accuser_is_whom_the_passage_names(text: str, tmp_path: Path) -> None:
    """Whose allegation is answered stands in the sentence, or in its paragraph before it."""
    rows = alleged(text, tmp_path)
    assert {(row.accuser, row.accused) for row in rows} == {("Kesht Front", "Ovrel Council")}


@pytest.mark.parametrize(
    "text",
    [
        "The Kesht Front asked which side had violated the Merrin accord.",
        "It would be a breach of article 2, the Kesht Front said, if the Ovrel Council fired on the convoy.",
        "The Kesht Front will pay unless the Ovrel Council fails to open the road.",
    ],
)
def test_what_is_only_supposed_is_no_allegation(text: str, tmp_path: Path) -> None:
    """A question or a condition alleges nothing."""
    assert alleged(text, tmp_path) == []


def test_whoever_makes_the_promise_does_not_accuse(tmp_path: Path) -> None:
    """A promise that was not kept is alleged by whoever speaks of it."""
    text = (
        "Col. Ivo Marn of the Ovrel Council complained that the Kesht Front had promised a list of names "
        "and that it had produced none."
    )
    (breach,) = alleged(text, tmp_path)
    assert (breach.accuser, breach.accused) == ("Ivo Marn", "Kesht Front")


def test_each_side_accused_the_other_is_an_allegation_both_ways(tmp_path: Path) -> None:
    """One sentence, two rows: neither side is left out."""
    rows = alleged("Each side accused the other of delaying the convoys.", tmp_path)
    assert {(row.accuser, row.accused) for row in rows} == {
        ("Kesht Front", "Ovrel Council"),
        ("Ovrel Council", "Kesht Front"),
    }


def test_each_government_stands_for_both_sides(tmp_path: Path) -> None:
    """ "Each government accuses the other" names no side, and is an allegation of either, as "each side" is."""
    found = alleged("Each government accuses the other of violating the pact.", tmp_path)
    assert {(one.accuser, one.accused) for one in found} == {
        ("Kesht Front", "Ovrel Council"),
        ("Ovrel Council", "Kesht Front"),
    }


def test_what_is_denied_right_behind_is_an_allegation_of_whoever_denies_it(tmp_path: Path) -> None:
    """Nobody says "accused": a driver tells it, the side that it is told of denies it."""
    (breach,) = alleged(
        "Sela Orvin, a driver, said two lorries were sent away at the bridge. The Kesht Front denied it.",
        tmp_path,
    )
    assert (breach.accuser, breach.accused) == ("Sela Orvin", "Kesht Front")
    assert breach.denied_by == ("Kesht Front",)


def test_how_the_accused_was_found_is_said(tmp_path: Path) -> None:
    """Named in the words: nothing to say. Named in the sentence before: the row says so."""
    (named,) = alleged("The Kesht Front accused the Ovrel Council of violating article 2.", tmp_path)
    (before,) = alleged(
        "The Ovrel Council moved its guards on Friday. Tavo Relm, a spokesman of the Kesht Front, "
        "complained that article 2 had been violated.",
        tmp_path,
    )
    assert named.inferred == ""
    assert (before.accused, before.inferred) == ("Ovrel Council", "named before in the paragraph")


@pytest.mark.parametrize(
    "text",
    [
        "The Kesht Front accused the Ovrel Council of lying about the road.",
        "The Kesht Front accused the Ovrel Council of inventing stories.",
    ],
)
def test_an_accusation_of_words_is_no_breach(text: str, tmp_path: Path) -> None:
    """How somebody talks breaks no agreement."""
    assert alleged(text, tmp_path) == []


SIDES = ("Kesht Front", "Ovrel Council")
TEXTS = [
    "The Kesht Front accused the Ovrel Council of violating article 2.",
    "The Ovrel Council was accused by the Kesht Front of violating the Merrin accord, which it denied.",
    "The Kesht Front complained that the Ovrel Council had failed to open the road.",
    "The Ovrel Council denied the Kesht Front's claim that it had violated the Merrin accord.",
    "The Kesht Front said drivers were held at the bridge. The Ovrel Council denied it.",
    "Each side accused the other of delaying the convoys.",
    "Ivo Marn, a spokesman of the Kesht Front, called the raid of the Ovrel Council a breach of article 5.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_rules_for_either_side(text: str, tmp_path: Path) -> None:
    """The parties' names exchanged in a text exchange them in its rows, and nothing else."""
    swapped = re.sub("|".join(SIDES), lambda m: SIDES[1 - SIDES.index(m.group())], BACKGROUND + text)
    rows = [one for one in record_of(text, tmp_path).breaches if one.start > len(BACKGROUND) - 3]
    (tmp_path / "bell.txt").write_text(swapped + "\n", encoding="utf-8")
    others = [one for one in parley.build([str(tmp_path)]).breaches if one.start > len(BACKGROUND) - 3]
    turn = dict(zip(SIDES, SIDES[::-1], strict=True))
    assert rows
    assert [(turn.get(r.accuser, r.accuser), turn.get(r.accused, r.accused)) for r in rows] == [
        (r.accuser, r.accused) for r in others
    ]


def test_allegations_both_ways_name_each_other(tmp_path: Path) -> None:
    """A counter-allegation of the same report is tied to the allegation, not weighed against it."""
    one, other = alleged(
        "The Kesht Front accused the Ovrel Council of violating article 2. "
        "The Ovrel Council accused the Kesht Front of violating article 5.",
        tmp_path,
    )
    assert one.counters == (other.id,) or other.id in one.counters
    assert one.id in other.counters


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        (" and said it had seen the trucks turned back", "seen"),
        (", citing rumours in the market", "told"),
        ("", "not said"),
    ],
)
def test_what_it_rests_on_stands_apart(words: str, grade: str, tmp_path: Path) -> None:
    """The grade says what the accuser has it from; the allegation is the same."""
    (breach,) = alleged(f"The Kesht Front accused the Ovrel Council of violating article 2{words}.", tmp_path)
    assert breach.known_from == grade


def test_both_directions_are_always_shown(tmp_path: Path) -> None:
    """The table of two parties has both directions, the empty one too."""
    record = record_of("The Kesht Front accused the Ovrel Council of violating article 2.", tmp_path)
    table = conduct(record.breaches, ("Kesht Front", "Ovrel Council"))
    assert list(table)[:2] == [("Kesht Front", "Ovrel Council"), ("Ovrel Council", "Kesht Front")]
    assert table["Kesht Front", "Ovrel Council"]
    assert table["Ovrel Council", "Kesht Front"] == ()


NAMES = st.sampled_from(["A", "B", "C"])


@given(st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1])))
def test_the_table_loses_no_allegation(pairs: list[tuple[str, str]]) -> None:
    """Every allegation stands in one cell, whoever it is between."""
    rows = [Breach(f"b{number}", one, other, NO_TERM, "a") for number, (one, other) in enumerate(pairs)]
    table = conduct(rows, ("A", "B"))
    assert sorted(one for cell in table.values() for one in cell) == sorted(row.id for row in rows)


def test_a_threat_has_what_would_bring_it_about(tmp_path: Path) -> None:
    """Trigger and consequence stand apart."""
    record = record_of(
        "The Kesht Front threatened to leave the talks if the Merrin road stayed shut.", tmp_path
    )
    (threat,) = record.threats
    assert threat.by == "Kesht Front"
    assert threat.trigger == "the Merrin road stayed shut"
    assert "leave the talks" in threat.consequence


def test_a_record_of_allegations_verifies(tmp_path: Path) -> None:
    """Spans, ids and evidence of allegations and threats hold."""
    record = record_of(
        "The Kesht Front accused the Ovrel Council of violating article 2. The Ovrel Council denied that.",
        tmp_path,
    )
    assert verify(record).problems == ()
