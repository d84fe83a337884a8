"""What is known of a text besides its words, and who tells it: the table, the page, the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from parley.errors import UnreadableError
from parley.model import SENSITIVITIES
from parley.sources.dates import day_of

KINDS = ("report", "statement", "agreement", "note")
CELLS = (  # what a table's columns, or the names of a line of JSON, may tell
    "outlet",
    "published",
    "url",
    "title",
    "language",
    "kind",
    "sensitivity",
    "embargo",
    "captured",
    "archived_url",
)


@dataclass(frozen=True, slots=True)
class Details:
    """What one teller says of a text; an empty field is not told."""

    outlet: str = ""
    published: date | None = None
    published_from: str = "guess"
    url: str = ""
    title: str = ""
    language: str = ""
    kind: str = ""
    byline: str = ""
    sensitivity: str = ""
    embargo: date | None = None
    captured: str = ""
    archived_url: str = ""

    def over(self, other: Details) -> Details:
        """These details, with what they leave open taken from `other`."""
        sure = self.published and (self.published_from != "guess" or not other.published)
        dated = self if sure else other
        return Details(
            outlet=self.outlet or other.outlet,
            published=dated.published,
            published_from=dated.published_from,
            url=self.url or other.url,
            title=self.title or other.title,
            language=self.language or other.language,
            kind=self.kind or other.kind,
            byline=self.byline or other.byline,
            sensitivity=max(self.sensitivity, other.sensitivity, key=("", *SENSITIVITIES).index),
            embargo=max(filter(None, (self.embargo, other.embargo)), default=None),
            captured=self.captured or other.captured,
            archived_url=self.archived_url or other.archived_url,
        )

    def for_all(self) -> Details:
        """What holds for every text of a file that has several: not the day, address or title of one."""
        return Details(
            outlet=self.outlet,
            language=self.language,
            kind=self.kind,
            sensitivity=self.sensitivity,
            embargo=self.embargo,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way to an Article: decoded, with what came along with it."""

    file: str
    text: str
    details: Details = Details()
    raw_digest: str = ""
    part: str = ""  # which text of the file, where it has several: "line 7"

    @property
    def name(self) -> str:
        """The file, and the part of it, as a message says it."""
        return f"{self.file} {self.part}".rstrip()


def told(cells: dict[str, str]) -> Details:
    """Details from named cells, as a table's row or a line of JSON has them.

    Raises UnreadableError that names the cell if its day, kind or sensitivity is none.
    """
    published = _day(cells, "published")
    return Details(
        outlet=cells.get("outlet", ""),
        published=published,
        published_from="table" if published else "guess",
        url=cells.get("url", ""),
        title=cells.get("title", ""),
        language=cells.get("language", ""),
        kind=_one_of(cells, "kind", KINDS),
        sensitivity=_one_of(cells, "sensitivity", SENSITIVITIES),
        embargo=_day(cells, "embargo"),
        captured=_instant(cells, "captured"),
        archived_url=cells.get("archived_url", ""),
    )


def _day(cells: dict[str, str], name: str) -> date | None:
    if not cells.get(name):
        return None
    try:
        return day_of(cells[name])
    except ValueError as error:
        raise UnreadableError(f"{name}: {error}") from None


def _instant(cells: dict[str, str], name: str) -> str:
    written = cells.get(name, "")
    try:
        return datetime.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        raise UnreadableError(
            f"{name}: {written!r} is no instant; write it like 2031-03-06T06:30+00:00"
        ) from None


def _one_of(cells: dict[str, str], name: str, words: tuple[str, ...]) -> str:
    word = cells.get(name, "").lower()
    if word and word not in words:
        raise UnreadableError(f"{name}: {word!r} is none of {', '.join(words)}")
    return word
