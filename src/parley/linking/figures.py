"""How figures about one thing stand to one another: agree, conflict, add up, superseded, other scope. Groups are rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product

from parley.linking.counted import PEOPLE, Counted, Group, counted, groups, opposed, value_of
from parley.linking.sums import Sum, other_scopes, sum_relations, sums
from parley.linking.text import stems_of
from parley.model import Article, Figure, FigureRelation, Lineage, Statement, derived_id
from parley.vocabulary import vocabulary

ALIKE = 0.5  # the smaller of two rival values is at least so much of the larger
CLOSE = 0.85  # ... and so much where their descriptions share but one word
NEAREST = 40  # groups of one noun that a group is compared with: those next above it in value
TOLD = 20  # figures of a group that are compared with those of another
NEAR_DAYS = 14  # days between two reports beyond which a new figure is no conflict
BESIDE = 250  # characters within which a report sets one count against another whose noun is elided
APART = 600  # ... and against one of the same noun
SHARED = 2  # words in common from which two figures of two reports describe one thing
MUCH = 3  # ... and so many where one is a fact and the other a plan, or one report tells both
PLANNED = frozenset({"promised", "demanded"})


@dataclass(frozen=True, slots=True)
class _Record:
    """What the relations are read from: texts, days and outlets by article, and who gives each figure."""

    articles: Mapping[str, Article]
    voices: Mapping[str, str]
    two_sided: frozenset[str]  # nouns of which the record knows figures of two sides

    def day(self, one: Counted) -> date | None:
        """The day on which the figure was reported."""
        return self.articles[one.figure.article].published

    def giver(self, one: Counted) -> str:
        """Who gives a figure: the speaker, else the outlet itself."""
        return self.voices[one.figure.id] or f"outlet {self.articles[one.figure.article].outlet}"


def relate_figures(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    statements: Sequence[Statement] = (),
    lineage: Sequence[Lineage] = (),
) -> tuple[FigureRelation, ...]:
    """Relations between figures, each with its reason in words."""
    all_counted = [counted(figure) for figure in figures]
    by_id = {article.id: article for article in articles}
    texts = _Record(by_id, _voices(figures, statements), _two_sided(all_counted))
    found = groups(all_counted, lineage)
    added = sums(found)
    scopes = list(other_scopes(added))
    rows = [*_agreements(found), *sum_relations(added), *scopes]
    rows += _rivalries(found, texts, added, scopes)
    return tuple(sorted({row.id: row for row in rows}.values(), key=lambda row: row.id))


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


def _two_sided(figures: Sequence[Counted]) -> frozenset[str]:
    """The nouns that count people or things of more than one side: "prisoners" may be either's."""
    sides: dict[str, set[str]] = defaultdict(set)
    for one in figures:
        for noun in one.kind if (side := _side(one)) else ():
            sides[noun].add(side)
    return frozenset(noun for noun, named in sides.items() if len(named) > 1)


def _side(one: Counted) -> str:
    return one.figure.held_by or one.figure.from_ or ""


def _agreements(found: Sequence[Group]) -> Iterator[FigureRelation]:
    for group in found:
        if len(group.spots) > 1:
            why = f"the same value in {len(group.spots)} reports: {value_of(group.first.figure)}"
            yield _relation(group.members, "agree", why)


def _rivalries(
    found: Sequence[Group], texts: _Record, added: Sequence[Sum], scopes: Sequence[FigureRelation]
) -> Iterator[FigureRelation]:
    """Conflicts, and older figures with the newer ones of the same giver; none between a whole and its parts."""
    explained = {pair for whole, parts in added for pair in combinations(sorted(map(id, (whole, *parts))), 2)}
    scoped = {figure for row in scopes for figure in row.figures}
    done: set[tuple[int, int]] = set()
    for one, other, first, second in _set_against(found, texts):
        key = _key(one, other)
        if key not in done:
            done.add(key)
            why = f"{_two(first, second)}: one report sets them against each other"
            yield _relation(_rivals_first(one, other, first, second), "conflict", why)
    for one, other in _of_one_noun(found):
        key = _key(one, other)
        if key in done or key in explained or {one.first.figure.id, other.first.figure.id} <= scoped:
            continue
        done.add(key)
        pair = _rival_pair(one, other, texts)
        if pair:
            yield _verdict(one, other, *pair, texts)


