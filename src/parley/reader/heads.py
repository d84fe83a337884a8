"""Heads of noun phrases: the role or body that a phrase is about, and the phrase as a role is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parley.model import Mention, Span
from parley.reader.grammar import words
from parley.reader.names import roles, strip_genitive
from parley.reader.offices import same_office, wider_nouns
from parley.vocabulary import vocabulary

# What follows the head: a preposition, a relative clause, a participle, a comma.
BEHIND_HEAD = re.compile(
    r"\s+(?:of|for|from|in|on|at|to|with|without|within|inside|outside|near|by|under|among|behind|who|whose|close|familiar|\w+(?<!senior)(?:ed|ing))\s+|,"
)

BY_NOUN_ALONE = 1  # what `holds` says where somebody fits by the noun and not by its rank
BY_WIDER_NOUN = 2  # what `holds` says where somebody fits by a wider noun alone
PARTICIPLE = re.compile(r"(?:ed|ing)\s+$")


def plain(surface: str) -> str:
    """A phrase as a role is written: a small article at its head, a relative clause left out."""
    found = _added().split(surface.strip())[0].rstrip(",")
    if found.isupper() and found.split()[0].lower() in words("determiners"):
        found = found.lower()  # a label: THE JUDGE
    if found[:1].isupper() and found.split()[0].lower() in words("determiners"):
        found = found[0].lower() + found[1:]
    return found


@cache
def _added() -> re.Pattern[str]:
    """What is added to a role's phrase: a relative clause, or how the one who bears it was heard."""
    return re.compile(rf",?\s+(?:who|which|whose|{'|'.join(sorted(roles('how_heard')))})\s")


def head_of(surface: str) -> str:
    """The part of a noun phrase that carries its head."""
    bare = strip_genitive(surface)
    for match in BEHIND_HEAD.finditer(bare):
        before = bare[: match.start()].split()
        if before and (not PARTICIPLE.search(match.group()) or _names_somebody(before[-1])):
            return bare[: match.start()].strip()
    return bare.strip() or surface


def _names_somebody(word: str) -> bool:
    """Whether a word is a noun for people or a name, so that a participle behind it is no adjective."""
    singular = word.lower().removesuffix("s")
    people = roles("persons") | roles("groups") | roles("crowds")
    return bool({word.lower(), singular} & people) or (
        word[0].isupper() and word.lower() not in words("determiners")
    )


def role_of(head: str) -> str:
    """The role noun that a head ends in, or an empty string."""
    found = re.findall(r"[\w-]+", head.lower())
    for word in (found[-1], found[-1].rstrip("s")) if found else ():
        if word in roles("persons"):
            return str(word)
    return ""


def is_body(head: str) -> bool:
    """Whether a head names a body of people: "the group", "the Dockers' Union"."""
    last = re.findall(r"[\w-]+", head)
    return bool(last) and (last[-1].lower() in roles("groups") or last[-1] in roles("bodies"))


def can_act(phrase: str) -> bool:
    """Whether a phrase has a name, or a noun for people or a body: "the crews", not "the fifth exchange"."""
    days = words("days") | words("months")
    named = any(word[0].isupper() and word.lower() not in days for word in phrase.split())
    return named or is_body(phrase) or bool(role_of(head_of(phrase)))


def body_noun(name: str) -> str:
    """The noun that a body's name is about, in small letters: "council" in "the Council for Water and Land"."""
    words_in = re.split(r"\s(?:of|for)\s", name)[0].split()
    return words_in[-1].lower() if words_in else ""


def is_union(name: str) -> bool:
    """Whether a body's name says that workers are its members: "the Pilots' Federation"."""
    found = [strip_genitive(word.lower()) for word in name.split()]
    members = {word.removesuffix("s") for word in found if word.endswith("s")} & roles("persons")
    return found[-1] in roles("union_heads") and bool(members - roles("proprietors"))


