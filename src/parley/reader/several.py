"""Several: phrases for one of many, for two sides, and for somebody of a person who is named in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from parley.model import Mention
from parley.reader.antecedents import Antecedents
from parley.reader.names import roles

ONE_OF_THEM = re.compile(
    r"(?P<who>one|two|another|the other|the (?:second|third))(?:\s+of\s+(?:them|these|those))?"
)
BOTH = re.compile(
    r"(?:both|each|either|neither)(?: of them)?|(?:both|each|either|neither|the two)(?: of the)? (?P<noun>\w+)"
)
NEAR = 10  # characters before "sides" in which "both" is looked for
SEVERAL = re.compile(r"(?:one of |the other of )?(?P<several>(?:two|three|four|five|six|several)\s.+)")


def one_of_them(antecedents: Antecedents, lower: str, start: int) -> str:
    """Whom "one of them" or "the other" means where several unnamed people were heard last: "one of two aides"."""
    told = ONE_OF_THEM.fullmatch(lower)
    last = antecedents.before(start)[:1] if told else []
    several = SEVERAL.fullmatch(last[0][1]) if last else None
    return f"{told['who']} of {several['several']}" if told and several else ""


def both(text: str, mentions: Sequence[Mention], lower: str, start: int) -> str:
    """The two bodies that "both sides" are: those that an article names most, the first one first."""
    before = text[max(0, start - NEAR) : start].rpartition("\n")[2].lower().split()[-1:]
    told = BOTH.fullmatch(lower) or BOTH.fullmatch(" ".join([*before, lower]))
    if told is None or (told["noun"] and told["noun"] not in roles("sides")):
        return ""
    often = Counter(m.name for m in mentions if m.kind in {"organisation", "state", "unknown"})
    ranked = often.most_common(3)
    clear = len(ranked) > 1 and ranked[1][1] > 1 and (len(ranked) == 2 or ranked[1][1] > ranked[2][1])
    first_two = {name for name, _ in ranked[:2]}
    return " and ".join(name for name in often if name in first_two) if clear else ""


def in_full(name: str, inside: Sequence[Mention]) -> str:
    """An unnamed speaker's phrase with the full name of the person in it: "a spokesman for Ana Sol"."""
    for one in inside:
        shorter = one.kind == "person" and len(one.text.split()) < len(one.name.split())
        if shorter and one.name not in name:
            small = "|".join(sorted(roles("connectors") - {"of", "for"}))
            text = rf"(?<!\w)(?:(?:{small})\s)*{re.escape(one.text)}(?!\w)"
            name = re.sub(text, one.name, name, count=1)
    return name
