"""What the reader's tests share: articles of our own and short views of what is read in them. Every name is invented."""

from __future__ import annotations

from datetime import date

from parley.model import Article, Reading, Statement
from parley.reader import read

OUTLET = "The Talma Bell"


def article(text: str, kind: str = "report") -> Article:
    """An article of ours that holds a text."""
    return Article("art-1", "bell.txt", OUTLET, text, published=date(2031, 5, 14), kind=kind)


def reading(text: str, kind: str = "report") -> Reading:
    """What the reader finds in a text."""
    return read(article(text, kind))


def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text."""
    return reading(text).statements


def said(text: str) -> list[tuple[str, list[str]]]:
    """(who, pieces of content) of every statement."""
    return [(row.speaker_name, [piece.text for piece in row.content]) for row in statements(text)]


def speakers(text: str) -> list[str]:
    """Who says each statement."""
    return [row.speaker_name for row in statements(text)]


def spans(found: Reading) -> list[tuple[int, int, str]]:
    """Every span of a reading with the text that it claims to hold."""
    pieces = [piece for row in found.statements for piece in (row.speaker, row.cue, *row.content) if piece]
    return [
        *((row.start, row.end, row.text) for row in found.figures),
        *((row.start, row.end, row.text) for row in found.places),
        *((row.start, row.end, row.text) for row in found.acts),
        *((row.start, row.end, row.text) for row in found.needs),
        *((row.start, row.end, row.text) for row in found.mentions),
        *((piece.start, piece.end, piece.text) for piece in pieces),
        *((*time.at, time.text) for time in found.times),
    ]


def ids(found: Reading) -> list[str]:
    """The id of every row of a reading."""
    return [
        *(row.id for row in found.statements),
        *(row.id for row in found.figures),
        *(row.id for row in found.times),
        *(row.id for row in found.places),
        *(row.id for row in found.acts),
        *(row.id for row in found.needs),
    ]
