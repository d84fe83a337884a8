"""Times: every expression that names a day or a span of days, resolved against the publication day and the text.

The expressions that stand alone come from `datewords`, what each names from `relativedays` and `calendardays`; here
they are resolved in text order, and the words around them are taken in: "late Friday", "since 6 May", "three days
before Easter Monday", "from Monday to Friday".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from parley.model import Article, Time, row_id
from parley.reader.calendardays import Context, Period
from parley.reader.clauses import BREAK, nearest_verb, verbs
from parley.reader.datewords import LEAD, expressions, part_of
from parley.reader.days import half, shifted, third, week_in, whole
from parley.reader.numbers import alternatives, number_of
from parley.reader.relativedays import resolved
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

WINDOW = 240  # characters to each side in which the verb of a time is looked for
WIDENING = (
    "part of",
    "part on",
    "third",
    "edge",
    "half",
    "week in",
    "end day",
    "whole",
    "week from",
    "week to",
    "offset",
    "since",
    "until",
)
LED = re.compile(r"\b(?:on|in|at|of)\s+$")  # belongs to the time and parts it from no verb
DURATIONS = ("lasting", "past", "coming")  # rules whose expressions are counts of days as well


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression with the words around it, and what it names if that could be told."""

    start: int
    end: int
    rule: str
    days: Period | None
    part: str | None = None


def read_times(article: Article) -> tuple[Time, ...]:
    """Every expression that names a day or a span of days, in text order, if it can be resolved."""
    rows = []
    for found in _read(article.text, article.published):
        if found.days:
            at = (found.start, found.end)
            ident = row_id("time", article.id, [at])
            rows.append(Time(ident, article.id, article.text[slice(*at)], at, *found.days, found.part))
    return tuple(rows)


def time_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the expressions that name a day or a span of days and count none, resolvable or not."""
    return [(found.start, found.end) for found in _read(text, None) if found.rule not in DURATIONS]


def _read(text: str, published: date | None) -> list[_Found]:
    bounds = sentences(text)
    starts = [start for start, _ in bounds]
    done: list[_Found] = []
    named: Period | None = None
    for rule, match in expressions(text):
        start, end = match.span()
        sentence = bounds[max(0, bisect_right(starts, start) - 1)]
        lead = (re.findall(r"\w+", text[max(0, start - LEAD) : start].lower()) or [""])[-1]
        paragraph = bool(done) and "\n" not in text[done[-1].end : start]
        near = named[0] if paragraph and named and named[0] == named[1] else None
        context = Context(published, named, near, _tense(text, sentence, start, end), lead)
        found = _Found(start, end, rule, resolved(rule, match, context), part_of(rule, match))
        try:
            joined = _joined(text, done[-1], found, published) if done else None
            found = joined or _widened(text, done[-1].end if done else 0, found, published)
        except (ValueError, OverflowError):  # no such day: "999 years before 6 May 900"
            joined = None
        done[-1:] = [found] if joined else [*done[-1:], found]
        named = done[-1].days or named
    return done


def _tense(text: str, sentence: tuple[int, int], start: int, end: int) -> str:
    """The tense of the verb that governs text[start:end]; a perfect of another clause is a past."""
    first, last = max(sentence[0], start - WINDOW), min(sentence[1], end + WINDOW)
    led = LED.search(text, first, start)
    start = led.start() if led else start
    window = text[first:last]
    verb = nearest_verb(window, verbs(window), start - first, end - first)
    if verb and verb.tense == "perfect" and BREAK.search(window, verb.end, start - first):
        return "past"
    return verb.tense if verb else ""


# ------------------------------------------------------------------ the words around them


@cache
def _around() -> dict[str, re.Pattern[str]]:
    """The words before or behind an expression that belong to it."""
    either = {name: alternatives(listed) for name, listed in vocabulary("times").items()}
    before = {
        "part of": rf"(?:the\s+)?(?P<word>{either['parts']})\s+of\s+(?:the\s+)?",
        "part on": r"(?P<word>late|later|early|earlier)\s+(?:on\s+)?",
        "third": rf"(?P<word>{either['thirds']})(?:-|\s+)(?:in\s+)?(?:the\s+)?",
        "edge": rf"(?:the\s+)?(?:very\s+)?(?P<word>{either['edges']})\s+",
        "half": rf"(?:the\s+)?(?P<word>{either['halves']})\s+",
        "week in": rf"(?:the\s+)?(?P<word>{either['weeks']})\s+",
        "whole": r"the\s+(?P<word>week|weekend|month)\s+of\s+",
        "week from": r"(?:the\s+)?week\s+(?:starting|beginning|commencing)\s+(?:on\s+)?",
        "week to": r"(?:the\s+)?week\s+(?:ending|to)\s+(?:on\s+)?",
        "end day": rf"(?:the\s+)?(?P<word>{either['end_days']})\s+day\s+of\s+(?:the\s+)?",
        "offset": rf"(?P<word>\d{{1,3}}|[a-z-]+)\s+(?P<unit>{either['units']})s?\s+(?P<side>before|after)\s+",
        "since": r"(?:ever\s+)?since\s+(?:about\s+|around\s+|at\s+least\s+)?(?:the\s+)?",
        "until": r"(?:up\s+)?(?:until|till)\s+(?:the\s+)?",
        "from": r"(?:from|between)\s+",
    }
    behind = {
        "part": rf"\s+(?:late\s+|early\s+)?(?P<word>{either['parts']})\b(?!\s+of\b)",
        "and": r"\s+and\s+(?:on\s+)?",
        "to": r"\s*[-–—]\s*|\s+(?:up\s+)?(?:to|until|till|through)\s+",
    }
    return {name: re.compile(rf"\b(?:{pattern})$", re.IGNORECASE) for name, pattern in before.items()} | {
        name: re.compile(pattern, re.IGNORECASE) for name, pattern in behind.items()
    }


def _widened(text: str, floor: int, found: _Found, published: date | None) -> _Found:
    """The expression with the words around it that say which part of it, or since when."""
    behind = _around()["part"].match(text, found.end)
    if behind and not found.part:
        found = replace(found, end=behind.end(), part=vocabulary("times")["parts"][_word(behind)])
    for name in WIDENING:
        before = _around()[name].search(text, max(floor, found.start - LEAD), found.start)
        if before:
            found = _with(name, before, found, published)
    before = _around()["from"].search(text, max(floor, found.start - LEAD), found.start)
    several = found.rule.startswith("date") and found.days and found.days[0] != found.days[1]
    return replace(found, start=before.start()) if before and several else found


def _word(match: re.Match[str]) -> str:
    return " ".join(match["word"].lower().split())


def _with(name: str, before: re.Match[str], found: _Found, published: date | None) -> _Found:
    """The expression with the words before it taken in, where they fit it; itself where they don't."""
    words, (start, end) = vocabulary("times"), found.days or (None, None)
    if name == "until":
        return replace(found, start=before.start())
    if name == "since":
        days = (start, published) if start and published and start <= published else None
        return replace(found, start=before.start(), days=days)
    if not start or not end:
        return found
    if start == end:
        return _of_day(name, before, found, start)
    if name not in ("third", "edge", "half", "week in", "end day"):
        return found
    word, cut = _word(before), (start, end)
    if name == "third":
        cut = third(cut, words["thirds"][word])
    elif name == "edge" and words["edges"][word] == 2 and _is_deadline(before):
        cut = end, end
    elif name == "end day":
        day = (start, end)[words["end_days"][word]]
        cut = day, day
    elif name == "edge":
        cut = third(cut, words["edges"][word])
    else:
        cut = half(cut, words["halves"][word]) if name == "half" else week_in(cut, words["weeks"][word])
    return replace(found, start=before.start(), days=cut)


