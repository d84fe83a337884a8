"""Figures about the same thing: which agree, which conflict, which add up. Groups, not all their pairs, are rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from parley.linking.text import content_words, overlap
from parley.model import Article, Figure, FigureRelation, derived_id

ABOUT = 0.5  # share of the shorter description's words that two figures about one thing have in common
ALIKE = 0.5  # the smaller of two values in conflict is at least so much of the larger
MOST = 200  # figures of one noun that are compared pair by pair
NEAR_DAYS = 14  # days between two reports beyond which a new figure is no conflict
LEAST = 3  # a part of a sum is at least so many
COUNTING = frozenset(
    content_words(
        "about some nearly almost more than over least up dozen hundred thousand million billion two three four five six seven eight nine ten twelve fifteen eighteen twenty thirty forty fifty sixty seventy eighty ninety"
    )
)
COUNTED = frozenset({"person", "body"})


def relate_figures(articles: Sequence[Article], figures: Sequence[Figure]) -> tuple[FigureRelation, ...]:
    """Relations between figures, each with its reason in words."""
    published = {article.id: article.published for article in articles}
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups["person" if figure.unit in COUNTED else figure.unit].append(figure)
    found: list[FigureRelation] = []
    for group in groups.values():
        found += _agreements(group)
        found += _conflicts(group, published)
    found += _sums([figure for figure in figures if figure.unit in COUNTED])
    return tuple(sorted(found, key=lambda relation: relation.id))


def _about(figure: Figure) -> frozenset[str]:
    return frozenset(content_words(f"{figure.text} {figure.what}")) - frozenset(
        content_words(_number(figure))
    )


def _number(figure: Figure) -> str:
    return " ".join(word for word in figure.text.split() if any(c.isdigit() for c in word))


def _agreements(figures: Sequence[Figure]) -> Iterator[FigureRelation]:
    by_value: dict[tuple[float | None, float | None, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        by_value[figure.low, figure.high, figure.unit].append(figure)
    for (low, high, _), same in by_value.items():
        for cluster in _clusters(same):
            reports = {figure.article for figure in cluster}
            if len(reports) > 1:
                why = f"the same value in {len(reports)} reports: {_value(low, high)}"
                yield _relation(cluster, "agree", why)


def _clusters(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures of one value put together by what they are about."""
    clusters: list[list[Figure]] = []
    for figure in figures:
        for cluster in clusters:
            if overlap(_about(figure), _about(cluster[0])) >= ABOUT:
                cluster.append(figure)
                break
        else:
            clusters.append([figure])
    return clusters


def _conflicts(figures: Sequence[Figure], published: Mapping[str, date | None]) -> Iterator[FigureRelation]:
    """Two reports, days apart at most, that give different values for the same noun in the same state.

    A report that itself gives both values speaks of two things, so no other reports conflict by them.
    """
    index: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    together: set[tuple[str, str, float | None, float | None]] = set()
    for figure in figures:
        index[_noun(figure), figure.unit, figure.status].append(figure)
    for (noun, _, _), holders in index.items():
        for one, other in combinations(holders, 2):
            if one.article == other.article:
                together |= {(noun, one.unit, one.low, other.low), (noun, one.unit, other.low, one.low)}
    for (noun, unit, _), holders in index.items():
        if not noun:
            continue
        for one, other in combinations(holders[:MOST], 2):
            if one.article == other.article or (noun, unit, one.low, other.low) in together:
                continue
            if _conflicting(one, other) and _near(published[one.article], published[other.article]):
                why = f"{_value(one.low, one.high)} and {_value(other.low, other.high)} for what is described in the same words"
                yield _relation([one, other], "conflict", why)


def _noun(figure: Figure) -> str:
    """The head noun of a figure's own words: the last that is no number."""
    found = [
        word
        for word in content_words(figure.text.split(" of the ")[0])
        if not word[0].isdigit() and word not in COUNTING
    ]
    return found[-1] if found else ""


def _conflicting(one: Figure, other: Figure) -> bool:
    if (one.approx and other.approx) or _compatible(one, other):
        return False
    low, high = sorted((one.low or one.high or 0.0, other.low or other.high or 0.0))
    shared = _about(one) & _about(other)
    return low >= high * ALIKE and len(shared) >= 2


def _compatible(one: Figure, other: Figure) -> bool:
    """Whether two ranges meet; open ends are open."""
    low = max(-1.0 if f.low is None else f.low for f in (one, other))
    high = min(float("inf") if f.high is None else f.high for f in (one, other))
    return low <= high


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS


def _sums(figures: Sequence[Figure]) -> Iterator[FigureRelation]:
    """Three figures of which two make the third, about one thing: a whole and the parts of it."""
    exact = [f for f in figures if f.low is not None and f.low == f.high and f.low >= LEAST]
    first: dict[float, Figure] = {}
    for figure in exact:
        first.setdefault(figure.low or 0.0, figure)
    values = sorted(first)
    for one, other in combinations(values, 2):
        total = one + other
        if total not in first:
            continue
        parts, whole = [first[one], first[other]], first[total]
        if all(_about(part) & _about(whole) or {part.status, whole.status} & {"held"} for part in parts):
            why = f"our sum: {_plain(total)} - {_plain(other)} = {_plain(one)}"
            yield _relation([whole, *parts], "adds_up", why)


def _relation(figures: Iterable[Figure], relation: str, why: str) -> FigureRelation:
    ids = tuple(figure.id for figure in figures)
    return FigureRelation(derived_id("rel", ids, relation), ids, relation, why, ids)


def _value(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"up to {_plain(high)}" if low is None else f"{_plain(low)} or more"
    return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"
