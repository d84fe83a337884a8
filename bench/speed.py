"""How fast each step is, and how reading grows with length, beside a peer in the same run.

    python -m bench.speed [--copies N]

Reports are those of the corpus's train split. The peer is plain sentence splitting by nupunkt: what any reader of text
has to do at least. Ratios to it can be compared between machines, seconds cannot.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from nupunkt import sent_tokenize

from bench.corpus import ROOT, splits
from parley import Settings, store
from parley.briefing import write_briefing
from parley.checks import verify
from parley.model import Article
from parley.pipeline import link
from parley.reader import read
from parley.sources import collect

Value = TypeVar("Value")


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """Seconds that a piece of work takes, and what it gives."""
    begun = time.perf_counter()
    value = work()
    return time.perf_counter() - begun, value


def main() -> None:
    """Print a line per step: seconds, articles a second, ratio to the peer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=3, help="how many times over the texts are read")
    copies = parser.parse_args().copies
    folders = [str(ROOT / name) for name in splits()["train"]]
    collected, found = timed(
        lambda: [one for one in collect(folders, Settings()) if isinstance(one, Article)]
    )
    read(found[0])  # vocabulary and models are loaded once
    many = found * copies
    peer, _ = timed(lambda: [sent_tokenize(article.text) for article in many])
    words = sum(len(article.text.split()) for article in found) / len(found)
    print(f"{len(found)} articles of {words:.0f} words on average, {copies} times over")
    print(f"{'step':26}{'s':>8}{'articles/s':>12}{'x peer':>8}")

    def line(name: str, seconds: float, articles: int) -> None:
        print(
            f"{name:26}{seconds:8.2f}{articles / seconds:12.1f}{seconds / articles * len(many) / peer:8.1f}"
        )

    line("peer: sentences", peer, len(many))
    line("getting in", collected, len(found))
    reading, readings = timed(lambda: [read(article) for article in many])
    line("reading", reading, len(many))
    linking, record = timed(lambda: link(found, readings[: len(found)], []))
    line("linking and agreement", linking, len(found))
    with tempfile.TemporaryDirectory() as folder:
        saving, _ = timed(lambda: store.save(record, Path(folder) / "r.db"))
        line("saving", saving, len(found))
        loading, _ = timed(lambda: store.load(Path(folder) / "r.db"))
        line("loading", loading, len(found))
        writing, _ = timed(lambda: write_briefing(record, Path(folder) / "pages"))
        line("briefing", writing, len(found))
    proving, _ = timed(lambda: verify(record))
    line("verify", proving, len(found))
    longest = max(found, key=lambda article: len(article.text))
    for times in (1, 2, 4, 8):
        article = replace(longest, text=(longest.text + "\n\n") * times)
        seconds, _ = timed(lambda: read(article))  # noqa: B023 - called at once
        print(
            f"reading {len(article.text.split()):6} words{seconds:9.3f} s{1e6 * seconds / len(article.text):9.1f} us/character"
        )


if __name__ == "__main__":
    main()
