"""verify(): every span reproduces its text, every id derives again from its row, every sum still adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.contract import tables
from parley.corrections.apply import as_it_came
from parley.model import (
    Account,
    Act,
    Article,
    Figure,
    FigureRelation,
    Need,
    Phase,
    Place,
    Record,
    Term,
    ThirdParty,
    Time,
    Tombstone,
    article_id,
    row_id,
)
from parley.redaction import is_redacted


@dataclass(frozen=True)
class Report:
    """What a verification looked at, and the problems that it found, one line each."""

    spans: int
    ids: int
    sums: int
    problems: tuple[str, ...]
    redacted: tuple[str, ...] = ()  # what was removed, and by whom


def verify(record: Record) -> Report:
    """Prove a record: grounding, ids, references, sums."""
    articles = {article.id: article for article in record.articles}
    spans = list(_spans(record))
    problems = [
        p
        for article, start, end, text, row in spans
        for p in _span_problem(articles, article, start, end, text, row)
    ]
    ids = list(_ids(record))
    problems += [f"{row}: its id derives as {again}" for row, again in ids if row != again]
    problems += _reference_problems(record)
    problems += _actor_problems(record)
    sums = [relation for relation in record.figure_relations if relation.relation == "adds_up"]
    problems += [problem for relation in sums for problem in _sum_problem(record, relation)]
    return Report(len(spans), len(ids), len(sums), tuple(problems), tuple(map(_removed, record.tombstones)))


def _removed(one: Tombstone) -> str:
    """A tombstone in a line."""
    reason = f": {one.reason}" if one.reason else ""
    what = {"name": "a name", "text": "a whole text"}.get(one.what, one.what)
    places = "1 place" if one.places == 1 else f"{one.places} places"
    return f"redacted: {what}, {places}, by {one.author} on {one.at[:10]}{reason} [{one.id}]"


def _spans(record: Record) -> Iterator[tuple[str, int, int, str, str]]:
    """(article, start, end, text, row) of every stretch that a row claims to be verbatim."""
    for statement in record.statements:
        pieces = [*statement.content, *(span for span in (statement.speaker, statement.cue) if span)]
        yield from ((statement.article, piece.start, piece.end, piece.text, statement.id) for piece in pieces)
    located: list[Figure | Place | Act | Need | Account | Term] = [
        *record.figures,
        *record.places,
        *record.acts,
        *record.needs,
        *record.accounts,
        *(term for term in record.terms if term.article),
    ]
    yield from ((row.article, row.start, row.end, row.text, row.id) for row in located)
    placed: list[Time | Phase | ThirdParty] = [*record.times, *record.phases, *record.third_parties]
    for at in placed:
        if at.article:
            yield at.article, *at.at, at.text, at.id
    yield from ((b.article, b.start, b.end, b.text, b.id) for b in record.breaches if b.text)
    for actor in record.actors:
        yield from ((m.article, m.start, m.end, m.text, actor.id) for m in actor.mentions)
    for edge in record.lineage:
        for derived, original in edge.passages:
            yield edge.derived, derived.start, derived.end, derived.text, edge.id
            yield edge.from_, original.start, original.end, original.text, edge.id
    yield from ((one.article, one.start, one.end, one.text, one.id) for one in record.struck)
    for note in record.notes:
        yield note.article, note.start, note.end, note.text, note.id
        if note.translation:
            yield note.article, note.translation.start, note.translation.end, note.translation.text, note.id
    edges = {edge.id: edge for edge in record.lineage}
    for drift in record.drifts:
        edge = edges[drift.lineage]
        for article, span in ((edge.from_, drift.before), (edge.derived, drift.after)):
            if span:
                yield article, span.start, span.end, span.text, drift.id
    for passage in record.shared_passages:
        yield from ((article, span.start, span.end, span.text, passage.id) for article, span in passage.spans)


def _span_problem(
    articles: dict[str, Article], article: str, start: int, end: int, text: str, row: str
) -> Iterator[str]:
    if article not in articles:
        yield f"{row}: names article {article}, which the record does not hold"
    elif not text or articles[article].text[start:end] != text:
        yield f"{row}: {articles[article].file} {start}-{end} does not read {text[:40]!r}"


def _ids(record: Record) -> Iterator[tuple[str, str]]:
    """(id, the id that derives from the row) for articles and for rows that stand in a text.

    A report keeps the id that it came in with, a corrected row that of its reading; beside a struck row no number is told.
    """
    decided = {one.row for one in record.outcomes}
    struck = {(one.article, one.start) for one in record.struck}
    for article in map(as_it_came, record.articles):
        if is_redacted(article, record.tombstones):
            continue
        yield (
            article.id,
            article_id(article.outlet, article.url or article.file, article.published, article.text),
        )
    seen: dict[tuple[str, str, tuple[tuple[int, int], ...], str], int] = {}
    rows: list[tuple[str, str, str, list[tuple[int, int]], str]] = []
    rows += [
        (s.id, "stm", s.article, [(p.start, p.end) for p in s.content], "statement")
        for s in record.statements
    ]
    rows += [(a.id, "act", a.article, [(a.start, a.end)], a.act) for a in record.acts]
    rows += [(n.id, "need", n.article, [(n.start, n.end)], "need") for n in record.needs]
    rows += [(p.id, "plc", p.article, [(p.start, p.end)], "place") for p in record.places]
    rows += [(n.id, "note", n.article, [(n.start, n.end)], n.kind) for n in record.notes]
    for row, kind, where, spans, label in rows:
        key = (kind, where, tuple(spans), label)
        seen[key] = seen.get(key, -1) + 1
        if row not in decided and (where, spans[0][0]) not in struck:
            yield row, row_id(kind, where, spans, label, seen[key])


def _reference_problems(record: Record) -> Iterator[str]:
    """Ids that stand twice, and evidence that names no row of the record."""
    known: set[str] = set()
    for name in tables():
        ids = [row.id for row in getattr(record, name) if hasattr(row, "id")]
        known.update(ids)
        if len(set(ids)) != len(ids):
            yield f"{name}: {len(ids) - len(set(ids))} ids stand twice"
    for name in (
        "claims",
        "figure_relations",
        "tallies",
        "rounds",
        "phases",
        "waits",
        "proposals",
        "positions",
        "shifts",
        "breaches",
        "threats",
        "terms",
        "third_parties",
        "accounts",
        "shared_passages",
    ):
        for row in getattr(record, name):
            yield from (f"{row.id}: evidence {item} is no row" for item in row.evidence if item not in known)


def _actor_problems(record: Record) -> Iterator[str]:
    """Merges that rest on nobody's mention, roles that rest on none of their actor, and affiliations to nobody in the record.

    A merge may rest on another's mention: a body of the state sits in the capital that stands for it.
    """
    known = {actor.id for actor in record.actors}
    named = {
        (mention.article, mention.start, mention.end) for one in record.actors for mention in one.mentions
    }
    for actor in record.actors:
        held = {(mention.article, mention.start, mention.end) for mention in actor.mentions}
        missing = [place for merge in actor.merges for place in merge.evidence if place not in named]
        missing += [place for role in actor.roles for place in role.evidence if place not in held]
        yield from (f"{actor.id}: evidence {place} is no mention" for place in missing)
        bodies = {actor.affiliation, *(role.affiliation for role in actor.roles)} - {None}
        yield from (f"{actor.id}: affiliation {body} is no actor" for body in sorted(bodies - known, key=str))


def _sum_problem(record: Record, relation: FigureRelation) -> Iterator[str]:
    """The whole's figures stand first, then those of each part; a value that several reports give counts once."""
    values = {figure.id: figure.low or 0.0 for figure in record.figures if figure.id in relation.figures}
    whole, *others = [values.get(figure, 0.0) for figure in relation.figures]
    parts = list(dict.fromkeys(value for value in others if value != whole))
    if whole != sum(parts if len(parts) > 1 else parts * 2):  # one value: two equal parts
        yield f"{relation.id}: {whole} is not the sum of {parts}"
