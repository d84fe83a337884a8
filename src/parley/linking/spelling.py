"""Spelling: whether two romanised names are one person's."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from parley.linking.text import fold

PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "ould", "ag", "de", "del", "van", "von"})
LIKE_SOUNDS = (
    ("sh", "x"),
    ("ch", "x"),
    ("kh", "h"),
    ("ph", "f"),
    ("zh", "j"),
    ("q", "k"),
    ("g", "k"),
    ("c", "k"),
    ("w", "v"),
    ("z", "s"),
    ("y", "i"),
)
ALIKE = 85.0  # rapidfuzz ratio of two names' consonants, 0 to 100; "Abd al-Qadir" and "Abdelqader" have 94


def name_parts(name: str) -> list[str]:
    """The words of a folded name without particles; all of them if nothing else is left."""
    parts = re.findall(r"[^\W_]+", fold(name))
    return [part for part in parts if part not in PARTICLES] or parts or [name]


def sounds(name: str) -> str:
    """A name's consonants with like sounds made one, so that two romanisations meet."""
    spelt = re.sub(r"^(?:al|el)-", "", fold(name))
    for form, plain in LIKE_SOUNDS:
        spelt = spelt.replace(form, plain)
    consonants = re.sub(r"[aeiou\W]", "", spelt)
    return re.sub(r"(.)\1+", r"\1", consonants) or spelt


def one_person(one: str, other: str) -> bool:
    """Whether two full names whose surnames sound alike are one: their given names do too, or one is an initial."""
    first, second = name_parts(one)[:-1], name_parts(other)[:-1]
    if not first or not second:
        return False
    if len(first[0]) == 1 or len(second[0]) == 1:
        return first[0][0] == second[0][0]
    given = sounds("".join(first)), sounds("".join(second))
    return given[0] == given[1] or fuzz.ratio(*given) >= ALIKE
