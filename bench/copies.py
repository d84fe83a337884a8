"""The copy index beside datasketch and rensa: speed, recall, false candidates, memory; one run, one process.

    PARLEY_DATA=... python -m bench.copies [--documents N]

Documents are made up: 400 words each, drawn by rank as in a language. Half are edited versions of the others: few words
changed (Jaccard of five-word shingles at least 0.5) or every fifth word. Peers hash the same shingles with 128
permutations at threshold 0.5, their usual setting. False candidates are pairs of reports of one event (ECB+, BASIL) that
hardly share a run of words outside quotation marks and are candidates all the same. A peer that is not installed is
named and left out. Memory is the index's own count of its arrays, and what the process grew by for the peers.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol

from bench.rewrites import same_event, wilson
from parley.linking.shingles import SHINGLE, CopyIndex
from parley.linking.tellings import outside_runs, run_words
from parley.reader.quotes import Quoted, quotations

WORDS = 400
VOCABULARY = 50_000
PERMUTATIONS = 128
THRESHOLD = 0.5
COPIED = 0.12  # share of the shorter text's shingles from which two reports of one event count as copies


class Index(Protocol):
    """What is measured: takes documents in order, answers with the earlier ones that look like copies."""

    def add(self, words: Sequence[str]) -> list[int]:
        """Take one in."""


class Ours:
    """The copy index of this project."""

    def __init__(self) -> None:
        self.index = CopyIndex()

    def add(self, words: Sequence[str]) -> list[int]:
        """Take one in."""
        return [one.document for one in self.index.add(words)]


class Datasketch:
    """datasketch's MinHashLSH."""

    def __init__(self) -> None:
        self.library: Any = importlib.import_module("datasketch")
        self.lsh = self.library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        self.size = 0

    def add(self, words: Sequence[str]) -> list[int]:
        """Take one in."""
        sketch = self.library.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(words)])
        found = [int(one) for one in self.lsh.query(sketch)]
        self.lsh.insert(str(self.size), sketch)
        self.size += 1
        return found


class Rensa:
    """rensa's RMinHashLSH."""

    def __init__(self) -> None:
        self.library: Any = importlib.import_module("rensa")
        self.lsh = self.library.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
        self.size = 0

    def add(self, words: Sequence[str]) -> list[int]:
        """Take one in."""
        sketch = self.library.RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(list(shingles(words)))
        found = list(self.lsh.query(sketch))
        self.lsh.insert(self.size, sketch)
        self.size += 1
        return found


@dataclass(frozen=True)
class Made:
    """Documents in order, and of each pair (original, edited): how it was edited."""

    documents: list[list[str]]
    pairs: dict[tuple[int, int], str]


def shingles(words: Sequence[str]) -> set[str]:
    """Every five words in a row."""
    return {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}


def made_up(count: int) -> Made:
    """Documents of made-up words, every second one an edited version of the one before it."""
    chance = random.Random(1)  # noqa: S311 - the same documents in every run
    vocabulary = [f"{rank:x}w" for rank in range(VOCABULARY)]
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    documents: list[list[str]] = []
    pairs = {}
    for place in range(0, count - 1, 2):
        original = chance.choices(vocabulary, weights, k=WORDS)
        kind = ("few", "fifth")[place // 2 % 2]
        rate = chance.uniform(0.01, 0.06) if kind == "few" else 0.2
        changed = [chance.choice(vocabulary) if chance.random() < rate else word for word in original]
        documents += [original, changed]
        one, other = shingles(original), shingles(changed)
        if kind == "fifth" or len(one & other) >= THRESHOLD * len(one | other):
            pairs[place, place + 1] = kind
    return Made(documents, pairs)


def resident() -> int:
    """Bytes that this process holds in memory; 0 where the system doesn't tell."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if path.exists() else 0


def copied(one: set[str], other: set[str]) -> bool:
    """Whether two reports share so many shingles that they are copies."""
    return len(one & other) >= COPIED * max(min(len(one), len(other)), 1)


def false_candidates(make: Callable[[], Index], name: str) -> str:
    """Pairs of one event, no copies, that are candidates all the same: k of n and Wilson's interval."""
    wrong = total = 0
    for _, texts in same_event(name):
        index = make()
        reports = [run_words(text, outside_runs(text, Quoted(quotations(text))))[0] for text in texts]
        found = [set(index.add(words)) for words in reports]
        sets = [shingles(words) for words in reports]
        for a, b in combinations(range(len(reports)), 2):
            if not copied(sets[a], sets[b]):
                total += 1
                wrong += a in found[b]
    return wilson(wrong, total)


def measured(make: Callable[[], Index], made: Made) -> Iterator[str]:
    """One line of figures of an index."""
    gc.collect()
    before, begun = resident(), time.process_time()
    index = make()
    found = [set(index.add(words)) for words in made.documents]
    seconds, held = time.process_time() - begun, resident() - before
    if isinstance(index, Ours):
        held = index.index.nbytes
    yield f"{len(made.documents) / seconds:10,.0f}"
    for kind in ("few", "fifth"):
        wanted = [pair for pair, how in made.pairs.items() if how == kind]
        yield f"{sum(a in found[b] for a, b in wanted) / len(wanted):10.3f}"
    others = sum(len(one) for one in found) - sum(a in found[b] for a, b in made.pairs)
    yield f"{others:10}{held / len(made.documents):12,.0f}"


def main() -> None:
    """Print a line per index."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    made = made_up(parser.parse_args().documents)
    print(f"{'':12}{'docs/s':>10}{'J >= 0.5':>10}{'20% edit':>10}{'chance':>10}{'bytes/doc':>12}")
    for make in (Ours, Datasketch, Rensa):
        try:
            print(f"{make.__name__:12}" + "".join(measured(make, made)))
        except ModuleNotFoundError as error:
            print(f"{make.__name__:12}left out: {error}")
            continue
        if os.environ.get("PARLEY_DATA"):
            for name in ("ecbplus", "basil"):
                print(f"{'':12}false candidates, {name}: {false_candidates(make, name)}")


if __name__ == "__main__":
    main()
