"""Pages of the reports themselves: lists, copies, side by side, what is to check or missing, what people entered beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, partial

from parley.briefing import checklist, tables
from parley.briefing.byhand import codebook_rows
from parley.briefing.drawings import draw_lineage
from parley.briefing.lookup import Lookup
from parley.briefing.page import Content, Page, Shown, later_pages, table_pages
from parley.briefing.reports import KINDS, report_page, rows_by_report
from parley.briefing.retelling import passages
from parley.briefing.side import Pair, Pairs, side_file, side_page, tie, ties
from parley.briefing.spots import spots
from parley.briefing.wording import DRIFTS
from parley.byhand.codes import standing
from parley.model import Article, Lineage

DRAWN = 40  # edges that a drawing of lineage shows
FAMILY = (
    ("reports.html", "Reports"),
    ("lineage.html", "Copied from"),
    ("sides.html", "Side by side"),
    ("check.html", "Check first"),
    ("missing.html", "Named, not held"),
    ("unread.html", "Unread"),
    ("byhand.html", "By hand"),
    ("codes.html", "Codes"),
)


def pages(shown: Shown) -> Iterator[Page]:
    """The list of reports, copies, two beside each other, what to check, what is missing, a page for each report."""
    look, family = shown.look, {"family": FAMILY}
    pairs = Pairs(look)
    yield from table_pages("reports", shown.reports, lambda rows: family)
    yield from table_pages("lineage", look.record.lineage, partial(_lineage, look, pairs))
    yield from later_pages(
        "sides", len(pairs.all), lambda: [tie(look, pairs, pair) for pair in pairs.all], lambda rows: family
    )
    links = tables.anchors("beside", shown.relations)
    yield from later_pages(
        "check",
        len(shown.queue),
        lambda: checklist.check_rows(look, shown.queue, links),
        lambda rows: family,
    )
    yield from table_pages("missing", shown.not_held, lambda rows: family)
    yield from table_pages("unread", look.record.unread, lambda rows: family)
    notes, codes = len(shown.whole.notes), len(standing(shown.whole.codes))
    yield from later_pages("byhand", notes, lambda: shown.by_hand.notes, lambda rows: family)
    yield from later_pages("codes", codes, lambda: shown.by_hand.codes, lambda rows: _codes(shown))
    for pair in pairs.all:
        yield Page(side_file(pair), "side.html", partial(_side, look, pairs, pair))
    found = _Found(look, pairs)
    for article in look.record.articles:
        yield Page(look.page(article.id), "report.html", partial(_report, look, found, article))


class _Found:
    """What the pages of reports share: rows, stretches that others lead to, reports beside each."""

    def __init__(self, look: Lookup, pairs: Pairs) -> None:
        """Nothing is computed before a report is shown."""
        self.rows = cache(partial(rows_by_report, look.record))
        self.spots = cache(partial(spots, look.record))
        self.ties = cache(partial(ties, look, pairs))


def _report(look: Lookup, found: _Found, article: Article) -> Content:
    page = report_page(look, article, found.rows()[article.id], found.spots().get(article.id, set()))
    return {"report": page, "ties": found.ties().get(article.id, []), "kinds": KINDS}


def _codes(shown: Shown) -> Content:
    return {"family": FAMILY, "book": codebook_rows(shown.by_hand.book)}


def _side(look: Lookup, pairs: Pairs, pair: Pair) -> Content:
    return {"side": side_page(look, pairs, pair), "family": FAMILY}


def _lineage(look: Lookup, pairs: Pairs, edges: Sequence[Lineage]) -> Content:
    """The drawing of what was copied from what, and some edges with what changed on the way."""
    labels = {one.id: f"{look.marks[one.id]} {one.outlet}" for one in look.record.articles}
    drawn = [(labels[edge.derived], labels[edge.from_], edge.kind) for edge in look.record.lineage[:DRAWN]]
    return {
        "family": FAMILY,
        "drawing": draw_lineage(drawn),
        "edges": [_edge(look, pairs, edge) for edge in edges],
        "background": len(look.record.shared_passages),
    }


def _edge(look: Lookup, pairs: Pairs, edge: Lineage) -> Content:
    return {
        "edge": edge,
        "original": look.report(edge.from_),
        "derived": look.report(edge.derived),
        "href": side_file(pairs.pair(edge.from_, edge.derived)),
        "passages": len(passages(edge)),
        "changed": Counter(DRIFTS.get(one.kind, one.kind) for one in look.drifts_of.get(edge.id, ())),
    }
