"""Limits: where the words that a cue governs must end."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.cues import Cue
from parley.reader.extents import last_word
from parley.reader.grammar import Token, is_adverb, is_finite, is_time_word, words
from parley.reader.units import Unit

FINITE = frozenset({"s", "ed", "base"})


def limit_of(unit: Unit, cue: Cue, later: Sequence[Cue], relative: bool) -> int:
    """The last token that the content of a cue may reach; `relative` says that its subject is "who" or "which"."""
    tokens = unit.tokens
    end = next((i for i in range(cue.last, len(tokens)) if _stops(unit, i)), len(tokens))
    if relative:
        end = min(end, _end_of_relative(unit, cue, end))
    for other in later:
        if other.first > end:
            break
        cut = _cut_before(unit, cue, other)
        if cut is not None:
            return cut
    return last_word(tokens, end - 1)


def _stops(unit: Unit, index: int) -> bool:
    """Whether a semicolon outside quotation marks stands here."""
    return unit.tokens[index].text == ";" and not unit.quoted[index]


def _end_of_relative(unit: Unit, cue: Cue, end: int) -> int:
    """The comma that closes "who asked not to be named": the main verb stands behind it."""
    tokens = unit.tokens
    for index in range(cue.last + 1, end - 1):
        if tokens[index].text != "," or unit.quoted[index]:
            continue
        verb = index + 1
        while verb < end - 1 and is_adverb(tokens[verb]):
            verb += 1
        if is_finite(tokens[verb]):
            return index
    return end


def _cut_before(unit: Unit, cue: Cue, other: Cue) -> int | None:
    """The last token before another cue of the same speaker, where that cue is one."""
    tokens = unit.tokens
    trailing = _trailing(unit, cue, other)
    if trailing is not None:
        return trailing
    before = other.first - 1
    while before > cue.last and (
        is_adverb(tokens[before]) or tokens[before].lower in {"has", "have", "had", "while"}
    ):
        before -= 1
    if other.verb.tense == "ing" and tokens[before].text in {",", "—", "–"}:
        return before - 1
    pronoun = tokens[before].lower in {"he", "she"} and before - 1 > cue.last
    if pronoun and tokens[before - 1].lower in {"and", "but", ","} and other.verb.tense in FINITE:
        return (
            last_word(tokens, before - 2)
            if tokens[before - 2].text == "," or tokens[before - 1].text == ","
            else None
        )
    joined = tokens[before].lower in {"and", "but"} and {cue.verb.tense, other.verb.tense} <= FINITE
    if joined and (_opens_clause(tokens, other.last) or not _that_before(tokens, cue.last, before)):
        return last_word(tokens, before - 1)
    return None


def _trailing(unit: Unit, cue: Cue, other: Cue) -> int | None:
    """The last word before ", the agency reported." at the end of a sentence."""
    tokens = unit.tokens
    rest = [token for token in tokens[other.last + 1 :] if token.is_word]
    if other.verb.act or not {"that", "told"} & other.verb.frames or not all(map(is_time_word, rest)):
        return None
    for comma in range(other.first - 2, max(cue.last + 1, other.first - 10), -1):
        if tokens[comma].text == "," and not unit.quoted[comma]:
            return last_word(tokens, comma - 1)
        if is_finite(tokens[comma]) or tokens[comma].lower == "that":
            return None
    return None


def _opens_clause(tokens: Sequence[Token], last: int) -> bool:
    """Whether "that" stands right behind a cue."""
    return last + 1 < len(tokens) and tokens[last + 1].lower == "that"


def _that_before(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a that-clause opens between: its verbs are part of what is said."""
    following = tokens[start + 1].lower if start + 1 < end else ""
    return following == "that" or following in words("pronouns")


def phrase_end(unit: Unit, first: int, limit: int) -> int:
    """Where a noun phrase or an infinitive that opens at `first` ends: before the next clause or a time of the main verb."""
    tokens = unit.tokens
    for index in range(first + 1, limit + 1):
        if unit.quoted[index]:
            continue
        if _breaks(tokens, index, limit):
            return last_word(tokens, index - 1)
    return limit


def _breaks(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a new clause opens at a token: ", but ...", "and opened ...", ", it is ..."."""
    lower = tokens[index].lower
    if lower in words("contrasts"):
        return True
    following = index + 1
    while following <= limit and is_adverb(tokens[following]):
        following += 1
    if following > limit:
        return False
    behind = tokens[following]
    if lower == ",":
        return behind.lower in words("pronouns") or behind.lower in words("contrasts")
    if lower == "and":
        return is_finite(behind) or behind.text == ","
    return lower == "on" and all(is_time_word(token) for token in tokens[index + 1 : limit + 1])
