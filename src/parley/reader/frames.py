"""Frames: what a cue verb takes as its content, from an infinitive to a clause."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.contents import clause_content, content_from, is_clause, is_parenthetical
from parley.reader.cues import Cue
from parley.reader.extents import Content, Range
from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, is_time_word, words
from parley.reader.limits import phrase_end
from parley.reader.phrases import subject_before
from parley.reader.units import Unit

ADDRESSED = (("objto", {"to"}), ("objof", {"of"}), ("objfor", {"for"}), ("objas", {"as"}))


def content_of(unit: Unit, cue: Cue, subject: Range, inverted: bool, limit: int) -> Content | None:
    """The content of a cue by the first of its frames that fits."""
    frames = cue.verb.frames
    after = (subject[1] if inverted else cue.last) + 1
    if subject[0] > cue.last and not inverted:
        return _of_passive(unit, cue, subject, limit)
    if not inverted and after <= limit:
        if "that" in frames and unit.tokens[after].lower == "to":
            written = _said_to(unit, after, limit)
            if written:
                return written
        found = _with_particle(unit, after, limit, frames) or _with_object(unit, after, limit, frames)
        if found:
            return found
        if "told" in frames:
            told = _told(unit, min(subject[0], cue.first), after, limit)
            if told:
                return told
        if "np" in frames and not ("that" in frames and is_clause(unit, after, limit)):
            phrase = _noun_phrase(unit, after, limit)
            if phrase:
                return phrase
    if {"that", "told"} & frames:
        found = clause_content(unit, cue, min(subject[0], cue.first), after, limit, inverted)
        if found:
            found.by_words = cue.verb.lemma in words("act_by_words")
        return found
    return None


def _said_to(unit: Unit, to: int, limit: int) -> Content | None:
    """The that-clause behind an addressee: "swore to me that", "wrote to the council on Friday that"."""
    token = unit.tokens[min(to + 1, limit)]
    opens = token.is_name or token.lower in words("addressees") | words("audiences") | words("determiners")
    that = _that_ahead(unit.tokens, to, limit) if opens else None
    content = content_from(unit, that + 1, limit) if that else None
    return Content([content]) if content else None


def _of_passive(unit: Unit, cue: Cue, agent: Range, limit: int) -> Content | None:
    """What somebody is charged with, or the thing that was rejected or pledged by him."""
    if agent[1] + 1 <= limit and unit.tokens[agent[1] + 1].lower in {"of", "for", "as"}:
        return _phrase(unit, agent[1] + 2, limit)
    if "np" not in cue.verb.frames:
        return None
    rejected = subject_before(unit.tokens, cue.first)
    return Content([rejected]) if rejected and not _is_pronoun(unit, *rejected) else None


def _is_pronoun(unit: Unit, first: int, last: int) -> bool:
    return first == last and unit.tokens[first].lower in words("pronouns") | words("things")


def _with_particle(unit: Unit, after: int, limit: int, frames: frozenset[str]) -> Content | None:
    """What stands behind "to", "on", "for", "of" or "against" right after a cue."""
    tokens = unit.tokens
    head = tokens[after].lower
    if "to" in frames and head == "to":
        return _phrase(unit, after + 1, limit)
    if "callon" in frames and head in {"on", "upon"}:
        return _addressed(unit, after + 1, limit, {"to"})
    if "appealto" in frames and head == "to":
        return _addressed(unit, after + 1, limit, {"to", "for"})
    for particle in ("for", "on", "of", "against"):
        if particle in frames and head in {particle, "upon" if particle == "on" else particle}:
            return _phrase(unit, after + 1, limit)
    return None


def _with_object(unit: Unit, after: int, limit: int, frames: frozenset[str]) -> Content | None:
    """What is asked of an addressee, charged to him, or what a thing is called."""
    head = unit.tokens[after].lower
    if "objat" in frames:
        return _put_at(unit, after, limit)
    if "callit" in frames:
        return _called(unit, after, limit)
    for frame, particles in ADDRESSED:
        if frame in frames and head not in {"that", ",", ":"} and unit.tokens[after].is_word:
            found = _addressed(unit, after, limit, particles)
            if found:
                return found
    return None


def _put_at(unit: Unit, after: int, limit: int) -> Content | None:
    """ "Put the number at 42", "put at 42 the number": the thing with its figure."""
    tokens = unit.tokens
    for index in range(after, min(limit, after + 18)):
        if tokens[index].lower == "at" and (tokens[index + 1].text[0].isdigit() or index == after):
            return _phrase(unit, after + 1 if index == after else after, limit)
        if tokens[index].text in ",;:" or tokens[index].lower == "that":
            return None
    return None


def _called(unit: Unit, after: int, limit: int) -> Content | None:
    """ "Called it a lie" takes what it is called; "called the shooting “a lie”" takes the thing too."""
    tokens = unit.tokens
    found = None
    if tokens[after].lower in words("things"):
        found = _phrase(unit, after + 1, limit)
    for index in range(after + 2, min(limit, after + 10) + 1):
        if found or is_finite(tokens[index]) or tokens[index].text in ",;:":
            break
        if tokens[index].text in QUOTES and unit.quoted[min(index + 1, limit)]:
            found = _phrase(unit, after, limit)
    if found:
        found.by_words = True
    return found


def _phrase(unit: Unit, first: int, limit: int) -> Content | None:
    """A phrase from `first` on; none if nothing is left."""
    if first > limit:
        return None
    return Content([(first, phrase_end(unit, first, limit))])


def _noun_phrase(unit: Unit, first: int, limit: int) -> Content | None:
    """A noun phrase right behind a cue, an addressee's pronoun passed over: "promised him the rooms"."""
    if (
        unit.tokens[first].lower in words("addressees")
        and first < limit
        and _opens_phrase(unit.tokens[first + 1])
    ):
        first += 1
    while first < limit and unit.tokens[first].lower in words("again"):
        first += 1
    return _phrase(unit, first, limit) if _opens_phrase(unit.tokens[first]) else None


