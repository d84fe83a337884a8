"""Actors: surface forms of one person or body across reports. Unnamed speakers stay one to a report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import networkx as nx

from parley.linking.spelling import name_parts, one_person, sounds
from parley.linking.text import fold
from parley.model import Actor, Mention, Statement, digest
from parley.reader.names import nations, roles

LEAST_PLACE = 3  # letters that a place has to have more than, for its adjective to be told from another name
OWNED = re.compile(r"[’']s?\s+[a-z]")  # somebody's men, somebody's office
NAMED = frozenset({"person", "organisation", "state", "unknown"})


def link_actors(mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """One actor per cluster of mentions, in order of first mention."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[_key(mention)].append(mention)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(by_name)
    graph.add_edges_from(_same(by_name))
    clusters = [sorted(cluster, key=list(by_name).index) for cluster in nx.connected_components(graph)]
    actors = [_actor([mention for key in cluster for mention in by_name[key]]) for cluster in clusters]
    actors.sort(key=lambda actor: (actor.mentions[0].article, actor.mentions[0].start))
    return _affiliated(actors)


def _key(mention: Mention) -> str:
    """What a mention is first grouped by: its folded name; an unnamed one's article stands before it."""
    return f"{_scope(mention)}{_bare(mention.name)}"


def _scope(mention: Mention) -> str:
    """The article that an unnamed speaker belongs to; empty for a name, which may stand in any report."""
    named = mention.kind in NAMED and any(mark.isupper() for mark in mention.name)
    return "" if named else f"{mention.article}:"


def _bare(name: str) -> str:
    folded = re.sub(r"[^\w\s]", " ", re.sub(r"^(?:the|a|an)\s+", "", fold(name)))
    state = nations().get(fold(name)) or nations().get(folded)
    return fold(state) if state else " ".join(folded.split())


def _same(by_name: dict[str, list[Mention]]) -> Iterable[tuple[str, str]]:
    """Pairs of keys that are one actor: two spellings, a surname with one bearer, a short form, an acronym."""
    by_surname: dict[str, list[str]] = defaultdict(list)
    for key, found in by_name.items():
        if _kind(found) == "person":
            by_surname[sounds(name_parts(key)[-1])].append(key)
    for keys in by_surname.values():
        full = [key for key in keys if len(name_parts(key)) > 1]
        for index, one in enumerate(full):
            yield from ((one, other) for other in full[index + 1 :] if one_person(one, other))
        if full and all(one_person(full[0], other) for other in full[1:]):
            yield from ((full[0], key) for key in keys if key not in full)
    yield from _shortened(
        [
            key
            for key, found in by_name.items()
            if _kind(found) in {"organisation", "unknown", "state"} and ":" not in key
        ]
    )
    yield from _adjectives(by_name)
    yield from _definite(by_name)
    expansions = {
        _initials(found[0].name): key
        for key, found in by_name.items()
        if len(key.split()) > 1 and found[0].kind in NAMED
    }
    for key, found in by_name.items():
        if found[0].text.isupper() and len(key) > 1 and key in expansions:
            yield key, expansions[key]


def _adjectives(by_name: dict[str, list[Mention]]) -> Iterable[tuple[str, str]]:
    """An adjective with the place that it is made of: "Lesandran" with "Lesandra", where the record names both."""
    names = [
        key
        for key, found in by_name.items()
        if " " not in key and ":" not in key and _kind(found) != "person"
    ]
    for key in names:
        for ending in roles("adjectival"):
            place = key.removesuffix(ending)
            if place != key and len(place) > LEAST_PLACE and place in names:
                yield key, place


def _kind(found: Sequence[Mention]) -> str:
    """What mentions of one name are: a person as soon as one report shows it, else what the first says."""
    return "person" if any(mention.kind == "person" for mention in found) else found[0].kind


def _definite(by_name: dict[str, list[Mention]]) -> Iterable[tuple[str, str]]:
    """ "the government" with the one named body of the record whose name has that word."""
    named: dict[str, set[str]] = defaultdict(set)
    for key, found in by_name.items():
        if _scope(found[0]) == "" and _kind(found) != "person" and len(key.split()) > 1:
            for word in key.split():
                named[word].add(key)
    for key, found in by_name.items():
        word = key.partition(":")[2]
        if word in roles("groups") and len(named[word]) == 1 and found[0].text.lower().startswith("the "):
            yield key, next(iter(named[word]))


