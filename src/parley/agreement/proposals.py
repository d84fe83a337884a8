"""Proposals: what is on the table, by whom, what it would change, and who has answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.agreement.terms import pattern
from parley.linking.text import content_words, overlap
from parley.model import Act, Proposal, Statement, derived_id
from parley.vocabulary import vocabulary

SAME = 0.6  # share of the shorter name's words at which two proposals by one actor are one
NAME = re.compile(
    r"((?:[“\"‘'][^”\"’']{2,40}[”\"’']\s+)?(?:[\w’'-]+\s+){0,4}?)\b(KINDS)\b((?:\s+(?:to|for|on|of)\s+[^,.;“”\"]{3,60})?)",
    re.I,
)


def find_proposals(acts: Sequence[Act], statements: Sequence[Statement]) -> tuple[Proposal, ...]:
    """One proposal per name and proposer, in order of the first act that offers it."""
    groups: list[tuple[str, str, list[Act]]] = []
    for act in acts:
        if act.act != "OFFER" or not act.actor:
            continue
        name = _name(act.text)
        if not name:
            continue
        for known, by, offered in groups:
            if by == act.actor and overlap(content_words(name), content_words(known)) >= SAME:
                offered.append(act)
                break
        else:
            groups.append((name, act.actor, [act]))
    return tuple(_proposal(name, by, offered, acts, statements) for name, by, offered in groups)


def _name(text: str) -> str:
    kinds = "|".join(vocabulary("agreement")["proposals"])
    match = re.search(NAME.pattern.replace("KINDS", kinds), text, re.I)
    if not match:
        return ""
    before = re.sub(r"^.*\b(?:a|an|the|its|his|her|their|new)\s+", "", match.group(1), flags=re.I).strip()
    return f"{before} {match.group(2)}{match.group(3)}".strip()


def _proposal(
    name: str, by: str, offered: Sequence[Act], acts: Sequence[Act], statements: Sequence[Statement]
) -> Proposal:
    words = content_words(name)
    kind = name.split()[-1].lower()
    changes, evidence, responses = [], [act.id for act in offered], []
    for statement in statements:
        content = " ".join(piece.text for piece in statement.content)
        about = overlap(words, content_words(content)) >= SAME or re.search(
            rf"\b(?:the|this) (?:{re.escape(kind)}|proposal|plan|offer)\b", content
        )
        if about and pattern("changes").search(content):
            changes.append(content)
            evidence.append(statement.id)
    changes += [act.text for act in offered if pattern("changes").search(act.text)]
    for act in acts:
        if (
            act.act in {"ACCEPT", "REJECT"}
            and act.actor != by
            and (overlap(words, content_words(act.text)) >= SAME or "propos" in content_words(act.text))
        ):
            responses.append(f"{act.actor}: {act.text}")
            evidence.append(act.id)
    return Proposal(
        derived_id("prop", [offered[0].id], name),
        name,
        by,
        tuple(dict.fromkeys(changes)),
        tuple(dict.fromkeys(responses)),
        tuple(dict.fromkeys(evidence)),
    )
