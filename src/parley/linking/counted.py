"""What figures count, in comparable words, and the figures of one value that count one thing."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import pairwise

import networkx as nx

from parley.linking.text import content_words, overlap, stem, stems_of
from parley.model import Figure, Lineage, Span
from parley.reader.nouns import known_units
from parley.vocabulary import vocabulary

ABOUT = 0.5  # share of the shorter description's words that two figures about one thing have in common
TELLING = 12  # a whole number above this, in two digits or more before its zeros, is hardly equal by chance
LATEST = 20  # figures per word that a figure is compared with: those that came last
PEOPLE = "people"
STATES = ("released", "held", "dead")
NUMBER_WORDS = ("small", "tens", "scales", "vague", "several", "pairs", "fractions")
COUNTED = frozenset({"person", "body"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it counts."""

    figure: Figure
    family: str  # unit without its rate; people, living or dead, are one family
    nouns: frozenset[str]  # of its own words; none where the noun is elided
    kind: frozenset[str]  # ... without those that say only that they are people
    about: frozenset[str]
    rest: bool
    on_top: bool
    known: bool  # told of before: "the seven", "all 320"

    @property
    def part(self) -> bool:
        """Whether it counts some of a whole: "19 of the sailors"."""
        words = self.figure.text.lower().split()
        return self.figure.unit != "body" and any(
            word == "of" and following in vocabulary("figures")["definite"]
            for word, following in pairwise(words)
        )

    @property
    def elided(self) -> bool:
        """Whether the noun stands elsewhere."""
        return not self.nouns

    @property
    def value(self) -> float | None:
        """The number where the figure is one number; None for ranges and open ends."""
        return self.figure.low if self.figure.low == self.figure.high else None


def counted(figure: Figure) -> Counted:
    """A figure with its family and its words."""
    unit = figure.unit.partition("/")[0]
    words = frozenset(figure.text.lower().split())
    family = PEOPLE if unit in COUNTED else unit
    nouns = _nouns(figure.text)
    things = family not in {PEOPLE, *vocabulary("units")["times"]}
    measure = _nouns(unit) if things and not nouns else frozenset()  # of an elided noun the unit is known
    kind = nouns | measure | ({"body"} if figure.unit == "body" else frozenset())
    return Counted(
        figure,
        family,
        nouns,
        kind - stems_of("figures", "any_person"),
        (nouns | measure | _nouns(figure.what)) - stems_of("figures", "any_person"),
        bool(words & set(vocabulary("figures")["rest"])),
        bool(words & set(vocabulary("figures")["on_top"])),
        figure.text.partition(" ")[0].lower() in {*vocabulary("figures")["definite"], "the", "all"},
    )


@cache
def _one_noun() -> dict[str, str]:
    """Stem of every noun of a group -> the stem that stands for the group."""
    units = {
        stem(noun): stem(unit.split()[-1]) for noun, unit in known_units().items() if unit not in COUNTED
    }
    return units | {
        stem(word): stem(group[0]) for group in vocabulary("figures")["one_noun"] for word in group
    }


@cache
def _counting() -> frozenset[str]:
    """The stems of number words and hedges, which say nothing of what is counted."""
    numbers, hedges = vocabulary("numbers"), vocabulary("figures")["hedges"].values()
    listed = [vocabulary("deeds")["counting"], *hedges, *(numbers[key] for key in NUMBER_WORDS)]
    return frozenset(content_words(" ".join(str(word) for words in listed for word in words)))


def _nouns(text: str) -> frozenset[str]:
    """The words that say what is counted, words for one kind of thing and signs of units made one."""
    words = frozenset(_one_noun().get(word, word) for word in content_words(text) if not word[0].isdigit())
    return frozenset(word for word in words if not _counting().issuperset(word.split("-")))


@dataclass(frozen=True, eq=False)
class Group:
    """Figures of one value that count one thing, in text order; never empty."""

    members: tuple[Counted, ...]

    @cached_property
    def first(self) -> Counted:
        """The first figure."""
        return self.members[0]

    @cached_property
    def number(self) -> float:
        """The value where it is one number; 0 for ranges and open ends."""
        return self.first.value or 0.0

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The nouns of all figures."""
        return frozenset().union(*(one.kind for one in self.members))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all descriptions."""
        return frozenset().union(*(one.about for one in self.members))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns of all figures' own words."""
        return frozenset().union(*(one.nouns for one in self.members))

    @cached_property
    def state(self) -> str:
        """What is said to have happened to what it counts, where most of its figures say so."""
        states = [one.figure.status for one in self.members]
        return next((state for state in STATES if 2 * states.count(state) > len(states)), "")

    @cached_property
    def vital(self) -> str:
        """Whether it counts the dead or those alive of some people; empty where no report says either."""
        if not tells(self.first) or PEOPLE not in {one.family for one in self.members}:
            return ""
        words = self.words | frozenset(stem(one.figure.status) for one in self.members)
        said = [state for state in ("dead", "alive") if words & stems_of("figures", state)]
        return said[0] if len(said) == 1 else ""

    @cached_property
    def elided(self) -> bool:
        """Whether some figure has its noun elsewhere."""
        return any(one.elided for one in self.members)

    @cached_property
    def spots(self) -> dict[str, list[int]]:
        """Where the figures stand, by article."""
        found: dict[str, list[int]] = defaultdict(list)
        for one in self.members:
            found[one.figure.article].append(one.figure.start)
        return dict(found)

    @cached_property
    def named(self) -> Counted:
        """The first figure whose noun is told; the first of all where none is."""
        return next((one for one in self.members if not one.elided), self.first)


