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

Span = tuple[date | None, date | None]
LEAD = 60  # characters before an expression in which words that belong to it are looked for
WRONG_TENSE = 200  # a date that does not fit its clause's tense counts as so many days farther off
PAST = ("past", "perfect")


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None
    named: Span | None  # by the last expression before this one
    near: date | None  # the same, if it is a day of the same paragraph
    tense: str  # of its clause: past, perfect, present, future; "" if nothing shows it
    lead: str  # the word before it, in lower case


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    """One pattern for each rule, with the groups that its resolver reads."""
    words = vocabulary("times")
    either = {name: alternatives(listed) for name, listed in words.items()}
    weekday = rf"(?P<weekday>{either['weekdays']})\b(?!-)"
    month = rf"(?P<month>{either['months']}|{either['months'].upper()})\b(?:(?<!May)(?<=\b[A-Z][a-z]{{2}})\.|(?<=\bSept)\.)?"
    year = r"(?P<year>(?:1[89]|20|21)\d\d)\b(?![,.]\d)"
    day = r"\d{1,2}(?:st|nd|rd|th)?\b(?![,.:]\d)"
    in_words = rf"(?i:{either['day_words']})"
    days = rf"(?P<first>{day})(?:(?:,\s*{day})*(?:\s*[-–—]\s*|\s+(?:to|and|or|until|through)\s+)(?P<last>{day}))?"
    of_year = rf"(?:,?\s+(?:of\s+)?{year}|\s+(?:of\s+)?(?P<of>last|this|next)\s+year\b)"
    named = rf"(?:(?:{either['weekdays']}),?\s+(?:the\s+)?)?"
    which = rf"(?i:(?P<which>{either['which']}|{either['which_told']}))"
    unit = rf"(?P<unit>{either['units']})"
    count = r"(?P<count>\d{1,3}|(?:[A-Za-z]+-)?[A-Za-z]+)"
    far = "|".join(either[name] for name in ("before_now", "after_now", "before_it", "after_it"))
    parts = either["parts"]
    rules = {
        "date": rf"(?<![\d.-])(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<first>\d\d)(?![\d-])",
        "date dotted": r"(?<![\d.])(?P<first>\d\d?)\.(?P<number>\d\d?)\.(?P<year>\d{4})(?!\d)",
        "date day month": rf"{named}(?<![\d.,])\b(?i:the\s+)?{days}\s+(?:of\s+)?{month}{of_year}?",
        "date in words": rf"{named}(?i:\bthe\s+)(?P<first>{in_words})\s+of\s+{month}{of_year}?",
        "date month day": rf"{named}(?<![Ii]n )\b{month}\s+(?:the\s+)?{days}(?:,?\s+{year})?",
        "date of this month": rf"(?i:\bthe\s+(?P<first>{day}|{in_words})\s+of\s+(?P<which>this|the|last|next)\s+month\b)",
        "date of month": r"(?i:\bthe\s+)(?P<first>[12]?\d|3[01])(?:st|nd|rd|th)\b(?=\s*(?:[,.;:)?!”\"—–]|$|and\b|but\b))",
        "month": rf"(?:{which}\s+)?\b{month}{of_year}?",
        "weekday": rf"(?:{which}\s+)?\b{weekday}(?:\s+(?:of\s+)?(?P<week>last|this|next|that|the\s+same|"
        rf"the\s+following|the\s+previous)\s+week\b)?",
        "deictic": rf"(?i:\b(?P<deictic>{either['deictic']})\b)",
        "overnight": r"(?i:\bovernight\b)",
        "period": rf"{which}\s+(?P<unit>week|weekend|fortnight|month|year|quarter|{either['seasons']}|fall)\b(?!-|'s-)",
        "told": rf"(?i:\b(?P<which>{either['which_told']})\s+(?P<unit>day|{parts})\b)",
        "weekend": r"(?i:\bthe\s+weekend\b)",
        "edge": rf"(?i:\b(?:the\s+)?(?P<edge>{either['edges']}|{either['halves']})\s+(?:the|this|that)\s+(?P<unit>week|month|year)\b)",
        "so far": r"(?i:\b(?P<side>earlier|later)\s+(?:in\s+the|this|that)\s+(?P<unit>day|week|month|year)\b)",
        "far": rf"(?i:\b{count}\s+{unit}s?\s+(?P<far>{far})\b)",
        "lasting": rf"(?i:\bfor\s+(?:the\s+(?:past|last)\s+)?{count}\s+{unit}s?\b)",
        "past": rf"(?i:\bthe\s+(?:past|last)\s+(?:{count}\s+)?{unit}s?\b)",
        "coming": rf"(?i:\bthe\s+(?:coming|(?:next|following)(?=\s+(?:\w+\s+)?\w+s\b))\s+(?:{count}\s+)?{unit}(?P<many>s?)\b)",
        "quarter": rf"(?:(?i:\bthe\s+)(?P<quarter>{either['quarters']})\s+quarter\b|\b(?P<short>Q[1-4])\b){of_year}?",
        "season": rf"(?i:\b(?P<unit>{either['seasons']})\b){of_year}?",
        "year": rf"(?<![\w.,/-]){year}",
    }
    return {name: re.compile(pattern) for name, pattern in rules.items()}


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
    lead = (re.findall(r"[\w']+", text[max(0, match.start() - LEAD) : match.start()].lower()) or [""])[-1]
    leads = lead in words["lead"] or lead in words["thirds"]
    name_follows = re.match(r"(?:\s+|-)[A-Z]\w*[a-z]", text[match.end() : match.end() + LEAD]) is not None
    if rule == "weekday":
        return lead not in words["habits"] and not (name_follows and lead == "the" and not match["which"])
    if rule == "month" and match.group().rstrip(".") == match["month"]:
        opens = not text[: match.start()].rstrip(" \"'“‘").endswith((",", ";")) and not lead
        return leads or not (name_follows or opens or match["month"] in ("May", "March", "Mar"))
    if rule == "season" and match.group() == match["unit"]:
        return lead in words["season_lead"] or (lead == "the" and not name_follows)
    if rule == "year":
        return leads
    return rule != "date of month" or lead != "of"


