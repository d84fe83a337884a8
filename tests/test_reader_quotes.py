"""Quotations: which stretches stand inside quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.quotes import Quoted, quotations
from tests.reading import said, statements


def inside(text: str) -> list[list[str]]:
    """The parts of every quotation of a text."""
    return [[text[start:end] for start, end in quotation.parts] for quotation in quotations(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"The gate is shut," she said.', ["The gate is shut,"]),
        ("“The gate is shut,” she said.", ["The gate is shut,"]),
        ("‘The gate is shut,’ she said.", ["The gate is shut,"]),
        ("«The gate is shut», she said.", ["The gate is shut"]),
        ("The rebels' chief said it wasn't 'a gift'.", ["a gift"]),
        ("“He told me ‘wait’ and left,” she said.", ["He told me ‘wait’ and left,"]),
    ],
)
def test_every_kind_of_mark_opens_and_closes(text: str, parts: list[str]) -> None:
    """Straight, curly, single and angular marks quote; apostrophes don't, and a quotation inside another is its part."""
    assert inside(text) == [parts]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    """Each paragraph of a long quotation opens with a mark, only the last one closes."""
    text = "Sol said: “We wait.\n\n“We have waited before.\n\n“We can wait on.” Nobody answered."
    assert inside(text) == [["We wait.", "We have waited before.", "We can wait on."]]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    """A mark that is never closed quotes no more than its own paragraph."""
    assert inside("Sol said: “We wait.\n\nNobody answered.") == [["We wait."]]


def test_quoted_answers_by_offset() -> None:
    """An offset inside a quotation is found, one outside isn't, and a stretch is cut to what is quoted of it."""
    text = "Sol said “we wait” and left."
    quoted = Quoted(quotations(text))
    assert quoted.at(text.index("we")) is not None
    assert quoted.at(text.index("left")) is None
    assert [text[start:end] for start, end in quoted.within(0, len(text))] == ["we wait"]


@given(st.text(alphabet="ab .,“”\"'‘’\n«»", max_size=120))
def test_quotations_never_overlap(text: str) -> None:
    """Whatever marks a text holds, its quotations stand in order, apart, and inside the text."""
    parts = [part for quotation in quotations(text) for part in quotation.parts]
    assert all(0 <= start < end <= len(text) for start, end in parts)
    assert all(before[1] <= behind[0] for before, behind in pairwise(parts))


def test_a_long_quotation_is_one_statement() -> None:
    """The paragraphs of one quotation are pieces of one statement, however short the last of them is."""
    text = "The Kesht Front said: “We will wait.\n\n“We have waited before.\n\n“No more.”"
    assert said(text) == [("Kesht Front", ["We will wait", "We have waited before", "No more"])]


def test_a_quotation_that_its_cue_splits_is_one_statement() -> None:
    """What stands before and behind an attribution in the middle are two pieces of one statement, marks left out."""
    text = '"We will open the road," said Ana Sol, "and nobody will stop us."'
    assert said(text) == [("Ana Sol", ["We will open the road", "and nobody will stop us"])]


def test_a_quotation_behind_an_attribution_belongs_to_it() -> None:
    """A sentence in quotation marks right behind an attributed one, in its paragraph, is the same speaker's."""
    text = '"We will open the road," Ana Sol said. "Nobody will stop us on the way."'
    assert said(text) == [("Ana Sol", ["We will open the road", "Nobody will stop us on the way"])]


def test_a_quotation_inside_another_is_no_statement_of_its_own() -> None:
    """What a quoted speaker quotes stays part of the outer words."""
    text = "“The guard told me, ‘come back with a paper’, and shut the gate,” Ana Sol said."
    assert said(text) == [("Ana Sol", ["The guard told me, ‘come back with a paper’, and shut the gate"])]


@pytest.mark.parametrize(
    "text",
    ['The so-called "road of peace" is shut.', "Traders call for calm on what they know as “the ditch”."],
)
def test_scare_quotes_are_no_statement(text: str) -> None:
    """Words in marks that nobody is said to have said make no statement of direct speech."""
    assert not [row for row in statements(text) if row.kind == "direct"]
