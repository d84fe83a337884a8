"""Writes the pages: all of them into a folder beside the wanted one, which then takes its place in one step."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2

from parley.briefing import agreement, conditions, first, missing, tables, wording
from parley.briefing.drawings import draw_lineage, draw_timeline
from parley.briefing.lookup import Lookup
from parley.briefing.reports import report_page, rows_by_report
from parley.briefing.retelling import retellings, without_counterpart
from parley.errors import ParleyError
from parley.model import Lineage, Record

MANIFEST = "pages.txt"
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


def write_briefing(record: Record, folder: Path) -> Path:
    """Write the pages into a folder and return the first; the folder's name is their title. Raises ParleyError.

    An earlier briefing in the folder is replaced once the new one is whole. A folder that holds anything else is left alone.
    """
    target = folder.resolve()
    _refuse_foreign(target)
    made = target.with_name(f".{target.name}.new-{os.getpid()}")
    before = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        made.mkdir(parents=True)
        _write_pages(record, target.name, made)
        if target.exists():
            target.rename(before)
        made.rename(target)
    except OSError as error:
        raise ParleyError(f"{folder}: the pages cannot be written there ({error.strerror}). Give another folder with -o.") from error
    finally:
        if before.exists() and not target.exists():
            before.rename(target)
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)
    return folder / "index.html"


def _refuse_foreign(target: Path) -> None:
    """Raise ParleyError where the target is a file or holds anything that an earlier briefing did not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise ParleyError(f"{target}: is a file. Give a folder for the pages with -o.")
    manifest = target / MANIFEST
    known = set(manifest.read_text(encoding="utf-8").split()) if manifest.is_file() else set()
    foreign = sorted(path.name for path in target.iterdir() if path.name not in known)
    if foreign:
        raise ParleyError(f"{target}: holds {foreign[0]!r}, which is no page of a briefing. Give an empty or new folder with -o.")


def _write_pages(record: Record, name: str, folder: Path) -> None:
    """Every page, the style sheet, and the list of what was written."""
    written = [STYLE, MANIFEST]
    for page, html in pages(record, name):
        (folder / page).write_text(html, encoding="utf-8", newline="\n")
        written.append(page)
    style = files("parley.briefing") / "static" / STYLE
    (folder / STYLE).write_bytes(style.read_bytes())
    (folder / MANIFEST).write_text("\n".join(sorted(written)) + "\n", encoding="utf-8", newline="\n")


def pages(record: Record, name: str = "") -> Iterator[tuple[str, str]]:
    """(file name, HTML) of every page, one after the other."""
    look = Lookup(record)
    heard = first.heard_lines(look)
    environment = _environment(look, heard, name)

    def page(file: str, template: str, **content: Any) -> tuple[str, str]:
        return file, environment.get_template(template).render(here=file, **content)

    reports = first.report_lines(look)
    shared = first.shared_claims(look)
    disputed = first.disputed_claims(look)
    stands = _stands(look)
    yield page("index.html", "index.html", **_first_page(look, heard, reports, shared, disputed), **stands)
    yield page("agreement.html", "agreement.html", **stands)
    yield page("claims.html", "claims.html", disputed=disputed, shared=shared)
    yield page("conditions.html", "conditions.html", loops=stands["loops"], conditions=stands["conditions"])
    dated = tables.dated_rows(look)
    yield page("timeline.html", "timeline.html", dated=dated, drawing=draw_timeline(tables.lanes(look, dated)), reports=reports)
    yield page("reports.html", "reports.html", reports=reports, unread=record.unread)
    related = first.relations(look, "conflict", "adds_up", "agree", "superseded", "different_scope")
    for stem, rows, more in (
        ("statements", tables.statement_rows(look), {}),
        ("figures", tables.figure_rows(look), {"relations": related}),
        ("names", tables.name_rows(look), {"left_out": len(look.actors) - len(look.shown)}),
    ):
        parts = tables.paged(rows)
        for number, part in enumerate(parts, start=1):
            content = {"rows": part, "number": number, "numbers": len(parts), "total": len(rows), "stem": stem}
            yield page(tables.page_name(stem, number), f"{stem}.html", **content, **more)
    yield from (page(file, "lineage.html", **content) for file, content in _lineage(look))
    rows_of = rows_by_report(record)
    for article in record.articles:
        yield page(look.page(article.id), "report.html", report=report_page(look, article, rows_of[article.id]))


def _stands(look: Lookup) -> dict[str, Any]:
    """What the first page and the page of the agreement both show."""
    return {
        "phases": agreement.phases(look),
        "handovers": agreement.handovers(look),
        "proposals": agreement.proposals(look),
        "conduct": agreement.conduct(look),
        "refusals": agreement.acts_of(look, "REJECT"),
        "warnings": agreement.acts_of(look, "THREATEN"),
        "loops": conditions.loops(look),
        "conditions": conditions.conditions(look),
    }


def _first_page(look: Lookup, heard: Any, reports: Any, shared: Any, disputed: Any) -> dict[str, Any]:
    return {
        "reports": reports,
        "through_others": first.only_through_others(look, heard),
        "own_texts": first.own_texts(reports),
        "conflicts": first.relations(look, "conflict"),
        "sums": first.relations(look, "adds_up"),
        "disputed": disputed,
        "check": first.check_first(look, reports, shared),
        "not_held": missing.not_held(look),
        "unread": look.record.unread,
    }


def _lineage(look: Lookup) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pages of what was copied from what, with the retold passages of some reports on each."""
    edges = look.record.lineage
    labels = {one.id: f"{look.marks[one.id]} {one.outlet}" for one in look.record.articles}
    drawing = draw_lineage([(labels[edge.derived], labels[edge.from_], edge.kind) for edge in edges[:DRAWN]]) if edges else ""
    parts = tables.paged(edges, EDGES)
    for number, part in enumerate(parts, start=1):
        content = {"number": number, "numbers": len(parts), "total": len(edges), "stem": "lineage", "drawing": drawing}
        yield tables.page_name("lineage", number), content | {"edges": [_edge(look, edge) for edge in part]}


def _edge(look: Lookup, edge: Lineage) -> dict[str, Any]:
    original, derived = look.articles[edge.from_], look.articles[edge.derived]
    return {
        "edge": edge,
        "original": look.report(original.id),
        "derived": look.report(derived.id),
        "retellings": list(retellings(edge, original, derived)),
        "left_out": without_counterpart(original, tuple(old for _, old in edge.passages)),
        "added": without_counterpart(derived, tuple(new for new, _ in edge.passages)),
    }


def _grouped(rows: Iterable[Any], attribute: str) -> list[tuple[str, list[Any]]]:
    """Rows that follow one another and are alike in an attribute, together; Jinja's own groupby sorts."""
    return [(key, list(group)) for key, group in groupby(rows, key=attrgetter(attribute))]


def _environment(look: Lookup, heard: Any, name: str) -> jinja2.Environment:
    """Jinja with escaping everywhere and what every page shows."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("parley.briefing"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"listed": wording.listed, "clipped": wording.clipped, "groupby_kept": _grouped}
    record = look.record
    others = Counter(article.kind for article in record.articles if article.kind not in {"report", "statement"})
    environment.globals |= {
        "title": " ".join(name.replace("_", " ").replace("-", " ").split()).capitalize() or "Record",
        "as_of": look.as_of,
        "count": len(record.articles) - others.total(),
        "others": [wording.counted(count, OTHER_TEXTS.get(kind, kind)) for kind, count in sorted(others.items())],
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
