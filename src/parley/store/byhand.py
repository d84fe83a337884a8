"""What people entered and corrected: appended to tables that no build touches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from parley.contract import from_data
from parley.model import Article, Code, CodeDefinition, Correction, Mark, Record, Tombstone
from parley.store.rows import put_changes, to_json
from parley.store.sqlite import opened, transaction, unchanged

Row = TypeVar("Row")
Entered = Article | Code | CodeDefinition | Tombstone | Mark
# What people enter, by the name of its kind.
KINDS: dict[str, type] = {
    "articles": Article,  # of the kind note
    "codebook": CodeDefinition,
    "codes": Code,
    "tombstones": Tombstone,
    "marks": Mark,
}


def corrections(path: Path) -> tuple[Correction, ...]:
    """Every correction of a record in the order in which they were made."""
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM correction ORDER BY position")
        return tuple(from_data(Correction, json.loads(data)) for (data,) in found)


def append_corrections(connection: sqlite3.Connection, made: Iterable[Correction]) -> None:
    """Append corrections; one that is there already is passed over."""
    connection.executemany(
        "INSERT OR IGNORE INTO correction (id, data) VALUES (?, ?)", [(one.id, to_json(one)) for one in made]
    )


def enter(path: Path, made: Iterable[Entered]) -> int:
    """Append what people entered in one transaction; what is there already is passed over. Returns how many are new."""
    with opened(path, create=False) as connection, transaction(connection):
        before = connection.total_changes
        append(connection, made)
        added = connection.total_changes - before
        connection.execute("UPDATE saved SET number = number + 1")
    return added


def enter_notes(path: Path, number: int, made: Iterable[Article], before: Record, after: Record) -> None:
    """Append notes, and put them into the record, in one transaction; `before` is what `load` gave at `saved_number`.

    Raises ChangedError, and writes nothing, if the file was saved since.
    """
    with opened(path, create=False) as connection, transaction(connection):
        unchanged(connection, path, number)
        append(connection, made)
        for name in ("articles", "notes"):
            put_changes(connection, name, getattr(before, name), getattr(after, name))
        connection.execute("UPDATE saved SET number = number + 1")


def entered(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """What people entered of a kind, in the order in which it came."""
    name = next(name for name, one in KINDS.items() if one is kind)
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM entered WHERE kind = ? ORDER BY position", (name,))
        return tuple(from_data(kind, json.loads(data)) for (data,) in found)


def append(connection: sqlite3.Connection, made: Iterable[Entered]) -> None:
    """Append what people entered; what is there already is passed over."""
    names = {kind: name for name, kind in KINDS.items()}
    connection.executemany(
        "INSERT OR IGNORE INTO entered (kind, id, data) VALUES (?, ?, ?)",
        [(names[type(one)], one.id, to_json(one)) for one in made],
    )
