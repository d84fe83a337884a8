"""W3C Web Annotations of every row that stands in a text, with PROV terms for what derives from what.

JSON-LD with its context inside, so that nothing is fetched: https://www.w3.org/TR/annotation-model/ and
https://www.w3.org/TR/prov-o/.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from parley.contract import tables
from parley.export.beside import Beside, address_of, saying
from parley.export.tags import TAG, tag
from parley.harm import names_in, veil, veiled
from parley.model import Act, Figure, Lineage, Need, Place, Record, Statement, Time

AROUND = 32  # characters of text before and behind a quotation that help to find it again
READER = tag("reader")
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "parley": TAG,
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "issued": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "page": {"@id": "dcterms:source", "@type": "@id"},
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
}
COPIED = frozenset({"copy", "excerpt"})  # lineage that repeats its original word for word
Node = dict[str, Any]


def annotation_parts(record: Record, full_texts: bool = True) -> Iterator[str]:
    """The JSON-LD text in parts, a node at a time; without full texts nothing around the quoted words is given."""
    names = veiled(record)
    yield json.dumps({"@context": CONTEXT}, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield ',\n "@graph": ['
    opening = "\n"
    around = AROUND if full_texts else 0
    for node in chain(_reports(record, names), _derived(record), _annotations(record, names, around)):
        yield opening + json.dumps(node, ensure_ascii=False)
        opening = ",\n"
    yield "\n ]\n}\n"


def _reports(record: Record, names: dict[str, str]) -> Iterator[Node]:
    """What read the texts, and the reports as PROV entities with what each derives from."""
    yield {"id": READER, "type": ["prov:Agent", "prov:SoftwareAgent"], "label": "Parley"}
    edges: dict[str, list[Lineage]] = defaultdict(list)
    for edge in record.lineage:
        edges[edge.derived].append(edge)
    for article in record.articles:
        node = {
            "id": tag(article.id),
            "type": "prov:Entity",
            "publisher": article.outlet,
            "title": veil(article.title, names),
            "language": article.language,
            "issued": article.published.isoformat() if article.published else "",
            "page": address_of(article),
            "wasQuotedFrom": [tag(edge.from_) for edge in edges[article.id] if edge.kind in COPIED],
            "wasDerivedFrom": [tag(edge.from_) for edge in edges[article.id] if edge.kind not in COPIED],
        }
        yield {key: value for key, value in node.items() if value}


def _derived(record: Record) -> Iterator[Node]:
    """The derived rows as PROV entities with the rows that they rest on."""
    for name in tables():
        for row in getattr(record, name):
            if hasattr(row, "evidence") and not isinstance(row, Lineage):
                yield {
                    "id": tag(row.id),
                    "type": ["prov:Entity", f"parley:{type(row).__name__}"],
                    "wasDerivedFrom": [tag(one) for one in row.evidence],
                    "wasAttributedTo": READER,
                }


def _annotations(record: Record, names: dict[str, str], around: int) -> Iterator[Node]:
    """An annotation of every row that stands in a text: what kind it is, what was read, and where."""
    beside = Beside(record)
    for name in tables():
        for row in getattr(record, name):
            spans = _spans(row)
            if not spans:
                continue
            said = _description(row, beside)
            text = beside.articles[row.article].text
            yield {
                "id": tag(f"{row.id}#annotation"),
                "type": "Annotation",
                "motivation": "describing",
                "body": [
                    _body("classifying", row.act if isinstance(row, Act) else type(row).__name__.lower()),
                    *([_body("describing", veil(said, names))] if said else ()),
                ],
                "target": [
                    {
                        "type": "SpecificResource",
                        "source": tag(row.article),
                        "selector": _selectors(text, span, names, around),
                    }
                    for span in spans
                ],
                "wasAttributedTo": READER,
            }


def _spans(row: Any) -> tuple[tuple[int, int], ...]:  # noqa: ANN401 - a row of any table
    """Where in its text a row stands; nothing for a row that stands in none."""
    if isinstance(row, Statement):
        return tuple((piece.start, piece.end) for piece in row.content)
    if not getattr(row, "article", "") or not getattr(row, "text", ""):
        return ()
    return ((row.start, row.end),) if isinstance(getattr(row, "end", None), int) else (row.at,)


def _selectors(text: str, span: tuple[int, int], names: dict[str, str], around: int) -> list[Node]:
    """The offsets of a stretch, and its words unless they name somebody who is only told of."""
    start, end = span
    found: list[Node] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if names_in(text[max(0, start - around) : end + around], names) is None:
        quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
        beside = {"prefix": text[max(0, start - around) : start], "suffix": text[end : end + around]}
        found.insert(0, quote | {key: words for key, words in beside.items() if words and around})
    return found


def _body(purpose: str, value: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _description(row: Any, beside: Beside) -> str:  # noqa: ANN401 - a row of any table
    """What was read at a place, in words, with who says so."""
    if isinstance(row, Statement):
        return saying(row)
    if isinstance(row, Time):
        return " to ".join(dict.fromkeys(str(day) for day in (row.start, row.end) if day))
    if isinstance(row, Place):
        return row.name
    by = f", as told by {teller}" if (teller := beside.said_by(row.article, row.start, row.end)) else ""
    if isinstance(row, Figure):
        return " ".join(filter(None, (_range(row), row.unit, row.status))) + by
    if isinstance(row, Act):
        return f"{row.actor or 'not stated'}{f' to {row.target}' if row.target else ''}{by}"
    return f"{row.holder}: {row.act} waits until {row.needs}{by}" if isinstance(row, Need) else ""


def _range(figure: Figure) -> str:
    ends = dict.fromkeys("" if value is None else f"{value:.15g}" for value in (figure.low, figure.high))
    return ("about " if figure.approx else "") + "..".join(ends)
