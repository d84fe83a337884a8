"""Values to and from plain JSON data, as docs/format.md says: field names are the contract."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from parley.model import Record

SCHEMA = "parley-record/1"
Value = TypeVar("Value")


def to_data(value: Any) -> Any:
    """Plain data of a value: dataclasses become dicts (`from_` is `from`), days ISO strings, tuples lists."""
    if dataclasses.is_dataclass(value):
        return {
            field.name.rstrip("_"): to_data(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [to_data(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def from_data(kind: type[Value], data: dict[str, Any]) -> Value:
    """The value of a dataclass that `to_data` gave as `data`; unknown fields are passed over."""
    made = {}
    for name, hint in _hints(cast(type, kind)).items():
        key = name.rstrip("_")
        if key in data:
            made[name] = _convert(hint, data[key])
    return kind(**made)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _convert(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _convert(next(option for option in inner if option is not type(None)), data)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_convert(inner[0], item) for item in data)
        return tuple(_convert(option, item) for option, item in zip(inner, data, strict=True))
    if hint is date:
        return date.fromisoformat(data)
    if hint is float:
        return float(data)
    return from_data(hint, data) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else data


def export_data(record: Record) -> dict[str, Any]:
    """The whole record as the JSON object of the export contract."""
    data: dict[str, Any] = {"schema": SCHEMA} | to_data(record)
    data["independent"] = record.independent
    return data


def tables() -> dict[str, type]:
    """The record's tables by name with the dataclass of their rows."""
    return {name: get_args(hint)[0] for name, hint in get_type_hints(Record).items()}
