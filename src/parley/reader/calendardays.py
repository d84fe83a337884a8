"""Calendar days: what a date, a month, a quarter, a season or a year in a text names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from parley.reader.days import apart, month_of
from parley.vocabulary import vocabulary

Period = tuple[date | None, date | None]
WRONG_TENSE = 200  # a date that does not fit its clause's tense counts as so many days farther off


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None
    named: Period | None  # by the last expression before this one
    near: date | None  # the same, if it is a day of the same paragraph
    tense: str  # of its clause: past, perfect, present, future; "" if nothing shows it
    lead: str  # the word before it, in lower case


Resolver = Callable[[dict[str, str], Context], Period | None]


def _date(group: dict[str, str], context: Context) -> Period | None:
    first, last = (_day_number(group.get(name, group["first"])) for name in ("first", "last"))
    if "number" not in group and "month" not in group:
        return _day_of_month(first, group, context)
    month = int(group["number"]) if "number" in group else _month_number(group)
    spans = []
    for year in _years(group, context):
        start, end = month_of(year, month)
        if max(first, last) <= end.day and first <= last:
            spans.append((start.replace(day=first), start.replace(day=last)))
    return _nearest(spans, context)


def _day_number(text: str) -> int:
    number: int = vocabulary("times")["day_words"].get(text.lower()) or int(re.sub(r"\D", "", text))
    return number


def _day_of_month(day: int, group: dict[str, str], context: Context) -> Period | None:
    """A day of a month that is not named: of the month named just before, else of the nearest."""
    if not context.published:
        return None
    if "which" in group:
        months = [month_of(context.published.year, context.published.month + step_of(group))]
    elif context.near:
        months = [month_of(context.near.year, context.near.month)]
    else:
        months = [month_of(context.published.year, context.published.month + step) for step in (-1, 0, 1)]
    days = [start.replace(day=day) for start, end in months if day <= end.day]
    return _nearest([(found, found) for found in days], context)


def _month_number(group: dict[str, str]) -> int:
    number: int = vocabulary("times")["months"][group["month"].capitalize()]
    return number


def _years(group: dict[str, str], context: Context) -> list[int]:
    """The years that an expression may mean: its own, or those about publication."""
    if "year" in group:
        return [int(group["year"])]
    if not context.published:
        return []
    here = context.published.year
    if "of" in group:
        return [here + vocabulary("times")["which"][group["of"]]]
    return [here - 1, here, here + 1]


def _nearest(spans: list[tuple[date, date]], context: Context) -> Period | None:
    """Of the spans the one nearest to publication, those that do not fit the tense counted as farther off."""
    day = context.published
    if not day or len(spans) < 2:
        return spans[0] if spans else None

    # "He agreed that the herds leave by 30 September": a deadline may be to come whatever its clause tells.
    due = context.lead in vocabulary("times")["lead_to_come"]

    def cost(span: tuple[date, date]) -> int:
        told = not due and span[0] > day
        misfit = {"past": told, "perfect": told, "future": span[1] < day}
        return apart(span, day) + WRONG_TENSE * misfit.get(context.tense, False)

    return min(spans, key=cost)


def _month(group: dict[str, str], context: Context) -> Period | None:
    spans = [month_of(year, _month_number(group)) for year in _years(group, context)]
    step = step_of(group)
    if step and context.published and len(spans) > 1:
        day = context.published
        past, to_come = [span for span in spans if span[1] < day], [span for span in spans if span[0] > day]
        return past[-1] if step < 0 else to_come[0]
    return _nearest(spans, context)


def step_of(group: dict[str, str]) -> int:
    """How many units on or back "last", "the following" and the like point; 0 without such a word."""
    words = vocabulary("times")
    which = " ".join(group.get("which", "").lower().split())
    step: int = {**words["which"], **words["which_told"]}.get(which, 0)
    return step


def _nth(group: dict[str, str], context: Context) -> Period | None:
    """A weekday by its place in a month: "the last Friday of February"."""
    month = _month(group, context)
    if not month or not month[0]:
        return None
    first = (vocabulary("times")["weekdays"][group["weekday"]] - month[0].weekday()) % 7
    days = [
        first + 7 * week
        for week in range(5)
        if first + 7 * week < month_of(month[0].year, month[0].month)[1].day
    ]
    found = month[0] + timedelta(days=days[vocabulary("times")["nth"][group["nth"].lower()]])
    return found, found


def _quarter(group: dict[str, str], context: Context) -> Period | None:
    first = vocabulary("times")["quarters"][group.get("quarter") or group["short"]]
    return _nearest([month_of(year, first, 3) for year in _years(group, context)], context)


def _season(group: dict[str, str], context: Context) -> Period | None:
    return _nearest(seasons_of(group["unit"].lower(), _years(group, context)), context)


def seasons_of(season: str, years: list[int]) -> list[tuple[date, date]]:
    """The first and last day of a season of each year."""
    first, count = vocabulary("times")["seasons"]["autumn" if season == "fall" else season]
    return [month_of(year, first, count) for year in years]


def _feast(group: dict[str, str], context: Context) -> Period | None:
    month, day = vocabulary("times")["feasts"][group["feast"]]
    days = [date(year, month, day) for year in _years(group, context)]
    return _nearest([(found, found) for found in days], context)


def _year(group: dict[str, str], context: Context) -> Period | None:
    return month_of(int(group["year"]), 1, 12)


CALENDAR: dict[str, Resolver] = {  # by the first word of a rule
    "date": _date,
    "month": _month,
    "nth": _nth,
    "quarter": _quarter,
    "feast": _feast,
    "season": _season,
    "year": _year,
}
