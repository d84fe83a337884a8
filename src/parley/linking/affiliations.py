"""Affiliations: the body that a person belongs to, and the roles that the reports give, with the days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.linking.keys import bare
from parley.linking.organs import Bodies, governs, only_state, organs, owners_in
from parley.model import Actor, Mention, RoleHeld


def affiliated(
    actors: Sequence[Actor], days: Mapping[str, date | None], told: Mapping[str, str]
) -> tuple[Actor, ...]:
    """Each actor with the side that `told` names, else that the reports tie it to most often.

    Where the reports are at odds there is none. `told` holds bodies by folded name of the actor.
    """
    bodies = Bodies(actors)
    owner = organs(bodies, actors)
    state = only_state(bodies, actors, owner)
    known = {actor.id: _with_owner(actor, bodies, owner, told) for actor in actors}
    return tuple(
        replace(
            actor if bare(actor.name) in told else _governing(_tied(actor, bodies, known), state),
            roles=_roles(actor, bodies, days),
        )
        if actor.kind == "person"
        else _shown(_governing(actor, state), bodies, days)
        for actor in known.values()
    )


def _with_owner(actor: Actor, bodies: Bodies, owner: Mapping[str, str], told: Mapping[str, str]) -> Actor:
    """An actor with the body that the table of aliases, or its own name, says it belongs to."""
    article = actor.mentions[0].article
    phrase = told.get(bare(actor.name)) or (actor.name if _is_loose(actor) else "")
    body = bodies.named_in(phrase, article, actor.id) if phrase else ""
    return replace(actor, affiliation=body or owner.get(actor.id) or actor.affiliation)


def _governing(actor: Actor, state: str) -> Actor:
    """A minister whom nothing ties to a body, with the only state of the record."""
    told = actor.affiliation is not None or any(mention.affiliation for mention in actor.mentions)
    untied = actor.kind in {"person", "role"} and not told and state
    return replace(actor, affiliation=state) if untied and governs(actor) else actor


def _shown(actor: Actor, bodies: Bodies, days: Mapping[str, date | None]) -> Actor:
    """A body with the places where reports show whose it is: where its form names the owner, else where it stands first."""
    if actor.affiliation is None:
        return actor
    naming = [m for m in actor.mentions if actor.affiliation in owners_in(m.text, m.article, bodies)]
    return replace(actor, roles=(_held("", actor.affiliation, naming or actor.mentions[:1], days),))


def side_of(actor: Actor | None, actors: Mapping[str, Actor]) -> Actor | None:
    """The body that an actor stands for: itself, or what it is affiliated to, three steps at most."""
    for _ in range(3):
        if actor is None or actor.affiliation is None or actor.affiliation not in actors:
            return actor
        actor = actors[actor.affiliation]
    return actor


def _roles(actor: Actor, bodies: Bodies, days: Mapping[str, date | None]) -> tuple[RoleHeld, ...]:
    """Every role and body that the reports give a person, with the first and last day of a report that does."""
    held: dict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for mention in actor.mentions:
        body = bodies.named_in(mention.affiliation, mention.article, actor.id) or None
        if mention.role or body:
            held[mention.role.lower().replace(".", ""), body].append(mention)
    found = [_held(role, body, mentions, days) for (role, body), mentions in held.items()]
    return tuple(sorted(found, key=lambda role: (str(role.first), role.role, role.affiliation or "")))


def _held(
    role: str, body: str | None, mentions: Sequence[Mention], days: Mapping[str, date | None]
) -> RoleHeld:
    """One role with its days, and the mentions that show it."""
    seen = sorted(day for mention in mentions if (day := days.get(mention.article)))
    places = tuple((mention.article, mention.start, mention.end) for mention in mentions)
    return RoleHeld(role, body, seen[0] if seen else None, seen[-1] if seen else None, places)


def _is_loose(actor: Actor) -> bool:
    """Whether an actor is named by a phrase that may hold its body: "the command of the front", "a union official"."""
    return actor.kind == "role" or (actor.kind == "group" and actor.name[:1].islower())


def _tied(actor: Actor, bodies: Bodies, known: Mapping[str, Actor]) -> Actor:
    """An actor with the body that most of its mentions name; bodies of one side count together."""
    named = [bodies.named_in(m.affiliation, m.article, actor.id) for m in actor.mentions if m.affiliation]
    counted = Counter(body for body in named if body)
    sides: Counter[str] = Counter()
    for body, count in counted.items():
        sides[_side_id(body, known)] += count
    ranked = sides.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return actor
    own = [body for body in counted if _side_id(body, known) == ranked[0][0]]
    return replace(actor, affiliation=max(own, key=lambda body: (counted[body], body)))


def _side_id(body: str, known: Mapping[str, Actor]) -> str:
    side = side_of(known[body], known)
    return side.id if side else body
