"""Alleged violations: who alleges what of whom, the term it would break or "no term named", and the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.agreement.terms import pattern
from parley.linking.text import content_words, fold, overlap
from parley.model import Act, Breach, Statement, derived_id

NO_TERM = "no term named"
ANSWERS = 0.25  # share of the shorter text's words that an answer and an allegation have in common


def find_breaches(
    acts: Sequence[Act], statements: Sequence[Statement], names: Sequence[str]
) -> tuple[Breach, ...]:
    """One row per accusation that alleges a broken obligation; denials are those of the accused."""
    content = {s.id: " ".join(piece.text for piece in s.content) for s in statements}
    denials = [act for act in acts if act.act == "DENY" and act.actor]
    found = []
    for act in acts:
        if act.act != "ACCUSE" or not act.actor or not pattern("breach").search(act.text):
            continue
        accused = act.target or _accused(act, names)
        if not accused or accused == act.actor:
            continue
        answers = [deny for deny in denials if _answers(deny, act, accused)]
        found.append(
            Breach(
                derived_id("breach", [act.id]),
                act.actor,
                accused,
                _term(content.get(act.statement or "", act.text)),
                act.article,
                tuple(dict.fromkeys(deny.actor for deny in answers)),
                (act.id, *(deny.id for deny in answers)),
            )
        )
    return tuple(found)


def _accused(act: Act, names: Sequence[str]) -> str:
    """The last named party before the word of violation, or the first behind it; empty where none is named."""
    match = pattern("breach").search(act.text)
    if not match:
        return ""
    before = [
        (act.text.rfind(name, 0, match.start()), name)
        for name in names
        if name != act.actor and name in act.text[: match.start()]
    ]
    behind = [
        (act.text.find(name, match.end()), name)
        for name in names
        if name != act.actor and name in act.text[match.end() :]
    ]
    if before:
        return max(before)[1]
    return min(behind)[1] if behind else ""


def _answers(deny: Act, act: Act, accused: str) -> bool:
    if overlap(content_words(deny.text), content_words(act.text)) < ANSWERS or deny.actor == act.actor:
        return False
    return bool(set(fold(deny.actor).split()) & set(fold(accused).split())) or deny.article == act.article


def _term(text: str) -> str:
    """The provision that the allegation names, else the thing said to be broken, else no term."""
    named = pattern("term_named").search(text)
    if named:
        return named.group()
    match = re.search(
        r"\b(?:violat\w+|breach\w*|reneg\w+\s+on|broke\w*)\s+(?:of\s+)?((?:the|its|this|their)\s+[^,.;“”\"]{3,60})",
        text,
        re.I,
    )
    return match.group(1).strip() if match else NO_TERM
