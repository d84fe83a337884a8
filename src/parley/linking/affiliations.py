"""Affiliations: the body that a person belongs to, and the roles that the reports give, with the days."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.linking.keys import bare
from parley.model import BLOCK, Actor, Mention, RoleHeld

OWNED = re.compile(r"[’']s?\s+[a-z]")  # somebody's men, somebody's office


def affiliated(
    actors: Sequence[Actor], days: Mapping[str, date | None], told: Mapping[str, str]
) -> tuple[Actor, ...]:
    """Each person and role with the side that `told` names, else that the reports tie it to most often.

    Where the reports are at odds there is none. `told` holds bodies by folded name of the actor.
    """
    bodies = {
        bare(form): actor.id
        for actor in actors
        if actor.kind != "person" and not OWNED.search(actor.name) and BLOCK not in actor.name
        for form in actor.surfaces
    }
    loose = [_tied(actor, [actor.name], bodies, {}) if _is_loose(actor) else actor for actor in actors]
    known = {actor.id: actor for actor in loose}
    known |= {
        actor.id: _tied(actor, [told[bare(actor.name)]], bodies, {})
        for actor in loose
        if bare(actor.name) in told
    }
    return tuple(
        replace(
            actor
            if bare(actor.name) in told
            else _tied(actor, [mention.affiliation for mention in actor.mentions], bodies, known),
            roles=_roles(actor, bodies, days),
        )
        if actor.kind == "person"
        else actor
        for actor in known.values()
    )


def side_of(actor: Actor | None, actors: dict[str, Actor]) -> Actor | None:
    """The body that an actor stands for: itself, or what it is affiliated to, three steps at most."""
    for _ in range(3):
        if actor is None or actor.affiliation is None or actor.affiliation not in actors:
            return actor
        actor = actors[actor.affiliation]
    return actor


def _roles(actor: Actor, bodies: dict[str, str], days: Mapping[str, date | None]) -> tuple[RoleHeld, ...]:
    """Every role and body that the reports give a person, with the first and last day of a report that does."""
    held: dict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for mention in actor.mentions:
        body = _body_of(mention.affiliation, bodies, actor.id) or None
        if mention.role or body:
            held[mention.role.lower().replace(".", ""), body].append(mention)
    found = []
    for (role, body), mentions in held.items():
        seen = sorted(day for mention in mentions if (day := days.get(mention.article)))
        places = tuple((mention.article, mention.start, mention.end) for mention in mentions)
        found.append(RoleHeld(role, body, seen[0] if seen else None, seen[-1] if seen else None, places))
    return tuple(sorted(found, key=lambda role: (str(role.first), role.role, role.affiliation or "")))


def _is_loose(actor: Actor) -> bool:
    """Whether an actor is named by a phrase that may hold its body: "the command of the front", "a union official"."""
    return actor.kind == "role" or (actor.kind == "group" and actor.name[:1].islower())


def _tied(actor: Actor, texts: Sequence[str], bodies: dict[str, str], known: dict[str, Actor]) -> Actor:
    """An actor with the body that most of the texts name; bodies of one side count together."""
    named = [_body_of(text, bodies, actor.id) for text in texts if text]
    sides = Counter(
        (side_of(known.get(body), known) or actor).id if body in known else body for body in named if body
    )
    ranked = [pair for pair in sides.most_common(2) if pair[0] != actor.id]
    clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return replace(actor, affiliation=ranked[0][0]) if clear else actor


def _body_of(text: str, bodies: dict[str, str], own: str) -> str:
    """The id of the body that a phrase names, other than the actor's own; empty if it names none."""
    return next((bodies[key] for key in _names_in(text) if key in bodies and bodies[key] != own), "")


def _names_in(text: str) -> list[str]:
    """The folded names that a phrase may hold: runs of its capitalised words, the longest first."""
    whole = bare(re.sub(r"[’']s?$", "", text))
    runs = re.findall(r"[A-Z][\w’'.-]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'.-]*)*", text)
    return [whole, *(bare(re.sub(r"[’']s?$", "", run)) for run in sorted(runs, key=len, reverse=True))]
