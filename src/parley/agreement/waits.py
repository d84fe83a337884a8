"""Waits: deeds that wait for each other, as loops in the graph of needs, and what would free them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import networkx as nx

from parley.linking.deeds import deed_of, is_guarantee, key_words, same_deed
from parley.model import Act, Deed, Need, Wait, derived_id

LONGEST_LOOP = 4
GUARANTEED = 0.4  # share of a guarantee's words that stand in the deed it guarantees


def with_deeds(needs: Sequence[Need]) -> tuple[tuple[Need, ...], tuple[Deed, ...]]:
    """Needs tied to deeds: phrases for one deed get one id, that of the phrase that came first."""
    deeds: list[tuple[str, Deed]] = []
    by_word: dict[str, list[int]] = defaultdict(list)

    def tie(phrase: str, actor: str) -> str:
        near = sorted({index for word in key_words(phrase) for index in by_word[word]})
        for index in near:
            if same_deed(phrase, deeds[index][0]):
                return deeds[index][1].id
        made = deed_of(phrase, actor)
        for word in key_words(phrase):
            by_word[word].append(len(deeds))
        deeds.append((phrase, made))
        return made.id

    tied = tuple(replace(n, act_deed=tie(n.act, n.holder), needs_deed=tie(n.needs, "")) for n in needs)
    used = {deed.id: deed for _, deed in deeds}
    return tied, tuple(used.values())


def find_waits(needs: Sequence[Need], acts: Sequence[Act]) -> tuple[Wait, ...]:
    """Every short loop of deeds that holds no shorter one; a guarantee stands for the deed that it guarantees."""
    graph = nx.DiGraph()
    edges: dict[tuple[str, str], list[Need]] = defaultdict(list)
    phrases: dict[str, str] = {}
    for need in needs:
        if not need.act_deed or not need.needs_deed or not key_words(need.act) or not key_words(need.needs):
            continue
        first = _guaranteed(need, needs) or need.needs_deed
        phrases.setdefault(need.act_deed, need.act)
        phrases.setdefault(first, next((n.act for n in needs if n.act_deed == first), need.needs))
        if first != need.act_deed:
            graph.add_edge(need.act_deed, first)
            edges[need.act_deed, first].append(need)
    offered = [act for act in acts if act.act in {"OFFER", "COMMIT"} and is_guarantee(act.text)]
    cycles = sorted(nx.simple_cycles(graph, length_bound=LONGEST_LOOP), key=len)
    least = [
        cycle for place, cycle in enumerate(cycles) if not any(set(c) <= set(cycle) for c in cycles[:place])
    ]
    asked = [need.needs for need in needs if is_guarantee(need.needs)]
    found = [
        _wait(_from_least(cycle), edges, phrases, [*asked, *(act.text for act in offered)]) for cycle in least
    ]
    return tuple(sorted(found, key=lambda wait: wait.id))


def _from_least(cycle: list[str]) -> list[str]:
    """A loop turned so that it starts with its least id: the same loop is always the same row."""
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _guaranteed(need: Need, needs: Sequence[Need]) -> str | None:
    """The waiting deed that a needed guarantee is a guarantee of."""
    if not is_guarantee(need.needs):
        return None
    wanted = key_words(need.needs)
    best = max(
        (
            (len(wanted & key_words(other.act)) / max(1, len(key_words(other.act))), other.act_deed or "")
            for other in needs
            if other is not need
        ),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= GUARANTEED else None


def _wait(
    cycle: list[str],
    edges: dict[tuple[str, str], list[Need]],
    phrases: dict[str, str],
    guarantees: Sequence[str],
) -> Wait:
    steps = list(zip(cycle, cycle[1:] + cycle[:1]))
    used = [need for step in steps for need in edges[step]]
    breakers = [need.needs for need in used if is_guarantee(need.needs)]
    touching = [
        text for text in guarantees if any(key_words(text) & key_words(phrases[deed]) for deed in cycle)
    ]
    breakers += touching
    if not breakers:
        breakers = [f"{phrases[deed]} and {phrases[after]} at the same time" for deed, after in steps[:1]]
    ids = tuple(need.id for need in used)
    return Wait(
        derived_id("wait", ids),
        tuple(phrases[deed] for deed in cycle),
        ids,
        tuple(dict.fromkeys(breakers)),
        any(is_guarantee(need.needs) for need in used),
        ids,
    )
