"""Where each provision, phase and talk stands by whose account: a pure fold over accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from parley.agreement.subjects import key_of, subjects
from parley.agreement.views import EVERYONE, View
from parley.model import Account, Phase, Term

# What an account says of its subject's state, as it is told and as it is denied; empty where it says nothing of it.
NOT_CREATED, IN_EFFECT, SUSPENDED = "not created", "in effect", "suspended"
FULFILLED, VIOLATED, TERMINATED, DISCHARGED = "fulfilled", "violated", "terminated", "discharged"
DISPUTED = "disputed"
TOLD = {
    "begun": IN_EFFECT,
    "partly": IN_EFFECT,
    "extended": IN_EFFECT,
    "done": FULFILLED,
    "suspended": SUSPENDED,
    "violated": VIOLATED,
    "ended": TERMINATED,
    "discharged": DISCHARGED,
    "not_begun": NOT_CREATED,
    "refused": NOT_CREATED,
}
DENIED = {
    "begun": NOT_CREATED,
    "partly": NOT_CREATED,
    "done": IN_EFFECT,
    "violated": IN_EFFECT,
    "suspended": IN_EFFECT,
    "ended": IN_EFFECT,
    "discharged": IN_EFFECT,
    "not_begun": IN_EFFECT,
}
# A later account by another voice follows on an earlier one where the state can have gone that way; else they differ.
FOLLOWS = {
    "": frozenset(TOLD.values()),
    NOT_CREATED: frozenset({IN_EFFECT, FULFILLED, SUSPENDED, TERMINATED, DISCHARGED, VIOLATED}),
    IN_EFFECT: frozenset({SUSPENDED, FULFILLED, TERMINATED, DISCHARGED, VIOLATED}),
    SUSPENDED: frozenset({IN_EFFECT, TERMINATED, DISCHARGED, FULFILLED}),
    VIOLATED: frozenset({SUSPENDED, TERMINATED, DISCHARGED}),
    FULFILLED: frozenset(),
    TERMINATED: frozenset(),
    DISCHARGED: frozenset(),
}
RANKS = (("early", "morning", "afternoon", "evening", "night", "late"), ("earlier", "later"))
BEGINNING = 2  # words of a provision before the talks that it is about: "begin the talks on ..."
STAGES = ("announced", "accepted", "done")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one subject stands in one view on one day, with the accounts that it rests on."""

    subject: str
    state: str  # one of the states, or disputed; empty where no account and no clock says
    states: tuple[str, ...] = ()  # the states that accounts give, where they differ
    live: tuple[Account, ...] = ()  # what counts of each voice, by day
    told: tuple[str, ...] = ()  # of announced, accepted and done, what any account says
    alleged: bool = False  # a violation that the accused's own side has not acknowledged
    acknowledged: bool = False
    amount: float | None = None  # the largest that a live account gives
    by_clock: bool = False  # no account says so; the clock that was entered or told does
    due: date | None = None
    days_past: int | None = None  # days from the due day to the day asked about, from 1 on
    unreported: bool = False  # the due day has passed and no account says that it was begun or done


