"""Acts: what parties do to one another, read off what they say and off what is told as having happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from parley.model import Act, Article, Place, Statement, Time, row_id
from parley.reader.events import Event, read_events
from parley.reader.extents import Draft
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

DEADLINE = re.compile(r"\b(?:by|until|till|before|since|after|from)\s+(?:the\s+)?$", re.I)
LONG = 1.6  # how much longer than the words a clause may be to be shown whole
EDGES = ' .,;:!?"”’'


@cache
def _said() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.I), act) for pattern, act in vocabulary("acts")["said"])


def read_acts(
    article: Article,
    units: Sequence[Unit],
    drafts: Sequence[Draft],
    statements: Sequence[Statement],
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
) -> tuple[Act, ...]:
    """Act rows in text order: one for each speech act, and one for each event that is told."""
    found: list[Act] = []
    for draft, statement in zip(drafts, statements):
        said = _speech_acts(article, draft, statement, cast)
        found += (replace(act, date=statement.date) for act in said)
    for unit in units:
        for event in read_events(article, unit, cast):
            inside = next((s for s in statements if _tells(s, event.verb)), None)
            day = _day(article, unit, event, inside, times)
            act = _act(
                article, event.actor, event.label, None, event.start, event.end, inside.id if inside else None
            )
            found.append(replace(act, date=day))
    found.sort(key=lambda act: (act.start, act.end, act.act))
    return tuple(_numbered(article, _placed(_distinct(found), units, places)))


def _day(
    article: Article, unit: Unit, event: Event, inside: Statement | None, times: Sequence[Time]
) -> date | None:
    """The day of an event: the single past day that stands nearest to its verb, in the same words or outside as it is."""
    found = [
        (abs(time.at[0] - event.verb), time.start)
        for time in times
        if unit.start <= time.at[0] < unit.end
        and time.start is not None
        and time.start == time.end
        and (article.published is None or time.start <= article.published)
        and (inside is not None) == _tells_any(inside, time.at[0])
        and not DEADLINE.search(article.text[unit.start : time.at[0]])
    ]
    return min(found)[1] if found else None


def _tells_any(statement: Statement | None, offset: int) -> bool:
    return statement is not None and _tells(statement, offset)


def _tells(statement: Statement, offset: int) -> bool:
    """Whether an offset lies in what a statement says."""
    return any(piece.start <= offset < piece.end for piece in statement.content)


def _speech_acts(article: Article, draft: Draft, statement: Statement, cast: Cast) -> Iterator[Act]:
    """The act that a cue is by itself, else one for each sentence of the content whose words make it one."""
    if draft.act:
        label = _by_frame(draft, article.text[slice(*draft.content[0])])
        target = cast.resolve(article.text[slice(*draft.target)], *draft.target) if draft.target else None
        yield _act(article, statement.speaker_name, label, target, *_extent(draft), statement.id)
        return
    if statement.kind == "indirect":
        label = label_of(" … ".join(article.text[slice(*piece)] for piece in draft.content))
        if label:
            yield _act(article, statement.speaker_name, label, None, *_extent(draft), statement.id)
        return
    for piece in draft.content:
        for start, end in _clauses(article.text, *piece):
            label = label_of(article.text[start:end])
            if label:
                yield _act(article, statement.speaker_name, label, None, start, end, statement.id)


def _extent(draft: Draft) -> tuple[int, int]:
    """The clause from its subject on; where an apposition makes it much longer than what is said, from the cue or content."""
    start, end = draft.clause
    said = draft.content[0][0], max(piece[1] for piece in draft.content)
    if end - start <= LONG * (said[1] - said[0]):
        return start, end
    return (min(draft.cue[0], said[0]) if draft.cue and draft.act else said[0]), max(end, said[1])


def label_of(said: str) -> str:
    """The act that words make by what they say; empty if none."""
    return next((act for pattern, act in _said() if pattern.search(said)), "")


def _by_frame(draft: Draft, content: str) -> str:
    """ "agreed to a plan" accepts it; "agreed to open" commits; everything else is what its verb is."""
    if draft.verb == "agree" and re.match(r"(?:the|a|an|this|that|these|those|its|his|her|their)\s", content):
        return "ACCEPT"
    return draft.act or ""


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a content, edges trimmed of marks."""
    for first, last in sentences(text[start:end]):
        stop = last
        while stop > first and text[start + stop - 1] in EDGES:
            stop -= 1
        yield start + first, start + stop


def _act(
    article: Article, actor: str, label: str, target: str | None, start: int, end: int, statement: str | None
) -> Act:
    return Act("", article.id, actor, label, target, start, end, article.text[start:end], statement=statement)


def _distinct(found: Sequence[Act]) -> list[Act]:
    """One act per label where extents overlap by half or more."""
    kept: list[Act] = []
    for act in found:
        twin = any(
            other.act == act.act
            and min(other.end, act.end) - max(other.start, act.start)
            > 0.5 * min(other.end - other.start, act.end - act.start)
            and other.actor == act.actor
            for other in kept[-4:]
        )
        if not twin:
            kept.append(act)
    return kept


def _placed(found: list[Act], units: Sequence[Unit], places: Sequence[Place]) -> Iterator[Act]:
    """Each act with the place that its sentence names."""
    unit_of = iter(units)
    unit = next(unit_of, None)
    for act in found:
        while unit is not None and unit.end <= act.start:
            unit = next(unit_of, None)
        if unit is None:
            yield act
            continue
        place = next((p.name for p in places if unit.start <= p.start < unit.end), None)
        yield replace(act, place=place)


def _numbered(article: Article, found: Iterator[Act]) -> Iterator[Act]:
    seen: dict[tuple[int, int, str], int] = {}
    for act in found:
        key = (act.start, act.end, act.act)
        seen[key] = seen.get(key, -1) + 1
        yield replace(act, id=row_id("act", article.id, [key[:2]], act.act, seen[key]))
