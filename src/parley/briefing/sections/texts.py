"""Pages of the reports themselves: lists, copies, each report with what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from parley.briefing.drawings import draw_lineage
from parley.briefing.lookup import Lookup
from parley.briefing.page import Content, Page, Shown, table_pages
from parley.briefing.reports import Rows, report_page, rows_by_report
from parley.briefing.retelling import retellings, without_counterpart
from parley.model import Article, Lineage

EDGES = 10  # retold reports to a page
DRAWN = 40  # edges that a drawing of lineage shows


def pages(shown: Shown) -> Iterator[Page]:
    """Copies, the list of reports, a page for each."""
    look = shown.look
    yield from table_pages("lineage", look.record.lineage, partial(_lineage, look), EDGES)
    yield from table_pages("reports", shown.reports, lambda rows: {"unread": look.record.unread})
    rows = rows_by_report(look.record)
    for article in look.record.articles:
        yield Page(look.page(article.id), "report.html", partial(_report, look, article, rows[article.id]))


def _report(look: Lookup, article: Article, rows: Rows) -> Content:
    return {"report": report_page(look, article, rows)}


def _lineage(look: Lookup, edges: Sequence[Lineage]) -> Content:
    """The drawing of what was copied from what, and the retold passages of some reports."""
    labels = {one.id: f"{look.marks[one.id]} {one.outlet}" for one in look.record.articles}
    drawn = [(labels[edge.derived], labels[edge.from_], edge.kind) for edge in look.record.lineage[:DRAWN]]
    return {"drawing": draw_lineage(drawn), "edges": [_edge(look, edge) for edge in edges]}


def _edge(look: Lookup, edge: Lineage) -> Content:
    original, derived = look.articles[edge.from_], look.articles[edge.derived]
    return {
        "edge": edge,
        "original": look.report(original.id),
        "derived": look.report(derived.id),
        "retellings": list(retellings(edge, original, derived, look.veil)),
        "left_out": [
            look.veil(one.text) for one in without_counterpart(original, [old for _, old in edge.passages])
        ],
        "added": [
            look.veil(one.text) for one in without_counterpart(derived, [new for new, _ in edge.passages])
        ],
    }
