"""Many reports of our own: the corpus's texts told again with other words, names and days, so that few are copies."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.corpus import ROOT, splits
from parley import Settings
from parley import vocabulary as package
from parley.model import Article, article_id
from parley.reader import read
from parley.sources import collect
from parley.vocabulary import vocabulary

ORDINARY = re.compile(r"\b[a-z]{5,}\b")
ENDINGS = ("ings", "ing", "tions", "tion", "ied", "ed", "ies", "es", "ly", "s", "")
SYLLABLES = ("ba", "do", "ke", "li", "mar", "nen", "ro", "sul", "ta", "vik")
FOLDERS = 6  # processes that the reports are made of


def many(count: int) -> list[Article]:
    """`count` reports, the same ones each time. Three in four mix the paragraphs of two texts in an order of their own."""
    folders = [str(ROOT / name) for name in splits()["train"][:FOLDERS]]
    texts = [one for one in collect(folders, Settings()) if isinstance(one, Article) and one.kind == "report"]
    people = sorted({name for one in texts for name in _people(one)})
    pool = _pool(texts)
    made = []
    for number in range(count):
        one, other = texts[number % len(texts)], texts[(number * 7 + 3) % len(texts)]
        text = _mixed(one.text, other.text, number) if number % 4 else one.text
        made.append(_told(replace(one, text=text), people, number // len(texts), number, pool))
    return made


def _people(article: Article) -> list[str]:
    """The last names of the people in a text."""
    people = [one for one in read(article).mentions if one.kind == "person"]
    return [one.name.split()[-1] for one in people if one.name[:1].isupper()]


def _pool(articles: list[Article]) -> dict[str, list[str]]:
    """The ordinary words of the texts by their ending; a word that a rule goes by is none."""
    ruled = set(ORDINARY.findall("\n".join(map(str, map(vocabulary, _subjects())))))
    words = {word for article in articles for word in ORDINARY.findall(article.text)} - ruled
    pool: dict[str, list[str]] = {}
    for word in sorted(words):
        pool.setdefault(_ending(word), []).append(word)
    return pool


def _subjects() -> list[str]:
    return sorted(path.stem for path in Path(package.__path__[0]).glob("*.yaml"))


def _ending(word: str) -> str:
    return next(ending for ending in ENDINGS if word.endswith(ending))


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:6], "big")


def _mixed(one: str, other: str, number: int) -> str:
    """The first paragraph of a text, then as many as it has of its own and another's, in an order of their own."""
    first, *own = one.split("\n\n")
    both = sorted([*own, *other.split("\n\n")[1:]], key=lambda part: _number(number, part))
    return "\n\n".join([first, *both[: len(own)]])


def _told(article: Article, people: list[str], turn: int, number: int, pool: dict[str, list[str]]) -> Article:
    """A text as another report tells it: most of its ordinary words, some names, its numbers and its day are others."""

    def other(found: re.Match[str]) -> str:
        word = found.group()
        words = pool.get(_ending(word), [])
        drawn = _number(number, found.start())
        told = words[drawn // 8 % len(words)] if word in words and drawn % 8 else word
        return (
            f"{told} {pool['ly'][drawn // 64 % len(pool['ly'])]}" if word in words and drawn % 5 < 3 else told
        )

    text = ORDINARY.sub(other, article.text)
    for name in people:
        drawn = _number(turn // 4, name)
        made = "".join(SYLLABLES[drawn // 10**place % 10] for place in range(3)).capitalize()
        text = re.sub(rf"\b{re.escape(name)}\b", made, text)
    text = re.sub(r"\b(\d{2,3})\b", lambda found: str(int(found[1]) + turn % 7), text)
    day = (article.published or date(2031, 1, 1)) + timedelta(days=turn)
    file = f"{number:04}-{article.file.replace('/', '-')}"
    return Article(
        article_id(article.outlet, file, day, text),
        file,
        article.outlet,
        text,
        published=day,
        published_from="table",
    )
