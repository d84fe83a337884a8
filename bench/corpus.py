"""The one loader of annotated dispatches: corpus/ here, or any folder laid out the same way.

A process is a folder of `*.txt` with `sources.csv`, and `gold/<stem>.json` with `gold/process.json`.
Training, floors, tests and examples all come through here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent / "corpus"

Gold = dict[str, Any]


@dataclass(frozen=True)
class Process:
    """One negotiation: its dispatches' gold by stem, and what holds across them."""

    name: str
    folder: Path
    split: str
    articles: dict[str, Gold]
    process: Gold

    def text(self, stem: str) -> str:
        """The dispatch as its file has it."""
        return (self.folder / f"{stem}.txt").read_text(encoding="utf-8")


def splits(root: Path = ROOT) -> dict[str, list[str]]:
    """Process names by split: train, val, dev, test. Nobody tunes on test."""
    path = root / "splits.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def load_process(folder: Path, split: str = "") -> Process:
    """Read one process folder; raises OSError or ValueError where the files are missing or malformed."""
    gold = folder / "gold"
    articles = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(gold.glob("*.json"))
        if path.name != "process.json"
    }
    process = json.loads((gold / "process.json").read_text(encoding="utf-8"))
    return Process(folder.name, folder, split, articles, process)


def load_corpus(split: str | None = None, root: Path = ROOT) -> Iterator[Process]:
    """All processes in name order, or those of one split."""
    named = {name: part for part, names in splits(root).items() for name in names}
    for folder in sorted(path.parent for path in root.glob("*/gold")):
        part = named.get(folder.name, "")
        if split is None or part == split:
            yield load_process(folder, part)
