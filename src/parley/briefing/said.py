"""Statements in full, in five orders: by speaker, outlet, act, kind and day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parley.briefing.lookup import Lookup, Told
from parley.briefing.tables import PAGE, page_name
from parley.briefing.wording import ACTS, STATEMENT_KINDS, day
from parley.linking.actors import side_of
from parley.model import Statement

NO_ACT = "no act read in it"
NO_DAY = "day not told"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in full, with everything that it can be grouped by."""

    side: str
    speaker: str
    told: Told
    cue: str
    kind: str
    acts: tuple[str, ...]
    when: date | None
    carried_by: int
    voices: int
    claim: str  # link to the claim where others make it or deny it


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement under a heading of its order, and a smaller one where the order has two."""

    group: str
    part: str
    row: StatementRow


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an order: how many statements stand under it, and a link to it."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the statements: its pages, its name, and how statements come under headings."""

    stem: str
    name: str
    placed: Callable[[Sequence[StatementRow]], list[Placed]]


def statement_rows(look: Lookup, claims: Mapping[str, str]) -> tuple[StatementRow, ...]:
    """Every statement in the order of the reports. `claims`: links to the claims that have a row."""
    acts = acts_said(look)
    return tuple(_row(look, one, acts[one.id], claims) for one in look.record.statements)


def acts_said(look: Lookup) -> dict[str, tuple[str, ...]]:
    """Statement id -> what is done in it, each kind of act once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for act in look.record.acts:
        if act.statement:
            found[act.statement][act.act] = None
    return defaultdict(tuple, {said: tuple(kinds) for said, kinds in found.items()})


def in_full(look: Lookup, statement: Statement) -> Told:
    """A statement as a cell shows it, no word of it left out."""
    words = " … ".join(" ".join(piece.text.split()) for piece in statement.content)
    return replace(look.told(statement), words=look.veil(words))


def _row(
    look: Lookup, statement: Statement, acts: tuple[str, ...], claims: Mapping[str, str]
) -> StatementRow:
    side = side_of(look.actors.get(statement.actor or ""), look.actors)
    claim = look.claim_of.get(statement.id)
    return StatementRow(
        look.veil(side.name) if side else look.speaker(statement),
        look.speaker(statement),
        in_full(look, statement),
        statement.cue.text if statement.cue and any(map(str.isalnum, statement.cue.text)) else "",
        STATEMENT_KINDS.get(statement.kind, statement.kind),
        tuple(ACTS.get(act, act.lower()) for act in acts),
        statement.date,
        len(claim.carried_by) if claim else 0,
        len(claim.voices) if claim else 0,
        claims.get(claim.id, "") if claim else "",
    )


# ------------------------------------------------------------------ orders


def _by_speaker(rows: Sequence[StatementRow]) -> list[Placed]:
    """The most heard sides first, within each the most heard speakers."""
    sides = Counter(row.side for row in rows)
    speakers = Counter((row.side, row.speaker) for row in rows)
    ordered = sorted(rows, key=lambda r: (-sides[r.side], r.side, -speakers[r.side, r.speaker], r.speaker))
    return [Placed(row.side, row.speaker, row) for row in ordered]


def _by_outlet(rows: Sequence[StatementRow]) -> list[Placed]:
    """The outlets with most statements first, their reports in order."""
    counts = Counter(row.told.source.outlet for row in rows)
    ordered = sorted(rows, key=lambda row: (-counts[row.told.source.outlet], row.told.source.outlet))
    return [Placed(row.told.source.outlet, "", row) for row in ordered]


def _by_act(rows: Sequence[StatementRow]) -> list[Placed]:
    """Under each act that is done in it, in the order in which the vocabulary has them; those without one last."""
    order = [*ACTS.values(), NO_ACT]
    placed = [Placed(act, "", row) for row in rows for act in row.acts or (NO_ACT,)]
    return sorted(placed, key=lambda one: order.index(one.group) if one.group in order else len(order))


def _by_kind(rows: Sequence[StatementRow]) -> list[Placed]:
    """Quoted, partly quoted, retold."""
    order = list(STATEMENT_KINDS.values())
    placed = [Placed(row.kind, "", row) for row in rows]
    return sorted(placed, key=lambda one: order.index(one.group) if one.group in order else len(order))


def _by_day(rows: Sequence[StatementRow]) -> list[Placed]:
    """In the order of the days on which it was said; those without a day last."""
    ordered = sorted(rows, key=lambda row: (row.when is None, row.when or date.min))
    return [Placed(day(row.when) or NO_DAY, "", row) for row in ordered]


ORDERS = (
    Order("statements", "speaker", _by_speaker),
    Order("statements-outlet", "outlet", _by_outlet),
    Order("statements-act", "act", _by_act),
    Order("statements-kind", "kind", _by_kind),
    Order("statements-day", "day", _by_day),
)


def headings(stem: str, placed: Sequence[Placed], size: int = PAGE) -> tuple[Heading, ...]:
    """The headings of an order with links to the page on which each begins."""
    counts = Counter(one.group for one in placed)
    first: dict[str, int] = {}
    for at, one in enumerate(placed):
        first.setdefault(one.group, at)
    return tuple(
        Heading(name, counts[name], f"{page_name(stem, at // size + 1)}#group-{number}")
        for number, (name, at) in enumerate(first.items(), start=1)
    )
