"""Files that a person writes beside the reports: terms of the agreement, aliases of names. They come in as texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import PurePath

from openpyxl import load_workbook

from parley.errors import UnreadableError
from parley.model import ENTERED, Article, Unread
from parley.sources.details import Details, Draft
from parley.sources.encoding import decode

OUTLET = "entered by hand"
ENDINGS = {"terms": (".yaml", ".yml", ".csv", ".xlsx"), "aliases": (".csv",)}


def entered_kind(name: str) -> str:
    """terms or aliases where a file's name says that a person entered it; else empty."""
    path = PurePath(name.lower())
    return path.stem if path.suffix in ENDINGS.get(path.stem, ()) else ""


def read_entered(file: str, raw: bytes, kind: str, largest: int) -> Draft:
    """The file as it stands, a workbook as CSV. Raises UnreadableError; `largest` is the most characters."""
    if kind not in ENDINGS or PurePath(file.lower()).suffix not in ENDINGS[kind]:
        raise UnreadableError(f"{kind} come as {', '.join(ENDINGS[kind])}; save it as one of these")
    text = _sheet(raw, largest) if file.lower().endswith(".xlsx") else decode(raw)
    return Draft(file, text, Details(outlet=OUTLET, kind=kind))


def instead(held: Iterable[Article], came: Iterable[Article | Unread]) -> list[Article | Unread]:
    """Held articles and those that came, an entered file in place of the one of its name."""
    new = list(came)
    names = {(one.file, one.kind) for one in new if isinstance(one, Article) and one.kind in ENTERED}
    return [*(one for one in held if (one.file, one.kind) not in names), *new]


def _sheet(raw: bytes, largest: int) -> str:
    """The rows of a workbook's only filled sheet as CSV, days in ISO 8601."""
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = [sheet for sheet in map(list, map(_rows, book.worksheets)) if sheet]
    except Exception as error:  # openpyxl fails in any way on a damaged file
        raise UnreadableError(
            f"it is damaged or no workbook ({type(error).__name__}); save it again"
        ) from error
    if len(sheets) != 1:
        raise UnreadableError(f"{len(sheets)} of its sheets have rows; put all rows into one sheet")
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(sheets[0])
    if made.tell() > largest:
        raise UnreadableError(f"it has more than {largest:,} characters; split it")
    return made.getvalue()


def _rows(sheet: object) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]  # read-only sheets have no common type
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield cells


def cell_text(value: object) -> str:
    """A cell of a workbook as text, days in ISO 8601."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
