"""Values to and from plain JSON data, as docs/format.md says: field names are the contract."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from parley.model import Record

SCHEMA = "parley-record/1"
Value = TypeVar("Value")


PLAIN = frozenset({str, int, bool, type(None)})  # data as they are


def to_data(value: Any) -> Any:
    """Plain data of a value: dataclasses become dicts (`from_` is `from`), days ISO strings, tuples lists, sets sorted ones."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple or kind is list:
        return [to_data(item) for item in value]
    if kind is frozenset:
        return sorted(value)
    if kind is float:
        return int(value) if value.is_integer() else value
    if dataclasses.is_dataclass(value):
        return {key: to_data(getattr(value, name)) for key, name in _keys(cast(Any, kind))}
    return value.isoformat() if isinstance(value, date) else value


@cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...]:
    """The names of a dataclass's fields, as data have them and as it has them."""
    return tuple((field.name.rstrip("_"), field.name) for field in dataclasses.fields(kind))


def from_data(kind: type[Value], data: dict[str, Any]) -> Value:
    """The value of a dataclass that `to_data` gave as `data`; unknown fields are passed over."""
    return cast(Value, _converter(cast(Any, kind))(data))


@cache
def _converter(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from its data, built once for each type: a record holds many rows."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        found = _converter(next(option for option in inner if option is not type(None)))
        return lambda data: None if data is None else found(data)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        each = _converter(inner[0])
        return tuple if each is _as_it_is else lambda data: tuple(map(each, data))
    if origin is frozenset:
        return frozenset
    if origin is tuple:
        several = [_converter(option) for option in inner]
        return lambda data: tuple(one(item) for one, item in zip(several, data, strict=True))
    if hint is date:
        return date.fromisoformat
    if hint is float:
        return float
    return _rows_converter(hint) if dataclasses.is_dataclass(hint) else _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _rows_converter(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    fields = [(name, key, _converter(hints[name])) for key, name in _keys(kind)]

    def convert(data: dict[str, Any]) -> Any:
        return kind(
            **{
                name: (data[key] if read is _as_it_is else read(data[key]))
                for name, key, read in fields
                if key in data
            }
        )

    return convert


def tables() -> dict[str, type]:
    """The record's tables by name with the dataclass of their rows."""
    return {name: get_args(hint)[0] for name, hint in get_type_hints(Record).items()}
