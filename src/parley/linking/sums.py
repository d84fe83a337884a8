"""Figures that add up across reports: a whole and its parts, and pairs of them that differ in scope only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from parley.linking.counted import Group, of_one_family, opposed, plain, tells
from parley.linking.text import stems_of
from parley.model import FigureRelation, derived_id
from parley.vocabulary import vocabulary

BESIDE = 400  # characters within which a report tells figures together
PARTS = 3  # parts that one report may list of one whole
MOST = 150  # telling groups up to which a sum is looked for whose figures no report tells together
CLOSE = 0.85  # of two wholes that differ in scope only, the smaller is at least so much of the larger
NEAREST = 12  # groups of one value that are tried as the third of a sum, those of the same report first
Sum = tuple[Group, tuple[Group, ...]]
Values = dict[float, list[Group]]


def sums(groups: Sequence[Group]) -> list[Sum]:
    """Wholes with their parts, each a group of equal figures; of several with the same values the best told together."""
    values: Values = defaultdict(list)
    by_article: dict[str, list[tuple[int, Group]]] = defaultdict(list)
    for group in groups:
        if group.number > 1 and _summable(group):
            values[group.number].append(group)
            for article, starts in group.spots.items():
                by_article[article] += ((start, group) for start in starts)
    found: dict[tuple[float, ...], tuple[int, Sum]] = {}
    for article, told in by_article.items():
        told.sort(key=lambda pair: pair[0])
        for whole, parts in (*_of_article(article, told, values), *_listed(told)):
            _keep(found, whole, parts, _links(whole, parts) + len(parts))
    for whole, parts in _scattered(values):
        _keep(found, whole, parts, 0)
    return [made for _, made in found.values()]


def _keep(
    found: dict[tuple[float, ...], tuple[int, Sum]], whole: Group, parts: tuple[Group, ...], score: int
) -> None:
    key = (whole.number, *sorted(part.number for part in parts))
    if key not in found or score > found[key][0]:
        found[key] = score, (whole, parts)


def _summable(group: Group) -> bool:
    unit = group.first.figure.unit
    return "/" not in unit and unit != "share" and unit not in vocabulary("units")["times"]


def _of_article(
    article: str, told: Sequence[tuple[int, Group]], values: Values
) -> Iterator[tuple[Group, tuple[Group, Group]]]:
    """Sums of which a report tells two of the three figures together."""
    for at, (start, one) in enumerate(told):
        for after, other in told[at + 1 :]:
            if after - start > BESIDE:
                break
            small, large = sorted((one, other), key=lambda group: group.number)
            made = [(whole, (one, other)) for whole in _third(article, small.number + large.number, values)]
            rests = _third(article, large.number - small.number, values)
            made += [(large, (small, rest)) for rest in rests]
            yield from ((whole, parts) for whole, parts in made if _adds(whole, parts))


def _third(article: str, number: float, values: Values) -> list[Group]:
    """The groups of a value that are tried: those of the report, then the first few of others."""
    found = values.get(number, [])
    return [
        *(group for group in found if article in group.spots),
        *(group for group in found[:NEAREST] if article not in group.spots),
    ]


def _adds(whole: Group, parts: tuple[Group, Group]) -> bool:
    """Whether three groups may be a whole and its parts: one family, no two sides, and words or places that tie them."""
    three = (whole, *parts)
    if len({id(group) for group in three}) < len(three):
        return False
    if any(
        opposed(x.first.figure, y.first.figure) or not of_one_family(x.named, y.named)
        for x, y in combinations(three, 2)
    ):
        return False
    if not all(_may_hold(whole, part) for part in parts):
        return False
    small = any(not tells(part.first) for part in parts)
    return _links(whole, parts) >= len(parts) + small


def _may_hold(whole: Group, part: Group) -> bool:
    """Whether a part may be of a whole: of the living no body is one, of the dead nobody alive."""
    return all(
        not (_is_of(whole, state) and _is_of(part, other))
        for state, other in (("dead", "alive"), ("alive", "dead"))
    )


def _is_of(group: Group, state: str) -> bool:
    """Whether what a group counts in its own words is alive, or dead."""
    return bool(group.nouns & stems_of("figures", state)) or (state == "dead" and "body" in group.kinds)


def _links(whole: Group, parts: tuple[Group, ...]) -> int:
    """How many pairs of the groups are tied to each other."""
    return sum(_linked(one, other) for one, other in combinations((whole, *parts), 2))


def _linked(one: Group, other: Group) -> bool:
    """Whether two groups are tied: by a noun, by place or words where a noun is elided, or as the dead and the living."""
    if one.kinds & other.kinds or {one.vital, other.vital} == {"dead", "alive"}:
        return True
    if one.elided or other.elided:
        telling = tells(one.first) and tells(other.first)
        return _beside(one, other) or (telling and bool(one.words & other.words))
    mortal = "body" in one.kinds ^ other.kinds or (one.state == "dead") != (other.state == "dead")
    return mortal and bool(one.words & other.words)


def _beside(one: Group, other: Group) -> bool:
    """Whether some report tells both together."""
    fewer, more = sorted((one.spots, other.spots), key=len)
    return any(
        abs(start - end) <= BESIDE
        for article, starts in fewer.items()
        for start in starts
        for end in more.get(article, ())
    )


def _listed(told: Sequence[tuple[int, Group]]) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """A whole with three parts that one report lists together."""
    for first in range(len(told) - PARTS):
        window = told[first : first + PARTS + 2]
        for chosen in combinations(window, PARTS + 1):
            *parts, whole = sorted((group for _, group in chosen), key=lambda group: group.number)
            total = sum(part.number for part in parts)
            near = chosen[-1][0] - chosen[0][0] <= BESIDE and len({part.number for part in parts}) == PARTS
            if near and total == whole.number and all(_is_part(part, whole) for part in parts):
                yield whole, tuple(parts)


def _is_part(part: Group, whole: Group) -> bool:
    return of_one_family(part.named, whole.named) and _linked(part, whole)


def _scattered(values: Values) -> Iterator[tuple[Group, tuple[Group, Group]]]:
    """Sums of three telling figures that stand in three reports and count in one noun."""
    told = [group for found in values.values() for group in found if tells(group.first)]
    for one, other in combinations(told, 2) if len(told) <= MOST else ():
        for whole in values.get(one.number + other.number, ()):
            if _adds(whole, (one, other)) and whole.kinds & one.kinds & other.kinds:
                yield whole, (one, other)


def sum_relations(found: Sequence[Sum]) -> Iterator[FigureRelation]:
    """Each sum as a row: the whole's figures first, then those of each part, with the sum as ours."""
    for whole, parts in found:
        ids = tuple(one.figure.id for group in (whole, *parts) for one in group.members)
        yield FigureRelation(derived_id("rel", ids, "adds_up"), ids, "adds_up", _in_words(whole, parts), ids)


