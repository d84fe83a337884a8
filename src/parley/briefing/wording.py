"""How days, values, acts and lists are worded on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley.linking.counted import plain
from parley.model import Act, Figure

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_FROM = {
    "text": "in the text",
    "page": "on the page",
    "table": "from your table",
    "person": "set by a person",
    "guess": "guessed",
}
ACTS = {
    "DEMAND": "demanded",
    "OFFER": "offered",
    "ACCEPT": "accepted",
    "REJECT": "refused",
    "ACCUSE": "accused",
    "DENY": "denied",
    "THREATEN": "warned",
    "COMMIT": "promised",
    "PERFORM": "reported done",
    "MEET": "reported to meet",
    "MEDIATE": "reported to mediate",
    "SUSPEND": "reported to suspend",
    "PRAISE": "praised",
}
DRIFTS = {
    "quote_paraphrased": "quotation became paraphrase",
    "figure_changed": "another figure",
    "hedge_dropped": "a reservation is gone",
    "hedge_added": "a reservation was added",
    "attribution_dropped": "who says it is gone",
    "attribution_moved": "another is said to say it",
    "word_loaded": "another word",
    "paragraph_gone": "paragraph gone",
}
RELATIONS = {
    "agree": "the same value",
    "conflict": "told differently",
    "adds_up": "our sum",
    "superseded": "older and newer",
    "different_scope": "another scope",
}
STATEMENT_KINDS = {"direct": "quoted", "mixed": "partly quoted", "indirect": "retold"}
STATUS = {"released": "released or handed over", "other": ""}
UNITS = {"person": "people", "body": "bodies", "share": "per cent or share", "": "other counts"}
NOT_STATED = "not stated"
UNNAMED = "an unnamed official"  # who speaks where a report gives no name
LONGEST = 180  # characters of somebody's words on a page; the rest is one click away


def day(when: date | None, short: bool = False) -> str:
    """A day in words: 5 March 2033, short 5 Mar 2033; empty where none is known."""
    if when is None:
        return ""
    month = MONTHS[when.month - 1]
    return f"{when.day} {month[:3] if short else month} {when.year}"


def days(start: date | None, end: date | None, short: bool = False) -> str:
    """A span of days in words, one day where it is one; an end that is left open is "open"."""
    first, last = day(start, short), day(end, short)
    if first == last:
        return first
    if start and end and start.year == end.year:
        first = str(start.day) if start.month == end.month else first.removesuffix(f" {start.year}")
    return f"{first or 'open'} to {last or 'open'}"


def number(value: float) -> str:
    """A number with thousands separated."""
    return plain(value)


def value(figure: Figure) -> str:
    """A figure's value as a range: 252, about 10, 30 to 40, 600 or more, up to 60."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return "no number"
    if low is None or high is None:
        text = f"{number(low)} or more" if low is not None else f"up to {number(high or 0.0)}"
    else:
        text = number(low) if low == high else f"{number(low)} to {number(high)}"
    return f"about {text}" if figure.approx and low is not None else text


def act_word(act: Act) -> str:
    """What an act is called on screen."""
    return ACTS.get(act.act, act.act.lower())


def clipped(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut at a word with three dots where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:.–—") + " …"


def listed(items: Sequence[str]) -> str:
    """Items as English lists them: a, b and c."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 report, 3 reports."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def named(name: str | None) -> str:
    """A name, or "not stated" where there is none."""
    return " ".join((name or "").split()) or NOT_STATED
