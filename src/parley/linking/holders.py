"""Holders across reports: the body whose condition it is, where the report names only somebody whom nothing ties to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from parley.linking.actors import actor_id, side_of, speaker_index
from parley.model import Actor, Need

BODIES = frozenset({"organisation", "state"})
PEOPLE = frozenset({"person", "role"})


def with_holders(needs: Sequence[Need], actors: Sequence[Actor]) -> tuple[Need, ...]:
    """Needs that are tied to deeds, each that such a person states held by the body that others give for the same two deeds."""
    by_id = {actor.id: actor for actor in actors}
    index = speaker_index(actors)
    stated = [by_id.get(actor_id(index, need.article, need.holder) or "") for need in needs]
    held: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    for need, actor in zip(needs, stated):
        side = side_of(actor, by_id)
        if side and side.kind in BODIES:
            held[need.act_deed, need.needs_deed][side.name] += 1
    bodies: dict[str, Counter[str]] = defaultdict(Counter)
    for need, actor in zip(needs, stated):
        if actor and actor.kind in PEOPLE and side_of(actor, by_id) is actor:
            bodies[actor.id].update(held.get((need.act_deed, need.needs_deed), {}))
    return tuple(
        replace(need, holder=_clear(bodies[actor.id]) or need.holder)
        if actor and actor.id in bodies
        else need
        for need, actor in zip(needs, stated)
    )


def _clear(told: Counter[str]) -> str:
    """The body that is told most often; empty where none is, or two are as often."""
    ranked = told.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else ""
