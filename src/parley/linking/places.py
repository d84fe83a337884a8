"""Places: names that stand for the place they are made from, and capitals that stand for their state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from parley.linking.clusters import Clusters, Name, Place
from parley.linking.keys import bare, bodies, body_nouns
from parley.linking.text import fold
from parley.model import Mention
from parley.reader.capitals import CAPITAL
from parley.reader.names import roles

LEAST_PLACE = 3  # letters that a place has to have more than, for its adjective to be told from another name
SEAT = re.compile(r"\s(?:in|at)\s(?P<city>[A-Z][\w’'-]+)$")
THE_CAPITAL, THE_SEAT = "a report calls it the capital", "a body of the state sits there"
Pair = tuple[str, str, str] | tuple[str, str, str, Place]  # two keys, why they are one, what shows it


def adjectives(clusters: Clusters) -> Iterator[Pair]:
    """What is named after a place with the place: "Lesandran", "the Lesandran authorities" with "Lesandra"."""
    places = {name.key: name for name in bodies(clusters) if " " not in name.key}
    for key in places:
        yield from ((place, key, "its adjective") for place in made_from(key) if place in places)
    for name in clusters.names.values():
        adjective, _, noun = bare(SEAT.sub("", name.form)).rpartition(" ")
        if name.kind == "person" or noun not in roles("for_the_state"):
            continue
        for place in (adjective, *made_from(adjective)):
            if place in places and places[place].kind != "organisation":
                yield place, name.key, "its government"


def made_from(adjective: str) -> list[str]:
    """The places that an adjective may be made from."""
    found = [adjective.removesuffix(ending) for ending in roles("adjectival") if adjective.endswith(ending)]
    return [place for place in found if len(place) > LEAST_PLACE]


def capitals(clusters: Clusters) -> Iterator[Pair]:
    """A capital that speaks or acts with the state that a report calls its own: "Sarn, the capital of Lesandra"."""
    for name in bodies(clusters):
        shown = [
            one for one in name.mentions if one.role == CAPITAL and bare(one.affiliation) in clusters.names
        ]
        state = clusters.only(bare(one.affiliation) for one in shown)
        if state:
            yield state, name.key, THE_CAPITAL, _place_of(shown[0])


def seats(clusters: Clusters) -> Iterator[Pair]:
    """A city that speaks with the only state one of whose bodies sits there: "the ministry in Sarn" is Lesandra's."""
    places = {name.key for name in bodies(clusters) if " " not in name.key} - body_nouns()
    owners: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, Place] = {}
    for name in clusters.names.values():
        seats = {bare(seat["city"]): one for one in name.mentions if (seat := SEAT.search(one.text))}
        members = clusters.members(clusters.of(name.key)) if name.kind in {"group", "organisation"} else ()
        for city in seats.keys() & places:
            found = {owner for one in members for owner in _owners(one, places) if owner != city}
            owners[city] |= found
            shown[city] = min(_place_of(seats[city]), shown.get(city, _place_of(seats[city])))
    for city, states in owners.items():
        state = clusters.only(states)
        if state:
            yield state, city, THE_SEAT, shown[city]


def _place_of(mention: Mention) -> Place:
    return mention.article, mention.start, mention.end


def _owners(body: Name, places: set[str]) -> set[str]:
    """The places that own a body by its names: "Lesandra" of "the Lesandran army", "Lesandra's council"."""
    forms = {form for mention in body.mentions for form in (mention.text, mention.name)}
    firsts = {re.sub(r"^(?:the|a)\s+|[’']s?(?=\s|$)", "", fold(form)).split(" ")[0] for form in forms}
    return {place for first in firsts for place in (bare(first), *made_from(first)) if place in places}


def place_word(word: str) -> str:
    """A word without the ending that makes a place's name an adjective."""
    ending = next((ending for ending in ("an", "n") if word.endswith(ending)), "")
    place = word.removesuffix(ending)
    return place if len(place) > LEAST_PLACE else word
