"""Agreement of the two annotation passes, per type: the ceiling for any reader.

    PARLEY_DATA=... python -m bench.agreement

The first pass is taken as gold, the second as a record; both are the raw files, before differences were settled. The
scorer is `bench/score_record.py` of the evaluation data.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.corpus import ROOT

PASSES = ROOT / "passes"


def scorer() -> Path:
    """The scorer of the evaluation data; exits with one line where PARLEY_DATA names none."""
    path = Path(os.environ.get("PARLEY_DATA", "")) / "bench" / "score_record.py"
    if not path.is_file():
        sys.exit(
            "agreement: set PARLEY_DATA to the folder of evaluation data, whose bench/score_record.py scores"
        )
    return path


def scores(process: str) -> dict[str, Any]:
    """The second pass of one process scored against the first, on the dispatches that both have."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = json.loads((ROOT / process / "gold" / "process.json").read_text(encoding="utf-8"))
        shared = json.dumps({key: whole[key] for key in ("aliases", "parties", "third_parties")})
        for which in ("first", "second"):
            (folder / which).mkdir()
            (folder / which / "process.json").write_text(shared, encoding="utf-8")
            for path in (PASSES / "second" / process).glob("*.json"):
                text = (PASSES / which / process / path.name).read_text(encoding="utf-8")
                (folder / which / path.name).write_text(text, encoding="utf-8")
        converted = _run("--convert", str(folder / "second"))
        (folder / "record.json").write_text(converted, encoding="utf-8")
        result = json.loads(_run(str(folder / "first"), str(folder / "record.json"), "--json"))
        return dict(result["scores"])


def _run(*arguments: str) -> str:
    command = [sys.executable, str(scorer()), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print P, R and F1 (or accuracy) per measure over all processes that have two passes."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in sorted((PASSES / "second").iterdir()):
        for measure, row in scores(folder.name).items():
            for key in ("tp", "gold", "pred", "right", "of"):
                counted[measure][key] += row.get(key) or 0
    for measure, row in counted.items():
        if row["pred"] and row["gold"] and not measure.startswith("actors"):
            f1 = 200 * row["tp"] / (row["gold"] + row["pred"])
            print(f"{measure:20} F1 {f1:5.1f}   {row['tp']}/{row['gold']}/{row['pred']} (both/first/second)")
        elif row["of"] and not measure.startswith(("actors", "grounding")):
            print(f"{measure:20} acc {100 * row['right'] / row['of']:4.1f}   {row['right']}/{row['of']}")


if __name__ == "__main__":
    main()
