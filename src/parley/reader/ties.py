"""Ties: the body that an article itself ties a person to: "Ana Sol, who speaks for the union", "the front's envoy, Ben Ro"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parley.model import Mention
from parley.reader.grammar import words
from parley.reader.names import roles
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

REACH = 110  # characters beside a name that an apposition may take up


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of vocabulary/ties.yaml, with the nouns for people filled in."""
    persons = "|".join(sorted(map(re.escape, roles("persons")), key=len, reverse=True))
    return tuple(
        re.compile(pattern.replace("{role}", f"(?:{persons})")) for pattern in vocabulary("ties")[key]
    )


def tied(text: str, mentions: Sequence[Mention], cast: Cast) -> tuple[Mention, ...]:
    """The mentions, people with the body that stands beside their name."""
    return tuple(
        replace(mention, affiliation=_body(text, mention, cast) or mention.affiliation)
        if mention.kind == "person"
        else mention
        for mention in mentions
    )


def _body(text: str, mention: Mention, cast: Cast) -> str:
    """The body beside one mention, resolved as far as the article allows; empty if there is none."""
    line_end = text.find("\n", mention.end)
    stop = min(len(text) if line_end < 0 else line_end, mention.end + REACH)
    first = max(text.rfind("\n", 0, mention.start) + 1, mention.start - REACH)
    for pattern in _patterns("behind"):
        match = pattern.match(text, mention.end, stop)
        if match:
            return _resolved(text, match, cast)
    for pattern in _patterns("before"):
        match = pattern.search(text[first : mention.start])
        if match:
            return _resolved(text, match, cast, first)
    return ""


def _resolved(text: str, match: re.Match[str], cast: Cast, offset: int = 0) -> str:
    """The body that a match names: "the group's" is the group that was named."""
    start, end = match.start("body") + offset, match.end("body") + offset
    surface = re.sub(r"[’']s?$", "", text[start:end])
    if surface.lower() in words("owners"):
        return cast.resolve(surface, start, end)
    if " " not in surface and cast.state_of(surface):
        return cast.state_of(surface)
    lower = surface.lower()
    if lower in roles("groups"):
        return cast.resolve(f"the {lower}", start, start)
    return cast.body_in(start, end) or (cast.resolve(surface, start, end) if " " in surface else "")
