"""Drafts of statements: who says what, found from cues and quotation marks by rules; names come in statements.py."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.attributions import according, continuation, labelled
from parley.reader.cues import Cue, find_cues
from parley.reader.extents import Content, Draft, Range, last_word, offsets, trimmed, word_end
from parley.reader.frames import content_of
from parley.reader.grammar import words
from parley.reader.limits import limit_of
from parley.reader.subjects import speaker_of
from parley.reader.units import Unit


def read_drafts(text: str, units: Sequence[Unit]) -> list[Draft]:
    """Every attribution in a text, in the order of their cues."""
    found: list[Draft] = []
    for number, unit in enumerate(units):
        drafts = labelled(text, unit, number) or _unit_drafts(text, unit, number)
        if not drafts and unit.wholly_quoted and unit.tokens:
            drafts = continuation(unit, number, found, units)
        found += drafts
    return found


def _unit_drafts(text: str, unit: Unit, number: int) -> list[Draft]:
    tokens = unit.tokens
    found: list[Draft] = []
    subject: Range | None = None
    cues = find_cues(tokens, unit.quoted)
    for position, cue in enumerate(cues):
        floor = cues[position - 1].last + 1 if position else 0
        own, inverted = speaker_of(unit, cue, subject, floor)
        if own is None:
            continue
        limit = limit_of(unit, cue, cues[position + 1 :], _is_relative(unit, cue))
        draft = content_of(unit, cue, own, inverted, limit)
        if draft is None:
            continue
        if not inverted or subject is None:
            subject = own
        placed = _placed(text, unit, number, cue, own, draft)
        if not _own_words(unit, placed, own, found):
            found.append(placed)
    return found + according(text, unit, number, found)


def _own_words(unit: Unit, draft: Draft, subject: Range, found: Sequence[Draft]) -> bool:
    """Whether a cue within what somebody says has that speaker for its subject: "said it approved the plan"."""
    pronoun = subject[0] == subject[1] and unit.tokens[subject[0]].lower in words("pronouns")
    at = draft.cue[0] if draft.cue else 0
    return pronoun and any(start <= at < end for other in found for start, end in other.content)


def _placed(text: str, unit: Unit, number: int, cue: Cue, subject: Range, draft: Content) -> Draft:
    """Token indices turned into offsets, marks and blanks at the edges of the content dropped."""
    tokens = unit.tokens
    chars = [trimmed(text, unit, piece) for piece in draft.pieces]
    content = [piece for piece in chars if piece[0] < piece[1]]
    first = min(subject[0], cue.first, *(piece[0] for piece in draft.pieces))
    last = max(cue.last, subject[1], *(piece[1] for piece in draft.pieces))
    return Draft(
        number,
        (tokens[subject[0]].start, word_end(tokens[subject[1]])),
        (tokens[cue.first].start, tokens[cue.last].end),
        content,
        cue.verb.lemma,
        cue.verb.act,
        offsets(tokens, draft.target),
        [span for span in (offsets(tokens, relay) for relay in draft.relays) if span],
        (tokens[first].start, trimmed(text, unit, (first, last))[1]),
    )


def _is_relative(unit: Unit, cue: Cue) -> bool:
    """Whether a cue's own subject is "who" or "which"."""
    return cue.first > 0 and unit.tokens[cue.first - 1].lower in {"who", "which"}