def _key(one: Group, other: Group) -> tuple[int, int]:
    return min(id(one), id(other)), max(id(one), id(other))


def _set_against(found: Sequence[Group], texts: _Record) -> Iterator[tuple[Group, Group, Counted, Counted]]:
    """Counts of one thing that stand beside each other in one report, given by two."""
    by_article: dict[str, list[tuple[Counted, Group]]] = defaultdict(list)
    for group in found:
        for one in group.members:
            by_article[one.figure.article].append((one, group))
    for article, told in by_article.items():
        text = texts.articles[article].text
        told.sort(key=lambda pair: pair[0].figure.start)
        for at, (one, group) in enumerate(told):
            for other, another in told[at + 1 : at + 3]:
                if group is not another and _told_as_rivals(one, other, text, texts):
                    yield group, another, one, other


def _told_as_rivals(one: Counted, other: Counted, text: str, texts: _Record) -> bool:
    """Whether the words before a count with an elided noun give it to somebody who counts otherwise than the one before."""
    between = text[one.figure.end : other.figure.start].lower()
    if len(between) > (BESIDE if other.elided else APART) or not _may_rival(one, other):
        return False
    clause = set(re.findall(r"\w+", re.split(r"[.;:!?]|, ", between)[-1]))
    gap = set(re.findall(r"\w+", between))
    if text.startswith(" of ", other.figure.end) or (gap & _marks("no_rivals") and other.elided):
        return False
    if other.elided:
        return bool(clause & _marks("set_against"))
    of_one_thing = len(one.about & other.about) >= MUCH and bool(one.nouns & other.nouns)
    two_givers = texts.giver(one) != texts.giver(other)
    return of_one_thing and two_givers and bool(clause & _marks("counts_otherwise"))


@cache
def _marks(key: str) -> frozenset[str]:
    return frozenset(vocabulary("figures")[key])


def _may_rival(one: Counted, other: Counted) -> bool:
    """Whether two figures can be rival counts of one thing: exact enough, near in value, one side, neither a part."""
    a, b = one.figure, other.figure
    if (a.approx and b.approx) or one.on_top or other.on_top or opposed(a, b):
        return False
    if one.family != other.family or one.rest != other.rest or len({a.status, b.status} - {"other"}) > 1:
        return False
    return _rival_values(a, b)


def _rival_values(one: Figure, other: Figure) -> bool:
    """Whether two values are near, and no ranges that meet; open ends are open."""
    least = max(-1.0 if f.low is None else f.low for f in (one, other))
    if least <= min(float("inf") if f.high is None else f.high for f in (one, other)):
        return False
    low, high = sorted((one.low or one.high or 0.0, other.low or other.high or 0.0))
    return low >= high * ALIKE


