"""A record as flat tables: a row per row, a value per cell, and beside each the words, outlet and day it rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from parley.contract import tables, to_data
from parley.export.beside import Beside, groups_beside
from parley.model import Article, Record, Span

Cell = str | int | float | bool | date | None
BETWEEN = "; "  # items of a list in one cell
TOGETHER = " + "  # ... and of a list in a list
PIECES = " … "  # pieces of a statement
PLAIN = frozenset({int, float, bool, date})


@dataclass(frozen=True)
class Table:
    """A flat table: column names with the type of their cells, and its rows, made anew each time they are asked for."""

    name: str
    columns: Mapping[str, type]
    rows: Callable[[], Iterator[dict[str, Cell]]]
    size: int


@dataclass(frozen=True)
class _Field:
    """A field of a row, the columns that it gives and how its value becomes their cells."""

    attribute: str
    columns: Mapping[str, type]
    cells: Callable[[Any], tuple[Cell, ...]]


def flat_tables(record: Record, full_texts: bool = True) -> Iterator[Table]:
    """Every table of a record; without full texts a report has only the digest and the length of its text."""
    beside = Beside(record)
    for name, kind in tables().items():
        yield _table(name, kind, getattr(record, name), beside, full_texts)


def files_of(ending: str) -> frozenset[str]:
    """The names that files of tables have, whichever tables are written."""
    return frozenset(f"{name}{ending}" for name in tables())


def _table(name: str, kind: type, rows: tuple[Any, ...], beside: Beside, full_texts: bool) -> Table:
    shape = _shape(kind)
    if kind is Article:
        shape = tuple(field for field in shape if full_texts or field.attribute != "text") + DIGESTED
    columns = {column: cell for field in shape for column, cell in field.columns.items()}
    groups = groups_beside(name)

    def made() -> Iterator[dict[str, Cell]]:
        for row in rows:
            cells: dict[str, Cell] = {}
            for field in shape:
                value = getattr(row, field.attribute)
                cells |= dict(zip(field.columns, field.cells(value)))
            for group in groups:
                cells |= dict(zip(group.columns, group.cells(beside, row)))
            yield cells

    for group in groups:
        columns |= group.columns
    return Table(name, columns, made, len(rows))


@cache
def _shape(kind: type) -> tuple[_Field, ...]:
    """The fields of a kind of row, as columns."""
    return tuple(_field(attribute, _without_none(hint)) for attribute, hint in get_type_hints(kind).items())


def _field(attribute: str, hint: Any) -> _Field:  # noqa: ANN401 - a type hint
    name, inner = attribute.rstrip("_"), get_args(hint)
    if hint is Span or (get_origin(hint) is tuple and inner[0] is Span):
        return _Field(attribute, {name: str, f"{name}_start": int, f"{name}_end": int}, _span_cells)
    if hint == tuple[int, int]:
        return _Field(attribute, {f"{name}_start": int, f"{name}_end": int}, tuple)
    if get_origin(hint) is tuple and _counts(inner[0]):
        return _Field(attribute, {name: int}, lambda value: (len(value),))
    return _Field(attribute, {name: hint if hint in PLAIN else str}, lambda value: (_cell(value),))


def _counts(item: Any) -> bool:  # noqa: ANN401 - a type hint
    """Whether a list is too rich for a cell, which then says how long it is: mentions, retold passages."""
    return is_dataclass(item) or Span in get_args(item)


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - a type hint
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    return next(option for option in get_args(hint) if option is not type(None))


def _span_cells(value: Span | tuple[Span, ...] | None) -> tuple[Cell, ...]:
    """Words, first and last offset of a span or of several."""
    spans = value if isinstance(value, tuple) else (value,) if value else ()
    if not spans:
        return "", None, None
    return PIECES.join(span.text for span in spans), spans[0].start, spans[-1].end


def _cell(value: Any) -> Cell:  # noqa: ANN401 - a value of any field
    """A value in one cell: lists joined, anything richer as JSON."""
    if isinstance(value, tuple):
        return BETWEEN.join(
            TOGETHER.join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value
        )
    return json.dumps(to_data(value), ensure_ascii=False) if is_dataclass(value) else value


def _digest_cells(text: str) -> tuple[Cell, ...]:
    return hashlib.sha256(text.encode()).hexdigest(), len(text)


DIGESTED = (_Field("text", {"text_sha256": str, "characters": int}, _digest_cells),)
