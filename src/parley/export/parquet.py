"""A Parquet file per table, in a folder. Needs pyarrow, which the extra `parquet` brings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from parley.errors import ParleyError
from parley.export.flat import Table, files_of
from parley.files import replaced_folder

BATCH = 10_000  # rows held at once
TYPES = {str: "string", int: "int64", float: "float64", bool: "bool_", date: "date32"}  # pyarrow's names


def write_parquet(tables: Iterable[Table], target: Path) -> None:
    """Write the tables into a folder. Raises ParleyError, also where pyarrow is missing."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise ParleyError(
            "Parquet needs pyarrow, which is not installed. Run: pip install 'parley-record[parquet]'"
        ) from None
    with replaced_folder(target, files_of(".parquet")) as folder:
        for table in tables:
            schema = arrow.schema(
                [(name, getattr(arrow, TYPES[kind])()) for name, kind in table.columns.items()]
            )
            with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema) as writer:
                _fill(writer, table, schema, arrow.Table)


def _fill(writer: Any, table: Table, schema: Any, made: Any) -> None:  # noqa: ANN401 - pyarrow is imported late
    rows = table.rows()
    while batch := list(islice(rows, BATCH)):
        writer.write_table(made.from_pylist(batch, schema=schema))
