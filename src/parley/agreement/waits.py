"""Waits: deeds that wait for each other, as loops in the graph of needs, and what would free them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import networkx as nx

from parley.linking.deeds import alike, deed_of, is_guarantee, key_words, same_deed
from parley.model import Act, Deed, Need, Wait, derived_id

LONGEST_LOOP = 4
GUARANTEED = 0.4  # share of a guarantee's words that stand in the deed it guarantees


def with_deeds(needs: Sequence[Need]) -> tuple[tuple[Need, ...], tuple[Deed, ...]]:
    """Needs tied to deeds: phrases for one deed get one id, that of the phrase most like them that came before."""
    deeds: list[tuple[str, Deed]] = []
    by_word: dict[str, list[int]] = defaultdict(list)

    def tie(phrase: str, actor: str) -> str:
        near = sorted({index for word in key_words(phrase) for index in by_word[word]})
        same = [index for index in near if same_deed(phrase, deeds[index][0])]
        if same:
            return deeds[max(same, key=lambda index: (alike(phrase, deeds[index][0]), -index))][1].id
        made = deed_of(phrase, actor)
        for word in key_words(phrase):
            by_word[word].append(len(deeds))
        deeds.append((phrase, made))
        return made.id

    tied = tuple(replace(n, act_deed=tie(n.act, n.holder), needs_deed=tie(n.needs, "")) for n in needs)
    used = {deed.id: deed for _, deed in deeds}
    return tied, tuple(used.values())


def find_waits(needs: Sequence[Need], acts: Sequence[Act]) -> tuple[Wait, ...]:
    """Every short loop of deeds that holds no shorter one; a guarantee stands for each deed that it may guarantee."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    edges: dict[tuple[str, str], list[Need]] = defaultdict(list)
    tied = [
        need
        for need in needs
        if need.act_deed and need.needs_deed and key_words(need.act) and key_words(need.needs)
    ]
    for need in tied:
        for first in _guaranteed(need, tied) or {need.needs_deed or ""}:
            if need.act_deed and first != need.act_deed:
                graph.add_edge(need.act_deed, first)
                edges[need.act_deed, first].append(need)
    guarantees = [need.needs for need in tied if is_guarantee(need.needs)]
    guarantees += [act.text for act in acts if act.act in {"OFFER", "COMMIT"} and is_guarantee(act.text)]
    cycles = sorted(nx.simple_cycles(graph, length_bound=LONGEST_LOOP), key=lambda cycle: (len(cycle), cycle))
    least = [
        cycle for place, cycle in enumerate(cycles) if not any(set(c) <= set(cycle) for c in cycles[:place])
    ]
    found = [_wait(_from_least(cycle), edges, guarantees) for cycle in least]
    return tuple(sorted(found, key=lambda wait: wait.id))


def _from_least(cycle: list[str]) -> list[str]:
    """A loop turned so that it starts with its least id: the same loop is always the same row."""
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _guaranteed(need: Need, needs: Sequence[Need]) -> set[str]:
    """The waiting deeds that a needed guarantee may be a guarantee of."""
    if not is_guarantee(need.needs):
        return set()
    wanted = key_words(need.needs)
    return {
        other.act_deed
        for other in needs
        if other.act_deed
        and other.act_deed != need.act_deed
        and len(wanted & key_words(other.act)) >= GUARANTEED * len(key_words(other.act))
    }


def _wait(
    cycle: list[str],
    edges: dict[tuple[str, str], list[Need]],
    guarantees: Sequence[str],
) -> Wait:
    steps = list(zip(cycle, cycle[1:] + cycle[:1]))
    used = [need for step in steps for need in edges[step]]
    phrases = {deed: edges[deed, after][0].act for deed, after in steps}
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
