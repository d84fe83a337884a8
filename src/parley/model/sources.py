"""What came in: articles, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Kinds of text that a person entered beside the reports; they are no reports and nothing is read in them.
ENTERED = frozenset({"terms", "aliases", "note"})


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet at one time."""

    id: str
    file: str  # path relative to the input folder, or the URL, or "-" for pasted text
    outlet: str
    text: str  # the decoded file with newlines as "\n", or the extractor's output
    url: str = ""
    published: date | None = None
    published_from: str = "guess"  # text | page | table | person | guess
    title: str = ""
    language: str = "en"
    kind: str = "report"  # report | statement | agreement | note | terms | aliases
    dateline: str = ""  # the place that the date line names
    credit: str = ""  # the agency that the text credits, never a photo's
    byline: str = ""
    raw_digest: str = ""  # SHA-256 of the bytes as they came
    sensitivity: str = "public"  # public | internal | confidential
    embargo: date | None = None  # the first day on which it may be shown
    as_it_came: tuple[tuple[str, str], ...] = ()  # fields that a person corrected, with what they were
    captured: str = ""  # ISO 8601 instant at which it was fetched or found
    archived_url: str = ""  # where an archive keeps it


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that came in and was not read, with the reason in words."""

    file: str
    reason: str
    sensitivity: str = "public"
    embargo: date | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """What is remembered of a feed or folder, so that only what is new in it is taken next time."""

    source: str
    etag: str = ""
    modified: str = ""  # the Last-Modified header, as it came
    seen: tuple[str, ...] = ()  # ids of a feed's entries, or files with their size and time
