"""Texts that the reports name and the record does not hold: statements, the agreement, other outlets' reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import day
from parley.linking.text import fold
from parley.model import Act, Need, Statement
from parley.reader.names import roles
from parley.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A text that reports name: what it is, whose, and where it is named."""

    what: str
    whose: str
    day: str
    sources: tuple[Source, ...]


def not_held(look: Lookup) -> tuple[NotHeld, ...]:
    """Every text that is named and not held, one line each, in the order in which they are named."""
    found: dict[tuple[str, str, str], dict[str, Source]] = {}
    for what, whose, when, source in (*_agreement(look), *_statements(look), *_relays(look), *_credits(look)):
        found.setdefault((what, whose, when), {}).setdefault(source.mark, source)
    return tuple(NotHeld(*key, tuple(sources.values())) for key, sources in found.items())


Named = tuple[str, str, str, Source]


@cache
def _pattern(key: str) -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, vocabulary("documents")[key]))
    return re.compile(vocabulary("documents")["named"].replace("NOUNS", nouns), re.I)


def _agreement(look: Lookup) -> Iterator[Named]:
    """The agreement's own text, where no report is one and a row names it."""
    if any(article.kind == "agreement" for article in look.record.articles):
        return
    rows: list[Act | Need] = [*look.record.acts, *look.record.needs]
    for row in rows:
        match = _pattern("agreements").search(row.text)
        if match and not look.is_copy(row.article):
            yield "text of the agreement", "", "", look.source(row)


def _statements(look: Lookup) -> Iterator[Named]:
    """Statements, letters and messages that reports quote, where the record holds no text by that side."""
    held = {look.side(article.outlet) for article in look.record.articles if article.kind == "statement"}
    for statement in look.record.statements:
        article = look.articles[statement.article]
        if article.kind != "report" or look.is_copy(article.id) or look.side(look.speaker(statement)) in held:
            continue
        match = _pattern("issued").search(_frame(look, statement))
        if match:
            yield (
                match["noun"].lower(),
                look.speaker(statement),
                day(statement.date, short=True),
                look.source(statement),
            )


def _frame(look: Lookup, statement: Statement) -> str:
    """The sentence of a statement without what is said: who says it, and in what."""
    first = statement.content[0]
    sentence = look.sentence(statement.article, first.start)
    for piece in statement.content:
        sentence = sentence.replace(piece.text, " … ")
    return sentence


def _relays(look: Lookup) -> Iterator[Named]:
    """Media through which a statement came, where the record holds no report of theirs."""
    outlets = {fold(article.outlet) for article in look.record.articles}
    for statement in look.record.statements:
        for relay in statement.chain:
            words = set(re.findall(r"\w+", fold(relay)))
            medium = words & roles("relays") or words & {word.lower() for word in roles("outlets")}
            own = words & set(vocabulary("documents")["own"])
            if medium and not own and fold(relay) not in outlets:
                yield "report", relay, day(statement.date, short=True), look.source(statement)


def _credits(look: Lookup) -> Iterator[Named]:
    """Agencies that a report credits, where the record holds no report of theirs."""
    outlets = {fold(article.outlet) for article in look.record.articles}
    for article in look.record.articles:
        if article.credit and fold(article.credit) not in outlets:
            yield "report", article.credit, "", look.report(article.id)
