"""What an account is about: talks, a phase or the agreement as a whole, as a sentence or a provision names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parley.agreement.terms import pattern, phase_mentions
from parley.vocabulary import vocabulary

DOMAINS = ("ceasefire", "exchange", "labour", "trade")
TALKS, PHASE, AGREEMENT = "talks", "phase", "agreement"
TALKS_ABOUT = 90  # characters from the word for talks to the phase that they are about


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with its place in a sentence; `head` is where its first noun ends, as a verb may stand inside it."""

    key: str
    start: int
    end: int
    head: int


def key_of(kind: str, phase: str = "") -> str:
    """The key of talks, a phase or the agreement: "talks: second phase", "talks", "agreement"."""
    return f"{kind}: {phase}" if phase else kind


def subject_words(key: str) -> str:
    """A key as a line of a list calls it: "Talks on the second phase", "First phase"."""
    kind, _, phase = key.partition(": ")
    if kind == TALKS:
        return f"Talks on the {phase}" if phase else "Talks"
    return phase.capitalize() if phase else "The agreement"


@cache
def _agreement() -> re.Pattern[str]:
    """The agreement with its article: "the ceasefire", "the January accord", "their truce"."""
    nouns = {str(noun) for name in DOMAINS for noun in vocabulary(f"domains/{name}")["agreement"]}
    nouns |= set(map(str, vocabulary("agreement")["agreement_nouns"]))
    known = "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))
    return re.compile(
        rf"\b(?:the|this|that|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{known})\b(?:\s+(?:{known})\b)*(?!\s+to\s+[a-z])",
        re.I,
    )


def next_phase(text: str) -> int:
    """The phase that a report calls the next: the second where it names the first, else the only one it names, else 0."""
    named = {number for number, _, _ in phase_mentions(text)}
    if 1 in named:
        return 2
    return named.pop() if len(named) == 1 else 0


@lru_cache(maxsize=100_000)
def subjects(sentence: str, following: int = 0) -> tuple[Subject, ...]:
    """Every subject that a sentence names; what is said of talks on a phase is not said of the phase.

    `following` is the number of the phase that the report calls the next one. Kept, since every later build asks again.
    """
    return tuple(_named(sentence, following))


def _named(sentence: str, following: int) -> Iterator[Subject]:
    names = vocabulary("agreement")["names"]
    taken: list[tuple[int, int]] = []
    later = [(following, m.start(), m.end()) for m in pattern("next_phase").finditer(sentence) if following]
    for number, start, end in sorted([*phase_mentions(sentence), *later], key=lambda one: one[1:]):
        words = list(pattern("talks").finditer(sentence, max(0, start - TALKS_ABOUT), start))
        if words and not re.search(r"[,;:.“”]", sentence[words[-1].end() : start]):
            found = Subject(key_of(TALKS, names[number]), words[-1].start(), end, words[-1].end())
        elif behind := pattern("talks_behind").search(sentence[end:]):
            found = Subject(key_of(TALKS, names[number]), start, end + behind.end(), end + behind.end())
        elif approach := pattern("approach").search(sentence[:start]):
            found = Subject(key_of(TALKS, names[number]), approach.start(), end, end)
        else:
            found = Subject(key_of(PHASE, names[number]), start, end, end)
        taken.append((found.start, found.end))
        yield found
    for key, shape in ((TALKS, pattern("talks")), (AGREEMENT, _agreement())):
        for match in shape.finditer(sentence):
            if not any(start <= match.start() < end for start, end in taken) and not re.search(
                r"(?:phases?|stages?|talks|negotiations)\s+(?:of|on|in|for)\s+$", sentence[: match.start()]
            ):
                yield Subject(key, match.start(), match.end(), match.end())
