"""The claim nearest to a sentence that somebody pastes in: who of these reports says it, who denies it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum

from parley.linking.claims import Gist, gist, statement_gist
from parley.linking.text import content_words, rarity
from parley.model import Claim, Record
from parley.vocabulary import vocabulary

SAYS = 0.6  # share of the sentence's words, by rarity, from which a statement says what it says
NEAR = 0.35  # ... from which it is worth showing
LEAST = 2  # words that a sentence and a statement share at least
MOST = 5  # claims that are shown


@dataclass(frozen=True, slots=True)
class Near:
    """A claim near a sentence. `differs`: in what it is another claim; empty where it says what the sentence says."""

    claim: Claim
    score: float  # share of the sentence's words, by rarity, that the nearest statement has: 0 to 1
    differs: str = ""  # figures | days | opposite | words


def claim_of(sentence: str) -> str:
    """A sentence without the frame that says who carries it: "three outlets confirm that"."""
    frame = _frame().match(sentence)
    rest = sentence[frame.end() :] if frame else sentence
    return rest.strip(" \t\n.,;:!?\"“”‘’'")


@cache
def _frame() -> re.Pattern[str]:
    words = vocabulary("claims")
    who, verbs = "|".join(words["frame_words"]), "|".join(words["frame_verbs"])
    lead = rf"^\W*(?:[\w'’-]+\s+){{0,4}}?(?:{who})\s+(?:[\w'’-]+\s+){{0,4}}?(?:{verbs})"
    clause = r"\s+that\s+|:\s*|,?\s+(?=[“\"]|(?:the|an?|no|its|their|his|her)\b|(?-i:[A-Z]))"
    return re.compile(rf"{lead}(?:{clause})", re.I)


def nearest_claims(record: Record, sentence: str) -> tuple[Near, ...]:
    """The claims nearest to a sentence: those that say it first, then by how much of it they share; at most five."""
    asked = gist(claim_of(sentence))
    statements = {statement.id: statement for statement in record.statements}
    denials = {act.statement for act in record.acts if act.act == "DENY" and act.statement}
    told = {
        one.id: (statement_gist(one, one.id in denials), frozenset(content_words(one.speaker_name)))
        for one in statements.values()
    }
    weights = rarity(found.words | speaker for found, speaker in told.values())
    near = [
        best
        for claim in record.claims
        if (best := max((_near(claim, asked, *told[one], weights) for one in claim.says), key=_rank)).score
        >= NEAR
    ]
    return tuple(sorted(near, key=lambda one: (*(-part for part in _rank(one)), one.claim.id))[:MOST])


def _rank(near: Near) -> tuple[bool, float]:
    return not near.differs, near.score


def _near(
    claim: Claim, asked: Gist, said: Gist, speaker: frozenset[str], weights: Mapping[str, float]
) -> Near:
    """How near a statement of a claim is to what is asked; the speaker's name may stand in the sentence, too."""
    unknown = max(weights.values(), default=1.0)
    total = fsum(weights.get(word, unknown) for word in asked.words)
    shared = fsum(weights[word] for word in asked.words & (said.words | speaker))
    score = round(shared / total, 3) if len(asked.words & said.words) >= LEAST else 0.0
    return Near(claim, score, _difference(asked, said, score))


def _difference(asked: Gist, said: Gist, score: float) -> str:
    """In what a statement says something else than is asked; empty where it says that."""
    if not asked.numbers <= said.numbers:
        return "figures"
    if asked.days and said.days and not asked.days <= said.days:
        return "days"
    if asked.so != said.so:
        return "opposite"
    return "" if score >= SAYS else "words"