def part_of(match: re.Match[str]) -> str | None:
    last = match.group().lower().split()[-1]
    return vocabulary("times")["parts"].get(last) or ("night" if last in ("tonight", "overnight") else None)


# ------------------------------------------------------------------ what each expression names


def resolved(rule: str, match: re.Match[str], context: Context) -> Span | None:
    """What an expression names; None where that depends on something that is not known."""
    group = {name: value for name, value in match.groupdict().items() if value}
    try:
        return _RESOLVERS[rule.split()[0]](group, context)
    except ValueError:  # no such day
        return None


def _date(group: dict[str, str], context: Context) -> Span | None:
    first, last = (_day_number(group.get(name, group["first"])) for name in ("first", "last"))
    if "number" not in group and "month" not in group:
        return _day_of_month(first, group, context)
    month = int(group["number"]) if "number" in group else _month_number(group)
    spans = [
        (
            date(year - (first > last and month == 1), month - (first > last) or 12, first),
            date(year, month, last),
        )
        for year in _years(group, context)
        if last <= month_of(year, month)[1].day
    ]
    return _nearest(spans, context)


def _day_number(text: str) -> int:
    number: int = vocabulary("times")["day_words"].get(text.lower()) or int(re.sub(r"\D", "", text))
    return number


def _day_of_month(day: int, group: dict[str, str], context: Context) -> Span | None:
    """A day of a month that is not named: of the one named just before, else of the one nearest to publication."""
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


def _nearest(spans: list[tuple[date, date]], context: Context) -> Span | None:
    """Of the spans the one nearest to publication, those that do not fit the tense counted as farther off."""
    day = context.published
    if not day or len(spans) < 2:
        return spans[0] if spans else None

    def cost(span: tuple[date, date]) -> int:
        wrong = (context.tense in ("past", "perfect") and span[0] > day) or (
            context.tense == "future" and span[1] < day
        )
        return apart(span, day) + WRONG_TENSE * wrong

    return min(spans, key=cost)


def _month(group: dict[str, str], context: Context) -> Span | None:
    spans = [month_of(year, _month_number(group)) for year in _years(group, context)]
    step = _step(group)
    if step and context.published:
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


def _weekday(group: dict[str, str], context: Context) -> Span | None:
    number = vocabulary("times")["weekdays"][group["weekday"]]
    week = group.get("week", "")
    day = _base({"which": week or group.get("which", "")}, context)
    if not day:
        return None
    if week:
        found = whole(day + timedelta(days=7 * _step({"which": week})), "week")[0] + timedelta(days=number)
        return found, found
    step = _step(group)
    to_come = step > 0 or (not step and _to_come(context))
    ahead = (number - day.weekday()) % 7
    if to_come:
        found = day + timedelta(days=ahead or 7)
    else:
        back = (day.weekday() - number) % 7
        found = day - timedelta(days=back or 7 * (step < 0))
    return found, found


