"""Proposals: what is on the table, by whom, what it would change, who has answered and who has not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from parley.agreement.bodies import is_third
from parley.agreement.comparison import compare
from parley.agreement.parties import Sides
from parley.agreement.proposers import (
    Look,
    bearer,
    offered,
    pattern,
    proposer,
    role_of,
    who_before,
)
from parley.agreement.tabled import Table, enter_answers, not_answered, noun_of_name
from parley.linking.text import content_words, overlap
from parley.model import Act, Article, Proposal, Statement, Term, derived_id
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

SAME = 0.6  # share of the shorter name's words at which two proposals are one
COMMON = 50  # proposals that share a word, beyond which it proposes no more
MAYBE = 0.3  # share of the words of what they would change from which two descriptions might be of one
TELLING = 4  # words of a change by which two proposals that tell it are one
NEAR = 260  # characters behind the word "proposal" in which what it would change begins
BEFORE = 300  # characters before a sentence in which its pronouns find their names
NAME_WORDS = 9  # words of a thing put forward that name it
LONG = 12  # sentences of an answer to a question about a proposal that tell of it
GOES_ON = 4  # sentences behind a proposal that may go on with it
ARTICLES = re.compile(r"\b(?:a|an|the|its|his|her|their|this|that|any|no)\b|[’']s?\s", re.I)


@cache
def _any_noun() -> re.Pattern[str]:
    """A word for a proposal by itself, quickly told to be missing from a sentence."""
    return re.compile(rf"\b(?:{'|'.join(vocabulary('proposals')['nouns'])})\b", re.I)


@cache
def _nouns() -> re.Pattern[str]:
    """The word for a proposal with what stands right before it: "the mediators' new proposal"."""
    return re.compile(
        rf"(?P<before>(?:[“\"‘'][^”\"’'\n]{{2,40}}[”\"’']\s+|[\w’'.-]+\s+){{0,4}})(?P<kind>{_any_noun().pattern})"
        rf"(?!{vocabulary('proposals')['no_nouns']})",
        re.I,
    )


def find_proposals(
    articles: Sequence[Article],
    acts: Sequence[Act],
    statements: Sequence[Statement],
    sides: Sides,
    terms: Sequence[Term] = (),
    retold: frozenset[str] = frozenset(),
) -> tuple[Proposal, ...]:
    """One proposal per name and proposer, in the order of the reports; what has no proposer is left out.

    `retold` are the articles that only retell another: they add words, no proposals of their own.
    """
    look = Look(sides, {}, {}, {article.id: article.text for article in articles})
    for act in acts:
        if act.act == "OFFER" and act.actor:
            look.offers.setdefault(act.article, []).append(act)
    for statement in statements:
        look.statements.setdefault(statement.article, []).append(statement)
    tables: list[Table] = []
    for article in articles:
        if article.kind != "agreement":
            _read(article, tables, look, article.id in retold)
    tables = _merged(tables, sides)
    enter_answers(tables, acts, articles, sides)
    for table in tables:
        _told(table, look.statements)
    made = [_proposal(table, sides, terms) for table in tables if table.changes or table.responses]
    return tuple(_related(made))


def _read(article: Article, tables: list[Table], look: Look, retold: bool) -> None:
    """The proposals of one article, with the sentences that go on with them and the answers to a question about them."""
    current: Table | None = None
    asked = False
    for first, last in paragraphs(article.text):
        left = LONG if asked else 0
        for start, end in sentences(article.text[first:last]):
            line = article.text[first + start : first + end]
            found = _in_sentence(article, first + start, line, tables, look, retold)
            if found:
                current, left = found, GOES_ON
            elif current and left and (asked or pattern("goes_on").search(line)):
                current.changes += _clauses(line)
                left -= 1
            if current:
                not_answered(current, line, article.id, look.sides)
        asked = bool(current and line.endswith("?") and _nouns().search(line))


@lru_cache(maxsize=100_000)
def _named_in(line: str) -> tuple[re.Match[str], ...]:
    """Where a sentence names a proposal; kept, since every later build asks again."""
    found = _nouns().finditer(line) if _any_noun().search(line) else ()
    return tuple(match for match in found if ARTICLES.search(match["before"]))


def _in_sentence(
    article: Article, start: int, line: str, tables: list[Table], look: Look, retold: bool
) -> Table | None:
    """The last proposal that a sentence names, entered into the tables."""
    found: Table | None = None
    for match in _named_in(line):
        if line.endswith("?"):
            continue
        before = article.text[max(0, start - BEFORE) : start]
        by_act = offered(article.id, start + match.start("kind"), look)
        by = bearer(proposer(line, match, before, article.id, by_act, look.sides), look.sides)
        if by:
            name = _name(match)
            if found and found.by == by:  # "a new paper, the so-called bridge proposal"
                found.name = max(found.name, name, key=lambda one: len(content_words(one)))
            else:
                found = _on(tables, name, by)
            found.sure |= by.split()[-1] in line
            found.evidence += _evidence(article.id, start, start + len(line), look)
            found.at.append((article.id, start))
            found.changes += _changes(line[match.end() :])
    put = pattern("put_forward").search(line) if not found and not retold else None
    if put and not _nouns().search(put["what"][:60]):
        at = (start + put.start(), start + put.start("what"))
        by = who_before(line[: put.start()], article.id, at, look)
        if by:
            name = _short(put["what"])
            found = _on(tables, f"offer of {name}" if put["terms"] else name, by, named=False)
            found.evidence += _evidence(article.id, start, start + len(line), look)
            found.at.append((article.id, start))
            found.changes += _clauses(put["what"])
    return found


def _evidence(article: str, start: int, end: int, look: Look) -> list[str]:
    """The offers told between two offsets, else the article."""
    return [act.id for act in look.offers.get(article, ()) if start <= act.start < end] or [article]


def _on(tables: list[Table], name: str, by: str, named: bool = True) -> Table:
    """The proposal of that name and proposer, a new one if there is none."""
    own = [table for table in tables if table.by == by]
    for table in own:
        if overlap(content_words(name), content_words(table.name)) >= SAME:
            return table
    last = next((table for table in reversed(own) if table.named), None)
    if (
        last and named and not set(content_words(name)) - _general()
    ):  # "the plan", "the proposal": the one told before
        return last
    tables.append(Table(name, by, named=named))
    return tables[-1]


def _merged(tables: Sequence[Table], sides: Sides) -> list[Table]:
    """The proposals with those made one that are told in the same words, or as of "the mediator" who has only one name."""
    kept: list[Table] = []
    told: dict[frozenset[str], Table] = {}
    for table in tables:
        words = [frozenset(content_words(change)) for change in table.changes]
        same = next((told[one] for one in words if len(one) >= TELLING and one in told), None)
        if same is None or (table.sure and table.by != same.by):
            kept.append(table)
        else:
            _join(same, table)
        told |= {one: same or table for one in words if len(one) >= TELLING and one not in told}
    thirds = {actor.name for actor in sides.actors.values() if actor.kind == "person" and is_third(actor)}
    by_name = [table for table in kept if table.by in thirds and table.named]
    for table in list(kept):
        if role_of(table.by) and len({one.by for one in by_name}) == 1:
            _join(by_name[0], table)
            kept.remove(table)
    return kept


def _join(table: Table, other: Table) -> None:
    """Enter what is told of a proposal elsewhere."""
    table.changes += other.changes
    table.responses += other.responses
    table.evidence += other.evidence
    table.silent |= other.silent
    table.at += other.at


@cache
def _general() -> frozenset[str]:
    """The stems of the words for any proposal, and of those that tell none from another."""
    known = vocabulary("proposals")
    return frozenset(word for one in (*known["nouns"], *known["describing"]) for word in content_words(one))


def _name(match: re.Match[str]) -> str:
    """The word for the proposal with its own adjectives, without articles, owners and verbs."""
    before = re.sub(
        r"^.*\b(?:a|an|the|its|his|her|their|this|that|under|of|to|for|said|put|so-called)\s+",
        "",
        match["before"],
        flags=re.I,
    )
    before = re.sub(r"^.*[’']s?\s+", "", before) if not before.startswith(("“", '"', "‘")) else before
    return f"{before}{match['kind']}".strip()


def _short(what: str) -> str:
    """The head of what is put forward, as its name."""
    what = pattern("for_a_time").sub("", re.sub(r"^that\s+", "", what))
    head = pattern("name_ends").split(what)[0]
    words = re.sub(r"^(?:an?|the|that|to|its)\s+", "", head).strip(" ,”\"'").split()
    if len(words) > NAME_WORDS:
        cut = [
            place
            for place in range(3, NAME_WORDS)
            if words[place] in {"in", "on", "by", "with", "at", "between"}
        ]
        words = words[: cut[0] if cut else NAME_WORDS]
    return " ".join(words)


def _changes(rest: str) -> list[str]:
    """What a proposal would do, as the same sentence says it: from the clause that holds its verb, one change each."""
    match = pattern("changes").search(rest)
    if not match or match.start() >= NEAR:
        return []
    clause = rest.rfind(", ", 0, match.start())
    return _clauses(rest[clause + 1 if clause >= 0 else match.start() :])


def _clauses(text: str) -> list[str]:
    """A text in the single changes that it lists."""
    parts = (part.strip(' .,”“"') for part in pattern("clauses").split(text))
    return [part for part in parts if len(content_words(part)) > 1]


def _told(table: Table, statements: dict[str, list[Statement]]) -> None:
    """What statements of the reports that name a proposal say that it would do."""
    words = content_words(table.name)
    for article in dict.fromkeys(article for article, _ in table.at):
        for statement in statements.get(article, ()):
            content = " ".join(piece.text for piece in statement.content)
            if overlap(words, content_words(content)) >= SAME and pattern("changes").search(content):
                table.changes += _clauses(content)
                table.evidence.append(statement.id)


def _proposal(table: Table, sides: Sides, terms: Sequence[Term]) -> Proposal:
    changes = tuple(dict.fromkeys(table.changes))
    responses = tuple(dict.fromkeys(table.responses))
    own = sides.of(table.by, table.at[0][0])
    answered = {table.by, own, *(table.answered - table.silent)}
    return Proposal(
        derived_id("prop", [table.by], table.name),
        table.name,
        table.by,
        changes,
        responses,
        tuple(dict.fromkeys(table.evidence)),
        None,
        compare(changes, terms),
        tuple(party for party in sides.parties if party not in answered),
    )


def _related(made: Sequence[Proposal]) -> Iterator[Proposal]:
    """Proposals with what each is a version of, and with others that might be the same thing told otherwise."""
    words = [frozenset(w for change in one.changes for w in content_words(change)) for one in made]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(made):
        for word in {*words[place], noun_of_name(one.name)}:
            holders[word].append(place)
    latest: dict[str, str] = {}
    for place, one in enumerate(made):
        near = {other for word in {*words[place], noun_of_name(one.name)} for other in holders[word][:COMMON]}
        alike = tuple(
            made[other].id
            for other in sorted(near)
            if made[other].by != one.by
            and (
                noun_of_name(one.name) == noun_of_name(made[other].name)
                or overlap(words[place], words[other]) >= MAYBE
            )
        )
        newer = set(one.name.lower().split()) & set(vocabulary("proposals")["versions"])
        yield replace(one, version_of=latest.get(one.by) if newer else None, maybe_same_as=alike)
        latest[one.by] = one.id
