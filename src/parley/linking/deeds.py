"""Deeds: the thing that an act, a need or a provision is about, keyed so that one deed in other words is one node."""

from __future__ import annotations

from parley.linking.text import content_words, overlap
from parley.model import Deed, digest

SAME_DEED = 0.5  # share of the shorter phrase's words that two phrases for one deed have in common
LEAST_OF_LONGER = 0.2
GUARANTEES = frozenset({"guarante", "assurance", "pledg", "commitment", "guarantee", "assuranc"})
FILLER = frozenset({"first", "second", "new", "full", "agre", "any", "all", "once"})


def key_words(phrase: str) -> frozenset[str]:
    """The words that tell one deed from another."""
    return frozenset(content_words(phrase)) - FILLER


def is_guarantee(phrase: str) -> bool:
    """Whether a phrase is a guarantee of something and not the thing itself."""
    return bool(frozenset(content_words(phrase)[:6]) & GUARANTEES)


def same_deed(one: str, other: str) -> bool:
    """Whether two phrases stand for one deed; a guarantee of X is not X."""
    first, second = key_words(one), key_words(other)
    if is_guarantee(one) != is_guarantee(other) or not first or not second:
        return False
    shared = len(first & second)
    return overlap(first, second) >= SAME_DEED and shared / max(len(first), len(second)) >= LEAST_OF_LONGER


def deed_of(phrase: str, actor: str = "") -> Deed:
    """The deed of a phrase: its first content word as the verb, the rest as the object."""
    words = phrase.split()
    return Deed(
        "deed-" + digest("deed", *sorted(key_words(phrase))),
        actor,
        words[0] if words else "",
        " ".join(words[1:]),
    )
