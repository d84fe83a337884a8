"""Waits: deeds that wait for each other, by whose account, and what would free them."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from parley.agreement.rules import Rule, wait_for_each_other
from parley.agreement.unlock import (
    GUARANTEED,
    Remark,
    given_by_others,
    is_given,
    is_opened,
    named_ways,
    only_while_alone,
    read_proposed,
    read_remarks,
    steps_for,
    unlocking,
)
from parley.linking.deeds import SAME_DEED, covers, is_guarantee, key_words, same_deed
from parley.linking.text import stems_of
from parley.model import Act, Article, Need, Proposal, Wait, derived_id
from parley.vocabulary import vocabulary

LONGEST_LOOP = 4
WORDY = 0.1  # what one more word of a phrase has to add
TELLING = 4  # words that weigh in full up to which a phrase tells more with each
TOLD = 0.3  # ... and how much more
DENIED = 0.5  # what a phrase loses that says the deed is not done
POINTING = 2.0  # ... and one that opens with a word for something named before it
MOST_NEAR = 24  # conditions with a word in common among which the other side's is looked for
CONTRARY = re.compile(r"\b(?:(?:as|so) long as|while)\s+$")
OPENS = re.compile(r"^(?:\W+|\(?[a-z\d]{1,2}[.)]\s+)*(?:(?:in|at|on|by)\s+which\s+|that\s+)?", re.I)
POINTS = re.compile(r"(?:it|its|they|their|he|his|she|her|this|these|those|we|our|only)\b", re.I)
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
    articles: Sequence[Article],
    needs: Sequence[Need],
    parties: Sequence[str] = (),
    proposals: Sequence[Proposal] = (),
) -> tuple[Wait, ...]:
    """Loops of deeds of which each waits for the next; none that a guarantee, reported given, has opened.

    A party's own assurance opens none, unless it is that party's guarantee which is asked for.
    """
    remarks = (*given_by_others(read_remarks(articles), needs, parties), *read_proposed(proposals))
    held = mirrored([need for need in needs if not (is_guarantee(need.needs) and is_given(need, remarks))])
    rules = rules_of(held)
    asked = frozenset(need.text for need in needs)
    edges = _edges(held)
    found: list[Wait] = []
    for group in wait_for_each_other(rules):
        inside = {edge: conditions for edge, conditions in edges.items() if {*edge} <= {*group}}
        told = _wordings(list(chain(*inside.values())))
        wordings = {deed: phrases for deed, phrases in told.items() if deed in group}
        for loop in _loops(inside):
            wait = _wait(loop, inside, wordings, rules, remarks, asked)
            if not (wait.conditional and is_opened([wordings[deed] for deed in loop], remarks)):
                found.append(wait)
    return tuple(sorted(_distinct(found), key=lambda wait: wait.id))


def mirrored(needs: Sequence[Need]) -> list[Need]:
    """Conditions with one deed in place of two where one asks for what waits in the other, and the other way round.

    That both fit tells more than each phrase by itself, so that a word that weighs is enough on either side.
    """
    asked: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        for word in sorted(filter(_is_telling, key_words(need.needs))):
            asked[word].append(need)
    same: dict[str, str] = {}
    for need in needs:
        waiting = sorted(filter(_is_telling, key_words(need.act)))
        for other in {one.id: one for word in waiting for one in islice(asked[word], MOST_NEAR)}.values():
            if _is_mirror(need, other):
                _join(same, need.act_deed or "", other.needs_deed or "")
                _join(same, other.act_deed or "", need.needs_deed or "")
    return [_renamed(need, same) for need in needs]


def _is_mirror(one: Need, other: Need) -> bool:
    """Whether what waits in each of two conditions is what the other asks for, by words of their own on either side."""
    first, second = _shared(one.act, other.needs), _shared(other.act, one.needs)
    return bool(first - second and second - first) and one.holder != other.holder


def _shared(one: str, other: str) -> frozenset[str]:
    """The words that weigh in two phrases, if they are half of the lesser one's; none for a guarantee and the thing itself."""
    if is_guarantee(one) or is_guarantee(other):
        return frozenset()
    first, second = (frozenset(filter(_is_telling, key_words(phrase))) for phrase in (one, other))
    shared = first & second
    return shared if len(shared) >= SAME_DEED * min(len(first), len(second)) else frozenset()


def _join(same: dict[str, str], one: str, other: str) -> None:
    """Let one deed stand for another as well: the lesser id for both."""
    first, second = sorted((_now(same, one), _now(same, other)))
    if first and first != second:
        same[second] = first


