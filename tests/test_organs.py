"""Organs and affiliations across reports: whose ministry it is, and for whom a minister speaks."""

from __future__ import annotations

from parley.linking.actors import link_actors, side_of
from parley.model import Actor, Mention


def mention(text: str, kind: str, at: int, where: str = "a", **more: str) -> Mention:
    """A name that stands in an article."""
    return Mention(where, at, at + len(text), text, more.pop("name", text), kind, **more)


def linked(*mentions: Mention) -> dict[str, Actor]:
    """The actors of a record by name."""
    return {actor.name: actor for actor in link_actors(mentions)}


def body(actors: dict[str, Actor], name: str) -> str | None:
    """The name of the body that an actor is affiliated to."""
    by_id = {actor.id: actor.name for actor in actors.values()}
    return by_id.get(actors[name].affiliation or "")


def state(name: str, where: str = "a", start: int = 1000) -> list[Mention]:
    """Three mentions of a state whose name no list holds."""
    return [mention(name, "unknown", start + 20 * at, where) for at in range(3)]


def test_a_ministry_is_the_states_whose_name_stands_before_it() -> None:
    """Two states, two ministries: each is its own state's, by a genitive or by "of"."""
    actors = linked(
        *state("Toria"),
        *state("Veska", start=2000),
        mention("Toria's Energy Ministry", "organisation", 0, name="Energy Ministry"),
        mention("Ministry of Trade of Veska", "organisation", 60),
    )
    assert body(actors, "Energy Ministry") == "Toria"
    assert body(actors, "Ministry of Trade of Veska") == "Veska"
    assert [role.evidence for role in actors["Energy Ministry"].roles] == [(("a", 0, 23),)]


def test_the_only_government_has_the_ministers_that_nothing_ties() -> None:
    """With one government in the record its ministry, its army and its minister are its own."""
    actors = linked(
        mention("Government of Toria", "organisation", 0),
        mention("the Government", "organisation", 40, name="Government of Toria"),
        mention("Government", "organisation", 60),
        mention("Defence Ministry", "organisation", 90),
        mention("Ana Sol", "person", 120, role="interior minister"),
        mention("Rill Movement", "organisation", 150),
        mention("Ben Ro", "person", 180, role="spokesman", affiliation="Defence Ministry"),
    )
    assert body(actors, "Defence Ministry") == body(actors, "Ana Sol") == "Government of Toria"
    assert body(actors, "Rill Movement") is None
    assert body(actors, "Ben Ro") == "Defence Ministry"
    side = side_of(actors["Ben Ro"], {actor.id: actor for actor in actors.values()})
    assert side is not None
    assert side.name == "Government of Toria"


def test_between_two_states_no_minister_is_guessed() -> None:
    """Where two states are told to govern as often, a minister whom nothing ties belongs to neither."""
    actors = linked(
        *state("Toria"),
        *state("Veska", start=2000),
        mention("Ana Sol", "person", 0, role="minister", affiliation="Toria"),
        mention("Ben Ro", "person", 40, role="minister", affiliation="Veska"),
        mention("Lea Mar", "person", 80, role="trade minister"),
    )
    assert body(actors, "Lea Mar") is None
    assert (body(actors, "Ana Sol"), body(actors, "Ben Ro")) == ("Toria", "Veska")


def test_the_union_of_a_report_is_that_reports() -> None:
    """A tie by a noun counts for the body that its own report calls so, though another report's is another."""
    actors = linked(
        mention("the union", "organisation", 0, "a", name="Dockers' Union"),
        mention("the union", "organisation", 0, "b", name="Pilots' Union"),
        mention("Ana Sol", "person", 40, "a", affiliation="the union"),
        mention("Ben Ro", "person", 40, "b", affiliation="the union"),
    )
    assert (body(actors, "Ana Sol"), body(actors, "Ben Ro")) == ("Dockers' Union", "Pilots' Union")


def test_a_state_that_one_report_misreads_stays_a_state() -> None:
    """One word is a person's only where most mentions say so."""
    actors = linked(*state("Toria"), mention("Toria", "person", 0, "b"))
    assert actors["Toria"].kind != "person"
    assert linked(mention("Toria", "person", 0), mention("Toria", "person", 0, "b"))["Toria"].kind == "person"
