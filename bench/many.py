"""Many reports of our own: the corpus's texts told again with other words, names and days, so that few are copies."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.corpus import ROOT, splits
from parley import Settings
from parley.model import Article, article_id
from parley.reader import read
from parley.sources import collect
from parley.vocabulary import vocabulary

ORDINARY = re.compile(r"\b[a-z]{5,}\b")
ENDINGS = ("ings", "ing", "tions", "tion", "ied", "ed", "ies", "es", "ly", "s", "")
SYLLABLES = ("ba", "do", "ke", "li", "mar", "nen", "ro", "sul", "ta", "vik")
FOLDERS = 3  # processes that the reports are made of: one negotiation has so many names and no more


def many(count: int) -> list[Article]:
    """`count` reports, the same ones each time: each text in turn, told again until there are enough."""
    folders = [str(ROOT / name) for name in splits()["train"][:FOLDERS]]
    found = [one for one in collect(folders, Settings()) if isinstance(one, Article)]
    texts = [(one, _people(one)) for one in found if one.kind == "report"]
    pool = _pool([one for one, _ in texts])
    told = [_told(*texts[number % len(texts)], number // len(texts), pool) for number in range(count)]
    return [_mixed(one, told[number * 7 % len(told)], number) if number % 4 else one for number, one in enumerate(told)]


def _people(article: Article) -> list[str]:
    """The last names of the people in a text."""
    people = [one for one in read(article).mentions if one.kind == "person"]
    return sorted({one.name.split()[-1] for one in people if one.name[:1].isupper()})


def _pool(articles: list[Article]) -> dict[str, list[str]]:
    """The ordinary words of the texts by their ending; a word that a rule goes by is none."""
    ruled = set(ORDINARY.findall("\n".join(map(str, map(vocabulary, _subjects())))))
    pool: dict[str, set[str]] = {}
    for article in articles:
        for word in ORDINARY.findall(article.text):
            if word not in ruled:
                pool.setdefault(_ending(word), set()).add(word)
    return {ending: sorted(words) for ending, words in pool.items()}


def _subjects() -> list[str]:
    return sorted(path.stem for path in Path("src/parley/vocabulary").glob("*.yaml"))


def _ending(word: str) -> str:
    return next(ending for ending in ENDINGS if word.endswith(ending))


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:6], "big")


def _mixed(article: Article, other: Article, number: int) -> Article:
    """A report with half of its paragraphs from another one, in an order of its own; three in four are such."""
    first, *own = article.text.split("\n\n")
    both = sorted([*own, *other.text.split("\n\n")[1:]], key=lambda part: _number(number, part))
    text = "\n\n".join([first, *both[: len(own)]])
    return replace(article, id=article_id(article.outlet, article.file, article.published, text), text=text)


def _told(article: Article, people: list[str], turn: int, pool: dict[str, list[str]]) -> Article:
    """A text as a later report tells it: half of its ordinary words, some names, its numbers and its day are others."""
    if not turn:
        return article

    def other(found: re.Match[str]) -> str:
        word = found.group()
        words = pool.get(_ending(word), [])
        drawn = _number(turn, article.file, found.start())
        return words[drawn // 2 % len(words)] if word in words and drawn % 2 else word

    text = ORDINARY.sub(other, article.text)
    for name in people:
        drawn = _number(turn // 4, name)
        made = "".join(SYLLABLES[drawn // 10**place % 10] for place in range(3)).capitalize()
        text = re.sub(rf"\b{re.escape(name)}\b", made, text)
    text = re.sub(r"\b(\d{2,3})\b", lambda found: str(int(found[1]) + turn % 7), text)
    day = (article.published or date(2031, 1, 1)) + timedelta(days=turn)
    file = f"{turn:03}/{article.file}"
    return Article(
        article_id(article.outlet, file, day, text),
        file,
        article.outlet,
        text,
        published=day,
        published_from="table",
        title=article.title,
        dateline=article.dateline,
        credit=article.credit,
    )
