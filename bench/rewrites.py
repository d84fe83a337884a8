"""How many rewrites are found at 1% false alarms among other reports of the same event, and told which way round.

    PARLEY_DATA=... python -m bench.rewrites          half to tune, half to report
    PARLEY_DATA=... python -m bench.rewrites --fit    weights for vocabulary/lineage.yaml, from the half to tune

Rewrites are machine-made (SheepDog, four manners); the others are pairs of one event in ECB+ and BASIL less true copies.
Every set is cut in two, by original, topic and event; the threshold is set on the first half so that 1% of all pairs and
of BASIL's alone pass. Beside it: every single feature of the model at the same rate. Intervals are Wilson's, 95%.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.corpus import load_corpus
from parley.linking.lineage import LIKELY, copied, direction
from parley.linking.tellings import SHORTEST, Telling, features, retold, telling
from parley.model import Article
from parley.vocabulary import vocabulary

MANNERS = ("objective", "neutral", "emotionally_triggering", "sensational")
COPY = 0.3  # share of copied shingles from which two reports of one event are no fair negatives
FALSE = 0.01
RIDGE = 0.1  # of the fit, on standardised features
WEIGHTS = {
    "basil": 20.0,
    "retold": 20.0,
    "apart": 20.0,
}  # a pair of full reports counts as much as twenty of lead sentences


@dataclass(frozen=True)
class Pair:
    """Two reports: a rewrite and its original, or two of one event."""

    kind: str  # a manner, ecbplus, basil; of the corpus: retold, apart
    half: int
    one: Telling
    other: Telling


def data() -> Path:
    """The folder of evaluation data; exits with one line where PARLEY_DATA names none."""
    folder = Path(os.environ.get("PARLEY_DATA", "")) / "data"
    if not (folder / "rewrites").is_dir():
        sys.exit(
            "rewrites: set PARLEY_DATA to the folder of evaluation data, with data/rewrites and data/stories"
        )
    return folder


def wilson(right: int, total: int) -> str:
    """k of n, the share, and Wilson's 95% interval."""
    if not total:
        return "0 of 0"
    z, p = 1.96, right / total
    middle, half = p + z * z / (2 * total), z * sqrt(p * (1 - p) / total + (z / (2 * total)) ** 2)
    scale = 1 + z * z / total
    return (
        f"{right} of {total} = {p:.3f} ({max(0.0, middle - half) / scale:.3f}-{(middle + half) / scale:.3f})"
    )


def detokenised(sentence: str) -> str:
    """A sentence of ECB+ with its marks where a newspaper has them."""
    text = re.sub(r"\s+([.,;:?!%)]|'s|n't|'re|'ve|'d|'ll)", r"\1", re.sub(r"``\s*|''", '"', sentence))
    parts = re.split(r'\s*"\s*', re.sub(r"([$(])\s+", r"\1", text))
    return (
        "".join(part + (' "', '" ')[place % 2] for place, part in enumerate(parts[:-1])).strip() + parts[-1]
    )


def same_event(name: str) -> list[tuple[int, list[str]]]:
    """Texts of the reports of each event, with its half."""
    rows: list[dict[str, Any]] = json.loads((data() / "stories" / f"{name}_dev.json").read_text("utf-8"))
    events = defaultdict(list)
    for row in rows:
        events[row["story"]].append(row)
    return [
        (
            int(found[0]["topic"]) % 2 if name == "ecbplus" else place % 2,
            [
                "\n".join(map(detokenised, row["sents"])) if "sents" in row else "\n\n".join(row["paras"])
                for row in found
            ],
        )
        for place, (_, found) in enumerate(sorted(events.items()))
    ]


def taken_apart(text: str, name: str = "", day: date | None = None) -> Telling:
    """A text as lineage sees it."""
    return telling(Article(name, name, name, text, published=day))


