"""Rows of the long tables: statements by side and speaker, figures, names, dated acts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from parley.briefing.drawings import Lane, Moment
from parley.briefing.first import COUNTED, SIDED
from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.wording import STATUS, UNITS, clipped, days, value
from parley.linking.actors import side_of
from parley.linking.text import fold
from parley.model import Act, Actor, Figure, Statement, Time

PAGE = 200  # rows to a page
LANES = 6  # actors with a line of their own in the drawing of days
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement under its side and speaker."""

    side: str
    speaker: str
    told: Told
    cue: str
    kind: str
    carried_by: int
    voices: int
    claim: str  # link to the claim where others make it or deny it


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure under its unit."""

    id: str
    unit: str
    before: str  # the words around it in its sentence
    words: str
    behind: str
    value: str
    status: str
    side: str
    giver: str
    source: Source
    relations: tuple[tuple[str, str], ...]  # (agree, conflict ..., link to the relation)


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody who speaks or acts."""

    id: str
    name: str
    kind: str
    role: str
    stands_for: str
    surfaces: tuple[str, ...]
    statements: int
    told_by_others: int
    acts: int
    reports: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A dated act. `end` is later than `start` where the report gives a span of days."""

    start: date
    end: date
    days: str
    told: Told


def paged(rows: Sequence[Row], size: int = PAGE) -> list[Sequence[Row]]:
    """Rows in pages; one empty page where there are none."""
    return [rows[at : at + size] for at in range(0, len(rows), size)] or [()]


class Anchored(Protocol):
    """A row that a page gives its id."""

    @property
    def id(self) -> str:
        """The row's id."""


def anchors(stem: str, rows: Sequence[Anchored], size: int = PAGE) -> dict[str, str]:
    """Row id -> link to it on whichever page of the table it stands."""
    return {row.id: f"{page_name(stem, at // size + 1)}#{row.id}" for at, row in enumerate(rows)}


def page_name(stem: str, number: int) -> str:
    """The file name of a table's page: statements.html, statements-2.html ..."""
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def statement_rows(look: Lookup, claims: Mapping[str, str]) -> tuple[StatementRow, ...]:
    """Every statement by side, then speaker; the most heard first. `claims`: links to the claims that have a row."""
    rows = [_statement(look, one, claims) for one in look.record.statements]
    sides = Counter(row.side for row in rows)
    speakers = Counter((row.side, row.speaker) for row in rows)
    return tuple(
        sorted(rows, key=lambda r: (-sides[r.side], r.side, -speakers[r.side, r.speaker], r.speaker))
    )


def _statement(look: Lookup, statement: Statement, claims: Mapping[str, str]) -> StatementRow:
    side = side_of(look.actors.get(statement.actor or ""), look.actors)
    claim = look.claim_of.get(statement.id)
    return StatementRow(
        look.veil(side.name) if side else look.speaker(statement),
        look.speaker(statement),
        look.told(statement),
        statement.cue.text if statement.cue else "",
        {"direct": "quoted", "indirect": "retold", "mixed": "partly quoted"}.get(
            statement.kind, statement.kind
        ),
        len(claim.carried_by) if claim else 0,
        len(claim.voices) if claim else 0,
        claims.get(claim.id, "") if claim else "",
    )


