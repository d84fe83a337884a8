"""sources.csv: what a person says of the texts in a folder."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from parley.errors import SourceError, UnreadableError
from parley.sources.details import CELLS, Details, told
from parley.sources.encoding import decode

NAME = "sources.csv"
COLUMNS = ("file", *CELLS)

Table = dict[str, Details]  # by the file's path relative to the table's folder, as file_key writes it


def file_key(path: str) -> str:
    """A relative path in the one form that both a table and a folder come to: slashes, composed letters."""
    plain = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return plain.removeprefix("./")


def read_table(path: Path) -> Table:
    """The rows of a table by file. Raises SourceError that names the table, the line and the column."""
    try:
        content = decode(path.read_bytes())
    except (OSError, UnreadableError) as error:
        raise SourceError(f"{path}: the table can't be read: {error}") from None
    table: Table = {}
    seen: dict[str, int] = {}
    for line, cells in _rows(path, content):
        key = file_key(cells["file"])
        if not key:
            raise SourceError(
                f"{path} line {line}, column file: it is empty; name the text that the row is about"
            )
        if key in seen:
            raise SourceError(
                f"{path} line {line}, column file: {key} stands in line {seen[key]} too; keep one row"
            )
        seen[key] = line
        try:
            table[key] = told(cells)
        except UnreadableError as error:
            raise SourceError(f"{path} line {line}, column {error}") from None
    return table


def _rows(path: Path, content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and known cells of every row that isn't blank."""
    lines = content.split("\n")
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    header: list[str] = []
    start = 1
    try:
        for row in reader:
            start, line = reader.line_num + 1, start
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not header:
                header = _header(path, line, cells)
                continue
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise SourceError(
                    f"{path} line {line}: {len(cells)} cells under {len(header)} columns; "
                    f"put quotes around a cell that holds a {delimiter!r}"
                )
            yield line, {name: cell for name, cell in zip(header, cells) if name in COLUMNS}
    except csv.Error as error:
        raise SourceError(f"{path} line {start}: {error}; check the quotation marks") from None
    if not header:
        raise SourceError(f"{path}: the table is empty; name the columns in its first line, or delete it")


def _header(path: Path, line: int, cells: list[str]) -> list[str]:
    header = [cell.lower() for cell in cells]
    if "file" not in header:
        raise SourceError(
            f"{path} line {line}: no column file; the first line names the columns: {', '.join(COLUMNS)}"
        )
    twice = next((name for name in COLUMNS if header.count(name) > 1), None)
    if twice:
        raise SourceError(f"{path} line {line}: column {twice} stands there twice; keep one")
    return header
