"""Sentences: nupunkt's boundaries within each paragraph, less those behind a title, an initial or inside a quote."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nupunkt import PunktSentenceTokenizer, load_default_model

from parley.vocabulary import vocabulary

PARAGRAPH = re.compile(r"[^\n]+")
# A full stop that the model took for an abbreviation's: behind a plain word, before a capital.
MISSED = re.compile(r"(?<=[a-z]{3})[.!?][\"'”’»)]*\s+(?=[\"'“‘«]?[A-Z])")
QUOTE_ENDS = "\"'”’»)"


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    return load_default_model()


@cache
def _abbreviation() -> re.Pattern[str]:
    """Matches a text that ends in a title or an initial, where nothing ends."""
    words = "|".join(re.escape(word) for word in vocabulary("titles")["abbreviations"])
    return re.compile(rf"(?:\b(?:{words})|\b[A-Z](?:\.[A-Z])*|(?<=\.)[A-Z])\.$")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of every line that holds anything, edges trimmed."""
    found = []
    for match in PARAGRAPH.finditer(text):
        line = match.group()
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            found.append((start, start + len(line.strip())))
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of every sentence, in order; a sentence never crosses a line end."""
    return [
        (start + first, start + last)
        for start, end in paragraphs(text)
        for first, last in _split(text[start:end])
    ]


@lru_cache(maxsize=100_000)
def _split(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of one line, kept: several steps ask for those of the same report."""
    found: list[tuple[int, int]] = []
    for first, last in _tokenizer().span_tokenize(text):
        lead = len(text[first:last]) - len(text[first:last].lstrip())
        first, last = first + lead, first + len(text[first:last].rstrip())
        if first >= last:
            continue
        if found and _continues(text, *found[-1], first):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(piece for first, last in found for piece in _cut(text, first, last))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut where the model passed over a full stop."""
    found = []
    for match in MISSED.finditer(text, start, end):
        if not _abbreviation().search(text[max(start, match.start() - 12) : match.start() + 1]):
            found.append((start, match.start() + len(match.group().rstrip())))
            start = match.end()
    return [*found, (start, end)]


def _continues(text: str, start: int, end: int, following: int) -> bool:
    """Whether the sentence text[start:end] goes on at `following`: behind an abbreviation, or in lower case."""
    head = text[start:end]
    if text[following].islower() and head.rstrip(QUOTE_ENDS)[-1:] in "?!.":
        return True
    if not head.endswith(".") or not text[following].isalnum():
        return False
    return _abbreviation().search(head[-12:]) is not None
