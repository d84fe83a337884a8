"""Waits: deeds that wait for each other, by whose account, and what would free them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from parley.agreement.rules import Rule, wait_for_each_other
from parley.agreement.unlock import (
    GUARANTEED,
    Remark,
    given_by_others,
    is_given,
    is_opened,
    named_ways,
    only_while_alone,
    read_remarks,
    steps_for,
    unlocking,
)
from parley.linking.deeds import covers, is_guarantee, key_words, same_deed
from parley.model import Act, Article, Need, Wait, derived_id

LONGEST_LOOP = 4
WORDY = 0.1  # what one more word of a phrase has to add
MOST_WORDINGS = 40  # wordings of a deed among which one is chosen
MOST_CHOICES = 64  # ways to meet "either ... or" conditions of one deed that are told apart
ANSWERING = frozenset({"PERFORM", "COMMIT", "OFFER", "ACCEPT"})

Edges = dict[
    tuple[str, str], list[Need]
]  # (what waits, what has to come first) -> the conditions that say so


def rules_of(needs: Sequence[Need]) -> tuple[Rule, ...]:
    """The rules of these conditions: a deed waits for all that they ask for; "either ... or" makes it several rules.

    Each account's conditions are a rule set of their own: those of one outlet, holder or view are passed in alone.
    """
    asked: dict[str, list[list[frozenset[str]]]] = defaultdict(list)
    guaranteed = _guaranteed(needs)
    for need in needs:
        if need.act_deed and need.needs_deed:
            asked[need.act_deed].append(_choices(need, guaranteed[need.id]))
    rules: dict[Rule, None] = {}
    for deed, conditions in asked.items():
        for place, chosen in enumerate(product(*conditions)):
            if place < MOST_CHOICES:
                rules[Rule(deed, frozenset().union(*chosen) - {deed})] = None
    return tuple(rules)


def _choices(need: Need, guaranteed: Sequence[str]) -> list[frozenset[str]]:
    """What a condition asks for: one set of deeds, or one for each alternative."""
    if guaranteed:
        return [frozenset(guaranteed)]
    if need.any_of:
        return [frozenset({deed}) for deed in need.part_deeds]
    return [frozenset({need.needs_deed or "", *need.part_deeds})]


def _guaranteed(needs: Sequence[Need]) -> dict[str, list[str]]:
    """Per condition the waiting deeds that the guarantee it asks for may be a guarantee of."""
    by_word: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for need in needs:
        for word in key_words(need.act) if need.act_deed else ():
            by_word[word].setdefault(need.act_deed or "", key_words(need.act))
    found: dict[str, list[str]] = {}
    for need in needs:
        wanted = key_words(need.needs) if is_guarantee(need.needs) else frozenset()
        near = {deed: words for word in sorted(wanted) for deed, words in by_word[word].items()}
        found[need.id] = [
            deed
            for deed, words in near.items()
            if deed != need.act_deed and len(wanted & words) >= GUARANTEED * len(words)
        ]
    return found


def find_waits(
    articles: Sequence[Article], needs: Sequence[Need], parties: Sequence[str] = ()
) -> tuple[Wait, ...]:
    """Loops of deeds of which each waits for the next; none that a guarantee, reported given, has opened.

    A party's own assurance opens none, unless it is that party's guarantee which is asked for.
    """
    remarks = given_by_others(read_remarks(articles), needs, parties)
    held = [need for need in needs if not (is_guarantee(need.needs) and is_given(need, remarks))]
    rules = rules_of(held)
    asked = frozenset(need.text for need in needs)
    edges = _edges(held)
    found: list[Wait] = []
    for group in wait_for_each_other(rules):
        inside = {edge: conditions for edge, conditions in edges.items() if {*edge} <= {*group}}
        every = [need for conditions in inside.values() for need in conditions]
        phrases = {deed: _wording(deed, every) for edge in inside for deed in edge}
        for loop in _loops(inside):
            wait = _wait(loop, inside, phrases, rules, remarks, asked)
            if not (wait.conditional and is_opened(wait.loop, remarks)):
                found.append(wait)
    return tuple(sorted(_distinct(found), key=lambda wait: wait.id))


def _edges(needs: Sequence[Need]) -> Edges:
    """The conditions behind every pair of what waits and what has to come first."""
    edges: Edges = defaultdict(list)
    guaranteed = _guaranteed(needs)
    for need in needs:
        firsts = {deed for choice in _choices(need, guaranteed[need.id]) for deed in choice}
        for first in sorted(firsts - {need.act_deed, ""}):
            if need.act_deed:
                edges[need.act_deed, first].append(need)
    return edges


def _loops(edges: Edges) -> Iterator[tuple[str, ...]]:
    """The shortest loop through each edge, each loop once and none that holds a shorter one."""
    after: dict[str, list[str]] = defaultdict(list)
    for waits, first in edges:
        after[waits].append(first)
    ways = {_from_least(way) for waits, first in edges if (way := _way(first, waits, after))}
    least: list[tuple[str, ...]] = []
    for loop in sorted(ways, key=lambda loop: (len(loop), loop)):
        if not any(set(less) <= set(loop) for less in least):
            least.append(loop)
            yield loop


def _way(start: str, goal: str, after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from one deed to another that closes a loop of up to LONGEST_LOOP deeds; empty if none does."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        for deed in sorted(after.get(way[-1], ())):
            if deed == goal:
                return (goal, *way)
            if deed not in seen and len(way) < LONGEST_LOOP - 1:
                seen.add(deed)
                ways.append((*way, deed))
    return ()


def _from_least(loop: tuple[str, ...]) -> tuple[str, ...]:
    """A loop turned so that it starts with its least id: the same loop is always the same row."""
    first = loop.index(min(loop))
    return loop[first:] + loop[:first]


def _wait(
    loop: tuple[str, ...],
    edges: Edges,
    phrases: Mapping[str, str],
    rules: Sequence[Rule],
    remarks: Sequence[Remark],
    asked: frozenset[str],
) -> Wait:
    """The row of a loop: its deeds in the reports' words, whose conditions make it, and what would free it."""
    used = [need for step in zip(loop, (*loop[1:], loop[0])) for need in edges[step]]
    told = [phrases[deed] for deed in loop]
    alone = only_while_alone(told, remarks)
    own = {need.text for need in used}
    inside = [Rule(rule.head, rule.body & phrases.keys()) for rule in rules if rule.head in phrases]
    steps = steps_for(edges, phrases, loop, alone)
    pairs = set(zip(loop, (*loop[1:], loop[0])))
    asked_for = [step.words for step in steps if step.kind == "guarantee" and step.lifts <= pairs]
    guarantees = [words for words in asked_for if is_guarantee(words)]
    sets = unlocking(inside, steps, loop)
    ids = tuple(dict.fromkeys(need.id for need in used))
    return Wait(
        derived_id("wait", ids),
        tuple(told),
        ids,
        tuple(dict.fromkeys([*guarantees, *alone, *named_ways(told, own, asked, remarks)]))
        or tuple(steps[0].words for steps in sets[:1]),
        bool(guarantees or alone),
        ids,
        tuple(tuple(step.words for step in steps) for steps in sets),
    )


