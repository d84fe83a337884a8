"""Claims: the same thing said in one or more reports, with the two counts, carried by and voices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import networkx as nx

from parley.linking.actors import side_of
from parley.linking.text import content_words, rarity, weighted_overlap
from parley.model import Act, Actor, Article, Claim, Statement, derived_id
from parley.vocabulary import vocabulary

SAME = 0.55  # weighted word overlap from which two contents say the same
SAME_SPEAKER = 0.40  # ... where one and the same actor says both
ANSWERS = 0.30  # ... from which a denial answers a claim
COMMON = 60  # a word in more statements than this proposes no pairs


def link_claims(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    acts: Sequence[Act],
    derived: frozenset[str],
    actors: Sequence[Actor] = (),
) -> tuple[Claim, ...]:
    """One claim per cluster of statements, in text order. Only another side's denial of something asserted answers it."""
    known = {actor.id: actor for actor in actors}
    bags = [frozenset(content_words(" ".join(piece.text for piece in s.content))) for s in statements]
    weights = rarity(bags)
    denials = {act.statement for act in acts if act.act == "DENY" and act.statement}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(statements)))
    answers: dict[int, list[int]] = defaultdict(list)
    for one, other in _pairs(bags):
        score = weighted_overlap(set(bags[one]), set(bags[other]), weights)
        first, second = statements[one], statements[other]
        speaker = first.actor is not None and first.actor == second.actor
        if (first.id in denials) != (second.id in denials):
            claim, denial = (one, other) if second.id in denials else (other, one)
            if (
                score >= ANSWERS
                and not _negated(statements[claim])
                and _side(first, known) != _side(second, known)
            ):
                answers[claim].append(denial)
        elif score >= (SAME_SPEAKER if speaker else SAME):
            graph.add_edge(one, other)
    published = {article.id: article.published for article in articles}
    return tuple(
        _claim(
            [statements[i] for i in sorted(cluster)],
            [statements[d] for i in sorted(cluster) for d in answers[i]],
            derived,
            published,
        )
        for cluster in sorted(nx.connected_components(graph), key=min)
    )


def _side(statement: Statement, known: dict[str, Actor]) -> str:
    """The side that a statement's speaker counts for; the name where none is known."""
    side = side_of(known.get(statement.actor or ""), known)
    return side.id if side else statement.speaker_name


def _retells(statement: Statement, others: Sequence[Statement]) -> bool:
    """Whether somebody only tells, in the same words of the same report, what another of the voices says."""
    first, last = statement.content[0].start, statement.content[-1].end
    return any(
        other is not statement
        and other.article == statement.article
        and first <= other.content[0].start
        and other.content[-1].end <= last
        and statement.speaker_name in other.chain
        for other in others
    )


def _negated(statement: Statement) -> bool:
    """Whether a statement says that something is not so: then a denial of the like says the same."""
    content = " ".join(piece.text for piece in statement.content).lower()
    return bool(set(re.findall(r"[\w’']+", content)) & set(vocabulary("deeds")["negations"]))


def _pairs(bags: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of statements that share two words or more, through an inverted index."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, bag in enumerate(bags):
        partners: dict[int, int] = defaultdict(int)
        for word in bag:
            if len(holders[word]) <= COMMON:
                for other in holders[word]:
                    partners[other] += 1
            holders[word].append(index)
        yield from ((other, index) for other, shared in sorted(partners.items()) if shared >= 2)


def _claim(
    says: list[Statement],
    denied: list[Statement],
    derived: frozenset[str],
    published: Mapping[str, date | None],
) -> Claim:
    carried = tuple(dict.fromkeys(s.article for s in says if s.article not in derived))
    original = [s for s in says if s.article in carried] or says
    voices = tuple(dict.fromkeys(s.actor for s in original if s.actor and not _retells(s, original)))
    days = sorted(s.date for s in says if s.date)
    reported = sorted(day for day in (published[s.article] for s in says) if day)
    return Claim(
        derived_id("clm", [says[0].id]),
        tuple(s.id for s in says),
        tuple(dict.fromkeys(s.id for s in denied)),
        carried,
        voices,
        days[0] if days else None,
        reported[0] if reported else None,
        tuple(s.id for s in (*says, *denied)),
    )
