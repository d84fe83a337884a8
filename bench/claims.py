"""Claims against gold: of the statements of different rows that say one thing, how many pairs Parley puts together.

    python -m bench.claims train val                  splits of the corpus
    python -m bench.claims corpus/vaalmark-accord     one process folder

Gold is `corpus/claims/PROCESS.json`: clusters of statements, each told by its article and its number in that article's
gold. A pair counts if Parley reads both statements (half of their words or more); what it does not read is no fault of its
linking. Of pairs in one dispatch and in two, the latter say how many reports carry a claim.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import parley
from bench.corpus import ROOT, Gold, Process, load_process, splits
from parley.model import Record

FOLDER = ROOT / "claims"
LEAST = 0.5  # share of characters from which a statement of the record is a gold one
Pair = tuple[str, str]  # ids of two statements of the record


def clusters(process: str) -> list[list[Gold]]:
    """The statements that say one thing, by cluster; none where nobody has annotated a process's claims."""
    path = FOLDER / f"{process}.json"
    return list(json.loads(path.read_text(encoding="utf-8"))["claims"]) if path.exists() else []


def read_as(process: Process, record: Record) -> dict[tuple[str, int], str]:
    """Article and number of a gold statement -> the statement of the record that has most of its characters."""
    ids = {Path(article.file).stem: article.id for article in record.articles}
    found = {}
    for stem, gold in process.articles.items():
        mine = {
            statement.id: {at for piece in statement.content for at in range(piece.start, piece.end)}
            for statement in record.statements
            if statement.article == ids[stem]
        }
        for number, row in enumerate(gold["statements"]):
            told = characters(gold["text"], row)
            likeness = {name: len(told & held) / max(len(told | held), 1) for name, held in mine.items()}
            best = max(likeness, key=lambda name: likeness[name], default=None)
            if best is not None and likeness[best] >= LEAST:
                found[stem, number] = best
    return found


def characters(text: str, row: Mapping[str, object]) -> set[int]:
    """The offsets of a gold statement's content: of several occurrences that nearest behind or before its cue."""
    pieces = row["content"] if isinstance(row["content"], list) else [row["content"]]
    near = text.find(f"{row['cue'] or row['speaker'] or ''}")
    found: set[int] = set()
    for piece in map(str, pieces):
        starts = [at for at in range(len(text)) if text.startswith(piece, at)] if piece else []
        start = min(starts, key=lambda at: abs(at - near), default=None)
        if start is not None:
            found |= set(range(start, start + len(piece)))
    return found


def pairs(process: Process) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """Pairs of statements that say one thing: by gold, by Parley, and those of the gold in two dispatches."""
    record = parley.build([str(process.folder)])
    names = read_as(process, record)
    gold, across = set(), set()
    for cluster in clusters(process.name):
        told = [(one["article"], names.get((one["article"], one["n"]))) for one in cluster]
        for (first, one), (second, other) in combinations(told, 2):
            if one and other and one != other:
                gold.add(_pair(one, other))
                if first != second:
                    across.add(_pair(one, other))
    known = set(names.values())
    given = {
        _pair(one, other)
        for claim in record.claims
        for one, other in combinations(claim.says, 2)
        if one in known and other in known
    }
    return gold, given, across


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def measured(processes: Sequence[Process]) -> Counter[str]:
    """Counts over processes: right, gold, given; and right and gold of two dispatches."""
    found: Counter[str] = Counter()
    for process in processes:
        gold, given, across = pairs(process)
        found.update(
            right=len(gold & given),
            gold=len(gold),
            given=len(given),
            right_across=len(across & given),
            across=len(across),
        )
    return found


def main() -> None:
    """Read the command line and print one line a split or folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="+")
    for name, processes in _named(parser.parse_args().names):
        n = measured(processes)
        share = 200 * n["right"] / (n["gold"] + n["given"]) if n["gold"] + n["given"] else 0.0
        print(
            f"{name}: pairs {share:.1f} F1 (P {100 * n['right'] / max(n['given'], 1):.1f}, "
            f"R {100 * n['right'] / max(n['gold'], 1):.1f}; {n['right']}/{n['gold']}/{n['given']}), "
            f"found in two dispatches {n['right_across']} of {n['across']}"
        )


def _named(names: Sequence[str]) -> Iterator[tuple[str, list[Process]]]:
    """Each split or folder with its processes that have claims."""
    for name in names:
        folders = [ROOT / process for process in splits().get(name, [])] or [Path(name)]
        yield name, [load_process(one) for one in folders if clusters(one.name)]


if __name__ == "__main__":
    main()
