"""Attributions on PolNeAR's dev articles, by the scorer of the evaluation data: `PARLEY_DATA=... python -m bench.attribution`.

The reader is the trained one alone, in PolNeAR's own scheme of annotation; the rules are but its hint. PolNeAR: Newell,
Margolin and Ruths, "An Attribution Relations Corpus for Political News" (2018). Its test split is not used anywhere.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.agreement import scorer
from parley.reader.drafts import read_drafts
from parley.reader.encoder import Encoder, encoder
from parley.reader.extents import Draft
from parley.reader.merging import trained_drafts
from parley.reader.quotes import Quoted, quotations
from parley.reader.units import Unit, read_units
from parley.reader.windows import NEWS

LEAST = 0.25  # how likely an attribution must be, cue, source and content together; 0.2 to 0.3 score alike

Drafts = Callable[[str, Sequence[Unit]], list[Draft]]


def dev_articles() -> Path:
    """PolNeAR's dev articles; exits with one line where PARLEY_DATA names no folder that has them."""
    path = scorer().parent.parent / "data" / "attribution" / "dev.jsonl"
    if not path.is_file():
        sys.exit(f"attribution: {path} is missing; PARLEY_DATA has to name the whole of the evaluation data")
    return path


def alone(reader: Encoder) -> Drafts:
    """The drafts of the encoder by itself, in PolNeAR's scheme; the rules are but its hint."""

    def drafts(text: str, units: Sequence[Unit]) -> list[Draft]:
        spans = reader.spans(text, units, read_drafts(text, units), NEWS)
        trained = trained_drafts(text, units, spans, Quoted(quotations(text)))
        return [draft for one, draft in trained if one.likely >= LEAST]

    return drafts


def attribution_scorer() -> ModuleType:
    """The module score_attribution of the evaluation data."""
    path = scorer().with_name("score_attribution.py")
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_news(drafts: Drafts, limit: int | None = None) -> dict[str, Any]:
    """Scores on PolNeAR dev, and articles per second."""
    lines = dev_articles().read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines][:limit]
    found, spent = [], 0.0
    for row in rows:
        units = read_units(row["text"])
        begun = time.perf_counter()
        read = drafts(row["text"], units)
        spent += time.perf_counter() - begun
        found.append(
            {
                "id": row["id"],
                "attributions": [
                    {
                        "cue": [list(one.cue)] if one.cue else [],
                        "source": [list(one.speaker)] if one.speaker else [],
                        "content": [list(piece) for piece in one.content],
                    }
                    for one in read
                ],
            }
        )
    return {**attribution_scorer().score(rows, found), "per_second": round(len(rows) / spent, 1)}


def main() -> None:
    """Print the scores of the reader that ships."""
    print(json.dumps(score_news(alone(encoder())), indent=1))


if __name__ == "__main__":
    main()
