"""Across reports: deeds, and words for comparing texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.linking.deeds import is_guarantee, same_deed
from parley.linking.text import content_words, fold, overlap


def test_a_guarantee_of_a_deed_is_not_the_deed() -> None:
    """Written guarantees that talks begin are no beginning of talks."""
    assert same_deed("the withdrawal of the lawsuit", "withdrawing its lawsuit")
    assert not same_deed("guarantees that the lawsuit is withdrawn", "withdrawing its lawsuit")
    assert is_guarantee("written assurances that talks resume")


@given(st.text(max_size=80))
def test_words_fold_to_a_fixed_point(text: str) -> None:
    """Folding twice is folding once, and a phrase shares all of its words with itself."""
    assert fold(fold(text)) == fold(text)
    words = content_words(text)
    assert overlap(words, words) == (1.0 if words else 0.0)
