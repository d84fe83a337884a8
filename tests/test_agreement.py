"""Where an agreement stands as told: provisions, phases, handovers, waits, proposals, alleged violations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.agreement.breaches import NO_TERM, find_breaches
from parley.agreement.ledger import tallies, with_sides
from parley.agreement.proposals import find_proposals
from parley.agreement.terms import read_terms
from parley.agreement.waits import find_waits, with_deeds
from parley.linking.actors import link_actors
from parley.model import Act, Actor, Figure, Mention, Need
from parley.reader.times import read_times
from tests.conftest import make_article

PACT = """PACT OF THE TWO VALLEYS

First phase

1. The Council shall open the Merrin road within ten days of signature.

2. The Ridge Committee shall not levy tolls on relief convoys.

Second phase

3. Either Party may ask the guarantor for an extension of fourteen days.
"""


def act(
    label: str, actor: str, text: str, target: str | None = None, where: str = "a", start: int = 0
) -> Act:
    """An act whose extent is its words."""
    return Act(f"act-{label}-{start}", where, actor, label, target, start, start + len(text), text)


def need(holder: str, waits: str, first: str, number: int) -> Need:
    """A precondition on a sentence of its own."""
    return Need(f"need-{number}", "a", holder, waits, first, number, number + 1, "x")


def body(name: str, *surfaces: str) -> Actor:
    """A body that an article names."""
    mentions = tuple(Mention("a", 0, len(form), form, name, "organisation") for form in (name, *surfaces))
    return link_actors(mentions)[0]


def test_numbered_provisions_become_terms_of_their_phase() -> None:
    """Kind by its verb, bearer before it, phase by the heading above; each rests on the agreement's article."""
    article = replace(make_article(PACT), kind="agreement")
    _, terms = read_terms([article], [])
    assert [(term.kind, term.bearer, term.phase) for term in terms] == [
        ("obligation", "The Council", "first phase"),
        ("prohibition", "The Ridge Committee", "first phase"),
        ("power", "Either Party", "second phase"),
    ]
    assert {term.source for term in terms} == {"text"}
    assert {item for term in terms for item in term.evidence} == {article.id}


def test_a_report_tells_when_a_phase_began_and_ended() -> None:
    """The day behind the verb bounds the phase; a day elsewhere in the sentence does not."""
    article = make_article(
        "The first phase began on 4 March and ended on 29 March. A convoy left on 2 April.",
        day=date(2031, 4, 3),
    )
    (phase,), _ = read_terms([article], read_times(article))
    assert (phase.name, phase.start, phase.end) == ("first phase", date(2031, 3, 4), date(2031, 3, 29))


def test_two_conditions_that_wait_for_each_other_are_a_loop() -> None:
    """In other words on each side, the same two deeds: the loop is found once, and a trade at one hour would free it."""
    needs, _ = with_deeds(
        [
            need("Council", "opening the Merrin road", "the release of the nine drivers", 1),
            need("Committee", "freeing the drivers", "the road at Merrin is opened", 2),
        ]
    )
    (wait,) = find_waits(needs, ())
    assert len(wait.loop) == 2
    assert set(wait.edges) == {"need-1", "need-2"}
    assert wait.breakers
    assert "at the same time" in wait.breakers[0]


def test_a_guarantee_breaks_the_loop_that_it_stands_in() -> None:
    """Waiting for a guarantee of the other's deed is a conditional loop, and the guarantee is what would unlock it."""
    needs, _ = with_deeds(
        [
            need("Council", "starting talks on tolls", "the release of the nine drivers", 1),
            need("Committee", "freeing the drivers", "written guarantees that talks on tolls will start", 2),
        ]
    )
    (wait,) = find_waits(needs, ())
    assert wait.conditional
    assert "written guarantees that talks on tolls will start" in wait.breakers


def test_a_condition_that_nobody_returns_is_no_loop() -> None:
    """One-sided conditions make no wait."""
    needs, _ = with_deeds([need("Council", "opening the road", "the payment of tolls", 1)])
    assert find_waits(needs, ()) == ()


