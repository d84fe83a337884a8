"""Offices: the title, role or office that stands beside a name, in small letters but for a title's own capitals."""

from __future__ import annotations

import re
from functools import cache

from parley.reader.grammar import is_finite_word, words
from parley.reader.runs import roles
from parley.vocabulary import vocabulary

APPOSED = re.compile(r"([^,.;:()“”\"\n]+),\s+$")
TIES = frozenset({"of", "for", "on", "in", "to", "at"})
BEHIND = re.compile(r",\s+(?:who (?:is|was) |one of )?((?:[\w’'-]+\s*){1,10})")
DOES = re.compile(r",\s+(?:[^,.;]{1,60}\s)?who\s+([a-z]+)\s+(?:(?:the|its|their|an?|for)\b|[A-Z])")


def office_before(before: str) -> str:
    """The office right before a name: "deputy water minister |Ana", "union spokesperson |Ana"; empty if there is none.

    Of two it is the first: "adviser to the president |Ana".
    """
    found = re.search(r"((?:[\w’'-]+\s+)+)$", before)
    phrase = found.group(1).split() if found else []
    office = _office(phrase)
    ties = [at for at, word in enumerate(phrase) if word.lower() in {"of", "to"}] if office else []
    return (_office(phrase[: ties[-1]]) if ties else "") or office


def office_apposed(before: str) -> str:
    """The office before a name and its comma: "the union's treasurer, |Ana Sol", "the Minister for Health, |Ana"."""
    found = APPOSED.search(before)
    phrase = found.group(1).split() if found else []
    for at, word in enumerate(phrase):
        behind = phrase[at + 1 :]
        tied = not behind or (behind[0] in TIES and not any(map(is_finite_word, behind)))
        if word.lower() in roles("persons") and tied:
            return _office(phrase[: at + 1]) + _purpose(" " + " ".join(behind))
    return ""


def office_behind(behind: str) -> str:
    """The office in an apposition, "Sol, a spokeswoman for the union", and what somebody does: "who chairs the union"."""
    does = DOES.match(behind)
    done = vocabulary("offices")["doing"].get(does.group(1), "") if does else ""
    return ", ".join(dict.fromkeys(office for office in (_in_apposition(behind), str(done)) if office))


def _in_apposition(behind: str) -> str:
    """The office in an apposition; a clause behind a comma is none."""
    match = BEHIND.match(behind)
    if not match:
        return ""
    found = match.group(1).split()
    if _closes(found[0].lower()) or found[0].endswith("ing"):
        return ""
    end = next((i for i, word in enumerate(found) if _closes(word.lower())), len(found))
    heads = [i for i, word in enumerate(found[:end]) if word.lower() in roles("persons")]
    named = heads and found[heads[-1] + 1 : heads[-1] + 2]
    if (named and named[0][0].isupper()) or _is_next_ones(behind):  # ", envoy Ana Sol said" is hers
        return ""
    if heads:
        behind_head = behind[match.start(1) + len(" ".join(found[:end])) :]
        return _office(found[: heads[-1] + 1]) + _purpose(behind_head)
    return ""


def _is_next_ones(behind: str) -> bool:
    """Whether an apposition belongs to the titled name behind it: "on the radio, the mayor, Mrs. Ana Sol, said"."""
    found = re.match(r",\s+[^,.;]+,\s+(\w+)\b\.?\s+[A-Z]", behind)
    return found is not None and found.group(1) in roles("titles")


def _closes(word: str) -> bool:
    """Whether a word ends the noun phrase that an apposition opens with."""
    closed = words("prepositions") | words("subordinators") | words("pronouns") | words("auxiliaries")
    return word in closed or is_finite_word(word)


def _office(phrase: list[str]) -> str:
    """The office that a phrase ends in, with the words before it that belong to it; empty if it ends in none."""
    if not phrase or phrase[-1].lower() not in roles("persons"):
        return ""
    first = len(phrase) - 1
    while first > 0 and phrase[first - 1].lower() in office_words():
        first -= 1
    return " ".join(phrase[first:]).lower()


@cache
def office_words() -> frozenset[str]:
    """Words before an office that belong to it: "deputy", "chief", "water" in "deputy water minister"."""
    purposes = frozenset(word.lower() for word in roles("purposes"))
    listed = frozenset(map(str, vocabulary("offices")["narrowing"]))
    return listed | purposes | roles("ranks") | roles("persons") | {"former"}


def _purpose(behind: str) -> str:
    """What an office is for, where it stands with a capital behind it: " for health" of " for Health and Labour, who"."""
    found = re.match(r"\s+(?:of|for)\s+(?:the\s+)?([A-Z]\w+(?:(?:,|\s+and)?\s+[A-Z]\w+)*)", behind)
    if not found or not set(re.findall(r"\w+", found.group(1))) <= roles("purposes") | {"and"}:
        return ""
    return f" for {found.group(1).lower()}"


@cache
def same_office() -> dict[str, str]:
    """Nouns for an office with the first noun for the same one: "chairwoman" with "chair"."""
    return {str(word): str(group[0]) for group in vocabulary("offices")["one_office"] for word in group}


@cache
def wider_nouns() -> dict[str, frozenset[str]]:
    """Nouns with the offices whose holders they may mean: "officer" with "colonel", "captain" ..."""
    return {str(noun): frozenset(map(str, under)) for noun, under in vocabulary("offices")["wider"].items()}
