"""Arithmetic of days: spans of days, their parts, and spans some units away. Nothing here knows of texts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]


def month_of(year: int, month: int, count: int = 1) -> Days:
    """The first to the last day of `count` months; months beyond 12 run into the next years."""
    last = month + count - 2
    last_year, last_month = year + last // 12, last % 12 + 1
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, date(last_year, last_month, monthrange(last_year, last_month)[1])


def shifted(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, fortnights, months or years later; in a month too short, its last day."""
    if unit in ("month", "year"):
        last = month_of(day.year, day.month + count * (12 if unit == "year" else 1))[1]
        return last.replace(day=min(day.day, last.day))
    return day + timedelta(days=count * {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}[unit])


def whole(day: date, unit: str) -> Days:
    """The week (Monday to Sunday), weekend, month or year that holds a day; of another unit the day."""
    monday = day - timedelta(days=day.weekday())
    if unit == "week":
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def third(days: Days, number: int) -> Days:
    """The early (0), middle (1) or late (2) part: days 1-10, 11-20, 21-end of a month, else equal parts."""
    start, end = days
    length = (end - start).days + 1
    if length > 31:
        months = (end.year * 12 + end.month - start.year * 12 - start.month + 1) // 3
        return month_of(start.year, start.month + months * number, months)
    if length > 20:
        return start + timedelta(days=10 * number), end if number == 2 else start + timedelta(
            days=10 * number + 9
        )
    cuts = [round(length * part / 3) for part in range(4)]
    return start + timedelta(days=cuts[number]), start + timedelta(days=cuts[number + 1] - 1)


def half(days: Days, number: int) -> Days:
    """The first (0) or second (1) half: days 1-15 and 16-end of a month, else cut in the middle."""
    start, end = days
    length = (end - start).days + 1
    if length > 360:
        return month_of(start.year, start.month + 6 * number, 6)
    first = start + timedelta(days=14 if length >= 28 else length // 2 - 1)
    return (start, first) if number == 0 else (first + timedelta(days=1), end)


def week_in(days: Days, number: int) -> Days:
    """Seven days of a span: its first (0), second (1) and so on, or its last (-1)."""
    start, end = days
    if number < 0:
        return end - timedelta(days=6), end
    return start + timedelta(days=7 * number), start + timedelta(days=7 * number + 6)


def apart(days: Days, day: date) -> int:
    """How many days lie between a span and a day; 0 if the span holds it."""
    return max((days[0] - day).days, (day - days[1]).days, 0)
