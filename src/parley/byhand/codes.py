"""Codes: a codebook of one's own, and what each coder says of a row by it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

import yaml

from parley.corrections import find_row
from parley.errors import EnteredError
from parley.model import Code, CodeDefinition, Record, digest

YES_NO = ("yes", "no")  # of a code that has no values of its own
COLUMNS = ("code", "label", "definition", "values")
BETWEEN = "|"  # values in one cell of a CSV


def current(codebook: Iterable[CodeDefinition]) -> dict[str, CodeDefinition]:
    """The definition of each code that counts: the last."""
    return {one.code: one for one in codebook}


def values_of(definition: CodeDefinition) -> tuple[str, ...]:
    """The values that a coder may give."""
    return definition.values or YES_NO


def read_codebook(file: str, text: str, held: Iterable[CodeDefinition], at: str) -> list[CodeDefinition]:
    """The definitions of a .csv, .yaml or .yml file that are not in the codebook already.

    Raises EnteredError that names the file and the entry.
    """
    ending = PurePath(file.lower()).suffix
    if ending not in {".csv", ".yaml", ".yml"}:
        raise EnteredError(f"{file}: a codebook comes as .csv or .yaml; save it as one of these")
    now = current(held)
    found: dict[str, CodeDefinition] = {}
    for where, entry in _csv(file, text) if ending == ".csv" else _yaml(file, text):
        code = str(entry.get("code") or "").strip()
        if not code or code.split() != [code]:
            raise EnteredError(f"{file}, {where}, code: {code!r}; give a word without spaces")
        if code in found:
            raise EnteredError(f"{file}, {where}, code: {code!r} stands there twice; keep one")
        label, definition = (" ".join(str(entry.get(name) or "").split()) for name in ("label", "definition"))
        values = _values(file, where, entry.get("values"))
        made = digest(code, label, definition, *values, at)
        found[code] = CodeDefinition(f"def-{made}", code, label, definition, values, at)
    return [one for one in found.values() if one.code not in now or _says(one) != _says(now[one.code])]


def _says(one: CodeDefinition) -> tuple[Any, ...]:
    return one.label, one.definition, one.values


def _values(file: str, where: str, given: object) -> tuple[str, ...]:
    parts = given.split(BETWEEN) if isinstance(given, str) else given or []
    if not isinstance(parts, list):
        raise EnteredError(f"{file}, {where}, values: give a list, as in: [low, high]")
    values = tuple(text for part in parts if (text := _value(part)))
    if len(set(values)) != len(values):
        raise EnteredError(f"{file}, {where}, values: one stands there twice; keep one")
    return values


def _value(part: object) -> str:
    """A value as text: YAML takes a bare yes or no for true or false."""
    return YES_NO[not part] if isinstance(part, bool) else str(part).strip()


def _csv(file: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if "code" not in (reader.fieldnames or ()):
        raise EnteredError(f"{file}, row 1: there is no column 'code'; the columns are {', '.join(COLUMNS)}")
    try:
        for number, row in enumerate(reader, start=2):
            if any(isinstance(cell, str) and cell.strip() for cell in row.values()):
                yield f"row {number}", row
    except csv.Error as error:
        raise EnteredError(f"{file}, line {reader.line_num}: {error}; check its quotation marks") from None


def _yaml(file: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise EnteredError(f"{file}: it is no YAML; check indents and quotes") from error
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise EnteredError(f"{file}: give a list of entries with {', '.join(COLUMNS)}")
    yield from ((f"entry {number}", one) for number, one in enumerate(data, start=1))


def write_codebook(codebook: Iterable[CodeDefinition], file: str) -> str:
    """The codebook as `read_codebook` takes it, in the form that the file's ending names. Raises EnteredError."""
    held = current(codebook).values()
    if file.lower().endswith((".yaml", ".yml")):
        data = [{name: _plain(getattr(one, name)) for name in COLUMNS} for one in held]
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else "[]\n"
    if not file.lower().endswith(".csv"):
        raise EnteredError(f"{file}: a codebook is written as .csv or .yaml; give one of these endings")
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((one.code, one.label, one.definition, BETWEEN.join(one.values)) for one in held)
    return made.getvalue()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def make_code(record: Record, row: str, code: str, value: str, coder: str, at: str) -> Code:
    """A coder's code on a row; an empty value takes the coder's earlier one back.

    Raises EnteredError for a code or value that the codebook doesn't have, CorrectionError for no such row.
    """
    if not coder.strip():
        raise EnteredError("a code needs a coder. Give --coder NAME, or set PARLEY_AUTHOR.")
    known = current(record.codebook)
    if code not in known:
        there = f"Its codes are: {', '.join(known)}." if known else "It is empty."
        raise EnteredError(
            f"{code!r}: the codebook has no such code. {there} Add to it with: parley codebook RECORD --import FILE"
        )
    values = values_of(known[code])
    if value and value not in values:
        raise EnteredError(f"{value!r}: {code} takes one of: {', '.join(values)}")
    target = find_row(record, row).id
    return Code(code_id(target, code, value, coder, at), target, code, value, coder, at)


def code_id(row: str, code: str, value: str, coder: str, at: str) -> str:
    """A code's id: what a coder said of a row, and when; the same code handed on is the same row."""
    return "code-" + digest(row, code, value, coder, at)


def standing(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Each coder's last word on each row and code, in order of row, code and coder; what was taken back is gone."""
    last: dict[tuple[str, str, str], Code] = {}
    for one in sorted(codes, key=lambda one: (one.at, one.id)):
        last[one.row, one.code, one.coder] = one
    return tuple(last[key] for key in sorted(last) if last[key].value)
