"""Capitals: where a report says of which state a city is the capital, so that the city's name may stand for its government."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.model import Mention
from parley.reader.speakers import Cast

CAPITAL = "capital"  # the role of a mention that shows a capital; its affiliation is the state
NAME = r"[A-Z][\w’'-]*?(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*?)*"
SHOWN = (
    re.compile(
        rf"(?P<city>{NAME}),\s+(?:the|its)\s+(?:\w+\s+)?capital\s+(?:city\s+)?of\s+(?:the\s+)?(?P<state>{NAME})\b"
    ),
    re.compile(rf"(?P<city>{NAME}),\s+(?:the\s+)?(?P<state>{NAME})(?:[’']s?)?\s+capital\b"),
    re.compile(rf"(?P<state>{NAME})(?:[’']s?)?\s+capital(?:\s+city)?(?:,|\s+of)?\s+(?P<city>{NAME})\b"),
    re.compile(
        rf"(?P<state>{NAME})(?:[’']s?)?\s+(?:government|authorities|administration)\s+in\s+(?P<city>{NAME})\b"
    ),
)


def capitals(text: str, names: Sequence[Mention], cast: Cast) -> Iterator[Mention]:
    """The phrases that show a capital, with the city as their name and the state beside it."""
    ends = {mention.end: mention for mention in names}
    named = {mention.text for mention in names}
    for pattern in SHOWN:
        for match in pattern.finditer(text):
            city, told = ends.get(match.end("city")), ends.get(match.end("state"))
            word = told.text if told else match["state"].split()[-1]
            state = cast.state_of(word) or (word if word in named else "")
            if city is not None and state not in {"", city.name}:
                start, end = (
                    city.start if pattern.pattern.startswith("(?P<city>") else match.start(),
                    match.end(),
                )
                shown = replace(city, start=start, end=end, text=text[start:end])
                yield replace(shown, kind="place", role=CAPITAL, affiliation=state)