def _opens_phrase(token: Token) -> bool:
    """Whether a noun phrase can open with a token."""
    lower = token.lower
    if token.text in QUOTES:
        return True
    if not token.is_word or lower in {"that", "to"} or lower in words("subordinators"):
        return False
    if is_adverb(token) and lower not in words("lone_determiners"):
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
            found = _phrase(unit, index + 1, limit)
            if found and index > first:
                found.target = (first, index - 1)
            return found
        if token.lower in {"that", "which"} or token.text in ";:" or is_finite(token):
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


def _told(unit: Unit, first: int, after: int, limit: int) -> Content | None:
    """An addressee, then a clause or a quotation; one with a name of its own is a relay."""
    tokens = unit.tokens
    opening = _behind_addressee(unit, after, limit)
    if opening is None or opening == after:
        return None
    if tokens[opening].text == "," and is_parenthetical(unit, first):
        return None
    start = opening + 1 if tokens[opening].lower == "that" else opening
    content = content_from(unit, start, limit)
    if content is None:
        return None
    return Content([content], relays=_relays(tokens, after, _addressee_end(tokens, after, opening)))


def _behind_addressee(unit: Unit, after: int, limit: int) -> int | None:
    """Where the content behind an addressee opens: at "that", a mark, or the subject of a clause."""
    tokens = unit.tokens
    for index in range(after, limit + 1):
        token = tokens[index]
        if token.text == ",":
            return _that_ahead(tokens, index, limit) or index
        if token.lower in {"that", ":"} or token.text in QUOTES:
            return index
        if index > after and token.lower in words("pronouns") | words("subordinators"):
            return index
        if index > after and is_finite(token):
            return _behind_name(tokens, after, limit)
    return None


def _that_ahead(tokens: Sequence[Token], comma: int, limit: int) -> int | None:
    """The "that" behind an inserted place or day: "told reporters in Vell, the capital, on Friday that"."""
    for index in range(comma + 1, min(limit, comma + 14) + 1):
        if tokens[index].lower == "that":
            return index
        if is_finite(tokens[index]) or tokens[index].text in QUOTES:
            return None
    return None


def _behind_name(tokens: Sequence[Token], after: int, limit: int) -> int | None:
    """The first token behind an addressee's name, where no mark parts it from the clause."""
    index = after + 1
    while index <= limit and tokens[index].is_name and tokens[index - 1].is_name:
        index += 1
    return index if index <= limit else None


def _addressee_end(tokens: Sequence[Token], after: int, opening: int) -> int:
    """The last token of an addressee: times and places behind it left out."""
    end = opening - 1
    while end > after and (is_time_word(tokens[end]) or tokens[end].lower in words("prepositions")):
        end -= 1
    inside = range(after + 1, end + 1)
    return next((i - 1 for i in inside if tokens[i].lower in words("prepositions") - {"of", "for"}), end)


def _relays(tokens: Sequence[Token], first: int, last: int) -> list[Range]:
    """The addressee as a relay, unless it is a plain audience: reporters, lawmakers."""
    named = any(token.is_name for token in tokens[first : last + 1])
    return [] if tokens[first].lower in words("audiences") and not named else [(first, last)]
