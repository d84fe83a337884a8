"""Pages of what was said: claims, statements in every order, who carries what, who calls it what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from parley.briefing import coverage, said, tables, wordings
from parley.briefing.page import Content, Page, Shown, later_pages, table_pages

FAMILY = (
    ("claims.html", "Who says so"),
    ("statements.html", "Statements"),
    ("coverage.html", "Coverage"),
    ("wording.html", "Wording"),
)


def pages(shown: Shown) -> Iterator[Page]:
    """Claims, every statement in five orders, coverage, wording."""
    family = {"family": FAMILY}
    claims = [*shown.disputed, *shown.shared]
    links = tables.anchors("claims", claims)
    yield from table_pages("claims", claims, lambda rows: family)
    rows = cache(lambda: said.statement_rows(shown.look, links))
    acts = said.acts_said(shown.look)
    again = sum(len(kinds) - 1 for kinds in acts.values() if kinds)
    for order in said.ORDERS:
        total = len(shown.look.record.statements) + (again if order.name == "act" else 0)
        placed = cache(partial(_placed, order, rows))
        more = partial(_statements, order, placed)
        yield from later_pages(order.stem, total, placed, more, template="statements.html")
    matrix = cache(partial(coverage.matrix, shown.look, links | tables.anchors("beside", shown.relations)))
    total = len(coverage.covered(shown.look))
    yield from later_pages(
        "coverage", total, lambda: matrix().rows, lambda rows: family | {"matrix": matrix()}
    )
    yield from table_pages("wording", wordings.wordings(shown.look), lambda rows: family)


def _placed(order: said.Order, rows: Callable[[], Sequence[said.StatementRow]]) -> list[said.Placed]:
    return order.placed(rows())


def _statements(
    order: said.Order, placed: Callable[[], Sequence[said.Placed]], rows: Sequence[said.Placed]
) -> Content:
    headings = said.headings(order.stem, placed())
    return {
        "family": FAMILY,
        "order": order,
        "orders": said.ORDERS,
        "headings": headings,
        "numbered": {one.name: number for number, one in enumerate(headings, start=1)},
    }
