"""Words around counts: the patterns of what stands before and behind a number, and words that end its phrase."""

from __future__ import annotations

import re
from functools import cache

from parley.reader.numbers import alternatives
from parley.vocabulary import vocabulary

WORD = re.compile(r"[^\W_](?:[\w'’&/]|[.-](?=\w))*")
GAP = re.compile(r"[ \t\u00a0]+|-(?=[^\W\d_])")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of what stands around a number, by what they show."""
    words, units = vocabulary("figures"), vocabulary("units")
    hedge = "|".join(rf"(?P<{kind}>{alternatives(listed)})" for kind, listed in words["hedges"].items())
    behind = "|".join(
        rf"(?P<{kind}>{alternatives(listed)})" for kind, listed in words["hedges_behind"].items()
    )
    hedge_words, times = re.sub(r"\?P<\w+>", "?:", hedge), alternatives(units["times"])
    money, bodies = alternatives(units["currencies"]), alternatives(words["bodies"])
    always, called = alternatives(words["named_by_always"]), alternatives(words["named_by"])
    return {
        "before": re.compile(
            rf"(?P<bodies>\b(?:the\s+)?(?:{bodies})\s+of\s+)?(?:(?<!\w)(?:{hedge})\s+)?"
            rf"(?:(?<!\w)(?:{alternatives(words['determiners'])})\s+)?(?P<money>(?<!\w)(?:{money})\s?)?$",
            re.I,
        ),
        "one": re.compile(
            rf"(?<!\w)(?:{hedge_words})\s+(?P<hedged>an?)(?=\s+(?:{times})\b)|\b(?P<single>an?\s+single)(?=\s+(?:{times})\b)",
            re.I,
        ),
        "limit": re.compile(rf"(?:{alternatives(words['time_limits'])})\b", re.I),
        "behind": re.compile(rf"[\s-]+(?:{behind})\b", re.I),
        "named": re.compile(
            rf"(?:\b(?i:{always})\.?[ \u00a0]+(?:\d[\w.]*(?:,|\s+and|\s+or|\s+to)\s+)?|[§#№/]\s*)$"
        ),
        "called": re.compile(rf"\b(?:{called})[ -](?:\d[\w.]*(?:,|\s+and|\s+or|\s+to)\s+)?$", re.I),
        "hour": re.compile(
            r"\b(?:at|past|by|from|until|before|after|shortly\s+after|shortly\s+before)\s+(?:(?:about|around)\s+)?(?:\w+\s+(?:to|past)\s+)?$",
            re.I,
        ),
        "time": re.compile(rf"[\s-]+(?:{times})", re.I),
        "ordinal": re.compile(r"\b(?:first|second|third|other|latter|last|final)\s+$", re.I),
        "clock": re.compile(
            r"\s*(?:[ap]\.?\s?m\b|o[’']clock|GMT\b|UTC\b|hrs\b|hours\s+local|in\s+the\s+(?:morning|afternoon|evening)\b)|[-\s]years?[-\s]old\b|\.\d|[-–]\w*\d",
            re.I,
        ),
        "percent": re.compile(
            r"\s?%|\s+(?:per\s?cent|pc)\b(?:age\s+points?)?|\s+percentage\s+points?\b", re.I
        ),
        "rate": re.compile(
            rf"\s+(?:(?:an?|each|every)\s+(?P<every>{alternatives(units['rates'])})\b|per\s+(?P<per>[a-z]+)\b"
            rf"|(?P<often>{alternatives(units['often'])})\b)"
        ),
        "of": re.compile(
            r"\s+of\s+(?=[a-z])(?!the\b|them\b|those\b|these\b|its\b|their\b|which\b|whom\b)([a-z]+)"
        ),
        "part": re.compile(rf"\s+of\s+(?:{alternatives(words['definite'])})(?=\s)", re.I),
        "pronoun": re.compile(
            r"\s+of\s+(?:them|those|these|us|whom)\b|\s+(?:more|others)\b(?!\s+than)", re.I
        ),
    }


@cache
def idle_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words, and past tenses, in which no noun phrase goes on."""
    past = [
        word for word in vocabulary("tenses")["irregular_past"] if not word.endswith("n")
    ]  # "fallen soldiers"
    return frozenset(vocabulary("figures")["ends"]), frozenset(past)


@cache
def counting_of() -> frozenset[str]:
    """Number words that count what stands behind "of": dozens of people, a pair of boats."""
    return frozenset({**vocabulary("numbers")["vague"], **vocabulary("numbers")["pairs"]})
