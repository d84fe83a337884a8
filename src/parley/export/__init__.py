"""A record in the forms that other programs read; each is handed what may be shown, see parley.sensitivity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from parley.export.annotations import annotation_parts
from parley.export.atom import atom_parts
from parley.export.columns import OWN, SCHEMES, tables_in
from parley.export.csv import write_csv
from parley.export.flat import Table
from parley.export.ftm import ftm_parts
from parley.export.json import as_json, json_parts
from parley.export.parquet import write_parquet
from parley.export.xlsx import write_xlsx
from parley.harm import with_roles
from parley.model import Record

__all__ = ["OWN", "SCHEMES", "TABLES", "TEXTS", "as_json", "text_parts", "write_tables"]

TEXTS = ("json", "annotations", "ftm", "ftm-csv", "atom")
TABLES: dict[str, Callable[[Iterable[Table], Path], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}


def text_parts(record: Record, form: str, name: str, day: date, full_texts: bool = True) -> Iterator[str]:
    """A record as text in one of the forms TEXTS, in parts; roles stand for the names of people only told of."""
    if form == "json":
        return json_parts(with_roles(record, words=not full_texts), full_texts)
    if form == "annotations":
        return annotation_parts(record, full_texts)
    shown = with_roles(record, words=True)
    return atom_parts(shown, name, day) if form == "atom" else ftm_parts(shown, name, form == "ftm-csv")


def write_tables(record: Record, form: str, target: Path, scheme: str = OWN, full_texts: bool = True) -> None:
    """Write a record's tables in one of the forms TABLES. Raises ParleyError."""
    shown = with_roles(record, words=True)
    TABLES[form](tables_in(shown, scheme, full_texts and form != "xlsx"), target)
