"""Actors: surface forms of one person or body across reports. Unnamed speakers stay one to a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.linking.affiliations import affiliated, side_of
from parley.linking.aliases import Alias
from parley.linking.clusters import Clusters, Joined, Name
from parley.linking.keys import OFFICE, bare, key_of, kind_of, scope
from parley.linking.merges import merge
from parley.linking.places import THE_CAPITAL, THE_SEAT
from parley.linking.text import fold
from parley.model import Actor, Mention, Merge, Statement, digest
from parley.reader.capitals import CAPITAL
from parley.reader.names import nations, roles

__all__ = ["MentionRef", "actor_id", "link_actors", "side_of", "speaker_index", "with_actors"]

MentionRef = tuple[str, int, int]  # article, start, end: what a correction refers to
Pairs = Sequence[tuple[MentionRef, MentionRef]]


def link_actors(
    mentions: Sequence[Mention],
    *,
    aliases: Sequence[Alias] = (),
    together: Pairs = (),
    apart: Pairs = (),
    days: Mapping[str, date | None] | None = None,
) -> tuple[Actor, ...]:
    """One actor per cluster of mentions, in order of first mention; `days` are those of the articles.

    A person's `apart` always wins; `together` joins whatever isn't apart, but never unnamed speakers of two reports.
    """
    ordered = sorted(
        _heard_of(set(mentions)), key=lambda one: (one.article, one.start, one.end, one.name, one.kind)
    )
    keys = _keys(ordered, apart)
    names = _names(ordered, keys, aliases)
    clusters = Clusters(names, [pair for one, other in apart if (pair := _known(keys, one, other))])
    for one, other in together:
        pair = _known(keys, one, other)
        if pair:
            clusters.say(*pair, "a person says so")
    for alias in aliases:
        clusters.say(bare(alias.name), bare(alias.alias), "the table of aliases says so")
    merge(clusters)
    merges: dict[str, list[Joined]] = defaultdict(list)
    for joined in clusters.joined:
        merges[clusters.of(joined.one.key)].append(joined)
    actors = [
        _actor(cluster, merges[clusters.of(cluster[0].key)], aliases)
        for cluster in clusters.all()
        if any(name.mentions for name in cluster)
    ]
    actors.sort(key=lambda actor: (actor.mentions[0].article, actor.mentions[0].start, actor.id))
    told = {bare(alias.name): alias.affiliation for alias in aliases if alias.affiliation}
    return affiliated(_with_own_ids(actors), days or {}, told)


def _heard_of(mentions: set[Mention]) -> list[Mention]:
    """The mentions without what shows a capital, unless the capital speaks or acts somewhere."""
    heard = {bare(mention.name) for mention in mentions if mention.role != CAPITAL}
    return [one for one in mentions if one.role != CAPITAL or bare(one.name) in heard]


def _ref(mention: Mention) -> MentionRef:
    return mention.article, mention.start, mention.end


def _keys(mentions: Sequence[Mention], apart: Pairs) -> dict[MentionRef, str]:
    """The key of every mention; of two mentions of one name that a person set apart, the later one gets its own."""
    keys = {_ref(mention): key_of(mention) for mention in mentions}
    for one, other in sorted((min(pair), max(pair)) for pair in apart):
        key = keys.get(one)
        if one == other or key is None or keys.get(other) != key:
            continue
        if one[0] == other[0]:
            keys[other] = f"{key}#{other}"
        else:  # all that the later report calls so goes with the mention that was set apart
            keys |= {ref: f"{key}#{other[0]}" for ref in keys if ref[0] == other[0] and keys[ref] == key}
    return keys


def _known(keys: Mapping[MentionRef, str], one: MentionRef, other: MentionRef) -> tuple[str, str] | None:
    """The keys of two mentions; None where the record doesn't hold both."""
    return (keys[one], keys[other]) if one in keys and other in keys else None


