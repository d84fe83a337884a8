"""Places: names behind a preposition of place, datelines, and states that are spoken of as places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.model import Article, Mention, Place, row_id
from parley.vocabulary import vocabulary


def read_places(article: Article, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Place rows in text order: what a preposition or the date line shows to be a place, wherever it stands."""
    named = {mention.text for mention in mentions if mention.kind == "place"}
    if article.dateline:
        named |= {article.dateline, article.dateline.title()}
    before = vocabulary("roles")["maybe_places"]
    found = []
    for mention in mentions:
        where = re.search(before, article.text[max(0, mention.start - 30) : mention.start]) is not None
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
