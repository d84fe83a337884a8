"""Parties: the two bodies that the reports show as each other's opposite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parley.linking.actors import actor_id, side_of, speaker_index
from parley.model import Act, Actor

OF_A_THIRD = frozenset({"OFFER", "MEDIATE", "MEET", "PRAISE"})  # what mediators do as much as parties


def leading_parties(actors: Sequence[Actor], acts: Sequence[Act]) -> tuple[str, ...]:
    """The two bodies that demand, promise, accuse and deliver most, their people counted in: the parties so far as told."""
    by_id = {actor.id: actor for actor in actors}
    index = speaker_index(actors)
    counts: Counter[str] = Counter()
    for act in acts:
        if act.act in OF_A_THIRD:
            continue
        for name in (act.actor, act.target or ""):
            side = side_of(by_id.get(actor_id(index, act.article, name) or ""), by_id)
            if side is not None and side.kind not in {"person", "role"}:
                counts[side.name] += 1
    return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2])
