"""What is new since a day: which reports are, what stands in them, and which subjects stand otherwise than before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from parley.agreement.between import between
from parley.agreement.state import State
from parley.agreement.telling import headline
from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.standing import Agreed, Stand, told_account
from parley.model import Record

PARTLY = "excerpt"  # a report that retells a passage and has words of its own


@dataclass(frozen=True)
class Fresh:
    """Which reports are new, by their marks; `own` leaves out those that retell the whole of another."""

    marks: frozenset[str]
    own: frozenset[str]

    def has(self, source: Source) -> bool:
        """Whether words stand in a new report that is no copy or rewrite."""
        return source.mark in self.own


@dataclass(frozen=True, slots=True)
class Moved:
    """A subject with new accounts, or whose day has passed without any."""

    stand: Stand
    before: str  # where it stood the day before; empty where no account told of it then
    accounts: tuple[Told, ...]


def since_day(record: Record, chosen: date | None) -> date | None:
    """The day from which something is new: the one chosen, else that of the latest report."""
    return chosen or max((article.published for article in record.texts if article.published), default=None)


def fresh_reports(look: Lookup, since: date | None) -> Fresh:
    """The reports published on a day or later; one without a day is not new."""
    new = [one.id for one in look.record.articles if since and one.published and one.published >= since]
    own = (one for one in new if look.retold_as.get(one, PARTLY) == PARTLY)
    return Fresh(frozenset(look.marks[one] for one in new), frozenset(look.marks[one] for one in own))


def moved(
    look: Lookup, record: Record, agreed: Agreed, since: date, now: State, fresh: Fresh
) -> tuple[Moved, ...]:
    """The subjects with new accounts by the day asked about; `record` has what a person entered, too."""
    found = []
    for one in between(record, since - timedelta(days=1), now.as_of, now.view):
        stand = agreed.every.get(one.subject)
        accounts = [row for row in (told_account(look, new) for new in one.new) if fresh.has(row.source)]
        passed = one.after.unreported and not one.before.unreported
        if stand and (passed or accounts):
            told = headline(now, one.before, len(look.record.articles)) if one.before.live else ""
            found.append(Moved(stand, look.veil(told), tuple(accounts)))
    return tuple(found)
