"""Organs: the body that a ministry, an army or a bureau belongs to: by its own names, by its people, by there being one state."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parley.linking.keys import bare
from parley.linking.places import made_from
from parley.linking.text import fold
from parley.model import BLOCK, Actor, Mention
from parley.vocabulary import vocabulary

OWNED = re.compile(r"[’']s?\s+[a-z]")  # somebody's men, somebody's office
LEAST = 3  # mentions of a body by whose name others are told to be its own
LONGEST = 8  # words of a form that still says whose an organ is
FEWER = 3  # times that a body is named more often than what is its organ
ABROAD = frozenset({"embassy"})  # what a state has in another
PARTS = re.compile(r"[’']s?\s+|\s+of\s+(?:the\s+)?")


class Bodies:
    """The bodies of a record, by the names that each report has for them."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = {
            one.id: one
            for one in actors
            if one.kind != "person" and not OWNED.search(one.name) and BLOCK not in one.name
        }
        self._here: dict[tuple[str, str], str] = {}
        bearers: dict[str, list[str]] = defaultdict(list)
        for actor in self.actors.values():
            for mention in actor.mentions:
                for form in (mention.name, mention.text):
                    self._here.setdefault((mention.article, bare(form)), actor.id)
            for key in {bare(form) for form in (actor.name, *actor.surfaces)}:
                bearers[key].append(actor.id)
        self._anywhere = {key: ids[0] for key, ids in bearers.items() if len(ids) == 1}

    def find(self, name: str, article: str) -> str:
        """The id of the body that a report calls so, or else the only one of the record; empty if there is none."""
        return self._here.get((article, bare(name))) or self._anywhere.get(bare(name), "")

    def named_in(self, text: str, article: str, own: str) -> str:
        """The id of the body that a phrase names, other than the actor's own; empty if it names none."""
        found = (self.find(name, article) for name in _names_in(text))
        return next((body for body in found if body and body != own), "")


def _names_in(text: str) -> list[str]:
    """The names that a phrase may hold: the whole, then runs of its capitalised words, the longest first."""
    runs = re.findall(r"[A-Z][\w’'.-]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'.-]*)*", text)
    return [re.sub(r"[’']s?$", "", name) for name in (text, *sorted(runs, key=len, reverse=True))]


def organs(bodies: Bodies, actors: Sequence[Actor]) -> dict[str, str]:
    """Body id -> id of the body that it is an organ of, for every body that is one of another's."""
    owner = {one.id: found for one in bodies.actors.values() if (found := _by_form(one, bodies))}
    for body, found in _by_people(bodies, actors).items():
        owner.setdefault(body, found)
    state = only_state(bodies, actors, owner)
    for one in bodies.actors.values() if state else ():
        if one.id != state and one.id not in owner and _is_states(one):
            owner[one.id] = state
    return {body: found for body, found in owner.items() if body not in _above(found, owner)}


def _above(body: str, owner: Mapping[str, str]) -> set[str]:
    """The owners of a body, and theirs."""
    seen: set[str] = set()
    while body in owner and body not in seen:
        seen.add(body)
        body = owner[body]
    return seen | {body}


def _by_form(organ: Actor, bodies: Bodies) -> str:
    """The owner that most forms of an organ of a state name: "Toria's Energy Ministry", "the Torian army"."""
    named = set(bare(organ.name).split())
    if organ.kind == "state" or "government" in named or not named & _arms():
        return ""
    votes: Counter[str] = Counter()
    for mention in organ.mentions:
        forms = {form for form in (mention.text, mention.name) if len(form.split()) <= LONGEST}
        found = {body for form in forms for body in owners_in(form, mention.article, bodies)}
        votes.update(found - {organ.id})
    return min(votes, key=lambda body: (-votes[body], body), default="")


@cache
def _arms() -> frozenset[str]:
    """Words of the names of what belongs to a state or to another body that may have an army."""
    handovers = vocabulary("handovers")
    return frozenset(map(str, (*handovers["sides"]["state"], *handovers["state_arms"], *handovers["arms"])))