def _of_day(name: str, before: re.Match[str], found: _Found, day: date) -> _Found:
    """A single day with the words before it: its part, its week, or how far from it."""
    if name in ("part of", "part on"):
        part = found.part or vocabulary("times")["parts"][_word(before)]
        return replace(found, start=before.start(), part=part)
    if name == "whole":
        return replace(found, start=before.start(), days=whole(day, _word(before)))
    if name in ("week from", "week to"):
        shift = timedelta(days=6 if name == "week from" else -6)
        return replace(found, start=before.start(), days=(min(day, day + shift), max(day, day + shift)))
    count = number_of(_word(before)) if name == "offset" else None
    if not count:
        return found
    sign = -1 if before["side"].lower() == "before" else 1
    there = shifted(day, sign * int(count), before["unit"].lower())
    return replace(found, start=before.start(), days=(there, there))


def _is_deadline(before: re.Match[str]) -> bool:
    """Whether the words before a month's end make it its last day: "by the end of May"."""
    lead = re.findall(r"\w+", before.string[max(0, before.start() - LEAD) : before.start()].lower())
    return bool(lead) and lead[-1] in vocabulary("times")["deadlines"]


def _joined(text: str, first: _Found, last: _Found, published: date | None) -> _Found | None:
    """One expression of two that are the ends of a range ("from Monday to Friday"), else None."""
    lead = _around()["from"].search(text, max(0, first.start - LEAD), first.start)
    between = lead and lead.group().lower().startswith("between")
    if not _around()["and" if between else "to"].fullmatch(text, first.end, last.start):
        return None
    start = lead.start() if lead else first.start
    if not first.days or not last.days:
        return _Found(start, last.end, last.rule, None)
    days = _range(first.days, last.days, published)
    return _Found(start, last.end, last.rule, days) if days else None


def _range(first: Period, last: Period, published: date | None) -> Period | None:
    """From the start of one to the end of the other, one moved by weeks or a year where it lies behind it."""
    start, end = first[0], last[1]
    if not start or not end or start <= end:
        return start, end
    weeks = timedelta(days=7 * -(-(start - end).days // 7))
    if weeks.days > 21:
        before = shifted(start, -1, "year")
        return (before, end) if before <= end else None
    return (start, end + weeks) if published and start > published else (start - weeks, end)