def _to_come(context: Context) -> bool:
    return context.tense == "future" or context.lead in vocabulary("times")["lead_to_come"]


def _deictic(group: dict[str, str], context: Context) -> Span | None:
    if not context.published:
        return None
    name = " ".join(group["deictic"].lower().split())
    day = context.published + timedelta(days=vocabulary("times")["deictic"][name])
    return day, day


def _overnight(group: dict[str, str], context: Context) -> Span | None:
    return (context.published - timedelta(days=1), context.published) if context.published else None


def _period(group: dict[str, str], context: Context) -> Span | None:
    day, unit, step = _base(group, context), group["unit"].lower(), _step(group)
    if not day:
        return None
    if unit in ("week", "weekend", "fortnight", "month", "year"):
        start, end = whole(shifted(day, step, unit), "week" if unit == "fortnight" else unit)
        so_far = day == context.published and not step and context.tense in ("past", "perfect")
        return start, day if so_far and start <= day else end
    if unit == "quarter":
        return month_of(day.year, 3 * ((day.month - 1) // 3 + step) + 1, 3)
    spans = _seasons(unit, [day.year - 1, day.year, day.year + 1])
    fit = [
        span
        for span in spans
        if (span[1] < day if step < 0 else span[0] > day if step > 0 else span[1] >= day)
    ]
    return fit[-1 if step < 0 else 0]


def _seasons(season: str, years: list[int]) -> list[tuple[date, date]]:
    first, count = vocabulary("times")["seasons"]["autumn" if season == "fall" else season]
    return [month_of(year, first, count) for year in years]


def _told(group: dict[str, str], context: Context) -> Span | None:
    day = _base(group, context)
    if not day:
        return None
    # "That evening" and "the same night" are of the day named; "the next morning" is of the day behind it.
    found = day + timedelta(days=_step(group))
    return found, found


def _weekend(group: dict[str, str], context: Context) -> Span | None:
    day = context.published
    if not day:
        return None
    this = whole(day, "weekend")
    if this[0] <= day or _to_come(context):
        return this
    return whole(day - timedelta(days=7), "weekend")


def _edge(group: dict[str, str], context: Context) -> Span | None:
    """The first or last day, or a half, of the week, month or year of publication."""
    if not context.published:
        return None
    words, edge, unit = vocabulary("times"), " ".join(group["edge"].lower().split()), group["unit"].lower()
    start, end = whole(context.published, unit)
    if edge in words["edges"]:
        early, middle, late = (start, start), third((start, end), 1), (end, end)
        return (early, middle, late)[words["edges"][edge]]
    return half((start, end), words["halves"][edge])


def _lasting(group: dict[str, str], context: Context) -> Span | None:
    """A time that has lasted until publication, as only the present perfect says."""
    return _past(group, context) if context.tense == "perfect" else None


def _so(group: dict[str, str], context: Context) -> Span | None:
    day, unit = context.published, group["unit"].lower()
    if not day:
        return None
    if unit == "day":
        return context.named or (day, day)
    start, end = whole(day, unit)
    return (start, day) if group["side"].lower() == "earlier" else (min(day + timedelta(days=1), end), end)


def _far(group: dict[str, str], context: Context) -> Span | None:
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


def _past(group: dict[str, str], context: Context) -> Span | None:
    count = number_of(group.get("count", "a"))
    if not context.published or not count:
        return None
    return shifted(context.published, -int(count), group["unit"].lower()), context.published


def _coming(group: dict[str, str], context: Context) -> Span | None:
    if not context.published:
        return None
    count = number_of(group.get("count", "" if "many" in group else "a"))
    end = shifted(context.published, int(count), group["unit"].lower()) if count else None
    return context.published + timedelta(days=1), end


def _quarter(group: dict[str, str], context: Context) -> Span | None:
    first = vocabulary("times")["quarters"][group.get("quarter") or group["short"]]
    return _nearest([month_of(year, first, 3) for year in _years(group, context)], context)


def _season(group: dict[str, str], context: Context) -> Span | None:
    return _nearest(_seasons(group["unit"].lower(), _years(group, context)), context)


def _year(group: dict[str, str], context: Context) -> Span | None:
    return month_of(int(group["year"]), 1, 12)


_RESOLVERS: dict[str, Callable[[dict[str, str], Context], Span | None]] = {
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
    "quarter": _quarter,
    "season": _season,
    "year": _year,
}
