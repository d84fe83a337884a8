"""Lineage: which report derives from which, by what they share outside quotation marks and in what order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.linking.text import content_words, fold, rarity, weighted_overlap
from parley.model import Article, Lineage, Span, derived_id, span_of
from parley.reader.quotes import quotations
from parley.reader.sentences import sentences

SHINGLE = 5  # words in a row that count as copied
COPIED = 0.75  # share of a report's shingles that makes it a copy
EXCERPTED = 0.12  # ... that makes it an excerpt
RETOLD = 0.38  # share of a report's sentences retold in the same order that makes it a rewrite
ALIKE = 0.42  # weighted word overlap of two sentences from which one may retell the other
CANDIDATE = 4  # rare words that two reports share before they are compared
RARE = 4  # a word in so many reports at most is rare, or in a tenth of them


@dataclass(frozen=True)
class _Text:
    """A report as lineage sees it: sentences, their words, and its shingles outside quotation marks."""

    article: Article
    spans: tuple[tuple[int, int], ...]
    words: tuple[frozenset[str], ...]
    shingles: frozenset[tuple[str, ...]]
    quoted: int  # words inside quotation marks


def link_lineage(articles: Sequence[Article]) -> tuple[Lineage, ...]:
    """One edge for each report that derives from another, to the one that it shares most with."""
    texts = [_text(article) for article in articles if article.kind == "report"]
    weights = rarity(sentence for text in texts for sentence in text.words)
    best: dict[str, Lineage] = {}
    for one, other in _candidates(texts):
        edge = _edge(one, other, weights)
        if edge and (edge.derived not in best or edge.score > best[edge.derived].score):
            best[edge.derived] = edge
    return tuple(best[article.id] for article in articles if article.id in best)


def _text(article: Article) -> _Text:
    found = quotations(article.text)
    inside = [part for quotation in found for part in quotation.parts]
    outside, position = [], 0
    for start, end in inside:
        outside.append(article.text[position:start])
        position = end
    outside.append(article.text[position:])
    shingles = {
        tuple(run[index : index + SHINGLE])
        for run in (fold(piece).split() for piece in outside)
        for index in range(len(run) - SHINGLE + 1)
    }
    spans = tuple(span for span in sentences(article.text) if len(article.text[slice(*span)].split()) > 5)
    words = tuple(frozenset(content_words(article.text[start:end])) for start, end in spans)
    return _Text(article, spans, words, frozenset(shingles), sum(len(article.text[s:e].split()) for s, e in inside))


def _candidates(texts: Sequence[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Pairs that share enough rare words, through an inverted index."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for word in frozenset().union(*text.words):
            holders[word].append(index)
    common = max(RARE, len(texts) // 10)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        if 1 < len(indexes) <= common:
            shared.update((one, other) for place, one in enumerate(indexes) for other in indexes[place + 1 :])
    for (one, other), count in sorted(shared.items()):
        if count >= CANDIDATE:
            yield texts[one], texts[other]


def _edge(one: _Text, other: _Text, weights: dict[str, float]) -> Lineage | None:
    """The edge between two reports, directed, if they share enough."""
    shared = one.shingles & other.shingles
    smaller = min(len(one.shingles), len(other.shingles)) or 1
    copied = len(shared) / smaller
    pairs = _aligned(one, other, weights)
    retold = len(pairs) / max(1, min(len(one.spans), len(other.spans)))
    if copied >= COPIED:
        kind = "copy"
    elif retold >= RETOLD and copied < EXCERPTED * 2:
        kind = "rewrite"
    elif copied >= EXCERPTED:
        kind = "excerpt"
    else:
        return None
    derived, original, why = _direction(one, other, pairs if kind == "rewrite" else [])
    forward = derived is one
    passages = tuple(
        (_passage(derived, a if forward else b), _passage(original, b if forward else a)) for a, b in pairs
    )
    score = round(max(copied, retold), 3)
    ids = (derived.article.id, original.article.id)
    return Lineage(derived_id("lin", ids, f"{ids[0]}>{ids[1]}"), *ids, kind, score, passages, (f"{len(passages)} passages", why))


def _passage(text: _Text, index: int) -> Span:
    return span_of(text.article.text, *text.spans[index])


def _aligned(one: _Text, other: _Text, weights: dict[str, float]) -> list[tuple[int, int]]:
    """Sentence pairs that retell one another, the longest run of them that keeps the order of both."""
    pairs = []
    for index, sentence in enumerate(one.words):
        scored = [(weighted_overlap(set(sentence), set(words), weights), place) for place, words in enumerate(other.words)]
        if scored and max(scored)[0] >= ALIKE:
            pairs.append((index, max(scored)[1]))
    return _increasing(pairs)


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members strictly increase."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for position, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else None)
        if at == len(tails):
            tails.append(place)
            ends.append(position)
        else:
            tails[at], ends[at] = place, position
    chain: list[tuple[int, int]] = []
    step = ends[-1] if ends else None
    while step is not None:
        chain.append(pairs[step])
        step = before[step]
    return chain[::-1]


def _direction(one: _Text, other: _Text, pairs: list[tuple[int, int]]) -> tuple[_Text, _Text, str]:
    """(derived, original, why): by a credit, by date, by who kept the quotations; never by length."""
    for derived, original in ((one, other), (other, one)):
        outlet = fold(original.article.outlet)
        if len(outlet) > 3 and (outlet in fold(derived.article.credit) or outlet in fold(derived.article.text)):
            return derived, original, f"names {original.article.outlet}"
    first, second = one.article.published, other.article.published
    if first and second and first != second:
        derived, original = (one, other) if first > second else (other, one)
        return derived, original, "published later"
    if one.quoted != other.quoted:
        derived, original = (one, other) if one.quoted < other.quoted else (other, one)
        return derived, original, "has fewer words in quotation marks"
    return other, one, "direction not known"
