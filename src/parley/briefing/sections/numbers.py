"""Pages of figures and days."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing import counts, tables
from parley.briefing.dated import lanes
from parley.briefing.drawings import draw_timeline
from parley.briefing.page import Page, Shown, later_pages, table_pages

FAMILY = (
    ("figures.html", "Every figure"),
    ("counted.html", "Figures over time"),
    ("beside.html", "Figures beside one another"),
    ("timeline.html", "Days"),
)
CHARTS = 24  # things counted to a page


def pages(shown: Shown) -> Iterator[Page]:
    """Figures, what is counted over time, figures beside one another, days."""
    family = {"family": FAMILY}
    look, links = shown.look, tables.anchors("beside", shown.relations)
    yield from later_pages(
        "figures",
        len(look.record.figures),
        lambda: tables.figure_rows(look, links),
        lambda rows: family,
    )
    parts = counts.things(look.record)
    yield from later_pages(
        "counted", len(parts), lambda: counts.counted(look, parts, links), lambda rows: family, CHARTS
    )
    yield from table_pages("beside", shown.relations, lambda rows: family)
    yield from table_pages(
        "timeline", shown.dated, lambda rows: family | {"drawing": draw_timeline(lanes(look, shown.dated))}
    )
