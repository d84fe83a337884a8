"""RSS and Atom feeds: one text per entry."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from parley.errors import UnreadableError
from parley.model import Unread
from parley.sources.dates import days_in
from parley.sources.details import Details, Draft
from parley.sources.page import text_of

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, with what it says of the text that it announces."""

    key: str  # its id, else its address, else its title
    whole: bool  # the feed gives the text itself, not only a summary
    draft: Draft


def read_feed(file: str, raw: bytes) -> Iterator[Draft | Unread]:
    """A draft for each entry that has text. Raises UnreadableError if the file is no feed."""
    for entry in feed_entries(file, raw):
        yield entry.draft if entry.draft.text else Unread(entry.draft.name, "the entry has no text")


def feed_entries(file: str, raw: bytes) -> Iterator[FeedEntry]:
    """Every entry of a feed, in its order. Raises UnreadableError if the file is no feed."""
    import feedparser

    # A stream, since feedparser takes bytes for a file's name first.
    feed = feedparser.parse(io.BytesIO(raw))
    if not feed.entries:
        raise UnreadableError("no entries were found in it; .xml, .rss and .atom files are read as feeds")
    outlet = str(feed.feed.get("title", "")).strip()
    for number, entry in enumerate(feed.entries, 1):
        details = _details(entry, outlet)
        draft = Draft(file, _text(entry), details, part=f"entry {number}")
        key = str(entry.get("id") or details.url or details.title)
        yield FeedEntry(key, bool(entry.get("content")), draft)


def _text(entry: Entry) -> str:
    """The entry's content, else its summary."""
    whole = entry.get("content") or [entry.get("summary_detail") or {}]
    parts = [
        part.get("value", "") if part.get("type") == "text/plain" else text_of(part.get("value", ""))
        for part in whole
    ]
    return "\n\n".join(part for part in parts if part.strip())


def _details(entry: Entry, outlet: str) -> Details:
    """What the feed says of an entry. Where only its last change is dated, that day is a guess."""
    published = _day(entry, "published") if "published" in entry else None
    changed = None if published or "updated" not in entry else _day(entry, "updated")
    return Details(
        outlet=outlet,
        published=published or changed,
        published_from="page" if published else "guess",
        url=str(entry.get("link", "")),
        title=" ".join(text_of(entry.get("title", "")).split()),
        byline=str(entry.get("author", "")),
    )


def _day(entry: Entry, field: str) -> date | None:
    """The day as it is written, in the outlet's own time zone; feedparser's own value is in UTC."""
    for written in days_in(entry[field]):
        if written.year:
            return written.on()
    parsed = entry.get(f"{field}_parsed")
    return date(*parsed[:3]) if parsed else None
