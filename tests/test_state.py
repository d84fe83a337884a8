"""Where things stand: a pure fold over accounts, in a view, on a day, by what was known by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.agreement.alerts import alerts
from parley.agreement.between import between
from parley.agreement.state import RANKS, TOLD, Standing, State, score, state, step, subject_of
from parley.agreement.telling import account_words, headline, lateness
from parley.agreement.views import EVERYONE, View, parse_view
from parley.agreement.why import why
from parley.errors import ParleyError
from parley.model import Account, Article, Phase, Record, Term, Window

SUBJECT = "talks: second phase"
FIRST = date(2031, 2, 1)


def day(number: int) -> date:
    """A day of February 2031 and on."""
    return FIRST + timedelta(days=number - 1)


def account(what: str, number: int, voice: str = "The Gazette", **more: object) -> Account:
    """An account by an outlet's own voice, told and reported on one day unless `more` says otherwise."""
    made = Account(
        f"acc-{what}-{number}-{voice}", SUBJECT, what, f"art-{voice}", 0, 4, "word", voice=voice, outlet=voice,
        happened=day(number), reported=day(number),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # fields of Account by name


accounts = st.builds(
    lambda what, number, later, voice, order, polarity, subject, copy, serial: account(
        what,
        number,
        voice,
        id=f"acc-{serial}",
        reported=day(number + later),
        order=order,
        polarity=polarity,
        subject=subject,
        side="Council" if voice in "ab" else "Committee",
        copy=copy,
    ),
    st.sampled_from([*TOLD, "announced", "accepted"]),
    st.integers(1, 6),
    st.integers(0, 3),
    st.sampled_from("abcd"),
    st.sampled_from(["", "", *RANKS[0], *RANKS[1]]),
    st.booleans(),
    st.sampled_from([SUBJECT, "agreement"]),
    st.booleans(),
    st.integers(0, 10**9),
)
records = st.lists(accounts, max_size=14, unique_by=lambda one: one.id)
views = st.builds(
    View, st.sampled_from(["", "Council", "Committee"]), st.sampled_from(["", "a", "c"]), st.integers(1, 3), st.booleans()
)  # fmt: skip


def standing(
    *given: Account, view: View = EVERYONE, as_of: int = 28, known_by: date | None = None
) -> Standing:
    """Where the talks stand."""
    return state(given, (), (), view, day(as_of), known_by).standings[SUBJECT]


def test_accounts_that_differ_are_disputed_and_listed() -> None:
    """One outlet has the talks begun, later three say that they have not: disputed, all four shown."""
    one = standing(
        account("begun", 1, "a"), account("refused", 12, "b"), account("not_begun", 15, "c"), account("refused", 15, "d")
    )  # fmt: skip
    assert one.state == "disputed"
    assert [(a.voice, a.what) for a in one.live] == [
        ("a", "begun"), ("b", "refused"), ("c", "not_begun"), ("d", "refused"),
    ]  # fmt: skip


def test_a_later_account_that_can_follow_is_no_dispute() -> None:
    """Not begun on one day and begun on a later one, then suspended: things moved on."""
    one = standing(account("not_begun", 1, "a"), account("begun", 3, "b"), account("suspended", 5, "c"))
    assert (one.state, [a.voice for a in one.live]) == ("suspended", ["c"])


def test_what_is_later_known_does_not_change_what_was_known_then() -> None:
    """Believed then against now: the same day, by what was reported by it and by what was reported since."""
    late = account("begun", 2, "a", reported=day(20))
    early = account("not_begun", 2, "b")
    assert standing(late, early, as_of=10, known_by=day(10)).state == "not created"
    assert standing(late, early, as_of=10).state == "disputed"


def test_announced_accepted_and_done_are_told_apart() -> None:
    """What was announced is not done: its stage is kept, and it gives no state."""
    assert standing(account("announced", 1), account("accepted", 2)).state == ""
    assert standing(account("announced", 1), account("accepted", 2)).told == ("announced", "accepted")
    assert standing(account("announced", 1), account("done", 3)).told == ("announced", "done")


def test_a_violation_is_alleged_until_the_accused_side_says_so() -> None:
    """Alleged by the other side; disputed once denied; acknowledged by its own side."""
    alleged = account("violated", 1, "a", by="Council", side="Council", party="Committee")
    denied = account("violated", 2, "b", by="Committee", side="Committee", party="Committee", polarity=False)
    own = replace(denied, polarity=True)
    assert standing(alleged).alleged
    assert standing(alleged, denied).state == "disputed"
    assert standing(alleged, own).acknowledged
    assert not standing(alleged, own).alleged


def test_done_in_part_keeps_the_amount() -> None:
    """18 of 24: in effect, with 18."""
    one = standing(account("partly", 1, amount=18.0))
    assert (one.state, one.amount) == ("in effect", 18.0)
    assert score(one, 24.0) == (2, 2)
    assert score(standing(account("partly", 1, amount=8.0)), 24.0) == (1, 1)
    assert score(standing(account("done", 1, "a"), account("not_begun", 3, "b")), None) == (0, 3)


TALKS = Term("term-1", "obligation", None, None, "begin", "talks on the second phase", source="person", name="B",
             window=Window("first phase", 16, "inclusive", "from", day(3)))  # fmt: skip
CLOCK = Phase("phase-1", "first phase", day(-12), day(29), source="person", days=42, counting="inclusive")


def test_a_day_that_passed_without_a_report_is_said_for_any_day() -> None:
    """Before the day nothing is late; after it the days are counted; a report of the beginning ends it."""
    assert subject_of(TALKS) == SUBJECT

    def on(number: int, *given: Account) -> Standing:
        return state(given, [TALKS], [CLOCK], EVERYONE, day(number)).standings[SUBJECT]

    assert not on(3).unreported
    assert (on(4).unreported, on(4).days_past) == (True, 1)
    assert on(27, account("not_begun", 20)).unreported
    late = on(28, account("begun", 27))
    assert not late.unreported
    assert lateness(late) == [
        "27 February 2031, 24 days after the day on which it was due, by The Gazette’s account only"
    ]


def test_a_clock_speaks_only_where_no_account_does() -> None:
    """Between its days a phase is in effect by its clock; a report that it ended goes before."""
    key = "phase: first phase"
    by_clock = state((), (), [CLOCK], EVERYONE, day(5)).standings[key]
    assert (by_clock.state, by_clock.by_clock) == ("in effect", True)
    ended = state([account("ended", 4, subject=key)], (), [CLOCK], EVERYONE, day(5)).standings[key]
    assert (ended.state, ended.by_clock) == ("terminated", False)
    assert state((), (), [CLOCK], EVERYONE, day(-20)).standings[key].state == "not created"


def test_the_stated_order_of_a_day_counts() -> None:
    """Of one day, what is told of the evening goes before what is told of the morning, however they come."""
    morning = account("suspended", 3, order="morning", id="acc-z")
    evening = account("begun", 3, order="evening", id="acc-a")
    assert standing(morning, evening).state == standing(evening, morning).state == "in effect"
    assert standing(replace(morning, order=""), replace(evening, order="")).state == "disputed"


@given(st.data(), records, views, st.integers(0, 8))
def test_the_order_in_which_accounts_come_never_matters(
    data: st.DataObject, given_: list[Account], view: View, as_of: int
) -> None:
    """The fold goes by the days and orders that accounts state; where none is stated, order is free."""
    shuffled = data.draw(st.permutations(given_))
    one, other = (state(some, (), (), view, day(as_of)) for some in (given_, shuffled))
    assert one.standings == other.standings


@given(records, views, st.integers(0, 8))
def test_one_more_account_is_as_if_it_had_been_there(given_: list[Account], view: View, as_of: int) -> None:
    """step() over the last, even where it is late, is the fold over all."""
    whole = state(given_, (), (), view, day(as_of))
    built = state((), (), (), view, day(as_of))
    for one in reversed(given_):
        built = step(built, one)
    assert dict(built.standings) == dict(whole.standings)


@given(records, views, st.integers(0, 8))
def test_a_view_never_sees_what_it_leaves_out(given_: list[Account], view: View, as_of: int) -> None:
    """Accounts that a view leaves out could as well not be there."""
    kept = [one for one in given_ if view.keeps(one)]
    with_all, without = (state(some, (), (), view, day(as_of)) for some in (given_, kept))
    subjects = {one.subject for one in kept}
    assert {s: with_all.standings[s] for s in subjects} == {s: without.standings[s] for s in subjects}
    assert all(view.keeps(a) for one in with_all.standings.values() for a in one.live)


@given(records, views, st.integers(0, 8), st.integers(0, 9), st.integers(0, 9))
def test_what_is_known_only_grows(
    given_: list[Account], view: View, as_of: int, one: int, other: int
) -> None:
    """Whatever is told by an earlier day is told by a later one; nothing reported after is seen."""
    early, late = sorted((one, other))
    first, second = (state(given_, (), (), view, day(as_of), day(by)) for by in (early, late))
    for subject, before in first.standings.items():
        assert set(before.told) <= set(second.standings[subject].told)
        assert all(a.reported and a.reported <= day(early) for a in before.live)


@given(records, st.integers(0, 8))
def test_disputed_is_only_said_with_two_accounts_that_differ(given_: list[Account], as_of: int) -> None:
    """A dispute lists two states and at least two accounts; anything else has one state or none."""
    for one in state(given_, (), (), EVERYONE, day(as_of)).standings.values():
        assert (one.state == "disputed") == (len(one.states) > 1)
        assert not one.states or len(one.live) > 1


def test_at_least_two_voices() -> None:
    """A view of two voices keeps what two say and drops what one says."""
    given_ = [account("begun", 1, "a"), account("begun", 2, "b"), account("ended", 5, "c")]
    assert standing(*given_, view=View(voices=2)).state == "in effect"
    assert standing(*given_).state == "terminated"


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("everyone", View()),
        ("party:Ridge Committee", View(party="Ridge Committee")),
        ("outlet:The Gazette+without-copies", View(outlet="The Gazette", copies=False)),
        ("voices:3", View(voices=3)),
    ],
)
def test_views_are_written_and_joined(text: str, view: View) -> None:
    """Each form, alone and together."""
    assert parse_view(text) == view


