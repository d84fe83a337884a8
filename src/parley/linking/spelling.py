"""Spelling: whether two romanised names are one's.

Sounds are compared, not letters, and every word of the shorter name has to find its own: two people of one surname
stay two. nomenklatura (OpenSanctions) was tried beside it: by `python -m bench.actors` its name-based matching finds more
pairs of the seven processes whose errors were not looked at (38 of 48, ours 28) and fewer of the others (25 of 35, ours 31), at
a tenth of the speed; it rests on rigour, 13 MB, and on ICU, which ships no wheel. An aliases.csv or a person joins the rest.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from parley.linking.text import fold

PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "ould", "ag", "de", "del", "van", "von"})
LIKE_SOUNDS = (
    ("dzh", "j"),
    ("dj", "j"),
    ("ce", "se"),
    ("ci", "si"),
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
# Letters that are written out where a text has no marks, and what romanisations mix up most.
WRITTEN_OUT = str.maketrans(
    {
        "ş": "sh",
        "š": "sh",
        "ś": "sh",
        "ç": "ch",
        "č": "ch",
        "ć": "ch",
        "ž": "zh",
        "ż": "zh",
        "ğ": "",
        "ı": "i",
        "ł": "l",
        "đ": "dj",
    }
)
MIXED = str.maketrans({"x": "s", "d": "t", "v": "f", "b": "p", "h": None, "j": None})
PARTICLE = re.compile(r"\b(?:al|el|bin|ibn)-")
NICKNAME = re.compile(r"[\"“”«‘(][^\"“”»’)]*[\"“”»’)]")
ALIKE = 85.0  # rapidfuzz ratio of two names' consonants, 0 to 100; "Abd al-Qadir" and "Abdelqader" have 94
CLOSE = 70.0  # ratio of two whole words whose consonants are the same: "Naira" and "Nayra" have 80
TELLING = 3  # consonants from which a lone word's sound tells it from others
VOWELS = frozenset("aeiou")
CACHED = 200_000


@lru_cache(CACHED)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a folded name without particles and nickname; all of them if nothing else is left."""
    spelt = PARTICLE.sub(" ", NICKNAME.sub(" ", fold(name)))
    parts = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[-'](?=\w)", "", spelt))
    return tuple(part for part in parts if part not in PARTICLES) or tuple(parts) or (name,)


@lru_cache(CACHED)
def sounds(name: str) -> str:
    """A name's consonants with like sounds made one, so that two romanisations meet."""
    spelt = _respelt(name)
    consonants = re.sub(r"[aeiou\W]", "", spelt)
    return re.sub(r"(.)\1+", r"\1", consonants) or spelt


@lru_cache(CACHED)
def rough(name: str) -> str:
    """A name's sound with what romanisations mix up made one: the block in which spellings are compared."""
    return sounds(name).translate(MIXED) or sounds(name)


def _respelt(name: str) -> str:
    """A folded name with like sounds written alike."""
    spelt = PARTICLE.sub("", fold(name.lower().translate(WRITTEN_OUT)))
    for form, plain in LIKE_SOUNDS:
        spelt = spelt.replace(form, plain)
    return spelt


def one_person(one: str, other: str) -> bool:
    """Whether two full names may be one person's: the shorter one's words stand in the longer one, in order.

    So a middle name may be left out, or the second of two surnames; an initial stands for its word. Given names may be
    written together or apart.
    """
    first, second = sorted((name_parts(one), name_parts(other)), key=len)
    if len(first) < 2:
        return False
    whole = iter(second)
    in_order = all(any(_one_word(part, word) for word in whole) for part in first)
    if in_order and any(len(part) > 1 for part in first[:-1] + second[:-1]):
        return len(first[-1]) > 1 and len(second[-1]) > 1
    joined = rough("".join(first[:-1])), rough("".join(second[:-1]))
    return rough(first[-1]) == rough(second[-1]) and fuzz.ratio(*joined) >= ALIKE


def _one_word(one: str, other: str) -> bool:
    """Whether two words are two spellings of one, or the one is the other's initial."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return rough(one) == rough(other) and fuzz.ratio(_respelt(one), _respelt(other)) >= CLOSE


def one_spelling(one: str, other: str) -> bool:
    """Whether two names of as many words are spelt differently and sound the same, word by word."""
    first, second = name_parts(one), name_parts(other)
    if len(first) != len(second) or sum(len(sounds(part)) for part in first) < TELLING:
        return False
    return all(_one_word(a, b) and (a[0] in VOWELS) == (b[0] in VOWELS) for a, b in zip(first, second))