def _names(
    mentions: Sequence[Mention], keys: Mapping[MentionRef, str], aliases: Sequence[Alias]
) -> list[Name]:
    """Every name of the record and of the table of aliases, in the order of its key."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[keys[_ref(mention)]].append(mention)
    told: dict[str, tuple[str, str]] = {}
    for alias in aliases:
        for form in (alias.alias, alias.name):
            kind = alias.kind or told.get(bare(form), ("", ""))[1]
            told[bare(form)] = form, kind
    names = []
    for key in sorted({*by_key, *told}):
        found = tuple(sorted(by_key.get(key, ()), key=lambda one: one.role != CAPITAL))  # what shows it first
        form, kind = told.get(key, ("", ""))
        names.append(
            Name(
                key,
                found[0].name if found else form,
                kind or (kind_of(found) if found else "unknown"),
                scope(found[0]).removesuffix(":") if found else "",
                found,
            )
        )
    return names


def _with_own_ids(actors: Sequence[Actor]) -> list[Actor]:
    """Actors of which no two have one id: a later one of a name that a person set apart is told by its place."""
    taken: set[str] = set()
    found = []
    for actor in actors:
        if actor.id in taken:
            actor = replace(actor, id=f"actor-{digest('actor', actor.id, *_ref(actor.mentions[0]))}")
        taken.add(actor.id)
        found.append(actor)
    return found


def _actor(cluster: Sequence[Name], joined: Sequence[Joined], aliases: Sequence[Alias]) -> Actor:
    """The actor of a cluster: named as the table of aliases has it, else as most reports name it in full."""
    mentions = sorted(
        (mention for name in cluster for mention in name.mentions), key=lambda one: (*_ref(one), one.name)
    )
    keys = {name.key for name in cluster}
    rows = [alias for alias in aliases if bare(alias.name) in keys]
    state = next((nations()[fold(one.name)] for one in mentions if fold(one.name) in nations()), "")
    name = rows[0].name if rows else state or _best_name(_naming(cluster, joined) or mentions)
    named = [one for one in cluster if not one.article]
    kinds = Counter(
        "role" if one.kind == OFFICE else one.kind for one in cluster for _ in one.mentions or (one,)
    )
    kind = next((k for k in ("person", "state", "organisation", "role") if kinds[k]), "group")
    forms = [form for one in mentions for form in (one.text, one.name)]
    scoped = "" if named else cluster[0].article + ":"
    return Actor(
        f"actor-{digest('actor', scoped, bare(name))}",
        name,
        "state" if state else kind,
        None,
        next((one.role for one in mentions if one.role), ""),
        tuple(dict.fromkeys([*forms, *(form for row in rows for form in (row.name, row.alias))])),
        tuple(mentions),
        tuple(
            Merge(
                one.one.form,
                one.other.form,
                one.why,
                (*(_ref(m) for n in (one.one, one.other) for m in n.mentions[:1]), *one.shown),
            )
            for one in joined
        ),
    )


def _naming(cluster: Sequence[Name], joined: Sequence[Joined]) -> list[Mention]:
    """The mentions that may name an actor: what stands in any report, and no capital that stands for its state."""
    cities = {one.other.key for one in joined if one.why in {THE_CAPITAL, THE_SEAT}}
    return [one for name in cluster if name.key not in cities for one in name.mentions if not scope(one)]


def _best_name(mentions: Iterable[Mention]) -> str:
    """The name that most mentions have, full names before short ones; an adjective of another name is none."""
    names = Counter(mention.name for mention in mentions)
    for adjective in {form + ending for form in names for ending in roles("adjectival")} & set(names):
        if len(names) > 1:
            del names[adjective]
    return max(
        names,
        key=lambda form: (
            form[:1].isupper(),
            len(bare(form).split()) > 1 and not form.isupper(),
            names[form],
            form,
        ),
    )


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
                index.setdefault((mention.article, bare(form)), actor.id)
                bearers[bare(form)].add(actor.id)
    index |= {("", name): next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}
    return index


def actor_id(index: dict[tuple[str, str], str], article: str, name: str) -> str | None:
    """Whose id a name has in an article, by `speaker_index`."""
    return index.get((article, bare(name))) or index.get(("", bare(name)))
