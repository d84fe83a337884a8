"""Stories: a stream of reports grouped as it comes, and settled now and then.

A report joins the story whose centre is nearest by the rarest words and names of its title and lead. Alone that splits
stories, the usual error; so `settle` weighs the open reports again by what is known of the stream by then, merges
stories whose centres are near, lets every report choose again, and divides a story that has two casts (casts.py).
Nothing compares all pairs: centres are found by an inverted index with bounded postings.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from parley.linking.casts import two_casts
from parley.linking.centres import Centres, Vector, dot, heaviest
from parley.linking.text import fold, stem
from parley.model import derived_id
from parley.vocabulary import vocabulary

WORD = re.compile(r"[^\W_]+")
LEAD = 120  # words of the body that count: a report says early what it is about
HEAVIEST = 18  # terms of a report that count: a long one is like a headline, and one threshold serves both
TITLE = 1.5  # what a word of the title counts, in words of the body
NAME = 1.25  # what a name weighs, in words
CAPITALS = 0.7  # share of the reports with a word that never write it small, for it to be a name
RARITY = 0.75  # power of the inverse document frequency: in a narrow stream a story's own name is frequent
JOIN = 0.18  # likeness to a story at which a new report joins it
MERGE = 0.16  # likeness of two stories at which they are one
STAY = 0.1  # likeness below which a report stays where it is when all choose again
ROUNDS = 4  # of choosing and merging
HALF = 30.0  # days of silence that halve a likeness
HORIZON = 60  # days of silence after which a story is closed
SETTLE = 1000  # reports, at least, after which the stream is settled
NAMED_LEAST, NAMED_APART = 3, 0.05  # what casts.py asks of two casts of names and numbers
WORDED_LEAST, WORDED_APART = 4, 0.1  # ... and of words, in a story of
MANY = 12  # reports or more,
DIFFER = 0.5  # where the cosine of the two is no higher
MARKS = 6  # words, and names, that are shown for a story


@dataclass(frozen=True, slots=True)
class Item:
    """A report as stories see it; `names` are what it names, if a reader has found them."""

    id: str
    title: str = ""
    text: str = ""
    day: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one event: their ids in the order they came, first and last day, the words and names that mark it."""

    id: str
    items: tuple[str, ...]
    first: date | None
    last: date | None
    words: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class _Report:
    """What is kept of an open report: what each term counts in it, which are never written small."""

    day: date | None
    counts: Vector
    capitals: frozenset[str]
    story: int = -1


def group(items: Iterable[Item]) -> tuple[Story, ...]:
    """The stories of a stream, largest first."""
    stories = Stories()
    for item in items:
        stories.add(item)
    return stories.told()


