"""Contents: the clause or quotation behind a cue, before it, or around it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.cues import Cue, find_cues
from parley.reader.extents import Content, Range, last_word
from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, is_time_word, words
from parley.reader.units import Unit


def clause_content(
    unit: Unit, cue: Cue, first: int, after: int, limit: int, inverted: bool
) -> Content | None:
    """A clause or quotation behind the cue, or before it, or around it."""
    tokens = unit.tokens
    if not inverted and "told" in cue.verb.frames and first > 0 and not tokens[first - 1].is_word:
        while after <= limit and tokens[after].is_word:
            after += 1
    start = after if inverted else _skip_adverbials(unit, after, limit)
    ends = start > limit or tokens[start].text in ",.;—–" or inverted
    if not inverted and start <= limit and tokens[start].text == "," and is_parenthetical(unit, first):
        return _around(unit, first, start, limit)
    if not ends or (not inverted and start <= limit and _introduces(unit, start, limit)):
        while start <= limit and (tokens[start].text in ",:" or tokens[start].lower == "that"):
            start += 1
        content = content_from(unit, start, limit)
        if content is None or not _says_something(unit, content, cue):
            return None
        return Content([content])
    return _around(unit, first, start, limit)


def content_from(unit: Unit, first: int, limit: int) -> Range | None:
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
    inner = last_word(unit.tokens, last)
    sentence_end = unit.tokens[inner + 1].text in ".,!?…" if inner + 1 < len(unit.tokens) else True
    if following > limit or sentence_end or unit.tokens[following].text in ",.;—–":
        return inner
    return limit


def is_parenthetical(unit: Unit, first: int) -> bool:
    """Whether words that can be a part of what is said stand before an attribution, set off by a comma."""
    before = last_word(unit.tokens, first - 1) if first else -1
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
    if cue.verb.lemma in words("only_that"):
        return False
    if head in {"whether", "what", "how", "why", "who", "when"} and content[1] > content[0]:
        return head == "whether" or cue.verb.lemma in {"ask", "wonder", "inquire", "want_to_know", "explain"}
    if head in words("prepositions") - {"under", "without", "despite", "between"} or head in words(
        "subordinators"
    ) - {"if", "unless", "while", "no"}:
        return False
    return is_clause(unit, *content)


def is_clause(unit: Unit, first: int, last: int) -> bool:
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
    if index > limit:
        return index
    if tokens[index].text == ",":
        return _behind_inserted(unit, index, limit)
    if not (
        tokens[index].lower in words("prepositions")
        or is_time_word(tokens[index])
        or is_adverb(tokens[index])
    ):
        return index
    opening = _content_mark(unit, index, limit)
    if opening is not None:
        return opening
    while index <= limit and _is_adverbial(tokens, index, limit):
        index += 1
    if index <= limit and tokens[index].lower in words("circumstances"):
        for ahead in range(index, min(limit, index + 16) + 1):
            if tokens[ahead].text in ",.":
                return ahead
        if limit - index < 14 and not is_clause(unit, index, limit):
            return limit + 1
    return index


def _behind_inserted(unit: Unit, comma: int, limit: int) -> int:
    """The "that" behind words set off by two commas, else the comma itself."""
    for ahead in range(comma + 2, min(limit, comma + 14) + 1):
        if unit.tokens[ahead].text == "," and ahead < limit and unit.tokens[ahead + 1].lower == "that":
            return ahead + 1
    return comma


def _content_mark(unit: Unit, index: int, limit: int) -> int | None:
    """The "that", quotation mark or colon that opens the content behind an adverbial."""
    for ahead in range(index, min(limit, index + 16) + 1):
        token = unit.tokens[ahead]
        if token.lower == "that" or token.text in QUOTES or token.text == ":":
            return ahead
        if token.text in ",;" or (is_finite(token) and ahead > index):
            return None
    return None


def _is_adverbial(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a token is a time, an adverb, or a preposition before a time."""
    if _opens_time(tokens, index, limit) or is_adverb(tokens[index]):
        return True
    before_time = index < limit and is_time_word(tokens[index + 1])
    return before_time and tokens[index].lower in words("before_times")


def _opens_time(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a time stands here: a day, or "the", "this" or "last" before one."""
    closed = tokens[index].lower in words("determiners") | words("prepositions") | {"last"}
    return is_time_word(tokens[index]) and (not closed or (index < limit and is_time_word(tokens[index + 1])))


def _around(unit: Unit, first: int, after: int, limit: int) -> Content | None:
    """Content before an attribution that trails it, with the piece behind it if the sentence goes on."""
    tokens = unit.tokens
    before = first - 1
    if before < 0 or tokens[before].is_word:
        return None
    last = last_word(tokens, before)
    start = _piece_start(unit, last)
    resumed = None
    if after < limit and tokens[after].text in ",—–" and _resumes(unit, after + 1, limit):
        resumed = content_from(unit, after + 1, limit)
    finite = resumed is not None and is_finite(tokens[resumed[0]])
    long_enough = last - start >= 2 or unit.quoted[last] or finite
    if start > last or last >= first or not long_enough:
        return None
    return Content([(start, last), resumed] if resumed else [(start, last)])


def _resumes(unit: Unit, index: int, limit: int) -> bool:
    """Whether the words behind a comma go on with what was said."""
    token = unit.tokens[index]
    if token.text in QUOTES or is_finite(token):
        return True
    if any(unit.quoted) or token.lower.endswith("ing"):
        return False
    return token.lower not in words("no_resumption") and limit - index >= 2


def _piece_start(unit: Unit, last: int) -> int:
    """Where the content that ends at `last` starts: with its quotation if it is quoted, else with the unit."""
    if not unit.quoted[last]:
        return 0
    start = last
    while start > 0 and unit.quoted[start - 1]:
        start -= 1
    outside = sum(unit.tokens[i].is_word and not unit.quoted[i] for i in range(start))
    return 0 if 0 < outside <= 12 and not _attributed(unit, start) else start


def _attributed(unit: Unit, start: int) -> bool:
    """Whether a cue already stands before a quotation."""
    return bool(find_cues(unit.tokens[:start], unit.quoted[:start]))
