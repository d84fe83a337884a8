"""A page before it is written: its file, its template, and what the template is given once somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from parley.agreement.state import State, state
from parley.briefing import (
    conditions,
    conduct,
    dated,
    first,
    handovers,
    missing,
    new,
    positions,
    proposals,
    standing,
    tables,
    thirds,
)
from parley.briefing.byhand import ByHand
from parley.briefing.conditions import Condition, EachWaits
from parley.briefing.conduct import Conduct, Warned
from parley.briefing.frame import Frame
from parley.briefing.lookup import Lookup, Told
from parley.briefing.proposals import OnTheTable
from parley.check import Check, check_first
from parley.model import Record

Content = dict[str, Any]  # what a template is given


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `content` is only computed when the page is rendered."""

    file: str
    template: str
    content: Callable[[], Content]


def table_pages(
    stem: str,
    rows: Sequence[Any],
    more: Callable[[Sequence[Any]], Content] | None = None,
    size: int = tables.PAGE,
) -> Iterator[Page]:
    """The pages of a long table; `more` gives what else the page of some of its rows shows."""
    yield from later_pages(stem, len(rows), lambda: rows, more, size)


def later_pages(
    stem: str,
    total: int,
    rows: Callable[[], Sequence[Any]],
    more: Callable[[Sequence[Any]], Content] | None = None,
    size: int = tables.PAGE,
    template: str = "",
) -> Iterator[Page]:
    """The pages of a long table of `total` rows, which are only computed when one of its pages is rendered."""
    kept = cache(rows)
    numbers = max(1, -(-total // size))
    for number in range(1, numbers + 1):
        here = {"number": number, "numbers": numbers, "total": total, "stem": stem}
        part = slice((number - 1) * size, number * size)
        yield Page(
            tables.page_name(stem, number),
            template or f"{stem}.html",
            partial(_content, here, kept, part, more),
        )


def _content(
    here: Content,
    rows: Callable[[], Sequence[Any]],
    part: slice,
    more: Callable[[Sequence[Any]], Content] | None,
) -> Content:
    shown = rows()[part]
    return (more(shown) if more else {}) | here | {"rows": shown}


class Shown:
    """What several pages show, each computed once, when first asked for."""

    def __init__(self, look: Lookup, frame: Frame, whole: Record) -> None:
        """Nothing is computed yet; `frame` is what the record is shown at, `whole` has what a person entered, too."""
        self.look = look
        self.frame = frame
        self.whole = whole

    @cached_property
    def heard(self) -> tuple[first.HeardLine, ...]:
        """Sides with how many of their statements the record holds."""
        return first.heard_lines(self.look)

    @cached_property
    def reports(self) -> tuple[first.ReportLine, ...]:
        """Every report as lists show it."""
        return first.report_lines(self.look)

    @cached_property
    def relations(self) -> tuple[first.Relation, ...]:
        """Figures beside one another."""
        return first.relations(self.look)

    @cached_property
    def disputed(self) -> tuple[first.SaidBy, ...]:
        """Claims that somebody denies."""
        return first.disputed_claims(self.look)

    @cached_property
    def shared(self) -> tuple[first.SaidBy, ...]:
        """Claims that more than one report carries."""
        return first.shared_claims(self.look)

    @cached_property
    def queue(self) -> tuple[Check, ...]:
        """What is worth a person's look first."""
        return check_first(self.look.record)

    @cached_property
    def by_hand(self) -> ByHand:
        """What people entered beside the reports."""
        return ByHand(self.whole, self.look, self._anchors)

    def _anchors(self) -> dict[str, str]:
        """Where pages show rows that stand in no report."""
        claims = tables.anchors("claims", [*self.disputed, *self.shared])
        notes = tables.anchors("byhand", self.whole.notes)
        return claims | tables.anchors("beside", self.relations) | notes

    @cached_property
    def not_held(self) -> tuple[missing.NotHeld, ...]:
        """Texts that the reports name and the record does not hold."""
        return missing.not_held(self.look)

    @cached_property
    def dated(self) -> tuple[dated.DatedRow, ...]:
        """Dated acts in order."""
        return dated.dated_rows(self.look)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition with what answers it."""
        return conditions.conditions(self.look)

    @cached_property
    def loops(self) -> tuple[EachWaits, ...]:
        """Deeds that wait for each other."""
        return conditions.loops(self.look)

    @cached_property
    def now(self) -> State:
        """Where everything stands in the frame's view on its day, without one on that of the last report."""
        held, last = (
            self.whole,
            max((one.published for one in self.whole.texts if one.published), default=date.max),
        )
        as_of = self.frame.as_of or last
        return state(held.accounts, held.terms, held.phases, self.frame.view, as_of, self.frame.known_by)

    @cached_property
    def agreed(self) -> standing.Agreed:
        """The agreement, its phases, talks and provisions."""
        return standing.agreed(self.look, self.whole, self.now)

    @cached_property
    def third_parties(self) -> tuple[thirds.Third, ...]:
        """Who stands beside the parties."""
        return thirds.thirds(self.look, self.whole)

    @cached_property
    def rounds(self) -> tuple[handovers.Handover, ...]:
        """Every release and handover, done or announced."""
        return handovers.rounds(self.look)

    @cached_property
    def totals(self) -> tuple[handovers.Total, ...]:
        """What they add up to, by whose account."""
        return handovers.totals(self.look)

    @cached_property
    def proposals(self) -> tuple[OnTheTable, ...]:
        """What is on the table."""
        return proposals.proposals(self.look, self.whole)

    @cached_property
    def conduct(self) -> tuple[Conduct, ...]:
        """Alleged violations in every direction."""
        return conduct.conduct(self.look)

    @cached_property
    def refusals(self) -> tuple[Told, ...]:
        """What is refused."""
        return conduct.refusals(self.look)

    @cached_property
    def warnings(self) -> tuple[Warned, ...]:
        """Threats and warnings."""
        return conduct.warnings(self.look)

    @cached_property
    def issues(self) -> tuple[positions.Issue, ...]:
        """Every issue with every party's positions on it."""
        return positions.issues(self.look)

    @cached_property
    def since(self) -> date | None:
        """The day from which something is new."""
        return new.since_day(self.look.record, self.frame.since)

    @cached_property
    def fresh(self) -> new.Fresh:
        """The reports that are new."""
        return new.fresh_reports(self.look, self.since)
