"""Drafts of statements: who says what, found from cues and quotation marks by rules; names come in statements.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.reader.cues import PASSIVE, Cue, find_cues
from parley.reader.grammar import (
    QUOTES,
    Token,
    is_adverb,
    is_finite,
    is_time_word,
    subject_after,
    subject_before,
    words,
)
from parley.reader.names import roles
from parley.reader.units import Unit

Range = tuple[int, int]  # token indices [first, last]
LABEL = re.compile(r"([A-Z][^:“”\"\n]{1,48}?):\s+(?=\S)")


@dataclass
class Draft:
    """A statement before names are resolved: character offsets into the article."""

    unit: int
    speaker: Range | None
    cue: Range | None
    content: list[Range]
    verb: str = ""
    act: str | None = None
    target: Range | None = None
    relays: list[Range] = field(default_factory=list)
    clause: Range = (0, 0)  # the subject to the content's end
    goes_on: bool = False  # a quotation with no cue of its own


def read_drafts(text: str, units: Sequence[Unit]) -> list[Draft]:
    """Every attribution in a text, in the order of their cues."""
    found: list[Draft] = []
    for number, unit in enumerate(units):
        drafts = _labelled(text, unit, number) or _unit_drafts(text, unit, number)
        if not drafts and unit.wholly_quoted and unit.tokens:
            drafts = _continuation(unit, number, found, units)
        found += drafts
    return found


# ------------------------------------------------------------------ one unit


def _unit_drafts(text: str, unit: Unit, number: int) -> list[Draft]:
    tokens = unit.tokens
    found: list[Draft] = []
    subject: Range | None = None
    cues = find_cues(tokens, unit.quoted)
    for position, cue in enumerate(cues):
        floor = cues[position - 1].last + 1 if position else 0
        own, inverted = _subject(unit, cue, subject, floor)
        if own is None:
            continue
        limit = _limit(unit, cue, cues[position + 1 :])
        draft = _draft(unit, cue, own, inverted, limit)
        if draft is None:
            continue
        if not inverted or subject is None:
            subject = own
        placed = _placed(text, unit, number, cue, own, draft)
        if not _own_words(unit, placed, own, found):
            found.append(placed)
    return found + _according(text, unit, number, found)


def _own_words(unit: Unit, draft: Draft, subject: Range, found: Sequence[Draft]) -> bool:
    """Whether a cue within what somebody says has that speaker for its subject: "said it approved the plan"."""
    pronoun = subject[0] == subject[1] and unit.tokens[subject[0]].lower in words("pronouns")
    at = draft.cue[0] if draft.cue else 0
    return pronoun and any(start <= at < end for other in found for start, end in other.content)


def _placed(text: str, unit: Unit, number: int, cue: Cue, subject: Range, draft: _Found) -> Draft:
    """Token indices turned into offsets, marks and blanks at the edges of the content dropped."""
    tokens = unit.tokens
    chars = [_chars(text, unit, piece) for piece in draft.content]
    content = [piece for piece in chars if piece[0] < piece[1]]
    first = min(subject[0], cue.first, *(piece[0] for piece in draft.content))
    last = max(cue.last, subject[1], *(piece[1] for piece in draft.content))
    return Draft(
        number,
        (tokens[subject[0]].start, _word_end(tokens[subject[1]])),
        (tokens[cue.first].start, tokens[cue.last].end),
        content,
        cue.verb.lemma,
        cue.verb.act,
        _range(tokens, draft.target),
        [span for span in (_range(tokens, relay) for relay in draft.relays) if span],
        (tokens[first].start, _chars(text, unit, (first, last))[1]),
    )


@dataclass
class _Found:
    content: list[Range]
    target: Range | None = None
    relays: list[Range] = field(default_factory=list)


def _range(tokens: Sequence[Token], span: Range | None) -> Range | None:
    return None if span is None else (tokens[span[0]].start, _word_end(tokens[span[1]]))


def _word_end(token: Token) -> int:
    """The end of a word without its genitive."""
    if token.possessive:
        return token.end - (2 if token.lower.endswith("'s") else 1)
    return token.end


def _chars(text: str, unit: Unit, piece: Range) -> Range:
    """Offsets of a content piece: marks, blanks and end stops at its edges dropped."""
    start, end = unit.tokens[piece[0]].start, unit.tokens[piece[1]].end
    while start < end and (text[start] in " ,;:—–-.…" or text[start] in QUOTES):
        start += 1
    while end > start and (text[end - 1] in " ,;:—–-.…" or text[end - 1] in QUOTES):
        if (
            text[end - 1] == "."
            and re.search(r"(?:\b[A-Z]\.|\b[A-Z][a-z]{1,3}\.)$", text[max(start, end - 5) : end])
            and "." in text[max(start, end - 5) : end - 1]
        ):
            break
        end -= 1
    return start, end


def _subject(unit: Unit, cue: Cue, earlier: Range | None, floor: int) -> tuple[Range | None, bool]:
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
        if behind and _inverts(unit, cue, behind, before):
            return behind, True
    found = subject_before(tokens, cue.first, floor)
    if found and any(quoted[i] for i in range(found[0], found[1] + 1)):
        found = None
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


def _inverts(unit: Unit, cue: Cue, behind: Range, before: int) -> bool:
    """Whether "said the envoy" is inverted: words stand before it and the phrase ends the clause."""
    tokens = unit.tokens
    if before < 0:
        return False
    if tokens[behind[0]].lower in {"that", "it", "there", "no", "nothing"}:
        return False
    after = behind[1] + 1
    while after < len(tokens) and (is_time_word(tokens[after]) or tokens[after].lower in {"in", "at", "of"}):
        after += 1
    return (
        after >= len(tokens)
        or not tokens[after].is_word
        or tokens[after].lower in words("prepositions") | {"who", "as", "and"}
    )


def _limit(unit: Unit, cue: Cue, later: Sequence[Cue]) -> int:
    """The last token that the content of a cue may reach: before a participle or a second verb of the same subject."""
    tokens = unit.tokens
    end = next(
        (i for i in range(cue.last, len(tokens)) if tokens[i].text == ";" and not unit.quoted[i]), len(tokens)
    )
    for other in later:
        if other.first > end:
            break
        before = other.first - 1
        while before > cue.last and (
            is_adverb(tokens[before]) or tokens[before].lower in {"has", "have", "had", "while"}
        ):
            before -= 1
        if other.verb.tense == "ing" and tokens[before].text in {",", "—", "–"}:
            return before - 1
        if (
            tokens[before].lower in {"and", "but"}
            and other.verb.tense == cue.verb.tense
            and cue.verb.tense in {"s", "ed"}
        ):
            if not _that_before(tokens, cue.last, before):
                return before - (2 if tokens[before - 1].text == "," else 1)
    return _last_word(tokens, end - 1)


def _that_before(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a that-clause opens between: its verbs are part of what is said."""
    following = tokens[start + 1].lower if start + 1 < end else ""
    return following == "that" or following in words("pronouns")