def _in_words(whole: Group, parts: Sequence[Group]) -> str:
    """The sum in words: what is left where the whole is told with a part, else the parts added."""
    beside = [part for part in parts if whole.spots.keys() & part.spots.keys()]
    if len(parts) == 2 and beside:
        taken = beside[-1]
        rest = next(part for part in parts if part is not taken)
        return f"our sum: {_named(whole)} - {_named(taken)} = {plain(rest.number)}"
    return f"our sum: {' + '.join(map(_named, parts))} = {plain(whole.number)}"


def _named(group: Group) -> str:
    """A value with what is said of it, where the reports say so."""
    state = group.vital or group.state
    word = "bodies" if "body" in group.kinds and state != "dead" else state
    return f"{plain(group.number)} {word}".strip()


def other_scopes(found: Sequence[Sum]) -> Iterator[FigureRelation]:
    """Two near wholes of two reports, each told with its own part, that leave one and the same: no conflict."""
    by_rest: dict[int, list[tuple[Group, Group, Group]]] = defaultdict(list)
    for whole, parts in found:
        for taken, rest in (parts, parts[::-1]) if len(parts) == 2 else ():
            if _beside(whole, taken):
                by_rest[id(rest)].append((whole, taken, rest))
    for made in by_rest.values():
        for (whole, taken, rest), (more, gone, _) in combinations(made, 2):
            low, high = sorted((whole.number, more.number))
            if low < high and low >= CLOSE * high and taken.kinds & gone.kinds:
                ids = tuple(one.figure.id for group in (whole, more, taken, gone) for one in group.members)
                sums_told = f"{_named(whole)} - {_named(taken)} and {_named(more)} - {_named(gone)}"
                why = f"our sum: {sums_told} both leave {plain(rest.number)}"
                yield FigureRelation(
                    derived_id("rel", ids, "different_scope"), ids, "different_scope", why, ids
                )
