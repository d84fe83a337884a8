"""Rows of a person's own sheet (.xlsx, .csv), its columns mapped to the fields of a note."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import yaml
from openpyxl import load_workbook

from parley.byhand.notes import FIELDS, OWN, Typed, check
from parley.errors import EnteredError, UnreadableError
from parley.sources.encoding import decode
from parley.sources.entered import cell_text

Numbered = tuple[int, list[str]]  # row number as a sheet program shows it, cells
MAPPED = tuple(name for name in FIELDS if name not in {"kind", "entered_by", "entered_at", "row"})


def read_mapping(pairs: Iterable[str], file: str = "", text: str = "") -> dict[str, str]:
    """Column -> field, of COLUMN=FIELD pairs and of a YAML file of the same. Raises EnteredError."""
    mapping: dict[str, str] = {}
    if text:
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise EnteredError(f"{file}: it is no YAML; write a line per column: My column: words") from error
        if not isinstance(data, dict):
            raise EnteredError(f"{file}: it maps no columns; write a line per column: My column: words")
        mapping |= {str(column): str(field) for column, field in data.items()}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not sign or not column:
            raise EnteredError(f"--map {pair}: give COLUMN=FIELD, as in: --map 'What was seen=words'")
        mapping[column.strip()] = field.strip()
    for column, field in mapping.items():
        if field not in MAPPED and not field.startswith(OWN):
            raise EnteredError(
                f"column {column!r}: {field!r} is no field. Map it to one of {', '.join(MAPPED)}, or to {OWN}NAME."
            )
    return mapping


def read_rows(
    file: str, raw: bytes, mapping: Mapping[str, str], author: str, at: str, sheet: str = ""
) -> list[Typed]:
    """The rows of a sheet as notes that can be made. Raises EnteredError that names file, sheet, row and column.

    Without a mapping the columns that bear the name of a field are taken.
    """
    where, numbered = read_table(file, raw, sheet)
    if not numbered:
        raise EnteredError(f"{where}: it has no rows. Save the sheet with a head row and rows below it.")
    head, *rows = numbered
    columns = mapping or {name: name for name in head[1] if name in MAPPED}
    missing = [column for column in columns if column not in head[1]]
    if missing:
        there = ", ".join(filter(None, head[1]))
        raise EnteredError(
            f"{where}, row {head[0]}: there is no column {missing[0]!r}; its columns are: {there}"
        )
    if "words" not in columns.values():
        raise EnteredError(f"{where}: no column is mapped to words. Add --map 'COLUMN=words'.")
    return [_typed(where, one, head[1], columns, author, at) for one in rows]


def _typed(
    where: str, row: Numbered, head: list[str], columns: Mapping[str, str], author: str, at: str
) -> Typed:
    """One row as a note. Raises EnteredError with the column as the sheet has it."""
    number, cells = row
    values = dict(zip(head, cells))
    typed = {field: values[column] for column, field in columns.items() if values.get(column)}
    typed |= {"kind": "row", "entered_by": author, "entered_at": at, "row": f"{where}, row {number}"}
    try:
        check(typed)
    except EnteredError as error:
        field, _, why = str(error).partition(": ")
        named = next((column for column, one in columns.items() if one == field), field)
        raise EnteredError(f"{where}, row {number}, column {named!r}: {why} Nothing was added.") from None
    return typed


def read_table(file: str, raw: bytes, sheet: str, needs_sheet: bool = True) -> tuple[str, list[Numbered]]:
    """Where the rows of a .xlsx or .csv stand ("file, sheet 'name'"), and those that are not blank. Raises EnteredError.

    Without `needs_sheet` a workbook's only filled sheet does where there is none of that name.
    """
    ending = PurePath(file.lower()).suffix
    if ending == ".xlsx":
        return _workbook(file, raw, sheet, needs_sheet)
    if ending != ".csv":
        raise EnteredError(f"{file}: rows come as .xlsx or .csv; save it as one of these")
    try:
        return file, list(_csv(file, decode(raw)))
    except UnreadableError as error:
        raise EnteredError(f"{file}: {error}") from None


def _csv(file: str, text: str) -> Iterator[Numbered]:
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise EnteredError(
            f"{file}, line {reader.line_num}: {error}; check its quotation marks. Nothing was added."
        ) from None


def _workbook(file: str, raw: bytes, sheet: str, needs_sheet: bool) -> tuple[str, list[Numbered]]:
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        found = {one.title: list(_numbered(one.iter_rows(values_only=True))) for one in book.worksheets}
    except Exception as error:  # openpyxl fails in any way on a damaged file
        raise EnteredError(
            f"{file}: it is damaged or no workbook ({type(error).__name__}); save it again"
        ) from error
    filled = [name for name, rows in found.items() if rows]
    if sheet not in found and not needs_sheet:
        sheet = ""
    if sheet and sheet not in found:
        raise EnteredError(f"{file}: there is no sheet {sheet!r}; its sheets are: {', '.join(found)}")
    if not sheet and len(filled) != 1:
        raise EnteredError(f"{file}: {len(filled)} of its sheets have rows; name one with --sheet")
    name = sheet or filled[0]
    return f"{file}, sheet {name!r}", found[name]


def _numbered(rows: Iterable[Iterable[object]]) -> Iterator[Numbered]:
    for number, row in enumerate(rows, start=1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield number, cells
