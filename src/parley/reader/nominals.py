"""Nominal cues: "the union's charge that ...", "a suggestion by two deputies that ...", "its insistence on ..."."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from parley.reader.extents import Draft, Range, last_word, offsets, trimmed
from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, words
from parley.reader.limits import phrase_end
from parley.reader.names import nations, roles
from parley.reader.units import Unit
from parley.vocabulary import vocabulary


@cache
def _nouns() -> dict[str, tuple[str, str | None]]:
    """Singular and plural of every noun that attributes -> (particle that may follow it, act)."""
    found: dict[str, tuple[str, str | None]] = {}
    for noun, entry in vocabulary("cues")["nouns"].items():
        plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
        found[noun] = found[plural] = (str(entry.get("with", "")), entry.get("act"))
    return found


def nominals(text: str, unit: Unit, number: int) -> list[Draft]:
    """A draft for every noun of speech whose owner the text names."""
    found = []
    for index, token in enumerate(unit.tokens):
        if token.lower not in _nouns() or unit.quoted[index]:
            continue
        particle, act = _nouns()[token.lower]
        owner, behind = _owner(unit, index)
        content = _content(unit, behind, particle) if owner else None
        if owner is None or content is None:
            continue
        pieces = [trimmed(text, unit, content)]
        clause = (min(unit.tokens[owner[0]].start, token.start), pieces[0][1])
        speaker = offsets(unit.tokens, owner)
        found.append(Draft(number, speaker, (token.start, token.end), pieces, "noun", act, clause=clause))
    return found


def _owner(unit: Unit, index: int) -> tuple[Range | None, int]:
    """Whose words a noun stands for, and the first token behind noun and owner."""
    tokens = unit.tokens
    if index + 2 < len(tokens) and tokens[index + 1].lower in {"by", "from"}:
        last = index + 2
        while last + 1 < len(tokens) and tokens[last + 1].is_word and tokens[last + 1].lower != "that":
            last += 1
        return (index + 2, last), last + 1
    before = index - 1
    while before > 0 and before > index - 3 and not _owns(tokens[before]):
        before -= 1
    if before < 0 or not _owns(tokens[before]):
        return _naming_adjective(tokens, index), index + 1
    if tokens[before].lower in words("owners"):
        return (before, before), index + 1
    first = before
    while first > 0 and (tokens[first - 1].is_name or tokens[first - 1].lower in words("determiners")):
        first -= 1
        if tokens[first].lower in words("determiners"):
            break
    return (first, before), index + 1


def _owns(token: Token) -> bool:
    return token.possessive or token.lower in words("owners")


def _naming_adjective(tokens: Sequence[Token], index: int) -> Range | None:
    """The body in "a union complaint", "the Xish demand"."""
    before = tokens[index - 1].lower if index else ""
    return (index - 1, index - 1) if before in roles("groups") or before in nations() else None


def _content(unit: Unit, behind: int, particle: str) -> Range | None:
    """The that-clause, or the phrase behind the noun's particle."""
    tokens = unit.tokens
    end = last_word(tokens, len(tokens) - 1)
    if behind + 1 > end:
        return None
    if tokens[behind].text == ",":
        behind = next((i for i in range(behind, min(end, behind + 12)) if tokens[i].lower == "that"), behind)
    elif tokens[behind].lower in {"is", "was"} and tokens[behind + 1].text in {"that", ":"}:
        behind += 1
    if tokens[behind].lower == "that" or (tokens[behind].text == ":" and tokens[behind + 1].text in QUOTES):
        return behind + 1, _clause_end(unit, behind + 1, end)
    if particle and tokens[behind].lower == particle:
        return behind + 1, phrase_end(unit, behind + 1, _clause_end(unit, behind + 1, end))
    return None


def _clause_end(unit: Unit, first: int, end: int) -> int:
    """Where the clause behind a noun ends: at a semicolon, or a comma with the main verb behind it."""
    tokens = unit.tokens
    for index in range(first + 1, end):
        if unit.quoted[index] or tokens[index].text not in {",", ";", "—", "–"}:
            continue
        following = index + 1
        while following < end and is_adverb(tokens[following]):
            following += 1
        if tokens[index].text == ";" or is_finite(tokens[following]):
            return last_word(tokens, index - 1)
    return end
