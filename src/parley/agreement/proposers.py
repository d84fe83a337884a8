"""Whose proposal something is: its owner, who put it or offered it, by name or by a role that one person has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.agreement.parties import Sides
from parley.linking.actors import actor_id
from parley.model import Act, Actor, Statement
from parley.reader.grammar import words
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

OWN_WORDS = 3  # words that may stand between an owner and what is his: "the envoy's new written proposal"
CLAUSE = re.compile(r",|\b(?:after|when|before|while)\b")
OWNER = re.compile(
    r"((?:[Tt]he|[Aa]n?)\s+(?:[\w-]+\s+){0,2}?[\w-]+|[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,3}|[\w-]+)[’']s?\s"
)
THEIRS = re.compile(r"\b(?:his|her|their)\s+(?:[\w-]+\s+){0,2}$", re.I)


@cache
def pattern(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/proposals.yaml."""
    return re.compile(str(vocabulary("proposals")[key]))


@dataclass(frozen=True)
class Look:
    """What is looked up while an article is read."""

    sides: Sides
    offers: dict[str, list[Act]]
    statements: dict[str, list[Statement]]
    texts: dict[str, str]


def proposer(
    line: str, match: re.Match[str], told_before: str, article: str, by_act: str, sides: Sides
) -> str:
    """Whose proposal it is, by its owner, "by" or "from", or a relative clause: "that the envoy put to both".

    `by_act` is who offers it by an act in whose words it stands; a pronoun is that person, else the one told of before.
    """
    before, behind = line[: match.start("kind")], line[match.end() :]
    owners = [owner for owner in OWNER.finditer(before) if len(before[owner.end() :].split()) <= OWN_WORDS]
    if not owners and THEIRS.search(before):
        known = _person_before(told_before, article, sides)
        if known:
            return known
    ways = (
        owners[-1] if owners else None,
        pattern("by").match(behind),
        pattern("who_put").match(behind),
        pattern("put").search(before),
    )
    for way in ways:
        if way is None:
            continue
        phrase = way.group(1).strip()
        if phrase.lower() in words("pronouns"):
            known = known_in(by_act, article, sides, people=True) or _person_before(
                told_before, article, sides
            )
        else:
            known = known_in(phrase, article, sides)
        if known or re.match(r"(?:the|an?)\s+[\w-]+$", phrase):
            return known or phrase
    return by_act


def _person_before(told_before: str, article: str, sides: Sides) -> str:
    """The person of whom the last sentence before that names one tells: the first in it."""
    for start, end in reversed(sentences(told_before)):
        for clause in CLAUSE.split(told_before[start:end]):
            known = known_in(clause, article, sides, people=True)
            if known:
                return known
    return ""


def role_of(by: str) -> str:
    """The role between the parties that stands alone as a proposer, "mediator" of "the mediator"; empty for any other."""
    role = re.sub(r"^(?:the|an?)\s+", "", by.lower())
    return role if role in vocabulary("handovers")["third_roles"] else ""


def bearer(by: str, sides: Sides) -> str:
    """The only person whom the reports call by a role that stands alone, "the mediator"; else what it was."""
    role = role_of(by)
    people = [actor for actor in sides.actors.values() if role and actor.kind == "person"]
    named = [one.name for one in people if role in " ".join((one.role, *one.surfaces)).lower().split()]
    return named[0] if len(named) == 1 else by


def known_in(phrase: str, article: str, sides: Sides, people: bool = False) -> str:
    """The actor that a phrase names: a person in its last clauses before any body, the first of the longest names there."""
    found: list[tuple[bool, int, int, int, str]] = []
    for back, clause in enumerate(reversed(CLAUSE.split(phrase))):
        parts = clause.split()
        for first in range(len(parts)):
            for last in range(len(parts), first, -1):
                form = " ".join(parts[first:last])
                actor = sides.actors.get(actor_id(sides.index, article, form) or "")
                if actor is not None and _can_propose(actor, form, people):
                    found.append((actor.kind != "person", back, first, -last, actor.name))
                    break
    return min(found)[-1] if found else ""


def _can_propose(actor: Actor, form: str, people: bool) -> bool:
    """Whether a form that names an actor may be a proposer's: no pronoun, no nameless group, no word for a provision."""
    if form.lower() in words("pronouns") or pattern("no_proposers").fullmatch(actor.name.lower()):
        return False
    return actor.kind == "person" if people else actor.kind != "group" or actor.name[:1].isupper()


def who_before(before: str, article: str, at: tuple[int, int], look: Look) -> str:
    """Who puts something forward: whoever says so by that very verb, else the last name before it, else whose words they are."""
    said = look.statements.get(article, ())
    for one in said:
        if one.cue and one.cue.start < at[1] and at[0] < one.cue.end and one.speaker_name:
            return (
                known_in(one.speaker_name, article, look.sides)
                or _last_named(before, article, look.sides)
                or one.speaker_name
            )
    around = [s for s in said if any(p.start <= at[0] < p.end for p in s.content)]
    narrowest = min(around, key=lambda s: s.content[-1].end - s.content[0].start, default=None)
    speaker = narrowest.speaker_name if narrowest else ""
    if speaker and pattern("ready").search(look.texts[article][slice(*at)]):
        return speaker
    return _last_named(before, article, look.sides) or speaker


def _last_named(before: str, article: str, sides: Sides) -> str:
    """Who is named in the last of the clauses that names somebody."""
    clauses = reversed(re.split(r"[,;:“”\"]|\b(?:that|and)\b", before))
    return next(filter(None, (known_in(clause, article, sides) for clause in clauses)), "")


def offered(article: str, at: int, look: Look) -> str:
    """Who offers it by an act in whose words an offset lies."""
    for act in look.offers.get(article, ()):
        if act.start <= at < act.end:
            nameless = "" if act.actor.lower() in words("pronouns") else act.actor
            return known_in(act.actor, article, look.sides) or nameless
    return ""
