"""Parties: the bodies that stand against each other in a record, and the side that a phrase of a report stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.agreement.bodies import (
    Places,
    bare_words,
    is_third,
    kinds_in,
    may_be_party,
    neighbours,
    own_words,
    owned,
    people,
    places,
    pooled,
    ruling,
)
from parley.linking.actors import actor_id, side_of, speaker_index
from parley.linking.text import fold
from parley.model import Act, Actor, Article, Need
from parley.reader.names import nations
from parley.vocabulary import vocabulary

# How much a piece of evidence that a body is a party weighs. A mention weighs 1; what mediators do as well, nothing.
DONE = {
    "DEMAND": 6,
    "ACCUSE": 6,
    "REJECT": 6,
    "DENY": 6,
    "THREATEN": 6,
    "ACCEPT": 3,
    "COMMIT": 3,
    "PERFORM": 2,
    "SUSPEND": 2,
}
AGAINST = 6  # acts that weigh so much are aimed at another party
FACED = 4  # being the one at whom such an act is aimed, or whom its words name
HELD = 6  # holding a condition
JOINED = 8  # standing beside another body: "between A and B", "A and B have agreed"
BESIDE = 0.5  # share of the lesser party's own acts from which a third body is a party as well
STANDING = 2  # a third side beside two parties is named at least half as often as the lesser of them
NAME = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*)*")
HEAD_ENDS = re.compile(r"\s+(?:in|of|from|at|for|on|near|who|that|which)\s+|,")
ORGAN_OF = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts)\s+)?(?:[\w-]+\s+){0,2}?[\w-]+\s+(?:of|in|for)\s+(?:the\s+)?[A-Z]"
)
KEPT = 16_384  # texts whose words are kept, since every later build asks again
AND = re.compile(r"[’']?\s+and\s+(?:the\s+)?")


@lru_cache(maxsize=100_000)
def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(phrase)))


@lru_cache(maxsize=KEPT)
def word_places(text: str) -> dict[str, list[int]]:
    """Every word of a text, apostrophes and hyphens in it, with the places where it stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in re.finditer(r"[\w’'-]+", text):
        found[match.group()].append(match.start())
    return dict(found)


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
        head, *rest = HEAD_ENDS.split(phrase.strip(), maxsplit=1)
        tail = self.party(rest[0]) if rest else ""  # the command of the front is the front's
        names = [phrase, *sorted(NAME.findall(phrase), key=lambda name: -len(name.split())), head]
        sure = tail if ORGAN_OF.match(phrase.strip()) else ""
        return (
            sure or self.party(head) or next(filter(None, (self._known(name, article) for name in names)), "")
        )

    def party(self, phrase: str) -> str:
        """The one party whose name or kind stands in a phrase; empty where none does, or several."""
        found = {self.words[word] for word in _words_of(phrase) if word in self.words}
        return found.pop() if len(found) == 1 else ""

    def other(self, name: str) -> str:
        """The opposite party; empty for a body that is none of two, and where a third side stands beside them."""
        beside = self.words.get("rebels", name)
        if len(self.parties) != 2 or name not in self.parties or beside not in self.parties:
            return ""
        return self.parties[1 - self.parties.index(name)]

    def _known(self, phrase: str, article: str) -> str:
        actor = self.actors.get(actor_id(self.index, article, phrase) or "")
        side = side_of(actor, self.actors)
        if actor is None or side is None:
            return ""
        if side.kind == "person" and actor.id not in self.heads:
            return "" if is_third(side) else self.party(" ".join((side.role, *side.surfaces)))
        return self.heads.get(actor.id) or self.heads.get(side.id, side.name)


def sides(
    actors: Sequence[Actor], acts: Sequence[Act], needs: Sequence[Need] = (), articles: Sequence[Article] = ()
) -> Sides:
    """The parties of a record, and what phrases stand for them."""
    bodies = may_be_party(actors)
    here = places(bodies, articles)
    heads = owned(bodies, articles, here)
    heads |= people(actors, heads, articles, here)
    by_id = {actor.id: actor for actor in actors}
    told = _Told(by_id, acts, needs, articles, here, speaker_index(actors))
    parties = _ranked(told, heads)
    between_states = len(parties) > 1 and ruling(actors, heads) >= set(parties)
    if not between_states:
        heads = pooled(actors, bodies, heads)
        parties = _ranked(told, heads)
    words = _words(bodies, heads, parties)
    if not between_states:
        for kind, party in _kinds(parties, _standing_beside(actors, heads, parties)).items():
            for word in vocabulary("handovers")["sides"][kind]:
                words[word].add(party)
    only = {word: next(iter(found)) for word, found in words.items() if len(found) == 1}
    return Sides(parties, told.actors, told.index, heads, only)


