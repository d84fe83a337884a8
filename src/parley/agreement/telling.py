"""Standings in sentences: a word of state never stands without whose account it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley.agreement.state import DISPUTED, Clock, Standing, State
from parley.agreement.subjects import subject_words
from parley.agreement.termdraft import due_text
from parley.agreement.terms import pattern, phase_mentions
from parley.model import Account, Record, Term

SAID = {
    "announced": "announced",
    "accepted": "agreed to",
    "begun": "begun",
    "partly": "done in part",
    "done": "done",
    "suspended": "suspended",
    "violated": "broken",
    "ended": "ended",
    "extended": "extended",
    "discharged": "no longer owed",
    "not_begun": "not begun",
    "refused": "held off",
}


def day_words(day: date | None) -> str:
    """A day as sentences say it: "3 February 2031"; "no day given" without one."""
    return f"{day.day} {day:%B %Y}" if day else "no day given"


def subject_name(record: Record, subject: str) -> str:
    """What a list calls a subject: a provision by its name and words."""
    term = next((term for term in record.terms if term.id == subject), None)
    return term_words(term) if term else subject_words(subject)


def term_words(term: Term) -> str:
    """A provision in a line: its text's own words, else who owes what."""
    made = f"{term.bearer or ''} {_LINKS.get(term.kind, '')} {term.act} {term.object}"
    owed = " ".join((term.text if term.source == "text" and term.text else made).split())
    short = owed if len(owed) <= 110 else owed[:110].rsplit(" ", 1)[0] + " …"
    return f"{term.name}. {short}" if term.name else short


_LINKS = {"obligation": "is to", "prohibition": "is not to", "power": "may", "condition": "if"}


def account_words(account: Account) -> str:
    """An account in a line: what, by whom, as told by whom, when, in whose words."""
    what = said_words(account)
    if account.party and not account.told_by and account.what != "not_begun":
        what += f" by {account.party}" if account.polarity else f" ({account.party})"
    if account.amount is not None:
        what += f", {account.amount:g}"
    whose = f"{account.by} ({account.outlet})" if account.by else f"{account.outlet}, own voice"
    if account.told_by and account.party:
        whose = f"{account.party}, as told by {whose}"
    via = f", via {', '.join(account.through)}" if account.through else ""
    copied = "; a report that derives from another" if account.copy else ""
    return f"{what}: “{' '.join(account.text.split())}” - {whose}{via}, {when(account)}{copied}"


def order_words(waiting: str) -> str:
    """What stands between the words for what waits and those for what comes first: "will not leave" is so until then."""
    return "until" if pattern("till_then").search(waiting) else "only after"


def said_words(account: Account) -> str:
    """What an account says of its subject: "begun", "denied: broken"."""
    return SAID[account.what] if account.polarity else f"denied: {SAID[account.what]}"


def when(account: Account) -> str:
    """The day that an account gives, or the days between which it was; else the day of the report."""
    if account.happened_end and account.happened:
        return f"between {day_words(account.happened)} and {day_words(account.happened_end)}"
    return day_words(account.happened) if account.happened else f"reported {day_words(account.reported)}"


def headline(of: State, standing: Standing, reports: int) -> str:
    """Where a subject stands in one sentence, with whose account it is."""
    voices = list(dict.fromkeys(account.voice for account in standing.live))
    if standing.state == DISPUTED:
        told = _spoken([account for account in standing.live if not account.copy] or standing.live)
        return f"disputed: {told}"
    if not standing.live:
        return _without_accounts(of.clocks.get(standing.subject, Clock()), standing, reports)
    said = " and ".join(dict.fromkeys(map(said_words, standing.live)))
    if standing.alleged:
        said = f"{said} - alleged, not acknowledged"
    if standing.acknowledged:
        said = f"{said} - acknowledged by its own side"
    last = standing.live[-1]
    if len(voices) > 1:
        return f"{said}, by the accounts of {len(voices)} voices"
    whose = f"{last.by}, in {last.outlet}" if last.by else last.outlet
    return f"{said}, {when(last)}, by the account of {whose} only"


def _spoken(accounts: Sequence[Account]) -> str:
    """ "begun by 1 account, not begun by 2"."""
    counts: dict[str, int] = {}
    for account in accounts:
        counts[said_words(account)] = counts.get(said_words(account), 0) + 1
    return ", ".join(f"{what} by {n} account{'s' * (n > 1)}" for what, n in counts.items())


def _without_accounts(clock: Clock, standing: Standing, reports: int) -> str:
    none = f"none of these {reports} reports says"
    if standing.unreported:
        return f"date passed ({day_words(standing.due)}, {_days(standing.days_past)} ago), no report of it"
    if clock.start:
        to = f" to {day_words(clock.end)}" if clock.end else ""
        return f"by the dates given from {day_words(clock.start)}{to}; {none} more"
    return f"due {day_words(standing.due)}; {none} more" if standing.due else none


def _days(number: int | None) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def lateness(standing: Standing) -> list[str]:
    """A line for each account of a beginning or a deed after the due day: how many days later, by whose account."""
    if standing.due is None:
        return []
    lines = []
    for account in standing.live:
        if (
            account.happened
            and account.happened > standing.due
            and account.what in {"begun", "done", "partly"}
        ):
            alone = all(o is account or o.what != account.what or o.copy for o in standing.live)
            days = _days((account.happened - standing.due).days)
            whose = f"{account.by} in {account.outlet}" if account.by else account.outlet
            lines.append(
                f"{day_words(account.happened)}, {days} after the day on which it was due, "
                f"by {whose}’s account{' only' * alone}"
            )
    return lines


WHOSE = {"person": "your terms", "text": "the agreement’s own text", "reports": "as reported"}


def due_words(term: Term) -> str:
    """When a provision is due: "due from day 16 of first phase: 3 February 2031"; empty without a window."""
    if term.window is None:
        return ""
    when, day = due_text(term.window), term.window.day
    if phase_mentions(term.window.anchor):
        when = when.replace(f" of {term.window.anchor}", f" of the {term.window.anchor}")
    if day and str(day) in when:  # the day itself was given, not one to count from
        return f"due {when.replace(str(day), day_words(day))}"
    return f"due {when}" + (f": {day_words(day)}" if day else "")
