"""Stretches of reports that no row of the reader's bears but pages lead to: names, what changed, what is shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from parley.model import Actor, Record

Spot = tuple[str, int, int]  # article, start, end


def spots(record: Record) -> dict[str, set[tuple[int, int]]]:
    """Article id -> the stretches of it that get an anchor."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for article, start, end in _all(record):
        found[article].add((start, end))
    return found


def first_spots(actor: Actor) -> dict[tuple[str, str], Spot]:
    """(article, form as written) -> where that report first has the form."""
    found: dict[tuple[str, str], Spot] = {}
    for mention in actor.mentions:
        found.setdefault((mention.article, mention.text), (mention.article, mention.start, mention.end))
    return found


def _all(record: Record) -> Iterator[Spot]:
    edges = {edge.id: edge for edge in record.lineage}
    for actor in record.actors:
        yield from first_spots(actor).values()
        for merge in actor.merges:
            yield from merge.evidence
        for held in actor.roles:
            yield from held.evidence
    for drift in record.drifts:
        edge = edges[drift.lineage]
        for article, span in ((edge.from_, drift.before), (edge.derived, drift.after)):
            if span:
                yield article, span.start, span.end
    for shared in record.shared_passages:
        for article, span in shared.spans:
            yield article, span.start, span.end
