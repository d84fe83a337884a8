"""Check first, as a page: the queue of what is worth a look, each with a link to what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import day
from parley.check import Check

GROUPS = {
    0: "Days that were guessed",
    1: "Days from your table, not in the text",
    2: "Days from the page, not in the text",
    3: "Disputed",
    4: "One voice in several reports",
    5: "Side unclear",
    6: "Speaker not resolved",
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Something worth a look; `source` is None where it is a relation between figures, which `href` leads to."""

    group: str
    words: str
    why: str
    hangs: int
    source: Source | None
    href: str
    row: str  # its id


def check_rows(look: Lookup, queue: Iterable[Check], links: Mapping[str, str]) -> tuple[CheckRow, ...]:
    """The queue in its order. `links`: those of the relations between figures."""
    return tuple(_row(look, one, links) for one in queue)


def _row(look: Lookup, one: Check, links: Mapping[str, str]) -> CheckRow:
    if one.row in look.articles:
        article, source = look.articles[one.row], look.report(one.row)
        words = f"{article.outlet}, {day(article.published) or 'no day known'}"
    elif one.row in look.figures:
        figure = look.figures[one.row]
        source, words = look.source(figure), "".join(look.around(figure.article, figure.start, figure.end))
    elif one.row in look.statements:
        statement = look.statements[one.row]
        source, words = look.source(statement), f"{look.speaker(statement)}: “{look.told(statement).words}”"
    else:
        return CheckRow(
            GROUPS[one.rank], look.veil(one.words), one.why, one.hangs, None, links[one.row], one.row
        )
    return CheckRow(GROUPS[one.rank], words, one.why, one.hangs, source, source.href, one.row)