class Stories:
    """A stream of reports grouped into stories; memory is bounded by the reports that are open."""

    def __init__(self) -> None:
        self._reports: dict[str, _Report] = {}  # the open ones
        self._order: dict[str, int] = {}  # every report's place in the stream
        self._centres = Centres()
        self._days: dict[int, tuple[date, date]] = {}  # first and last day of a story
        self._frequency: Counter[str] = Counter()  # open reports that a term stands in
        self._capitals: Counter[str] = Counter()  # ... and that never write it small
        self._written: dict[str, str] = {}
        self._closed: list[Story] = []
        self._latest = date.min
        self._due = SETTLE

    def add(self, item: Item) -> int:
        """Put a report into the story that it is most like, or a new one; the number holds until all are settled.

        Raises ValueError if a report of that id has come before.
        """
        if item.id in self._order:
            raise ValueError(f"report {item.id} has come before")
        report = _read(item, self._written)
        self._order[item.id] = len(self._order)
        self._reports[item.id] = report
        self._frequency.update(report.counts.keys())
        self._capitals.update(report.capitals)
        if report.day:
            self._latest = max(self._latest, report.day)
        vector = self._weighed(report)
        story, likeness = self._nearest(item.id, vector)
        self._put(item.id, vector, story if likeness >= JOIN else self._centres.found())
        if len(self._order) >= self._due:
            self.settle()
        return report.story

    def settle(self) -> None:
        """Weigh the open reports again, merge stories that are alike, let reports choose, divide what has two casts."""
        old, self._centres, self._days = self._centres, Centres(), {}
        for group in old:
            story = self._centres.found()
            for id in old[group].members:
                self._put(id, self._weighed(self._reports[id], shared=True), story)
        self._merge()
        for _ in range(ROUNDS):
            if not self._choose():
                break
            self._merge()
        for story in list(self._centres):
            self._divide(story)
        self._close()
        self._due = len(self._order) + max(SETTLE, len(self._reports))

    def told(self) -> tuple[Story, ...]:
        """All stories as they stand, settled, largest first."""
        self.settle()
        found = [*self._closed, *map(self._story, self._centres)]
        return tuple(sorted(found, key=lambda story: (-len(story.items), self._order[story.items[0]])))

    def _weighed(self, report: _Report, shared: bool = False) -> Vector:
        """A report's heaviest terms by rarity among the open reports, of unit length; `shared` leaves lone ones out."""
        weights: Vector = {}
        rarity: dict[int, float] = {}
        for term, count in report.counts.items():
            frequency = self._frequency[term]
            if shared and frequency < 2:
                continue  # what only one report has can link nothing
            if frequency not in rarity:
                rarity[frequency] = math.log(1 + (len(self._reports) + 1) / frequency) ** RARITY
            weight = (1 + math.log(count)) * rarity[frequency]
            weights[term] = weight * NAME if self._is_name(term) else weight
        kept = heaviest(weights, HEAVIEST)
        size = math.sqrt(dot(kept, kept))
        return {term: weight / size for term, weight in kept.items()}

    def _is_name(self, term: str) -> bool:
        often = self._capitals.get(term, 0) >= CAPITALS * self._frequency[term]
        return often and not term[0].isdigit() and term not in _calendar()

    def _put(self, id: str, vector: Vector, story: int) -> None:
        self._centres.put(id, vector, story)
        report = self._reports[id]
        report.story = story
        if report.day:
            first, last = self._days.get(story, (report.day, report.day))
            self._days[story] = min(first, report.day), max(last, report.day)

    def _nearest(self, id: str, vector: Vector, home: int | None = None) -> tuple[int, float]:
        """The story that a report is most like, with the likeness; -1 where it is like none."""
        day = self._reports[id].day
        span = (day, day) if day else None
        return self._centres.nearest(vector, lambda story: _decay(span, self._days.get(story)), home)

    def _choose(self) -> bool:
        """Let every report choose its story again; whether one has moved."""
        moved = False
        for id, report in self._reports.items():
            home = report.story
            vector = self._centres[home].members[id]
            story, likeness = self._nearest(id, vector, home)
            if story in (-1, home) or likeness < STAY:
                continue
            moved = True
            self._centres.take(id, home)
            self._put(id, vector, story)
            if not self._centres[home].members:
                self._centres.drop(home)
                self._days.pop(home, None)
        return moved

    def _merge(self) -> None:
        """Merge stories, the most alike first, until no two are alike."""
        version: Counter[int] = Counter()
        agenda: list[tuple[float, int, int, int]] = []

        def look(story: int, others: Iterable[int]) -> None:
            for other in others:
                decay = _decay(self._days.get(story), self._days.get(other))
                likeness = decay * self._centres.cosine(story, other)
                if likeness >= MERGE:
                    one, two = sorted((story, other))
                    heapq.heappush(agenda, (-likeness, one, two, version[one] + version[two]))

        for story in self._centres:
            look(story, [other for other in self._centres.beside(story) if other > story])
        while agenda:
            _, one, two, stamp = heapq.heappop(agenda)
            if one in self._centres and two in self._centres and stamp == version[one] + version[two]:
                self._unite(one, two)
                version[one] += 1
                look(one, self._centres.beside(one))

    def _unite(self, one: int, two: int) -> None:
        for id in self._centres[two].members:
            self._reports[id].story = one
        self._centres.merge(one, two)
        spans = [self._days.pop(story) for story in (one, two) if story in self._days]
        if spans:
            self._days[one] = min(first for first, _ in spans), max(last for _, last in spans)

    def _divide(self, story: int) -> None:
        """Divide a story that has two casts; reports with neither go where they are more alike."""
        members = dict(self._centres[story].members)
        parts = self._parts(members)
        if parts is None:
            return
        self._centres.drop(story)
        self._days.pop(story, None)
        halves = self._centres.found(), self._centres.found()
        for half, part in zip(halves, parts):
            for id in part:
                self._put(id, members.pop(id), half)
        for id, vector in members.items():
            one, two = (dot(vector, self._centres[half].sum) for half in halves)
            self._put(id, vector, halves[two > one])
        for half in halves:
            self._divide(half)

    def _parts(self, members: dict[str, Vector]) -> list[list[str]] | None:
        """The ids of two events that a story holds, by its names, or by all its words if the two are little alike."""
        ids = list(members)
        parts = two_casts([self._cast(id) for id in ids], NAMED_LEAST, NAMED_APART)
        if parts is None and len(ids) >= MANY:
            terms = [frozenset(self._reports[id].counts.keys() - _calendar()) for id in ids]
            parts = two_casts(terms, WORDED_LEAST, WORDED_APART)
            if parts and not self._differ(*([members[ids[place]] for place in part] for part in parts)):
                parts = None
        return [[ids[place] for place in part] for part in parts] if parts else None

    def _differ(self, one: list[Vector], other: list[Vector]) -> bool:
        """Whether two parts of a story are so little alike that words alone may divide them."""
        halves = Centres()
        numbers = halves.found(), halves.found()
        for number, vectors in zip(numbers, (one, other)):
            for place, vector in enumerate(vectors):
                halves.put(str(place), vector, number)
        return halves.cosine(*numbers) <= DIFFER

    def _cast(self, id: str) -> frozenset[str]:
        """The names and numbers of a report."""
        return frozenset(
            term for term in self._reports[id].counts if term[0].isdigit() or self._is_name(term)
        )

    def _close(self) -> None:
        """Close the stories of which nothing was heard for long; their reports are let go of."""
        for story, (_, last) in sorted(self._days.items()):
            if (self._latest - last).days <= HORIZON:
                continue
            self._closed.append(self._story(story))
            for id in self._centres.drop(story).members:
                report = self._reports.pop(id)
                self._frequency.subtract(report.counts.keys())
                self._capitals.subtract(report.capitals)
            del self._days[story]
        self._frequency, self._capitals = +self._frequency, +self._capitals

    def _story(self, story: int) -> Story:
        centre = self._centres[story]
        items = tuple(sorted(centre.members, key=self._order.__getitem__))
        held = Counter(term for id in items for term in self._reports[id].counts)
        weights = {term: math.log(1 + count) * centre.sum.get(term, 0.0) for term, count in held.items()}
        marks = heaviest({term: weight for term, weight in weights.items() if weight}, 4 * MARKS)
        names = [self._written[term] for term in marks if self._is_name(term)]
        plain = [term for term in marks if term not in _calendar() and not self._is_name(term)]
        words = [self._written[term].lower() for term in plain]
        first, last = self._days.get(story, (None, None))
        return Story(
            derived_id("story", items), items, first, last, tuple(words[:MARKS]), tuple(names[:MARKS])
        )


