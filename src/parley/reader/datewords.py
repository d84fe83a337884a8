"""Words for days: the expressions of time that stand alone in a text ("6 May", "last week"), and what each names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from parley.reader.days import apart, half, month_of, shifted, third, whole
from parley.reader.numbers import alternatives, number_of
from parley.vocabulary import vocabulary

Period = tuple[date | None, date | None]
LEAD = 60  # characters before an expression in which words that belong to it are looked for
WRONG_TENSE = 200  # a date that does not fit its clause's tense counts as so many days farther off
PAST = ("past", "perfect")


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None
    named: Period | None  # by the last expression before this one
    near: date | None  # the same, if it is a day of the same paragraph
    tense: str  # of its clause: past, perfect, present, future; "" if nothing shows it
    lead: str  # the word before it, in lower case


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    """One pattern for each rule, with the groups that its resolver reads."""
    words = vocabulary("times")
    either = {name: alternatives(listed) for name, listed in words.items()}
    months, weekdays, parts = either["months"], either["weekdays"], either["parts"]
    short = r"(?:(?<!May)(?<=\b[A-Z][a-z]{2})\.|(?<=\bSept)\.)?"  # the full stop of "Sept."
    month = rf"(?P<month>{months}|{months.upper()})\b{short}"
    year = r"(?P<year>(?:1[89]|20|21)\d\d)\b(?![,.]\d)"
    day, in_words = r"\d{1,2}(?:st|nd|rd|th)?\b(?![,.:]\d)", rf"(?i:{either['day_words']})"
    to = r"(?:\s*[-–—]\s*|\s+(?:to|and|or|until|through)\s+)"
    days = rf"(?P<first>{day})(?:(?:,\s*{day})*{to}(?P<last>{day}))?"
    of_year = rf"(?:,?\s+(?:of\s+)?{year}|\s+(?:of\s+)?(?P<of>last|this|next)\s+year\b)"
    named = rf"(?:(?:{weekdays}),?\s+(?:the\s+)?)?"
    which = rf"(?P<which>(?i:{either['which']}|{either['which_told']}))"
    told = rf"(?P<which>{either['which_told']})"
    unit = rf"(?P<unit>{either['units']})"
    long = "week|weekend|fortnight|month|year|quarter"
    span = r"(?P<unit>week|month|year)"
    count = r"(?P<count>\d{1,3}|(?:[a-z]+-)?[a-z]+)"
    far = "|".join(either[name] for name in ("before_now", "after_now", "before_it", "after_it"))
    edge = rf"(?P<edge>{either['edges']}|{either['halves']})"
    stop = r"(?=\s*(?:[,.;:)?!”\"—–]|$|and\b|but\b))"
    few = r"(?:next|following)(?=\s+(?:\w+\s+)?\w+s\b)"
    cased = {
        "date": r"(?<![\d.-])(?P<year>(?:1[89]|20|21)\d\d)-(?P<number>\d\d)-(?P<first>\d\d)(?![\d-])",
        "date dotted": r"(?<![\d.])(?P<first>\d\d?)\.(?P<number>\d\d?)\.(?P<year>(?:1[89]|20|21)\d\d)(?!\d)",
        "date day month": rf"{named}(?<![\d.,])\b(?i:the\s+)?{days}\s+(?:of\s+)?{month}{of_year}?",
        "date in words": rf"{named}(?i:\bthe\s+)(?P<first>{in_words})\s+of\s+{month}{of_year}?",
        "date month day": rf"{named}(?<![Ii]n )\b{month}\s+(?:the\s+)?{days}(?:,?\s+{year})?",
        "month": rf"(?:{which}\s+)?\b{month}{of_year}?",
        "weekday": rf"(?:{which}\s+)?\b(?P<weekday>{weekdays})\b(?!-)"
        r"(?:\s+(?:of\s+)?(?P<week>last|this|next|that|the\s+(?:same|following|previous))\s+week\b)?",
        "quarter": rf"(?:(?i:\bthe\s+)(?P<quarter>{either['quarters']})\s+quarter|\b(?P<short>Q[1-4]))\b{of_year}?",
        "season": rf"\b(?P<unit>(?i:{either['seasons']}))\b{of_year}?",
        "nth": rf"(?i:\bthe\s+)(?P<nth>{either['nth']})\s+(?P<weekday>{weekdays})\s+(?:of|in)\s+{month}{of_year}?",
        "year": rf"(?:(?<![\w.,/-])|(?<=[Mm]id-)){year}",
    }
    uncased = {
        "date of this month": rf"\bthe\s+(?P<first>{day}|{in_words})\s+of\s+(?P<which>this|the|last|next)\s+month\b",
        "date of month": rf"\bthe\s+(?P<first>[12]?\d|3[01])(?:st|nd|rd|th)\b{stop}",
        "deictic": rf"\b(?P<deictic>{either['deictic']})\b",
        "overnight": r"\bovernight\b",
        "period": rf"{which}\s+(?P<unit>{long}|{either['seasons']}|fall)\b(?!-|\s+of\b)",
        "over next": r"\bthe\s+(?P<unit>week|weekend|month|year)\s+(?P<far>before\s+last|after\s+next)\b",
        "told": rf"\b{told}\s+(?P<unit>day|{parts})\b",
        "weekend": r"\bthe\s+weekend\b",
        "edge": rf"\b(?:the\s+)?{edge}\s+(?:the|this|that)\s+{span}\b",
        "so far": r"\b(?P<side>earlier|later)\s+(?:in\s+the|this|that)\s+(?P<unit>day|week|month|year)\b",
        "far": rf"\b{count}\s+{unit}s?\s+(?P<far>{far})\b",
        "in": rf"\bin\s+{count}\s+{unit}s?['’]?\s+time\b",
        "beside": rf"\bthe\s+day\s+(?P<far>before|after){stop}",
        "lasting": rf"\bfor\s+(?:the\s+(?:past|last)\s+)?{count}\s+{unit}s?\b",
        "past": rf"\bthe\s+(?:past|last)\s+(?:{count}\s+)?{unit}s?\b(?!\s+of\b)",
        "coming": rf"\bthe\s+(?:coming|{few})\s+(?:{count}\s+)?{unit}(?P<many>s?)\b",
    }
    return {rule: re.compile(pattern) for rule, pattern in cased.items()} | {
        rule: re.compile(pattern, re.IGNORECASE) for rule, pattern in uncased.items()
    }


def expressions(text: str) -> list[tuple[str, re.Match[str]]]:
    """The expressions that stand alone, in text order; of two that overlap the first, then the longer."""
    found = [
        (match.start(), -match.end(), order, rule, match)
        for order, (rule, pattern) in enumerate(_rules().items())
        for match in pattern.finditer(text)
        if _stands(rule, match)
    ]
    found.sort(key=lambda entry: entry[:3])
    kept: list[tuple[str, re.Match[str]]] = []
    for start, _, _, rule, match in found:
        if not kept or start >= kept[-1][1].end():
            kept.append((rule, match))
    return kept


def _stands(rule: str, match: re.Match[str]) -> bool:
    """Whether an expression is a time where it stands, and no name, habit, count or verb."""
    text, words = match.string, vocabulary("times")
    before = text[max(0, match.start() - LEAD) : match.start()]
    lead = (re.findall(r"[\w']+", before.lower()) or [""])[-1]
    leads = lead in words["lead"] or lead in words["thirds"]
    name_follows = re.match(r"(?:\s+|-)[A-Z]\w*[a-z]", text[match.end() : match.end() + LEAD]) is not None
    if rule == "weekday":
        return lead not in words["habits"] and not (name_follows and lead == "the" and not match["which"])
    if rule == "month" and match.group().rstrip(".") == match["month"]:
        # "May they return", "March on the harbour": at the head of a sentence it may be a verb.
        return leads or not (name_follows or not lead or match["month"] in ("May", "March", "Mar"))
    if rule == "season" and match.group() == match["unit"]:
        return lead in words["season_lead"] or (lead == "the" and not name_follows)
    if rule == "year":
        if lead in ("of", "to") and re.match(r"\s+[a-z]+s\b", text[match.end() : match.end() + LEAD]):
            return False  # "a minimum of 1800 crates"
        return lead in words["year_lead"] or re.search(r"\d{4}\s+and\s+$", before) is not None
    return True


def part_of(rule: str, match: re.Match[str]) -> str | None:
    """The part of the day that the expression itself names: "last night", "the next morning"."""
    last = match.group().lower().split()[-1]
    if last in ("tonight", "overnight"):
        return "night"
    part: str | None = vocabulary("times")["parts"].get(last)
    return part if rule in ("deictic", "told") else None


# ------------------------------------------------------------------ what each expression names


def resolved(rule: str, match: re.Match[str], context: Context) -> Period | None:
    """What an expression names; None where that depends on something that is not known."""
    group = {name: value for name, value in match.groupdict().items() if value}
    try:
        return _RESOLVERS[rule.split()[0]](group, context)
    except (ValueError, OverflowError):  # no such day
        return None


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
        months = [month_of(context.published.year, context.published.month + _step(group))]
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

    def cost(span: tuple[date, date]) -> int:
        misfit = {"past": span[0] > day, "perfect": span[0] > day, "future": span[1] < day}
        return apart(span, day) + WRONG_TENSE * misfit.get(context.tense, False)

    return min(spans, key=cost)


def _month(group: dict[str, str], context: Context) -> Period | None:
    spans = [month_of(year, _month_number(group)) for year in _years(group, context)]
    step = _step(group)
    if step and context.published and len(spans) > 1:
        day = context.published
        past, to_come = [span for span in spans if span[1] < day], [span for span in spans if span[0] > day]
        return past[-1] if step < 0 else to_come[0]
    return _nearest(spans, context)


def _step(group: dict[str, str]) -> int:
    """How many units on or back "last", "the following" and the like point; 0 without such a word."""
    words = vocabulary("times")
    which = " ".join(group.get("which", "").lower().split())
    step: int = {**words["which"], **words["which_told"]}.get(which, 0)
    return step


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
        found = whole(day + timedelta(days=7 * _step({"which": week})), "week")[0] + timedelta(days=number)
        return found, found
    step = _step(group)
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
    day, unit, step = _base(group, context), group["unit"].lower(), _step(group)
    if not day:
        return None
    if unit in ("week", "weekend", "fortnight", "month", "year"):
        return whole(shifted(day, step, unit), "week" if unit == "fortnight" else unit)
    if unit == "quarter":
        return month_of(day.year, 3 * ((day.month - 1) // 3 + step) + 1, 3)
    spans = _seasons(unit, [day.year + shift for shift in (-2, -1, 0, 1)])
    if step < 0:
        return [span for span in spans if span[1] < day][-1]
    return next(span for span in spans if (span[0] > day if step else span[1] >= day))


def _seasons(season: str, years: list[int]) -> list[tuple[date, date]]:
    first, count = vocabulary("times")["seasons"]["autumn" if season == "fall" else season]
    return [month_of(year, first, count) for year in years]


def _told(group: dict[str, str], context: Context) -> Period | None:
    day = _base(group, context)
    if not day:
        return None
    # "That evening" and "the same night" are of the day named; "the next morning" is of the day behind it.
    found = day + timedelta(days=_step(group))
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
    return _nearest(_seasons(group["unit"].lower(), _years(group, context)), context)


def _year(group: dict[str, str], context: Context) -> Period | None:
    return month_of(int(group["year"]), 1, 12)


_RESOLVERS: dict[str, Callable[[dict[str, str], Context], Period | None]] = {
    "date": _date,
    "month": _month,
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
    "nth": _nth,
    "quarter": _quarter,
    "season": _season,
    "year": _year,
}
