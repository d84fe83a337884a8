"""Sentences and paragraphs: where they end and where they don't."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.sentences import paragraphs, sentences


def split(text: str) -> list[str]:
    """The sentences of a text as strings."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Brig. Gen. Ana Sol met Dr. Ben Ro.",
        "The U.S. envoy left at noon.",
        "J. K. Sol, the mayor, left.",
        "Article No. 7 was read out.",
        "“Shall we wait?” asked the mayor.",
    ],
)
def test_abbreviations_and_marks_end_no_sentence(text: str) -> None:
    """Titles, initials, initialisms and a question mark inside a quotation don't end the sentence."""
    assert split(text) == [text]


def test_a_line_end_ends_a_sentence() -> None:
    """A headline has no full stop and is a sentence all the same."""
    assert split("Road stays shut\n\nThe road stays shut. So does the gate.") == [
        "Road stays shut",
        "The road stays shut.",
        "So does the gate.",
    ]


def test_a_full_stop_before_a_quotation_ends_a_sentence() -> None:
    """A sentence that opens with a mark is one of its own."""
    assert split('The road is shut. "We wait," Sol said.') == ["The road is shut.", '"We wait," Sol said.']


@given(st.text(max_size=300))
def test_sentences_cover_paragraphs(text: str) -> None:
    """Every sentence lies in one paragraph, in order, without blanks at its edges; no letter is lost."""
    found = sentences(text)
    around = paragraphs(text)
    assert all(any(start >= first and end <= last for first, last in around) for start, end in found)
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    assert all(before[1] <= behind[0] for before, behind in pairwise(found))
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join("".join(text[first:last] for first, last in around).split())
