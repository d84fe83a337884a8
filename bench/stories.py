"""How well and how fast reports are grouped into stories, beside a plain peer in the same run.

    PARLEY_DATA=... python -m bench.stories

Three sets of real reports, none of them in the project: headlines of two days (UCI), lead sentences where each topic has
two events of one kind (ECB+), full articles by three outlets an event (BASIL). Each is cut in two: UCI and BASIL by the
first day or instant of a story, ECB+ by topic, every other one. The peer's threshold is chosen on the first halves, and
so were Parley's constants, except the days of silence: those come from the corpus's train split. The second halves are
to be read. The headlines' instants tell their stories apart (they were gathered story by story), so only their day is
passed on; `shuffled` is the mean of three orders. The peer is TF-IDF of scikit-learn with a single pass over centres, as
far as scikit-learn is installed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from parley.linking.stories import Item, group

THRESHOLDS = [step / 100 for step in range(4, 40, 2)]
ORDERS = 3
COPIES = 4  # of the full articles, under other ids and months apart, for the speed

Clusters = dict[str, int]


@dataclass(frozen=True)
class Gold:
    """A report and the story that it belongs to."""

    item: Item
    story: str


def data() -> Path:
    """The folder of evaluation data; exits with one line where PARLEY_DATA names none."""
    folder = Path(os.environ.get("PARLEY_DATA", ""))
    if not (folder / "bench" / "score_clusters.py").is_file():
        sys.exit("stories: set PARLEY_DATA to the folder of evaluation data, with data/stories and bench")
    return folder


def rows(name: str) -> list[dict[str, Any]]:
    """The reports of one set."""
    return list(json.loads((data() / "data" / "stories" / name).read_text(encoding="utf-8")))


def halves(reports: Sequence[Gold], keys: Sequence[str], first: set[str]) -> tuple[list[Gold], list[Gold]]:
    """Reports whose key is in the first half, and the others."""
    pairs = list(zip(reports, keys))
    return [gold for gold, key in pairs if key in first], [gold for gold, key in pairs if key not in first]


def uci() -> tuple[list[Gold], list[Gold]]:
    """Headlines; a story belongs to the half in which its first headline stands."""
    found = rows("uci_dev.json")
    golds = [
        Gold(
            Item(row["id"], row["title"], day=datetime.fromtimestamp(row["ts"] / 1000, UTC).date()),
            row["story"],
        )
        for row in found
    ]
    middle = sorted(row["ts"] for row in found)[len(found) // 2]
    first = {row["story"] for row in found if row["ts"] < middle}
    return halves(golds, [gold.story for gold in golds], first)


def ecb() -> tuple[list[Gold], list[Gold]]:
    """Lead sentences; every other topic."""
    found = rows("ecbplus_dev.json")
    golds = [Gold(Item(row["id"], text=" ".join(row["sents"])), row["story"]) for row in found]
    topics = [row["topic"] for row in found]
    return halves(golds, topics, set(sorted(set(topics), key=int)[::2]))


def basil() -> tuple[list[Gold], list[Gold]]:
    """Full articles; the first half of the stories by day. Four of the ids are one, so places stand for them."""
    found = sorted(rows("basil_dev.json"), key=lambda row: str(row["date"]))
    golds = [
        Gold(
            Item(str(place), row["title"], "\n\n".join(row["paras"]), date.fromisoformat(row["date"])),
            row["story"],
        )
        for place, row in enumerate(found)
    ]
    stories = list(dict.fromkeys(gold.story for gold in golds))
    return halves(golds, [gold.story for gold in golds], set(stories[: len(stories) // 2]))


def parley(items: Sequence[Item]) -> Clusters:
    """What Parley makes of them."""
    return {id: number for number, story in enumerate(group(items)) for id in story.items}


def single_pass(items: Sequence[Item], threshold: float) -> Clusters:
    """What TF-IDF and one pass over the centres make of them."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    texts = [f"{item.title} {item.text}" for item in items]
    matrix = vectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts).astype(np.float32)
    centres = np.zeros(matrix.shape, dtype=np.float32)
    sizes = np.zeros(len(items), dtype=np.float32)
    count, found = 0, {}
    for place, item in enumerate(items):
        row = matrix[place]
        likeness = centres[:count][:, row.indices] @ row.data / np.maximum(sizes[:count], 1e-9)
        best = int(likeness.argmax()) if count else 0
        if not count or likeness[best] < threshold:
            best, count = count, count + 1
        centres[best, row.indices] += row.data
        sizes[best] = np.linalg.norm(centres[best])
        found[item.id] = best
    return found