@dataclass(frozen=True)
class State:
    """Where everything stands in a view on a day, by what was known by another."""

    view: View
    as_of: date
    known_by: date | None
    standings: Mapping[str, Standing]
    accounts: Mapping[str, tuple[Account, ...]] = field(repr=False)
    clocks: Mapping[str, Clock] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that are entered or told for a subject."""

    start: date | None = None
    end: date | None = None
    due: date | None = None


def state(
    accounts: Iterable[Account],
    terms: Sequence[Term],
    phases: Sequence[Phase],
    view: View = EVERYONE,
    as_of: date = date.max,
    known_by: date | None = None,
) -> State:
    """The state on a day, of what happened by then and was reported by `known_by`; the order of accounts is free."""
    grouped: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        grouped[account.subject].append(account)
    clocks = _clocks(terms, phases)
    empty = State(view, as_of, known_by, {}, {}, clocks)
    kept = {subject: tuple(grouped.get(subject, ())) for subject in sorted({*grouped, *clocks})}
    standings = {subject: _standing(empty, subject, some) for subject, some in kept.items()}
    return replace(empty, standings=standings, accounts=kept)


def step(before: State, account: Account) -> State:
    """The state with one more account; its subject is folded again, so it may come late."""
    subject = account.subject
    some = (*before.accounts.get(subject, ()), account)
    return replace(
        before,
        standings={**before.standings, subject: _standing(before, subject, some)},
        accounts={**before.accounts, subject: some},
    )


@lru_cache(maxsize=20_000)
def subject_of(term: Term) -> str:
    """The subject of the accounts of a provision: talks on a phase where it is about these, else itself."""
    owed = f"{term.bearer or ''} {term.act} {term.object}".strip()
    for one in subjects(owed):
        before = owed[: one.start].removeprefix(term.bearer or "").split()
        if one.key.startswith("talks: ") and len(before) <= BEGINNING:
            return one.key
    return term.id


def day_of(account: Account) -> date:
    """The day on which an account puts what it tells: when it happened, else when it was reported."""
    return account.happened or account.reported or date.min


def meaning(account: Account) -> str:
    """The state that an account gives its subject; empty where it gives none."""
    return (TOLD if account.polarity else DENIED).get(account.what, "")


def _clocks(terms: Sequence[Term], phases: Sequence[Phase]) -> dict[str, Clock]:
    """Subject -> its days; what a person entered goes before what texts tell, and comes last in both."""
    clocks = {key_of("phase", phase.name): Clock(phase.start, phase.end) for phase in phases}
    for term in terms:
        of_phase = clocks.get(key_of("phase", term.phase), Clock())
        start, end = (of_phase.start, of_phase.end) if subject_of(term) == term.id else (None, None)
        clocks[subject_of(term)] = Clock(start, end, term.window.day if term.window else None)
    return clocks


def _standing(of: State, subject: str, accounts: Sequence[Account]) -> Standing:
    known = [a for a in accounts if of.known_by is None or (a.reported and a.reported <= of.known_by)]
    counted = of.view.of(one for one in known if day_of(one) <= of.as_of)
    live = _live(_positions(counted))
    states = tuple(dict.fromkeys(filter(None, map(meaning, live))))
    made = Standing(
        subject,
        DISPUTED if len(states) > 1 else states[0] if states else "",
        states if len(states) > 1 else (),
        tuple(live),
        tuple(stage for stage in STAGES if any(a.what == stage and a.polarity for a in counted)),
        amount=max((a.amount for a in live if a.amount is not None), default=None),
    )
    return _by_the_days(_of_violation(made), of.clocks.get(subject, Clock()), of.as_of, counted)


def _positions(accounts: Sequence[Account]) -> list[Account]:
    """What each voice says last: of its last day everything, unless the order within the day is stated."""
    by_voice: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        by_voice[account.voice].append(account)
    return [one for some in by_voice.values() for one in _last(some)]


def _last(accounts: Sequence[Account]) -> list[Account]:
    day = max(map(day_of, accounts))
    of_day = [one for one in accounts if day_of(one) == day]
    top: dict[str, int] = {}
    for one in of_day:
        part, rank = _order(one)
        top[part] = max(top.get(part, rank), rank)
    return [one for one in of_day if _order(one)[1] == top[_order(one)[0]]]


def _order(account: Account) -> tuple[str, int]:
    """Which stated order within a day an account is part of, and its place there; without one, no place."""
    for ranks in RANKS:
        if account.order in ranks:
            return ranks[0], ranks.index(account.order)
    return "", 0


def _live(positions: Sequence[Account]) -> list[Account]:
    """Positions without those on which another voice's later one follows; a denial follows on nothing."""
    latest: dict[tuple[object, ...], dict[str, tuple[date, int]]] = defaultdict(dict)
    for one in positions:
        if one.polarity and meaning(one):
            part, rank = _order(one)
            _keep_two(latest[meaning(one), ""], one.voice, (day_of(one), 0))
            if part:
                _keep_two(latest[meaning(one), part, day_of(one)], one.voice, (day_of(one), rank))

    def followed(one: Account) -> bool:
        part, rank = _order(one)
        return any(
            voice != one.voice and (day > day_of(one) or (bool(key[1]) and place > rank))
            for state in FOLLOWS[meaning(one)]
            for key in ((state, ""), (state, part, day_of(one)))
            for voice, (day, place) in latest.get(key, {}).items()
        )

    return sorted((one for one in positions if not followed(one)), key=lambda one: (day_of(one), one.id))


def _keep_two(latest: dict[str, tuple[date, int]], voice: str, when: tuple[date, int]) -> None:
    """The two voices with the latest times: enough to know whether any voice but a given one is later."""
    latest[voice] = max(when, latest.get(voice, when))
    if len(latest) > 2:
        del latest[min(latest, key=lambda one: (latest[one], one))]


def _of_violation(made: Standing) -> Standing:
    """A standing with whether a violation is only alleged, or acknowledged by the accused's own side."""
    alleged = [a for a in made.live if a.what == "violated" and a.polarity]
    own = any(a.side and a.side == a.party for a in alleged)
    return replace(made, alleged=bool(alleged) and not own, acknowledged=own)


def _by_the_days(made: Standing, clock: Clock, as_of: date, counted: Sequence[Account]) -> Standing:
    """A standing with what the clock says: where no account does, in effect or ended; and a due day that has passed."""
    if not made.state and clock.start:
        begun = clock.start <= as_of
        over = clock.end is not None and clock.end < as_of
        given = NOT_CREATED if not begun else "" if over else IN_EFFECT
        made = replace(made, state=given, by_clock=bool(given))
    if clock.due is None or as_of <= clock.due or as_of == date.max:
        return replace(made, due=clock.due)
    reported = any(a.polarity and meaning(a) in {IN_EFFECT, FULFILLED} for a in counted)
    return replace(made, due=clock.due, days_past=(as_of - clock.due).days, unreported=not reported)


def score(one: Standing, of: float | None) -> tuple[int, int]:
    """A coder's score of implementation after the Peace Accords Matrix, lowest and highest by account: 0 none, 1 minimal,
    2 intermediate, 3 full; `of` is the amount owed.
    """
    found = [_score(account, of) for account in one.live] or [0]
    return min(found), max(found)


def _score(account: Account, of: float | None) -> int:
    if meaning(account) == FULFILLED:
        return 3
    if meaning(account) != IN_EFFECT or not account.polarity:
        return 0
    return 2 if of and account.amount is not None and 2 * account.amount >= of else 1