def _shortened(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """A body's short form with its only long one: "movement" or "manara" with "manara movement"."""
    bodies = {word.lower() for word in roles("bodies") | roles("states")}
    known = set(names)
    longer: dict[str, set[str]] = defaultdict(set)
    for name in names:
        parts = name.split()
        if len(parts) < 2:
            continue
        for body in bodies & {parts[0], parts[-1]}:
            longer[body].add(name)
            rest = " ".join(part for part in parts if part not in {body, "of", "the"})
            if rest in known and len(parts) - len(rest.split()) <= 3:
                longer[rest].add(name)
    yield from (
        (short, next(iter(long))) for short, long in longer.items() if short in known and len(long) == 1
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()


def _actor(mentions: list[Mention]) -> Actor:
    """The actor of a cluster: named as most reports name it in full."""
    names = Counter(mention.name for mention in mentions)
    made = {form + ending for form in names for ending in roles("adjectival")} & set(names)
    for adjective in made:
        del names[adjective]
    state = next((nations()[fold(name)] for name in names if fold(name) in nations()), "")
    name = state or max(
        names, key=lambda form: (form[:1].isupper(), len(form.split()) > 1, names[form], form)
    )
    kinds = Counter(mention.kind for mention in mentions)
    kind = next((k for k in ("person", "state", "organisation", "role") if kinds[k]), "group")
    role = next((mention.role for mention in mentions if mention.role), "")
    surfaces = tuple(dict.fromkeys(form for mention in mentions for form in (mention.text, mention.name)))
    return Actor(
        f"actor-{digest('actor', _scope(mentions[0]), _bare(name))}",
        name,
        "state" if state else kind,
        None,
        role,
        surfaces,
        tuple(sorted(mentions, key=lambda mention: (mention.article, mention.start, mention.end))),
    )


def _affiliated(actors: list[Actor]) -> tuple[Actor, ...]:
    """Each person and role with the side that the reports tie the name to most often; none where they are at odds."""
    bodies = {
        _bare(form): actor.id
        for actor in actors
        if actor.kind != "person" and not OWNED.search(actor.name)
        for form in actor.surfaces
    }
    loose = [_tied(actor, [actor.name], bodies, {}) if _is_loose(actor) else actor for actor in actors]
    known = {actor.id: actor for actor in loose}
    return tuple(
        _tied(actor, [mention.affiliation for mention in actor.mentions], bodies, known)
        if actor.kind == "person"
        else actor
        for actor in loose
    )


def _is_loose(actor: Actor) -> bool:
    """Whether an actor is named by a phrase that may hold its body: "the command of the front", "a union official"."""
    return actor.kind == "role" or (actor.kind == "group" and actor.name[:1].islower())


def _tied(actor: Actor, texts: Sequence[str], bodies: dict[str, str], known: dict[str, Actor]) -> Actor:
    """An actor with the body that most of the texts name; bodies of one side count together."""
    named = [_body_of(text, bodies, actor.id) for text in texts if text]
    sides = Counter(
        (side_of(known.get(body), known) or actor).id if body in known else body for body in named if body
    )
    ranked = [pair for pair in sides.most_common(2) if pair[0] != actor.id]
    clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return replace(actor, affiliation=ranked[0][0] if clear else None)


def _body_of(text: str, bodies: dict[str, str], own: str) -> str:
    """The id of the body that a phrase names, other than the actor's own; empty if it names none."""
    return next((bodies[key] for key in _names_in(text) if key in bodies and bodies[key] != own), "")


def _names_in(text: str) -> list[str]:
    """The folded names that a phrase may hold: runs of its capitalised words, the longest first."""
    whole = _bare(re.sub(r"[’']s?$", "", text))
    runs = re.findall(r"[A-Z][\w’'.-]*(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'.-]*)*", text)
    return [whole, *(_bare(re.sub(r"[’']s?$", "", run)) for run in sorted(runs, key=len, reverse=True))]


def with_actors(statements: Sequence[Statement], actors: Sequence[Actor]) -> tuple[Statement, ...]:
    """Statements with the ids of the actors who speak."""
    index = speaker_index(actors)
    return tuple(replace(s, actor=actor_id(index, s.article, s.speaker_name)) for s in statements)


def speaker_index(actors: Sequence[Actor]) -> dict[tuple[str, str], str]:
    """Actor ids by (article, folded name), and by ("", folded name) where only one actor bears it."""
    index: dict[tuple[str, str], str] = {}
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for mention in actor.mentions:
            for form in (mention.name, mention.text, actor.name):
                index.setdefault((mention.article, _bare(form)), actor.id)
                bearers[_bare(form)].add(actor.id)
    index |= {("", name): next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}
    return index


def actor_id(index: dict[tuple[str, str], str], article: str, name: str) -> str | None:
    """Whose id a name has in an article, by `speaker_index`."""
    return index.get((article, _bare(name))) or index.get(("", _bare(name)))


def side_of(actor: Actor | None, actors: dict[str, Actor]) -> Actor | None:
    """The body that an actor stands for: itself, or what it is affiliated to, three steps at most."""
    for _ in range(3):
        if actor is None or actor.affiliation is None or actor.affiliation not in actors:
            return actor
        actor = actors[actor.affiliation]
    return actor
