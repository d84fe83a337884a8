"""The first page."""

from __future__ import annotations

from collections.abc import Iterator

from parley.briefing import first, missing
from parley.briefing.page import Content, Page, Shown


def pages(shown: Shown) -> Iterator[Page]:
    """The first page."""
    yield Page("index.html", "index.html", lambda: _first(shown))


def _first(shown: Shown) -> Content:
    look = shown.look
    return shown.stands | {
        "reports": shown.reports,
        "through_others": first.only_through_others(look, shown.heard),
        "own_texts": first.own_texts(shown.reports),
        "disputed": shown.disputed,
        "check": first.check_first(look, shown.reports, shown.shared),
        "not_held": missing.not_held(look),
        "unread": look.record.unread,
        "relations": shown.relations,
        "conditions": shown.conditions,
    }
