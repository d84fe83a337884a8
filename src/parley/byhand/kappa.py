"""How far coders agree: Cohen's kappa (1960) for each two of them, and Krippendorff's alpha (2004) for nominal values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from parley.model import Code

Pair = tuple[str, str]  # one coder's value of a unit and the other's


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders on one code. A coefficient is None where only one value was used, since chance then explains all."""

    code: str
    coders: Pair
    n: int  # units that both coded
    one_only: int  # units that only one of them coded
    observed: float | None  # share of the n on which they agree
    kappa: float | None
    alpha: float | None


def agreement(codes: Iterable[Code]) -> tuple[Agreement, ...]:
    """The agreement of each two coders who share a code, by code and coders. `codes`: those that stand."""
    said: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in codes:
        said[one.code][one.coder][one.row] = one.value
    return tuple(
        _of_two(code, (first, second), by_coder[first], by_coder[second])
        for code, by_coder in sorted(said.items())
        for first, second in combinations(sorted(by_coder), 2)
    )


def _of_two(code: str, coders: Pair, one: dict[str, str], other: dict[str, str]) -> Agreement:
    both = sorted(one.keys() & other.keys())
    pairs = [(one[row], other[row]) for row in both]
    observed = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    only = len(one.keys() ^ other.keys())
    return Agreement(
        code, coders, len(pairs), only, observed, cohens_kappa(pairs), krippendorffs_alpha(pairs)
    )


def cohens_kappa(pairs: Sequence[Pair]) -> float | None:
    """(observed - expected) / (1 - expected) agreement, expected from each coder's own shares of the values."""
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(count * second[value] for value, count in first.items())  # out of n * n
    if by_chance == n * n:
        return None
    return (sum(a == b for a, b in pairs) * n - by_chance) / (n * n - by_chance)


def krippendorffs_alpha(pairs: Sequence[Pair]) -> float | None:
    """1 - observed / expected disagreement of two coders who both coded every unit; values are nominal."""
    values = Counter(value for pair in pairs for value in pair)
    total = len(pairs) * 2
    apart = total * total - sum(count * count for count in values.values())  # ordered pairs of unlike values
    if not apart:
        return None
    return 1 - (total - 1) * 2 * sum(a != b for a, b in pairs) / apart
