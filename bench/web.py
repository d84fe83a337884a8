"""How fast the live pages answer, and how large they are, for a record of many reports.

    python -m bench.web [--reports N] [--keep FILE]

The reports are those of the corpus's train split several times over, each time a week later and with other names and
nouns, so that no round is a copy of another. Times are of one request over loopback, as a browser makes it.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import count, islice
from pathlib import Path

from bench.corpus import ROOT, splits
from bench.speed import timed
from parley import Settings, store
from parley.model import Article, article_id
from parley.pipeline import build_record
from parley.sources import collect
from tests.serving import served

CONSONANTS = "bcdfghjklmnpqrstvwxz"
SHORTEST = 5  # letters of a word that is disguised
PATHS = (
    ("first page", "/"),
    ("... for an outlet", "/?view=outlet%3A{outlet}"),
    ("... known by a day", "/?known_by={day}"),
    ("statements", "/statements.html"),
    ("figures", "/figures.html"),
    ("search, one word", "/search.html?q=release"),
    ("search, facets", "/search.html?q=release&row=statement"),
    ("who says this", "/claim.html?text=They+said+that+33+trucks+a+day+have+come+in"),
)


def disguised(text: str, number: int) -> str:
    """A text with names and nouns of its own: consonants of words that no rule goes by are moved on."""

    def word(found: re.Match[str]) -> str:
        return found[0] if found[0].lower() in _known() else found[0].translate(moved)

    moved = str.maketrans(CONSONANTS, CONSONANTS[number:] + CONSONANTS[:number])
    return re.sub(rf"\b[A-Za-z]{{{SHORTEST},}}\b", word, text)


@cache
def _known() -> frozenset[str]:
    """Every word of the vocabularies that reading goes by."""
    texts = [
        one.read_text(encoding="utf-8")
        for one in files("parley.vocabulary").iterdir()
        if one.name.endswith(".yaml")
    ]
    return frozenset(re.findall(r"[a-z]+", " ".join(texts).lower()))


def many(reports: int) -> list[Article]:
    """So many reports, no two rounds of which are copies."""
    folders = [str(ROOT / name) for name in splits()["train"]]
    found = [one for one in collect(folders, Settings()) if isinstance(one, Article)]
    return list(islice(_rounds(found), reports))


def _rounds(found: list[Article]) -> Iterator[Article]:
    for number in count():
        for one in found:
            text = disguised(one.text, number % len(CONSONANTS))
            day = (one.published or date(2030, 1, 1)) + timedelta(weeks=number)
            file = f"{number}/{one.file}"
            made = article_id(one.outlet, file, day, text)
            title = disguised(one.title, number % len(CONSONANTS))
            yield replace(one, id=made, file=file, url="", text=text, title=title, published=day)


def main() -> None:
    """Print a line per page: milliseconds cold and warm, kilobytes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=500, help="how many the record holds")
    parser.add_argument("--keep", type=Path, help="the record's file; taken as it is where there is one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "many.db"
        if not file.exists():
            building, record = timed(lambda: build_record(many(given.reports), Settings()))
            store.save(record, file)
            print(f"built in {building:.0f} s")
        record = store.load(file)
        middle = record.articles[len(record.articles) // 2]
        print(
            f"{len(record.articles)} reports, {len(record.statements)} statements, {len(record.figures)} figures"
        )
        with served(file) as site:
            opened, _ = timed(lambda: site.ask("/briefing.css?start"))
            loaded, _ = timed(lambda: site.ask("/"))
            print(f"{'opened':22}{1000 * (opened + loaded):10.0f} ms, reading the record included")
            print(f"{'page':22}{'cold ms':>10}{'warm ms':>10}{'kB':>10}")
            for name, path in PATHS:
                where = path.format(outlet=middle.outlet.replace(" ", "+"), day=middle.published)
                cold, answer = timed(lambda: site.ask(where))  # noqa: B023 - called at once
                warm = min(timed(lambda: site.ask(where))[0] for _ in range(3))  # noqa: B023 - called at once
                size = len(answer.text.encode()) / 1000
                print(f"{name:22}{1000 * cold:10.1f}{1000 * warm:10.1f}{size:10.1f}  {answer.status}")


if __name__ == "__main__":
    main()