@pytest.mark.parametrize("text", ["party:", "voices:0", "voices:two", "all", "outlet"])
def test_a_view_that_is_none_lists_the_forms(text: str) -> None:
    """The error names what was given and every form."""
    with pytest.raises(ParleyError, match="without-copies"):
        parse_view(text)


def record(*given: Account) -> Record:
    """A record with these accounts and their reports."""
    texts = {one.article: Article(one.article, f"{one.outlet}.txt", one.outlet, "word " * 9) for one in given}
    return Record(articles=tuple(texts.values()), accounts=given)


def test_what_changed_between_two_days() -> None:
    """Only what stands otherwise is listed, with the accounts that are new; each day by what was known by it."""
    held = record(
        account("begun", 2, "a"), account("suspended", 9, "b"), account("begun", 1, "a", subject="agreement")
    )
    (change,) = between(held, day(5), day(10))
    assert (change.subject, change.before.state, change.after.state) == (SUBJECT, "in effect", "suspended")
    assert [one.voice for one in change.new] == ["b"]
    assert between(held, day(10), day(11)) == ()


def test_no_sentence_states_a_state_without_whose_account() -> None:
    """By one account, by several, disputed, by the clock, not at all: each says whose."""
    held = record(account("begun", 2, "a"))

    def said(*given: Account, terms: tuple[Term, ...] = ()) -> str:
        now: State = state(given, terms, (), EVERYONE, day(28))
        return headline(now, now.standings[SUBJECT], 3)

    assert said(account("begun", 2, "a")).endswith("by the account of a only")
    assert said(account("begun", 2, "a"), account("begun", 3, "b")) == "begun, by the accounts of 2 voices"
    assert said(account("begun", 2, "a"), account("not_begun", 3, "b")) == (
        "disputed: begun by 1 account, not begun by 1 account"
    )
    assert said(terms=(TALKS,)) == "date passed (3 February 2031, 25 days ago), no report of it"
    told = account(
        "refused", 4, "a", by="an official", told_by="an official", party="Council", through=("Wire",)
    )
    assert "Council, as told by an official (a), via Wire" in account_words(told)
    assert (
        headline(state((), (), (), EVERYONE, day(1)), Standing(SUBJECT, ""), 3)
        == "none of these 3 reports says"
    )
    assert held.accounts


