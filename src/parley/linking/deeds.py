"""Deeds: the thing that an act, a need or a provision is about, keyed so that one deed in other words is one node."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import islice

from parley.linking.text import content_words, stem, stems_of
from parley.model import Actor, Deed, Need, digest
from parley.vocabulary import vocabulary

SAME_DEED = 0.5  # share of the lighter phrase's weight that two phrases for one deed have in common
LEAST_OF_LONGER = 0.2  # ... and of the heavier's
WHOLE = 0.6  # share from which the lighter phrase stands in the heavier as a whole
LEAST_OF_WHOLE = 0.1  # ... which is then enough of the heavier's
LIGHT = 0.25  # weight of a word of giving, leaving or beginning, and of a body's name
HALF = 0.5  # ... and of a number or of the stage that a deed belongs to; any other word weighs 1
OPENING = 6  # content words at the head of a phrase among which a guarantee is named
NAMED = re.compile(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)+")  # a name of several words
MOST_NEAR = 24  # deeds with a word in common that a phrase is compared with, the first told first
MOST_WORDINGS = 12  # ... and wordings of each, the first told first


@cache
def _one_word() -> dict[str, str]:
    """Stem of every word of a deed -> the stem that stands for its group."""
    return {stem(word): stem(str(group[0])) for group in vocabulary("deeds")["same"] for word in group}


@cache
def _weights() -> dict[str, float]:
    return dict.fromkeys(stems_of("deeds", "half"), HALF) | dict.fromkeys(stems_of("deeds", "light"), LIGHT)


@lru_cache(maxsize=50_000)
def key_words(phrase: str) -> frozenset[str]:
    """The words that tell one deed from another, words for one deed made one."""
    return same_words(phrase) - stems_of("deeds", "filler")


def same_words(phrase: str) -> frozenset[str]:
    """The words of a phrase that carry meaning, words for one deed made one."""
    return frozenset(_one_word().get(word, word) for word in content_words(phrase.replace("-", " ")))


def is_guarantee(phrase: str) -> bool:
    """Whether a phrase is a guarantee of something and not the thing itself; a body named after one makes it none."""
    return bool(frozenset(content_words(NAMED.sub("", phrase))[:OPENING]) & stems_of("deeds", "guarantees"))


def same_deed(one: str, other: str) -> bool:
    """Whether two phrases stand for one deed; a guarantee of X is not X."""
    return is_guarantee(one) == is_guarantee(other) and likeness(key_words(one), key_words(other)) > 0


def likeness(one: frozenset[str], other: frozenset[str], names: frozenset[str] = frozenset()) -> float:
    """How much two sets of key words share by weight, 0-1; 0 where that is too little for one deed.

    `names` are words of the names of bodies: whose deed it is tells less than what the deed is.
    """
    shared = one & other
    if not shared:
        return 0.0
    common, first, second = (_weight(words, names) for words in (shared, one, other))
    lighter, heavier = min(first, second), max(first, second)
    least = LEAST_OF_WHOLE if common >= WHOLE * lighter else LEAST_OF_LONGER
    if not common or common < SAME_DEED * lighter or common < least * heavier:
        return 0.0
    if common < 1 and not (least == LEAST_OF_WHOLE and (common >= HALF or len(shared) > 1)):
        return 0.0
    return common / (first + second - common)


def covers(one: Collection[str], other: Collection[str]) -> float:
    """Share of the other set of key words that stands in the first, 0-1; a light word counts less."""
    counts = {word: LIGHT if word in stems_of("deeds", "light") else 1.0 for word in other}
    return sum(counts[word] for word in other if word in one) / (sum(counts.values()) or 1.0)


@lru_cache(maxsize=100_000)
def _weight(words: frozenset[str], names: frozenset[str]) -> float:
    return sum(LIGHT if word in names else _weights().get(word, 1.0) for word in sorted(words))


def _holds(one: frozenset[str], other: frozenset[str], names: frozenset[str]) -> bool:
    """Whether what weighs in one of two sets of key words stands in the other: "the twelve" in "the twelve officers"."""
    light = names | stems_of("deeds", "light")
    first, second = one - light, other - light
    return bool(first and second) and (first <= second or second <= first)


@dataclass(eq=False)
class _Node:
    """A deed while phrases are tied to it; merged into another, it stands for that."""

    deed: Deed
    guarantee: bool
    phrases: list[frozenset[str]] = field(default_factory=list)  # key words of its first wordings, in order
    apart: set[_Node] = field(default_factory=set)  # deeds that wait for it or that it waits for
    merged: _Node | None = None

    def now(self) -> _Node:
        """The deed that this one is part of by now."""
        return self.merged.now() if self.merged else self

    def is_apart(self, other: _Node) -> bool:
        """Whether one of the two waits for the other: no deed comes before itself."""
        return any(node.now() is other for node in self.apart)


class _Nodes:
    """All deeds so far, found again by their words."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._by_phrase: dict[tuple[bool, frozenset[str]], _Node] = {}
        self._by_word: dict[str, dict[_Node, None]] = defaultdict(dict)

    def tie(self, phrase: str, actor: str = "", before: _Node | None = None) -> _Node:
        """The deed that a phrase stands for, never the one that waits for it; a new one where none is like it."""
        words, guarantee = key_words(phrase), is_guarantee(phrase)
        known = self._by_phrase.get((guarantee, words))
        near = [known.now()] if known else self._near(words, guarantee)
        fitting = [node for node in near if before is None or node is not before.now()]
        node = fitting[0] if fitting else _Node(_deed_of(phrase, actor), guarantee)
        for other in fitting[1:]:
            self._merge(node, other, words)
        if len(node.phrases) < MOST_WORDINGS and words not in node.phrases:
            node.phrases.append(words)
            for word in sorted(words):
                self._by_word[word][node] = None
        self._by_phrase.setdefault((guarantee, words), node)
        if before:
            node.apart.add(before.now())
            before.now().apart.add(node)
        return node

    def _near(self, words: frozenset[str], guarantee: bool) -> list[_Node]:
        """The deeds like a phrase, the likest first and the earlier one where two are as like."""
        found: dict[_Node, float] = {}
        for word in sorted(words):
            for node in islice(self._by_word[word], MOST_NEAR):
                deed = node.now()
                if deed.guarantee == guarantee and deed not in found:
                    found[deed] = max(likeness(words, other, self._names) for other in deed.phrases)
        alike = {node: share for node, share in found.items() if share}
        return sorted(alike, key=lambda node: -alike[node])

    def _merge(self, node: _Node, other: _Node, words: frozenset[str]) -> None:
        """Make one of two deeds that a phrase holds both of, if neither waits for the other."""
        told = all(any(_holds(words, p, self._names) for p in one.phrases) for one in (node, other))
        if told and not node.is_apart(other) and not other.is_apart(node):
            other.merged = node
            new = [phrase for phrase in other.phrases if phrase not in node.phrases]
            node.phrases = (node.phrases + new)[:MOST_WORDINGS]
            node.apart |= other.apart