def groups(figures: Sequence[Counted], lineage: Sequence[Lineage]) -> list[Group]:
    """Figures of one value put together by what they are about, by lineage, or because the value tells; in text order."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(figures)))
    graph.add_edges_from(_retold(figures, lineage))
    by_value: dict[tuple[float | None, float | None], list[int]] = defaultdict(list)
    for at, one in enumerate(figures):
        by_value[one.figure.low, one.figure.high].append(at)
    for bucket in by_value.values():
        graph.add_edges_from(_alike(figures, bucket))
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    return [Group(tuple(figures[at] for at in part)) for part in parts]


def _alike(figures: Sequence[Counted], bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one value that count one thing, through an index of words and of articles."""
    latest: dict[str, list[int]] = defaultdict(list)
    for at in bucket:
        keys = [
            *figures[at].about,
            f"in {figures[at].figure.article}",
            *(["any"] if tells(figures[at]) else []),
        ]
        near = sorted({other for key in keys for other in latest[key][-LATEST:]})
        yield from ((other, at) for other in near if one_thing(figures[other], figures[at]))
        for key in keys:
            latest[key].append(at)


def tells(one: Counted) -> bool:
    """Whether a value is hardly equal by chance: 58, 320, 4.5 million, but not 12, 40 or 600,000."""
    value = one.figure.low if one.figure.low is not None else one.figure.high or 0.0
    return value > TELLING and len(f"{value:g}".partition("e")[0].replace(".", "").strip("0")) > 1


def one_thing(one: Counted, other: Counted) -> bool:
    """Whether two figures of one value count one thing, as far as their words and sides say."""
    if opposed(one.figure, other.figure) or not of_one_family(one, other):
        return False
    if tells(one):
        return one.rest == other.rest or one.figure.article != other.figure.article
    if one.family != other.family:
        return False
    if one.family == PEOPLE and ("body" in one.kind) != ("body" in other.kind):
        return False
    if one.figure.article == other.figure.article and (
        (one.elided and one.known) or (other.elided and other.known)
    ):
        return True
    shared = one.about & other.about
    if len(shared) > 1:
        return True
    return bool(shared & (one.kind | other.kind)) and overlap(one.about, other.about) >= ABOUT


def of_one_family(one: Counted, other: Counted) -> bool:
    """Whether two figures count in one family; where a noun is elided the reader may have taken the wrong one."""
    times = vocabulary("units")["times"]
    if one.family == other.family or one.family in times or other.family in times:
        return one.family == other.family
    return one.elided or other.elided


def opposed(one: Figure, other: Figure) -> bool:
    """Whether two figures are about two sides' people or run in two directions; an unclear side opposes none."""
    return _differ(one.from_, other.from_) or _differ(one.to, other.to) or _differ(one.held_by, other.held_by)


def _differ(one: str | None, other: str | None) -> bool:
    return one != other and bool(one and other)


def _retold(figures: Sequence[Counted], lineage: Sequence[Lineage]) -> Iterator[tuple[int, int]]:
    """Pairs of equal figures of a report and of what it derives from: in aligned passages, or in the same order."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(figures):
        by_article[one.figure.article].append(at)
    for edge in lineage:
        here, there = by_article[edge.derived], by_article[edge.from_]
        placed: set[int] = set()
        for new, old in edge.passages:
            told, before = _inside(figures, here, new), _inside(figures, there, old)
            placed.update(told, before)
            yield from _same_value(figures, told, before)
        values, others = (
            [(figures[at].figure.low, figures[at].figure.high) for at in row] for row in (here, there)
        )
        for block in SequenceMatcher(None, values, others, autojunk=False).get_matching_blocks():
            pairs = [(here[block.a + step], there[block.b + step]) for step in range(block.size)]
            for at, other in pairs:
                if placed.isdisjoint((at, other)) and figures[at].family == figures[other].family:
                    yield at, other


def _inside(figures: Sequence[Counted], places: Sequence[int], span: Span) -> list[int]:
    """Those of the figures at the places, in text order, that stand in a passage."""
    first, last = (
        bisect_left(places, at, key=lambda p: figures[p].figure.start) for at in (span.start, span.end)
    )
    return list(places[first:last])


def _same_value(
    figures: Sequence[Counted], here: Sequence[int], there: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of one value and family of two aligned passages, the first with the first."""
    left = list(there)
    for at in here:
        one = figures[at]
        for other in left:
            far = figures[other]
            if (far.figure.low, far.figure.high, far.family) == (one.figure.low, one.figure.high, one.family):
                left.remove(other)
                yield at, other
                break


def value_of(figure: Figure) -> str:
    """A figure's value in words: 58, 30 to 40, 600 or more, up to 60."""
    if figure.low is None or figure.high is None:
        return f"up to {plain(figure.high)}" if figure.low is None else f"{plain(figure.low)} or more"
    return plain(figure.low) if figure.low == figure.high else f"{plain(figure.low)} to {plain(figure.high)}"


def plain(value: float | None) -> str:
    """A number with thousands separated and no needless digits."""
    return "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
