"""Holders across reports: a condition of somebody whom nothing ties to a body, and who else holds the same one."""

from __future__ import annotations

from parley.linking.holders import with_holders
from parley.model import Actor, Mention, Need


def need(row: str, article: str, holder: str, act: str = "deed-gate", needs: str = "deed-list") -> Need:
    """A need that is tied to deeds."""
    return Need(row, article, holder, "open the gate", "the list", 0, 4, "text", act, needs)


def actor(name: str, kind: str, affiliation: str | None = None) -> Actor:
    """An actor that two articles name."""
    mentions = tuple(Mention(article, 0, 3, name, name, kind) for article in ("art-1", "art-2"))
    return Actor(f"actor-{name}", name, kind, affiliation, "", (name,), mentions)


FRONT = actor("Kesht Front", "organisation")
COUNCIL = actor("Ovrel Council", "organisation")
SOL = actor("Ana Sol", "person")


def test_a_person_without_a_body_holds_the_condition_for_the_body_that_holds_it_elsewhere() -> None:
    """Of two reports of one condition the one that names the body tells for whom the person speaks, in all she says."""
    rows = (
        need("n1", "art-1", "Ana Sol"),
        need("n2", "art-2", "Kesht Front"),
        need("n3", "art-1", "Ana Sol", "deed-road"),
    )
    assert [row.holder for row in with_holders(rows, (FRONT, SOL))] == ["Kesht Front"] * 3


def test_a_person_with_a_body_keeps_her_name() -> None:
    """Whoever is tied to a body needs no other report to say whom she speaks for."""
    tied = actor("Ana Sol", "person", COUNCIL.id)
    rows = (need("n1", "art-1", "Ana Sol"), need("n2", "art-2", "Kesht Front"))
    assert with_holders(rows, (FRONT, COUNCIL, tied)) == rows


def test_two_bodies_as_often_decide_nothing() -> None:
    """Where as many reports give the condition to either body, the person is left as the holder."""
    rows = (
        need("n1", "art-1", "Ana Sol"),
        need("n2", "art-2", "Kesht Front"),
        need("n3", "art-2", "Ovrel Council"),
    )
    assert with_holders(rows, (FRONT, COUNCIL, SOL)) == rows


def test_another_condition_tells_nothing() -> None:
    """A body that waits with another deed says nothing of the person's side."""
    rows = (need("n1", "art-1", "Ana Sol"), need("n2", "art-2", "Kesht Front", "deed-road"))
    assert with_holders(rows, (FRONT, SOL)) == rows
