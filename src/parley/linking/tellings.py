"""A report as lineage sees it: its sentences and their words, inside and outside quotation marks; what two share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import inf, log1p, sqrt

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from parley.kept import kept
from parley.linking.shingles import SHINGLE, Hashes, shingle_hashes
from parley.linking.text import content_words, fold
from parley.model import Article, Span, digest, span_of
from parley.reader.quotes import Quoted, quotations
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

WORD = re.compile(r"\w+")
# Names and figures: a capital that opens no sentence, or digits.
DETAIL = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+|\d[\d,.]*\d|\d")
FEWEST_WORDS = 4  # in a sentence
SHORTEST = 3  # sentences of a report that can be told to be a rewrite
ALIGNED = 0.14  # cosine of two sentences before they are shown side by side: on train every pair that passes is right
KEPT = 16_384  # reports that are kept taken apart, and pairs of them compared
CAPITALS = 0.6  # share of words with a capital from which a line is a heading, where capitals say nothing


@dataclass(frozen=True, eq=False)
class Telling:
    """One report, taken apart for comparing."""

    article: Article
    spans: tuple[tuple[int, int], ...]  # of each sentence
    words: tuple[tuple[str, ...], ...]  # stems of each, all of it
    outside: tuple[tuple[str, ...], ...]  # ... outside quotation marks
    quoted: tuple[frozenset[int], ...]  # shingles of each inside them
    hashes: Hashes  # every shingle outside them, once, sorted
    named: tuple[frozenset[str], ...]  # stems of the names and figures of each sentence

    @cached_property
    def key(self) -> str:
        """Stands for all that is compared of it."""
        return digest(self.article.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """All of its stems."""
        return frozenset().union(*self.words)

    @cached_property
    def details(self) -> frozenset[str]:
        """The stems of all of its names and figures."""
        return frozenset().union(*self.named)

    @cached_property
    def quotes(self) -> frozenset[int]:
        """The shingles of all of its quotations."""
        return frozenset().union(*self.quoted)

    def told(self, other: Telling) -> list[tuple[str, ...]]:
        """Stems of each sentence, without a quotation that the other report has too: that is one source, no copy."""
        return [
            outside if quoted & other.quotes else words
            for words, outside, quoted in zip(self.words, self.outside, self.quoted)
        ]

    def own(self, index: int, other: Telling) -> frozenset[str]:
        """Stems of a sentence's names and figures that the other report has nowhere."""
        return self.named[index] - other.stems

    def passage(self, index: int) -> Span:
        """One of its sentences, verbatim."""
        return span_of(self.article.text, *self.spans[index])


