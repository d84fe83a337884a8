"""Third parties as reports name them: mediators, guarantors, monitors and others, each with the words that say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from parley.agreement.parties import Sides
from parley.model import Article, Mention, Record, ThirdParty, row_id
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

KINDS = frozenset({"organisation", "state", "person", "unknown"})
LISTED = re.compile(r"[\s,]*(?:(?:and|from|by|the|including|such as|namely|both|as well as)[\s,]+)*")
APPOSED = re.compile(
    r"(?:,\s+|\s+(?:is|was|are|were|acts?|acted|acting|serves?|served|serving)\s+(?:as\s+)?)"
    r"(?:(?:a|an|the|its|one|of|main|chief|lead|principal|independent|peace)\s+)*|\s+"
)


@cache
def _roles() -> list[tuple[str, re.Pattern[str]]]:
    roles = vocabulary("agreement")["third_parties"]
    return [(role, re.compile(rf"\b(?:{words})\b", re.I)) for role, words in roles.items()]


def find_third_parties(record: Record, sides: Sides) -> tuple[ThirdParty, ...]:
    """One row per name and role, with the first report's words; every report that says so is its evidence."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for actor in record.actors:
        for mention in actor.mentions:
            if mention.kind in KINDS:
                mentions[mention.article].append(mention)
    found: dict[tuple[str, str], list[tuple[Article, int, int]]] = {}
    for article in record.texts:
        here = sorted(mentions[article.id], key=lambda mention: (mention.start, mention.end))
        for role, name, start, end in _named(article, here):
            body = sides.of(name.text, article.id) or name.name
            if body not in sides.parties:
                found.setdefault((body, role), []).append((article, start, end))
    return tuple(
        _row(name, role, said) for (name, role), said in sorted(found.items(), key=lambda one: one[0])
    )


def _named(article: Article, mentions: Sequence[Mention]) -> Iterator[tuple[str, Mention, int, int]]:
    """(role, name, start, end) wherever a role stands before names or behind one."""
    for start, end in sentences(article.text):
        inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
        for role, shape in _roles() if inside else ():
            for match in shape.finditer(article.text, start, end):
                at = match.end()
                for mention in inside:
                    if mention.start >= at and LISTED.fullmatch(article.text, at, mention.start):
                        yield role, mention, match.start(), mention.end
                        at = mention.end
                at, shape_before = match.start(), APPOSED
                for mention in reversed(inside):
                    if mention.end <= at and shape_before.fullmatch(article.text, mention.end, at):
                        yield role, mention, mention.start, match.end()
                        at, shape_before = mention.start, LISTED


def _row(name: str, role: str, said: Sequence[tuple[Article, int, int]]) -> ThirdParty:
    article, start, end = said[0]
    return ThirdParty(
        row_id("third", article.id, [(start, end)], f"{role} {name}"),
        name,
        role,
        article=article.id,
        at=(start, end),
        text=article.text[start:end],
        evidence=tuple(dict.fromkeys(one.id for one, _, _ in said)),
    )
