"""Needs: preconditions, with whose they are, what waits, and what has to come first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parley.model import Article, Need, Statement, row_id
from parley.reader.extents import Range
from parley.reader.grammar import is_finite, tokenize, words
from parley.reader.phrases import subject_before
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

LONGEST = 16  # words of a deed's phrase
EDGES = ' ,.;:—–"“”‘’'


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """(words of which one has to stand in a sentence, pattern): most sentences hold none, and patterns are slow to fail."""
    listed = vocabulary("needs")["patterns"]
    return tuple((re.compile(words, re.I), re.compile(pattern)) for words, pattern in listed)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(vocabulary("needs")[key], re.I)


def read_needs(article: Article, statements: Sequence[Statement], cast: Cast) -> tuple[Need, ...]:
    """Need rows, at most one a sentence; the span is the sentence."""
    found = []
    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        if _pattern("not_needs").search(sentence):
            continue
        for trigger, pattern in _patterns():
            match = trigger.search(sentence) and pattern.search(sentence)
            need = match and _need(article, statements, cast, (start, end), match)
            if need:
                found.append(need)
                break
    return tuple(found)


def _need(
    article: Article, statements: Sequence[Statement], cast: Cast, at: Range, match: re.Match[str]
) -> Need | None:
    """The need that a pattern finds, each phrase cut to the words of whoever states it."""
    start, end = at
    turn = start + max(match.start("act"), match.start("needs"))
    inner = _innermost(statements, turn)
    act = _within(article.text, start + match.start("act"), start + match.end("act"), inner, turn)
    needs = _within(article.text, start + match.start("needs"), start + match.end("needs"), inner, turn)
    act, needs = _deed(act, head=match.start("act") > match.start("needs")), _deed(needs, head=True)
    if not act or len(needs.split()) < 2 or _only_time(needs):
        return None
    holder = inner.speaker_name if inner else _subject(article, cast, start, end)
    row = row_id("need", article.id, [at], "need")
    return Need(row, article.id, holder, act, needs, start, end, article.text[start:end])


def _innermost(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The shortest statement in whose words an offset lies."""
    around = [s for s in statements if any(piece.start <= offset < piece.end for piece in s.content)]
    return min(around, key=lambda s: sum(piece.end - piece.start for piece in s.content), default=None)


def _within(text: str, start: int, end: int, statement: Statement | None, turn: int) -> str:
    """A stretch cut to the piece of a statement that the condition stands in, if it reaches into it."""
    for piece in statement.content if statement else ():
        if piece.start <= turn < piece.end and start < piece.end and end > piece.start:
            return text[max(start, piece.start) : min(end, piece.end)]
    return text[start:end]


def _subject(article: Article, cast: Cast, start: int, end: int) -> str:
    """Whose condition it is where nobody states it: the parties', the sentence's subject's, else the outlet's."""
    if article.kind == "agreement":
        return "the Parties"
    tokens = tokenize(article.text, start, end)
    for index, token in enumerate(tokens):
        subject = subject_before(tokens, index) if index and is_finite(token) else None
        if subject:
            span = (tokens[subject[0]].start, tokens[subject[1]].end)
            return cast.resolve(article.text[slice(*span)], *span)
    return article.outlet


def _deed(text: str, head: bool) -> str:
    """A deed as a short phrase: the leading words of what comes first, the trailing ones of what waits."""
    parts = _pattern("next_clause").split(text.strip(EDGES))
    phrase = parts[0 if head else -1].strip(EDGES)
    if not phrase:
        return ""
    while shorter := _pattern("lead").match(phrase):
        phrase = phrase[shorter.end() :]
    found = phrase.split()
    if len(found) > LONGEST:
        found = found[:LONGEST] if head else found[-LONGEST:]
    idle = (words("prepositions") - words("particles")) | words("determiners")
    while found and found[-1].lower() in idle:
        found.pop()
    return " ".join(found)


def _only_time(phrase: str) -> bool:
    """Whether a phrase names no more than a time: "the end of the month"."""
    found = tokenize(phrase, 0, len(phrase))
    plain = (
        words("days")
        | words("months")
        | words("determiners")
        | words("prepositions")
        | words("spans_of_time")
    )
    return all(token.lower in plain or token.text[0].isdigit() for token in found)
