"""A situation report as a value: headings in a fixed order, lines, and the words that each line rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Footnote:
    """The words behind a line and where they stand; `quote` is the text's own, but for names that a role stands for."""

    cited: str  # outlet, title, day, address and quote
    quote: str
    url: str
    article: str
    row: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its attribution in it, its footnotes, and the ids of the rows and reports behind it."""

    text: str
    footnotes: tuple[Footnote, ...] = ()
    rows: tuple[str, ...] = ()
    level: int = 0  # 1 where it belongs to the line before it


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading: what the period brought, what is counted every time, how it stands besides."""

    key: str
    heading: str
    new: tuple[Line, ...]
    standing: tuple[Line, ...] = ()
    always: tuple[Line, ...] = ()  # counts that are printed every time, zeros too
    quiet: str = ""  # what is printed where nothing is new

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in their order."""
        return (*self.new, *self.always, *self.standing)


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A whole situation report of a period; `number` is 0 in a draft."""

    title: str
    number: int
    since: date
    until: date
    view: str  # whose accounts count where it says where things stand
    included: tuple[str, ...]  # what besides public texts it rests on
    basis: str
    prepared_by: str
    cleared_by: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A numbered report as it was frozen: its value, its template, and how many corrections the record held then."""

    report: Sitrep
    template: str
    corrections: int


@dataclass(frozen=True, slots=True)
class Touched:
    """What a later correction touches in one issue: its headings and how many lines under them."""

    number: int
    headings: tuple[str, ...]
    lines: int