def _of_one_noun(found: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """Pairs of groups that count in one noun and are near in value; no spans of time, of which there may be any number."""
    index: dict[str, list[Group]] = defaultdict(list)
    for group in found:
        if group.first.family in vocabulary("units")["times"]:
            continue
        for noun in sorted(frozenset().union(*(one.kind | one.nouns for one in group.members))):
            index[noun].append(group)
    for holders in index.values():
        holders.sort(key=lambda group: group.first.figure.low or group.first.figure.high or 0.0)
        for at, group in enumerate(holders):
            yield from ((group, other) for other in holders[at + 1 : at + 1 + NEAREST])


def _rival_pair(one: Group, other: Group, texts: _Record) -> tuple[Counted, Counted] | None:
    """The first two figures of two groups that rival each other."""
    if not _rival_values(one.first.figure, other.first.figure):  # all figures of a group have one value
        return None
    together = not one.spots.keys().isdisjoint(other.spots)
    for first, second in product(one.members[:TOLD], other.members[:TOLD]):
        if not _rival(first, second, together) or not _comparable(first, second, texts):
            continue
        if not together or texts.giver(first) != texts.giver(second):  # who tells both speaks of two things
            return first, second
    return None


def _comparable(one: Counted, other: Counted, texts: _Record) -> bool:
    """Whether two figures are of one time and one side; other things than people only as two named givers count them."""
    if one.kind & other.kind & texts.two_sided and not (_side(one) and _side(other)):
        return False
    told = texts.voices[one.figure.id] and texts.voices[other.figure.id]
    return (one.family == PEOPLE or bool(told)) and _near(one, other, texts)


def _rival(one: Counted, other: Counted, together: bool) -> bool:
    """Whether two figures describe one thing in the same words; more of them are shared where one report tells both."""
    if one.figure.unit != other.figure.unit:
        return False
    if one.family != PEOPLE and {one.figure.status, other.figure.status} & PLANNED:
        return False  # an offer and a demand are no two accounts
    if not (one.kind & other.kind or one.nouns & other.nouns):
        return False
    least = (
        _least(one, other) if one.kind & other.kind and not together else MUCH
    )  # "members" may be of anything
    return len(one.about & other.about) >= least and _may_rival(one, other) and not (one.part or other.part)


def _least(one: Counted, other: Counted) -> int:
    """How many words two figures have to share: fewer where people are counted, and values are close or one state is told."""
    a, b = one.figure, other.figure
    if (a.status in PLANNED) != (b.status in PLANNED):
        return MUCH
    if one.family != PEOPLE:
        return SHARED
    low, high = sorted((a.low or a.high or 0.0, b.low or b.high or 0.0))
    return 1 if low >= high * CLOSE or a.status == b.status != "other" else SHARED


def _near(one: Counted, other: Counted, texts: _Record) -> bool:
    """Whether two reports are of one time; a later count that is lower can be no growth, whenever it comes."""
    days = texts.day(one), texts.day(other)
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return True
    earlier, later = (one, other) if days[0] < days[1] else (other, one)
    if {one.figure.status, other.figure.status} == {"released"} and one.family == PEOPLE:
        return (later.figure.high or 0.0) < (earlier.figure.low or 0.0)  # releases go on, so a count may grow
    if abs((days[0] - days[1]).days) <= NEAR_DAYS:
        return True
    dated = {one.figure.status, other.figure.status} == {"dead"} and one.about & other.about & _months()
    fewer = (later.figure.high or 0.0) < (earlier.figure.low or 0.0)
    return one.family == PEOPLE and (fewer or bool(dated))


def _months() -> frozenset[str]:
    """The names of months: two counts of the dead of one month are of one time, whenever they are told."""
    return stems_of("claims", "months")


def _verdict(one: Group, other: Group, first: Counted, second: Counted, texts: _Record) -> FigureRelation:
    """A conflict; or, where one giver has both on two days, the older figure and the newer."""
    days = texts.day(first), texts.day(second)
    if texts.giver(first) == texts.giver(second) and days[0] and days[1] and days[0] != days[1]:
        older, newer = (one, other) if days[0] < days[1] else (other, one)
        return _superseded(older, newer, texts)
    why = f"{_two(first, second)} for what is described in the same words"
    return _relation(_rivals_first(one, other, first, second), "conflict", why)


def _superseded(older: Group, newer: Group, texts: _Record) -> FigureRelation:
    """An older figure with the newer one; says so where the older is told again afterwards."""
    since = min(day for one in newer.members if (day := texts.day(one)))
    again = [day for one in older.members if (day := texts.day(one)) and day > since]
    why = f"{value_of(older.first.figure)}, then {value_of(newer.first.figure)} on {since.isoformat()}"
    if again:
        why += f"; {value_of(older.first.figure)} is told again on {min(again).isoformat()}, after the newer figure"
    return _relation([*older.members, *newer.members], "superseded", why)


def _two(one: Counted, other: Counted) -> str:
    return f"{value_of(one.figure)} and {value_of(other.figure)}"


def _rivals_first(one: Group, other: Group, first: Counted, second: Counted) -> list[Counted]:
    """The figures of two groups, the two that rival each other before the rest."""
    return [first, second, *(x for x in (*one.members, *other.members) if x is not first and x is not second)]


def _relation(figures: Sequence[Counted], relation: str, why: str) -> FigureRelation:
    ids = tuple(one.figure.id for one in figures)
    return FigureRelation(derived_id("rel", ids, relation), ids, relation, why, ids)
