"""The reader in training: windows over whole words, and the decoding of what a network says of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.decoding import owners, runs, smooth
from parley.reader.windows import CAPACITY, CONTEXT, Pieces, windows, written


def cut(sizes: list[list[int]]) -> Pieces:
    """Pieces of units given as lists of word lengths in pieces."""
    lengths = np.array([size for unit in sizes for size in unit], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(lengths)])
    edges = np.concatenate([[0], np.cumsum([len(unit) for unit in sizes])])
    at = np.arange(len(lengths))
    word = np.repeat(at, lengths)
    return Pieces(word, word, first, 2 * at, 2 * at + 1, at * 0, at * 0, edges)


units_of_words = st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=120), min_size=1, max_size=40)


@given(units_of_words)
def test_windows_cover_every_word_and_fit(sizes: list[list[int]]) -> None:
    """Every word lies in a window, windows go forward, none holds more pieces than the encoder takes."""
    pieces = cut(sizes)
    found = windows(pieces)
    assert found[0][0] == 0
    assert found[-1][1] == len(pieces)
    for start, end in found:
        assert 0 < pieces.first[end] - pieces.first[start] <= CAPACITY
    for before, after in pairwise(found):
        assert before[0] < after[0] <= before[1] < after[1]
        assert pieces.first[before[1]] - pieces.first[after[0]] <= CONTEXT


@given(units_of_words)
def test_windows_are_linear_in_length(sizes: list[list[int]]) -> None:
    """Two windows in a row hold more than one window less its context, so their number grows with the text's length."""
    pieces = cut(sizes)
    for first, second in pairwise(windows(pieces)):
        assert pieces.first[second[1]] - pieces.first[first[0]] > CAPACITY - CONTEXT


@given(units_of_words)
def test_each_word_is_read_in_one_window(sizes: list[list[int]]) -> None:
    """Words are read in windows that hold them, and in the windows' order."""
    pieces = cut(sizes)
    at = windows(pieces)
    found = owners(len(pieces), at).tolist()
    assert found == sorted(found)
    assert all(at[owner][0] <= word < at[owner][1] for word, owner in enumerate(found))


@given(st.lists(st.integers(0, 4), max_size=60))
def test_runs_are_the_labelled_words(labels: list[int]) -> None:
    """Runs lie apart and in order, and hold exactly the words that have one of the two labels."""
    found = runs(np.array(labels, dtype=np.int64), 3, 4)
    held = [word for start, end in found for word in range(start, end)]
    assert held == [index for index, label in enumerate(labels) if label in {3, 4}]
    assert all(3 not in labels[start + 1 : end] for start, end in found)


@given(st.lists(st.lists(st.floats(-5, 5), min_size=3, max_size=3), min_size=1, max_size=30))
def test_smooth_never_goes_on_with_nothing(logits: list[list[float]]) -> None:
    """What goes on has begun; with no cost and labels that follow, each word has its likeliest label."""
    scores = np.array(logits, dtype=np.float32)
    labels = smooth(scores, 1.0).tolist()
    assert len(labels) == len(logits)
    assert all(before in {1, 2} for before, label in pairwise([0, *labels]) if label == 2)
    scores[:, 2] = -99
    free = smooth(scores, 0.0)
    assert np.allclose(scores[np.arange(len(scores)), free], scores.max(-1), atol=1e-4)


@pytest.mark.parametrize(
    ("word", "look"), [(",", 0), ("12", 1), ("road", 2), ("Road", 3), ("A", 3), ("UN", 4), ("eBay", 5)]
)
def test_how_a_word_is_written(word: str, look: int) -> None:
    """Marks, numbers, and the five ways of writing letters are told apart."""
    assert written(word) == look
