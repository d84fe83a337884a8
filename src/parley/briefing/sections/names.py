"""Pages of who speaks and acts."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing import tables
from parley.briefing.page import Page, Shown, table_pages


def pages(shown: Shown) -> Iterator[Page]:
    """Names, those of people who are only objects left out."""
    look = shown.look
    yield from table_pages(
        "names", tables.name_rows(look), lambda rows: {"left_out": len(look.actors) - len(look.shown)}
    )