def _last_word(tokens: Sequence[Token], last: int) -> int:
    while last > 0 and not tokens[last].is_word:
        last -= 1
    return last


# ------------------------------------------------------------------ content by frame


def _draft(unit: Unit, cue: Cue, subject: Range, inverted: bool, limit: int) -> _Found | None:
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
        return _clause(unit, cue, first, after, limit, inverted)
    return None


def _object_frames(unit: Unit, after: int, limit: int, frames: frozenset[str]) -> _Found | None:
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
        and not ("that" in frames and _is_clause(unit, after, limit))
    ):
        return _piece(after, limit)
    return None


def _piece(first: int, last: int) -> _Found | None:
    return _Found([(first, last)]) if first <= last else None


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


def _addressed(unit: Unit, first: int, limit: int, particles: set[str]) -> _Found | None:
    """An addressee, a particle, and what is asked of him or charged to him."""
    tokens = unit.tokens
    for index in range(first if "as" in particles else first + 1, min(limit, first + 24)):
        token = tokens[index]
        if (
            token.lower in particles
            and not unit.quoted[index]
            and _goes_with(tokens, index, limit, particles)
        ):
            return _Found([(index + 1, limit)], target=(first, index - 1) if index > first else None)
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


def _told(unit: Unit, after: int, limit: int) -> _Found | None:
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
    content = _content_range(unit, start, limit)
    if content is None:
        return None
    audience = tokens[after].lower in words("audiences") and not any(
        t.is_name for t in tokens[after : addressee_end + 1]
    )
    return _Found([content], relays=[] if audience else [(after, addressee_end)])