def figure_rows(look: Lookup, links: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Every figure by unit, then by what it counts; the units most used first. `links`: those of the relations."""
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for relation in look.record.figure_relations:
        for figure in relation.figures:
            related[figure].append((relation.relation.replace("_", " "), links[relation.id]))
    units = Counter(figure.unit for figure in look.record.figures)
    ordered = sorted(
        look.record.figures, key=lambda f: (-units[f.unit], f.unit, fold(f.what), -(f.low or 0.0), f.id)
    )
    return tuple(_figure(look, figure, tuple(related[figure.id])) for figure in ordered)


def _figure(look: Lookup, figure: Figure, related: tuple[tuple[str, str], ...]) -> FigureRow:
    return FigureRow(
        figure.id,
        UNITS.get(figure.unit, figure.unit),
        *look.around(figure.article, figure.start, figure.end),
        value(figure),
        STATUS.get(figure.status, figure.status),
        _side(look, figure),
        look.giver(figure),
        look.source(figure),
        related,
    )


def _side(look: Lookup, figure: Figure) -> str:
    """Whose people or things a figure counts, as far as the report says."""
    parts = [f"{word} {look.veil(name)}" for word, name in (("by", figure.from_), ("to", figure.to)) if name]
    if figure.held_by and figure.held_by != figure.from_:
        parts.append(f"held by {look.veil(figure.held_by)}")
    if not parts and figure.unit in COUNTED and figure.status in SIDED:
        return "side unclear"
    return ", ".join(parts)


def name_rows(look: Lookup) -> tuple[NameRow, ...]:
    """Whoever speaks or acts, the most heard first; people who are only told of are left out."""
    statements: dict[str, list[str]] = defaultdict(list)
    told: Counter[str] = Counter()
    for statement in look.record.statements:
        if statement.actor:
            statements[statement.actor].append(statement.article)
            told[statement.actor] += bool(statement.chain)
    acts: dict[str, list[str]] = defaultdict(list)
    for act in look.record.acts:
        actor = look.actor(act.actor)
        if actor:
            acts[actor.id].append(act.article)
    rows = [_name(look, actor, statements[actor.id], told[actor.id], acts[actor.id]) for actor in look.shown]
    return tuple(sorted(rows, key=lambda row: (-row.statements - row.acts, fold(row.name), row.id)))


def _name(look: Lookup, actor: Actor, statements: list[str], told: int, acts: list[str]) -> NameRow:
    stands_for = look.actors.get(actor.affiliation or "")
    others = dict.fromkeys(form for form in actor.surfaces if fold(form) != fold(actor.name))
    reports = dict.fromkeys([*statements, *acts, *(mention.article for mention in actor.mentions)])
    return NameRow(
        actor.id,
        actor.name,
        {"role": "unnamed, in one report", "state": "state"}.get(actor.kind, actor.kind),
        actor.role,
        stands_for.name if stands_for else "",
        tuple(clipped(form, 60) for form in others),
        len(statements),
        told,
        len(acts),
        tuple(look.report(article) for article in look.articles if article in reports),
    )


def dated_rows(look: Lookup) -> tuple[DatedRow, ...]:
    """Dated acts in the order of their days."""
    times: dict[str, list[Time]] = defaultdict(list)
    for time in look.record.times:
        times[time.article].append(time)
    rows = []
    for act in look.record.acts:
        if act.date:
            end = _end(act, act.date, times[act.article])
            rows.append(DatedRow(act.date, end, days(act.date, end), look.told_act(act)))
    return tuple(sorted(rows, key=lambda row: (row.start, row.told.source.mark, row.told.source.href)))


def _end(act: Act, start: date, times: Sequence[Time]) -> date:
    """The last day of the span that an act's words give; the act's own day where they give one day."""
    inside = (time.end for time in times if act.start <= time.at[0] < act.end and time.start == start)
    return max((end for end in inside if end), default=start)


def lanes(look: Lookup, dated: Sequence[DatedRow]) -> tuple[Lane, ...]:
    """Lines of the drawing of days: publications, phases, then the actors with most dated acts, then all others."""
    published = tuple(Moment(a.published, a.published) for a in look.record.articles if a.published)
    found = [Lane("published", published, square=True)]
    found += [
        Lane(p.name, (Moment(p.start, p.end),))
        for p in look.record.phases
        if p.start and p.end and p.start <= p.end
    ]
    by_side = Counter(look.side(row.told.who) for row in dated)
    leading = [side for side, _ in sorted(by_side.items(), key=lambda item: (-item[1], item[0]))[:LANES]]
    for name in (*leading, "others"):
        rows = [
            row
            for row in dated
            if (side := look.side(row.told.who)) == name or (name == "others" and side not in leading)
        ]
        if rows:
            found.append(Lane(name, tuple(Moment(row.start, row.end) for row in rows)))
    return tuple(found)
