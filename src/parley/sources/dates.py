"""Days as head lines and tables write them: 2031-09-06, 6 September 2031, Sept. 6, 06.09.2031."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from parley.vocabulary import vocabulary

YEAR = r"(?:19|20|21)\d{2}"


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day of the calendar as it stands at text[start:end]; the year is None where it isn't written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int | None = None) -> date | None:
        """The day in its own year, else in the one given; None without a year or in a year that lacks it."""
        chosen = self.year or year
        try:
            return date(chosen, self.month, self.day) if chosen else None
        except ValueError:
            return None


def day_in_address(url: str) -> date | None:
    """The day that the path of an address names, as newsrooms file their reports: ".../2031/09/06/talks"."""
    found = re.search(rf"//[^/]+/(?:[^?#]*/)?({YEAR})[/-](\d\d?)[/-](\d\d?)(?=[/?#.-]|$)", url)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@cache
def months() -> dict[str, int]:
    """Months by name and abbreviation, in capitals."""
    return {name.upper(): number for name, number in vocabulary("times")["months"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(vocabulary("times")["months"], key=len, reverse=True)
    month = "|".join(f"{name}|{name.upper()}" for name in names)
    return re.compile(
        rf"(?<![\w.-])(?P<y1>{YEAR})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?!\d)"
        rf"|(?<![\w.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m2>{month})\b\.?(?:[\s,-]+(?P<y2>{YEAR})\b)?"
        rf"|\b(?P<m3>{month})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>{YEAR})\b(?!:))?"
        rf"|(?<![\w.-])(?P<a4>\d{{1,2}})(?P<s4>[./])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{YEAR})\b"
    )


def days_in(text: str) -> Iterator[WrittenDay]:
    """Every day that the text writes out, in order, save those that may be two, such as 03/04/2031."""
    for match in _pattern().finditer(text):
        year, month, day = _parts(match.groupdict())
        written = WrittenDay(match.start(), match.end(), year, month, day)
        if written.on(2000):  # a leap year: an impossible day is none in any year
            yield written


def _parts(group: dict[str, str | None]) -> tuple[int | None, int, int]:
    """Year, month and day of a match; month 0 where which is which can't be told."""
    if group["y1"]:
        return int(group["y1"]), int(group["m1"] or 0), int(group["d1"] or 0)
    if group["y4"]:
        first, second = int(group["a4"] or 0), int(group["b4"] or 0)
        if group["s4"] == "." or first > 12 or first == second:
            return int(group["y4"]), second, first
        return int(group["y4"]), first if second > 12 else 0, second
    year = group["y2"] or group["y3"]
    day = int(group["d2"] or group["d3"] or 0)
    return int(year) if year else None, months()[(group["m2"] or group["m3"] or "").upper()], day


def day_of(cell: str) -> date:
    """The day that a cell holds, with or without a time. Raises ValueError that says how to write it."""
    weekdays = {name[:3].upper() for name in vocabulary("times")["weekdays"]}
    for written in days_in(cell):
        day, before = written.on(), cell[: written.start].strip(" ,.")
        if day and before[:3].upper() in {"", *weekdays} and re.match(r"$|[T,\s]", cell[written.end :]):
            return day
    raise ValueError(f"{cell!r} is no day that can be read; write it as 2031-09-06")


def only_year(text: str) -> int | None:
    """The year that all days written out in full in the text share; None if there are several or none."""
    years = {written.year for written in days_in(text) if written.year and written.on()}
    return years.pop() if len(years) == 1 else None
