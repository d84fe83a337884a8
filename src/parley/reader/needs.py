"""Needs: preconditions, with whose they are, what waits, and what has to come first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parley.model import Article, Need, Statement, row_id
from parley.reader.grammar import is_finite, tokenize, words
from parley.reader.phrases import subject_before
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

LONGEST = 18  # words of a deed's phrase
LEAD = re.compile(
    r"^(?:and|but|that|then|so|also|it|he|she|they|we|there|would|will|must|should|has|have|had|be|is|are|was|were|not|to|the group|only|both|either)\s+",
    re.I,
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in vocabulary("needs")["patterns"])


@cache
def _excluded() -> re.Pattern[str]:
    return re.compile(vocabulary("needs")["not_needs"], re.I)


def read_needs(article: Article, statements: Sequence[Statement], cast: Cast) -> tuple[Need, ...]:
    """Need rows, at most one a sentence; the span is the sentence."""
    found = []
    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        if _excluded().search(sentence):
            continue
        for pattern in _patterns():
            match = pattern.search(sentence)
            if match and len(match["act"].split()) and len(match["needs"].split()) > 1:
                holder = _holder(article, statements, cast, start, end, start + match.start("act"))
                act, needs = _phrase(match["act"], head=False), _phrase(match["needs"], head=True)
                found.append(
                    Need(
                        row_id("need", article.id, [(start, end)], "need"),
                        article.id,
                        holder,
                        act,
                        needs,
                        start,
                        end,
                        sentence,
                    )
                )
                break
    return tuple(found)


def _holder(
    article: Article, statements: Sequence[Statement], cast: Cast, start: int, end: int, at: int
) -> str:
    """Whose condition it is: the innermost speaker around it, else the sentence's subject, else the outlet."""
    inside = [
        statement
        for statement in statements
        if any(
            piece.start < end and piece.end > start and piece.start <= max(at, start) + 40
            for piece in statement.content
        )
    ]
    if inside:
        return min(
            inside, key=lambda statement: sum(piece.end - piece.start for piece in statement.content)
        ).speaker_name
    tokens = tokenize(article.text, start, end)
    for index, token in enumerate(tokens):
        if index and is_finite(token):
            subject = subject_before(tokens, index)
            if subject:
                span = (tokens[subject[0]].start, tokens[subject[1]].end)
                return cast.resolve(article.text[slice(*span)], *span)
    return article.outlet


def _phrase(text: str, head: bool) -> str:
    """A deed as a short phrase: the leading words of what comes first, the trailing ones of what waits."""
    phrase = text.strip(' ,.;:—–"“”‘’')
    phrase = re.split(
        r"[”“\"]?,\s+(?:and|but|which|who|while|as|after|according|he|she|they|it|the)\b", phrase
    )[0 if head else -1].strip(' ,”“"')
    while LEAD.match(phrase):
        phrase = LEAD.sub("", phrase, count=1)
    found = phrase.split()
    if len(found) > LONGEST:
        found = found[:LONGEST] if head else found[-LONGEST:]
    while found and found[-1].lower() in words("prepositions") | words("determiners"):
        found.pop()
    return " ".join(found)