def _wording(deed: str, needs: Sequence[Need]) -> str:
    """The phrase for a deed that says most of what all the phrases for it say, in few words."""
    phrases = [need.act for need in needs if need.act_deed == deed]
    phrases += [need.needs for need in needs if need.needs_deed == deed]
    parts = [part for need in needs for part in zip((*need.all_of, *need.any_of), need.part_deeds)]
    phrases += [phrase for phrase, tied in parts if tied == deed]
    phrases = list({key_words(phrase): phrase for phrase in reversed(phrases)}.values())[::-1][:MOST_WORDINGS]
    keys = [key_words(phrase) for phrase in phrases]
    ranked = [(WORDY * len(key) - sum(covers(key, other) for other in keys), i) for i, key in enumerate(keys)]
    return phrases[min(ranked)[1]]


def _distinct(waits: Sequence[Wait]) -> Iterator[Wait]:
    """Waits of which no two tell of the same deeds, the one that more conditions tell first."""
    kept: list[Wait] = []
    for wait in sorted(waits, key=lambda wait: (-len(wait.edges), wait.id)):
        if not any(_same_loop(wait, other) for other in kept):
            kept.append(wait)
            yield wait


def _same_loop(one: Wait, other: Wait) -> bool:
    """Whether every deed of one loop is a deed of the other."""
    return len(one.loop) == len(other.loop) and all(
        any(same_deed(deed, told) for told in other.loop) for deed in one.loop
    )


def answers_to(needs: Sequence[Need], acts: Sequence[Act]) -> dict[str, tuple[Act, ...]]:
    """Per condition the deeds, promises, offers and consents that answer it; none where no report says."""
    by_word: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for word in key_words(act.text) if act.act in ANSWERING and act.actor else ():
            by_word[word].append(act)
    found = {}
    for need in needs:
        near = {act.id: act for word in sorted(key_words(need.needs)) for act in by_word[word]}
        found[need.id] = tuple(
            act for act in near.values() if same_deed(need.needs, act.text) and not is_inside(act, need)
        )
    return found


def is_inside(act: Act, need: Need) -> bool:
    """Whether an act's words stand in the condition itself: asked for there, not done."""
    return act.article == need.article and act.start < need.end and need.start < act.end
