"""Attributions without a verb: according to, in somebody's words, and quotations that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.reader.extents import Draft, Range, last_word, offsets, trimmed
from parley.reader.grammar import Token, words
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

LONGEST = 12  # tokens from "in" to "words"


@dataclass(frozen=True)
class _Phrase:
    """ "According to X" as token ranges; `last` is its last token."""

    cue: Range
    speaker: Range
    last: int


def according(text: str, unit: Unit, number: int, found: list[Draft]) -> list[Draft]:
    """ "According to X, ..." and "..., according to X"; behind a statement it names a relay of it."""
    drafts = []
    past = -1
    for index in range(len(unit.tokens) - 2):
        phrase = None if unit.quoted[index] or index <= past else _phrase(unit.tokens, index)
        if phrase is None:
            continue
        past = phrase.cue[1]
        told = [draft for draft in found if draft.clause[0] < unit.tokens[index].start]
        if index > 0 and told:
            _relay(text, unit, told[-1], phrase)
            continue
        pieces = _pieces(unit, phrase)
        if pieces:
            drafts.append(_draft(text, unit, number, phrase, pieces))
    return drafts


def _phrase(tokens: Sequence[Token], index: int) -> _Phrase | None:
    """The phrase that opens at a token, if one does."""
    for opener in vocabulary("cues")["according"]:
        length = len(opener.split())
        if [token.lower for token in tokens[index : index + length]] == opener.split():
            first = index + length
            if first >= len(tokens) or not tokens[first].is_word:
                return None
            last = _phrase_end(tokens, first)
            return _Phrase((index, first - 1), (first, _owner_of(tokens, first, last)), last)
    if tokens[index].lower == "per" and (index == 0 or tokens[index - 1].text == ","):
        return _Phrase(
            (index, index), (index + 1, _phrase_end(tokens, index + 1)), _phrase_end(tokens, index + 1)
        )
    if tokens[index].lower in {"in", "by", "on"}:
        return _account(tokens, index)
    return None


def _owner_of(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of the owner in "the ministry's tally", else of the whole phrase."""
    if tokens[last].lower not in words("accounts"):
        return last
    return next((i for i in range(last - 1, first - 1, -1) if tokens[i].possessive), last)


def _phrase_end(tokens: Sequence[Token], first: int) -> int:
    """The last token of a name or noun phrase; "Dr. Sol" goes on behind its stop."""
    last = first
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        title = following.text == "." and len(tokens[last].text) <= 4 and last + 2 < len(tokens)
        if not (following.is_word or title) or following.lower in words("subordinators"):
            break
        last += 1
    return last


def _account(tokens: Sequence[Token], index: int) -> _Phrase | None:
    """ "In the doctor's words", "by its own count"."""
    for last in range(index + 2, min(index + LONGEST, len(tokens))):
        if tokens[last].lower in words("accounts"):
            owners = [
                i
                for i in range(index + 1, last)
                if tokens[i].possessive or tokens[i].lower in words("owners")
            ]
            return _Phrase((index, last), (index + 1, owners[-1]), last) if owners else None
        if not tokens[last].is_word:
            return None
    return None


def _relay(text: str, unit: Unit, draft: Draft, phrase: _Phrase) -> None:
    """Note who relays a statement, and take the words that say so out of it."""
    tokens = unit.tokens
    relay = offsets(tokens, phrase.speaker)
    if relay:
        draft.relays.append(relay)
    for piece, (start, end) in enumerate(draft.content):
        if start < tokens[phrase.cue[0]].start < end:
            draft.content[piece] = trimmed(text, unit, (_index_at(tokens, start), phrase.cue[0] - 1))


def _index_at(tokens: Sequence[Token], offset: int) -> int:
    return next(i for i, token in enumerate(tokens) if token.end > offset)


def _pieces(unit: Unit, phrase: _Phrase) -> list[Range]:
    """What is said: behind the phrase at the head of a sentence, else before it, with what follows a comma."""
    tokens = unit.tokens
    end = last_word(tokens, len(tokens) - 1)
    behind = phrase.last + 1
    if phrase.cue[0] <= 2 or _opens_relative(tokens, phrase.cue[0]):
        while behind < end and not tokens[behind].is_word:
            behind += 1
        return [(behind, end)] if behind <= end else []
    before = last_word(tokens, phrase.cue[0] - 1)
    resumes = behind < len(tokens) and tokens[behind].text == "," and end - phrase.last > 3
    return [(0, before), (behind + 1, end)] if resumes else [(0, before)]


def _opens_relative(tokens: Sequence[Token], index: int) -> bool:
    """Whether "which," stands right before: what follows is said, not what went before."""
    return index > 1 and tokens[index - 1].text == "," and tokens[index - 2].lower == "which"


def _draft(text: str, unit: Unit, number: int, phrase: _Phrase, pieces: list[Range]) -> Draft:
    content = [piece for piece in (trimmed(text, unit, piece) for piece in pieces) if piece[0] < piece[1]]
    last = last_word(unit.tokens, len(unit.tokens) - 1)
    return Draft(
        number,
        offsets(unit.tokens, phrase.speaker),
        (unit.tokens[phrase.cue[0]].start, unit.tokens[phrase.cue[1]].end),
        content,
        "according",
        clause=(unit.start, trimmed(text, unit, (0, last))[1]),
    )


def continuation(unit: Unit, number: int, found: list[Draft], units: Sequence[Unit]) -> list[Draft]:
    """A quotation with no cue: the rest of the statement before it, or its speaker's next words."""
    said = [token for token in unit.tokens if token.is_word]
    if not said:
        return []
    piece = (said[0].start, said[-1].end)
    before = found[-1] if found else None
    same = number > 0 and (unit.carries_on or units[number - 1].paragraph == unit.paragraph)
    if before and before.content and before.last == number - 1 and same:
        before.content.append(piece)
        before.last = number if unit.carries_on else before.last
        return []
    clause = (unit.tokens[0].start, unit.tokens[-1].end)
    return [Draft(number, None, None, [piece], clause=clause)] if len(said) >= 5 else []
