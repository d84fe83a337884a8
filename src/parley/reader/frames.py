"""Frames: what a cue verb takes as its content, from an infinitive to a clause."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.contents import clause_content, content_from, is_clause
from parley.reader.cues import Cue
from parley.reader.extents import Content, Range
from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, is_time_word, words
from parley.reader.units import Unit


def content_of(unit: Unit, cue: Cue, subject: Range, inverted: bool, limit: int) -> Content | None:
    """The content of a cue by the first of its frames that fits."""
    frames = cue.verb.frames
    after = (subject[1] if inverted else cue.last) + 1
    if subject[0] > cue.last and not inverted:
        return _piece(subject[1] + 2, limit)
    if not inverted:
        found = _object_frames(unit, after, limit, frames)
        if found:
            return found
    if {"that", "told"} & frames:
        first = min(subject[0], cue.first)
        return clause_content(unit, cue, first, after, limit, inverted)
    return None


def _object_frames(unit: Unit, after: int, limit: int, frames: frozenset[str]) -> Content | None:
    tokens = unit.tokens
    if after > limit:
        return None
    head = tokens[after].lower
    if "to" in frames and head == "to":
        return _piece(after + 1, limit)
    if "callon" in frames and head in {"on", "upon"}:
        return _addressed(unit, after + 1, limit, {"to"})
    if "appealto" in frames and head == "to":
        return _addressed(unit, after + 1, limit, {"to", "for"})
    for particle in ("for", "on", "of", "against"):
        if particle in frames and head in {particle, "upon" if particle == "on" else particle}:
            return _piece(after + 1, limit)
    if "callit" in frames and head in {"it", "this", "that", "them", "these", "those"}:
        return _piece(after + 1, limit)
    for frame, particles in (("objto", {"to"}), ("objof", {"of"}), ("objfor", {"for"}), ("objas", {"as"})):
        if frame in frames and head not in {"that", ",", ":"} and tokens[after].is_word:
            found = _addressed(unit, after, limit, particles)
            if found:
                return found
    if "told" in frames:
        return _told(unit, after, limit)
    if (
        "np" in frames
        and _opens_phrase(tokens[after])
        and not ("that" in frames and is_clause(unit, after, limit))
    ):
        return _piece(after, limit)
    return None


def _piece(first: int, last: int) -> Content | None:
    return Content([(first, last)]) if first <= last else None


def _opens_phrase(token: Token) -> bool:
    """Whether a noun phrase can open with a token."""
    lower = token.lower
    if not token.is_word or lower in {"that", "to"} or lower in words("subordinators") or is_adverb(token):
        return False
    return (
        lower not in words("prepositions")
        and not is_finite(token)
        and lower not in words("days") - {"the", "this", "last"}
    )


def _addressed(unit: Unit, first: int, limit: int, particles: set[str]) -> Content | None:
    """An addressee, a particle, and what is asked of him or charged to him."""
    tokens = unit.tokens
    for index in range(first if "as" in particles else first + 1, min(limit, first + 24)):
        token = tokens[index]
        if (
            token.lower in particles
            and not unit.quoted[index]
            and _goes_with(tokens, index, limit, particles)
        ):
            return Content([(index + 1, limit)], target=(first, index - 1) if index > first else None)
        if (
            token.lower in {"that", "which"}
            or token.text in ";:"
            or (is_finite(token) and token.lower not in {"to"})
        ):
            return None
    return None


def _goes_with(tokens: Sequence[Token], index: int, limit: int, particles: set[str]) -> bool:
    """Whether a particle opens the complement: "of" before a gerund or a quotation, "to" before a bare verb."""
    following = tokens[index + 1]
    if "of" in particles:
        rest = [token.lower for token in tokens[index + 1 : min(index + 4, limit + 1)]]
        if following.text in QUOTES or any(word.endswith("ing") for word in rest):
            return True
        return not any(tokens[i].lower == "of" for i in range(index + 1, min(limit, index + 12)))
    if "to" in particles:
        return following.lower not in words("determiners") and not following.is_name
    return True


def _told(unit: Unit, after: int, limit: int) -> Content | None:
    """An addressee, then a clause or a quotation; one with a name of its own is a relay."""
    tokens = unit.tokens
    index = after
    while index <= limit and not (
        tokens[index].lower in {"that", ":", ","}
        or tokens[index].text in QUOTES
        or (index > after and tokens[index].lower in words("pronouns") | words("subordinators"))
    ):
        if index > after and is_finite(tokens[index]):
            index = after + 1
            while index <= limit and tokens[index].is_name and tokens[index - 1].is_name:
                index += 1
            break
        index += 1
    if index > limit or index == after:
        return None
    addressee_end = index - 1
    while addressee_end > after and (
        is_time_word(tokens[addressee_end]) or tokens[addressee_end].lower in words("prepositions")
    ):
        addressee_end -= 1
    for stop in range(after + 1, addressee_end + 1):
        if tokens[stop].lower in words("prepositions") - {"of", "for"}:
            addressee_end = stop - 1
            break
    start = index + 1 if tokens[index].lower == "that" else index
    content = content_from(unit, start, limit)
    if content is None:
        return None
    audience = tokens[after].lower in words("audiences") and not any(
        t.is_name for t in tokens[after : addressee_end + 1]
    )
    return Content([content], relays=[] if audience else [(after, addressee_end)])
