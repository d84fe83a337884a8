"""Rules of what can happen: a deed can be done once all that one of its rules asks for has been done."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import networkx as nx

Remedy = TypeVar("Remedy", bound=Hashable)
LARGEST_SET = 3  # steps of which a set that frees a loop may consist


@dataclass(frozen=True, slots=True)
class Rule:
    """`head` can be done once everything in `body` has been (AND); several rules for one head are alternatives (OR)."""

    head: str
    body: frozenset[str]


def can_happen(rules: Collection[Rule], given: Iterable[str] = ()) -> frozenset[str]:
    """The least fixpoint: what is given or asks for nothing, and all that follows by the rules; linear in their size."""
    heads = {rule.head for rule in rules}
    ordered = list(rules)
    open_parts = [len(rule.body) for rule in ordered]
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, rule in enumerate(ordered):
        for part in rule.body:
            waiting[part].append(index)
    free = {part for rule in ordered for part in rule.body if part not in heads}
    todo = deque(sorted(free | set(given) | {rule.head for rule in ordered if not rule.body}))
    done = set(todo)
    while todo:
        for index in waiting[todo.popleft()]:
            open_parts[index] -= 1
            head = ordered[index].head
            if not open_parts[index] and head not in done:
                done.add(head)
                todo.append(head)
    return frozenset(done)


def stuck(rules: Collection[Rule], given: Iterable[str] = ()) -> frozenset[str]:
    """The deeds with a rule that can never be done."""
    return frozenset(rule.head for rule in rules) - can_happen(rules, given)


def wait_for_each_other(rules: Collection[Rule], given: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    """The stuck deeds of which each waits for each other: strongly connected components, every one in sorted order."""
    held = stuck(rules, given)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(
        (rule.head, part) for rule in rules if rule.head in held for part in rule.body if part in held
    )
    found = [
        tuple(sorted(one))
        for one in nx.strongly_connected_components(graph)
        if len(one) > 1 or graph.has_edge(*(next(iter(one)),) * 2)
    ]
    return tuple(sorted(found))


def smallest_sets(
    remedies: Sequence[Remedy], frees: Callable[[frozenset[Remedy]], bool]
) -> tuple[tuple[Remedy, ...], ...]:
    """The sets of up to three remedies that free a goal and hold no smaller one that does, small ones first.

    What frees it has to free it still when more is taken.
    """
    place = {remedy: number for number, remedy in enumerate(remedies)}
    sets, failing = set(), {frozenset[Remedy]()}
    for _ in range(LARGEST_SET):
        failing = {taken | {one} for taken in failing for one in _lacking(taken, remedies, frees)}
        freeing = {taken for taken in failing if frees(taken)}
        sets |= freeing
        failing -= freeing
    found: list[frozenset[Remedy]] = []
    for taken in sorted(sets, key=lambda taken: (len(taken), sorted(map(place.__getitem__, taken)))):
        if not any(less <= taken for less in found):
            found.append(taken)
    return tuple(tuple(sorted(taken, key=place.__getitem__)) for taken in found)


def _lacking(
    taken: frozenset[Remedy], remedies: Sequence[Remedy], frees: Callable[[frozenset[Remedy]], bool]
) -> list[Remedy]:
    """What a set that frees the goal has at least one of: all that a largest set around `taken` that doesn't lacks."""
    for one in remedies:
        more = taken | {one}
        taken = taken if frees(more) else more
    return [one for one in remedies if one not in taken]