def purposes_in(phrase: str) -> set[str]:
    """What a body or an office is for, in small letters: "health" in "the health ministry"."""
    return {word.lower() for word in re.findall(r"\w+", phrase) if word.title() in roles("purposes")}


def rank_of(office: str) -> set[str]:
    """The words that set an office below or above the plain one: "deputy", "former"."""
    return set(re.findall(r"\w+", spelt_out(office))) & roles("ranks")


def spelt_out(office: str) -> str:
    """An office in small letters, a prime minister as a premier and shortened titles written out: "Col." is a colonel."""
    spelt = vocabulary("roles")["titles_in_full"]
    found = (word.lower().strip(".,") for word in office.split())
    return " ".join(str(spelt.get(word, word)) for word in found).replace("prime minister", "premier")


def offices_of(mention: Mention) -> list[str]:
    """The offices that stand beside a name: what its role lists, and the titles that its text opens with."""
    title = mention.text.removesuffix(mention.name)
    titled = title != mention.text and all(word.rstrip(".") in roles("titles") for word in title.split())
    return [spelt_out(office) for office in [*mention.role.split(", "), title if titled else ""] if office]


def holds(office: str, head: str) -> int:
    """How well a role may mean whoever holds an office: 3 by noun and rank, 2 by a wider noun, 1 by its noun alone."""
    told, role = spelt_out(head), role_of(spelt_out(head))
    found = {same_office().get(word, word) for word in office.split()}
    if (
        purposes_in(told) and purposes_in(office) and not purposes_in(told) & purposes_in(office)
    ) or not role:
        return 0
    alike = rank_of(office) == rank_of(told)
    if same_office().get(role, role) in found:
        return 3 if alike else (0 if rank_of(told) else BY_NOUN_ALONE)
    return BY_WIDER_NOUN if alike and wider_nouns().get(role, frozenset()) & set(office.split()) else 0


def company_among(mentions: Sequence[Mention]) -> str:
    """The last name that has a company's word and no institution's; empty where none has."""
    own, other = roles("company_words"), roles("institutions") - roles("company_words")
    named = (
        (mention.name, {word.lower() for word in mention.name.split()}) for mention in reversed(mentions)
    )
    return next((name for name, found in named if found & own and not found & other), "")


def kind_of_phrase(phrase: str) -> str:
    """What a phrase without a name stands for: a role where it has a noun for a person, else a group."""
    return "role" if any(word.strip(",.").lower() in roles("persons") for word in phrase.split()) else "group"


def apposed(phrase: Span, names: Sequence[Mention]) -> str:
    """The full name of the person that a phrase ends in right behind a role: "adviser to the mayor Ana Sol"."""
    for mention in names:
        if mention.kind == "person" and mention.end == phrase.end and mention.start > phrase.start:
            before = phrase.text[: mention.start - phrase.start].replace(",", " ").split()
            if before[-1].rstrip(".").lower() in roles("persons") | {w.lower() for w in roles("titles")}:
                return mention.name
    return ""


def role_words(mention: Mention) -> set[str]:
    """The words of a person's titles and offices in small letters, titles written out: "Col." is a colonel."""
    offices = offices_of(mention)
    return {word for office in offices for word in [*office.split(), *office.replace("-", " ").split()]}


def ends_with(head: str, inside: list[Mention]) -> str:
    """The name that a head ends in, if it does."""
    for mention in reversed(inside):
        if strip_genitive(head).endswith(mention.text):
            return mention.name
    return ""


def issuer_at(lower: str) -> int:
    """Where the issuer begins in "a statement from the office"; 0 where the phrase is no such thing."""
    kinds = "|".join(sorted(words("texts"), key=len, reverse=True))
    behind = "|".join(vocabulary("cues")["issued"])
    match = re.match(
        rf"(?:(?:a|an|the|its|his|her|their)\s+)?(?:[\w-]+\s+){{0,2}}(?:{kinds})\s+(?:no\.?\s+\d+\s+)?(?:{behind})\s+",
        lower,
    )
    return match.end() if match else 0
