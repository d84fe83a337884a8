"""A CSV file per table, in a folder or a zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from parley.export.flat import Cell, Table, files_of
from parley.export.packed import new_entry
from parley.files import replaced_file, replaced_folder

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
BOM = "\ufeff"  # by which spreadsheet programs know UTF-8


def write_csv(tables: Iterable[Table], target: Path) -> None:
    """Write the tables into a folder, or a zip where the target's name ends so. Raises ParleyError."""
    if target.suffix.lower() == ".zip":
        with replaced_file(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for table in tables:
                with packed.open(new_entry(f"{table.name}.csv"), "w") as entry:
                    for line in _lines(table):
                        entry.write(line.encode())
        return
    with replaced_folder(target, files_of(".csv")) as folder:
        for table in tables:
            _write(table, folder / f"{table.name}.csv")


def write_one_csv(table: Table, target: Path) -> None:
    """Write one table into a file. Raises ParleyError."""
    with replaced_file(target) as path:
        _write(table, path)


def unguarded(cell: str) -> str:
    """A cell of such a file as it was before text that looks like a formula got its apostrophe."""
    return cell[1:] if cell.startswith(tuple(f"'{sign}" for sign in FORMULA)) else cell


def _write(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    """The lines of a table, the first with its columns."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow(table.columns)
    for row in table.rows():
        writer.writerow([_text(row[column]) for column in table.columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _text(cell: Cell) -> str:
    """A cell as text. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
