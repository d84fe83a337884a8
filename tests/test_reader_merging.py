"""What the encoder finds, made drafts: checked with hand-made spans, so that no weights decide."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.decoding import Cited, Spans
from parley.reader.extents import Range
from parley.reader.merging import trained_drafts
from parley.reader.quotes import Quoted, quotations
from parley.reader.units import read_units

QUOTED = '"Nobody in Talma closed the road, and nobody ever will," said Ana Sol, the mayor, on Friday.'
PLAIN = "Ana Sol said that nobody in Talma closed the road, and that nobody ever will."


def contents(text: str, cue: str, *pieces: str) -> list[str]:
    """The content of the one draft made of a cue and of pieces in their order in a text."""
    at = text.index(cue)
    found: list[Range] = []
    for piece in pieces:
        start = text.index(piece, found[-1][1] if found else 0)
        found.append((start, start + len(piece)))
    return made(text, (at, at + len(cue)), found)


def made(text: str, cue: Range, pieces: list[Range]) -> list[str]:
    """The content of the one draft made of offsets."""
    starts = np.zeros(1, dtype=np.int64)
    odds = np.zeros(1, dtype=np.float32)
    spans = Spans(
        (Cited(cue, None, tuple(pieces), 0.9, starts, odds, odds),),
        (),
        starts,
        odds,
        np.zeros((len(starts), 1), dtype=np.float32),
        np.zeros((len(starts), 1), dtype=np.float32),
    )
    ((_, draft),) = trained_drafts(text, read_units(text), spans, Quoted(quotations(text)))
    return [text[slice(*piece)] for piece in draft.content]


def test_a_quotation_has_no_hole() -> None:
    """Pieces of one quotation are one, with the words that were left out between them."""
    assert contents(QUOTED, "said", "Nobody", "closed the road", "nobody ever will") == [
        "Nobody in Talma closed the road, and nobody ever will"
    ]


def test_unquoted_words_may_have_one() -> None:
    """What was left out outside quotation marks stays out."""
    assert contents(PLAIN, "said", "nobody in Talma", "nobody ever will") == [
        "nobody in Talma",
        "nobody ever will",
    ]


def test_two_quotations_stay_two() -> None:
    """The words between two quotations are no part of either, in one paragraph or in two."""
    text = '"We wait," said Ana Sol, "for the boat."\n\n"It is late,\n\n"and so are we."'
    pieces = ["We wait", "for the boat", "It is late", "and so are we"]
    assert contents(text, "said", *pieces) == pieces


def test_what_is_told_within_a_quotation_is_not_joined_over_its_cue() -> None:
    """A cue between two pieces that it governs is no part of what it attributes."""
    text = '"The road, the Ovrel Council told us, is ours," said Ana Sol.'
    assert contents(text, "told us", "The road", "is ours") == ["The road", "is ours"]


@given(st.sets(st.integers(1, 53), min_size=2, max_size=8).map(sorted))
def test_no_quotation_ever_has_a_hole(edges: list[int]) -> None:
    """However its inside is cut up, one piece is left, from the first word held to the last."""
    pieces = list(zip(edges[::2], edges[1::2]))
    held = "".join(QUOTED[start:end] for start, end in pieces)
    if any(char.isalpha() for char in held):
        start = QUOTED.index("said")
        assert len(made(QUOTED, (start, start + 4), pieces)) == 1
