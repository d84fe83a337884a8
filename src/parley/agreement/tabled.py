"""A proposal while it is put together, and what is told of the answers to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.agreement.parties import Sides
from parley.agreement.proposers import known_in, pattern
from parley.linking.text import content_words
from parley.model import Act, Article

LONGEST = 300  # characters of an answer
ANSWERS = 1500  # characters behind a proposal in which an answer need not name it again
UNSURE = (
    "whether that is this one, none of these reports says)"  # ends an answer to what may be another proposal
)


@dataclass
class Table:
    """A proposal while it is put together."""

    name: str
    by: str
    changes: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)  # who is told not to have answered
    at: list[tuple[str, int]] = field(default_factory=list)  # (article, offset) of where it is named
    named: bool = True  # by one of the nouns, rather than told by what it is
    sure: bool = False  # a sentence that names the proposal names its proposer


def not_answered(table: Table, line: str, article: str, sides: Sides) -> None:
    """Parties that a sentence behind the proposal says have not answered, in its words."""
    neither = pattern("neither").search(line)
    single = pattern("no_reply").search(line)
    named = [neither["one"], neither["other"]] if neither else [single["who"]] if single else []
    for phrase in named:
        name = sides.of(phrase, article) or phrase.strip()
        if name != table.by:
            table.silent.add(name)
            table.responses.append(f"{name}: {line.strip()}")


def enter_answers(
    tables: Sequence[Table], acts: Sequence[Act], articles: Sequence[Article], sides: Sides
) -> None:
    """Acceptances and refusals by anybody but the proposer, at the proposals of their report, else at the last of that name."""
    place = {article.id: number for number, article in enumerate(articles)}
    texts = {article.id: article.text for article in articles}
    here: dict[str, list[tuple[int, Table]]] = defaultdict(list)
    named: dict[str, list[tuple[int, Table]]] = defaultdict(list)
    for table in tables:
        for article, offset in table.at:
            here[article].append((offset, table))
        named[noun_of_name(table.name)].append((place[table.at[0][0]], table))
    for act in acts:
        if act.act not in {"ACCEPT", "REJECT"} or not act.actor or act.article not in texts:
            continue
        words = set(content_words(act.text)[1:])
        meant = [table for offset, table in here[act.article] if _is_meant(table, act.start - offset, words)]
        earlier = (
            table
            for noun in sorted(words)
            for number, table in reversed(named.get(noun, []))
            if number <= place[act.article]
        )
        meant = meant or [table for table in (next(earlier, None),) if table]
        for table in {id(table): table for table in meant}.values():
            _answered(table, act, texts[act.article], sides)


def noun_of_name(name: str) -> str:
    """The last word of a proposal's name, by which answers speak of it; empty where there is none."""
    return content_words(name)[-1] if content_words(name) else ""


def _is_meant(table: Table, behind: int, words: set[str]) -> bool:
    """Whether an answer in the same report names a proposal, or stands behind it and shares a word with it."""
    known = {word for text in (table.name, *table.changes) for word in content_words(text)}
    return noun_of_name(table.name) in words or (0 < behind < ANSWERS and bool(words & known))


def _anothers(table: Table, text: str) -> str:
    """The proposal that an answer names as somebody else's: "the mediators' proposal" is not the envoy's for sure."""
    noun = table.name.split()[-1]
    owned = re.search(rf"\b([\w-]+)(?:[’']s?|s)\s+(?:\w+\s+)?{re.escape(noun)}\b", text)
    own = {*content_words(table.by), *content_words(table.name)}
    return owned.group() if owned and not own & set(content_words(owned.group(1))) else ""


def _answered(table: Table, act: Act, text: str, sides: Sides) -> None:
    """Enter one answer, in the words of its sentence from the act on."""
    name = known_in(act.actor, act.article, sides) or act.actor
    if name != table.by:
        rest = re.split(r"[.;\n]", text[act.start : act.start + LONGEST])[0]
        another = _anothers(table, act.text)
        unsure = f" (said of “{another}”; {UNSURE}" if another else ""
        table.responses.append(f"{name}: {max(act.text, rest, key=len)}{unsure}")
        if not another:
            table.answered.add(sides.of(act.actor, act.article) or name)
        table.evidence.append(act.id)
