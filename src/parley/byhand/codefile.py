"""Codes in a file: JSON lines, .csv and .xlsx, written to be read again, and rows that a coder typed into a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from parley.byhand.codes import YES_NO, code_id, make_code
from parley.byhand.rows import read_table
from parley.contract import from_data, to_data
from parley.errors import CorrectionError, EnteredError
from parley.export.csv import unguarded, write_one_csv
from parley.export.flat import Table
from parley.export.xlsx import write_xlsx
from parley.files import replaced_file
from parley.model import Code, Record
from parley.sources.encoding import decode

COLUMNS = ("row", "code", "value", "coder", "at", "id")
SHEET = "codes"
TYPED = ("row", "code")  # what a sheet of codes to be given needs; value and coder may stand in it
SHEETS = frozenset({".csv", ".xlsx"})


def write_codes(codes: Iterable[Code], target: Path) -> None:
    """Write codes as the file's ending says: .csv, .xlsx, else JSON lines. Raises ParleyError."""
    kept = list(codes)
    ending = target.suffix.lower()
    table = Table(
        SHEET,
        dict.fromkeys(COLUMNS, str),
        lambda: ({name: getattr(one, name) for name in COLUMNS} for one in kept),
        len(kept),
    )
    if ending == ".xlsx":
        write_xlsx([table], target)
    elif ending == ".csv":
        write_one_csv(table, target)
    else:
        with replaced_file(target) as path:
            lines = (json.dumps(to_data(one), ensure_ascii=False, sort_keys=True) for one in kept)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_codes(file: str, raw: bytes) -> list[Code]:
    """The codes of a file as `write_codes` writes it. Raises EnteredError with the line that doesn't fit."""
    if PurePath(file.lower()).suffix not in SHEETS:
        return list(_of_lines(file, decode(raw)))
    return [
        _whole(where, cells.get("id", ""), *(cells.get(name, "") for name in COLUMNS[:-1]))
        for where, cells in _rows(file, raw, COLUMNS[:-1])
    ]


def codes_to_give(record: Record, file: str, raw: bytes, coder: str, at: str) -> list[Code]:
    """The codes of a coder's sheet with the columns row, code, and value and coder where they differ, all or none.

    Raises EnteredError that names file, row and what would fit.
    """
    found = []
    for where, cells in _rows(file, raw, TYPED):
        value, by = cells.get("value") or YES_NO[0], cells.get("coder") or coder
        try:
            found.append(make_code(record, cells["row"], cells["code"], value, by, at))
        except (EnteredError, CorrectionError) as error:
            raise EnteredError(f"{where}: {error} Nothing was added.") from None
    return found


def _of_lines(file: str, text: str) -> Iterator[Code]:
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{file}, line {number}"
        try:
            one = from_data(Code, json.loads(line))
        except (ValueError, TypeError, AttributeError):
            raise _unfit(where) from None
        yield _whole(where, one.id, one.row, one.code, one.value, one.coder, one.at)


def _whole(where: str, given: str, row: str, code: str, value: str, coder: str, at: str) -> Code:
    """A code with the id that it has anywhere; a sheet may have lost the column of ids. Raises EnteredError."""
    made = code_id(row, code, value, coder, at)
    if not (row and code and coder and at) or given not in ("", made):
        raise _unfit(where)
    return Code(made, row, code, value, coder, at)


def _unfit(where: str) -> EnteredError:
    return EnteredError(
        f"{where}: is no code as `parley codes --export` writes it, with row, code, value, coder and at; "
        "nothing was added. Codes that you typed are taken in with: parley code RECORD --rows FILE"
    )


def _rows(file: str, raw: bytes, needed: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each row of a sheet stands, and its cells by column. Raises EnteredError where a column is missing.

    Of a workbook with more sheets, as `parley export` writes it, the one called codes.
    """
    where, numbered = read_table(file, raw, SHEET, needs_sheet=False)
    if not numbered:
        raise EnteredError(
            f"{where}: it has no rows. Give it the columns {', '.join(needed)} and rows below."
        )
    (head_at, head), *rows = numbered
    missing = [name for name in needed if name not in head]
    if missing:
        there = ", ".join(filter(None, head))
        raise EnteredError(
            f"{where}, row {head_at}: there is no column {missing[0]!r}; its columns are: {there}"
        )
    yield from ((f"{where}, row {number}", dict(zip(head, map(unguarded, cells)))) for number, cells in rows)