def pairs() -> Iterator[Pair]:
    """All pairs of the three sets."""
    for line in (data() / "rewrites" / "sheepdog_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        original = taken_apart(row["original"], "original")
        yield from (
            Pair(manner, row["id"] % 2, original, taken_apart(row[manner], "rewrite")) for manner in MANNERS
        )
    for name in ("ecbplus", "basil"):
        for half, texts in same_event(name):
            reports = [taken_apart(text) for text in texts]
            yield from (Pair(name, half, *both) for both in combinations(reports, 2))


def corpus_pairs() -> Iterator[Pair]:
    """All pairs of the train half of the corpus less the excerpts."""
    for process in load_corpus("train"):
        tied = {
            frozenset((edge["derived"], edge["from"])): edge["kind"] for edge in process.process["lineage"]
        }
        reports = {
            stem: taken_apart(row["text"])
            for stem, row in process.articles.items()
            if row.get("kind") != "agreement"
        }
        for a, b in combinations(reports, 2):
            kind = {"rewrite": "retold", None: "apart"}.get(tied.get(frozenset((a, b))))
            if kind:
                yield Pair(kind, 0, reports[a], reports[b])


def sentences(pair: Pair) -> int:
    """Number of sentences of the shorter report."""
    return min(len(pair.one.spans), len(pair.other.spans))


def table(found: Sequence[Pair]) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the features and their values, a row a pair."""
    rows = [features(pair.one, pair.other, copied(pair.one, pair.other)) for pair in found]
    return list(rows[0]), np.array([list(row.values()) for row in rows])


def fitted(
    values: NDArray[np.float64], positive: NDArray[np.bool_], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Constant and weights of a logistic regression by Newton's method."""
    mean, spread = values.mean(0), values.std(0)
    rows = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    found = np.zeros(rows.shape[1])
    penalty = np.diag([0.0, *[RIDGE] * values.shape[1]])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weight * (chance - positive)) + penalty @ found
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + penalty
        found = found - np.linalg.solve(curve, slope)
    plain = found[1:] / spread
    return np.array([found[0] - plain @ mean, *plain])


def limit(scores: NDArray[np.float64], negative: NDArray[np.bool_], basil: NDArray[np.bool_]) -> float:
    """The score that 1% of all pairs of one event and 1% of BASIL's pass at most."""
    return float(
        max(np.quantile(scores[negative], 1 - FALSE), np.quantile(scores[negative & basil], 1 - FALSE))
    )


def fit() -> None:
    """Print the weights."""
    found = [pair for pair in (*pairs(), *corpus_pairs()) if not pair.half and sentences(pair) >= SHORTEST]
    names, values = table(found)
    kinds = np.array([pair.kind for pair in found])
    fair = (values[:, names.index("copied")] < COPY) | ~np.isin(kinds, ["ecbplus", "basil"])
    fair &= (
        kinds != "emotionally_triggering"
    )  # no reach is set for them: they measure how far the model carries
    positive = np.isin(kinds, [*MANNERS, "retold"])
    weight = np.array([WEIGHTS.get(kind, 1.0) for kind in kinds])
    weights = fitted(values[fair], positive[fair], weight[fair])
    print("\n".join(f"  {name}: {value:.2f}" for name, value in zip(["constant", *names], weights)))


def report() -> None:
    """Print what is found on the half that nothing was tuned on."""
    found = list(pairs())
    names, values = table(found)
    kinds, halves = np.array([pair.kind for pair in found]), np.array([pair.half for pair in found])
    events = np.isin(kinds, ["ecbplus", "basil"])
    negative = events & (values[:, names.index("copied")] < COPY)
    print(f"{int((events & ~negative).sum())} pairs of one event are true copies and taken out")
    scores = np.array([retold(pair.one, pair.other, copied(pair.one, pair.other)) for pair in found])
    tune, test = halves == 0, halves == 1
    at = limit(scores[tune], negative[tune], kinds[tune] == "basil")
    for title, threshold in (
        (f"at what 1% of the tuned half pass (log-odds {at:.2f})", at),
        ("at what 1% of the reported half pass", limit(scores[test], negative[test], kinds[test] == "basil")),
        (f"as built ({LIKELY})", LIKELY),
    ):
        print(title)
        for kind in (*MANNERS, "ecbplus", "basil"):
            passed = scores[test & (kinds == kind) & (negative | ~events)] > threshold
            print(f"  {kind:24}{wilson(int(passed.sum()), len(passed))}")
    print("single features at 1% false alarms: objective, neutral, sensational")
    for column, name in enumerate(names):
        one = values[:, column] * np.sign(vocabulary("lineage")["retold"][name])
        passed = one > limit(one[tune], negative[tune], kinds[tune] == "basil")
        shares = [
            passed[test & (kinds == kind)].mean() for kind in MANNERS if kind != "emotionally_triggering"
        ]
        print(f"  {name:24}{' '.join(f'{share:.2f}' for share in shares)}")
    print("direction without dates or credits: right, wrong, said to be unknown")
    for manner in MANNERS:
        told = [direction(pair.one, pair.other) for pair in found if pair.kind == manner and pair.half]
        right = sum(known and derived.article.id == "rewrite" for derived, _, _, known in told)
        known = sum(row[3] for row in told)
        print(
            f"  {manner:24}{wilson(right, known)} of those said; unknown {len(told) - known} of {len(told)}"
        )


def main() -> None:
    """Report, or fit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fit", action="store_true")
    fit() if parser.parse_args().fit else report()


if __name__ == "__main__":
    main()
