"""Positions: what each party has demanded, offered, accepted or refused on each issue, by whose account, and the shifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from parley.agreement.parties import Sides
from parley.agreement.proposers import pattern
from parley.linking.deeds import key_words
from parley.linking.text import content_words, stem
from parley.model import Act, Article, Need, Position, Shift, Statement, Term, derived_id
from parley.vocabulary import vocabulary

STANCES = {
    "DEMAND": "demands",
    "OFFER": "offers",
    "ACCEPT": "accepts",
    "REJECT": "refuses",
    "COMMIT": "promises",
    "THREATEN": "threatens",
    "SUSPEND": "suspends",
}
TOWARDS = {"offers": 1, "accepts": 1, "accepts with a reservation": 1, "promises": 1}
AGAINST = {"refuses": -1, "threatens": -1, "suspends": -1, "makes it a condition": 0, "demands": 0}
ABOUT = 2  # words that two positions on one issue have in common if one is a shift from the other
COMMON = 100  # conditions that hold a word, beyond which one more makes none less new
KNOWN = 0.5  # share of a condition's words that an earlier text had, from which it is not new
MOSTLY = 0.5  # share of a position's words that stand in quotation marks if it is in the party's own words
QUOTES = frozenset("“\"‘'«„")
PRECONDITION = "makes it a condition"


def find_positions(
    articles: Sequence[Article],
    acts: Sequence[Act],
    needs: Sequence[Need],
    statements: Sequence[Statement],
    terms: Sequence[Term],
    sides: Sides,
    retold: frozenset[str] = frozenset(),
) -> tuple[Position, ...]:
    """Every party's positions in the order of days; articles that only retell another add none."""
    told = {article.id: article for article in articles if article.id not in retold}
    by_id = {statement.id: statement for statement in statements}
    in_article: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        in_article[statement.article].append(statement)
    conditions: dict[str, list[Need]] = defaultdict(list)
    made: list[Position] = []
    for need in needs:
        if need.article in told and told[need.article].kind != "agreement":
            conditions[need.article].append(need)
            around = (
                s for s in in_article[need.article] if _overlap(s.content[0].start, s.content[-1].end, need)
            )
            made += _position(need, need.holder, PRECONDITION, next(around, None), told[need.article], sides)
    for act in acts:
        is_condition = any(_overlap(act.start, act.end, need) for need in conditions[act.article])
        if act.act in STANCES and act.article in told and not is_condition:
            said = by_id.get(act.statement or "")
            made += _position(act, act.actor, _stance(act), said, told[act.article], sides)
    ordered = sorted(made, key=lambda one: (str(one.day), one.id))
    return tuple(_new_marked(ordered, {need.id: need for need in needs}, terms))


def _overlap(start: int, end: int, row: Act | Need) -> bool:
    return start < row.end and row.start < end


def _stance(act: Act) -> str:
    reserved = act.act == "ACCEPT" and pattern("reservations").search(act.text)
    return "accepts with a reservation" if reserved else STANCES[act.act]


def _position(
    row: Act | Need, name: str, stance: str, statement: Statement | None, article: Article, sides: Sides
) -> Iterator[Position]:
    """A party's position by one row; nothing where the row is no party's."""
    party = sides.of(name, row.article)
    if party not in sides.parties:
        return
    speaker = statement.speaker_name if statement else ""
    chain = statement.chain if statement else ()
    across = [name for name in chain if sides.of(name, row.article) in {*sides.parties} - {party}]
    own = bool(speaker) and sides.of(speaker, row.article) == party and not across
    evidence = (row.id, *((statement.id,) if statement else ()))
    yield Position(
        derived_id("pos", evidence, f"{party}|{stance}"),
        party,
        issue_of(row.text),
        stance,
        row.text,
        (row.date if isinstance(row, Act) else None) or article.published,
        "" if own else across[-1] if across else speaker or article.outlet,
        "; ".join(chain),
        False,
        evidence,
        own and is_quoted(row, statement, article.text),
    )


def is_quoted(row: Act | Need, statement: Statement | None, text: str) -> bool:
    """Whether most of a row's words stand in the quotation marks of a statement."""
    inside = [
        min(row.end, piece.end) - max(row.start, piece.start)
        for piece in (statement.content if statement else ())
        if _overlap(piece.start, piece.end, row) and text[max(0, piece.start - 1) : piece.start] in QUOTES
    ]
    return sum(inside) >= MOSTLY * (row.end - row.start)


@cache
def _issues() -> Mapping[str, frozenset[str]]:
    """Issue -> the stems of its words, over all domains."""
    domains = ("ceasefire", "exchange", "labour", "trade")
    return {
        issue: frozenset(stem(word) for word in named)
        for domain in domains
        for issue, named in vocabulary("issues")[domain].items()
    }


def issue_of(text: str) -> str:
    """The issue that most of a text's words are on; "other" where none of the known issues is named."""
    words = content_words(text)
    scores = {issue: sum(word in named for word in words) for issue, named in _issues().items()}
    best = max(scores, key=lambda issue: scores[issue])
    return best if scores[best] else "other"


def _new_marked(
    ordered: Sequence[Position], needs: Mapping[str, Need], terms: Sequence[Term]
) -> Iterator[Position]:
    """Conditions that neither the agreement in force nor an earlier report had are marked as new."""
    holders: dict[str, set[str]] = defaultdict(set)
    in_force = [term for term in terms if term.source in {"text", "person"}]
    for term in in_force:
        for word in key_words(f"{term.act} {term.object}"):
            holders[word].add(term.id)
    for one in ordered:
        need = needs.get(one.evidence[0])
        if need is None:
            yield one
            continue
        words = key_words(need.needs)
        near: dict[str, int] = defaultdict(int)
        for word in words:
            for holder in holders[word]:
                near[holder] += 1
        known = max(near.values(), default=0) >= KNOWN * len(words)
        yield replace(one, new=bool(in_force) and bool(words) and not known)
        for word in words:
            if len(holders[word]) < COMMON:
                holders[word].add(one.id)


def find_shifts(positions: Sequence[Position]) -> tuple[Shift, ...]:
    """From one position of a party on an issue to its next where it turns: towards what it refused, or away from it."""
    latest: dict[tuple[str, str], Position] = {}
    found = []
    for one in positions:
        before = latest.get((one.party, one.issue))
        if before and before.day != one.day and _turns(before, one):
            evidence = (before.id, one.id)
            found.append(
                Shift(
                    derived_id("shift", evidence),
                    one.party,
                    one.issue,
                    before.id,
                    one.id,
                    f"{before.stance}, then {one.stance}",
                    evidence,
                )
            )
        latest[one.party, one.issue] = one
    return tuple(found)


def _turns(before: Position, after: Position) -> bool:
    """Whether two positions about the same thing point different ways."""
    ways = TOWARDS | AGAINST
    shared = key_words(before.act) & key_words(after.act)
    return ways[before.stance] != ways[after.stance] and len(shared) >= ABOUT
