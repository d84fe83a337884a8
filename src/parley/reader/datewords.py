"""Words for days: the expressions of time that stand alone in a text ("6 May", "last week")."""

from __future__ import annotations

import re
from functools import cache

from parley.reader.numbers import alternatives
from parley.vocabulary import vocabulary

LEAD = 60  # characters before an expression in which words that belong to it are looked for


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
    behind = "|".join(rf"(?<=\b{word} )" for word in words["ordinal_lead"])
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
        "feast": rf"\b(?P<feast>{either['feasts']})\b{of_year}?",
        "nth": rf"(?i:\bthe\s+)(?P<nth>{either['nth']})\s+(?P<weekday>{weekdays})\s+(?:of|in)\s+{month}{of_year}?",
        "year": rf"(?:(?<![\w.,/-])|(?<=[Mm]id-)){year}",
    }
    uncased = {
        "date of this month": rf"\bthe\s+(?P<first>{day}|{in_words})\s+of\s+(?P<which>this|the|last|next)\s+month\b",
        "date of month": rf"\bthe\s+(?P<first>[12]?\d|3[01])(?:st|nd|rd|th)\b{stop}",
        "date of month in words": rf"(?:{behind})the\s+(?P<first>{in_words}){stop}",
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
    lead: str = (re.findall(r"[\w']+", before.lower()) or [""])[-1]
    leads = lead in words["lead"] or lead in words["thirds"]
    name_follows = re.match(r"(?:\s+|-)[A-Z]\w*[a-z]", text[match.end() : match.end() + LEAD]) is not None
    if rule in ("far", "beside"):
        return lead != "not"  # "at noon, and not a day later" counts from nothing
    if rule == "lasting":
        return lead not in words["asked"]
    if rule == "feast":
        return lead in words["feast_lead"]
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