@dataclass(frozen=True)
class _Told:
    """What the evidence for parties is read from."""

    actors: dict[str, Actor]
    acts: Sequence[Act]
    needs: Sequence[Need]
    articles: Sequence[Article]
    places: Places
    index: dict[tuple[str, str], str]

    def body(self, name: str, article: str, heads: Mapping[str, str]) -> str:
        """The head of whoever a name stands for; empty where that can be no party."""
        actor = self.actors.get(actor_id(self.index, article, name) or "")
        side = side_of(actor, self.actors)
        return heads.get(actor.id if actor else "") or heads.get(side.id if side else "") or ""


def _ranked(told: _Told, heads: Mapping[str, str]) -> tuple[str, ...]:
    """The two bodies for which most speaks, and a third that does nearly as much as they do."""
    done: Counter[str] = Counter()
    for name, weight in _done(told, heads):
        done[name] += weight
    faced: Counter[str] = Counter()
    for name, weight in _faced(told, heads):
        faced[name] += weight
    named = Counter(heads[one] for here in told.places.values() for _, _, one in here)
    seen = done + faced
    for name, weight in _joined(told, heads):
        seen[name] += weight
    for name in done:
        seen[name] += named[name]
    order = sorted(done, key=lambda name: (-seen[name], name))
    two = order[:2]
    counts = done, faced, named
    return (*two, *(one for one in order[2:3] if all(_beside(count, one, two) for count in counts)))


def _beside(count: Counter[str], one: str, two: Sequence[str]) -> bool:
    """Whether a third body comes near enough to the lesser of two."""
    return count[one] >= BESIDE * min(count[name] for name in two)


def _done(told: _Told, heads: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """What each body does and makes a condition."""
    for act in told.acts:
        name = told.body(act.actor, act.article, heads) if act.act in DONE else ""
        if name:
            yield name, DONE[act.act]
    for need in told.needs:
        name = told.body(need.holder, need.article, heads)
        if name:
            yield name, HELD


def _faced(told: _Told, heads: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Whom demands, accusations and refusals are aimed at, by their target or the names in their words."""
    for act in told.acts:
        if DONE.get(act.act, 0) >= AGAINST:
            named = {
                heads[one]
                for start, _, one in told.places.get(act.article, ())
                if act.start <= start < act.end
            }
            named.add(told.body(act.target or "", act.article, heads))
            for name in sorted(named - {"", told.body(act.actor, act.article, heads)}):
                yield name, FACED


def _joined(told: _Told, heads: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Bodies that a report names as a pair."""
    for article in told.articles:
        for one, other, between in neighbours(article, told.places.get(article.id, ())):
            if heads[one] != heads[other] and AND.fullmatch(between):
                yield from ((heads[one], JOINED), (heads[other], JOINED))


def _words(bodies: Sequence[Actor], heads: Mapping[str, str], parties: Sequence[str]) -> dict[str, set[str]]:
    """Folded word -> the parties whose names it stands in; a word of another body's name stands for none but its bearer."""
    found: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        for word in own_words(body.name):
            found[word].add(heads[body.id])
    alone = {word: party for party in parties if len(bare_words(party)) == 1 for word in own_words(party)}
    meant = {word: {alone[word]} if word in alone else names for word, names in found.items()}
    return defaultdict(set, {word: names for word, names in meant.items() if names <= set(parties)})


def _standing_beside(actors: Sequence[Actor], heads: Mapping[str, str], parties: Sequence[str]) -> list[str]:
    """Bodies that are no parties and are named at least half as often as the lesser one."""
    named: Counter[str] = Counter()
    for actor in actors:
        if actor.id in heads:
            named[heads[actor.id]] += len(actor.mentions)
    least = min((named[party] for party in parties), default=0) / STANDING
    return [name for name, count in named.most_common() if count >= least and name not in parties]


def _kinds(parties: Sequence[str], bodies: Sequence[str]) -> dict[str, str]:
    """Kind of side -> the one party of that kind; beside a state the rebels are the party of no kind, or the best known body."""
    named = list(vocabulary("handovers")["sides"])
    found = {kind: [party for party in parties if kind in kinds_in(party)[:1]] for kind in named}
    found["state"] = found["state"] or [party for party in parties if fold(party) in nations()]
    if not found["rebels"]:
        found["rebels"] = [name for name in bodies if "rebels" in kinds_in(name)[:1]][:1]
    if found["state"] and not found["rebels"]:
        found["rebels"] = [party for party in parties if not kinds_in(party) and party not in found["state"]]
    return {kind: owners[0] for kind, owners in found.items() if len(owners) == 1}
