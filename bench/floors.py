"""Pinned scores that may rise and never fall in silence.

    PARLEY_DATA=... python -m bench.floors            exit status 1 and a line for every measure below its floor
    PARLEY_DATA=... python -m bench.floors --raise    set floors to today's scores where those are higher
    PARLEY_DATA=... python -m bench.floors --lower M  let one measure of every set fall to today's score

Scores are F1 or accuracy from the scorers' own JSON. Each set carries a digest of its gold: a floor holds for the data
that it was measured on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from bench.agreement import scorer
from bench.attribution import alone, dev_articles, score_news
from bench.corpus import ROOT, splits
from bench.score import Counts, added, f1, score
from parley.reader.encoder import encoder

FILE = Path(__file__).with_name("floors.json")
MEASURES = (
    "statements.joint",
    "statements.named",
    "figures.value",
    "times.date",
    "acts.label",
    "needs.span",
    "lineage.edges",
    "relations.agree",
    "grounding",
)
ATTRIBUTION = ("exact", "ov50", "joint")  # on PolNeAR's dev articles
Floors = dict[str, Any]


def sets() -> dict[str, list[Path]]:
    """The annotated folders of every set that has floors: two splits of the corpus, and the real reports."""
    held = {f"corpus {split}": [ROOT / name for name in splits()[split]] for split in ("val", "dev")}
    return held | {"gaza-2025": [scorer().parent.parent / "reports" / "gaza-2025"]}


def fingerprint(folders: list[Path]) -> str:
    """Sixteen hex digits over the gold files of a set."""
    return digest_of(sorted(path for folder in folders for path in (folder / "gold").glob("*.json")))


def digest_of(files: list[Path]) -> str:
    """Sixteen hex digits over files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def today() -> Floors:
    """The scores of every set, with the digest of its gold."""
    found: Floors = {}
    for name, folders in sets().items():
        counts: Counts = added([score(folder) for folder in folders])
        scores = {measure: round(f1(counts[measure]), 1) for measure in MEASURES}
        found[name] = {"gold": fingerprint(folders), "scores": scores}
    news = score_news(alone(encoder()))
    found["PolNeAR dev"] = {
        "gold": digest_of([dev_articles()]),
        "scores": {measure: news[measure]["F1"] for measure in ATTRIBUTION},
    }
    return found


def below(floors: Floors, scores: Floors) -> list[str]:
    """One line per measure under its floor, and per set whose gold is other than the floor's."""
    problems = []
    for name, pinned in floors.items():
        if pinned["gold"] != scores[name]["gold"]:
            problems.append(f"{name}: the gold has changed; measure again with --raise or --lower")
            continue
        for measure, floor in pinned["scores"].items():
            now = scores[name]["scores"][measure]
            if now < floor:
                problems.append(f"{name}: {measure} is {now}, under its floor of {floor}")
    return problems


def raised(floors: Floors, scores: Floors, lowered: str | None = None) -> Floors:
    """Floors at the higher of old and new; those of changed gold, and of a measure to be lowered, at the new."""
    made: Floors = {}
    for name, now in scores.items():
        old = floors.get(name, {})
        same = old.get("gold") == now["gold"]
        made[name] = {
            "gold": now["gold"],
            "scores": {
                measure: value
                if measure == lowered or not same
                else max(value, old["scores"].get(measure, 0.0))
                for measure, value in now["scores"].items()
            },
        }
    return made


def main() -> None:
    """Check the floors, or set them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raise", dest="up", action="store_true")
    parser.add_argument("--lower", metavar="MEASURE", choices=(*MEASURES, *ATTRIBUTION))
    chosen = parser.parse_args()
    floors: Floors = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    scores = today()
    if chosen.up or chosen.lower:
        FILE.write_text(json.dumps(raised(floors, scores, chosen.lower), indent=1) + "\n", encoding="utf-8")
        return
    problems = below(floors, scores)
    print("\n".join(problems) or "no score is below its floor")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