@given(st.permutations(range(3)))
def test_loops_do_not_hang_on_the_order_of_needs(order: list[int]) -> None:
    """Three conditions in a ring are one loop, whichever comes first, always under the same id."""
    ring = [
        need("A", "signing the ferry contract", "the return of the pilots", 1),
        need("B", "returning the pilots", "the dredging of the channel", 2),
        need("C", "dredging the channel", "the signature of the ferry contract", 3),
    ]
    needs, _ = with_deeds([ring[place] for place in order])
    (wait,) = find_waits(needs, ())
    assert set(wait.edges) == {"need-1", "need-2", "need-3"}


def released(number: float, text: str, where: str, start: int) -> Figure:
    """A count of people handed over."""
    return Figure(
        f"fig-{where}-{start}",
        where,
        start,
        start + len(text),
        text,
        number,
        number,
        unit="person",
        what=text,
        status="released",
    )


def test_who_hands_over_comes_from_the_act_around_the_count() -> None:
    """The body that acts is the giver; where no act says, the side stays unclear."""
    actors = [body("Ridge Committee", "the committee")]
    acts = [act("PERFORM", "the committee", "the committee released nine drivers")]
    known, unknown = with_sides(
        [released(9, "nine drivers", "a", 23), released(4, "four drivers", "a", 200)], acts, actors
    )
    assert known.from_ == "Ridge Committee"
    assert unknown.from_ is None


def test_repeated_reports_of_one_handover_count_once() -> None:
    """Three reports of nine drivers, one of them later with twelve in all: one tally, twelve, with all as evidence."""
    articles = [make_article("x", f"{day}.txt", day=date(2031, 3, day)) for day in (4, 5, 9)]
    counts = [9, 9, 12]
    figures = [
        replace(released(count, f"{count} drivers", article.id, 0), from_="Ridge Committee")
        for count, article in zip(counts, articles)
    ]
    (tally,) = tallies(articles, figures, ("Ridge Committee", "Council"))
    assert (tally.total, tally.from_, tally.to, tally.as_of) == (
        12,
        "Ridge Committee",
        "Council",
        date(2031, 3, 9),
    )
    assert len(tally.evidence) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The envoy's proposal would extend the pause by ten days.",
        "A proposal that the envoy put to both sides would extend the pause by ten days.",
        "A proposal by the envoy would extend the pause by ten days.",
        "The envoy presented a written proposal which would extend the pause by ten days.",
    ],
)
def test_a_proposal_has_its_proposer(text: str) -> None:
    """Owned, put, written by or presented: the proposer is found, and what it would change is in its words."""
    article = make_article(text)
    envoy = link_actors([Mention(article.id, 0, 9, "The envoy", "the envoy", "role")])
    (proposal,) = find_proposals([article], (), (), envoy)
    assert proposal.by == "the envoy"
    assert any("extend the pause by ten days" in change for change in proposal.changes)


def test_an_alleged_violation_names_its_term_or_says_that_none_is_named() -> None:
    """The provision as the accuser names it; a bare accusation of breaking something has no term."""
    acts = [
        act(
            "ACCUSE",
            "Council",
            "the Council accused the committee of violating article 2 with new tolls",
            "Committee",
        ),
        act(
            "ACCUSE",
            "Council",
            "the Council accused the committee of blocking convoys",
            "Committee",
            start=100,
        ),
        act("ACCUSE", "Council", "the Council accused the committee of arrogance", "Committee", start=200),
    ]
    first, second = find_breaches(acts, (), ("Council", "Committee"))
    assert first.term == "article 2"
    assert second.term == NO_TERM
    assert (first.accuser, first.accused) == ("Council", "Committee")


def test_a_denial_stands_beside_the_allegation() -> None:
    """The accused party's answer about the same thing is tied to it; another's is not."""
    acts = [
        act(
            "ACCUSE",
            "Council",
            "the Council accused the committee of blocking the Merrin convoys",
            "Committee",
        ),
        act("DENY", "Committee", "the committee denied blocking any convoys at Merrin", start=100),
        act("DENY", "Bishop", "the bishop denied writing the letter", start=200),
    ]
    (breach,) = find_breaches(acts, (), ("Council", "Committee"))
    assert breach.denied_by == ("Committee",)