def _content_range(unit: Unit, first: int, limit: int) -> Range | None:
    """A content that starts at or behind `first`: marks passed over, a quotation at its head ends it if nothing follows on."""
    while first <= limit and not unit.tokens[first].is_word:
        first += 1
    if first > limit:
        return None
    return first, _end_of_quote(unit, first, limit)


def _end_of_quote(unit: Unit, first: int, limit: int) -> int:
    """Where a content that opens with a quotation ends: with it, unless the clause runs on without a comma."""
    if not unit.quoted[first]:
        return limit
    last = first
    while last < limit and (unit.quoted[last + 1] or unit.tokens[last + 1].text in QUOTES):
        last += 1
        if not unit.quoted[last]:
            break
    following = last + 1
    inner = _last_word(unit.tokens, last)
    sentence_end = unit.tokens[inner + 1].text in ".,!?…" if inner + 1 < len(unit.tokens) else True
    if following > limit or sentence_end or unit.tokens[following].text in ",.;—–":
        return inner
    return limit


def _clause(unit: Unit, cue: Cue, first: int, after: int, limit: int, inverted: bool) -> _Found | None:
    """A clause or quotation behind the cue, or before it, or around it."""
    tokens = unit.tokens
    if not inverted and "told" in cue.verb.frames and first > 0 and not tokens[first - 1].is_word:
        while after <= limit and tokens[after].is_word:
            after += 1
    start = after if inverted else _skip_adverbials(unit, after, limit)
    ends = start > limit or tokens[start].text in ",.;—–" or inverted
    if not inverted and start <= limit and tokens[start].text == "," and _parenthetical(unit, first):
        return _around(unit, first, start, limit)
    if not ends or (not inverted and start <= limit and _introduces(unit, start, limit)):
        while start <= limit and (tokens[start].text in ",:" or tokens[start].lower == "that"):
            start += 1
        content = _content_range(unit, start, limit)
        if content is None or not _says_something(unit, content, cue):
            return None
        return _Found([content])
    return _around(unit, first, start, limit)


def _parenthetical(unit: Unit, first: int) -> bool:
    """Whether words that can be a part of what is said stand before an attribution, set off by a comma."""
    before = _last_word(unit.tokens, first - 1) if first else -1
    if before < 0 or unit.tokens[first - 1].is_word:
        return False
    opening = unit.tokens[_piece_start(unit, before)]
    return unit.quoted[before] or not (
        opening.lower in words("prepositions") | words("openers") | words("subordinators")
        or is_time_word(opening)
        or is_adverb(opening)
    )


def _introduces(unit: Unit, start: int, limit: int) -> bool:
    """Whether a comma or colon behind a cue leads to a quotation or a that-clause."""
    if unit.tokens[start].text not in ",:" or start + 1 > limit:
        return False
    following = unit.tokens[start + 1]
    return following.text in QUOTES or following.lower == "that" or unit.tokens[start].text == ":"


def _says_something(unit: Unit, content: Range, cue: Cue) -> bool:
    """Whether what follows a cue can be what was said: a quotation, a that-clause, or a clause with a verb of its own."""
    tokens = unit.tokens
    head = tokens[content[0]].lower
    if (
        any(unit.quoted[content[0] : content[1] + 1])
        or tokens[content[0] - 1].lower == "that"
        or tokens[content[0] - 1].text == ":"
    ):
        return True
    if head in {"whether", "what", "how", "why", "who", "when"} and content[1] > content[0]:
        return head == "whether" or cue.verb.lemma in {"ask", "wonder", "inquire", "want_to_know", "explain"}
    if head in words("prepositions") - {"under", "without", "despite", "between"} or head in words(
        "subordinators"
    ) - {"if", "unless", "while", "no"}:
        return False
    return _is_clause(unit, *content)


