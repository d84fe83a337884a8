"""Topics: the people that sentences are about, named or not, whether or not they speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parley.model import Mention
from parley.reader.grammar import is_finite_word, words
from parley.reader.heads import plain
from parley.reader.names import roles
from parley.reader.sentences import sentences

# A name behind one of these is no subject.
OBLIQUE = re.compile(
    r"\b(?:of|by|with|to|for|from|against|than|said|told)\s+(?:(?:the|a|an|its|his|her|their)\s+(?:[a-z-]+\s+){0,2})?$"
)
FARTHEST = 70  # characters from the head of a sentence to its subject


@cache
def _unnamed() -> re.Pattern[str]:
    """A sentence's head of the kind "A senior official involved in the talks"."""
    persons = "|".join(sorted(map(re.escape, roles("persons")), key=len, reverse=True))
    return re.compile(
        rf"\b(?:[Aa]|[Aa]n|[Oo]ne|[Aa]nother)\s+(?:(?:(?:[A-Z]\.)+|[\w’'-]+)\s+){{0,4}}?(?:{persons})\b(?:\s+(?:{persons})\b)*"
    )


def _complement(text: str, start: int, end: int) -> int:
    """Where "of the negotiating team" behind a role ends: before a verb or a mark."""
    last, before = start, ""
    for match in re.finditer(r"\s+([\w’'-]+)", text[start:end]):
        word = match.group(1).lower()
        verb = is_finite_word(word) or word in words("bare_pasts") | words("adverbs")
        if match.start() + start != last or (verb and before not in words("determiners")):  # "in the talks"
            break
        if not before and word not in words("prepositions") and word not in words("behind_role"):
            break
        last, before = start + match.end(), word
    return last


def topics(text: str, mentions: Sequence[Mention]) -> list[tuple[int, str, str]]:
    """(offset, name, surface) of the person that a sentence opens with, where it opens with one."""
    found = []
    for start, end in sentences(text):
        inside = [m for m in mentions if start <= m.start < end and m.kind == "person"]
        unnamed = _unnamed().match(text, start, end)
        complement = _complement(text, unnamed.end(), end) if unnamed else start
        if unnamed and not any(m.start in {unnamed.end() + 1, complement + len(", ")} for m in inside):
            surface = text[start:complement]
            found.append((start, plain(surface), surface))
        elif (
            inside
            and inside[0].start - start < FARTHEST
            and not OBLIQUE.search(text[start : inside[0].start])
            and not _has_verb(text[start : inside[0].start])
        ):
            found.append((inside[0].start, inside[0].name, inside[0].text))
    return found


def _has_verb(before: str) -> bool:
    """Whether a finite verb stands before a name and not right before it: then somebody else opens the sentence."""
    return any(is_finite_word(word) for word in re.findall(r"[\w’'-]+", before.lower())[:-1])


def unnamed_people(text: str) -> list[tuple[int, str, str]]:
    """(offset, name, surface) of everybody whom a text brings in without a name: "by an official close to the talks"."""
    found = []
    for match in _unnamed().finditer(text):
        end = text.find("\n", match.end())
        surface = text[match.start() : _complement(text, match.end(), len(text) if end < 0 else end)]
        found.append((match.start(), plain(surface), surface))
    return found


def body_topics(text: str, mentions: Sequence[Mention]) -> list[tuple[int, str, str]]:
    """(offset, name, kind) of the body or state that a sentence opens with, where it opens with one."""
    starts = {start for start, _ in sentences(text)}
    starts |= {start + len("The ") for start in starts if text.startswith("The ", start)}
    return [
        (m.start, m.name, m.kind) for m in mentions if m.start in starts and m.kind not in {"person", "place"}
    ]
