"""Statements: drafts with their speakers resolved, their relays, their kind and the day the words were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from parley.model import Article, Mention, Span, Statement, Time, row_id, span_of
from parley.reader.chains import with_chains, within
from parley.reader.extents import Draft
from parley.reader.nesting import outer_drafts
from parley.reader.quotes import Quoted, quotations
from parley.reader.speakers import Cast
from parley.reader.units import Unit

LETTERS = re.compile(r"\w")


def resolve(
    article: Article,
    drafts: Sequence[Draft],
    units: Sequence[Unit],
    mentions: Sequence[Mention],
    times: Sequence[Time],
) -> tuple[Statement, ...]:
    """Statement rows, one per draft, in text order; drafts whose content is empty are left out."""
    cast = Cast(article.text, mentions, article.outlet)
    quoted = Quoted(quotations(article.text))
    found: list[Statement] = []
    placed = [draft for draft in drafts if draft.content]
    outers = outer_drafts(article.text, placed)
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    for draft, outer in zip(placed, outers):
        name = _name(article.text, draft, cast, found)
        if outer is None and draft.speaker:
            cast.hear(draft.speaker[0], name, article.text[slice(*draft.speaker)])
        spans = tuple(draft.content)
        seen[spans] = seen.get(spans, -1) + 1
        found.append(
            Statement(
                row_id("stm", article.id, spans, "statement", seen[spans]),
                article.id,
                _span(article.text, draft.speaker),
                name,
                _span(article.text, draft.cue),
                tuple(span_of(article.text, *piece) for piece in spans),
                _kind(article.text, spans, quoted, draft),
                (),
                _day(draft, units[draft.unit], times),
            )
        )
    first_line = article.text.find("\n")
    found = with_chains(article, placed, outers, units, found, cast, mentions)
    return tuple(
        replace(one, speaker_name=_next_name(found, at))
        if not one.speaker_name and one.content[0].end <= first_line
        else one
        for at, one in enumerate(found)
    )


def _next_name(found: Sequence[Statement], at: int) -> str:
    """Who speaks next: a headline's quotation comes before its speaker is named."""
    return next((one.speaker_name for one in found[at:] if one.speaker_name), "")


def _span(text: str, at: tuple[int, int] | None) -> Span | None:
    return None if at is None else span_of(text, *at)


def _name(text: str, draft: Draft, cast: Cast, found: list[Statement]) -> str:
    if draft.speaker is None:
        return found[-1].speaker_name if found else ""
    return cast.resolve(text[slice(*draft.speaker)], *draft.speaker)


def _kind(text: str, spans: Sequence[tuple[int, int]], quoted: Quoted, draft: Draft) -> str:
    """direct: all of it in quotation marks; mixed: some; indirect: none."""
    letters = sum(len(LETTERS.findall(text[start:end])) for start, end in spans)
    inside = [part for start, end in spans for part in quoted.within(start, end)]
    marked = sum(len(LETTERS.findall(text[start:end])) for start, end in inside)
    if draft.verb == ":" and not marked:
        return "direct"
    if marked >= 0.97 * letters:
        return "direct"
    return "mixed" if any(len(text[start:end].split()) > 1 for start, end in inside) else "indirect"


def _day(draft: Draft, unit: Unit, times: Sequence[Time]) -> date | None:
    """The day on which it was said, where a time outside the content names a single one."""
    for time in times:
        if (
            unit.start <= time.at[0] < unit.end
            and time.start is not None
            and time.start == time.end
            and not within(time.at[0], draft)
        ):
            return time.start
    return None
