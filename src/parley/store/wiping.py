"""A file written anew after a redaction, so that nothing of what was removed is left in its bytes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from parley.errors import StoreError
from parley.model import Correction, Record
from parley.store.byhand import Entered, append, append_corrections
from parley.store.rows import put
from parley.store.sqlite import opened, transaction, unchanged


def redact(
    path: Path,
    number: int,
    record: Record,
    corrections: Iterable[Correction],
    made: Iterable[Entered],
    anew: Callable[[Any], Any],
) -> None:
    """Put everything in the file in place of what it held, and leave nothing of that in its bytes.

    `corrections` and `made` are all that people entered; `anew` takes what is removed out of the plain data of any
    other table. Raises ChangedError, and writes nothing, if the file was saved since `number`, and StoreError if
    another program still reads it.
    """
    with opened(path, create=False) as connection:
        connection.execute(
            "PRAGMA secure_delete = ON"
        )  # should it be stopped before the file is written anew
        with transaction(connection):
            unchanged(connection, path, number)
            triggers = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            _rewrite_others(connection, anew)
            for table in ("correction", "entered", "reading", "kept"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            append_corrections(connection, corrections)
            append(connection, made)
            put(connection, record)
            connection.execute("UPDATE saved SET number = number + 1")
            for _, command in triggers:
                connection.execute(command)
        _wipe(connection, path)


def wipe(path: Path) -> None:
    """Leave nothing in the file's bytes that isn't in its tables. Raises StoreError if another program reads it."""
    with opened(path, create=False) as connection:
        _wipe(connection, path)


def _rewrite_others(connection: sqlite3.Connection, anew: Callable[[Any], Any]) -> None:
    """Every text in the tables that nothing else here writes anew, JSON in it too."""
    known = {"row", "correction", "entered", "reading", "kept", "saved"}
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    for table in [name for (name,) in found if name not in known]:
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - a table of this file
        texts = {cell for row in rows for cell in row if isinstance(cell, str)}
        digests = {_sha256(text): _sha256(anew(text)) for text in texts}  # a digest beside a text follows it
        clean = [tuple(digests.get(cell) or anew(cell) for cell in row) for row in rows]
        if clean != rows:
            connection.execute(f'DELETE FROM "{table}"')  # noqa: S608
            marks = ", ".join("?" * len(clean[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', clean)  # noqa: S608


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wipe(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew without free pages, and empty its log."""
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError(
            f"{path}: another program reads it, so that removed words may still stand in its log. "
            f"Close that program, then: parley redact {path} --wipe"
        )
