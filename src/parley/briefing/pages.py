"""Which pages there are and what goes on each: a record in, HTML out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import jinja2

from parley.briefing import agreement, conditions, first, missing, tables, wording
from parley.briefing.drawings import draw_lineage, draw_timeline
from parley.briefing.first import HeardLine, ReportLine, SaidBy
from parley.briefing.lookup import Lookup
from parley.briefing.reports import report_page, rows_by_report
from parley.briefing.retelling import retellings, without_counterpart
from parley.model import Lineage, Record

STYLE = "briefing.css"
EDGES = 10  # retold reports to a page
DRAWN = 40  # edges that a drawing of lineage shows
OTHER_TEXTS = {"agreement": "agreement text", "note": "note"}
NAVIGATION = (
    ("index.html", "First page"),
    ("agreement.html", "Agreement"),
    ("claims.html", "Who says so"),
    ("conditions.html", "Conditions"),
    ("figures.html", "Figures"),
    ("timeline.html", "Days"),
    ("statements.html", "Statements"),
    ("names.html", "Names"),
    ("lineage.html", "Copied from"),
    ("reports.html", "Reports"),
)
Content = dict[str, Any]  # what a template is given


def pages(record: Record, name: str = "") -> Iterator[tuple[str, str]]:
    """(file name, HTML) of every page, one after the other; `name` is their title."""
    look = Lookup(record)
    heard = first.heard_lines(look)
    environment = _environment(look, heard, name)
    for file, template, content in _contents(look, heard):
        yield file, environment.get_template(template).render(content, here=template)


def _contents(look: Lookup, heard: tuple[HeardLine, ...]) -> Iterator[tuple[str, str, Content]]:
    """(file name, template, content) of every page."""
    reports, relations, stands = first.report_lines(look), first.relations(look), _stands(look)
    disputed, shared = first.disputed_claims(look), first.shared_claims(look)
    dated, waiting = tables.dated_rows(look), conditions.conditions(look)
    claims = [*disputed, *shared]
    links = tables.anchors("claims", claims)
    yield (
        "index.html",
        "index.html",
        stands
        | _first_page(look, heard, reports, disputed, shared)
        | {
            "relations": relations,
            "conditions": waiting,
        },
    )
    yield "agreement.html", "agreement.html", stands
    yield from _table("claims", claims, {})
    yield from _table("conditions", waiting, {"loops": stands["loops"]})
    yield from _table("figures", tables.figure_rows(look, tables.anchors("beside", relations)), {})
    yield from _table("beside", relations, {})
    yield from _table("timeline", dated, {"drawing": draw_timeline(tables.lanes(look, dated))})
    yield from _table("statements", tables.statement_rows(look, links), {})
    yield from _table("names", tables.name_rows(look), {"left_out": len(look.actors) - len(look.shown)})
    yield from _lineage(look)
    yield from _table("reports", reports, {"unread": look.record.unread})
    rows = rows_by_report(look.record)
    for article in look.record.articles:
        yield look.page(article.id), "report.html", {"report": report_page(look, article, rows[article.id])}


def _table(
    stem: str, rows: Sequence[Any], more: Content, size: int = tables.PAGE
) -> Iterator[tuple[str, str, Content]]:
    """The pages of a long table."""
    parts = tables.paged(rows, size)
    for number, part in enumerate(parts, start=1):
        here = {"rows": part, "number": number, "numbers": len(parts), "total": len(rows), "stem": stem}
        yield tables.page_name(stem, number), f"{stem}.html", more | here


def _stands(look: Lookup) -> Content:
    """What the first page and the page of the agreement both show."""
    return {
        "phases": agreement.phases(look),
        "handovers": agreement.handovers(look),
        "proposals": agreement.proposals(look),
        "conduct": agreement.conduct(look),
        "refusals": agreement.acts_of(look, "REJECT"),
        "warnings": agreement.acts_of(look, "THREATEN"),
        "loops": conditions.loops(look),
    }


def _first_page(
    look: Lookup,
    heard: tuple[HeardLine, ...],
    reports: tuple[ReportLine, ...],
    disputed: tuple[SaidBy, ...],
    shared: tuple[SaidBy, ...],
) -> Content:
    """What only the first page shows."""
    return {
        "reports": reports,
        "through_others": first.only_through_others(look, heard),
        "own_texts": first.own_texts(reports),
        "disputed": disputed,
        "check": first.check_first(look, reports, shared),
        "not_held": missing.not_held(look),
        "unread": look.record.unread,
    }


def _lineage(look: Lookup) -> Iterator[tuple[str, str, Content]]:
    """Pages of what was copied from what, with the retold passages of some reports on each."""
    edges = look.record.lineage
    labels = {one.id: f"{look.marks[one.id]} {one.outlet}" for one in look.record.articles}
    drawn = [(labels[edge.derived], labels[edge.from_], edge.kind) for edge in edges[:DRAWN]]
    for file, template, content in _table("lineage", edges, {"drawing": draw_lineage(drawn)}, EDGES):
        yield file, template, content | {"edges": [_edge(look, edge) for edge in content["rows"]]}


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


def _grouped(rows: Iterable[Any], attribute: str) -> list[tuple[str, list[Any]]]:
    """Rows that follow one another and are alike in an attribute, together; Jinja's own groupby sorts."""
    return [(key, list(group)) for key, group in groupby(rows, key=attrgetter(attribute))]


def _environment(look: Lookup, heard: tuple[HeardLine, ...], name: str) -> jinja2.Environment:
    """Jinja with escaping everywhere and what every page shows."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("parley.briefing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"listed": wording.listed, "clipped": wording.clipped, "groupby_kept": _grouped}
    record = look.record
    others = Counter(
        article.kind for article in record.articles if article.kind not in {"report", "statement"}
    )
    environment.globals |= {
        "title": " ".join(name.replace("_", " ").replace("-", " ").split()).capitalize() or "Record",
        "as_of": look.as_of,
        "count": len(record.articles) - others.total(),
        "others": [
            wording.counted(count, OTHER_TEXTS.get(kind, kind)) for kind, count in sorted(others.items())
        ],
        "read": len(record.articles),
        "copies": len(record.derived),
        "independent": record.independent,
        "statements_total": len(record.statements),
        "heard": heard,
        "navigation": NAVIGATION,
        "counted": wording.counted,
        "page_name": tables.page_name,
        "these": f"these {len(record.articles)} {'texts' if others else 'reports'}",
    }
    return environment
