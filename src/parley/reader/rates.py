"""Rates told apart from their counts: "33 trucks came daily", "a monthly 300 tarrin", "12 captives for each sailor"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from parley.reader.counts import Count
from parley.reader.countwords import idle_words
from parley.reader.nouns import rate_of, singular, unit_of
from parley.reader.numbers import alternatives
from parley.vocabulary import vocabulary

NEAR = 120  # characters within which the other half of a rate is looked for
CLAUSE = r"[^.;:,()\n]"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    units = vocabulary("units")
    often, times = alternatives(units["often"]), alternatives(units["times"])
    each = r"(?:each|every)(?:\s+(?!of\b)(?P<one>[a-z-]+(?:\s+[a-z-]+){0,2})|\s+of\s+(?:the|its|their|these|those)\s+"
    group = r"(?P<some>[a-z-]+(?:\s+[a-z-]+){0,3}))(?=[\s,.;])"
    return {
        "behind": re.compile(
            rf"(?:\s+[a-z]+){{1,4}}?\s+(?:(?P<often>{often})|(?:each|every|per)\s+(?P<every>{times}))\b(?!\s+of\b)"
        ),
        "before": re.compile(
            rf"\b(?P<often>{often})\s+(?:(?:{alternatives(units['running'])})\s+(?:of|at|to|is|was|by)\s+)?$",
            re.IGNORECASE,
        ),
        "apiece": re.compile(r"\s+(?:each|apiece)\b(?!\s+(?:of|time|day|week|month|year)\b)"),
        "for each before": re.compile(rf"\bfor\s+{each}{group}{CLAUSE}*$", re.IGNORECASE),
        "for each behind": re.compile(rf"{CLAUSE}*?\s+for\s+{each}{group}", re.IGNORECASE),
        "each before": re.compile(
            rf"(?:^|[.;:,]\s+|\n)each\s+(?:(?P<one>[a-z-]+)\s+)?{CLAUSE}*$", re.IGNORECASE
        ),
    }


def with_rate(text: str, count: Count) -> Count:
    """The count with the unit of its rate, where that stands apart from it."""
    unit = count.unit
    if "/" in unit or unit == "share" or unit in vocabulary("units")["times"]:
        return count
    lead, patterns = text[max(0, count.start - NEAR) : count.start], _patterns()
    told = patterns["before"].search(lead) or patterns["behind"].match(text, count.end)
    if told:
        groups = told.groupdict()
        often = vocabulary("units")["often"]
        return replace(count, unit=f"{unit}/{often.get((groups['often'] or '').lower()) or groups['every']}")
    ahead = text[count.end : count.end + NEAR]
    each = patterns["for each before"].search(lead) or patterns["for each behind"].match(ahead)
    noun = _noun(each["one"] or each["some"]) if each else ""
    if not noun and unit not in ("person", "body"):
        noun = _owner(text, count, lead)
    return replace(count, unit=rate_of(unit, noun)) if noun else count


def _noun(words: str) -> str:
    """The noun of "each living sailor the": the last word before those in which no noun phrase goes on."""
    ends, past = idle_words()
    kept: list[str] = []
    for word in words.lower().split():
        if word in ends or word in past or (kept and word.endswith("ed")):
            break
        kept.append(word)
    noun = singular(kept[-1]) if kept else ""
    return "" if noun in vocabulary("units")["not_each"] else noun


def _owner(text: str, count: Count, lead: str) -> str:
    """Who gets so much: "each fighter is paid", "500 tarrin each"; empty where nobody does."""
    if _patterns()["apiece"].match(text, count.end):
        return "person"
    each = _patterns()["each before"].search(lead)
    if not each:
        return ""
    noun = _noun(each["one"] or "")
    return "person" if not noun or unit_of(noun) == "person" else ""
