"""Pages of who speaks and acts, and of places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from parley.briefing.page import Content, Page, Shown, later_pages, table_pages
from parley.briefing.people import Deeds, name_page, name_rows, page_of, place_rows, with_page
from parley.briefing.tables import PAGE
from parley.model import Actor

FAMILY = (("names.html", "Names"), ("places.html", "Places"))


def pages(shown: Shown) -> Iterator[Page]:
    """Names, those of people who are only objects left out; a page for each who is named; places."""
    look = shown.look
    deeds = cache(lambda: Deeds(look))
    left_out = len(look.actors) - len(look.shown)
    more = {"family": FAMILY, "left_out": left_out}
    yield from later_pages("names", len(look.shown), lambda: name_rows(look, deeds()), lambda rows: more)
    for actor in with_page(look):
        yield Page(page_of(actor), "name.html", partial(_name, shown, actor, deeds))
    yield from table_pages("places", place_rows(look), lambda rows: {"family": FAMILY})


def _name(shown: Shown, actor: Actor, deeds: Callable[[], Deeds]) -> Content:
    return {"one": name_page(shown.look, actor, deeds()), "shown_rows": PAGE}
