"""How things are told apart: spans of a text, and ids that derive from content, never from chance or a clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


def digest(*parts: object) -> str:
    """Sixteen hex digits of SHA-256 over the parts, each preceded by its length so that no two joins collide."""
    joined = "".join(f"{len(text)}:{text}" for text in map(str, parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def article_id(outlet: str, where: str, published: date | None, text: str) -> str:
    """An article's id: outlet, URL or relative path, publication day and text. A copy elsewhere is another article."""
    return "art-" + digest(outlet, where, published or "", text)


def row_id(
    kind: str, article: str, spans: Iterable[tuple[int, int]], label: str = "", ordinal: int = 0
) -> str:
    """A row's id: where it stands and what kind it is, never its value or its reader, so corrections survive."""
    return f"{kind}-" + digest(kind, article, *(f"{start}-{end}" for start, end in spans), label, ordinal)


def correction_id(row: str, action: str, value: str, author: str, at: str) -> str:
    """A correction's id: what somebody decided, and when; the same decision handed on is the same row."""
    return "cor-" + digest(row, action, value, author, at)


def derived_id(kind: str, evidence: Iterable[str], label: str = "") -> str:
    """The id of a row that rests on others: their ids, in no order, and a label."""
    return f"{kind}-" + digest(kind, *sorted(evidence), label)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, verbatim."""

    start: int
    end: int
    text: str


def span_of(text: str, start: int, end: int) -> Span:
    """The stretch of `text` between two offsets."""
    return Span(start, end, text[start:end])
