"""Where things stand in a unit: token ranges, the offsets they cover, and drafts made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.reader.grammar import QUOTES, Token
from parley.reader.units import Unit

Range = tuple[int, int]  # token indices [first, last], or offsets [start, end)


@dataclass
class Content:
    """What a cue governs, as token ranges: the pieces, who it is addressed to or charged to, and relays."""

    pieces: list[Range]
    target: Range | None = None
    relays: list[Range] = field(default_factory=list)
    by_words: bool = False  # what is said tells the act, not the verb


@dataclass
class Draft:
    """A statement before names are resolved: character offsets into the article."""

    unit: int
    speaker: Range | None
    cue: Range | None
    content: list[Range]
    verb: str = ""
    act: str | None = None
    target: Range | None = None
    relays: list[Range] = field(default_factory=list)
    clause: Range = (0, 0)  # the subject to the content's end
    last: int = -1  # the unit that its words reach

    def __post_init__(self) -> None:
        self.last = max(self.last, self.unit)


def offsets(tokens: Sequence[Token], span: Range | None) -> Range | None:
    """The offsets that a token range covers, a genitive at its end left out."""
    return None if span is None else (tokens[span[0]].start, word_end(tokens[span[1]]))


def word_end(token: Token) -> int:
    """The end of a word without its genitive."""
    if token.possessive:
        return token.end - (2 if token.lower.endswith("'s") else 1)
    return token.end


def trimmed(text: str, unit: Unit, piece: Range) -> Range:
    """Offsets of a content piece of a unit, its edges trimmed."""
    return trim(text, unit.tokens[piece[0]].start, unit.tokens[piece[1]].end)


def trim(text: str, start: int, end: int) -> Range:
    """A stretch without the marks, blanks and end stops at its edges; the stop of an abbreviation stays."""
    while start < end and (text[start] in " ,;:—–-.…" or text[start] in QUOTES):
        start += 1
    while end > start and (text[end - 1] in " ,;:—–-.…" or text[end - 1] in QUOTES):
        if (
            text[end - 1] == "."
            and re.search(r"(?:\b[A-Z]\.|\b[A-Z][a-z]{1,3}\.)$", text[max(start, end - 5) : end])
            and "." in text[max(start, end - 5) : end - 1]
        ):
            break
        end -= 1
    return start, end


def last_word(tokens: Sequence[Token], last: int) -> int:
    """The last word at or before a token."""
    while last > 0 and not tokens[last].is_word:
        last -= 1
    return last
