"""What would free deeds that wait for each other: what the rules allow, and what the reports themselves name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from parley.agreement.rules import Rule, can_happen, smallest_sets
from parley.linking.deeds import covers, is_guarantee, key_words, likeness
from parley.linking.text import content_words
from parley.model import Article, Need
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

GUARANTEED = 0.4  # share of a deed's words that stand in a guarantee of it
MOST_STEPS = 24  # steps that are tried in sets
CLAUSE = re.compile(r"[;:]\s+|,\s+(?=(?:and|but|or|which|whose|who)\s)|\s[—–]\s|[“”]")
TOUCHED = 0.3  # share of a deed's words in a remark that speaks of it
MOST_WAYS = 6  # ways out that reports name for one loop, the first told
REPEATED = 0.6  # likeness from which two remarks are one


@dataclass(frozen=True, slots=True)
class Step:
    """One step that may free deeds: a guarantee given, a condition waived, or deeds done at the same time."""

    kind: str  # guarantee | waiver | together
    words: str
    lifts: frozenset[tuple[str, str]]  # (what waits, what it no longer waits for)


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause that tells of a guarantee, of deeds done together, or of something held in between."""

    article: str
    text: str
    words: frozenset[str]
    kind: str  # guarantee | given (by somebody) | alone (nobody else gives it) | together | between


@cache
def _pattern(key: str) -> re.Pattern[str]:
    listed = vocabulary("deeds")[key]
    return re.compile(listed if isinstance(listed, str) else rf"\b(?:{'|'.join(listed)})\b", re.I)


def read_remarks(articles: Sequence[Article]) -> tuple[Remark, ...]:
    """Every remark of the reports on a way out, in their order; an agreement's own text tells of none."""
    found = []
    for article in articles:
        for start, end in paragraphs(article.text) if article.kind != "agreement" else ():
            line = article.text[start:end]
            if any(_pattern(key).search(line) for key in ("guarantees", "together", "held_between")):
                found += [
                    remark for at in sentences(line) for remark in _remarks(article.id, line[slice(*at)])
                ]
    return tuple(found)


def _remarks(article: str, sentence: str) -> Iterator[Remark]:
    """The clauses of a sentence that tell of a way out."""
    named = _pattern("guarantees").search(sentence)
    if named:
        # What is guaranteed may be a thing to come; that it was guaranteed may not.
        head, thing = sentence[: named.end()], CLAUSE.split(sentence[named.end() :])[0].split(",")[0]
        given = _pattern("gave").search(head) and not _pattern("not_given").search(head)
        kind = "alone" if _pattern("alone").search(sentence) else "given" if given else "guarantee"
        yield Remark(article, sentence, key_words(thing if given else sentence), kind)
    for clause in CLAUSE.split(sentence):
        for kind, key in (("together", "together"), ("between", "held_between")):
            if clause and _pattern(key).search(clause):
                yield Remark(article, clause.strip(' ,.”"’'), key_words(clause), kind)
                break


def given_by_others(
    remarks: Sequence[Remark], needs: Sequence[Need], parties: Sequence[str]
) -> tuple[Remark, ...]:
    """The remarks, those of a guarantee that a party gives of itself no longer as given, unless it is asked of that party."""
    asked = [need.needs for need in needs if is_guarantee(need.needs)]
    own = [party for party in parties if not any(_names(party, words) for words in asked)]
    return tuple(
        replace(remark, kind="guarantee")
        if remark.kind == "given"
        and any(_names(party, _pattern("gave").split(remark.text)[0]) for party in own)
        else remark
        for remark in remarks
    )


def _names(party: str, text: str) -> bool:
    """Whether a text holds all the words of a party's name."""
    return set(content_words(party)) <= set(content_words(text))


def is_given(need: Need, remarks: Collection[Remark]) -> bool:
    """Whether a report says that the guarantee which a condition asks for has been given."""
    wanted = key_words(need.needs)
    return any(
        remark.kind == "given" and len(wanted & remark.words) >= GUARANTEED * len(wanted)
        for remark in remarks
    )


