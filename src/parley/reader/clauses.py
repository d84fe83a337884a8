"""Clauses: where the verb groups of a sentence stand, and whether they tell of past, present or future."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.reader.numbers import alternatives
from parley.vocabulary import vocabulary

ADVERBS = r"(?:\s+(?:not|also|only|now|then|still|never|soon|again|already|since|\w+ly))*"
BREAK = re.compile(
    r"[,;:—–()\"“”]|\b(?:that|which|who|whose|where|when|while|after|before|because|if|unless|but|and|although)\b"
)
BREAK_COST = 4  # a clause boundary counts as much as so many words
TENSES = {"future": "future", "to_come": "future", "present": "present", "lasting": "perfect"}
FARTHEST = 25  # words; a verb beyond says nothing about this one


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb group, offsets within the text it was read from; tense is past, perfect, present or future."""

    start: int
    end: int
    tense: str


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary("tenses")
    either = {name: alternatives(listed) for name, listed in words.items()}
    return re.compile(
        rf"""(?P<perfect>(?:\b(?:{either["modals"]})|\bto){ADVERBS}\s+have{ADVERBS}(?:\s+been)?{ADVERBS}\s+\w+(?:ed|n)\b)
        |(?P<future>(?:(?<!\w)(?:{either["modals"]})\b{ADVERBS}(?:\s+be(?:ing)?\b)?{ADVERBS}\s+[a-z]+
            |\bto{ADVERBS}(?:\s+be\b)?{ADVERBS}\s+(?!(?:{either["not_infinitive"]})\b)[a-z]+
            |\b(?:{either["set_for"]}|due)\b))
        |\b(?P<to_come>{either["to_come"]})\b
        |(?P<lasting>(?<!\w)(?:{either["have_now"]})\b{ADVERBS}(?:\s+been\b)?{ADVERBS}\s+[a-z]+)
        |(?P<had>(?<!\w)(?:{either["have"]})\b{ADVERBS}(?:\s+been\b)?{ADVERBS}\s+[a-z]+)
        |(?P<was>\b(?:{either["be_past"]})\b{ADVERBS}(?:\s+being\b)?(?:\s+(?!(?:to|{either["set_for"]})\b)[a-z]+)?)
        |(?P<present>(?<!\w)(?:{either["be_present"]})\b(?!\s+(?:{either["set_for"]}|to)\b))
        |\b(?!(?:{either["not_past"]})\b)(?P<past>[a-z]\w*ed|{either["irregular_past"]})\b""",
        re.VERBOSE,
    )


def verbs(sentence: str) -> list[Verb]:
    """The verb groups of a sentence that show a tense, in order."""
    return [Verb(*match.span(), _tense(match.lastgroup)) for match in _pattern().finditer(sentence)]


def _tense(group: str | None) -> str:
    return TENSES.get(group or "", "past")


def nearest_verb(sentence: str, found: list[Verb], start: int, end: int) -> Verb | None:
    """The verb group that governs sentence[start:end]: the nearest in words and clauses; None if far."""
    ranked = [(_distance(sentence, verb, start, end), order) for order, verb in enumerate(found)]
    far, order = min(ranked, default=(FARTHEST + 1, 0))
    return found[order] if far <= FARTHEST else None


def _distance(sentence: str, verb: Verb, start: int, end: int) -> float:
    # An infinitive behind it is what its own verb leads to ("proposed on Friday to meet").
    led_to = verb.start >= end and sentence.startswith("to", verb.start)
    return distance(sentence, (verb.start, verb.end), (start, end)) + BREAK_COST * led_to


def distance(sentence: str, verb: tuple[int, int], other: tuple[int, int]) -> float:
    """How far in words a verb stands from sentence[other], each clause boundary counted as BREAK_COST."""
    behind = verb[0] >= other[1]
    between = sentence[other[1] : verb[0]] if behind else sentence[verb[1] : other[0]]
    if behind and " " not in sentence[: other[0]].strip(" \"'“‘"):
        between = between.replace(",", "", 1)  # "On Friday, they met"
    after = 0.5 if behind else 0  # at equal distance the verb before governs
    return len(between.split()) + BREAK_COST * len(BREAK.findall(between)) + after