def _now(same: Mapping[str, str], deed: str) -> str:
    """The deed that stands for this one."""
    while deed in same:
        deed = same[deed]
    return deed


def _renamed(need: Need, same: Mapping[str, str]) -> Need:
    return replace(
        need,
        act_deed=_now(same, need.act_deed or ""),
        needs_deed=_now(same, need.needs_deed or ""),
        part_deeds=tuple(_now(same, deed) for deed in need.part_deeds),
    )


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
    wordings: Mapping[str, Sequence[str]],
    rules: Sequence[Rule],
    remarks: Sequence[Remark],
    asked: frozenset[str],
) -> Wait:
    """The row of a loop: its deeds in the reports' words, whose conditions make it, and what would free it."""
    used = [need for step in zip(loop, (*loop[1:], loop[0])) for need in edges[step]]
    phrases = {deed: _wording(words) for deed, words in wordings.items()}
    deeds = [wordings[deed] for deed in loop]
    alone = only_while_alone(deeds, remarks)
    inside = [Rule(rule.head, rule.body & phrases.keys()) for rule in rules if rule.head in phrases]
    steps = steps_for(edges, phrases, loop, alone)
    pairs = set(zip(loop, (*loop[1:], loop[0])))
    own = {need.text for need in used}
    asked_for = [step.words for step in steps if step.kind == "guarantee" and step.lifts <= pairs]
    guarantees = [words for words in asked_for if is_guarantee(words)]
    sets = unlocking(inside, steps, loop)
    ids = tuple(dict.fromkeys(need.id for need in used))
    return Wait(
        derived_id("wait", ids),
        tuple(phrases[deed] for deed in loop),
        ids,
        tuple(dict.fromkeys([*guarantees, *alone, *named_ways(deeds, own, asked, remarks)]))
        or tuple(steps[0].words for steps in sets[:1]),
        bool(guarantees or alone),
        ids,
        tuple(tuple(step.words for step in steps) for steps in sets),
    )


def _wording(phrases: Sequence[str]) -> str:
    """The phrase for a deed that says most of what all the phrases for it say, and can be understood by itself."""
    keys = [key_words(phrase) for phrase in phrases]
    ranked = [(_lack(phrases[i], key, keys), i) for i, key in enumerate(keys)]
    return phrases[min(ranked)[1]]


def _wordings(needs: Sequence[Need]) -> dict[str, list[str]]:
    """What conditions call each deed, clipped; of two phrases with the same words the first.

    In "no ledger as long as a warden sleeps here" what is asked for is the end of that: such words go last.
    """
    found: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    contrary: list[tuple[str | None, str]] = []
    for need in needs:
        ends = bool(CONTRARY.search(need.text[: need.text.find(need.needs)]))
        contrary += [(need.needs_deed, need.needs)] if ends else []
        told = [(need.act_deed, need.act), *([] if ends else [(need.needs_deed, need.needs)])]
        for deed, phrase in (*told, *zip(need.part_deeds, (*need.all_of, *need.any_of))):
            clipped = _clipped(phrase)
            found[deed or ""].setdefault(key_words(clipped), clipped)
    for deed, phrase in contrary:
        if not found[deed or ""]:
            found[deed or ""][key_words(phrase)] = _clipped(phrase)
    return {deed: list(phrases.values())[:MOST_WORDINGS] for deed, phrases in found.items()}


def _clipped(phrase: str) -> str:
    """A phrase from its first word of its own to the first comma behind which it goes on to something else."""
    whole = OPENS.sub("", phrase)
    head = whole.split(",")[0]
    return head if len(key_words(head)) > 1 and any(map(_is_telling, key_words(head))) else whole


def _is_telling(word: str) -> bool:
    """Whether a key word weighs in full: it is none of giving, leaving or beginning, and no number."""
    return word not in stems_of("deeds", "light") and word not in stems_of("deeds", "half")


def _lack(phrase: str, key: frozenset[str], keys: Sequence[frozenset[str]]) -> float:
    """How little a phrase tells of a deed: what it leaves out of the others, its length, what it takes for known."""
    said = sum(covers(key, other) for other in keys) + TOLD * min(TELLING, sum(map(_is_telling, key)))
    denied = DENIED * bool(set(phrase.lower().split()) & set(vocabulary("deeds")["negations"]))
    return WORDY * len(key) + denied + POINTING * bool(POINTS.match(phrase)) - said


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
