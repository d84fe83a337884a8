"""What the pages are frozen at: whose account counts, the day asked about, the day by which it was reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.ledger import ledger_of
from parley.agreement.parties import sides
from parley.agreement.state import day_of
from parley.agreement.views import EVERYONE, View, parse_view
from parley.briefing.cut import without
from parley.briefing.wording import day, listed
from parley.errors import ParleyError
from parley.linking.text import fold
from parley.model import Account, Act, Article, Figure, Need, Record, Statement

SIDES = 8  # sides whose account a page offers to choose
BODIES = frozenset({"organisation", "state", "group"})
FIELDS = ("view", "as_of", "known_by", "since")


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose accounts count and on which days; the default is everything that the record holds."""

    view: View = EVERYONE
    as_of: date | None = None  # what happened later is left out
    known_by: date | None = None  # what was reported later is left out
    since: date | None = None  # what is told as new is what was reported from this day on

    def fields(self) -> dict[str, str]:
        """The frame as an address or the command line gives it, without what is left open."""
        found = {"view": form_of(self.view)}
        found |= {name: str(getattr(self, name) or "") for name in FIELDS[1:]}
        return {name: value for name, value in found.items() if value}

    def days(self) -> str:
        """The days beside the one asked about, as a page's head says them; empty where they are left open."""
        known = f", known by {day(self.known_by)}" if self.known_by else ""
        return known + (f", new since {day(self.since)}" if self.since else "")


EVERYTHING = Frame()


def parse_frame(view: str = "", as_of: str = "", known_by: str = "", since: str = "") -> Frame:
    """The frame that an address gives. Raises ParleyError in one line that says what would fit."""
    return Frame(parse_view(view), _day("as of", as_of), _day("known by", known_by), _day("new since", since))


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ParleyError(f"{name}: {text!r} is no day. Give it as YYYY-MM-DD.") from None


def form_of(view: View) -> str:
    """A view as `parse_view` reads it; empty for everyone's."""
    parts = [f"party:{view.party}"] if view.party else []
    parts += [f"outlet:{view.outlet}"] if view.outlet else []
    parts += [f"voices:{view.voices}"] if view.voices > 1 else []
    parts += [] if view.copies else ["without-copies"]
    return "+".join(parts)


@dataclass(frozen=True, slots=True)
class Choices:
    """Whose accounts a record offers."""

    sides: tuple[str, ...]  # the most heard first
    outlets: tuple[str, ...]

    def values(self) -> tuple[str, ...]:
        """The views, as `parse_view` reads them, that a page offers beside everyone's."""
        sides = (f"party:{name}" for name in self.sides)
        return ("without-copies", "voices:2", *sides, *(f"outlet:{name}" for name in self.outlets))


def choices(record: Record) -> Choices:
    """The bodies for which somebody speaks, those that have no name of their own left out, and the outlets."""
    named = {actor.name for actor in record.actors if actor.kind in BODIES and actor.name[:1].isupper()}
    heard = Counter(side for side in _sides(record).values() if side in named)
    most = sorted(heard, key=lambda name: (-heard[name], name))[:SIDES]
    return Choices(tuple(most), tuple(sorted({a.outlet for a in record.texts}, key=fold)))


def framed(record: Record, frame: Frame) -> Record:
    """The record as a frame shows it. Raises ParleyError where the view names no outlet or side of the record.

    `known_by`, an outlet's view and one without copies leave out whole reports; `as_of` leaves out what is told to
    have happened later, by the row's own day or else its report's; a side's view and one of several voices leave out
    what is not in the words of statements that count. Derived rows lose what they rested on, or go.
    """
    if replace(frame, since=None) == EVERYTHING:
        return record
    view = frame.view
    _refuse_unknown(record, view)
    cut = without(record, {one.id for one in record.texts if not _counts(one, record, frame)})
    if frame.as_of:
        cut = without(cut, set(_later(cut, frame.as_of)))
    if view.party:
        own = {one for one, side in _sides(record).items() if fold(side) == fold(view.party)}
        cut = without(cut, set(_not_in_words(cut, own)))
    if view.voices > 1:
        own = {one for claim in cut.claims if len(claim.voices) >= view.voices for one in claim.says}
        cut = without(cut, set(_not_in_words(cut, own)))
    cut = without(cut, {one.id for one in cut.accounts} - set(_accounts_of(cut.accounts, view)))
    rounds, tallies = ledger_of(cut, as_of=frame.as_of)
    return replace(cut, rounds=rounds, tallies=tallies)


def _sides(record: Record) -> dict[str, str]:
    """Statement id -> the side of whoever says it; empty where none is known."""
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    known: dict[str, str] = {}  # of an actor, and of a name in one report where no actor is known
    found = {}
    for one in record.statements:
        key = one.actor or f"{one.article} {one.speaker_name}"
        if key not in known:
            known[key] = parted.of(one.speaker_name, one.article)
        found[one.id] = known[key]
    return found


def _refuse_unknown(record: Record, view: View) -> None:
    if view.party:
        heard = {*_sides(record).values(), *(account.side for account in record.accounts)}
        if fold(view.party) not in set(map(fold, heard)):
            names = listed(choices(record).sides) or "none"
            raise ParleyError(f"view: nobody speaks for {view.party!r} in this record. Most heard: {names}.")
    outlets = [article.outlet for article in record.texts]
    if view.outlet and fold(view.outlet) not in set(map(fold, outlets)):
        names = listed(sorted(set(outlets), key=fold)[:SIDES])
        raise ParleyError(f"view: this record holds no outlet {view.outlet!r}. It holds: {names}.")


def _counts(article: Article, record: Record, frame: Frame) -> bool:
    """Whether a report is part of the frame; an agreement's text is one of every outlet's view."""
    if frame.known_by and not (article.published and article.published <= frame.known_by):
        return False
    outlet, kept = frame.view.outlet, frame.view.copies or article.id not in record.derived
    return kept and (not outlet or article.kind == "agreement" or fold(outlet) == fold(article.outlet))


def _later(record: Record, as_of: date) -> Iterator[str]:
    """Ids of what is told to have happened after a day, and of reports of which nothing is left then."""
    published = {one.id: one.published or date.min for one in record.articles}
    later: set[str] = set()
    left: set[str] = set()
    rows: tuple[Statement | Act | Figure | Need, ...]
    rows = (*record.statements, *record.acts, *record.figures, *record.needs)
    for row in rows:
        own = row.date if isinstance(row, Statement | Act) else None
        if (own or published[row.article]) > as_of:
            later.add(row.id)
        else:
            left.add(row.article)
    yield from later
    yield from (one.id for one in record.accounts if day_of(one) > as_of)
    yield from (one.id for one in record.texts if published[one.id] > as_of and one.id not in left)


def _not_in_words(record: Record, own: set[str]) -> Iterator[str]:
    """Ids of the statements that are not among some, and of what does not stand in the words of one that is."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for statement in record.statements:
        if statement.id in own:
            spans[statement.article] += [(piece.start, piece.end) for piece in statement.content]
        else:
            yield statement.id
    yield from (act.id for act in record.acts if act.statement not in own)
    located: tuple[Figure | Need, ...] = (*record.figures, *record.needs)
    for row in located:
        if not any(start < row.end and row.start < end for start, end in spans[row.article]):
            yield row.id


def _accounts_of(accounts: Iterable[Account], view: View) -> Iterator[str]:
    """Ids of the accounts that count in a view, subject by subject."""
    by_subject: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        by_subject[account.subject].append(account)
    for some in by_subject.values():
        yield from (one.id for one in view.of(some))
