"""A record's file as the live pages see it: read again when it changes, its sites kept by frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

from parley.briefing.frame import Frame, choices
from parley.briefing.pages import Site
from parley.errors import StoreError
from parley.incremental import Held, correct, open_record
from parley.model import Correction, Record
from parley.search import Index
from parley.sensitivity import visible
from parley.settings import Settings

FRAMES = 6  # frames whose sites are kept
PAGES = 100  # pages that are kept as they were last shown
LINK = re.compile(r'href="([\w-]+\.html)(\?[^"#]*)?(#[^"]*)?"')
Stamp = tuple[tuple[int, int], ...]


class Shelf:
    """One state of a record's file: what of it is shown, and what was made of that so far."""

    def __init__(self, held: Held, shown: Record, name: str) -> None:
        """`held` is all of the file, `shown` what of it may be shown; `name` becomes the title."""
        self.held = held
        self.shown = shown
        offered = choices(shown)
        self.site = lru_cache(FRAMES)(lambda frame: Site(shown, name, frame, offered))
        self.index = lru_cache(FRAMES)(lambda frame: Index(self.site(frame).shown.look))
        self.page = lru_cache(PAGES)(self._page)
        self.corrected = lru_cache(2)(self._corrected)

    def _page(self, frame: Frame, file: str) -> str:
        return framed_links(self.site(frame).render(file), frame.fields())

    def _corrected(self, made: Correction) -> Held:
        """The record built again with a correction; nothing is saved yet."""
        return correct(self.held, [made], Settings())


class Desk:
    """A record's file and what is made of it."""

    def __init__(self, path: Path, day: date, include: tuple[str, ...] = (), author: str = "") -> None:
        """`day` and `include` say what may be shown, as of every command; `author` signs corrections."""
        self.path = path
        self.author = author
        self._shown_on = day, include
        self._lock = Lock()
        self._kept: tuple[Stamp, Shelf] | None = None

    def shelf(self) -> Shelf:
        """The record as its file holds it now. Raises StoreError where there is none."""
        with self._lock:
            stamp = self._stamp()
            if self._kept is None or self._kept[0] != stamp:
                held = open_record(self.path)
                self._kept = stamp, Shelf(held, self.shown_of(held), self.path.stem)
            return self._kept[1]

    def shown_of(self, held: Held) -> Record:
        """What of a record may be shown."""
        return visible(held, *self._shown_on)

    def _stamp(self) -> Stamp:
        """What tells one state of the file from the next; SQLite writes beside it first."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        try:
            found = [path.stat() for path in files if path.exists()]
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}. Is it being moved?") from error
        return tuple((one.st_mtime_ns, one.st_size) for one in found)


def framed_links(html: str, fields: Mapping[str, str]) -> str:
    """A page whose links to other pages keep the frame. Text is escaped, so every link is a template's."""
    if not fields:
        return html
    query = escape(urlencode(fields))

    def linked(found: re.Match[str]) -> str:
        own = f"{found[2]}&amp;" if found[2] else "?"
        return f'href="{found[1]}{own}{query}{found[3] or ""}"'

    return LINK.sub(linked, html)
