"""Accounts: what a report says of where talks, a phase, the agreement or a provision stands, and by whose word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parley.agreement.owed import things
from parley.agreement.subjects import next_phase, subject_words, subjects
from parley.linking.deeds import key_words
from parley.model import Account, Article, Record
from parley.pipeline import build_record
from parley.proof import verify
from parley.settings import Settings
from tests.conftest import make_article

DAY = date(2031, 3, 6)
FRAME = (
    "The Harbour Council accused the Ridge Committee of delay on Monday. The Ridge Committee rejected the offer of "
    "the Harbour Council. The Harbour Council demanded that the Ridge Committee release the drivers.\n\n"
)


def built(*sentences: str, outlet: str = "The Gazette") -> Record:
    """The record of one report that ends with these sentences."""
    return build_record(
        [make_article(FRAME + " ".join(sentences) + "\n", outlet=outlet, day=DAY)], Settings()
    )


def told(*sentences: str) -> list[tuple[str, str]]:
    """Subject and what of every account of talks, phases and the agreement."""
    accounts = built(*sentences).accounts
    return [(one.subject, one.what) for one in accounts if not one.subject.startswith("term-")]


@pytest.mark.parametrize(
    ("sentence", "subject", "what"),
    [
        ("Talks on the second phase began on Tuesday in Sorn.", "talks: second phase", "begun"),
        ("Talks on the second phase have not begun.", "talks: second phase", "not_begun"),
        ("Negotiations between the sides for the second stage of the pact opened on 2 March.", "talks: second phase", "begun"),
        ("Phase-two talks are under way in Sorn.", "talks: second phase", "begun"),
        ("The Council has resisted moving on to phase two.", "talks: second phase", "refused"),
        ("The Council is avoiding discussions on the second phase.", "talks: second phase", "refused"),
        ("It wants nine drivers freed before starting talks on the second phase.", "talks: second phase", "not_begun"),
        ("It wants the guns pulled back before any second-phase talks are held.", "talks: second phase", "not_begun"),
        ("One says that phase-two talks opened and the other that they were never held.", "talks: second phase", "not_begun"),
        ("Talks on the third phase were suspended on Monday.", "talks: third phase", "suspended"),
        ("The first phase of the truce ended on 1 March.", "phase: first phase", "ended"),
        ("The first phase was extended by a week.", "phase: first phase", "extended"),
        ("The ceasefire took effect on 19 January.", "agreement", "begun"),
        ("The Ridge Committee has violated the January accord.", "agreement", "violated"),
        ("The Council announced the resumption of talks on the second phase.", "talks: second phase", "announced"),
        ("The Council agreed to begin talks on the second phase.", "talks: second phase", "accepted"),
    ],
)  # fmt: skip
def test_a_sentence_says_where_a_subject_stands(sentence: str, subject: str, what: str) -> None:
    """Begun, not begun, held off, suspended, ended, extended: told apart, each of its own subject."""
    assert (subject, what) in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "If talks on the second phase began, the gate would open.",
        "The Council wants to extend the first phase.",
        "The Council could suspend talks on the second phase.",
        "The gate stays shut until talks on the second phase have begun.",
        "The agreement to release the drivers, who also began a fast, was praised.",
        "Nobody spoke of the second phase.",
    ],
)
def test_what_is_wished_feared_or_conditional_is_no_account(sentence: str) -> None:
    """Nothing is told to have happened, so there is no account."""
    assert told(sentence) == []


def one_account(record: Record, subject: str = "talks: second phase") -> Account:
    """The one account of a subject."""
    (found,) = (one for one in record.accounts if one.subject == subject)
    return found


def test_the_outlets_own_word_has_no_speaker() -> None:
    """Own voice: the voice is the outlet, the day is the one in the clause, the span is verbatim."""
    record = built("Talks on the second phase began on 2 March in Sorn.")
    account = one_account(record)
    assert (account.by, account.voice, account.happened) == ("", "The Gazette", date(2031, 3, 2))
    assert record.articles[0].text[account.start : account.end] == account.text
    assert verify(record).problems == ()


def test_a_day_in_another_clause_is_not_the_accounts() -> None:
    """ "... ended on 1 March, but the Council has resisted ...": the refusal has no day of its own."""
    record = built("The first phase ended on 1 March, but the Council has resisted moving on to phase two.")
    assert one_account(record, "phase: first phase").happened == date(2031, 3, 1)
    assert one_account(record).happened is None


def test_a_span_of_days_keeps_both_ends() -> None:
    """ "In early March" is no day: first and last are kept."""
    account = one_account(built("The first phase ended in early March."), "phase: first phase")
    assert (account.happened, account.happened_end) == (date(2031, 3, 1), DAY.replace(day=10))


def test_a_position_that_the_other_side_tells_is_as_told_by_it() -> None:
    """Who says so and whose position it is are two fields; the teller is named."""
    record = built(
        "Ana Meru, a spokeswoman for the Ridge Committee, said that the Harbour Council is avoiding discussions on the "
        "second phase."
    )
    account = one_account(record)
    assert account.by == "Ana Meru"
    assert account.party == "Harbour Council"
    assert account.told_by == "Ana Meru"


def test_a_denial_keeps_its_polarity() -> None:
    """ "Denied that it had violated the accord" is an account of a violation, denied."""
    record = built("The Ridge Committee denied that it had violated the January accord.")
    accounts = [one for one in record.accounts if one.subject == "agreement"]
    assert [(one.what, one.polarity) for one in accounts] == [("violated", False)]


def test_unnamed_speakers_of_two_reports_are_two_voices() -> None:
    """The same words for an unnamed official in two reports never make one voice."""
    text = FRAME + "A senior official said that talks on the second phase have not begun.\n"
    reports = [make_article(text + f"Note {n}.", f"{n}.txt", f"Paper {n}", DAY) for n in range(2)]
    accounts = [a for a in build_record(reports, Settings()).accounts if a.subject == "talks: second phase"]
    assert len({account.voice for account in accounts}) == 2


def test_the_next_phase_is_the_one_behind_the_first() -> None:
    """A report that names the first phase means the second by the next; with two others named it is unclear."""
    assert next_phase("The first phase ended. The next phase is open.") == 2
    assert next_phase("The second phase waits. The next phase is open.") == 2
    assert next_phase("The second and the third phase; that is, the second phase and the third phase.") == 0
    (subject,) = subjects("Talks for the next phase of the truce began.", 2)
    assert subject.key == "talks: second phase"
    assert subject_words(subject.key) == "Talks on the second phase"


PACT = """PACT

