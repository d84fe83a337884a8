"""Build records of annotated folders and score them, per type, with the scorer of the evaluation data.

    PARLEY_DATA=... python -m bench.score train dev            splits of the corpus
    PARLEY_DATA=... python -m bench.score corpus/qasr-truce    one process folder
    PARLEY_DATA=... python -m bench.score FOLDER --only a,b    only these stems of a folder
    ... --json                                                 the counts as JSON

Scores of several folders are added up as counts (micro average). Errors are never printed here: whoever tunes looks at
the train split with the scorer's own `--errors`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import parley
from bench.agreement import scorer
from bench.corpus import ROOT, splits
from parley.export import as_json

COUNTS = ("tp", "gold", "pred", "right", "of")
NO_COUNTS = "actors.bcubed"  # a mean over names, not a count: averaged over the folders that have it
Counts = dict[str, Counter[str]]


def copy_folder(source: Path, target: Path, only: set[str] | None) -> None:
    """Copy an annotated folder, or only some stems of it, so that nothing else is read or scored."""
    (target / "gold").mkdir(parents=True)
    for path in sorted(source.glob("*.txt")):
        if only is None or path.stem in only:
            shutil.copy(path, target)
            shutil.copy(source / "gold" / f"{path.stem}.json", target / "gold")
    shutil.copy(source / "gold" / "process.json", target / "gold")
    rows = (source / "sources.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows[1:] if only is None or row.split(",")[0].removesuffix(".txt") in only]
    (target / "sources.csv").write_text("\n".join([rows[0], *kept]) + "\n", encoding="utf-8")


def score(folder: Path, only: set[str] | None = None) -> dict[str, dict[str, Any]]:
    """The scorer's rows of one annotated folder, for the record that Parley builds of its texts."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / folder.name
        copy_folder(folder, target, only)
        (Path(name) / "record.json").write_text(as_json(parley.build([str(target)])), encoding="utf-8")
        command = [sys.executable, str(scorer()), str(target), str(Path(name) / "record.json"), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout)["scores"])


def added(rows: list[dict[str, dict[str, Any]]]) -> Counts:
    """The counts of several folders, added up per measure."""
    counts: Counts = defaultdict(Counter)
    for scores in rows:
        for measure, row in scores.items():
            for key in COUNTS:
                counts[measure][key] += row.get(key) or 0
            if measure == NO_COUNTS and row.get("F1") is not None:
                counts[measure]["mean"] += round(row["F1"] / len(rows), 2)
    return counts


def f1(row: Counter[str]) -> float:
    """F1 or accuracy of a measure's counts, in per cent; 0 where there is nothing to count."""
    if row["of"]:
        return 100 * row["right"] / row["of"]
    return 200 * row["tp"] / (row["gold"] + row["pred"]) if row["gold"] + row["pred"] else 0.0


def line(measure: str, row: Counter[str]) -> str:
    """One line of the table: P, R, F1 and counts, or accuracy; empty where there is nothing to count."""
    if measure == NO_COUNTS:
        return f"{measure:22}{'':14}{row['mean']:6.1f}   mean over folders"
    if row["of"]:
        return f"{measure:22}{'':14}{f1(row):6.1f}   {row['right']:g}/{row['of']}"
    if not row["gold"] and not row["pred"]:
        return ""
    precision = 100 * row["tp"] / row["pred"] if row["pred"] else 0.0
    recall = 100 * row["tp"] / row["gold"] if row["gold"] else 0.0
    return (
        f"{measure:22}{precision:7.1f}{recall:7.1f}{f1(row):6.1f}   {row['tp']:g}/{row['gold']}/{row['pred']}"
    )


def main() -> None:
    """Score what is named and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", nargs="+", help="train, val, dev, test, or an annotated folder")
    parser.add_argument("--only", help="stems, separated by commas")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    only = set(chosen.only.split(",")) if chosen.only else None
    folders = [
        folder
        for what in chosen.what
        for folder in ([ROOT / name for name in splits()[what]] if what in splits() else [Path(what)])
    ]
    counts = added([score(folder, only) for folder in folders])
    if chosen.json:
        print(json.dumps(counts, indent=1))
        return
    print(f"{'measure':22}{'P':>7}{'R':>7}{'F1':>6}   tp/gold/pred ({len(folders)} folders)")
    print("\n".join(text for measure, row in counts.items() if (text := line(measure, row))))


if __name__ == "__main__":
    main()
