"""What stands otherwise on one day than on another, in one view; parley/changes.py tells what is new since a build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parley.agreement.state import Standing, state
from parley.agreement.views import EVERYONE, View
from parley.model import Account, Record


@dataclass(frozen=True, slots=True)
class Change:
    """A subject whose standing differs between two days, with the accounts that are new."""

    subject: str
    before: Standing
    after: Standing
    new: tuple[Account, ...]


def between(
    record: Record, one: date, other: date, view: View = EVERYONE, known_by: date | None = None
) -> tuple[Change, ...]:
    """The subjects that stand otherwise on the second day; `known_by` holds for both, and without it each day for itself."""
    first, second = (
        state(record.accounts, record.terms, record.phases, view, day, known_by or day)
        for day in (one, other)
    )
    found = []
    for subject, after in second.standings.items():
        before = first.standings[subject]
        held = {account.id for account in before.live}
        new = tuple(account for account in after.live if account.id not in held)
        if new or _shown(before) != _shown(after):
            found.append(Change(subject, before, after, new))
    return tuple(found)


def _shown(standing: Standing) -> Sequence[object]:
    return standing.state, standing.states, standing.told, standing.amount, standing.unreported
