"""Words for comparing texts: folded, stemmed, without the commonest; how much two phrases share."""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from parley.reader.grammar import words
from parley.vocabulary import vocabulary

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,]\d+)*")
MORE = frozenset(
    [
        "it",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "its",
        "his",
        "her",
        "their",
        "our",
        "have",
        "has",
        "had",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "there",
        "said",
        "says",
        "also",
        "not",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "than",
        "more",
        "most",
    ]
)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents, with plain apostrophes."""
    plain = text.replace("’", "'").replace("ʻ", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).translate(_accents())
    return plain.lower()


@cache
def _accents() -> dict[int, None]:
    """Every mark that combines with the letter before it."""
    return {place: None for place in range(sys.maxunicode + 1) if unicodedata.combining(chr(place))}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without the commonest English endings."""
    for ending in ("ings", "ing", "ies", "es", "ed", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


@cache
def stems_of(subject: str, key: str) -> frozenset[str]:
    """The stems of a list of words of vocabulary/<subject>.yaml."""
    return frozenset(stem(str(word)) for word in vocabulary(subject)[key])


@lru_cache(maxsize=50_000)
def content_words(text: str) -> tuple[str, ...]:
    """The stemmed words of a text that carry meaning, in order."""
    told = (word.removesuffix("'s") for word in WORD.findall(fold(text)))
    return tuple(stem(word) for word in told if word not in _common())


@cache
def _common() -> frozenset[str]:
    """The words that carry no meaning of their own."""
    return MORE | (words("determiners") - NUMBERS) | words("prepositions") | words("subordinators")


NUMBERS = frozenset({"one", "two", "three", "four", "five"})


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Share of the smaller set of words that stands in the other; 0 where one is empty."""
    first, second = set(one), set(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def rarity(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency of every word over the texts."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update(set(text))
    return {word: math.log((1 + total) / count) for word, count in counts.items()}