@lru_cache(maxsize=KEPT)
def telling(article: Article) -> Telling:
    """A report taken apart; the same one whoever asks."""
    found = _apart(article.text)
    return Telling(
        article,
        found.spans,
        found.words,
        tuple(words if other is None else other for words, other in zip(found.words, found.outside)),
        found.quoted,
        np.array(found.hashes, np.uint64),
        found.named,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of a `Telling` is found out from its text; `outside` has None for a sentence that quotes nothing."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[str, ...], ...]
    outside: tuple[tuple[str, ...] | None, ...]
    quoted: tuple[frozenset[int], ...]
    hashes: tuple[int, ...]
    named: tuple[frozenset[str], ...]


@kept
def _apart(text: str) -> _Parts:
    quoted = Quoted(quotations(text))
    spans = [span for span in sentences(text) if len(text[slice(*span)].split()) >= FEWEST_WORDS]
    inside = [quoted.within(*span) for span in spans]
    words = [content_words(text[start:end]) for start, end in spans]
    outside = [
        content_words(" ".join(text[a:b] for a, b in gaps(span, parts))) if parts else None
        for span, parts in zip(spans, inside)
    ]
    return _Parts(
        tuple(spans),
        tuple(words),
        tuple(outside),
        tuple(frozenset(_run_hashes(text, parts).tolist()) for parts in inside),
        tuple(np.unique(_run_hashes(text, outside_runs(text, quoted))).tolist()),
        tuple(frozenset(_details(text[slice(*span)])) for span in spans),
    )


def gaps(span: tuple[int, int], parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What the parts leave of a span."""
    edges = [span[0], *(edge for part in parts for edge in part), span[1]]
    return list(zip(edges[::2], edges[1::2]))


def outside_runs(text: str, quoted: Quoted) -> list[tuple[int, int]]:
    """Stretches of a text that no quotation mark or paragraph's end breaks, outside quotation marks."""
    return [run for paragraph in paragraphs(text) for run in gaps(paragraph, quoted.within(*paragraph))]


def run_words(
    text: str, runs: Sequence[tuple[int, int]]
) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """Folded words of the runs, where each stands, and the run that each belongs to."""
    found = [(match, place) for place, run in enumerate(runs) for match in WORD.finditer(text, *run)]
    return (
        [fold(match.group()).replace(" ", "") or "-" for match, _ in found],
        [match.span() for match, _ in found],
        [place for _, place in found],
    )


def within_runs(owners: Sequence[int], size: int) -> NDArray[np.bool_]:
    """Of the shingles of words that belong to runs, those that stand inside one run."""
    runs = np.asarray(owners, np.int64)
    return np.equal(runs[: max(len(runs) - size + 1, 0)], runs[size - 1 :])


def _run_hashes(text: str, runs: Sequence[tuple[int, int]]) -> Hashes:
    words, _, owners = run_words(text, runs)
    return shingle_hashes(words)[within_runs(owners, SHINGLE)]


def _details(sentence: str) -> list[str]:
    words = sentence.split()
    if sum(word[:1].isupper() for word in words) > CAPITALS * len(words):
        return []
    return [stem for match in DETAIL.finditer(sentence) for stem in content_words(match.group())]


def own_details(one: Telling, other: Telling) -> float:
    """Share of names and figures that the other doesn't have, of the one that has fewer: a rewrite adds hardly any."""
    return min(
        (len(a.details - b.stems) + 0.5) / (len(a.details) + 1) for a, b in ((one, other), (other, one))
    )


def features(one: Telling, other: Telling, share: float) -> dict[str, float]:
    """What tells a rewrite from another report of the same event; `share` of the shorter one is copied."""
    left, right = (
        [stem for sentence in a.told(b) for stem in sentence] for a, b in ((one, other), (other, one))
    )
    places = {stem: place for place, stem in reversed(list(enumerate(right)))}
    both = set(left) & places.keys()
    return {
        "in_order": log1p(LCSseq.similarity(left, right)),
        "first_in_order": _rising([places[stem] for stem in dict.fromkeys(left) if stem in both]),
        "shared": len(both) / max(min(len(set(left)), len(places)), 1),
        "copied": share,
        "shared_details": log1p(len(one.details & other.details)),
        "own_details": own_details(one, other),
    }


@kept
def retold(one: Telling, other: Telling, share: float) -> float:
    """Log-odds that one report retells the other; the weights are vocabulary/lineage.yaml's.

    Of a report that is too short nothing can be said: two notes of an event share words and order by chance.
    """
    if min(len(one.spans), len(other.spans)) < SHORTEST:
        return -inf
    weights = vocabulary("lineage")["retold"]
    found = features(one, other, share)
    return float(weights["constant"] + sum(weights[name] * value for name, value in found.items()))


def _rising(places: Sequence[int]) -> float:
    """Share of the places that stand in one rising row, the longest."""
    row: list[int] = []
    for place in places:
        at = bisect_left(row, place)
        row[at : at + 1] = [place]
    return len(row) / len(places) if places else 0.0


@kept
def aligned(one: Telling, other: Telling) -> tuple[tuple[int, int], ...]:
    """Sentence pairs in the order of both that are most alike (Needleman and Wunsch 1970)."""
    cell = alike(one, other)
    rows, columns = len(one.words), len(other.words)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i, j in product(range(rows), range(columns)):
        best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + cell(i, j) - ALIGNED)
    pairs = []
    i, j = rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return tuple(pairs[::-1])


def alike(one: Telling, other: Telling) -> Callable[[int, int], float]:
    """Gives the cosine of a sentence of each by their stems; names and figures count twice."""
    details = one.details | other.details
    left, right = ([frozenset(sentence) for sentence in text.words] for text in (one, other))

    def weight(stems: frozenset[str]) -> int:
        return len(stems) + len(stems & details)

    lengths, sizes = ([max(weight(stems), 1) for stems in side] for side in (left, right))

    def cell(row: int, column: int) -> float:
        shared = left[row] & right[column]
        return weight(shared) / sqrt(lengths[row] * sizes[column]) if shared else 0.0

    return cell
