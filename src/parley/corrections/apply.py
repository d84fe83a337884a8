"""A record with its corrections applied, step by step as a build goes: reports, readings, names, what follows from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from parley.contract import from_data, tables, to_data
from parley.corrections.decisions import Decision, Decisions
from parley.model import (
    Act,
    Article,
    Figure,
    FigureRelation,
    NameShown,
    Need,
    Outcome,
    Place,
    Reading,
    Record,
    Statement,
    Struck,
    Time,
    derived_id,
    span_of,
)

InText = Statement | Figure | Time | Place | Act | Need
Row = TypeVar("Row", Statement, Figure, Time, Place, Act, Need)
READ = ("statements", "figures", "times", "places", "acts", "needs")
PERSON = "a person says so"
MentionRef = tuple[str, int, int]


def corrected_articles(articles: Iterable[Article], decisions: Decisions) -> list[Article]:
    """Reports with the days and outlets that people gave them. Ids stay those of the reports as they came."""
    return [_article(as_it_came(article), decisions.by_row.get(article.id, ())) for article in articles]


def as_it_came(article: Article) -> Article:
    """A report as it came in, before anybody corrected it."""
    given: dict[str, Any] = {
        name: (date.fromisoformat(value) if value else None) if name == "published" else value
        for name, value in article.as_it_came
    }
    return replace(article, as_it_came=(), **given) if given else article


def _article(article: Article, about: Sequence[Decision]) -> Article:
    new: dict[str, Any] = {}
    for one in about:
        if one.matter == "published":
            new |= {"published": date.fromisoformat(one.value), "published_from": "person"}
        elif one.matter in {"outlet", "archived_url"}:
            new[one.matter] = one.value
    came = tuple((name, str(getattr(article, name) or "")) for name in new)
    return replace(article, as_it_came=came, **new) if new else article


def corrected_reading(
    reading: Reading, text: str, decisions: Decisions
) -> tuple[Reading, tuple[Struck, ...]]:
    """A reading with rows edited, and those that people call wrong taken out of it, to be shown struck."""
    if not any(row.id in decisions.by_row for name in READ for row in getattr(reading, name)):
        return reading, ()
    struck = [
        _struck(row, text, wrong)
        for name in READ
        for row in getattr(reading, name)
        if (wrong := _wrong(row, decisions))
    ]
    gone = {one.row for one in struck}
    rows: dict[str, Any] = {
        name: corrected_rows(
            [row for row in getattr(reading, name) if row.id not in gone], {reading.article: text}, decisions
        )
        for name in READ
    }
    rows["acts"] = tuple(replace(a, statement=None) if a.statement in gone else a for a in rows["acts"])
    return replace(reading, **rows), tuple(struck)


def _wrong(row: InText, decisions: Decisions) -> Decision | None:
    about = decisions.by_row.get(row.id, ())
    return next((one for one in about if one.correction.action == "wrong"), None)


def _struck(row: InText, text: str, wrong: Decision) -> Struck:
    pieces = spans_of(row)
    start, end = pieces[0][0], pieces[-1][1]
    made = derived_id("struck", [row.id])
    return Struck(made, row.id, row.article, start, end, text[start:end], wrong.correction.id)


def spans_of(row: InText) -> list[tuple[int, int]]:
    """Where a row stands in its report, piece by piece."""
    if isinstance(row, Statement):
        return [(piece.start, piece.end) for piece in row.content]
    return [row.at] if isinstance(row, Time) else [(row.start, row.end)]


def corrected_rows(rows: Sequence[Row], texts: Mapping[str, str], decisions: Decisions) -> tuple[Row, ...]:
    """Rows with the fields that people edited. `texts`: article id -> text."""
    about = decisions.by_row
    return tuple(_row(row, texts[row.article], about[row.id]) if row.id in about else row for row in rows)


def _row(row: Row, text: str, about: Sequence[Decision]) -> Row:
    fields = {one.matter: one.value for one in about if one.correction.action in {"edit", "side"}}
    if not fields:
        return row
    span = fields.pop("span", None)
    if span is not None:
        fields |= _moved(row, text, *span)
    data = to_data(row) | {name: to_data(value) for name, value in fields.items()}
    return from_data(type(row), data)


def _moved(row: InText, text: str, start: int, end: int) -> dict[str, Any]:
    """The fields of a row that say where it stands, for another stretch of the same text."""
    piece = span_of(text, start, end)
    if isinstance(row, Statement):
        return {"content": (piece,)}
    if isinstance(row, Time):
        return {"at": (start, end), "text": piece.text}
    return {"start": start, "end": end, "text": piece.text}


def named_pairs(decisions: Decisions, action: str) -> list[tuple[MentionRef, MentionRef]]:
    """The pairs of mentions that people joined ("merge") or set apart ("split")."""
    pairs = []
    for one in decisions.of(action):
        (a, b, c), (d, e, f) = json.loads(one.matter)
        pairs.append(((a, b, c), (d, e, f)))
    return pairs


def corrected_record(record: Record, decisions: Decisions, struck: Sequence[Struck]) -> Record:
    """A linked record with what people decided about relations, provisions, affiliations and names, and what became of it."""
    shown = tuple(
        NameShown(derived_id("name", [one.row]), one.row, one.correction.action == "clear", one.correction.id)
        for one in decisions.of("clear", "withhold")
    )
    record = replace(
        record,
        struck=tuple(struck),
        names_shown=shown,
        figure_relations=tuple(_relations(record, decisions)),
        breaches=tuple(_bound(record, decisions)),
        actors=tuple(_affiliated(record, decisions)),
    )
    return replace(record, outcomes=tuple(_outcomes(record, decisions)))


def _relations(record: Record, decisions: Decisions) -> Iterator[FigureRelation]:
    """The relations with those that people made, without those that they took apart or that hold a struck figure."""
    made: list[tuple[set[str], str]] = [
        ({one.row, other}, relation)
        for one in decisions.of("relate")
        for other, relation in [json.loads(one.matter)]
    ]
    figures = {figure.id for figure in record.figures}
    for relation in record.figure_relations:
        if not any(pair <= set(relation.figures) for pair, _ in made):
            yield relation
    for pair, kind in made:
        if kind != "unrelated" and pair <= figures:
            ids = tuple(sorted(pair))
            yield FigureRelation(derived_id("rel", ids, kind), ids, kind, PERSON, ids)


def _bound(record: Record, decisions: Decisions) -> Iterator[Any]:
    terms = {term.id: term for term in record.terms}
    bound = {one.row: terms[one.value] for one in decisions.of("bind") if one.value in terms}
    for breach in record.breaches:
        term = bound.get(breach.id)
        yield replace(breach, term=term.text or term.name or term.object, term_id=term.id) if term else breach


def _affiliated(record: Record, decisions: Decisions) -> Iterator[Any]:
    known = {actor.id for actor in record.actors}
    for actor in record.actors:
        body = next((d.value for d in decisions.by_row.get(actor.id, ()) if d.matter == "affiliation"), None)
        yield replace(actor, affiliation=body) if body in known else actor


def _outcomes(record: Record, decisions: Decisions) -> Iterator[Outcome]:
    """What became of each correction: applied, its row is gone, two people disagree, replaced, undone."""
    rows = _known_rows(record)
    at_odds = {one.correction.id: decision for decision in decisions.at_odds for one in decision}
    said: dict[str, Outcome] = {}
    for one in decisions.standing:
        what = "applied" if rows.get(one.row) else "row gone"
        said.setdefault(one.correction.id, _outcome(one.correction.id, one.row, what))
    for correction, others in at_odds.items():
        others_ids = sorted(one.correction.id for one in others if one.correction.id != correction)
        said[correction] = _outcome(correction, others[0].row, "disagrees", ", ".join(others_ids))
    for correction_ in decisions.replaced:
        said.setdefault(correction_.id, _outcome(correction_.id, correction_.row, "replaced"))
    for correction_ in decisions.undone:
        said[correction_.id] = _outcome(correction_.id, correction_.row, "undone")
    yield from (said[key] for key in sorted(said))


def _outcome(correction: str, row: str, what: str, note: str = "") -> Outcome:
    return Outcome(derived_id("out", [correction]), correction, row, what, note)


def _known_rows(record: Record) -> Mapping[str, bool]:
    """Ids that a correction may name and that the record still has; names of people count as long as one bears them."""
    known = {row.id: True for name in tables() for row in getattr(record, name) if hasattr(row, "id")}
    known |= {one.row: True for one in record.struck}
    return known | {form: True for actor in record.actors for form in (actor.name, *actor.surfaces)}
