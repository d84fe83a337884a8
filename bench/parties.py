"""Parties: how many of the parties that the gold of each process names Parley tells, through the gold's aliases.

    python -m bench.parties train val dev         splits of the corpus
    python -m bench.parties corpus/qasr-truce     one process folder

Names are printed for single folders only; of a split, one line of counts a process.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import parley
from bench.corpus import ROOT, Process, load_process, splits
from parley.agreement.parties import sides
from parley.linking.keys import bare

Forms = frozenset[str]


def told(folder: Path) -> list[Forms]:
    """The parties that Parley tells of a folder of reports, each with the forms that its actor has."""
    record = parley.build([str(folder)])
    parties = sides(record.actors, record.acts, record.needs, record.texts).parties
    forms = {actor.name: (actor.name, *actor.surfaces) for actor in record.actors}
    return [frozenset(map(bare, forms.get(name, (name,)))) for name in parties]


def wanted(process: Process) -> list[Forms]:
    """The parties of a process's gold, each with the forms of its alias groups."""
    groups = [frozenset(map(bare, group)) for group in process.process["aliases"]]
    return [
        frozenset({bare(party)}).union(*(group for group in groups if bare(party) in group))
        for party in process.process["parties"]
    ]


def right(found: Sequence[Forms], gold: Sequence[Forms]) -> int:
    """How many parties of the gold are told, each by the one that shares most forms with it."""
    shared = sorted(
        ((len(one & party), at, place) for at, one in enumerate(gold) for place, party in enumerate(found)),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for common, at, place in shared:
        if common and at not in taken and place not in taken.values():
            taken[at] = place
    return len(taken)


def main() -> None:
    """Print one line a process: right, of the gold, told; and the sum."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", nargs="+", help="train, val, dev, test, or an annotated folder")
    counts = []
    for what in parser.parse_args().what:
        for folder in [ROOT / name for name in splits()[what]] if what in splits() else [Path(what)]:
            found, gold = told(folder), wanted(load_process(folder))
            counts.append((right(found, gold), len(gold), len(found)))
            print(f"{folder.name:22}{counts[-1][0]:3} of {len(gold)}, told {len(found)}")
            if what not in splits():
                print(*(f"  {', '.join(sorted(party)[:6])}" for party in found), sep="\n")
    print(
        f"{'all':22}{sum(c[0] for c in counts):3} of {sum(c[1] for c in counts)}, told {sum(c[2] for c in counts)}"
    )


if __name__ == "__main__":
    main()
