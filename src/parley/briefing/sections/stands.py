"""Pages of where the agreement stands: provisions, handovers, proposals, conduct, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing.page import Page, Shown, table_pages


def pages(shown: Shown) -> Iterator[Page]:
    """The agreement and its conditions."""
    yield Page("agreement.html", "agreement.html", lambda: shown.stands)
    yield from table_pages("conditions", shown.conditions, lambda rows: {"loops": shown.stands["loops"]})
