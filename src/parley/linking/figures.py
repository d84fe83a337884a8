"""Figures about the same thing: which agree, which conflict, which add up. Groups, not all their pairs, are rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations

from parley.linking.deeds import key_words
from parley.linking.text import content_words, overlap
from parley.model import Article, Figure, FigureRelation, Lineage, Statement, derived_id
from parley.vocabulary import vocabulary

ABOUT = 0.5  # share of the shorter description's words that two figures about one thing have in common
ALIKE = 0.5  # the smaller of two values in conflict is at least so much of the larger
CLOSE = 0.85  # ... and so much where their descriptions share but one word
MOST = 200  # figures of one noun that are compared pair by pair
NEAR_DAYS = 14  # days between two reports beyond which a new figure is no conflict
LEAST = 3  # a part of a sum is at least so many
BESIDE = 300  # characters within which a number whose noun is elided belongs to the figure beside it
TELLING = 12  # a whole number above this that is no round one is hardly equal by chance
COUNTED = frozenset({"person", "body"})


@cache
def _counting() -> frozenset[str]:
    """The stems of number words and hedges, which say nothing of what is counted."""
    return frozenset(content_words(" ".join(map(str, vocabulary("deeds")["counting"]))))


def relate_figures(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    statements: Sequence[Statement] = (),
    lineage: Sequence[Lineage] = (),
) -> tuple[FigureRelation, ...]:
    """Relations between figures, each with its reason in words."""
    published = {article.id: article.published for article in articles}
    voices = _voices(figures, statements)
    kin = {frozenset((edge.derived, edge.from_)) for edge in lineage}
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.unit].append(figure)
    found: list[FigureRelation] = []
    for group in groups.values():
        found += _agreements(group, kin)
        found += _conflicts(group, published, voices, kin)
    found += _sums([figure for figure in figures if figure.unit in COUNTED])
    return tuple(sorted(found, key=lambda relation: relation.id))


def _voices(figures: Sequence[Figure], statements: Sequence[Statement]) -> dict[str, str]:
    """Who gives each figure: the innermost statement's speaker around it; nobody for the outlet's own voice."""
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.article].append(statement)
    found = {}
    for figure in figures:
        around = [
            statement
            for statement in by_article[figure.article]
            if any(piece.start <= figure.start < piece.end for piece in statement.content)
        ]
        inner = min(around, key=lambda s: sum(piece.end - piece.start for piece in s.content), default=None)
        found[figure.id] = (inner.actor or inner.speaker_name) if inner else ""
    return found


def _about(figure: Figure) -> frozenset[str]:
    """The words that say what a figure counts."""
    words = frozenset(word for word in content_words(f"{figure.text} {figure.what}") if not word[0].isdigit())
    return words - _counting()


def _agreements(figures: Sequence[Figure], kin: set[frozenset[str]]) -> Iterator[FigureRelation]:
    by_value: dict[tuple[float | None, float | None], list[Figure]] = defaultdict(list)
    for figure in figures:
        by_value[figure.low, figure.high].append(figure)
    for (low, high), same in by_value.items():
        for cluster in _clusters(same, kin):
            reports = {figure.article for figure in cluster}
            if len(reports) > 1:
                why = f"the same value in {len(reports)} reports: {_value(low, high)}"
                yield _relation(cluster, "agree", why)


def _clusters(figures: Sequence[Figure], kin: set[frozenset[str]]) -> list[list[Figure]]:
    """Figures of one value put together by what they are about, by lineage, or because the value tells."""
    clusters: list[list[Figure]] = []
    for figure in figures:
        for cluster in clusters:
            if any(_one_thing(figure, other, kin) for other in cluster[:MOST]):
                cluster.append(figure)
                break
        else:
            clusters.append([figure])
    return clusters


def _one_thing(one: Figure, other: Figure, kin: set[frozenset[str]]) -> bool:
    value = one.low if one.low is not None else one.high or 0.0
    telling = value > TELLING and value % 10 != 0
    if telling or frozenset((one.article, other.article)) in kin:
        return True
    return overlap(_about(one), _about(other)) >= ABOUT


def _conflicts(
    figures: Sequence[Figure],
    published: Mapping[str, date | None],
    voices: Mapping[str, str],
    kin: set[frozenset[str]],
) -> Iterator[FigureRelation]:
    """Two voices or two reports, days apart at most, that give different values for the same noun in the same state.

    A voice that itself gives both values speaks of two things, so nobody conflicts by them.
    """
    index: dict[str, list[Figure]] = defaultdict(list)
    together: set[tuple[str, float | None, float | None]] = set()
    for figure in figures:
        index[_noun(figure)].append(figure)
    for noun, holders in index.items():
        for one, other in combinations(holders, 2):
            if one.article == other.article and voices[one.id] == voices[other.id]:
                together |= {(noun, one.low, other.low), (noun, other.low, one.low)}
    for noun, holders in index.items():
        for one, other in combinations(holders[:MOST], 2) if noun else ():
            apart = voices[one.id] != voices[other.id] or one.article != other.article
            if (
                not apart
                or (noun, one.low, other.low) in together
                or frozenset((one.article, other.article)) in kin
            ):
                continue
            if _conflicting(one, other) and _near(published[one.article], published[other.article]):
                values = f"{_value(one.low, one.high)} and {_value(other.low, other.high)}"
                yield _relation([one, other], "conflict", f"{values} for what is described in the same words")


def _noun(figure: Figure) -> str:
    """What a figure counts, in one word: its head noun; bodies are bodies whatever they are called."""
    if figure.unit == "body":
        return "body"
    for phrase in (figure.text.split(" of the ")[0], figure.what):
        found = [word for word in content_words(phrase) if not word[0].isdigit() and word not in _counting()]
        if found:
            return found[-1] if phrase is not figure.what else found[0]
    return ""


def _conflicting(one: Figure, other: Figure) -> bool:
    """Whether two figures can be rival counts of one thing: near in value, alike in words, neither an increase."""
    if (one.approx and other.approx) or _compatible(one, other) or _adds(one) or _adds(other):
        return False
    if (one.from_ and other.from_ and one.from_ != other.from_) or len(
        {one.status, other.status} - {"other"}
    ) > 1:
        return False
    low, high = sorted((one.low or one.high or 0.0, other.low or other.high or 0.0))
    shared = len(_about(one) & _about(other))
    least = 1 if low >= high * CLOSE and one.unit in COUNTED else 2
    return low >= high * ALIKE and shared >= least


def _adds(figure: Figure) -> bool:
    """Whether a figure is what came on top: "six more", "another 40 tonnes"."""
    return bool(
        set(figure.text.lower().split()) & {"more", "another", "further", "additional", "extra", "other"}
    )


def _compatible(one: Figure, other: Figure) -> bool:
    """Whether two ranges meet; open ends are open."""
    low = max(-1.0 if f.low is None else f.low for f in (one, other))
    high = min(float("inf") if f.high is None else f.high for f in (one, other))
    return low <= high


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS


def _sums(figures: Sequence[Figure]) -> Iterator[FigureRelation]:
    """Three figures of which two make the third: a whole and the parts of it, of one kind of people or bodies."""
    exact = [f for f in figures if f.low is not None and f.low == f.high and f.low >= LEAST and not _adds(f)]
    by_value: dict[float, list[Figure]] = defaultdict(list)
    for figure in exact:
        by_value[figure.low or 0.0].append(figure)
    for one, other in combinations(sorted(by_value), 2):
        total = one + other
        for whole in by_value.get(total, []):
            parts = [_nearest(whole, by_value[value]) for value in (one, other)]
            if _one_whole(whole, parts):
                yield _relation(
                    [whole, *parts], "adds_up", f"our sum: {_plain(total)} - {_plain(other)} = {_plain(one)}"
                )
                break


def _nearest(whole: Figure, figures: Sequence[Figure]) -> Figure:
    """The figure of one value that stands nearest to the whole: in its report, else the first."""
    return min(figures, key=lambda figure: (figure.article != whole.article, abs(figure.start - whole.start)))


def _one_whole(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether figures count one kind of thing: the same noun, or an elided one right beside the whole."""
    for part in parts:
        beside = part.article == whole.article and abs(part.start - whole.start) < BESIDE
        if not (_kind(part) & _kind(whole) or (beside and (not _kind(part) or not _kind(whole)))):
            return False
    return any(part.article == whole.article for part in parts) or bool(_kind(parts[0]) & _kind(parts[1]))


def _kind(figure: Figure) -> frozenset[str]:
    """The nouns of a figure's own words, words for one kind of people made one; none where the noun is elided."""
    return key_words(figure.text) - _counting()


def _relation(figures: Iterable[Figure], relation: str, why: str) -> FigureRelation:
    ids = tuple(figure.id for figure in figures)
    return FigureRelation(derived_id("rel", ids, relation), ids, relation, why, ids)


def _value(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"up to {_plain(high)}" if low is None else f"{_plain(low)} or more"
    return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"
