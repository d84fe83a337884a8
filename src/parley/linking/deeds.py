"""Deeds: the thing that an act, a need or a provision is about, keyed so that one deed in other words is one node."""

from __future__ import annotations

from functools import cache

from parley.linking.text import content_words, overlap, stem
from parley.model import Deed, digest
from parley.vocabulary import vocabulary

SAME_DEED = 0.5  # share of the shorter phrase's words that two phrases for one deed have in common
LEAST_OF_LONGER = 0.2
OPENING = 6  # content words at the head of a phrase among which a guarantee is named


@cache
def _one_word() -> dict[str, str]:
    """Stem of every word of a deed -> the stem that stands for its group."""
    return {stem(word): stem(str(group[0])) for group in vocabulary("deeds")["same"] for word in group}


@cache
def _stems(key: str) -> frozenset[str]:
    return frozenset(stem(str(word)) for word in vocabulary("deeds")[key])


def key_words(phrase: str) -> frozenset[str]:
    """The words that tell one deed from another, words for one deed made one."""
    return frozenset(_one_word().get(word, word) for word in content_words(phrase)) - _stems("filler")


def is_guarantee(phrase: str) -> bool:
    """Whether a phrase is a guarantee of something and not the thing itself."""
    return bool(frozenset(content_words(phrase)[:OPENING]) & _stems("guarantees"))


def same_deed(one: str, other: str) -> bool:
    """Whether two phrases stand for one deed; a guarantee of X is not X."""
    first, second = key_words(one), key_words(other)
    if is_guarantee(one) != is_guarantee(other) or not first or not second:
        return False
    shared = len(first & second)
    return overlap(first, second) >= SAME_DEED and shared / max(len(first), len(second)) >= LEAST_OF_LONGER


def alike(one: str, other: str) -> float:
    """How much two phrases share: the Jaccard index of their words."""
    first, second = key_words(one), key_words(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def deed_of(phrase: str, actor: str = "") -> Deed:
    """The deed of a phrase: its first content word as the verb, the rest as the object."""
    words = phrase.split()
    return Deed(
        "deed-" + digest("deed", *sorted(key_words(phrase))),
        actor,
        words[0] if words else "",
        " ".join(words[1:]),
    )
