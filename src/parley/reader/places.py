"""Places: names behind a preposition of place, datelines, and states that are spoken of as places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.model import Article, Mention, Place, row_id

WHERE = re.compile(
    r"\b(?:in|at|near|from|outside|around|inside|into|across|through|towards?|(?:north|south|east|west) of|(?:city|town|village|port|valley|province|district|region|island) of)\s+(?:the\s+)?$"
)


def read_places(article: Article, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Place rows in text order: what a preposition or the date line shows to be a place, wherever it stands."""
    named = {mention.text for mention in mentions if mention.kind == "place"}
    if article.dateline:
        named |= {article.dateline, article.dateline.title()}
    found = []
    for mention in mentions:
        where = WHERE.search(article.text[max(0, mention.start - 30) : mention.start]) is not None
        if mention.text in named or (where and mention.kind in {"state", "unknown"}):
            spans = [(mention.start, mention.end)]
            found.append(
                Place(
                    row_id("plc", article.id, spans, "place"),
                    article.id,
                    *spans[0],
                    mention.text,
                    mention.name,
                )
            )
    return tuple(found)
