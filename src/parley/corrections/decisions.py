"""Which corrections stand: undone ones fall, an author's later word replaces the earlier, two people may disagree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from parley.model import Correction

# Action -> what of its row it decides. Two actions that decide the same thing of one row can disagree.
ACTIONS = {
    "right": "reading",
    "wrong": "reading",
    "edit": "",  # the fields that its value names
    "date": "published",
    "outlet": "outlet",
    "archived": "archived_url",
    "merge": "names",
    "split": "names",
    "relate": "relation",
    "bind": "term",
    "side": "",
    "clear": "shown",
    "withhold": "shown",
    "undo": "",
    "settle": "",
}
BY_FIELD = frozenset({"edit", "side"})
MANY = frozenset(
    {"merge", "split", "relate"}
)  # decide about a row and another: each pair is a matter of its own


@dataclass(frozen=True, slots=True)
class Decision:
    """One matter of one row and what was decided: a field and its value."""

    correction: Correction
    row: str
    matter: str
    value: Any  # plain JSON data


@dataclass(frozen=True)
class Decisions:
    """The decisions that stand, in order of time, and what became of the rest."""

    standing: tuple[Decision, ...] = ()
    undone: tuple[Correction, ...] = ()
    replaced: tuple[Correction, ...] = ()
    at_odds: tuple[
        tuple[Decision, ...], ...
    ] = ()  # of one matter, by two people or more, until one is settled on

    @cached_property
    def by_row(self) -> dict[str, tuple[Decision, ...]]:
        """Row id -> what stands about it."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.standing:
            found[decision.row].append(decision)
        return {row: tuple(about) for row, about in found.items()}

    def of(self, *actions: str) -> Iterator[Decision]:
        """The decisions that stand of some actions."""
        return (one for one in self.standing if one.correction.action in actions)


def in_order(corrections: Iterable[Correction]) -> list[Correction]:
    """Corrections by time, then id, each once: two people who exchange theirs get one list."""
    return sorted({one.id: one for one in corrections}.values(), key=lambda one: (one.at, one.id))


def decide(corrections: Iterable[Correction]) -> Decisions:
    """What stands of the corrections, in whatever order they come."""
    ordered = in_order(corrections)
    undone = _undone(ordered)
    acting = [one for one in ordered if one.id not in undone and one.action not in {"undo", "settle"}]
    settled = {one.value for one in ordered if one.action == "settle" and one.id not in undone}
    matters: dict[tuple[str, str], dict[str, Decision]] = defaultdict(dict)
    replaced: dict[str, Correction] = {}
    for correction in acting:
        for decision in decisions_of(correction):
            by_author = matters[decision.row, decision.matter]
            if correction.author in by_author:
                earlier = by_author.pop(correction.author).correction
                replaced[earlier.id] = earlier
            by_author[correction.author] = decision
    standing: list[Decision] = []
    at_odds: list[tuple[Decision, ...]] = []
    for said in matters.values():
        chosen = [one for one in said.values() if one.correction.id in settled]
        values = {_key(one) for one in said.values()}
        if chosen or len(values) == 1:
            standing.append((chosen or list(said.values()))[-1])
        else:
            at_odds.append(tuple(said.values()))
    unsettled = {one.correction.id for said_by in at_odds for one in said_by}  # none of them stands in part
    standing = [one for one in standing if one.correction.id not in unsettled]
    standing.sort(key=lambda one: (one.correction.at, one.correction.id, one.matter))
    return Decisions(
        tuple(standing),
        tuple(one for one in ordered if one.id in undone),
        tuple(replaced.values()),
        tuple(at_odds),
    )


def _undone(ordered: list[Correction]) -> set[str]:
    """Ids that an undo names which is not undone itself; the last word is read first."""
    undone: set[str] = set()
    for one in reversed(ordered):
        if one.action == "undo" and one.id not in undone:
            undone.add(one.value)
    return undone


def decisions_of(correction: Correction) -> Iterator[Decision]:
    """The matters that a correction decides."""
    if correction.action in BY_FIELD:
        for matter, value in sorted(json.loads(correction.value).items()):
            yield Decision(correction, correction.row, matter, value)
    elif correction.action in MANY:
        yield Decision(correction, correction.row, correction.value, correction.action)
    else:
        value = correction.value or correction.action
        yield Decision(correction, correction.row, ACTIONS[correction.action], value)


def _key(decision: Decision) -> str:
    return json.dumps([decision.value, decision.correction.action == "wrong"], sort_keys=True)
