"""Releases and handovers day by day and added up, what was announced, and by whose account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import NOT_STATED, day, named, number
from parley.model import Round, Tally

DONE = "reported_done"
STATUS = {DONE: "reported done", "announced": "announced", "not_reported": "announced, not reported done"}


@dataclass(frozen=True, slots=True)
class Count:
    """A count as a report words it, by whom."""

    words: str
    giver: str
    source: Source


@dataclass(frozen=True, slots=True)
class Handover:
    """One release or handover, or one announced for a day."""

    id: str
    day: str
    when: date | None
    giver: str
    getter: str
    count: str
    what: str
    status: str
    done: bool
    beside: str  # what the other side gave that day, and whether it is told to be at once
    told: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What handovers add up to, in one account."""

    id: str
    giver: str
    getter: str
    total: str
    what: str
    day: str
    ours: str  # how we added it up; empty where a report gives the total itself
    differs: bool  # others count differently
    told: tuple[Count, ...]
    latest: bool  # none of the same account and kind is later


def rounds(look: Lookup) -> tuple[Handover, ...]:
    """Every release and handover in the order of days, those without a day last."""
    made = sorted(look.record.rounds, key=lambda one: (one.day is None, str(one.day), one.id))
    return tuple(_round(look, one) for one in made)


def _round(look: Lookup, one: Round) -> Handover:
    together = ", told as simultaneous" if one.simultaneous_with else ""
    return Handover(
        one.id,
        day(one.day, short=True) or "day not told",
        one.day,
        look.side(one.from_),
        look.side(one.to),
        number(one.count),
        look.veil(one.what),
        STATUS[one.status],
        one.status == DONE,
        ", ".join(part for part in (one.ratio, together.removeprefix(", "), _ours(one)) if part),
        _counts(look, one.evidence),
    )


def _ours(one: Round | Tally) -> str:
    """Which end of a handover no report names, as we infer it."""
    return f"{one.inferred} as we infer" if one.inferred and one.from_ and one.to else ""


def totals(look: Lookup) -> tuple[Total, ...]:
    """Every total, side by side for one giver and kind, the latest first."""
    made = sorted(
        look.record.tallies,
        key=lambda one: (one.from_ is None, look.side(one.from_), one.condition, _later(one), one.id),
    )
    last: dict[tuple[str | None, ...], str] = {}
    for one in made:
        last.setdefault(_series(one), one.id)
    return tuple(_total(look, one, last[_series(one)] == one.id) for one in made)


def _later(one: Tally) -> int:
    return -(one.as_of or date.min).toordinal()


def _series(one: Tally) -> tuple[str | None, ...]:
    kind = one.condition or one.what
    return one.from_, one.to, kind, *(() if one.view == "all" else one.told_by)


def _total(look: Lookup, one: Tally, latest: bool) -> Total:
    return Total(
        one.id,
        look.side(one.from_),
        look.side(one.to),
        number(one.total),
        look.veil(one.what),
        day(one.as_of, short=True) or "day not told",
        ", ".join(part for part in (one.sum.replace(" - ", " − "), _ours(one)) if part),
        one.view != "all",
        _counts(look, one.evidence),
        latest,
    )


def by_direction(some: Sequence[Total]) -> tuple[tuple[str, str, tuple[Total, ...]], ...]:
    """The latest totals of each giver and receiver together: (giver, receiver, totals)."""
    found: dict[tuple[str, str], list[Total]] = {}
    for one in some:
        if one.latest:
            found.setdefault((one.giver, one.getter), []).append(one)
    return tuple((giver, getter, tuple(rows)) for (giver, getter), rows in found.items())


def last_round(some: Sequence[Handover]) -> tuple[Handover, ...]:
    """Everything reported done on the last day of which something is told, by known givers where there are any."""
    told = [one for one in some if one.done and one.when]
    done = [one for one in told if one.giver != NOT_STATED] or told
    return tuple(one for one in done if one.when == done[-1].when)


def _counts(look: Lookup, evidence: Iterable[str]) -> tuple[Count, ...]:
    """The counts that a row rests on, those of copies left out where there are others."""
    found = []
    for one in evidence:
        figure = look.figures.get(one)
        if figure:
            found.append(Count(look.veil(figure.text), look.giver(figure), look.source(figure)))
        elif one in look.articles:
            found.append(Count("", named(""), look.report(one)))
    own = [one for one in found if not one.source.copy_of]
    return tuple(dict.fromkeys(own or found))