def owners_in(form: str, article: str, bodies: Bodies) -> Iterator[str]:
    """The bodies of which a form makes an organ: by a genitive, behind "of", by an adjective at its head."""
    parts = PARTS.split(re.sub(r"^(?:the|an?)\s+", "", form, flags=re.I))
    head, *rest = parts[0].split(" ", 1)
    for name in (*(parts if len(parts) > 1 else ()), *((head, *made_from(fold(head))) if rest else ())):
        body = bodies.actors.get(bodies.find(name, article))
        if body and len(body.mentions) >= LEAST and not _is_states(body) and body.kind != "role":
            yield body.id


def _by_people(bodies: Bodies, actors: Sequence[Actor]) -> dict[str, str]:
    """Bodies whose people other reports tie to a body that is named more often: the bureau of the front."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for person in (actor for actor in actors if actor.kind == "person"):
        ties = {
            bodies.named_in(m.affiliation, m.article, person.id) for m in person.mentions if m.affiliation
        }
        found = sorted(ties - {""}, key=lambda body: (-len(bodies.actors[body].mentions), body))
        for body in found[1:]:
            if FEWER * len(bodies.actors[body].mentions) <= len(bodies.actors[found[0]].mentions):
                votes[body][found[0]] += 1
    return {
        body: ranked[0][0]
        for body, counted in votes.items()
        if (ranked := counted.most_common(2)) and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    }


def only_state(bodies: Bodies, actors: Sequence[Actor], owner: Mapping[str, str]) -> str:
    """The id of the one body of the record that governs, by far the most often told so; empty if there is none."""
    told: Counter[str] = Counter()
    for actor in actors:
        if actor.id in owner and _words(actor) & _offices():
            told[owner[actor.id]] += len(actor.mentions)
        elif actor.id in bodies.actors and any(bare(form) == "government" for form in actor.surfaces):
            told[actor.id] += len(actor.mentions)
        for mention in actor.mentions:
            body = _governing_in(mention, actor, bodies)
            if body:
                told[owner.get(body, body)] += 1
    plain = [body for body in told if bare(bodies.actors[body].name) == "government"]
    for body in plain[1:]:  # what each report calls the government
        told[plain[0]] += told.pop(body)
    ranked = told.most_common(2)
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= FEWER * ranked[1][1])
    return ranked[0][0] if clear else ""


def _governing_in(mention: Mention, actor: Actor, bodies: Bodies) -> str:
    """The body that one mention shows to govern: by its minister, or by "Toria's foreign ministry"."""
    if actor.kind == "person":
        held = set(mention.role.lower().split()) & _offices()
        body = bodies.named_in(mention.affiliation, mention.article, actor.id) if held else ""
        return "" if body and _is_states(bodies.actors[body]) else body
    owner, genitive, rest = re.sub(r"[’']s?\s", "\0", mention.text).partition("\0")
    return bodies.find(owner, mention.article) if genitive and set(rest.split()) & _offices() else ""


def governs(actor: Actor) -> bool:
    """Whether a person or role has an office that only states have, or is called by a head of state's alone."""
    held = {word for role in (actor.role, actor.name) for word in re.findall(r"\w+", fold(role))}
    return bool(held & _offices()) or bare(actor.name) in vocabulary("handovers")["state_heads"]


@cache
def _offices() -> frozenset[str]:
    return frozenset(map(str, vocabulary("handovers")["of_states"])) - ABROAD


def _is_states(actor: Actor) -> bool:
    """Whether a name is that of a state's organ and names no state: "Defence Ministry", "the Federal Army"."""
    named = set(bare(actor.name).split())
    ministry = bool(named & _offices()) and "government" not in named
    return actor.kind != "state" and (ministry or named <= set(vocabulary("handovers")["state_arms"]))


def _words(actor: Actor) -> set[str]:
    """The folded words of an actor's name and forms."""
    return {word for form in (actor.name, *actor.surfaces) for word in re.findall(r"\w+", fold(form))}