def _decay(one: tuple[date, date] | None, other: tuple[date, date] | None) -> float:
    """What the silence between two spans of days leaves of a likeness; 1 where a day is unknown."""
    if one is None or other is None:
        return 1.0
    silence = max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
    return 0.5 ** (silence / HALF) if silence <= HORIZON else 0.0


@cache
def _common() -> frozenset[str]:
    return frozenset(map(str, vocabulary("stories")["common"]))


@cache
def _calendar() -> frozenset[str]:
    return frozenset(stem(str(word)) for word in vocabulary("stories")["calendar"])


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The stem that a word is counted under; empty for one that says nothing."""
    plain = fold(word)
    return "" if len(plain) < 2 or plain in _common() else stem(plain)


def _read(item: Item, written: dict[str, str]) -> _Report:
    """A report's terms with their counts, and which are never written small; `written` learns how new ones are."""
    counts: Vector = {}
    small: set[str] = set()
    for text, weight in ((item.title, TITLE), (item.text[: 10 * LEAD], 1.0), (" ".join(item.names), 1.0)):
        for word, times in Counter(WORD.findall(text)[:LEAD]).items():
            term = _term(word)
            if term:
                counts[term] = counts.get(term, 0.0) + weight * times
                if word[0].islower():
                    small.add(term)
                if term not in written:
                    written[term] = word
    named = {_term(word) for name in item.names for word in WORD.findall(name)}
    return _Report(item.day, counts, frozenset(counts.keys() - (small - named)))
