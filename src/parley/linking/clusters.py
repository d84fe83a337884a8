"""Clusters: names joined for a reason that is kept; what a person set apart, and unlike people, never join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.linking.spelling import name_parts, one_person
from parley.model import Mention

OFTENER = 3  # times that a name has to be oftener than the next to be meant by what fits both
Place = tuple[str, int, int]  # article, start, end


@dataclass(frozen=True)
class Name:
    """One name with its mentions in order; an unnamed one belongs to a single article."""

    key: str
    form: str  # as it is written where it stands first
    kind: str
    article: str  # "" for a name, which may stand in any report
    mentions: tuple[Mention, ...]

    @property
    def is_full_name(self) -> bool:
        """Whether it holds a person's given name and surname."""
        return self.kind == "person" and len(name_parts(self.form)) > 1

    @property
    def articles(self) -> frozenset[str]:
        """The articles that have it."""
        return frozenset(mention.article for mention in self.mentions)


@dataclass(frozen=True)
class Joined:
    """Two names taken as one actor's, and why."""

    one: Name
    other: Name
    why: str
    shown: tuple[Place, ...] = ()  # what shows it, where that is more than where the two names stand


class Clusters:
    """Names in clusters; every join is refused that would bring together what has to stay apart."""

    def __init__(self, names: Sequence[Name], apart: Iterable[tuple[str, str]]) -> None:
        self.names = {name.key: name for name in names}
        self.joined: list[Joined] = []
        self._cluster = {name.key: name.key for name in names}
        self._members = {name.key: [name] for name in names}
        self._said = {name.key: [name] for name in names}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def of(self, key: str) -> str:
        """The cluster that a name is in."""
        return self._cluster[key]

    def members(self, cluster: str) -> Sequence[Name]:
        """The names of a cluster."""
        return self._members[cluster]

    def all(self) -> list[Sequence[Name]]:
        """Every cluster, in the order of its first name."""
        return [self._members[cluster] for cluster in dict.fromkeys(self._cluster.values())]

    def only(self, keys: Iterable[str]) -> str | None:
        """A name of the one cluster that all the keys are in; None where they are in several, or there is none."""
        found = {self.of(key): key for key in sorted(keys)}  # the same name in whatever order they come
        return next(iter(found.values())) if len(found) == 1 else None

    def leading(self, keys: Iterable[str]) -> str | None:
        """A name of the one cluster that all the keys are in, or of the one that is named by far the most often."""
        found = {self.of(key): key for key in sorted(keys)}
        often = {cluster: sum(len(name.mentions) for name in self.members(cluster)) for cluster in found}
        ranked = sorted(often, key=lambda cluster: (-often[cluster], cluster))
        clear = ranked and (len(ranked) == 1 or often[ranked[0]] >= OFTENER * often[ranked[1]])
        return found[ranked[0]] if clear else None

    def say(self, one: str, other: str, why: str) -> None:
        """Take two names as one actor's because somebody says so, however unlike they are."""
        same = (
            self._said[one] if self._said[one] is self._said[other] else self._said[one] + self._said[other]
        )
        if self._may_join(self.of(one), self.of(other), unlike=True):
            self._said |= {name.key: same for name in same}
            self.join(one, other, why)

    def join(self, one: str, other: str, why: str, *shown: Place) -> None:
        """Take two names as one actor's, unless something keeps them apart."""
        kept, gone = self.of(one), self.of(other)
        if kept == gone or not self._may_join(kept, gone):
            return
        if len(self._members[kept]) < len(self._members[gone]):
            kept, gone = gone, kept
        for name in self._members[gone]:
            self._cluster[name.key] = kept
        self._members[kept] += self._members.pop(gone)
        self.joined.append(Joined(self.names[one], self.names[other], why, shown))

    def _may_join(self, one: str, other: str, unlike: bool = False) -> bool:
        first, second = self._members[one], self._members[other]
        barred = {key for name in first for key in self._apart.get(name.key, ())}
        if any(name.key in barred for name in second):
            return False
        if any(name.kind == "role" for name in (*first, *second)):  # nobody unnamed is ever made out
            return len({name.article for name in (*first, *second)}) == 1
        return unlike or all(
            self._alike(a, b) for a in first if a.is_full_name for b in second if b.is_full_name
        )

    def _alike(self, one: Name, other: Name) -> bool:
        """Whether two full names, or what they are said to be, may be one person's."""
        same = self._said[one.key]
        return other in same or any(one_person(a.form, b.form) for a in same for b in self._said[other.key])