def score(golds: Sequence[Gold], cluster: Callable[[Sequence[Item]], Clusters]) -> dict[str, float]:
    """BCubed P, R and F1 of a clustering, and how many clusters it has to a story, by the data's own scorer."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / file for file in ("found.json", "gold.json")]
        paths[0].write_text(json.dumps(cluster([gold.item for gold in golds])), encoding="utf-8")
        paths[1].write_text(json.dumps({gold.item.id: gold.story for gold in golds}), encoding="utf-8")
        command = [sys.executable, str(data() / "bench" / "score_clusters.py"), *map(str, paths)]
        scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {**scores["bcubed"], "clusters": scores["pred_clusters"] / scores["gold_clusters"]}


def shuffled(golds: Sequence[Gold]) -> Iterator[list[Gold]]:
    """The reports in other orders, those with a day in the order of days."""
    for seed in range(ORDERS):
        mixed = random.Random(seed).sample(golds, len(golds))  # noqa: S311 - an order, no secret
        yield sorted(mixed, key=lambda gold: gold.item.day or date.min)


def mean(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of several scores."""
    return {key: sum(one[key] for one in scores) / len(scores) for key in scores[0]}


def line(name: str, scores: dict[str, float]) -> str:
    """One line of the table."""
    return f"{name:34}{scores['p']:7.3f}{scores['r']:7.3f}{scores['f1']:7.3f}{scores['clusters']:10.2f}"


def quality(peer: bool) -> None:
    """Print BCubed of both halves of every set."""
    print(f"{'set, half, system':34}{'P':>7}{'R':>7}{'F1':>7}{'clusters':>10} to a story")
    for name, load in (("UCI", uci), ("ECB+", ecb), ("BASIL", basil)):
        first, second = load()
        print(line(f"{name} first half, Parley", score(first, parley)))
        print(line(f"{name} second half, Parley", score(second, parley)))
        print(
            line(f"{name} second half, Parley, shuffled", mean([score(m, parley) for m in shuffled(second)]))
        )
        if peer:
            at = max(THRESHOLDS, key=lambda at: score(first, partial(single_pass, threshold=at))["f1"])
            print(
                line(f"{name} second half, TF-IDF at {at}", score(second, partial(single_pass, threshold=at)))
            )


def speed(peer: bool) -> None:
    """Print how many reports both group in a second of processor time: all headlines, and full articles many times over."""
    headlines = [gold.item for half in uci() for gold in half]
    articles = [gold.item for half in basil() for gold in half]
    many = [
        Item(
            f"{copy}-{one.id}",
            one.title,
            one.text,
            one.day and date.fromordinal(one.day.toordinal() + 90 * copy),
        )
        for copy in range(COPIES)
        for one in articles
    ]
    print(f"\n{'reports a second of processor time':34}{'Parley':>10}{'TF-IDF':>10}")
    for name, items in (("headlines", headlines), ("full articles", many)):
        begun = time.process_time()
        group(items)
        own = len(items) / (time.process_time() - begun)
        begun = time.process_time()
        if peer:
            single_pass(items, 0.1)
        other = f"{len(items) / (time.process_time() - begun):10.0f}" if peer else f"{'-':>10}"
        print(f"{len(items)} {name:{33 - len(str(len(items)))}}{own:10.0f}{other}")


def main() -> None:
    """Print both tables."""
    peer = find_spec("sklearn") is not None
    quality(peer)
    speed(peer)
    if not peer:
        print("(scikit-learn is not installed: no peer)")


if __name__ == "__main__":
    main()
