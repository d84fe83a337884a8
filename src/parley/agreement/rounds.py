"""Handovers as told: which counts a report says were handed over, by whom to whom, on which day, by whose account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.agreement.clause import Look, read_clause, teller
from parley.agreement.handed import CONDITION, Handed, noun_of, own_noun, unit_of, with_givers, words
from parley.agreement.parties import Sides
from parley.linking.text import content_words, overlap
from parley.model import Article, Figure, Lineage, Span, Statement, Time
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

COUNTER = re.compile(r"\b(?:against|in\s+(?:return|exchange)\s+for)\s+$")
ALSO = re.compile(r"(?:\band|[,:])\s+$")
TO_NAMED = re.compile(r"\s*(?:[a-z-]+\s+){0,3}?to\s+(?:the\s+)?([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)")
GAP = re.compile(r"[,;]\s+(?:and\s+|while\s+)?((?:the\s+)?[A-Z][\w’' -]{2,40}?)\s+$")
RETOLD = 0.8  # share of words from which a passage is another report's


def read_handed(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    times: Sequence[Time],
    lineage: Sequence[Lineage],
    sides: Sides,
) -> tuple[Handed, ...]:
    """Every count that its own clause tells to be handed over, in the order of the reports; retold passages left out."""
    look = Look(sides, defaultdict(list), defaultdict(list), defaultdict(list))
    for figure in figures:
        look.counts[figure.article].append(figure)
    for statement in statements:
        look.statements[statement.article].append(statement)
    for time in times:
        look.times[time.article].append(time)
    whole = {edge.derived for edge in lineage if edge.kind != "excerpt"}
    passages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for edge in lineage:
        passages[edge.derived] += [
            (own.start, own.end) for own, other in edge.passages if _retold(own, other)
        ]
    found: list[Handed] = []
    owed: list[Handed] = []
    for article in articles:
        if article.id in whole:
            continue
        if article.kind == "agreement":
            owed += (row for at in sentences(article.text) for row in _in_sentence(article, *at, look))
            continue
        for start, end in sentences(article.text):
            if not any(first < end and start < last for first, last in passages[article.id]):
                told = _so_far(list(_in_sentence(article, start, end, look)))
                for row in told:
                    found.append(_same_day(row, found, article, article.text[start:end]))
    return with_givers(found, owed)


def _retold(own: Span, other: Span) -> bool:
    """Whether a passage is taken over: nearly all its words, numbers among them, stand in the other."""
    return overlap(content_words(own.text), content_words(other.text)) >= RETOLD


def _so_far(rows: list[Handed]) -> list[Handed]:
    """The counts of one sentence: the living beside the dead without a day is the count so far, and no new round."""
    both = {row.unit for row in rows if row.done} >= set(CONDITION)
    return [replace(row, running=row.running or (both and row.done and not row.day_told)) for row in rows]


def _same_day(row: Handed, before: Sequence[Handed], article: Article, sentence: str) -> Handed:
    """A round without a day of its own with that of the one told before it; behind "in return" it is told outright."""
    last = before[-1] if before else None
    if row.day_told or row.running or not row.done or last is None:
        return row
    if last.article != row.article or last.running or last.day == article.published:
        return row
    return replace(row, day=last.day, day_told=bool(words("follows").search(sentence)))


def _in_sentence(article: Article, start: int, end: int, look: Look) -> Iterator[Handed]:
    found: list[Handed] = []
    for figure in look.counts[article.id]:
        if start <= figure.start < end and _is_goods(figure):
            own = list(read_clause(article, figure, start, end, look))
            found += own or _like_last(article, figure, (start, end), look, found)
    yield from _both_ways(_without_wholes(found))
    for match in words("none").finditer(article.text[start:end]):
        told = teller(article, start + match.start(), look)
        to = look.sides.party(match["what"])
        if to:
            ends = (look.sides.other(to), to, article.published)
            yield Handed(
                article.id, article.id, 0.0, "person", match["what"], *ends, False, True, True, False, told
            )


def _like_last(
    article: Article,
    figure: Figure,
    sentence: tuple[int, int],
    look: Look,
    found: Sequence[Handed],
) -> list[Handed]:
    """A count without a verb of its own, by that of the count before it: "and 11 to Toria", "for 75 rifles", "the union 40"."""
    lead, rest = article.text[sentence[0] : figure.start], article.text[figure.end : sentence[1]]
    if not found:
        return []
    same = replace(found[-1], row=figure.id, count=figure.low or 0.0)
    if COUNTER.search(lead):
        giver = same.to or look.sides.other(same.from_)
        to = same.from_ if figure.unit in CONDITION else ""
        own = replace(same, unit=unit_of(figure), noun=noun_of(figure), own_noun=bool(own_noun(figure)))
        return [replace(own, from_=giver, to=to, at_once=True, running=False, inferred="")]
    named = TO_NAMED.match(rest)
    if named and ALSO.search(lead):
        to = look.sides.of(named[1], article.id)
        return [replace(same, from_=look.sides.other(to), to=to, inferred="giver")] if to else []
    gap = GAP.search(lead)
    if gap and unit_of(figure) != same.unit:  # "Toria shall free 40 men, and Brena 9 tonnes of grain"
        giver = look.sides.of(gap[1], article.id)
        own = replace(same, unit=unit_of(figure), noun=noun_of(figure), own_noun=bool(own_noun(figure)))
        return (
            [replace(own, from_=giver, to=same.from_, inferred="receiver" if same.from_ else "")]
            if giver not in {"", same.from_}
            else []
        )
    if gap and not rest.strip(' .”"’'):
        return [replace(same, told_by=look.sides.of(gap[1], article.id) or gap[1])]
    return []


def _both_ways(rows: Sequence[Handed]) -> list[Handed]:
    """The counts of one sentence; of two receivers each gives what the other gets, and of two givers each gets it."""
    getters = list(dict.fromkeys(row.to for row in rows if row.inferred == "giver" and row.to))
    if len(getters) == 2:
        other = dict(zip(getters, reversed(getters)))
        return [replace(row, from_=row.from_ or other.get(row.to, "")) for row in rows]
    answered = {row.to: row.from_ for row in rows if row.inferred == "receiver" and row.from_}
    return [
        row
        if row.to or row.from_ not in answered
        else replace(row, to=answered[row.from_], inferred="receiver")
        for row in rows
    ]


def _without_wholes(rows: Sequence[Handed]) -> list[Handed]:
    """The counts of one sentence less one that the others of it add up to: "88 have crossed: 57 to Toria and 31 to Brena"."""
    wholes = {
        row.row
        for row in rows
        if len(rows) > 2 and row.count == sum(one.count for one in rows if one is not row)
    }
    return [row for row in rows if row.row not in wholes]


def _is_goods(figure: Figure) -> bool:
    """Whether a count is of something that one side can hand to another."""
    return (
        bool(figure.low) and "/" not in figure.unit and figure.unit not in vocabulary("handovers")["no_goods"]
    )
