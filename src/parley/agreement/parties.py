"""Parties: the two bodies that stand against each other in a record, and the side that a phrase of a report stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parley.linking.actors import actor_id, side_of, speaker_index
from parley.linking.text import fold
from parley.model import Act, Actor
from parley.reader.names import nations, roles
from parley.vocabulary import vocabulary

OF_A_THIRD = frozenset({"OFFER", "MEDIATE", "MEET", "PRAISE"})  # what mediators do as much as parties
PER_ACT = 2  # mentions that one act between parties weighs as much as
STANDING = 2  # a third side beside two parties is named at least half as often as the lesser of them
LEAST_OWNER = 4  # mentions of a name from which other names that hold it count as its own
LEAST_WORD = 4  # letters of a word that stands for a party by itself
NAME = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*)*")
HEAD_ENDS = re.compile(r"\s+(?:in|of|from|at|for|on|near|who|that|which)\s+|,")


@dataclass(frozen=True)
class Sides:
    """Which party, or other body, a phrase of a report stands for."""

    parties: tuple[str, ...]
    actors: dict[str, Actor]
    index: dict[tuple[str, str], str]
    heads: Mapping[str, str]  # actor id -> name of the body whose people and organs it counts with
    words: Mapping[str, str]  # folded word -> the party that it stands for

    def of(self, phrase: str, article: str) -> str:
        """The body that a phrase names: a party if any of it says so, else the actor; empty where none is known."""
        head = HEAD_ENDS.split(phrase.strip(), maxsplit=1)[0]
        names = [phrase, *sorted(NAME.findall(phrase), key=lambda name: -len(name.split())), head]
        return self.party(head) or next(filter(None, (self._known(name, article) for name in names)), "")

    def party(self, phrase: str) -> str:
        """The one party whose name or kind stands in a phrase; empty where none does, or both."""
        found = {self.words[word] for word in re.findall(r"\w+", fold(phrase)) if word in self.words}
        return found.pop() if len(found) == 1 else ""

    def other(self, name: str) -> str:
        """The opposite party; empty for a body that is none of two, and where a third side stands beside them."""
        beside = self.words.get("rebels", name)
        if len(self.parties) != 2 or name not in self.parties or beside not in self.parties:
            return ""
        return self.parties[1 - self.parties.index(name)]

    def _known(self, phrase: str, article: str) -> str:
        side = side_of(self.actors.get(actor_id(self.index, article, phrase) or ""), self.actors)
        if side is not None and side.kind == "person":
            return self.party(" ".join((side.role, *side.surfaces)))
        return self.heads.get(side.id, side.name) if side else ""


def leading_parties(actors: Sequence[Actor], acts: Sequence[Act]) -> tuple[str, ...]:
    """The two bodies that are named and that demand, promise, accuse and deliver most, their organs counted in."""
    return _ranked(actors, acts, _heads(actors))


def sides(actors: Sequence[Actor], acts: Sequence[Act]) -> Sides:
    """The parties of a record, and what phrases stand for them."""
    heads = _heads(actors)
    parties = _ranked(actors, acts, heads)
    words: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if heads.get(actor.id) in parties and actor.kind != "person":
            for form in (actor.name, *actor.surfaces):
                for word in _own_words(form):
                    words[word].add(heads[actor.id])
    named: Counter[str] = Counter()
    for actor in actors:
        if actor.id in heads:
            named[heads[actor.id]] += len(actor.mentions)
    least = min((named[party] for party in parties), default=0) / STANDING
    others = [name for name, count in named.most_common() if count >= least and name not in parties]
    for kind, party in _kinds(parties, others).items():
        for word in vocabulary("handovers")["sides"][kind]:
            words[word].add(party)
    only = {word: found.copy().pop() for word, found in words.items() if len(found) == 1}
    known = {actor.id: actor for actor in actors}
    return Sides(parties, known, speaker_index(actors), heads, only)


def _own_words(form: str) -> list[str]:
    """The words of a name that stand for it alone, with its adjectives."""
    general = {word.lower() for word in roles("bodies") | roles("states")} | _small()
    found = [word for word in re.findall(r"\w+", form) if word[:1].isupper() and word.lower() not in general]
    own = [fold(word) for word in found if len(word) >= LEAST_WORD]
    return own + [word + ending for word in own for ending in (*roles("adjectival"), "s", "ns")]


@cache
def _small() -> frozenset[str]:
    return frozenset({"the", "people", "homeland", "joint", "general", "national", "said", "statement"})


def _kinds(parties: Sequence[str], bodies: Sequence[str]) -> dict[str, str]:
    """Kind of side -> the one party of that kind; beside a state the rebels are the party of no kind, or the best known body."""
    named = list(vocabulary("handovers")["sides"])
    found = {kind: [party for party in parties if kind in _kinds_in(party)[:1]] for kind in named}
    found["state"] = found["state"] or [party for party in parties if fold(party) in nations()]
    if not found["rebels"]:
        found["rebels"] = [name for name in bodies if "rebels" in _kinds_in(name)[:1]][:1]
    if found["state"] and not found["rebels"]:
        found["rebels"] = [party for party in parties if not _kinds_in(party) and party not in found["state"]]
    return {kind: owners[0] for kind, owners in found.items() if len(owners) == 1}


def _ranked(actors: Sequence[Actor], acts: Sequence[Act], heads: Mapping[str, str]) -> tuple[str, ...]:
    by_id = {actor.id: actor for actor in actors}
    index = speaker_index(actors)
    counts: Counter[str] = Counter()
    thirds: Counter[str] = Counter()
    for act in acts:
        for name in (act.actor, act.target or ""):
            side = side_of(by_id.get(actor_id(index, act.article, name) or ""), by_id)
            if side is not None and side.id in heads:
                (thirds if act.act in OF_A_THIRD else counts)[heads[side.id]] += PER_ACT
    named = set(counts)
    for actor in actors:
        head = heads.get(actor.id)
        if head in named:
            counts[head] += len(actor.mentions)
    return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2])


def _heads(actors: Sequence[Actor]) -> dict[str, str]:
    """Actor id -> the body it counts with: an owner whose name it holds, the best known of its kind of side, else itself."""
    between = {actor.affiliation for actor in actors if actor.kind in {"person", "role"} and _is_third(actor)}
    bodies = [
        actor
        for actor in actors
        if actor.kind not in {"person", "role"} and _may_be_party(actor) and actor.id not in between
    ]
    holders: dict[str, list[Actor]] = defaultdict(list)
    for body in bodies:
        if len(body.mentions) >= LEAST_OWNER and not _is_organ(body):
            for word in _own_words(body.name):
                holders[word].append(body)
    owners = {body.id: _owner(body, holders) for body in bodies}
    made = {body.id: owners[body.id] or body.name for body in bodies}
    for kind in vocabulary("handovers")["sides"]:
        organs = [actor for actor in bodies if not owners[actor.id] and kind in _kinds_in(actor.name)[:1]]
        chief = max(organs, key=_standing, default=None)
        if chief:
            made |= {actor.id: chief.name for actor in organs}
            made |= {
                actor.id: chief.name
                for actor in actors
                if actor.kind in {"person", "role"}
                and not actor.affiliation
                and kind in _kinds_in(" ".join((actor.role, *actor.surfaces)))[:1]
            }
    return made


def _standing(actor: Actor) -> tuple[bool, bool, int, str]:
    """What makes a body the head of its kind: it is a government, has a name of its own, is named often."""
    return "government" in fold(actor.name), actor.name[:1].isupper(), len(actor.mentions), actor.name


def _kinds_in(text: str) -> list[str]:
    """The kinds of side that a name or phrase shows."""
    found = set(re.findall(r"\w+", fold(text)))
    return [kind for kind, named in vocabulary("handovers")["sides"].items() if set(named) & found]


def _owner(actor: Actor, holders: Mapping[str, Sequence[Actor]]) -> str:
    """The body whose name stands in an organ's, or the fuller name of a body that is named by one word of it."""
    size = len(actor.name.split())
    found = {body.name: body for word in _own_words(actor.name) for body in holders.get(word, ())}
    fit = [body for name, body in found.items() if name != actor.name]
    if not _is_organ(actor):
        fit = [body for body in fit if len(body.name.split()) > size]
    best = min(fit, key=lambda body: (len(body.name.split()), -len(body.mentions), body.name), default=None)
    return best.name if best else ""


def _is_organ(actor: Actor) -> bool:
    """Whether a name is that of an organ: a ministry, an army, a staff."""
    return _kinds_in(actor.name)[:1] in (["state"], ["workers"]) and actor.kind != "state"


def _is_third(actor: Actor) -> bool:
    """Whether a person's role stands between the parties: an envoy, a mediator, an observer."""
    shown = set(re.findall(r"\w+", fold(" ".join((actor.role, *actor.surfaces)))))
    return bool(shown & set(vocabulary("handovers")["third_roles"]))


def _may_be_party(actor: Actor) -> bool:
    """Whether a name can be a party's: no third party's, no count of several ("two governments")."""
    named = re.findall(r"\w+", fold(actor.name))
    several = {str(word) for word in vocabulary("deeds")["counting"]} | {
        "both",
        "each",
        "either",
        "all",
        "other",
    }
    return not set(named) & set(vocabulary("handovers")["thirds"]) and not set(named[:1]) & several
