"""Pages of what was said: claims and statements."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing import tables
from parley.briefing.page import Page, Shown, table_pages


def pages(shown: Shown) -> Iterator[Page]:
    """Claims, then every statement."""
    claims = [*shown.disputed, *shown.shared]
    yield from table_pages("claims", claims)
    links = tables.anchors("claims", claims)
    yield from table_pages("statements", tables.statement_rows(shown.look, links))
