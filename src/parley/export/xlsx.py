"""A workbook with a sheet per table. Text is always text: no cell is a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from parley.errors import ParleyError
from parley.export.flat import Cell, Table
from parley.export.packed import pack_again
from parley.files import replaced_file

MOST_ROWS = 1_048_575  # of a sheet, without its header
LONGEST = 32_767  # characters of a cell
CUT = " … [cut]"
FIRST_DATE = date(1900, 3, 1)  # before that spreadsheets count days in different ways
WIDTHS = {str: 24, date: 12}
WIDE = 60  # for columns of words
WORDS = frozenset({"text", "content", "source_words", "reason", "why", "Event Text"})
NARROW = 10
MADE = datetime(2000, 1, 1)  # a workbook names a time; no clock is read


def write_xlsx(tables: Iterable[Table], target: Path) -> None:
    """Write the tables as the sheets of a workbook. Raises ParleyError."""
    book = Workbook(write_only=True)
    book.properties.creator = "Parley"
    book.properties.created = book.properties.modified = MADE
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    with replaced_file(target) as path, TemporaryFile() as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
            ExcelWriter(book, packed).save()
        pack_again(raw, path)


def _fill(sheet: Any, table: Table) -> None:  # noqa: ANN401 - a write-only sheet, half typed
    if table.size > MOST_ROWS:
        raise ParleyError(
            f"{table.name} has {table.size:,} rows, more than a sheet holds. Use --format csv or --format parquet."
        )
    sheet.freeze_panes = "A2"
    for number, (name, kind) in enumerate(table.columns.items(), start=1):
        width = WIDE if name in WORDS else WIDTHS.get(kind, NARROW)
        sheet.column_dimensions[get_column_letter(number)].width = max(width, len(name) + 2)
    sheet.append([_cell(sheet, name, Font(bold=True)) for name in table.columns])
    for row in table.rows():
        sheet.append([_cell(sheet, row[column]) for column in table.columns])


def _cell(sheet: Any, value: Cell, font: Font | None = None) -> object:  # noqa: ANN401
    if not isinstance(value, str | date) or (isinstance(value, date) and value >= FIRST_DATE):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT)
    cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
    if font:
        cell.font = font
    return cell
