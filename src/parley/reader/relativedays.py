"""Relative days: what an expression names that counts from another day ("last week", "three days later")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parley.reader.calendardays import CALENDAR, Context, Period, Resolver, seasons_of, step_of
from parley.reader.days import half, month_of, shifted, third, whole
from parley.reader.numbers import number_of
from parley.vocabulary import vocabulary

PAST = ("past", "perfect")


def resolved(rule: str, match: re.Match[str], context: Context) -> Period | None:
    """What an expression names; None where that depends on something that is not known."""
    group = {name: value for name, value in match.groupdict().items() if value}
    try:
        return _RESOLVERS[rule.split()[0]](group, context)
    except (ValueError, OverflowError):  # no such day
        return None


def _base(group: dict[str, str], context: Context) -> date | None:
    """The day from which "last" or "the following" counts: publication, or what was named before."""
    which = " ".join(group.get("which", "").lower().split())
    if which not in vocabulary("times")["which_told"]:
        return context.published
    return (context.named[0] or context.named[1]) if context.named else None


def _weekday(group: dict[str, str], context: Context) -> Period | None:
    number = vocabulary("times")["weekdays"][group["weekday"]]
    week = group.get("week", "")
    day = _base({"which": week or group.get("which", "")}, context)
    if not day:
        return None
    if week:
        found = whole(day + timedelta(days=7 * step_of({"which": week})), "week")[0] + timedelta(days=number)
        return found, found
    step = step_of(group)
    this = "which" in group and not step and context.tense not in PAST
    to_come = step > 0 or this or (not step and _to_come(context))
    if to_come:
        ahead = (number - day.weekday()) % 7
        found = day + timedelta(days=ahead or 7 * (not this))
    else:
        back = (day.weekday() - number) % 7
        found = day - timedelta(days=back or 7 * (step < 0))
    return found, found


def _to_come(context: Context) -> bool:
    words = vocabulary("times")
    onwards = context.tense not in PAST and context.lead in words["lead_onwards"]
    return context.tense == "future" or onwards or context.lead in words["lead_to_come"]


def _deictic(group: dict[str, str], context: Context) -> Period | None:
    if not context.published:
        return None
    name = " ".join(group["deictic"].lower().split())
    day = context.published + timedelta(days=vocabulary("times")["deictic"][name])
    return day, day


def _overnight(group: dict[str, str], context: Context) -> Period | None:
    return (context.published - timedelta(days=1), context.published) if context.published else None


def _period(group: dict[str, str], context: Context) -> Period | None:
    day, unit, step = _base(group, context), group["unit"].lower(), step_of(group)
    if not day:
        return None
    if unit in ("week", "weekend", "fortnight", "month", "year"):
        return whole(shifted(day, step, unit), "week" if unit == "fortnight" else unit)
    if unit == "quarter":
        return month_of(day.year, 3 * ((day.month - 1) // 3 + step) + 1, 3)
    spans = seasons_of(unit, [day.year + shift for shift in (-2, -1, 0, 1)])
    if step < 0:
        return [span for span in spans if span[1] < day][-1]
    return next(span for span in spans if (span[0] > day if step else span[1] >= day))


def _told(group: dict[str, str], context: Context) -> Period | None:
    day = _base(group, context)
    # "The money will go the same day": that of another deed to come, whose day is open.
    open_yet = context.tense == "future" and "same" in group["which"].lower()
    if not day or open_yet:
        return None
    # "That evening" and "the same night" are of the day named; "the next morning" is of the day behind it.
    found = day + timedelta(days=step_of(group))
    return found, found


def _weekend(group: dict[str, str], context: Context) -> Period | None:
    day = context.published
    if not day:
        return None
    this = whole(day, "weekend")
    if this[0] <= day or _to_come(context):
        return this
    return whole(day - timedelta(days=7), "weekend")


def _edge(group: dict[str, str], context: Context) -> Period | None:
    """The first or last day, or a half, of the week, month or year of publication."""
    if not context.published:
        return None
    words, edge, unit = vocabulary("times"), " ".join(group["edge"].lower().split()), group["unit"].lower()
    start, end = whole(context.published, unit)
    if edge in words["edges"]:
        early, middle, late = (start, start), third((start, end), 1), (end, end)
        return (early, middle, late)[words["edges"][edge]]
    return half((start, end), words["halves"][edge])


def _lasting(group: dict[str, str], context: Context) -> Period | None:
    """A time that has lasted until publication, as only the present perfect says."""
    return _past(group, context) if context.tense == "perfect" else None


def _so(group: dict[str, str], context: Context) -> Period | None:
    day, unit = context.published, group["unit"].lower()
    if not day:
        return None
    if unit == "day":
        return context.named or (day, day)
    start, end = whole(day, unit)
    return (start, day) if group["side"].lower() == "earlier" else (min(day + timedelta(days=1), end), end)


def _far(group: dict[str, str], context: Context) -> Period | None:
    words, far = vocabulary("times"), " ".join(group["far"].lower().split())
    count, unit = number_of(group["count"]), group["unit"].lower()
    from_now = far in words["before_now"] + words["after_now"]
    named = context.named or (None, None)
    sign = -1 if far in words["before_now"] + words["before_it"] else 1
    day = context.published if from_now else named[0] if sign < 0 else named[1]
    if not day or not count:
        return None
    found = shifted(day, sign * int(count), unit)
    return found, found


def _past(group: dict[str, str], context: Context) -> Period | None:
    count = number_of(group.get("count", "a"))
    if not context.published or not count:
        return None
    return shifted(context.published, -int(count), group["unit"].lower()), context.published


def _coming(group: dict[str, str], context: Context) -> Period | None:
    if not context.published:
        return None
    if group["unit"].lower() == "week" and not {"count", "many"} & group.keys():  # "the coming week"
        return whole(shifted(context.published, 1, "week"), "week")
    count = number_of(group.get("count", "" if "many" in group else "a"))
    end = shifted(context.published, int(count), group["unit"].lower()) if count else None
    return context.published + timedelta(days=1), end


def _over(group: dict[str, str], context: Context) -> Period | None:
    """The week after next, the month before last."""
    step = 2 if group["far"].lower().startswith("after") else -2
    unit = group["unit"].lower()
    return whole(shifted(context.published, step, unit), unit) if context.published else None


def _in(group: dict[str, str], context: Context) -> Period | None:
    """A day so far off: "in two weeks' time"."""
    return _far({**group, "far": vocabulary("times")["after_now"][0]}, context)


def _beside(group: dict[str, str], context: Context) -> Period | None:
    """The day before or after what was named last."""
    words, before = vocabulary("times"), group["far"].lower() == "before"
    far = words["before_it" if before else "after_it"][0]
    return _far({"count": "one", "unit": "day", "far": far}, context) if context.named else None


_RESOLVERS: dict[str, Resolver] = {
    **CALENDAR,
    "weekday": _weekday,
    "deictic": _deictic,
    "overnight": _overnight,
    "period": _period,
    "told": _told,
    "weekend": _weekend,
    "so": _so,
    "far": _far,
    "past": _past,
    "lasting": _lasting,
    "edge": _edge,
    "coming": _coming,
    "over": _over,
    "in": _in,
    "beside": _beside,
}
