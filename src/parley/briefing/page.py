"""A page before it is written: its file, its template, and what the template is given once somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from parley.briefing import agreement, conditions, first, tables
from parley.briefing.lookup import Lookup

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
    parts = tables.paged(rows, size)
    for number, part in enumerate(parts, start=1):
        here = {"rows": part, "number": number, "numbers": len(parts), "total": len(rows), "stem": stem}
        yield Page(tables.page_name(stem, number), f"{stem}.html", partial(_content, here, part, more))


def _content(here: Content, part: Sequence[Any], more: Callable[[Sequence[Any]], Content] | None) -> Content:
    return (more(part) if more else {}) | here


class Shown:
    """What several pages show, each computed once, when first asked for."""

    def __init__(self, look: Lookup) -> None:
        """Nothing is computed yet."""
        self.look = look

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
    def dated(self) -> tuple[tables.DatedRow, ...]:
        """Dated acts in order."""
        return tables.dated_rows(self.look)

    @cached_property
    def conditions(self) -> tuple[conditions.Condition, ...]:
        """Every condition with what answers it."""
        return conditions.conditions(self.look)

    @cached_property
    def stands(self) -> Content:
        """Where the agreement stands, as the first page and the agreement's both show it."""
        return {
            "phases": agreement.phases(self.look),
            "handovers": agreement.handovers(self.look),
            "proposals": agreement.proposals(self.look),
            "conduct": agreement.conduct(self.look),
            "refusals": agreement.acts_of(self.look, "REJECT"),
            "warnings": agreement.acts_of(self.look, "THREATEN"),
            "loops": conditions.loops(self.look),
        }
