"""Aliases: a table of who is who that comes in beside the reports, with names in their own script."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parley.errors import SourceError
from parley.model import Article

COLUMNS = ("name", "alias", "kind", "affiliation")  # others, such as its script, are passed over
NEEDED = ("name", "alias")
KINDS = frozenset({"person", "organisation", "state", "group", ""})


@dataclass(frozen=True, slots=True)
class Alias:
    """One row of an aliases.csv: a name, another form of it, and what the table says of whoever bears it."""

    name: str
    alias: str
    kind: str = ""  # person | organisation | state | group
    affiliation: str = ""  # the body that the bearer belongs to, by name


def read_aliases(articles: Iterable[Article]) -> tuple[Alias, ...]:
    """The rows of every article of kind "aliases", in order. Raises SourceError that names file, row and field."""
    tables = (article for article in articles if article.kind == "aliases")
    return tuple(alias for table in tables for alias in _rows(table.file, table.text))


def _rows(file: str, text: str) -> Iterator[Alias]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        lacking = [name for name in NEEDED if name not in head]
        if lacking:
            raise SourceError(
                f"{file}, row 1: no column {lacking[0]!r}; the columns are {', '.join(COLUMNS)}"
            )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(file, reader.line_num, dict(zip(head, (cell.strip() for cell in cells))))
    except csv.Error as error:
        raise SourceError(f"{file}, row {reader.line_num}: {error}; check its quotation marks") from error


def _row(file: str, number: int, cells: dict[str, str]) -> Alias:
    """One row. Raises SourceError for an empty name or alias and for a kind that is none."""
    for field in NEEDED:
        if not cells.get(field):
            raise SourceError(f"{file}, row {number}: {field} is empty; write a name there or delete the row")
    if cells.get("kind", "") not in KINDS:
        kinds = ", ".join(sorted(KINDS - {""}))
        raise SourceError(f"{file}, row {number}: kind {cells['kind']!r} is none of {kinds}")
    return Alias(**{field: cells[field] for field in COLUMNS if field in cells})
