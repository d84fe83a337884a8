"""The record as one JSON object: the contract of docs/format.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parley.contract import SCHEMA, tables, to_data
from parley.model import Article, Lineage, Record


def as_json(record: Record) -> str:
    """The record as JSON text; the same record gives the same bytes."""
    return "".join(json_parts(record))


def json_parts(record: Record, full_texts: bool = True) -> Iterator[str]:
    """The JSON text in parts, a row at a time; without full texts what rows quote is left, and digests of the texts."""
    yield f'{{\n "schema": {json.dumps(SCHEMA)},\n'
    for name in tables():
        opening = f' "{name}": ['
        for row in getattr(record, name):
            yield f"{opening}\n  {_indented(to_data(row) if full_texts else excerpt(row))}"
            opening = ","
        yield f"{opening}],\n" if opening != "," else "\n ],\n"
    yield f' "independent": {record.independent}\n}}\n'


def _indented(data: Any) -> str:  # noqa: ANN401 - JSON data
    return json.dumps(data, ensure_ascii=False, indent=1).replace("\n", "\n  ")


def excerpt(row: Any) -> Any:  # noqa: ANN401 - a row of any table, as JSON data
    """A row's data without a full text: a report has its digest and length, a copy not the passages that it shares."""
    if isinstance(row, Lineage):
        return to_data(replace(row, passages=()))
    data = to_data(row)
    if isinstance(row, Article):
        digested = hashlib.sha256(row.text.encode()).hexdigest()
        data |= {"text": "", "text_sha256": digested, "characters": len(row.text)}
    return data
