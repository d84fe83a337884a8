"""Outlet marks: two or three letters that stand for an outlet on every page, never two outlets with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from parley.linking.text import fold
from parley.model import Article
from parley.reader.names import roles

ARTICLES = frozenset({"the", "a", "an"})
ACRONYM = re.compile(r"\b[A-Z]{2,3}\b")


def report_marks(articles: Sequence[Article]) -> dict[str, str]:
    """Article id -> mark; the reports of an outlet that has several are numbered in order: TT1, TT2."""
    outlets = list(dict.fromkeys(article.outlet for article in articles))
    marks = outlet_marks(
        outlets, {word for article in articles for word in ACRONYM.findall(article.text.replace(".", ""))}
    )
    held: dict[str, list[str]] = {}
    for article in articles:
        held.setdefault(article.outlet, []).append(article.id)
    return {
        article: marks[outlet] + (str(number) if len(reports) > 1 else "")
        for outlet, reports in held.items()
        for number, article in enumerate(reports, start=1)
    }


def outlet_marks(outlets: Sequence[str], avoid: set[str] | frozenset[str] = frozenset()) -> dict[str, str]:
    """Outlet -> mark, first come first served. `avoid`: letters that the texts use as a word of their own."""
    marks: dict[str, str] = {}
    taken = set(avoid)
    for outlet in outlets:
        own = {word for word in ACRONYM.findall(outlet) if word not in marks.values()}
        marks[outlet] = next(mark for mark in _candidates(outlet) if mark not in taken or mark in own)
        taken.add(marks[outlet])
    return marks


def _candidates(outlet: str) -> Iterator[str]:
    """Marks for an outlet, the most telling first: its own short name, initials, first letter and a later one."""
    words = [word for word in re.findall(r"[^\W\d_]+", fold(outlet).upper()) if word.isascii()]
    telling = [word for word in words if word.lower() not in ARTICLES | roles("unnamed")] or words or ["X"]
    if len(telling) == 1 and len(telling[0]) <= 3 and len(telling[0]) > 1:
        yield telling[0]
    initials = "".join(word[0] for word in telling)[:3]
    if len(initials) > 1:
        yield initials
    letters = "".join(telling)
    yield from (letters[0] + letter for letter in letters[1:])
    yield from (letters[0] + one + other for at, one in enumerate(letters[1:], 2) for other in letters[at:])
    yield from (f"{letters[0]}{number}" for number in count(2))
