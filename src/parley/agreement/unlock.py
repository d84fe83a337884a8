"""What would free deeds that wait for each other: what the rules allow, and what the reports themselves name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from parley.agreement.rules import Rule, can_happen, smallest_sets, stuck
from parley.kept import kept
from parley.linking.deeds import NAMED, covers, is_guarantee, key_words
from parley.linking.text import content_words, overlap
from parley.model import Article, Need, Proposal
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

GUARANTEED = 0.4  # share of a deed's words that stand in a guarantee of it
MOST_STEPS = 24  # steps that are tried in sets
CLAUSE = re.compile(r"[;:]\s+|,\s+(?=(?:and|but|or|which|whose|who)\s)|\s[—–]\s|[“”]")
TOUCHED = 0.3  # share of a deed's words in a remark that speaks of it
MOST_WAYS = 6  # ways out that reports name for one loop, the first told
REPEATED = 0.6  # likeness, or share of the lesser one’s words, from which two remarks are one
NAMED_WAYS = frozenset({"guarantee", "together", "between", "out", "proposed"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step that may free deeds: a guarantee given, a condition waived, or deeds done at the same time."""

    kind: str  # guarantee | waiver | together
    words: str
    lifts: frozenset[tuple[str, str]]  # (what waits, what it no longer waits for)


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause that tells of a guarantee, of deeds done together, or of something held in between."""

    text: str
    words: frozenset[str]
    kind: str  # guarantee | given (by somebody) | alone (nobody else gives it) | together | between | out | proposed


@cache
def _pattern(key: str) -> re.Pattern[str]:
    listed = vocabulary("deeds")[key]
    return re.compile(listed if isinstance(listed, str) else rf"\b(?:{'|'.join(listed)})\b", re.I)


def read_remarks(articles: Sequence[Article]) -> tuple[Remark, ...]:
    """Every remark of the reports on a way out, in their order; an agreement's own text tells of none."""
    texts = [article.text for article in articles if article.kind != "agreement"]
    return tuple(chain.from_iterable(map(_remarks_in, texts)))


@kept
def _remarks_in(text: str) -> tuple[Remark, ...]:
    lines = [text[start:end] for start, end in paragraphs(text)]
    keys = ("guarantees", "together", "held_between", "way_out")
    told = [line for line in lines if any(_pattern(key).search(line) for key in keys)]
    return tuple(remark for line in told for one in _passages(line) for remark in _remarks(one))


def _passages(line: str) -> Iterator[str]:
    """The sentences of a paragraph; one that goes on with the hour named before it stands with the sentence before."""
    before = 0
    for start, end in sentences(line):
        yield line[before if _pattern("goes_on").match(line[start:end]) else start : end]
        before = start


def _remarks(sentence: str) -> Iterator[Remark]:
    """The clauses of a sentence that tell of a way out; what is done together is told by all of it."""
    named = _guarantee_in(sentence)
    if named:
        # What is guaranteed may be a thing to come; that it was guaranteed may not.
        head, thing = sentence[: named.end()], CLAUSE.split(sentence[named.end() :])[0].split(",")[0]
        given = _pattern("gave").search(head) and not _pattern("not_given").search(head)
        kind = "alone" if _pattern("alone").search(sentence) else "given" if given else "guarantee"
        yield Remark(sentence, key_words(sentence if kind == "alone" else thing), kind)
    if _pattern("together").search(sentence):
        yield Remark(sentence.strip(' ,.”"’'), key_words(sentence), "together")
    for clause in CLAUSE.split(sentence):
        for kind, key in (("between", "held_between"), ("out", "way_out")):
            if clause and _pattern(key).search(clause):
                yield Remark(clause.strip(' ,.”"’'), key_words(clause), kind)
                break


def _guarantee_in(sentence: str) -> re.Match[str] | None:
    """Where a sentence speaks of a guarantee, and not of a body that has the word in its name."""
    spans = [match.span() for match in NAMED.finditer(sentence)]
    found = _pattern("guarantees").finditer(sentence)
    return next((m for m in found if not any(start <= m.start() < end for start, end in spans)), None)


def read_proposed(proposals: Sequence[Proposal]) -> tuple[Remark, ...]:
    """What proposals would change, as remarks: whoever made them put them on the table as a way out."""
    changes = (change for proposal in proposals for change in proposal.changes)
    return tuple(Remark(change, key_words(change), "proposed") for change in changes)


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


def is_opened(deeds: Sequence[Sequence[str]], remarks: Sequence[Remark]) -> bool:
    """Whether a report says that a guarantee of one of these deeds, each in its wordings, has been given."""
    return any(remark.kind == "given" and _touched(deeds, remark) for remark in remarks)


def only_while_alone(deeds: Sequence[Sequence[str]], remarks: Sequence[Remark]) -> tuple[str, ...]:
    """The remarks by which a loop holds only as long as nobody else gives a guarantee."""
    return tuple(r.text for r in remarks if r.kind == "alone" and _touched(deeds, r))


def named_ways(
    deeds: Sequence[Sequence[str]], own: Collection[str], asked: Collection[str], remarks: Sequence[Remark]
) -> tuple[str, ...]:
    """The ways out that reports name for a loop; each touches its deeds, and none is one of its conditions.

    `deeds` are the wordings of each, `own` the sentences of its conditions, `asked` those of all: a guarantee that
    somebody asks for is no way yet.
    """
    found: dict[frozenset[str], str] = {}
    for remark in remarks:
        known = asked if remark.kind == "guarantee" else own
        if (
            remark.kind in NAMED_WAYS
            and _touched(deeds, remark) >= _least(remark, deeds)
            and not any(overlap(remark.words, words) >= REPEATED for words in found)
            and not any(remark.text in text for text in known)
            and not (
                _pattern("only_asked").search(remark.text) and not _pattern("is_offered").search(remark.text)
            )
        ):
            found[remark.words] = remark.text
    return tuple(found.values())[:MOST_WAYS]


def _least(remark: Remark, deeds: Sequence[Sequence[str]]) -> int:
    """How many of a loop's deeds a remark has to name: two where it would do them together, else one is enough."""
    return min(2, len(deeds)) if remark.kind in {"together", "out", "proposed"} else 1


def _touched(deeds: Sequence[Sequence[str]], remark: Remark) -> int:
    """How many of the deeds a remark names, in whichever wording."""
    return sum(
        any(covers(remark.words, key_words(words)) >= TOUCHED for words in wordings) for wordings in deeds
    )


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

    held = stuck(rules)
    tight = [Rule(rule.head, rule.body & held) for rule in rules if rule.head in held]
    wanted = held & set(goal)

    def frees(taken: frozenset[Step]) -> bool:
        lifted: dict[str, set[str]] = defaultdict(set)
        for waits, first in (edge for step in taken for edge in step.lifts):
            lifted[waits].add(first)
        left = [Rule(r.head, r.body - lifted[r.head]) if r.head in lifted else r for r in tight]
        return wanted <= can_happen(left)

    return smallest_sets(steps, frees)