First phase

1. The Ridge Committee shall release 24 living drivers held in its custody.

2. The Harbour Council shall withdraw its guards from the Merrin checkpoint.

3. The Harbour Council shall not levy tolls on the relief convoys.
"""


def with_pact(*sentences: str) -> list[tuple[str, str, float | None]]:
    """(provision, what, amount) of every account of a provision."""
    pact: Article = replace(make_article(PACT, "pact.txt", "Archive"), kind="agreement")
    report = make_article(FRAME + " ".join(sentences) + "\n", day=DAY)
    record = build_record([pact, report], Settings())
    names = {term.id: term.name for term in record.terms}
    return [(names[a.subject], a.what, a.amount) for a in record.accounts if a.subject in names]


def test_a_deed_is_an_account_of_the_provision_that_it_is_about() -> None:
    """Released 18 of 24: done in part, with the amount; a withdrawal is the other provision's."""
    found = with_pact(
        "The Ridge Committee released 18 living drivers on Monday.",
        "The Harbour Council withdrew its guards from the Merrin checkpoint on 3 March.",
    )
    assert ("1", "partly", 18.0) in found
    assert ("2", "done", None) in found


def test_a_deed_to_come_or_elsewhere_is_no_account() -> None:
    """What is to be done, and a deed that shares only a place, say nothing of a provision."""
    assert with_pact(
        "The gate opens only if the Harbour Council withdrew its guards from the Merrin checkpoint.",
        "The Ridge Committee delivered grain at Merrin.",
    ) == []  # fmt: skip


REGISTER = """PACT

First phase

1. The Ridge Committee shall deliver the full register of captured drivers.

2. The Ridge Committee shall release 24 captured drivers.

Second phase

3. The Ridge Committee shall release all captured drivers.
"""


def with_register(*sentences: str) -> list[tuple[str, str, float | None]]:
    """(provision, what, amount) of the accounts of a pact on a register and on drivers."""
    pact: Article = replace(make_article(REGISTER, "pact.txt", "Archive"), kind="agreement")
    record = build_record([pact, make_article(FRAME + " ".join(sentences) + "\n", day=DAY)], Settings())
    names = {term.id: term.name for term in record.terms}
    return [(names[a.subject], a.what, a.amount) for a in record.accounts if a.subject in names]


def test_a_deed_is_about_the_thing_that_is_owed_and_not_only_like_its_verb() -> None:
    """Captured drivers who are handed over are no register of captured drivers, and no provision of a later phase."""
    assert with_register("The Ridge Committee handed over four captured drivers on Monday.") == [
        ("2", "partly", 4.0)
    ]
    found = with_register("The Ridge Committee handed over the register of the captured drivers on Monday.")
    assert [(name, what) for name, what, _ in found] == [("1", "done")]


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("the full register of captured drivers", {"register"}),
        ("its guards from the Merrin checkpoint", {"guards", "checkpoint"}),
        ("24 living drivers and the bodies of ten", {"drivers", "bodies"}),
        ("60 tonnes of wheat a day", {"wheat"}),
        ("the port of Merrin to civilian shipping", {"port"}),
    ],
)
def test_the_things_of_an_object_are_its_heads(phrase: str, named: set[str]) -> None:
    """Not what they are of, where they stand or how many there are."""
    assert things(phrase) == key_words(" ".join(sorted(named)))


def test_a_count_since_a_day_was_told_and_not_reached_on_that_day() -> None:
    """ "252 freed since January" is an account of the report's day: on a day of January nothing of it was told."""
    pact: Article = replace(make_article(REGISTER, "pact.txt", "Archive"), kind="agreement")
    report = make_article(
        FRAME + "The Ridge Committee has released 18 captured drivers since 2 January.\n", day=DAY
    )
    (account,) = (
        a for a in build_record([pact, report], Settings()).accounts if a.subject.startswith("term-")
    )
    assert (account.what, account.happened, account.reported) == ("partly", None, DAY)
