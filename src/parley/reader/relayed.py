"""Relayed words: "the agency quoted him as saying ...", "was quoted by the daily as saying ...", "..., citing the ministry"."""

from __future__ import annotations

from parley.reader.cues import PASSIVE, Cue
from parley.reader.extents import Draft, Range
from parley.reader.grammar import Token, is_adverb, words
from parley.reader.names import roles
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
    if verb and is_passive(tokens, verb):
        speaker = subject_before(tokens, verb)
        by = next((i for i in range(verb + 1, last) if tokens[i].lower == "by"), None)
        return (speaker, (by + 1, last) if by is not None else None) if speaker else None
    if verb == last:
        return None
    return (verb + 1, last), subject_before(tokens, verb)


def is_passive(tokens: tuple[Token, ...], verb: int) -> bool:
    """Whether an auxiliary stands before a participle: "was quoted"."""
    before = verb - 1
    while before > 0 and is_adverb(tokens[before]):
        before -= 1
    return tokens[before].lower in PASSIVE - {"as"}


def cited(unit: Unit, cue: Cue, limit: int) -> Range | None:
    """Whom a reporting medium cites: "the agency, citing the ministry, reported that", "..., it said, citing aides"."""
    tokens = unit.tokens
    for index in range(len(tokens) - 1):
        if unit.quoted[index] or (index and tokens[index - 1].text != ","):
            continue
        source = _source_at(tokens, index)
        if source is None:
            continue
        last = source
        while last + 1 < len(tokens) and tokens[last + 1].is_word and tokens[last + 1].lower != "that":
            last += 1
        near = index < cue.first or index <= cue.last + 5 or last >= limit - 1
        if last > source and near:
            return source + 1, last
    return None


def _source_at(tokens: tuple[Token, ...], index: int) -> int | None:
    """The token before the source in "citing the ministry" and "attributing the claim to the ministry"."""
    if tokens[index].lower in words("citing"):
        return index
    if tokens[index].lower not in words("attributing"):
        return None
    reach = range(index + 1, min(index + 6, len(tokens)))
    return next((i for i in reach if tokens[i].lower == "to"), None)


def through_media(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those in which a medium only reports what another of them says: it is a relay of that one."""
    kept = []
    for outer in drafts:
        inner = [draft for draft in drafts if draft is not outer and _inside(draft, outer)]
        if outer.verb == "report" and inner and outer.speaker and _is_medium(text[slice(*outer.speaker)]):
            for draft in inner:
                draft.relays.append(outer.speaker)
        else:
            kept.append(outer)
    return kept


def _inside(draft: Draft, outer: Draft) -> bool:
    """Whether a draft's cue and most of its clause lie in what another says."""
    around = [piece for piece in outer.content if draft.cue and piece[0] <= draft.cue[0] < piece[1]]
    told = draft.clause[1] - draft.clause[0]
    return any(2 * told >= end - start for start, end in around)


def _is_medium(surface: str) -> bool:
    """Whether a phrase has a medium's word: "the agency", "the daily Orbit"."""
    found = surface.split()
    return bool({word.lower() for word in found} & roles("relays") or set(found) & roles("outlets"))
