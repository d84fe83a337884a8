"""Name matching on the corpus's own aliases, beside what the field has: pairs found, false pairs, pairs a second.

    python -m bench.actors             the train processes that actors were tuned on
    python -m bench.actors NAME ...    these processes

Peers are compared where they are installed (nomenklatura with followthemoney; never needed by Parley). A pair is two full
names of one alias group, or of two groups of one or two processes. Thresholds are the peers' own.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from bench.corpus import load_corpus
from parley.linking.spelling import one_person, one_spelling
from parley.reader.names import roles

TUNED_ON = ("qasr-truce", "sumapaya-hostages", "drenova-pow", "metema-remains", "balanoy-disarm")
THRESHOLD = 0.7  # nomenklatura's own
Pairs = list[tuple[str, str]]
Matcher = Callable[[str, str], bool]


def full_names(group: list[str]) -> list[str]:
    """The forms of an alias group that are a given name and a surname, without title."""
    return sorted({form for form in group if _is_full(form)})


def _is_full(form: str) -> bool:
    parts = form.split()
    plain = all(part[0].isupper() or part.startswith(("al-", "el-")) for part in parts)
    closed = {part.strip(".,") for part in parts} & (roles("titles") | roles("bodies") | {"The"})
    return 2 <= len(parts) <= 4 and plain and not closed and not set(form) & set("’',") and not form.isupper()


def pairs(processes: tuple[str, ...]) -> tuple[Pairs, Pairs]:
    """Pairs of names of one bearer, and of two."""
    chosen = [process for process in load_corpus() if process.name in processes]
    groups = [names for one in chosen for group in one.process["aliases"] if (names := full_names(group))]
    same = [pair for names in groups for pair in combinations(names, 2)]
    return same, [(a, b) for one, other in combinations(groups, 2) for a in one for b in other]


def matchers() -> dict[str, Matcher]:
    """Ours, plain rapidfuzz, and the peers that are installed."""
    found: dict[str, Matcher] = {
        "parley": lambda a, b: one_person(a, b) or one_spelling(a, b),
        "rapidfuzz token_sort_ratio >= 80": lambda a, b: fuzz.token_sort_ratio(a.lower(), b.lower()) >= 80,
    }
    try:
        peers = importlib.import_module("nomenklatura.matching")
        proxy = importlib.import_module("followthemoney").EntityProxy
    except ImportError:
        return found
    for peer in peers.ALGORITHMS:
        if peer.NAME in {"name-based", "logic-v1", "logic-v2"}:
            found[f"nomenklatura {peer.NAME} >= {THRESHOLD}"] = _peer(
                peer.compare, peer.default_config(), proxy.from_dict
            )
    return found


def _peer(compare: Callable[..., Any], settings: object, entity: Callable[..., object]) -> Matcher:
    """Whether a nomenklatura algorithm takes two names for one person's."""

    def matches(a: str, b: str) -> bool:
        one, other = (
            entity({"id": name, "schema": "Person", "properties": {"name": [name]}}) for name in (a, b)
        )
        return bool(compare(one, other, settings).score >= THRESHOLD)

    return matches


def main() -> None:
    """Print one line a matcher."""
    same, other = pairs(tuple(sys.argv[1:]) or TUNED_ON)
    for name, matches in matchers().items():
        start = time.perf_counter()
        found, false = sum(matches(*pair) for pair in same), sum(matches(*pair) for pair in other)
        speed = (len(same) + len(other)) / (time.perf_counter() - start)
        print(f"{name:36}{found:4} of {len(same)} found{false:4} of {len(other)} false{speed:10,.0f} pairs/s")


if __name__ == "__main__":
    main()
