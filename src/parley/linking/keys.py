"""Keys: what names are grouped and compared by: folded, without article and legal form; what kind of name each is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from parley.linking.clusters import Clusters, Name
from parley.linking.text import fold
from parley.model import BLOCK, Mention
from parley.reader.capitals import CAPITAL
from parley.reader.names import nations, roles

CACHED = 200_000
BEHIND = re.compile(r"\s(?:of|for|in|at|on|from|to)\s")
NAMED = frozenset({"person", "organisation", "state", "unknown", "place"})
OFFICE = "office"  # what a name is that says no more than an office which one person holds: "the mayor"


@lru_cache(CACHED)
def bare(name: str) -> str:
    """A name as it is compared: folded, without article, marks and a company's legal form; a state's own name."""
    folded = re.sub(rf"[^\w\s{BLOCK}]", " ", re.sub(r"^\W*(?:the|a|an)\s+", "", fold(name).replace(".", "")))
    state = nations().get(fold(name)) or nations().get(" ".join(folded.split()))
    if state:
        return fold(state)
    parts = folded.split()
    return _without_legal_form(" ".join(parts))


def _without_legal_form(name: str) -> str:
    """A folded name without the legal forms that it ends in."""
    while form := next((form for form in roles("legal_forms") if name.endswith(f" {form}")), ""):
        name = name.removesuffix(f" {form}")
    return name


def key_of(mention: Mention) -> str:
    """What a mention is first grouped by: its folded name; an unnamed one's article stands before it."""
    return f"{scope(mention)}{bare(mention.name)}"


def scope(mention: Mention) -> str:
    """The article that an unnamed speaker belongs to, with a colon; empty for a name, which may stand anywhere."""
    named = mention.kind in NAMED and any(mark.isupper() for mark in mention.name)
    return "" if named else f"{mention.article}:"


def kind_of(mentions: Iterable[Mention]) -> str:
    """What mentions of one name are: a person where reports show it, else what the first says.

    One word may as well be a state's or a place's: it is a person's where more mentions say so than say otherwise.
    """
    found = list(mentions)
    name = found[0].name
    persons = sum(mention.kind == "person" for mention in found)
    if persons and (" " in name or 2 * persons > len(found)):
        return "person"
    definite = name.lower().startswith("the ") and set(bare(name).split()) <= _office_words()
    office = definite and found[0].kind == "role" and head_noun(name) in roles("one_holder")
    return OFFICE if office else next((one.kind for one in found if one.role != CAPITAL), "unknown")


@cache
def _office_words() -> frozenset[str]:
    """The words that an office may be told by when nobody is named."""
    return roles("one_holder") | roles("ranks") | {word.lower() for word in roles("purposes")} | {"general"}


def people(clusters: Clusters) -> list[Name]:
    """Names of people, wherever they stand."""
    return [name for name in clusters.names.values() if name.kind == "person"]


def bodies(clusters: Clusters) -> list[Name]:
    """Names of bodies, states and whatever no report shows to be a person, not bound to one article."""
    return [name for name in clusters.names.values() if name.kind != "person" and not name.article]


@cache
def body_nouns() -> frozenset[str]:
    """Words of the names of bodies and states, in small letters."""
    return frozenset(word.lower() for word in roles("bodies") | roles("states"))


def head_noun(form: str) -> str:
    """The noun that a body's name or phrase is about, in small letters."""
    last = re.split(r"[’']s?\s", form)[-1]
    words = BEHIND.split(last)[0].split()
    return words[-1].lower() if words else ""
