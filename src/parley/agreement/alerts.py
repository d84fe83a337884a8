"""Alerts as data: a day near or passed without a report, a position reversed, a sum that no longer holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from parley.agreement.state import FOLLOWS, State, day_of, meaning
from parley.agreement.telling import day_words, subject_name
from parley.model import Account, Record

NEAR = 7  # days before a day from which it is near


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to look at, in words, with the rows that it rests on."""

    kind: str  # day near | day passed | position reversed | sum broken
    subject: str
    day: date | None
    words: str
    evidence: tuple[str, ...] = ()


def alerts(record: Record, of: State) -> tuple[Alert, ...]:
    """The alerts of a state: days first, then reversals, then sums."""
    return (*_days(record, of), *_reversals(record, of), *_sums(record))


def _days(record: Record, of: State) -> Iterator[Alert]:
    for subject, clock in of.clocks.items():
        name, standing = subject_name(record, subject), of.standings[subject]
        rows = tuple(account.id for account in standing.live)
        # A provision ends with its phase, which has a line of its own.
        end = clock.end if subject.startswith("phase: ") else None
        for day, what in ((clock.due, "due"), (end, "ends")):
            if day and day - timedelta(days=NEAR) <= of.as_of <= day:
                yield Alert("day near", subject, day, f"{name}: {what} {day_words(day)}", rows)
        if standing.unreported:
            words = f"{name}: due {day_words(clock.due)}; date passed, no report of it"
            yield Alert("day passed", subject, clock.due, words, rows)
        elif standing.days_past and standing.live and all(one.what == "partly" for one in standing.live):
            words = f"{name}: due {day_words(clock.due)}; date passed, told to be done in part only"
            yield Alert("day passed", subject, clock.due, words, rows)


def _reversals(record: Record, of: State) -> Iterator[Alert]:
    """One voice's account that its own earlier one, in another report, does not lead to."""
    by_voice: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for subject, accounts in of.accounts.items():
        for account in of.view.of(accounts):
            known = of.known_by is None or (account.reported and account.reported <= of.known_by)
            if known and meaning(account) and day_of(account) <= of.as_of:
                by_voice[subject, account.voice].append(account)
    for (subject, _), found in by_voice.items():
        some = sorted(found, key=lambda one: (day_of(one), one.id))
        for one, other in pairwise(some):
            now = meaning(other)
            turned = now != meaning(one) and now not in FOLLOWS[meaning(one)]
            if turned and one.article != other.article and day_of(one) < day_of(other):
                who = other.by or other.outlet
                words = f"{subject_name(record, subject)}: {who} said “{one.text}”, then “{other.text}”"
                yield Alert("position reversed", subject, day_of(other), words, (one.id, other.id))


def _sums(record: Record) -> Iterator[Alert]:
    """Sums of which one figure is in conflict with another."""
    disputed = {
        figure: relation.id
        for relation in record.figure_relations
        if relation.relation == "conflict"
        for figure in relation.figures
    }
    for relation in record.figure_relations:
        broken = [disputed[figure] for figure in relation.figures if figure in disputed]
        if relation.relation == "adds_up" and broken:
            words = f"{relation.why}: reports differ on one of these figures"
            yield Alert("sum broken", relation.id, None, words, (relation.id, *dict.fromkeys(broken)))
