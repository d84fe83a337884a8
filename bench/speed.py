"""How fast each step is, and how reading grows with length, beside a peer in the same run.

    python -m bench.speed [--copies N] [--beside PLAIN.onnx]    the second: the network in 32 bits, by `training.export --plain`

Reports are those of the corpus's train split. The peer is plain sentence splitting by nupunkt: what any reader of text
has to do at least. Ratios to it can be compared between machines, seconds cannot.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from nupunkt import sent_tokenize

from bench.corpus import ROOT, splits
from parley import Settings, store
from parley.briefing import write_briefing
from parley.model import Article
from parley.pipeline import link
from parley.proof import verify
from parley.reader import read
from parley.reader.drafts import read_drafts
from parley.reader.encoder import Encoder, encoder, onnx_network, tokenizer_of
from parley.reader.units import read_units
from parley.sources import collect

Value = TypeVar("Value")


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """Seconds that a piece of work takes, and what it gives."""
    begun = time.perf_counter()
    value = work()
    return time.perf_counter() - begun, value


def of_length(articles: Sequence[Article], words: int) -> list[Article]:
    """Articles of about so many words each, made of the paragraphs of given ones."""
    found: list[Article] = []
    held: list[str] = []
    for paragraph in (part for article in articles for part in article.text.split("\n\n")):
        held.append(paragraph)
        if sum(len(part.split()) for part in held) >= words:
            name = f"{len(found)}.txt"
            found.append(Article(name, name, "", "\n\n".join(held)))
            held = []
    return found


def stages(articles: Sequence[Article], beside: Path | None) -> None:
    """Print how many articles a second each part of the reader reads on one core."""
    cut = [(article.text, read_units(article.text)) for article in articles]
    ruled = [read_drafts(*one) for one in cut]
    trained = {"encoder alone": encoder()}
    if beside:
        tokenizer = tokenizer_of(files("parley") / "weights" / "tokenizer.json")
        trained["encoder in 32 bits"] = Encoder(onnx_network(beside), tokenizer)

    def line(name: str, work: Callable[[], object]) -> None:
        taken = []
        for _ in range(3):
            begun = time.process_time()  # of the processor: what else the machine does counts less
            work()
            taken.append(time.process_time() - begun)
        print(f"{name:26}{min(taken):8.2f}{len(articles) / min(taken):12.1f}")

    words = sum(len(article.text.split()) for article in articles) / len(articles)
    print(f"\n{len(articles)} articles of {words:.0f} words, best of three, seconds of one core")
    line("rules' drafts", lambda: [read_drafts(*one) for one in cut])
    for name, network in trained.items():
        line(name, lambda: [network.spans(*one, drafts) for one, drafts in zip(cut, ruled)])  # noqa: B023
    line("whole reading", lambda: [read(article) for article in articles])


def first_reading() -> None:
    """Print what a fresh interpreter needs until it has read its first report: seconds to import and to load, and memory."""
    program = (
        "import resource, time; begun = time.perf_counter()\n"
        "import parley; from parley.reader.encoder import encoder; came = time.perf_counter()\n"
        "encoder(); loaded = time.perf_counter()\n"
        "from parley.model import Article; from parley.reader import read\n"
        "read(Article('a', 'a.txt', '', 'Ana Sol said the road would open. ' * 100))\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(f'import {came - begun:.2f} s, load {loaded - came:.2f} s, {peak:.0f} MB at the peak')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    print(done.stdout.strip())


def main() -> None:
    """Print a line per step: seconds, articles a second, ratio to the peer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=3, help="how many times over the texts are read")
    parser.add_argument("--beside", type=Path, help="another export of the network, to be timed too")
    options = parser.parse_args()
    copies = options.copies
    first_reading()  # before this process grows: the peak of one is handed on to those that it starts
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
    stages(of_length(found, 600), options.beside)
    longest = max(found, key=lambda article: len(article.text))
    for times in (1, 2, 4, 8):
        article = replace(longest, text=(longest.text + "\n\n") * times)
        seconds, _ = timed(lambda: read(article))  # noqa: B023 - called at once
        print(
            f"reading {len(article.text.split()):6} words{seconds:9.3f} s{1e6 * seconds / len(article.text):9.1f} us/character"
        )


if __name__ == "__main__":
    main()
