"""Noun phrases: the subject before a verb, behind an inverted one, and where a phrase begins."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, is_time_word, words


def skip_left(tokens: Sequence[Token], index: int) -> int:
    """The last token of a subject that ends at or before `index`: auxiliaries, adverbs, times passed over."""
    while index >= 0:
        token = tokens[index]
        if token.lower in words("auxiliaries") or is_adverb(token):
            index -= 1
        elif is_time_word(token) and not (token.lower in {"this", "the"} and index == 0):
            start = index
            while start >= 0 and (is_time_word(tokens[start]) or tokens[start].lower in {",", "in", "at"}):
                start -= 1
            run = tokens[start + 1 : index + 1]
            if not any(t.lower in words("days") | words("months") for t in run):
                return index
            index = start
        else:
            return index
    return index


def subject_before(tokens: Sequence[Token], verb: int, floor: int = 0) -> tuple[int, int] | None:
    """The noun phrase before a verb as token indices [first, last], or None where there is none to be seen."""
    last = skip_left(tokens, verb - 1)
    if last < floor:
        return None
    if tokens[last].lower == ",":
        return _before_apposition(tokens, last, floor)
    first = noun_phrase_start(tokens, last, floor)
    return _valid(tokens, first, last)


def noun_phrase_start(tokens: Sequence[Token], last: int, floor: int) -> int:
    """The first token of the noun phrase that ends at `last`."""
    first = last
    while first > floor:
        token = tokens[first - 1]
        if token.lower in words("subordinators") or token.text in ";:—–()" or token.text in QUOTES:
            break
        if token.lower == "," and not _inside_list(tokens, first, floor):
            break
        if is_finite(token) and not token.possessive:
            break
        if token.lower in {"and", "&"} and _verb_before(tokens, first - 1, floor):
            break
        first -= 1
    return _drop_opener(tokens, first, last)


def _inside_list(tokens: Sequence[Token], comma: int, floor: int) -> bool:
    """Whether the comma before `comma` separates names in one list: "the envoy, Ana Sol, and the council"."""
    before, behind = tokens[comma - 2] if comma - 2 >= floor else None, tokens[comma]
    if before is None or not before.is_name:
        return False
    if behind.lower == "and":
        return True
    # "X, Name, and Y": a name between two commas with "and" behind it.
    index = comma
    while index < len(tokens) and (tokens[index].is_name or tokens[index].lower in {"of", "the", "for"}):
        index += 1
    return index + 1 < len(tokens) and tokens[index].lower == "," and tokens[index + 1].lower == "and"


def _verb_before(tokens: Sequence[Token], index: int, floor: int) -> bool:
    """Whether a finite verb stands before `index` in the same clause."""
    while index > floor:
        index -= 1
        if tokens[index].lower in words("subordinators") or tokens[index].text in ";:":
            return False
        if is_finite(tokens[index]):
            return True
    return False


def _drop_opener(tokens: Sequence[Token], first: int, last: int) -> int:
    """Pass over "Meanwhile", "On Friday", "In a statement" that stand before a subject."""
    while first < last:
        token = tokens[first]
        # A mark may be an item's: "- The union", "1. The union".
        if token.lower in words("openers") or is_adverb(token) or token.text in ",;.-–—•*":
            first += 1
        elif token.lower in words("prepositions") and token.lower not in {"like", "both"}:
            behind = first + 1
            while behind <= last and is_time_word(tokens[behind]):
                behind += 1
            if behind == first + 1 or behind > last:
                return _last_phrase(tokens, first, last)
            first = behind
        elif is_time_word(token) and token.lower not in {"the", "this", "on", "last", "early", "late"}:
            first += 1
        else:
            break
    return first


def _last_phrase(tokens: Sequence[Token], first: int, last: int) -> int:
    """The start of the last plain noun phrase behind a preposition: "In a statement the group" -> "the group"."""
    index = last
    while index > first and tokens[index].lower not in words("prepositions"):
        if tokens[index].lower in words("determiners") and index - 1 > first:
            return index
        index -= 1
    return index + 1 if index < last else last


def _before_apposition(tokens: Sequence[Token], comma: int, floor: int) -> tuple[int, int] | None:
    """The head of "Ana Sol, a spokeswoman for the union, said" or "Sol, who leads the team, said"."""
    opening = comma - 1
    while opening > floor and tokens[opening].lower != ",":
        if tokens[opening].text in ";:":
            return None
        opening -= 1
    if opening <= floor:
        return None
    last = skip_left(tokens, opening - 1)
    if last < floor:
        return None
    return _valid(tokens, noun_phrase_start(tokens, last, floor), last)


def subject_after(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """The noun phrase behind an inverted verb ("said the envoy"), up to a mark, a verb or a time."""
    first = verb + 1
    if first < len(tokens) and tokens[first].lower in words("pronouns"):
        return first, first
    last = verb
    for index in range(first, len(tokens)):
        token = tokens[index]
        initial = token.text == "." and len(tokens[index - 1].text) <= 4
        if not (token.is_word or initial) or _ends_inverted(tokens, index, first):
            break
        last = index
    while last > first and not tokens[last].is_word:
        last -= 1
    return _valid(tokens, first, last)


def _ends_inverted(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a token can be no part of the phrase behind an inverted verb."""
    token = tokens[index]
    if is_finite(token) or token.lower in words("subordinators"):
        return True
    if token.lower in words("after_speaker"):
        return True
    return is_time_word(token) and index > first and token.lower != "the"


def _valid(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The phrase if it can be a noun phrase at all."""
    if first > last or first < 0 or not tokens[last].is_word:
        return None
    head = tokens[last].lower
    if head in words("prepositions") or head in words("determiners") - words("lone_determiners"):
        return None
    lone = first == last
    if (lone and head in words("openers")) or head in words("subordinators") - {"who"}:
        return None
    return first, last
