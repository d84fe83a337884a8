"""Nouns: the singular of a plural, and the unit in which a noun counts."""

from __future__ import annotations

from functools import cache, lru_cache

from parley.vocabulary import vocabulary

CACHED = 20_000  # nouns whose singular and unit are remembered
NO_PLURAL = ("ss", "us", "is", "'s", "’s")


@lru_cache(CACHED)
def singular(word: str) -> str:
    """The singular of a noun in lower case; the word itself if it is no plural."""
    words = vocabulary("figures")
    if "/" in word:  # "t/d"
        return word.lower()
    lower = word.lower().removesuffix("'").removesuffix("’")
    if lower in words["plurals"]:
        return str(words["plurals"][lower])
    if lower.endswith("men") and lower not in words["no_plural"]:
        return f"{lower[:-3]}man"
    if not lower.endswith("s") or lower.endswith(NO_PLURAL) or lower in words["no_plural"]:
        return lower
    if lower != word.lower() and unit_of(lower[:-1]) not in vocabulary("units")["times"]:
        return word.lower()  # "the prisoners' families" are families, but "seven days' notice" is days
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith("wives"):
        return lower[:-3] + "fe"
    return lower[:-2] if lower.endswith(("sses", "shes", "ches", "xes", "zes")) else lower[:-1]


@lru_cache(CACHED)
def unit_of(word: str) -> str:
    """What a noun counts in: person, body, tonne, day, a currency's code, else its own singular."""
    units = vocabulary("units")
    of, slash, per = word.lower().partition("/")
    if slash:
        return rate_of(unit_of(of), units["short_times"].get(per, per)) if of else word.lower()
    noun = word.lower() if word.lower() in units["times"] else singular(word)
    last = noun.rpartition("-")[2]
    known = known_units().get(noun) or known_units().get(last)
    if known:
        return known
    endings = units["person_endings"] + (units["people_endings"] if word[0].isupper() else [])
    thing = last.endswith(tuple(units["things"]))
    return "person" if last.endswith(tuple(endings)) and not thing else noun


def rate_of(unit: str, noun: str) -> str:
    """A unit by what a noun counts in ("lorry/day"); people for people by the noun itself ("person/sailor")."""
    per = unit_of(noun)
    rate = f"{unit}/{singular(noun) if per == unit else per}"
    return str(vocabulary("units")["written"].get(rate, rate))


@cache
def known_units() -> dict[str, str]:
    """The nouns of the vocabulary with their units."""
    units = vocabulary("units")
    signs: dict[str, str] = units["signs"]
    times = {time: time for time in units["times"]}
    return {noun: unit for unit, nouns in units["nouns"].items() for noun in nouns} | times | signs


def is_plural(word: str) -> bool:
    """Whether a noun stands in the plural; signs of units always do."""
    if word.lower().partition("/")[0] in vocabulary("units")["signs"]:
        return True
    return singular(word) != word.lower() or word.lower() in vocabulary("figures")["plurals"]
