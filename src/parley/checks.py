"""verify(): every span reproduces its text, every id derives again from its row, every sum still adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.contract import tables
from parley.model import Act, Article, Figure, FigureRelation, Need, Place, Record, article_id, row_id


@dataclass(frozen=True)
class Report:
    """What a verification looked at, and the problems that it found, one line each."""

    spans: int
    ids: int
    sums: int
    problems: tuple[str, ...]


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
    sums = [relation for relation in record.figure_relations if relation.relation == "adds_up"]
    problems += [problem for relation in sums for problem in _sum_problem(record, relation)]
    return Report(len(spans), len(ids), len(sums), tuple(problems))


def _spans(record: Record) -> Iterator[tuple[str, int, int, str, str]]:
    """(article, start, end, text, row) of every stretch that a row claims to be verbatim."""
    for statement in record.statements:
        pieces = [*statement.content, *(span for span in (statement.speaker, statement.cue) if span)]
        yield from ((statement.article, piece.start, piece.end, piece.text, statement.id) for piece in pieces)
    located: list[Figure | Place | Act | Need] = [
        *record.figures,
        *record.places,
        *record.acts,
        *record.needs,
    ]
    yield from ((row.article, row.start, row.end, row.text, row.id) for row in located)
    for time in record.times:
        yield time.article, *time.at, time.text, time.id
    for actor in record.actors:
        yield from ((m.article, m.start, m.end, m.text, actor.id) for m in actor.mentions)
    for edge in record.lineage:
        for derived, original in edge.passages:
            yield edge.derived, derived.start, derived.end, derived.text, edge.id
            yield edge.from_, original.start, original.end, original.text, edge.id


def _span_problem(
    articles: dict[str, Article], article: str, start: int, end: int, text: str, row: str
) -> Iterator[str]:
    if article not in articles:
        yield f"{row}: names article {article}, which the record does not hold"
    elif not text or articles[article].text[start:end] != text:
        yield f"{row}: {articles[article].file} {start}-{end} does not read {text[:40]!r}"


def _ids(record: Record) -> Iterator[tuple[str, str]]:
    """(id, the id that derives from the row) for articles and for rows that stand in a text."""
    for article in record.articles:
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
    for row, kind, where, spans, label in rows:
        key = (kind, where, tuple(spans), label)
        seen[key] = seen.get(key, -1) + 1
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
        "phases",
        "waits",
        "proposals",
        "breaches",
        "terms",
    ):
        for row in getattr(record, name):
            yield from (f"{row.id}: evidence {item} is no row" for item in row.evidence if item not in known)


def _sum_problem(record: Record, relation: FigureRelation) -> Iterator[str]:
    values = {figure.id: figure.low or 0.0 for figure in record.figures if figure.id in relation.figures}
    whole, *parts = [values.get(figure, 0.0) for figure in relation.figures]
    if whole != sum(parts):
        yield f"{relation.id}: {whole} is not the sum of {parts}"
