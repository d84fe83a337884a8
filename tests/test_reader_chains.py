"""Chains: media named in passing, nested speech, texts read out, and what goes on from the sentence before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.model import Article, Statement
from parley.reader import read
from parley.reader.nesting import depth


def statements(text: str, outlet: str = "The Ovrel Ledger") -> tuple[Statement, ...]:
    """The statements that are read in a text of one outlet."""
    return read(Article("a1", "a1.txt", outlet, text, published=date(2031, 3, 4))).statements


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Ana Sol told state news agency Orbit that the list was late.", ("Orbit",)),
        ("State broadcaster TVO quoted Ana Sol as saying that the list was late.", ("TVO",)),
        ("Ana Sol informed Orbit Novosti that the list was late.", ("Orbit Novosti",)),
        ("Ana Sol told Plank & Herald that the list was late.", ("Plank & Herald",)),
        ("Ana Sol, in remarks to The Harrier, said that the list was late.", ("Harrier",)),
        ("A copy, published by the rival channel Orbit, says that the list was late.", ("Orbit",)),
        ("Speaking to Radio Vell, Ana Sol said that the list was late.", ("Radio Vell",)),
        ("Ana Sol went on state radio on Friday and said that the list was late.", ("state radio",)),
        ("Ana Sol came with the paper in her hand and said that the list was late.", ()),
        ("Ana Sol answered through the bishopric of Vell that the list was late.", ("bishopric of Vell",)),
        ("Ana Sol, through her office, said that the list was late.", ("office",)),
        ("Vell's official agency, ONV, quoted Ana Sol as saying that the list was late.", ("ONV",)),
        ("The list was late, Ana Sol told this newspaper.", ()),
        ("The list was late, Ana Sol told the Ledger.", ("The Ovrel Ledger",)),
        (
            "In a statement read out by his spokeswoman, Ivo Brandt said that the list was late.",
            ("spokeswoman",),
        ),
    ],
)
def test_a_relay_is_called_by_its_name(text: str, chain: tuple[str, ...]) -> None:
    """A medium is called by its name, this outlet by its full one, "this newspaper" not at all."""
    row = statements(text)[0]
    assert len(row.chain) == len(chain)
    assert all(name in relay for name, relay in zip(chain, row.chain))


def test_an_outer_speaker_may_come_last() -> None:
    """The words before a trailing attribution have its speaker in their chain too."""
    rows = statements("The Ovrel Council has rejected the list, Ana Sol said on Friday.")
    assert [row.chain for row in rows if row.speaker_name == "Ovrel Council"] == [("Ana Sol",)]
    assert [row.chain for row in rows if row.speaker_name == "Ana Sol"] == [()]


def test_the_same_agency_is_called_by_its_name() -> None:
    """An outer speaker who is only "the same agency" stands in the chain as the agency named before."""
    text = (
        "Ana Sol told the agency Orbit that the road was open. According to the same agency, "
        "the minister, Ben Ro, said that the list was late."
    )
    assert [row.chain for row in statements(text) if "Ro" in row.speaker_name] == [("Orbit",)]


def test_a_colon_leads_into_what_is_told() -> None:
    """A clause behind a colon is told by who spoke before it."""
    text = "Ana Sol said the door was closed: the Ovrel Council had demanded that nine men be freed."
    rows = [row for row in statements(text) if row.speaker_name == "Ovrel Council"]
    assert [row.chain for row in rows] == [("Ana Sol",)]


def test_a_speaker_who_goes_on_keeps_the_chain_until_somebody_else_speaks() -> None:
    """The next sentences of one occasion have the chain of the first; after another's words it is over."""
    text = (
        'Ana Sol told the agency Orbit that the list was late. "We will wait for it," Sol said.\n\n'
        "She added that the road was open.\n\nBen Ro said that it was shut.\n\nSol said that he was wrong."
    )
    assert [row.chain for row in statements(text)] == [("Orbit",), ("Orbit",), ("Orbit",), (), ()]


def test_who_reads_a_text_out_relays_it() -> None:
    """What a letter says has the person who read it out in its chain."""
    text = 'Ana Sol read out a letter on Sunday.\n\n"The list is late," the letter says.'
    assert statements(text)[-1].chain == ("Ana Sol",)


def test_a_paragraph_headed_by_a_text_is_told_by_it() -> None:
    """Minutes that a paragraph names at its head stand in the chain of what it reports."""
    text = "A cold week.\n\nMinutes of the harbour board, Friday: Ana Sol said that the list was late."
    assert statements(text)[-1].chain == ("Minutes of the harbour board",)


def test_nobody_relays_himself() -> None:
    """A speaker who is quoted within his own words is no relay of them."""
    text = 'The road is open, Ana Sol said, "a gift", in her words, to the town.'
    assert all(row.speaker_name not in row.chain for row in statements(text))


@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.none() | st.integers(0, n - 1), min_size=n, max_size=n))
)
def test_whoever_is_told_stands_deeper_than_who_tells(outers: list[int | None]) -> None:
    """Drafts are worked through from the outside in, whichever is longer; a ring of them ends."""
    for at, outer in enumerate(outers):
        around: list[int] = []
        while outer is not None and outer not in around:
            around.append(outer)
            outer = outers[outer]
        if outer is None and around:
            assert depth(outers, at) == depth(outers, around[0]) + 1


def test_whom_is_nobody() -> None:
    """A relative pronoun behind "according to" hands nothing on."""
    text = "The Kesht Front denied the charge of the mayor, Ana Sol, according to whom nine men were beaten."
    assert all(
        statement.chain == () for statement in read(Article("art", "a.txt", "The Bell", text)).statements
    )
