"""Needs: preconditions, with whose they are, what waits, and what has to come first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from parley.model import Article, Mention, Need, Statement, row_id
from parley.reader.extents import Range
from parley.reader.grammar import tokenize, words
from parley.reader.holders import Heard, holder_of
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

LONGEST = 16  # words of a deed's phrase
EDGES = ' ,.;:—–"“”‘’'
YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to say that something waits: words of which one has to stand there, and the pattern."""

    words: re.Pattern[str]
    pattern: re.Pattern[str]
    hopeful: bool  # a warning shares it


@cache
def _wordings() -> tuple[_Wording, ...]:
    listed = vocabulary("needs")
    return tuple(
        _Wording(
            re.compile(rf"\b(?:{one['words']})", re.I),
            re.compile(_filled(one["find"], listed["parts"])),
            "hopeful" in one,
        )
        for one in listed["patterns"]
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """A pattern with its parts put in."""
    return re.sub(r"\{(\w*[a-z]\w*)\}", lambda match: parts[match[1]], pattern)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(vocabulary("needs")[key], re.I)


def read_needs(
    article: Article, statements: Sequence[Statement], cast: Cast, mentions: Sequence[Mention]
) -> tuple[Need, ...]:
    """Need rows, at most one to a segment of a sentence; the span is the segment."""
    heard = Heard(article, statements, cast, mentions)
    found: list[Need] = []
    for start, end in sentences(article.text):
        before = found[-1] if found and found[-1].end > start - 3 else None
        for at in _segments(article.text, start, end):
            found += _in_segment(heard, at)
        if before and before is found[-1]:
            found += _further(article, before, (start, end))
    return tuple(found)


def _segments(text: str, start: int, end: int) -> Iterator[Range]:
    """The stretches of a sentence between its semicolons; the sentence itself where it has none."""
    at = start
    for match in re.finditer(r";\s+", text[start:end]):
        yield at, start + match.start()
        at = start + match.end()
    yield at, end


def _in_segment(heard: Heard, at: Range) -> list[Need]:
    """The needs of a segment: one for each half that has its own, else that of the whole."""
    start, end = at
    whole = _first(heard, at)
    if whole is None:
        return []
    for match in _pattern("halves").finditer(heard.article.text, start, end):
        before, behind = (start, match.start()), (match.end(), end)
        halves = [need for half in (before, behind) if (need := _first(heard, half))]
        if len(halves) == 2:
            return halves
    return [whole]


def _first(heard: Heard, at: Range) -> Need | None:
    """The need of the first wording that fits a stretch."""
    segment = heard.article.text[slice(*at)]
    if _pattern("not_needs").search(segment) or segment.rstrip(EDGES).endswith("?"):
        return None
    warns = _pattern("warns").search(segment) is not None
    for wording in _wordings():
        if not (wording.hopeful and warns) and wording.words.search(segment):
            match = wording.pattern.search(segment)
            need = match and _need(heard, at, match)
            if need:
                return need
    return None


def _need(heard: Heard, at: Range, match: re.Match[str]) -> Need | None:
    """The need that a wording finds, each phrase cut to the words of whoever states it."""
    article, (start, end) = heard.article, at
    waits = "act" if match["act"] else "act2"
    turn = start + max(match.start(waits), match.start("needs"))
    inner = innermost(heard.statements, turn)
    act = _within(article.text, start + match.start(waits), start + match.end(waits), inner, turn)
    needs = _within(article.text, start + match.start("needs"), start + match.end("needs"), inner, turn)
    act, needs = _deed(act, head=match.start(waits) > match.start("needs")), _deed(needs, head=True)
    if not act or not needs or _says_nothing(act) or _says_nothing(needs):
        return None
    by = start + match.start("by") if match.groupdict().get("by") else None
    waiting = (start + match.start(waits), start + match.end(waits))
    holder = holder_of(heard, at, inner, waiting, by)
    all_of, any_of = _joined(needs)
    row = row_id("need", article.id, [at], "need")
    return Need(
        row, article.id, holder, act, needs, start, end, article.text[start:end], all_of=all_of, any_of=any_of
    )


def _joined(needs: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(phrases that all have to come, phrases of which one has to): both empty where one thing has to come first."""
    either = [part.strip(EDGES) for part in _pattern("any_of").split(needs)]
    if len(either) > 1 and all(either):
        return (), tuple(either)
    every = [part.strip(EDGES) for part in _pattern("all_of").split(needs)]
    return (tuple(every), ()) if len(every) > 1 and all(every) else ((), ())


def _further(article: Article, before: Need, at: Range) -> Iterator[Need]:
    """What the sentence behind a need demands as well: the same deed waits for it."""
    match = _pattern("further").search(article.text[slice(*at)])
    if match and (match["add"] or match["also"]):
        row = row_id("need", article.id, [at], "need")
        yield Need(
            row,
            article.id,
            before.holder,
            before.act,
            _deed(match["needs"], head=True),
            *at,
            article.text[slice(*at)],
        )


def innermost(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The shortest statement in whose words an offset lies; a guarantee is asked for, nobody's words."""
    around = [
        s
        for s in statements
        if any(piece.start <= offset < piece.end for piece in s.content)
        and not (s.cue and _pattern("guarantees").search(s.cue.text))
    ]
    return min(around, key=lambda s: sum(piece.end - piece.start for piece in s.content), default=None)


def _within(text: str, start: int, end: int, statement: Statement | None, turn: int) -> str:
    """A stretch cut to the piece of a statement that the condition stands in, if it reaches into it."""
    for piece in statement.content if statement else ():
        if piece.start <= turn < piece.end and start < piece.end and end > piece.start:
            return text[max(start, piece.start) : min(end, piece.end)]
    return text[start:end]


def _deed(text: str, head: bool) -> str:
    """A deed as a short phrase: the leading words of what comes first, the trailing ones of what waits."""
    plain = _pattern("aside").sub("", text.strip(EDGES))
    parts = _pattern("next_clause").split(plain)
    phrase = parts[0].strip(EDGES) if head else _pattern("reported").sub("", parts[-1].strip(EDGES))
    while shorter := _pattern("lead").match(phrase):
        if len(phrase[shorter.end() :].split()) < 2:
            break
        phrase = phrase[shorter.end() :]
    found = phrase.split()
    if len(found) > LONGEST:
        found = found[:LONGEST] if head else found[-LONGEST:]
    idle = (words("prepositions") - words("particles")) | words("determiners")
    while found and found[-1].lower() in idle:
        found.pop()
    return " ".join(found)


def _says_nothing(phrase: str) -> bool:
    """Whether a phrase names no more than a time or a pronoun, or opens with a time: "the end of the month", "it"."""
    idle = words("determiners") | words("prepositions") | words("pronouns") | words("adverbs")
    found = [token for token in tokenize(phrase, 0, len(phrase)) if token.lower not in idle]
    times = words("days") | words("months") | words("spans_of_time")
    timed = [token.lower in times or YEAR.fullmatch(token.text) is not None for token in found]
    rest = [token for token, is_time in zip(found, timed) if not is_time]
    if not rest or (len(rest) < len(found) and all(token.text[0].isdigit() for token in rest)):
        return True
    return _pattern("names_nothing").match(phrase) is not None
