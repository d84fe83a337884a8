"""Elided nouns: what a count stands for whose noun was told before, and who is counted though he is dead."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from parley.reader.counts import LEAD, SMALL, Count
from parley.reader.numbers import alternatives
from parley.vocabulary import vocabulary

REACH = 12  # counts back in which the noun of an elided one is looked for
NEARBY = 30  # characters behind people counted in which it is said that they are buried
OFFSET = re.compile(r"\bday\s+(?:\w+\s+)?(?:plus|minus)\s+$", re.I)
WHOLE = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|our)\s+)?(?:[\w-]+['’]s?\s+)?")
Value = tuple[float | None, float | None]


def with_nouns(text: str, counts: list[Count]) -> list[Count]:
    """The counts, those whose noun is elided with the noun of the one that they are taken from."""
    done: list[Count] = []
    named: dict[Value, Count] = {}  # the last count of each value that has a noun, of its own or taken up
    for order, count in enumerate(counts):
        if not count.noun and count.unit.partition("/")[0] != "share":
            following = counts[order + 1] if order + 1 < len(counts) else count
            whole = following if WHOLE.fullmatch(text, count.last, following.start) else count
            source = whole if whole.noun else _antecedent(text, done, named, whole, counts[order + 1 :])
            count = _taken_up(text, count, source)
        elif count.noun in vocabulary("units")["any_thing"] and (count.low, count.high) in named:
            count = _taken_up(text, replace(count, unit=""), named[count.low, count.high])
        if count.unit == "person" and _buried().match(text, count.end):
            count = replace(count, unit="body")
        if (count.phrase or count.unit == "person") and not _is_time(count):
            named[count.low, count.high] = count
        done.append(count)
    return done


def _taken_up(text: str, count: Count, source: Count | None) -> Count:
    """A count without a noun with unit and phrase of the one that it is taken from; persons where there is none."""
    unit = source.unit if source else "person"
    if count.unit.startswith("?"):  # a rate without its noun
        unit = unit.partition("/")[0] + count.unit[1:]
    elif count.unit:
        unit = count.unit
    elif OFFSET.search(text[max(0, count.first - LEAD) : count.first]):
        return replace(count, unit="day")  # "Day Zero plus 30"
    return replace(count, unit=unit, phrase=source.phrase if source else "")


def _antecedent(
    text: str, done: list[Count], named: dict[Value, Count], count: Count, ahead: list[Count]
) -> Count | None:
    """The count whose noun an elided one takes up: of its value, of its sentence, else no time, else persons."""
    definite = (
        count.start < count.first or (count.high or 0) > SMALL
    )  # a bare "three" may be three of anything
    if definite and (count.low, count.high) in named:
        return named[count.low, count.high]
    measures = vocabulary("units")["signs"].values() if count.start < count.first else ()
    for other in reversed(done[-REACH:]):
        if other.unit in measures or (measures and _is_time(other)):
            continue  # "the seven" are no days and no kilometres told of before
        gap = text[other.end : count.start]
        time = not other.noun or _is_time(other)
        if (other.noun or (other.unit.startswith("share") and not other.share)) and not re.search(
            r"[.!?]\s|\n" if time else r"\n", gap
        ):
            return other
    told = next(
        (o for o in ahead if definite and o.noun and (o.low, o.high) == (count.low, count.high)), None
    )
    return told or next((other for other in reversed(done[-REACH:]) if other.unit == "person"), None)


def _is_time(count: Count) -> bool:
    return count.unit.partition("/")[0] in vocabulary("units")["times"]


@cache
def _buried() -> re.Pattern[str]:
    words = alternatives(vocabulary("figures")["buried"])
    return re.compile(rf"[^.;:,\n]{{0,{NEARBY}}}\b(?:{words})\b", re.I)
