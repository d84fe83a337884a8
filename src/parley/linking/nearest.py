"""The claim nearest to a sentence that somebody pastes in: who of these reports says it, who denies it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import fsum

from parley.linking.claims import Gist, gist, statement_gist
from parley.linking.deeds import same_words
from parley.linking.text import content_words, rarity
from parley.model import Claim, Record, Statement
from parley.vocabulary import vocabulary

SAYS = 0.6  # share of the sentence's words, by rarity, from which a statement says what it says
SAYS_OTHERWISE = 0.85  # ... where words for one deed count as one
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


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and those of them that it tells to be so: not to come first or on a condition."""

    all: frozenset[str]
    real: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """A text as it is compared: what it claims, in its words, and with words for one deed made one."""

    gist: Gist
    own: _Words
    same: _Words


def nearest_claims(record: Record, sentence: str) -> tuple[Near, ...]:
    """The claims nearest to a sentence: all that say it as one, then by how much of it they share; at most five."""
    text = claim_of(sentence)
    asked = _said(text, gist(text))
    denials = {act.statement for act in record.acts if act.act == "DENY" and act.statement}
    told = {one.id: _told(one, one.id in denials, asked, text) for one in record.statements}
    speakers = {
        one.id: same_words(one.speaker_name) | set(content_words(one.speaker_name))
        for one in record.statements
    }
    weights = rarity(found.own.all | found.same.all | speakers[one] for one, found in told.items())
    near = [
        best
        for claim in record.claims
        if (
            best := max(
                (_near(claim, asked, told[one], speakers[one], weights) for one in claim.says), key=_rank
            )
        ).score
        >= NEAR
    ]
    ranked = sorted(near, key=lambda one: (*(-part for part in _rank(one)), one.claim.id))
    same = [one for one in ranked if not one.differs]
    first = [replace(same[0], claim=_joined([one.claim for one in same], record))] if same else []
    return (*first, *ranked[len(same) : len(same) + MOST - len(first)])


def _said(text: str, found: Gist) -> _Said:
    real = _shape("conditional").sub(" ", text)
    own = _Words(found.words, found.words & gist(real).words)
    return _Said(found, own, _Words(same_words(text), same_words(text) & same_words(real)))


def _told(statement: Statement, denial: bool, asked: _Said, sentence: str) -> _Said:
    """What a statement says of what is asked. A negation of something else doesn't turn it round, nor "not before"
    what is asked as "only when".
    """
    text = " ".join(piece.text for piece in statement.content)
    found = _said(text, statement_gist(statement))
    negated = found.gist.negated
    elsewhere = bool(negated) and same_words(" ".join(negated)).isdisjoint(asked.same.all)
    both_ways = ((text, sentence), (sentence, text))
    only_then = any(_shape("not_before").search(a) and _shape("only_then").search(b) for a, b in both_ways)
    if denial or not (elsewhere or only_then):
        return found
    return replace(found, gist=replace(found.gist, so=not found.gist.so))


@cache
def _shape(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/claims.yaml."""
    return re.compile(vocabulary("claims")[key], re.I | re.S)


def _joined(claims: Sequence[Claim], record: Record) -> Claim:
    """Several claims that all say what is asked, though not each what the other says, counted as one in text order."""
    places = {one.id: place for place, one in enumerate(record.statements)}
    claims = sorted(claims, key=lambda one: places[one.says[0]])

    def all_of(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for claim in claims for one in getattr(claim, field)))

    return replace(
        claims[0],
        says=all_of("says"),
        denied_by=all_of("denied_by"),
        carried_by=all_of("carried_by"),
        voices=all_of("voices"),
        happened=min((day for one in claims if (day := one.happened)), default=None),
        reported=min((day for one in claims if (day := one.reported)), default=None),
        evidence=all_of("evidence"),
        last_reported=max((day for one in claims if (day := one.last_reported)), default=None),
    )


def _rank(near: Near) -> tuple[bool, float]:
    return not near.differs, near.score


def _near(
    claim: Claim, asked: _Said, said: _Said, speaker: frozenset[str], weights: Mapping[str, float]
) -> Near:
    """How near a statement of a claim is to what is asked; the speaker's name may stand in the sentence, too."""
    own = _share(asked.own, said.own, speaker, weights)
    same = _share(asked.same, said.same, speaker, weights)
    enough = own[1] >= SAYS or same[1] >= SAYS_OTHERWISE
    return Near(claim, round(max(own[0], same[0]), 3), _difference(asked.gist, said.gist, enough))


def _share(
    asked: _Words, said: _Words, speaker: frozenset[str], weights: Mapping[str, float]
) -> tuple[float, float]:
    """The share of the words asked for, by rarity, that a statement has; and that it tells to be so, where they are asked so."""
    if len(asked.all & said.all) < LEAST:
        return 0.0, 0.0
    unknown = max(weights.values(), default=1.0)

    def share(wanted: frozenset[str], words: frozenset[str]) -> float:
        total = fsum(weights.get(word, unknown) for word in wanted)
        return fsum(weights[word] for word in wanted & (words | speaker)) / total if total else 0.0

    whole = share(asked.all, said.all)
    return whole, min(whole, share(asked.real, said.real))


def _difference(asked: Gist, said: Gist, enough: bool) -> str:
    """In what a statement says something else than is asked; empty where it says that."""
    if not asked.numbers <= said.numbers:
        return "figures"
    if asked.days and said.days and not asked.days <= said.days:
        return "days"
    if asked.so != said.so:
        return "opposite"
    return "" if enough else "words"
