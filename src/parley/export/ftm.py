"""FollowTheMoney statements: who is named in which report, a value of a property a line.

Columns, keys and schemata are those of followthemoney 4: https://followthemoney.tech/docs/statements/. People who
are only told of and unnamed speakers are no entities here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.export.beside import address_of, saying, words_of
from parley.harm import shown_by_name
from parley.model import Actor, Article, Record, Statement, derived_id

SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "state": "PublicBody",
}
TYPES = {  # of the properties that are no plain strings
    "id": "id",
    "name": "name",
    "alias": "name",
    "sourceUrl": "url",
    "publishedAt": "date",
    "date": "date",
    "language": "language",
    "contentHash": "checksum",
    "entity": "entity",
    "document": "entity",
    "summary": "text",
}
LANGUAGES = {"en": "eng"}  # ISO 639-1 to 639-3, the languages that Parley reads
COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of one property of one entity, and the report that gives it."""

    entity: str
    schema: str
    prop: str
    value: str
    origin: Article | None = None


def ftm_parts(record: Record, dataset: str, as_csv: bool = False) -> Iterator[str]:
    """The statements as lines of JSON, or of CSV, under the name of a dataset."""
    name = re.sub(r"[^a-z0-9]+", "_", dataset.lower()).strip("_") or "record"
    rows = (_row(value, name) for value in _values(record))
    if not as_csv:
        for row in rows:
            row.pop("prop_type")
            yield json.dumps(row | {"external": False}, ensure_ascii=False) + "\n"
        return
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, dialect=csv.unix_dialect)
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _row(value: _Value, dataset: str) -> dict[str, str | bool | None]:
    """A statement as followthemoney writes it; its id is a hash of dataset, entity, property and value."""
    key = f"{dataset}.{value.entity}.{value.prop}.{value.value}"
    day = value.origin.published.isoformat() if value.origin and value.origin.published else None
    return {
        "canonical_id": value.entity,
        "entity_id": value.entity,
        "prop": value.prop,
        "prop_type": TYPES.get(value.prop, "string"),
        "schema": value.schema,
        "value": value.value,
        "dataset": dataset,
        "origin": value.origin.id if value.origin else None,
        "lang": None,
        "original_value": None,
        "external": "false",
        "first_seen": day,
        "last_seen": day,
        "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
    }


def _values(record: Record) -> Iterator[_Value]:
    for article in record.articles:
        yield from _entity(article.id, "Article", _of_article(article), article)
    articles = {article.id: article for article in record.articles}
    said: dict[tuple[str, str], list[Statement]] = {}
    for statement in record.statements:
        said.setdefault((statement.actor or "", statement.article), []).append(statement)
    for actor in shown_by_name(record):
        if actor.kind not in SCHEMATA:
            continue
        yield from _entity(actor.id, SCHEMATA[actor.kind], _of_actor(actor))
        for where in dict.fromkeys(mention.article for mention in actor.mentions):
            about = _of_mention(actor, articles[where], said.get((actor.id, where), []))
            yield from _entity(derived_id("doc", [actor.id, where]), "Documentation", about, articles[where])


def _entity(
    entity: str, schema: str, values: list[tuple[str, str]], origin: Article | None = None
) -> Iterator[_Value]:
    """The values of an entity, each once, its id first."""
    yield _Value(entity, schema, "id", entity, origin)
    for prop, value in dict.fromkeys(pair for pair in values if pair[1]):
        yield _Value(entity, schema, prop, value, origin)


def _of_article(article: Article) -> list[tuple[str, str]]:
    return [
        ("title", article.title),
        ("publisher", article.outlet),
        ("sourceUrl", address_of(article)),
        ("publishedAt", article.published.isoformat() if article.published else ""),
        ("language", LANGUAGES.get(article.language, "")),
        ("contentHash", hashlib.sha1(article.text.encode(), usedforsecurity=False).hexdigest()),
    ]


def _of_actor(actor: Actor) -> list[tuple[str, str]]:
    forms = [("alias", form) for form in actor.surfaces if form[:1].isupper() and form != actor.name]
    role = [("position", actor.role)] if actor.kind == "person" else []
    return [("name", actor.name), *forms, *role]


def _of_mention(actor: Actor, article: Article, said: list[Statement]) -> list[tuple[str, str]]:
    """That a report names an actor, and what it says that the actor said."""
    return [
        ("entity", actor.id),
        ("document", article.id),
        ("role", "is told to have said" if said else "is named"),
        ("date", article.published.isoformat() if article.published else ""),
        *(("summary", f"{saying(one)}: {words_of(one)}") for one in said),
    ]