def _is_clause(unit: Unit, first: int, last: int) -> bool:
    """Whether a noun phrase with a finite verb opens here, before any mark."""
    for index in range(first, last + 1):
        token = unit.tokens[index]
        if token.lower in {"that", "which", "who"} and index > first:
            return False
        if index > first and (is_finite(token) or (token.lower.endswith("ed") and index > first)):
            return True
        if token.text in ",;:" and index - first > 12:
            return False
    return False


def _skip_adverbials(unit: Unit, index: int, limit: int) -> int:
    """Pass over "on Friday", "in a statement late on Friday" between a cue and its content."""
    tokens = unit.tokens
    if index <= limit and tokens[index].text == ",":
        for ahead in range(index + 2, min(limit, index + 14) + 1):
            if tokens[ahead].text == "," and ahead < limit and tokens[ahead + 1].lower == "that":
                return ahead + 1
    if index <= limit and (
        tokens[index].lower in words("prepositions")
        or is_time_word(tokens[index])
        or is_adverb(tokens[index])
    ):
        for ahead in range(index, min(limit, index + 16) + 1):
            token = tokens[ahead]
            if token.lower == "that" or token.text in QUOTES or token.text == ":":
                return ahead
            if token.text in ",;" or (is_finite(token) and ahead > index):
                break
        while index <= limit and (
            is_time_word(tokens[index])
            or is_adverb(tokens[index])
            or (
                tokens[index].lower in {"on", "in", "at", "late", "during"}
                and index < limit
                and is_time_word(tokens[index + 1])
            )
        ):
            index += 1
        if index <= limit and tokens[index].lower in {
            "in",
            "at",
            "during",
            "after",
            "from",
            "through",
            "by",
            "via",
        }:
            for ahead in range(index, min(limit, index + 16) + 1):
                if tokens[ahead].text in ",.":
                    return ahead
            if limit - index < 14 and not _is_clause(unit, index, limit):
                return limit + 1
    return index


def _around(unit: Unit, first: int, after: int, limit: int) -> _Found | None:
    """Content before an attribution that trails it, with the piece behind it if the sentence goes on."""
    tokens = unit.tokens
    before = first - 1
    if before < 0 or tokens[before].is_word:
        return None
    last = _last_word(tokens, before)
    start = _piece_start(unit, last)
    pieces: list[Range] = []
    if start <= last and (last - start >= 2 or unit.quoted[last]):
        pieces.append((start, last))
    if after < limit and tokens[after].text in ",—–" and _resumes(unit, after + 1, limit):
        resumed = _content_range(unit, after + 1, limit)
        if resumed:
            pieces.append(resumed)
    return _Found(pieces) if pieces and pieces[0][1] < first else None


def _resumes(unit: Unit, index: int, limit: int) -> bool:
    """Whether the words behind a comma go on with what was said."""
    token = unit.tokens[index]
    if token.text in QUOTES:
        return True
    if any(unit.quoted) or token.lower.endswith("ing"):
        return False
    return (
        token.lower not in {"who", "which", "as", "after", "while", "when", "in", "at", "where", "citing"}
        and limit - index >= 2
    )


def _piece_start(unit: Unit, last: int) -> int:
    """Where the content that ends at `last` starts: with its quotation if it is quoted, else with the unit."""
    if not unit.quoted[last]:
        return 0
    start = last
    while start > 0 and unit.quoted[start - 1]:
        start -= 1
    outside = [
        token
        for token, quoted in zip(unit.tokens[:start], unit.quoted[:start])
        if token.is_word and not quoted
    ]
    return (
        0
        if outside
        and len(outside) <= 12
        and any(is_finite(t) or t.is_word for t in outside)
        and not _attributed(unit, start)
        else start
    )


def _attributed(unit: Unit, start: int) -> bool:
    """Whether a cue already stands before a quotation."""
    return bool(find_cues(unit.tokens[:start], unit.quoted[:start]))


