"""Relayed words: "the agency quoted him as saying ...", "was quoted by the daily as saying ...", "..., citing the ministry"."""

from __future__ import annotations

from parley.reader.cues import PASSIVE, Cue
from parley.reader.extents import Range
from parley.reader.grammar import Token, is_adverb, words
from parley.reader.phrases import subject_before
from parley.reader.units import Unit

FARTHEST = 24  # tokens from "quoted" to "as saying"


def quoted_as(unit: Unit, cue: Cue) -> tuple[Range, Range | None] | None:
    """Speaker and relay of "Y quoted X as saying" and "X was quoted by Y as saying"; None where a cue is no such thing."""
    tokens = unit.tokens
    if cue.verb.tense != "ing" or cue.first < 2 or tokens[cue.first - 1].lower != "as":
        return None
    last = cue.first - 2
    for verb in range(last, max(-1, cue.first - FARTHEST), -1):
        if tokens[verb].lower in words("quoting") and not unit.quoted[verb]:
            break
    else:
        return None
    if verb and _is_passive(tokens, verb):
        speaker = subject_before(tokens, verb)
        by = next((i for i in range(verb + 1, last) if tokens[i].lower == "by"), None)
        return (speaker, (by + 1, last) if by is not None else None) if speaker else None
    if verb == last:
        return None
    return (verb + 1, last), subject_before(tokens, verb)


def _is_passive(tokens: tuple[Token, ...], verb: int) -> bool:
    before = verb - 1
    while before > 0 and is_adverb(tokens[before]):
        before -= 1
    return tokens[before].lower in PASSIVE - {"as"}


def cited(unit: Unit, cue: Cue, limit: int) -> Range | None:
    """Whom a reporting medium cites: "the agency, citing the ministry, reported that", "..., it said, citing aides"."""
    tokens = unit.tokens
    for index in range(1, len(tokens) - 1):
        if tokens[index].lower not in words("citing") or unit.quoted[index] or tokens[index - 1].text != ",":
            continue
        last = index
        while last + 1 < len(tokens) and tokens[last + 1].is_word and tokens[last + 1].lower != "that":
            last += 1
        near = index < cue.first or index <= cue.last + 5 or last >= limit - 1
        if last > index and near:
            return index + 1, last
    return None
