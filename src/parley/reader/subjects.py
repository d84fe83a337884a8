"""Subjects: the noun phrase that a cue has for its speaker."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.cues import PASSIVE, Cue
from parley.reader.extents import Range
from parley.reader.grammar import Token, is_adverb, is_finite, is_time_word, words
from parley.reader.phrases import subject_after, subject_before
from parley.reader.units import Unit


def speaker_of(unit: Unit, cue: Cue, earlier: Range | None, floor: int) -> tuple[Range | None, bool]:
    """The speaker's noun phrase and whether it stands behind the cue; an elided one is that of the cue before."""
    tokens, quoted = unit.tokens, unit.quoted
    before = cue.first - 1
    if cue.verb.tense in {"ed", "en"} and before >= 0 and tokens[before].lower in PASSIVE:
        return _agent(unit, cue), False
    while before >= 0 and (is_adverb(tokens[before]) or tokens[before].lower in words("auxiliaries")):
        before -= 1
    mark = before < 0 or not tokens[before].is_word
    if cue.verb.tense == "ing" and not _progressive(tokens, cue):
        linked = before >= 0 and tokens[before].lower in {",", "while", "by", "and", "in", "—", "–"}
        return (earlier or _main_subject(unit, before), False) if linked else (None, False)
    if before >= 0 and tokens[before].lower in {"and", "but", "or"} and earlier:
        return earlier, False
    if mark and "that" in cue.verb.frames and cue.verb.tense != "base":
        behind = subject_after(tokens, cue.last)
        if behind and _inverts(unit, behind, before):
            return behind, True
    found = subject_before(tokens, cue.first, floor)
    if found and any(quoted[i] for i in range(found[0], found[1] + 1)):
        found = None
    if found and before >= 0 and tokens[before].lower in {"and", "but"}:
        found = _clause_subject(unit, before, floor) or found
    if found and tokens[found[0]].lower in {"who", "which"} and found[0] == found[1]:
        return _antecedent(tokens, found[0], floor), False
    return found, False


def _agent(unit: Unit, cue: Cue) -> Range | None:
    """Who accuses in "is accused by the union of stalling"."""
    first = cue.last + 1
    if first + 1 >= len(unit.tokens) or unit.tokens[first].lower != "by":
        return None
    last = first
    while (
        last + 1 < len(unit.tokens)
        and unit.tokens[last + 1].is_word
        and unit.tokens[last + 1].lower not in {"of", "for", "as"}
    ):
        last += 1
    return (first + 1, last) if last > first else None


def _progressive(tokens: Sequence[Token], cue: Cue) -> bool:
    return any(
        token.lower in {"is", "are", "was", "were", "been", "be", "’s", "'s"}
        for token in tokens[max(0, cue.first - 3) : cue.first]
    )


def _main_subject(unit: Unit, before: int) -> Range | None:
    """The subject of the first finite verb of a unit, for a participle that trails it."""
    for index in range(1, before):
        if is_finite(unit.tokens[index]) and not unit.quoted[index]:
            return subject_before(unit.tokens, index)
    return None


def _antecedent(tokens: Sequence[Token], relative: int, floor: int) -> Range | None:
    last = relative - 1
    if last >= 0 and tokens[last].lower == ",":
        last -= 1
    if last < floor:
        return None
    return subject_before(tokens, last + 1, floor)


def _clause_subject(unit: Unit, before: int, floor: int) -> Range | None:
    """The name or pronoun that opens a clause whose second verb is the cue: "Sol put it at nine and said"."""
    tokens = unit.tokens
    first = last = floor
    if not tokens[first].is_name and tokens[first].lower not in words("pronouns"):
        return None
    while last + 1 < before and tokens[last].is_name and tokens[last + 1].is_name:
        last += 1
    plain = words("prepositions") | words("openers") | words("subordinators") | words("determiners")
    return None if tokens[first].lower in plain or unit.quoted[first] else (first, last)


def _inverts(unit: Unit, behind: Range, before: int) -> bool:
    """Whether "said the envoy" is inverted: words with a verb stand before it and the phrase ends the clause."""
    tokens = unit.tokens
    if before < 1 or tokens[behind[0]].lower in words("impersonal"):
        return False
    said = range(before)
    if (
        not unit.quoted[before - 1]
        and tokens[before].text == ","
        and not any(is_finite(tokens[i]) for i in said)
    ):
        apposition = subject_before(tokens, before + 1)
        if apposition and tokens[apposition[1] + 1].text == ",":
            return False
    after = behind[1] + 1
    while after < len(tokens) and (is_time_word(tokens[after]) or tokens[after].lower in {"in", "at", "of"}):
        after += 1
    return (
        after >= len(tokens)
        or not tokens[after].is_word
        or tokens[after].lower in words("prepositions") | {"who", "as", "and"}
    )