# ------------------------------------------------------------------ other ways to attribute


def _according(text: str, unit: Unit, number: int, found: list[Draft]) -> list[Draft]:
    """ "According to X, ..." and "..., according to X"; behind a statement it names a relay of it."""
    tokens = unit.tokens
    drafts = []
    for index in range(len(tokens) - 2):
        if tokens[index].lower != "according" or tokens[index + 1].lower != "to" or unit.quoted[index]:
            continue
        last = index + 2
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].is_word
            and tokens[last + 1].lower not in words("subordinators")
        ):
            last += 1
        speaker = (index + 2, last)
        placed = [draft for draft in found if draft.clause[0] < tokens[index].start]
        if index > 0 and placed:
            placed[-1].relays.append((tokens[speaker[0]].start, _word_end(tokens[speaker[1]])))
            for piece, (start, end) in enumerate(placed[-1].content):
                if start < tokens[index].start < end:
                    placed[-1].content[piece] = _chars(text, unit, (_index_at(tokens, start), index - 1))
            continue
        end = _last_word(tokens, len(tokens) - 1)
        content = (last + 2, end) if index <= 2 else (0, _last_word(tokens, index - 1))
        if content[0] > content[1] or (index > 2 and last + 2 < end - 3 and tokens[last + 1].text == ","):
            if content[0] > content[1]:
                continue
        pieces = [content]
        if index > 2 and last + 1 < len(tokens) and tokens[last + 1].text == "," and end - last > 3:
            pieces.append((last + 2, end))
        drafts.append(
            Draft(
                number,
                (tokens[speaker[0]].start, _word_end(tokens[speaker[1]])),
                (tokens[index].start, tokens[index + 1].end),
                [_chars(text, unit, piece) for piece in pieces],
                "according",
                clause=(unit.start, _chars(text, unit, (0, end))[1]),
            )
        )
    return drafts


def _index_at(tokens: Sequence[Token], offset: int) -> int:
    return next(i for i, token in enumerate(tokens) if token.end > offset)


def _labelled(text: str, unit: Unit, number: int) -> list[Draft]:
    """ "NAME: words" at the head of a paragraph: a headline or a transcript's turn."""
    if not unit.opens_paragraph:
        return []
    match = LABEL.match(text, unit.start, unit.end)
    if not match or len(match.group(1).split()) > 6:
        return []
    label = match.group(1)
    known = {word.lower().strip(".,") for word in label.split()} & roles("persons") or label.isupper()
    headline = (
        unit.end == unit.paragraph[1] and text[unit.start : unit.end].rstrip("\"”’' ")[-1] not in ".!?,"
    )
    if label.split()[0].lower() in words("pronouns") or find_cues(
        unit.tokens[: len(label.split())], unit.quoted
    ):
        return []
    quoted = text[match.end()] in QUOTES
    if not (known or (headline and quoted)):
        return []
    start, end = match.end(), unit.paragraph[1] if not headline else unit.end
    while end > start and (text[end - 1] in " .,;" or text[end - 1] in QUOTES):
        end -= 1
    while start < end and text[start] in QUOTES:
        start += 1
    colon = match.start() + len(label)
    return [
        Draft(
            number,
            (match.start(), colon),
            (colon, colon + 1),
            [(start, end)],
            ":",
            clause=(match.start(), end),
        )
    ]


def _continuation(unit: Unit, number: int, found: list[Draft], units: Sequence[Unit]) -> list[Draft]:
    """A quotation with no cue: the rest of the statement before it in its paragraph, or its speaker's next words."""
    start, end = unit.tokens[0].start, unit.tokens[-1].end
    words_here = [token for token in unit.tokens if token.is_word]
    if not words_here:
        return []
    piece = (words_here[0].start, words_here[-1].end)
    if (
        found
        and found[-1].unit == number - 1
        and units[number - 1].paragraph == unit.paragraph
        and found[-1].content
    ):
        found[-1].content.append(piece)
        return []
    if len(words_here) < 5:
        return []
    return [Draft(number, None, None, [piece], clause=(start, end), goes_on=True)]
