"""Tables under the column names of other codebooks: PLOVER, PA-X, UCDP GED. The mapping is vocabulary/columns.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from parley.export.flat import Cell, Table, flat_tables
from parley.model import Record
from parley.vocabulary import vocabulary

OWN = "own"
SCHEMES = (OWN, *vocabulary("columns")["schemes"])


def tables_in(record: Record, scheme: str = OWN, full_texts: bool = True) -> Iterator[Table]:
    """The tables of a record under the column names of a scheme, own ones all, of another codebook the one it has."""
    if scheme == OWN:
        yield from flat_tables(record, full_texts)
        return
    wanted = vocabulary("columns")["schemes"][scheme]
    own = next(table for table in flat_tables(record, full_texts) if table.name == wanted["table"])
    names: dict[str, str] = wanted["columns"]
    where: dict[str, str] = wanted.get("where", {})

    def rows() -> Iterator[dict[str, Cell]]:
        for row in own.rows():
            if all(row[column] == value for column, value in where.items()):
                yield {theirs: row[ours] for theirs, ours in names.items()}

    columns = {theirs: own.columns[ours] for theirs, ours in names.items()}
    yield Table(own.name, columns, rows, own.size)
