"""Proposals: whose they are, what they would change in the agreement in force, who has answered and who is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from parley import store
from parley.agreement.comparison import compare
from parley.cli import main
from parley.model import Record, Term
from parley.pipeline import build_record
from parley.settings import Settings
from tests.conftest import make_article, unwrapped

PACT = """PACT OF THE TWO VALLEYS

1. The Merrin Council shall open the Merrin road within ten days of signature.

2. The Ridge Committee shall release twelve drivers at the Oster bridge.

3. The Ridge Committee shall not levy tolls on relief convoys.
"""
REPORT = """The Merrin Council accused the Ridge Committee of delay. The Ridge Committee denied it and demanded the road.

Sana Orell, the envoy, presented a written proposal on Monday. It would open the Merrin road within twenty days instead of
ten; let the Ridge Committee release twelve drivers at the Oster bridge; and bring a doctor to the camp.

The Merrin Council accepted the proposal on condition that the road is cleared first. The Ridge Committee has not replied.
"""


def term(number: int, text: str) -> Term:
    """A provision of an agreement's own text."""
    act, _, thing = text.partition(" ")
    return Term(f"term-{number}", "obligation", None, None, act, thing, "", "", "text", ("a",))


def built(*texts: str) -> Record:
    """The record of the pact and of reports of our own."""
    pact = replace(
        make_article(unwrapped(PACT), "pact.txt", "The parties", date(2031, 3, 1)), kind="agreement"
    )
    reports = [
        make_article(unwrapped(text), f"{place}.txt", f"Outlet {place}", date(2031, 3, 11 + place))
        for place, text in enumerate(texts)
    ]
    return build_record([pact, *reports], Settings(processes=1))


@pytest.mark.parametrize(
    "text",
    [
        "Sana Orell’s proposal would extend the pause by ten days.",
        "A proposal that Sana Orell put to both sides would extend the pause by ten days.",
        "A proposal by Sana Orell would extend the pause by ten days.",
        "Sana Orell presented a written proposal which would extend the pause by ten days.",
        "Sana Orell was busy again. Under a proposal that she put to both sides, it would extend the pause by ten days.",
    ],
)
def test_a_proposal_has_its_proposer(text: str) -> None:
    """Owned, put, written by, presented, or behind a pronoun: the proposer is found, and what it would change in its words."""
    record = built(f"Sana Orell, the envoy, said on Monday that she was tired.\n\n{text}")
    (proposal,) = record.proposals
    assert proposal.by == "Sana Orell"
    assert any("extend the pause by ten days" in change for change in proposal.changes)


def test_something_put_forward_without_the_word_is_one_too() -> None:
    """ "Has proposed a halt" names the thing itself."""
    (proposal,) = built(
        "The envoy, Sana Orell, has proposed a ten-day halt to the shelling so that drivers can pass."
    ).proposals
    assert (proposal.name, proposal.by) == ("ten-day halt to the shelling", "Sana Orell")


def test_each_change_stands_beside_its_provision() -> None:
    """Another number is a change, the same words are kept, what no provision is about is added, the rest not mentioned."""
    record = built(REPORT)
    (proposal,) = record.proposals
    said = {row.relation: row for row in proposal.versus}
    assert set(said) == {"changed", "kept", "added", "not mentioned"}
    terms = {one.id: one for one in record.terms}
    assert "road" in terms[said["changed"].term].object
    assert "tolls" in terms[said["not mentioned"].term].object
    assert said["added"].term == ""


def test_who_has_not_answered_is_awaited() -> None:
    """An acceptance under a condition is an answer; "has not replied" is none, and its words are kept."""
    (proposal,) = built(REPORT).proposals
    assert proposal.awaited == ("Ridge Committee",)
    assert any("on condition" in line for line in proposal.responses)
    assert any("has not replied" in line for line in proposal.responses)


def test_two_descriptions_that_might_be_one_point_to_each_other() -> None:
    """Another proposer's paper with the same noun: whether it is the same none says, so neither is merged."""
    one, other = built(
        "Sana Orell, the envoy, presented a proposal which would extend the pause by ten days.",
        "Bishop Tolla Marr presented a proposal which would extend the pause by ten days.",
    ).proposals
    assert one.maybe_same_as == (other.id,)
    assert other.maybe_same_as == (one.id,)


def test_a_second_paper_is_a_version_of_the_first() -> None:
    """ "Second" by the same side points back."""
    one, other = built(
        "Sana Orell, the envoy, presented a plan for the road which would extend the pause by ten days.",
        "Sana Orell, the envoy, presented a second paper which would bring a doctor to the camp.",
    ).proposals
    assert one.version_of is None
    assert other.version_of == one.id


