"""Proposals: what is on the table, by whom, what it would change, and who has answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from parley.agreement.terms import pattern
from parley.linking.actors import actor_id, speaker_index
from parley.linking.text import content_words, overlap
from parley.model import Act, Actor, Article, Proposal, Statement, derived_id
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

SAME = 0.6  # share of the shorter name's words at which two proposals are one
NEAR = 260  # characters behind the word "proposal" in which what it would change begins
OWN_WORDS = 3  # words that may stand between an owner and what is his: "the envoy's new written proposal"
OWNER = re.compile(r"((?:the\s+)?[\w-]+(?:\s+[\w-]+){0,3}?)[’']s?\s")
BY = re.compile(
    r"\s+(?:(?:put forward|made|drafted|offered|presented|submitted)\s+)?(?:by|from)\s+([^,.;]{3,60})"
)
WHO_PUT = re.compile(
    r",?\s+(?:that|which)\s+([^,.;]{3,60}?),?\s+(?:[^,]{3,40},\s+)?(?:has\s+|had\s+)?"
    r"(?:put|presented|laid|submitted|made|tabled|offered|drafted|brought|gave)\b"
)
PUT = re.compile(
    r"([^;“”]{3,90}?)\s+(?:has\s+|had\s+)?(?:put|presented|laid|submitted|tabled|drafted|brought|gave|circulated|unveiled)\b[^.;]{0,50}$"
)


@dataclass
class _Table:
    """A proposal while it is put together."""

    name: str
    by: str
    changes: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


@cache
def _kinds() -> re.Pattern[str]:
    """The word for a proposal with what stands right before it: "the mediators' new proposal"."""
    kinds = "|".join(vocabulary("agreement")["proposals"])
    return re.compile(
        rf"(?P<before>(?:[“\"‘'][^”\"’'\n]{{2,40}}[”\"’']\s+|[\w’'.-]+\s+){{0,4}})\b(?P<kind>{kinds})\b(?!\s+of\s+(?:fire|sale))",
        re.I,
    )


def find_proposals(
    articles: Sequence[Article], acts: Sequence[Act], statements: Sequence[Statement], actors: Sequence[Actor]
) -> tuple[Proposal, ...]:
    """One proposal per name and proposer, in the order of the reports; what has no proposer is left out."""
    index = speaker_index(actors)
    names = {actor.id: actor.name for actor in actors}
    tables: list[_Table] = []
    for article in articles:
        offers = [act for act in acts if act.article == article.id and act.act == "OFFER" and act.actor]
        for start, end in sentences(article.text) if article.kind != "agreement" else ():
            sentence = article.text[start:end]
            for match in filter(_is_noun, _kinds().finditer(sentence)):
                by = _proposer(sentence, match, article.id, index, names) or _offered(
                    offers, start, match, index, names
                )
                if by:
                    table = _on(tables, _name(match), by)
                    table.evidence += [act.id for act in offers if start <= act.start < end] or [article.id]
                    table.changes += _changes(sentence[match.end() :])
    for table in tables:
        _answers(table, acts, index, names)
        _told(table, statements)
    return tuple(
        Proposal(
            derived_id("prop", [table.by], table.name),
            table.name,
            table.by,
            tuple(dict.fromkeys(table.changes)),
            tuple(dict.fromkeys(table.responses)),
            tuple(dict.fromkeys(table.evidence)),
        )
        for table in tables
    )


def _is_noun(match: re.Match[str]) -> bool:
    """Whether the word stands as a noun: an article or an owner before it."""
    return (
        re.search(r"\b(?:a|an|the|its|his|her|their|this|that|any|no)\b|[’']s?\s", match["before"], re.I)
        is not None
    )


def _on(tables: list[_Table], name: str, by: str) -> _Table:
    """The proposal of that name and proposer, a new one if there is none."""
    for table in tables:
        if table.by == by and overlap(content_words(name), content_words(table.name)) >= SAME:
            return table
    tables.append(_Table(name, by))
    return tables[-1]


def _name(match: re.Match[str]) -> str:
    """The word for the proposal with its own adjectives, without articles, owners and verbs."""
    before = re.sub(
        r"^.*\b(?:a|an|the|its|his|her|their|this|that|new|under|of|to|for|said|put)\s+",
        "",
        match["before"],
        flags=re.I,
    )
    before = re.sub(r"^.*[’']s?\s+", "", before) if not before.startswith(("“", '"', "‘")) else before
    return f"{before}{match['kind']}".strip()


def _proposer(
    sentence: str,
    match: re.Match[str],
    article: str,
    index: dict[tuple[str, str], str],
    names: dict[str, str],
) -> str:
    """Whose proposal it is, by its owner, "by" or "from", or a relative clause: "that the envoy put to both"."""
    before, behind = sentence[: match.start("kind")], sentence[match.end() :]
    owners = [owner for owner in OWNER.finditer(before) if len(before[owner.end() :].split()) <= OWN_WORDS]
    ways = (owners[-1] if owners else None, BY.match(behind), WHO_PUT.match(behind), PUT.search(before))
    for way in ways:
        known = _known(way.group(1), article, index, names) if way else ""
        if known:
            return known
        if way and re.match(r"the\s+[\w-]+$", way.group(1).strip()):
            return way.group(1).strip()
    return ""


def _known(phrase: str, article: str, index: dict[tuple[str, str], str], names: dict[str, str]) -> str:
    """The actor that a phrase names: all of it, else its longest run of words that is a known name."""
    words = phrase.strip().split()
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            found = actor_id(index, article, " ".join(words[first : first + size]))
            if found:
                return names[found]
    return ""


def _offered(
    offers: Sequence[Act],
    start: int,
    match: re.Match[str],
    index: dict[tuple[str, str], str],
    names: dict[str, str],
) -> str:
    """Who offers it by an act in whose words the proposal stands."""
    at = start + match.start("kind")
    for act in offers:
        if act.start <= at < act.end:
            found = actor_id(index, act.article, act.actor)
            return names[found] if found else act.actor
    return ""


def _changes(rest: str) -> Iterator[str]:
    """What a proposal would do, as the same sentence says it: the clause with its verb, from the comma before it."""
    match = pattern("changes").search(rest)
    if match and match.start() < NEAR:
        clause = rest.rfind(", ", 0, match.start())
        yield rest[clause + 1 if clause >= 0 else match.start() :].strip(' .,”"')


def _answers(
    table: _Table, acts: Sequence[Act], index: dict[tuple[str, str], str], names: dict[str, str]
) -> None:
    """Acceptances and refusals that name the proposal, by anybody but its proposer."""
    kind = table.name.split()[-1].lower()
    for act in acts:
        if (
            act.act in {"ACCEPT", "REJECT"}
            and act.actor
            and re.search(rf"\b{re.escape(kind)}s?\b", act.text, re.I)
        ):
            found = actor_id(index, act.article, act.actor)
            name = names[found] if found else act.actor
            if name != table.by:
                table.responses.append(f"{name}: {act.text}")
                table.evidence.append(act.id)


def _told(table: _Table, statements: Sequence[Statement]) -> None:
    """What statements say that the proposal would do."""
    words = content_words(table.name)
    for statement in statements:
        content = " ".join(piece.text for piece in statement.content)
        if overlap(words, content_words(content)) >= SAME and pattern("changes").search(content):
            table.changes.append(content)
            table.evidence.append(statement.id)