def is_opened(phrases: Sequence[str], remarks: Sequence[Remark]) -> bool:
    """Whether a report says that a guarantee of one of these deeds has been given."""
    return any(remark.kind == "given" and _touched(phrases, remark) for remark in remarks)


def only_while_alone(phrases: Sequence[str], remarks: Sequence[Remark]) -> tuple[str, ...]:
    """The remarks by which a loop holds only as long as nobody else gives a guarantee."""
    return tuple(r.text for r in remarks if r.kind == "alone" and _touched(phrases, r))


def named_ways(
    phrases: Sequence[str], own: Collection[str], asked: Collection[str], remarks: Sequence[Remark]
) -> tuple[str, ...]:
    """The ways out that reports name for a loop; each touches its deeds, and none is one of its conditions.

    `own` are the sentences of its conditions, `asked` those of all: a guarantee that somebody asks for is no way yet.
    """
    found: dict[frozenset[str], str] = {}
    for remark in remarks:
        known = asked if remark.kind == "guarantee" else own
        least = 2 if remark.kind == "together" else 1
        if _pattern("only_asked").search(remark.text) and not _pattern("is_offered").search(remark.text):
            continue
        if (
            remark.kind in {"guarantee", "together", "between"}
            and _touched(phrases, remark) >= least
            and not any(likeness(remark.words, words) > REPEATED for words in found)
            and not any(remark.text in text for text in known)
        ):
            found[remark.words] = remark.text
    return tuple(found.values())[:MOST_WAYS]


def _touched(phrases: Sequence[str], remark: Remark) -> int:
    """How many of the deeds a remark names."""
    return sum(covers(remark.words, key_words(phrase)) >= TOUCHED for phrase in phrases)


def steps_for(
    conditions: Mapping[tuple[str, str], Sequence[Need]],
    phrases: Mapping[str, str],
    loop: Sequence[str],
    alone: Sequence[str] = (),
) -> tuple[Step, ...]:
    """Every step that lifts some of the conditions: a guarantee where one is asked for, all at one time, a waiver."""
    found: dict[Step, None] = {}
    for edge, needs in conditions.items():
        asked = [
            need.needs for need in needs if need.needs_deed != edge[1] and edge[1] not in need.part_deeds
        ]
        if asked:  # one guarantee, in however many wordings reports and their copies ask for it
            found[Step("guarantee", min(asked, key=lambda words: len(words.split())), frozenset({edge}))] = (
                None
            )
    every = frozenset(conditions)
    found |= {Step("guarantee", words, every): None for words in alone}
    whole = frozenset((one, other) for one in loop for other in loop)
    joined = " and ".join(f"‘{phrases[deed]}’" for deed in loop)
    found[Step("together", f"{joined} at the same time", whole)] = None
    for edge, needs in conditions.items():
        holders = " and ".join(dict.fromkeys(need.holder for need in needs if need.holder))
        words = f"{holders or 'whoever asks for it'} no longer asking for ‘{phrases[edge[1]]}’ before ‘{phrases[edge[0]]}’"
        found[Step("waiver", words, frozenset({edge}))] = None
    return tuple(found)[:MOST_STEPS]


def unlocking(
    rules: Collection[Rule], steps: Sequence[Step], goal: Collection[str]
) -> tuple[tuple[Step, ...], ...]:
    """The smallest sets of steps after which every deed of the goal can happen."""

    def frees(taken: frozenset[Step]) -> bool:
        lifted: dict[str, set[str]] = defaultdict(set)
        for waits, first in (edge for step in taken for edge in step.lifts):
            lifted[waits].add(first)
        left = [Rule(r.head, r.body - lifted[r.head]) if r.head in lifted else r for r in rules]
        return set(goal) <= can_happen(left)

    return smallest_sets(steps, frees)
