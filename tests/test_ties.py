"""Ties: the body that one article sets beside a person's name, found by what English says of whose person somebody is."""

from __future__ import annotations

import pytest

from parley.model import Mention
from tests.reading import reading


def tie(text: str, last: str = "Sol") -> set[str]:
    """The bodies that a report ties whoever bears a surname to."""
    found: tuple[Mention, ...] = reading(text).mentions
    return {
        one.affiliation
        for one in found
        if one.kind == "person" and one.text.endswith(last) and "," not in one.text
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Talma Bell rang. Mrs. Ana Sol, speaking for the Kesht Front, left.", "Kesht Front"),
        ("Ana Sol, chairwoman of the federal Council for Pasture, left.", "Council for Pasture"),
        ("Ana Sol, a Kesht Front spokeswoman, left the hall.", "Kesht Front"),
        ("It went to the Kesht Front. Ana Sol, its treasurer, left.", "Kesht Front"),
        ("The head of the Kesht Front's delegation, Ana Sol, left.", "Kesht Front"),
        ("The Kesht Front, whose chief negotiator, Ana Sol, left, met.", "Kesht Front"),
        ("The Kesht Front regretted the step. Its head, Ana Sol, left.", "Kesht Front"),
        ("The Ovrel Council met. The Kesht Front waits: its envoy, Ana Sol, left.", "Kesht Front"),
    ],
)
def test_a_person_is_tied_to_the_body_beside_the_name(text: str, body: str) -> None:
    """Apposition, possessive, "speaking for" and "its" of the sentence's first body each give the tie."""
    assert tie(text) == {body}


@pytest.mark.parametrize(
    "text",
    [
        "It rained on Sunday. Managing director Ana Sol left.",
        "The list lay open. Finance minister Ana Sol left.",
        "Mr. Ben Ro wept. His sister, Ana Sol, left.",
        "Article 5 was read. Ana Sol, who took over as conciliator from Ben Ro, left.",
    ],
)
def test_what_is_no_body_ties_nobody(text: str) -> None:
    """Words of an office, a pronoun that nothing resolves, another person and a text are no bodies."""
    assert tie(text) == {""}


def test_a_relay_is_not_the_owner_of_whom_it_quotes() -> None:
    """ "The agency quoted its spokesman" is not the agency's spokesman where the sentence names a body before it."""
    text = "The Kesht Front met; the agency said so and quoted its spokesman, Ana Sol, at length."
    assert tie(text) == {"Kesht Front"}


def test_the_tie_follows_the_names() -> None:
    """Two bodies that change places in a text change places in the ties."""
    text = "The {} waits: its envoy, Ana Sol, left. The {} met. Its envoy, Ben Ro, left."
    one, other = "Kesht Front", "Ovrel Council"
    for first, second in ((one, other), (other, one)):
        told = text.format(first, second)
        assert (tie(told), tie(told, "Ro")) == ({first}, {second})
