"""Centres of groups of weighted terms, found by an inverted index with bounded postings: no group is compared with all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Vector = dict[str, float]

POSTINGS = 100  # groups that are kept for a term, the heaviest
PROBES = 30  # heaviest terms of a centre by which near ones are looked for
NOTHING = 1e-9  # what rounding leaves when a member is taken out


@dataclass(slots=True)
class Centre:
    """The sum of a group's vectors, all of unit length, and the square of the sum's length."""

    members: dict[str, Vector] = field(default_factory=dict)
    sum: Vector = field(default_factory=dict)
    square: float = 0.0


def dot(one: Vector, other: Vector) -> float:
    """The product of two vectors."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def heaviest(vector: Vector, most: int) -> Vector:
    """The terms of a vector that weigh most; of equal ones the first by the alphabet."""
    if len(vector) <= most:
        return vector
    return dict(sorted(vector.items(), key=lambda entry: (-entry[1], entry[0]))[:most])


class Centres:
    """Groups by number, with their members, and the index from a term to the groups that it weighs in."""

    def __init__(self) -> None:
        self._groups: dict[int, Centre] = {}
        self._index: dict[str, dict[int, float]] = defaultdict(dict)
        self._next = 0

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._groups))

    def __getitem__(self, group: int) -> Centre:
        return self._groups[group]

    def __contains__(self, group: int) -> bool:
        return group in self._groups

    def found(self) -> int:
        """The number of a new, empty group."""
        self._groups[self._next] = Centre()
        self._next += 1
        return self._next - 1

    def put(self, member: str, vector: Vector, group: int) -> None:
        """Add a member to a group."""
        centre = self._groups[group]
        centre.members[member] = vector
        self._add(centre, group, vector, 1.0)

    def take(self, member: str, group: int) -> Vector:
        """Take a member out of its group; a group without members stays until it is dropped."""
        centre = self._groups[group]
        vector = centre.members.pop(member)
        self._add(centre, group, vector, -1.0)
        return vector

    def drop(self, group: int) -> Centre:
        """Take a whole group out."""
        centre = self._groups.pop(group)
        for term in centre.sum:
            self._index[term].pop(group, None)
        return centre

    def merge(self, group: int, other: int) -> None:
        """Add all members of the other group to a group."""
        gone = self.drop(other)
        centre = self._groups[group]
        centre.members.update(gone.members)
        centre.square += 2 * dot(centre.sum, gone.sum) + gone.square
        self._weigh(centre, group, gone.sum, 1.0)

    def nearest(
        self, vector: Vector, fit: Callable[[int], float], home: int | None = None
    ) -> tuple[int, float]:
        """The group whose centre is nearest to a vector of unit length, by cosine times `fit`, and that likeness.

        `home` is compared as it would be without the vector. -1 where no group shares a term.
        """
        products: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for group, held in self._index.get(term, {}).items():
                products[group] += weight * held
        best, likeness = -1, 0.0
        for group, product in products.items():
            square = self._groups[group].square
            if group == home:
                whole = dot(vector, self._groups[group].sum)
                product, square = whole - 1, square - 2 * whole + 1
            if min(square, product) <= NOTHING or product < likeness * (size := math.sqrt(square)):
                continue
            fitting = product / size * fit(group)
            if fitting > likeness or (fitting == likeness and group < best):
                best, likeness = group, fitting
        return best, likeness

    def beside(self, group: int) -> list[int]:
        """Other groups in which one of a group's heaviest terms weighs, by number."""
        terms = heaviest(self._groups[group].sum, PROBES)
        return sorted({other for term in terms for other in self._index[term]} - {group})

    def cosine(self, one: int, other: int) -> float:
        """The cosine of two centres."""
        first, second = self._groups[one], self._groups[other]
        size = math.sqrt(first.square * second.square)
        return dot(first.sum, second.sum) / size if size > NOTHING else 0.0

    def _add(self, centre: Centre, group: int, vector: Vector, sign: float) -> None:
        centre.square = max(0.0, centre.square + sign * 2 * dot(vector, centre.sum) + dot(vector, vector))
        self._weigh(centre, group, vector, sign)

    def _weigh(self, centre: Centre, group: int, vector: Vector, sign: float) -> None:
        """Change a centre's weights and their postings."""
        for term, weight in vector.items():
            held = centre.sum.get(term, 0.0) + sign * weight
            postings = self._index[term]
            if held <= NOTHING:
                centre.sum.pop(term, None)
                postings.pop(group, None)
                continue
            centre.sum[term] = held
            postings[group] = held
            if len(postings) > POSTINGS:
                del postings[min(postings, key=lambda one: (postings[one], -one))]
