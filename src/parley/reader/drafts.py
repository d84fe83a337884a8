"""Drafts of statements: who says what, found from cues and quotation marks by rules; names come in statements.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.reader.attributions import according, continuation
from parley.reader.cues import Cue, find_cues
from parley.reader.extents import Content, Draft, Range, offsets, trimmed
from parley.reader.frames import content_of
from parley.reader.grammar import words
from parley.reader.limits import limit_of
from parley.reader.nominals import nominals
from parley.reader.relayed import cited, quoted_as, through_media
from parley.reader.subjects import speaker_of
from parley.reader.turns import read_items, read_turns, turn_draft
from parley.reader.units import Unit
from parley.vocabulary import vocabulary


def read_drafts(text: str, units: Sequence[Unit]) -> list[Draft]:
    """Every attribution in a text, in the order of their cues."""
    found: list[Draft] = []
    turns, items = read_turns(text, units), read_items(text, units)
    covered = (0, 0)
    for number, unit in enumerate(units):
        turn = turns.get(number)
        if unit.start < covered[1]:
            continue
        if turn and not turn.own:
            found.append(turn_draft(text, number, turn))
            covered = turn.words
            continue
        if number in items:
            found.append(items[number])
        inner = _behind(unit, turn.words[0]) if turn else unit
        drafts = [draft for draft in _unit_drafts(text, inner, number) if not _asks_for_himself(text, draft)]
        if not drafts and inner.wholly_quoted and inner.tokens:
            drafts = continuation(inner, number, found, units)
        found += drafts
    return found


def _behind(unit: Unit, start: int) -> Unit:
    """A unit without the label at its head."""
    first = sum(token.start < start for token in unit.tokens)
    return replace(unit, start=start, tokens=unit.tokens[first:], quoted=unit.quoted[first:])


def _asks_for_himself(text: str, draft: Draft) -> bool:
    """Whether a speaker only asks not to be named."""
    pattern = vocabulary("cues")["asks_for_himself"]
    return bool(draft.content) and re.match(pattern, text[slice(*draft.content[0])]) is not None


def _unit_drafts(text: str, unit: Unit, number: int) -> list[Draft]:
    found: list[Draft] = []
    subject: Range | None = None
    cues = find_cues(unit.tokens, unit.quoted)
    for position, cue in enumerate(cues):
        floor = _floor(unit, cues, position)
        relayed = quoted_as(unit, cue)
        own, inverted = (relayed[0], False) if relayed else speaker_of(unit, cue, subject, floor)
        if own is None or (cue.verb.lemma in words("text_verbs") and not _reads(unit, cue, own)):
            continue
        limit = limit_of(unit, cue, cues[position + 1 :], _is_relative(unit, cue))
        content = content_of(unit, cue, own, inverted, limit)
        if not inverted or subject is None:
            subject = own
        if content is None:
            continue
        if relayed and relayed[1]:
            content.relays.append(relayed[1])
        elif cue.verb.lemma in words("reporting") and (source := cited(unit, cue, limit)):
            content.relays.append(own)
            own = source
        placed = _placed(text, unit, number, cue, own, content)
        if not _own_words(unit, placed, own, found):
            found.append(placed)
    found += nominals(text, unit, number)
    found += according(text, unit, number, found)
    return sorted(through_media(text, found), key=lambda draft: draft.cue or draft.clause)


def _reads(unit: Unit, cue: Cue, subject: Range) -> bool:
    """Whether a text is the subject of "read": "the statement read", not "a statement read out by"."""
    inside = range(subject[0], subject[1] + 1)
    if not any(unit.tokens[i].lower in words("texts") for i in inside):
        return False
    return cue.last + 1 >= len(unit.tokens) or not unit.tokens[cue.last + 1].is_word


def _floor(unit: Unit, cues: Sequence[Cue], position: int) -> int:
    """Where a cue's subject may begin: behind the cue before it, unless a comma closes that one's relative clause."""
    for earlier in reversed(cues[:position]):
        between = range(earlier.last + 1, cues[position].first)
        if not _is_relative(unit, earlier) or not any(unit.tokens[i].text == "," for i in between):
            return earlier.last + 1
    return 0


def _is_relative(unit: Unit, cue: Cue) -> bool:
    """Whether a cue's own subject is "who" or "which"."""
    return cue.first > 0 and unit.tokens[cue.first - 1].lower in {"who", "which"}


def _own_words(unit: Unit, draft: Draft, subject: Range, found: Sequence[Draft]) -> bool:
    """Whether a cue within what somebody says has that speaker for its subject: "said it approved the plan"."""
    pronoun = subject[0] == subject[1] and unit.tokens[subject[0]].lower in words("pronouns")
    at = draft.cue[0] if draft.cue else 0
    return pronoun and any(start <= at < end for other in found for start, end in other.content)


def _placed(text: str, unit: Unit, number: int, cue: Cue, subject: Range, found: Content) -> Draft:
    """Token indices turned into offsets, marks and blanks at the edges of the content dropped."""
    tokens = unit.tokens
    pieces = [trimmed(text, unit, piece) for piece in found.pieces]
    first = min(subject[0], cue.first, *(piece[0] for piece in found.pieces))
    last = max(cue.last, subject[1], *(piece[1] for piece in found.pieces))
    return Draft(
        number,
        offsets(tokens, subject),
        (tokens[cue.first].start, tokens[cue.last].end),
        [piece for piece in pieces if piece[0] < piece[1]],
        cue.verb.lemma,
        None if found.by_words else cue.verb.act,
        offsets(tokens, found.target),
        [span for span in (offsets(tokens, relay) for relay in found.relays) if span],
        (tokens[first].start, trimmed(text, unit, (first, last))[1]),
    )
