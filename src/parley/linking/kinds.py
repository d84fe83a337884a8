"""Kinds: what kind of body a name, the noun before it or the offices of its people make it."""

from __future__ import annotations

from functools import cache

from parley.linking.clusters import Clusters, Name
from parley.linking.keys import bare, people
from parley.linking.places import SEAT
from parley.linking.text import fold
from parley.reader.heads import is_union
from parley.reader.names import roles
from parley.vocabulary import vocabulary


def lone_noun(name: Name) -> str:
    """The noun of a phrase such as "the company", "rebels" or "the ministry in Sarn"; empty if the phrase says more."""
    form = SEAT.sub("", name.form)
    words = [word for word in fold(form).split() if word not in {"the", "this", "that", "armed", "so-called"}]
    return words[0] if len(words) == 1 and name.kind != "person" else ""


@cache
def kind_of_body() -> dict[str, str]:
    """Nouns for bodies with the kind that each means; most are a kind of their own."""
    listed = vocabulary("roles")["kinds_of_bodies"]
    alone = {word: word for word in roles("institutions")}
    return alone | {str(word): str(kind) for kind, words in listed.items() for word in words}


def kinds(name: Name) -> set[str]:
    """What kinds of body the words of a name make it."""
    found = {
        kind_of_body()[word] for word in fold(name.form).replace(".", "").split() if word in kind_of_body()
    }
    return found | {"union"} if is_union(name.form) else found


def told_kinds(name: Name) -> set[str]:
    """What kinds of body the nouns right before a name make it: "the airline Norvik", "a rival union, Free Sails"."""
    before = (
        fold(one.text.removesuffix(one.name)).rstrip(", ").split()
        for one in name.mentions
        if one.text != one.name
    )
    return {kind_of_body()[words[-1]] for words in before if words and words[-1] in kind_of_body()}


def company_offices(clusters: Clusters) -> set[str]:
    """The bodies whose people have offices that companies alone have."""
    return {
        bare(mention.affiliation)
        for person in people(clusters)
        for mention in person.mentions
        if mention.affiliation
        and set(fold(f"{mention.role} {mention.text}").split()) & roles("company_offices")
    }
