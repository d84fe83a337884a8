"""The pages of a record at one frame: which there are, and the HTML of any one of them when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

import jinja2

from parley.briefing import tables, wording
from parley.briefing.frame import EVERYTHING, Choices, Frame, framed
from parley.briefing.lookup import Lookup
from parley.briefing.page import Content, Page, Shown
from parley.briefing.sections import front, names, numbers, stands, texts, words
from parley.briefing.wording import day
from parley.model import Record
from parley.summary import as_reported

STYLE = "briefing.css"
OTHER_TEXTS = {"agreement": "agreement text", "note": "note"}
SECTIONS = (front, stands, words, numbers, names, texts)
NAVIGATION = (
    ("index.html", "First page"),
    ("new.html", "New"),
    ("agreement.html", "Agreement"),
    ("handovers.html", "Handovers"),
    ("table.html", "On the table"),
    ("positions.html", "Positions"),
    ("conditions.html", "Conditions"),
    ("conduct.html", "Conduct"),
    ("claims.html", "Who says so"),
    ("figures.html", "Figures"),
    ("timeline.html", "Days"),
    ("statements.html", "Statements"),
    ("names.html", "Names"),
    ("lineage.html", "Copied from"),
    ("reports.html", "Reports"),
)


class Site:
    """A record's pages under one title. A page is computed when it is rendered, what pages share only once."""

    def __init__(
        self, record: Record, name: str = "", frame: Frame = EVERYTHING, live: Choices | None = None
    ) -> None:
        """Index a record at a frame; `name` becomes the title. `live`: what the bar of the live pages offers.

        Raises ParleyError where the frame names no outlet or side of the record.
        """
        whole = framed(record, frame)
        self.shown = Shown(Lookup(as_reported(whole)), frame, whole)
        self.pages: dict[str, Page] = {
            page.file: page for page in chain.from_iterable(section.pages(self.shown) for section in SECTIONS)
        }
        self._environment = _environment()
        self._environment.globals |= _everywhere(self.shown, name) | {"live": live, "asked": None}

    def render(self, file: str) -> str:
        """The HTML of a page. Raises KeyError where there is none of that name."""
        page = self.pages[file]
        return self.show(page.template, page.content(), file)

    def show(self, template: str, content: Content, file: str) -> str:
        """The HTML of a template of the site with some content; `file` is the page's own address."""
        return self._environment.get_template(template).render(
            {"here": template, "file": file, "kept": {}} | content
        )


def pages(record: Record, name: str = "", frame: Frame = EVERYTHING) -> Iterator[tuple[str, str]]:
    """(file name, HTML) of every page at a frame, one after the other; `name` is their title."""
    site = Site(record, name, frame)
    for file in site.pages:
        yield file, site.render(file)


def _environment() -> jinja2.Environment:
    """Jinja with escaping everywhere."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("parley.briefing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"listed": wording.listed, "clipped": wording.clipped, "groupby_kept": _grouped}
    return environment


def _grouped(rows: Iterable[Any], attribute: str) -> list[tuple[str, list[Any]]]:
    """Rows that follow one another and are alike in an attribute, together; Jinja's own groupby sorts."""
    return [(key, list(group)) for key, group in groupby(rows, key=attrgetter(attribute))]


def _everywhere(shown: Shown, name: str) -> Content:
    """What every page shows."""
    record = shown.look.record
    others = Counter(
        article.kind for article in record.articles if article.kind not in {"report", "statement"}
    )
    return {
        "title": " ".join(name.replace("_", " ").replace("-", " ").split()).capitalize() or "Record",
        "frame": shown.frame,
        "as_of": day(shown.frame.as_of) or shown.look.as_of,
        "count": len(record.articles) - others.total(),
        "others": [
            wording.counted(count, OTHER_TEXTS.get(kind, kind)) for kind, count in sorted(others.items())
        ],
        "read": len(record.articles),
        "copies": len(record.derived),
        "independent": record.independent,
        "statements_total": len(record.statements),
        "heard": shown.heard,
        "navigation": NAVIGATION,
        "counted": wording.counted,
        "page_name": tables.page_name,
        "entered": lambda row: shown.by_hand.on(row),
        "these": f"these {len(record.articles)} {'texts' if others else 'reports'}",
    }
