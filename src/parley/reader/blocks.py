"""Removed words: a block is read as somebody whose name isn't given, so that what they said isn't taken for another's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from parley.contract import from_data, to_data
from parley.model import BLOCK, Mention, Reading

LONGEST = 40  # characters of a name; a longer block stands for a passage
SHORTEST = 3
RUN = re.compile(f"{BLOCK}+")
STAND_IN = re.compile(r"\bQzz[a-z]*(?: Qzz[a-z]*)?", re.IGNORECASE)  # of no language, in the form of a name
TWO_WORDS = 7  # characters from which a stand-in has a first name too


def with_stand_ins(text: str) -> str:
    """A text of the same length in which short blocks look like names."""
    return RUN.sub(lambda match: _stand_in(len(match.group())), text)


def _stand_in(length: int) -> str:
    if not SHORTEST <= length <= LONGEST:
        return BLOCK * length
    first = "Qzz " if length >= TWO_WORDS else ""
    # Blocks of unlike lengths look unlike, else they would be taken for spellings of one name.
    rest = (chr(ord("b") + (7 * length + (length % 5 + 1) * place) % 24) for place in range(length))
    return f"{first}Qzz{''.join(rest)}"[:length]


def with_blocks(reading: Reading) -> Reading:
    """A reading of such a text with the blocks again; whoever they stand for is one unnamed person of this report."""
    made = from_data(Reading, _blocked(to_data(reading)))
    return replace(made, mentions=tuple(map(_unnamed, made.mentions)))


def _blocked(value: Any) -> Any:  # noqa: ANN401 - JSON data
    if isinstance(value, str):
        return STAND_IN.sub(lambda match: BLOCK * len(match.group()), value)
    if isinstance(value, list):
        return [_blocked(item) for item in value]
    return {name: _blocked(item) for name, item in value.items()} if isinstance(value, dict) else value


def _unnamed(mention: Mention) -> Mention:
    body = "" if BLOCK in mention.affiliation else mention.affiliation
    return replace(mention, affiliation=body, kind="role" if BLOCK in mention.name else mention.kind)
