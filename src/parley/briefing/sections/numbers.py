"""Pages of figures and days."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing import tables
from parley.briefing.drawings import draw_timeline
from parley.briefing.page import Page, Shown, table_pages


def pages(shown: Shown) -> Iterator[Page]:
    """Figures, figures beside one another, days."""
    links = tables.anchors("beside", shown.relations)
    yield from table_pages("figures", tables.figure_rows(shown.look, links))
    yield from table_pages("beside", shown.relations)
    yield from table_pages(
        "timeline",
        shown.dated,
        lambda rows: {"drawing": draw_timeline(tables.lanes(shown.look, shown.dated))},
    )
