"""Turns: "NAME: words" in a headline or a transcript, and what stands under "states the following"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parley.reader.cues import find_cues
from parley.reader.extents import Draft, Range, offsets
from parley.reader.grammar import QUOTES, is_finite, words
from parley.reader.names import roles
from parley.reader.phrases import subject_before
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

LABEL = re.compile(r"([A-Z][^:“”\"\n]{1,48}?):\s+(?=\S)")
ITEM = re.compile(r"(?:\d{1,2}[.)]|[-•*–—])\s+(?=\w)")
ENDS = " .,;"


@dataclass(frozen=True)
class Turn:
    """A label at the head of a paragraph and the words behind it; `own` says that the outlet itself speaks."""

    label: Range
    words: Range
    own: bool


def read_turns(text: str, units: Sequence[Unit]) -> dict[int, Turn]:
    """Turns by the number of the unit that opens them."""
    labels = {
        number: match
        for number, unit in enumerate(units)
        if unit.opens_paragraph and (match := _label(text, unit))
    }
    often = Counter(match.group(1) for match in labels.values())
    asking = Counter(
        match.group(1) for number, match in labels.items() if text[units[number].paragraph[1] - 1] == "?"
    )
    found = {}
    for number, match in labels.items():
        unit, label = units[number], match.group(1)
        headline = _is_headline(text, unit)
        known = often[label] > 1 or label.isupper() or bool(_label_words(label) & roles("persons"))
        if not known and not (headline and text[match.end()] in QUOTES):
            continue
        own = bool(_label_words(label) & roles("hosts")) or asking[label] * 2 > often[label] > 1
        if own or _holds_words(match.end(), unit):
            end = unit.end if headline else unit.paragraph[1]
            found[number] = Turn((match.start(), match.start() + len(label)), (match.end(), end), own)
    return found


def _label(text: str, unit: Unit) -> re.Match[str] | None:
    """A short phrase before a colon that holds no pronoun and no cue."""
    match = LABEL.match(text, unit.start, unit.end)
    if not match:
        return None
    parts = match.group(1).split()
    count = sum(token.start < match.start() + len(match.group(1)) for token in unit.tokens)
    if len(parts) > 6 or parts[0].lower() in words("pronouns"):
        return None
    return None if find_cues(unit.tokens[:count], unit.quoted) else match


def _label_words(label: str) -> set[str]:
    return {word.lower().strip(".,") for word in label.split()}


def _is_headline(text: str, unit: Unit) -> bool:
    """Whether a unit is a whole line without a stop at its end."""
    return unit.end == unit.paragraph[1] and text[unit.start : unit.end].rstrip("\"”’' ")[-1:] not in ".!?,"


def _holds_words(start: int, unit: Unit) -> bool:
    """Whether words in small letters stand behind a label: a line of capitals is no turn."""
    return any(token.start >= start and token.text[0].islower() for token in unit.tokens)


def turn_draft(text: str, number: int, turn: Turn) -> Draft:
    """The statement that a turn makes."""
    start, end = _bare(text, *turn.words)
    colon = turn.label[1]
    return Draft(number, turn.label, (colon, colon + 1), [(start, end)], ":", clause=(turn.label[0], end))


def _bare(text: str, start: int, end: int) -> Range:
    """A stretch without quotation marks and stops at its edges."""
    while end > start and (text[end - 1] in ENDS or text[end - 1] in QUOTES):
        end -= 1
    while start < end and text[start] in QUOTES:
        start += 1
    return start, end


# ------------------------------------------------------------------ lists


def read_items(text: str, units: Sequence[Unit]) -> dict[int, Draft]:
    """Statements under "The ministry states the following:", one per item, by the unit that opens the item."""
    found: dict[int, Draft] = {}
    heading: Draft | None = None
    for number, unit in enumerate(units):
        if not unit.opens_paragraph:
            heading = _heading(text, unit, number) or heading
            continue
        item = ITEM.match(text, *unit.paragraph)
        if item and heading:
            start, end = _bare(text, item.end(), unit.paragraph[1])
            found[number] = Draft(
                number,
                heading.speaker,
                heading.cue,
                [(start, end)],
                heading.verb,
                heading.act,
                clause=(start, end),
            )
        else:
            heading = _heading(text, unit, number)
    return found


def _heading(text: str, unit: Unit, number: int) -> Draft | None:
    """Who says what follows, where a paragraph ends in "states the following"."""
    if unit.end != unit.paragraph[1]:
        return None
    match = re.search(vocabulary("cues")["heads_a_list"], text[unit.start : unit.end], re.I)
    if not match:
        return None
    at = unit.start + match.start(1)
    tokens = unit.tokens
    verb = next((i for i, token in enumerate(tokens) if token.start >= at or is_finite(token)), 0)
    subject = offsets(tokens, subject_before(tokens, verb))
    if subject is None:
        return None
    return Draft(number, subject, (at, unit.start + match.end(1)), [], "list")