def _deed_of(phrase: str, actor: str) -> Deed:
    """The deed of a phrase: its first word as the verb, the rest as the object."""
    verb, _, thing = phrase.partition(" ")
    guarantee = "guarantee" if is_guarantee(phrase) else ""
    return Deed("deed-" + digest("deed", guarantee, *sorted(key_words(phrase))), actor, verb, thing)


def with_deeds(
    needs: Sequence[Need], actors: Sequence[Actor] = ()
) -> tuple[tuple[Need, ...], tuple[Deed, ...]]:
    """Needs tied to deeds: phrases for one deed get one id, that of the phrase most like them that came before."""
    nodes = _Nodes(_words_of_names(actors))
    tied = []
    for need in needs:
        act = nodes.tie(need.act, need.holder)
        parts = [nodes.tie(part, before=act) for part in (*need.all_of, *need.any_of)]
        tied.append((need, act, nodes.tie(need.needs, before=act), parts))
    rows = tuple(
        replace(
            need,
            act_deed=act.now().deed.id,
            needs_deed=first.now().deed.id,
            part_deeds=tuple(part.now().deed.id for part in parts),
        )
        for need, act, first, parts in tied
    )
    used = {
        node.now().deed.id: node.now().deed for _, act, first, parts in tied for node in (act, first, *parts)
    }
    return rows, tuple(used.values())


def _words_of_names(actors: Sequence[Actor]) -> frozenset[str]:
    """The words of the names of bodies and states."""
    forms = (form for actor in actors if actor.kind in {"organisation", "state"} for form in actor.surfaces)
    return frozenset(
        word for form in forms for part in form.split() if part[:1].isupper() for word in key_words(part)
    )