def test_alerts_for_days_reversals_and_sums() -> None:
    """A day that is near, one that has passed, and a voice that takes back what it said."""
    given_ = (account("begun", 2, "a"), account("not_begun", 9, "a", article="art-later"))
    held = replace(record(*given_), terms=(TALKS,), phases=(CLOCK,))
    kinds = [one.kind for one in alerts(held, state(given_, [TALKS], [CLOCK], EVERYONE, day(28)))]
    assert kinds == ["day near", "position reversed"]
    (passed,) = alerts(held, state((), [TALKS], (), EVERYONE, day(10)))
    assert passed.kind == "day passed"
    assert "no report of it" in passed.words


def test_why_gives_rows_words_and_rule() -> None:
    """A subject answers with its accounts, a row with itself; what is not there is said with the number of reports."""
    held = record(account("begun", 2, "a"))
    answer = why(held, SUBJECT)
    assert [(one.id, one.outlet, one.spans[0].text) for one in answer.grounds] == [
        ("acc-begun-2-a", "a", "word")
    ]
    assert "begun" in why(held, "acc-begun-2-a").says
    with pytest.raises(ParleyError, match="none of these 1 reports says"):
        why(held, "talks: ninth phase")


def test_a_day_by_which_only_a_part_was_told_is_looked_at() -> None:
    """18 of 24 and the day gone: said as such, and not as if there were no report."""
    owed = replace(TALKS, id="term-2", act="release", object="24 drivers", amount="24")
    told = (account("partly", 2, "a", subject="term-2", amount=18.0),)
    held = replace(record(*told), terms=(owed,))
    (alert,) = alerts(held, state(told, [owed], (), EVERYONE, day(9)))
    assert (alert.kind, alert.words.endswith("date passed, told to be done in part only")) == (
        "day passed",
        True,
    )