def test_without_an_agreement_there_is_nothing_to_compare_with() -> None:
    """Terms that only reports tell are no text in force."""
    assert compare(["open the road"], [replace(term(1, "open the road"), source="reports")]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Her paper would extend the pause by ten days.",
        "The paper that she handed to both sides would extend the pause by ten days.",
    ],
)
def test_a_pronoun_is_the_person_told_of_before(text: str) -> None:
    """ "Her paper" and "that she handed" are hers of whom the sentence before tells."""
    record = built(f"Sana Orell, the envoy, met Tolla Marr on Monday and left at noon.\n\n{text}")
    assert [one.by for one in record.proposals] == ["Sana Orell"]


def test_the_only_mediator_is_the_one_who_is_named() -> None:
    """ "The envoy's plan" in a second report is the plan of the only envoy."""
    (proposal,) = built(
        "Sana Orell, the envoy, presented a plan which would extend the pause by ten days.",
        "The Merrin Council accepted the envoy's plan on Friday.",
    ).proposals
    assert proposal.by == "Sana Orell"
    assert any("Merrin Council" in line for line in proposal.responses)


def test_terms_offered_in_numbers_are_a_proposal() -> None:
    """ "Offers 3.1 per cent" is put on the table without a noun; the number keeps its point."""
    (proposal,) = built(
        "The Merrin Council demanded the road. The Ridge Committee offers 3.1 per cent this year and denied any delay."
    ).proposals
    assert proposal.by == "Ridge Committee"
    assert proposal.name.startswith("offer of 3.1 per cent")


def test_changes_asked_for_are_a_proposal_of_whoever_asks() -> None:
    """A counter-proposal: the changes that a party wants in somebody else's paper."""
    (proposal,) = built(
        "The Merrin Council demanded the road. The Ridge Committee denied any delay. The Ridge Committee has asked "
        "for two changes: that the guards carry no rifles, and that the herds leave in May."
    ).proposals
    assert proposal.by == "Ridge Committee"
    assert any("herds leave in May" in change for change in proposal.changes)


def test_a_demand_for_one_thing_and_not_another_is_a_proposal() -> None:
    """Whoever insists on something instead of what was agreed puts that on the table; a mere demand puts nothing there."""
    changed = "The Ridge Committee insists on releasing nine drivers at the bridge and not twelve."
    mere = "The Ridge Committee insists on the opening of the road."
    ours = [one for one in built(REPORT, changed).proposals if one.by == "Ridge Committee"]
    assert [one.name for one in ours] == ["releasing nine drivers at the bridge and not twelve"]
    assert not [one for one in built(REPORT, mere).proposals if one.by == "Ridge Committee"]


def test_what_a_list_would_do_is_one_change_each() -> None:
    """ "Would open the road, cut the tolls and move the posts" is three changes."""
    (proposal,) = built(
        "Sana Orell's plan would open the Merrin road, lower the tolls to half and move the posts to the ridge."
    ).proposals
    assert len(proposal.changes) == 3


def test_a_mere_mention_is_no_proposal() -> None:
    """A note of which nothing is told but that it exists is none."""
    assert built("Sana Orell's note was long.").proposals == ()


@given(st.permutations(range(4)))
def test_no_provision_is_lost_and_none_stands_twice(order: list[int]) -> None:
    """Whatever the order of provisions, each is touched by a change or not mentioned, never both."""
    texts = [
        "open the Merrin road",
        "release twelve drivers",
        "levy no tolls on convoys",
        "hold talks each week",
    ]
    rows = compare(
        ["release twelve drivers now, rather than ten"], [term(place, texts[place]) for place in order]
    )
    assert sorted(row.term for row in rows) == [f"term-{place}" for place in range(4)]


def test_the_command_says_whose_answer_is_next(tmp_path: Path) -> None:
    """Every proposal with its provisions, and the party that none of the reports hears of."""
    path = tmp_path / "valleys.db"
    store.save(built(REPORT), path)
    said = CliRunner().invoke(main, ["proposals", str(path)]).output
    assert "by the account of Outlet 0" in said
    assert "Ridge Committee: told not to have answered, so its answer is next" in said
    assert "the agreement: “" in said


def test_an_answer_to_anothers_proposal_is_not_taken_for_this_one() -> None:
    """ "The mediators' proposal" may be the envoy's or not: the words stand there, and the party's answer stays open."""
    article = make_article(
        "Talks on the harbour\n\nThe envoy, Lena Marr, presented a written proposal to both sides on Tuesday.\n\n"
        "The Dockers' Union said it had accepted the mediators' proposal. The Owners' Federation demanded more time. "
        "The Dockers' Union accused the Owners' Federation of delay.\n",
        "a.txt",
    )
    record = build_record([article], Settings(processes=1))
    answers = [words for one in record.proposals for words in one.responses if "mediators" in words]
    assert answers
    assert all("none of these reports says" in words for words in answers)
