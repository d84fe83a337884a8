"""Attributions without a verb: according to, labels, and quotations that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.reader.cues import find_cues
from parley.reader.extents import Draft, last_word, trimmed, word_end
from parley.reader.grammar import QUOTES, Token, words
from parley.reader.names import roles
from parley.reader.units import Unit

LABEL = re.compile(r"([A-Z][^:“”\"\n]{1,48}?):\s+(?=\S)")


def according(text: str, unit: Unit, number: int, found: list[Draft]) -> list[Draft]:
    """ "According to X, ..." and "..., according to X"; behind a statement it names a relay of it."""
    tokens = unit.tokens
    drafts = []
    for index in range(len(tokens) - 2):
        if tokens[index].lower != "according" or tokens[index + 1].lower != "to" or unit.quoted[index]:
            continue
        last = index + 2
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].is_word
            and tokens[last + 1].lower not in words("subordinators")
        ):
            last += 1
        speaker = (index + 2, last)
        placed = [draft for draft in found if draft.clause[0] < tokens[index].start]
        if index > 0 and placed:
            placed[-1].relays.append((tokens[speaker[0]].start, word_end(tokens[speaker[1]])))
            for piece, (start, end) in enumerate(placed[-1].content):
                if start < tokens[index].start < end:
                    placed[-1].content[piece] = trimmed(text, unit, (_index_at(tokens, start), index - 1))
            continue
        end = last_word(tokens, len(tokens) - 1)
        content = (last + 2, end) if index <= 2 else (0, last_word(tokens, index - 1))
        if content[0] > content[1] or (index > 2 and last + 2 < end - 3 and tokens[last + 1].text == ","):
            if content[0] > content[1]:
                continue
        pieces = [content]
        if index > 2 and last + 1 < len(tokens) and tokens[last + 1].text == "," and end - last > 3:
            pieces.append((last + 2, end))
        drafts.append(
            Draft(
                number,
                (tokens[speaker[0]].start, word_end(tokens[speaker[1]])),
                (tokens[index].start, tokens[index + 1].end),
                [trimmed(text, unit, piece) for piece in pieces],
                "according",
                clause=(unit.start, trimmed(text, unit, (0, end))[1]),
            )
        )
    return drafts


def _index_at(tokens: Sequence[Token], offset: int) -> int:
    return next(i for i, token in enumerate(tokens) if token.end > offset)


def labelled(text: str, unit: Unit, number: int) -> list[Draft]:
    """ "NAME: words" at the head of a paragraph: a headline or a transcript's turn."""
    if not unit.opens_paragraph:
        return []
    match = LABEL.match(text, unit.start, unit.end)
    if not match or len(match.group(1).split()) > 6:
        return []
    label = match.group(1)
    known = {word.lower().strip(".,") for word in label.split()} & roles("persons") or label.isupper()
    headline = (
        unit.end == unit.paragraph[1] and text[unit.start : unit.end].rstrip("\"”’' ")[-1] not in ".!?,"
    )
    if label.split()[0].lower() in words("pronouns") or find_cues(
        unit.tokens[: len(label.split())], unit.quoted
    ):
        return []
    quoted = text[match.end()] in QUOTES
    if not (known or (headline and quoted)):
        return []
    start, end = match.end(), unit.paragraph[1] if not headline else unit.end
    while end > start and (text[end - 1] in " .,;" or text[end - 1] in QUOTES):
        end -= 1
    while start < end and text[start] in QUOTES:
        start += 1
    colon = match.start() + len(label)
    return [
        Draft(
            number,
            (match.start(), colon),
            (colon, colon + 1),
            [(start, end)],
            ":",
            clause=(match.start(), end),
        )
    ]


def continuation(unit: Unit, number: int, found: list[Draft], units: Sequence[Unit]) -> list[Draft]:
    """A quotation with no cue: the rest of the statement before it in its paragraph, or its speaker's next words."""
    start, end = unit.tokens[0].start, unit.tokens[-1].end
    words_here = [token for token in unit.tokens if token.is_word]
    if not words_here:
        return []
    piece = (words_here[0].start, words_here[-1].end)
    if (
        found
        and found[-1].unit == number - 1
        and units[number - 1].paragraph == unit.paragraph
        and found[-1].content
    ):
        found[-1].content.append(piece)
        return []
    if len(words_here) < 5:
        return []
    return [Draft(number, None, None, [piece], clause=(start, end), goes_on=True)]
