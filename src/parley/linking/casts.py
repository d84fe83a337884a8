"""Two casts: whether reports that one story holds are of two events, told by terms that exclude each other.

Two bouts of one champion, two arrests in one team: most words are the same, the people, places and numbers are not. A
story has two casts if its reports fall into two parts by two bundles of terms that hardly ever stand together and that
between them reach nearly every report. Sets of reports are bits of an integer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

TRIED = 40  # terms that are tried, the most frequent
SEVERAL = 0.15  # share of a story's reports in which a term must stand to be tried
NEARLY_ALL = 0.9  # share from which a term is everybody's
REACH = 0.6  # share of the reports that the first term of either part must reach together
COVER = 0.9  # share of the reports that the two bundles must reach
OFTEN = 0.4  # share of a part's reports in which a term of its bundle must stand
MIXED = 0.1  # terms of the lesser bundle, as share of the greater, that stand in the same reports


def two_casts(
    reports: Sequence[frozenset[str]], least: int, apart: float
) -> tuple[list[int], list[int]] | None:
    """The two parts, as places in the sequence of each report's terms; reports with neither cast are in none.

    A part has `least` reports or more; a term of one bundle stands in no larger share of the other part than `apart`.
    """
    size = len(reports)
    if size < 2 * least:
        return None
    terms = _tried(reports, least)
    best: tuple[float, int, int, int] | None = None
    for one, other in _rivals(terms, size, apart):
        found = _parts(one & ~other, other & ~one, terms, size, apart)
        if (
            found
            and min(found[2].bit_count(), found[3].bit_count()) >= least
            and (best is None or found > best)
        ):
            best = found
    return (_places(best[2], size), _places(best[3], size)) if best else None


def _tried(reports: Sequence[frozenset[str]], least: int) -> list[int]:
    """For each term that several of the reports have and not nearly all, the reports as bits; most frequent first."""
    bits: dict[str, int] = {}
    for place, terms in enumerate(reports):
        for term in terms:
            bits[term] = bits.get(term, 0) | 1 << place
    fewest, most = max(least, SEVERAL * len(reports)), NEARLY_ALL * len(reports)
    kept = [(term, having) for term, having in bits.items() if fewest <= having.bit_count() <= most]
    kept.sort(key=lambda entry: (-entry[1].bit_count(), entry[0]))
    return [having for _, having in kept[:TRIED]]


def _rivals(terms: list[int], size: int, apart: float) -> Iterator[tuple[int, int]]:
    """Pairs of terms that hardly ever stand in one report and between them reach many."""
    for one, other in combinations(terms, 2):
        fewer = min(one.bit_count(), other.bit_count())
        if (one & other).bit_count() <= apart * fewer and (one | other).bit_count() >= REACH * size:
            yield one, other


def _parts(
    one: int, other: int, terms: list[int], size: int, apart: float
) -> tuple[float, int, int, int] | None:
    """How well two bundles of terms divide the reports, how many the lesser has, and the parts; None if not."""
    bundles = _bundle(one, other, terms, apart), _bundle(other, one, terms, apart)
    counts = [[sum(having >> place & 1 for having in bundle) for place in range(size)] for bundle in bundles]
    pairs = list(zip(*counts))
    first = sum(1 << place for place, (here, there) in enumerate(pairs) if here > there)
    second = sum(1 << place for place, (here, there) in enumerate(pairs) if there > here)
    mixed = sum(map(min, pairs)) / max(1, sum(map(max, pairs)))
    cover = (first | second).bit_count() / size
    if cover < COVER or mixed > MIXED:
        return None
    return cover - mixed, min(map(len, bundles)), first, second


def _bundle(part: int, rest: int, terms: list[int], apart: float) -> list[int]:
    """The terms that stand in many reports of a part and in hardly any of the rest."""
    return [
        having
        for having in terms
        if (having & part).bit_count() >= OFTEN * part.bit_count()
        and (having & rest).bit_count() <= apart * rest.bit_count()
    ]


def _places(bits: int, size: int) -> list[int]:
    return [place for place in range(size) if bits >> place & 1]
