"""A record in one SQLite file (WAL): every row as JSON in a table of its own kind, in order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from parley.contract import from_data, tables, to_data
from parley.errors import StoreError
from parley.model import Correction, Record

APPLICATION = 0x5041524C  # "PARL", in the file's header
VERSION = 1
BUSY = 5.0  # seconds to wait for another writer

SCHEMA = """
CREATE TABLE IF NOT EXISTS row (
    kind TEXT NOT NULL, position INTEGER NOT NULL, id TEXT, article TEXT, data TEXT NOT NULL,
    PRIMARY KEY (kind, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS row_by_id ON row (id);
CREATE TABLE IF NOT EXISTS correction (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, data TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS correction_kept BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;
CREATE TRIGGER IF NOT EXISTS correction_fixed BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;
"""


def save(record: Record, path: Path) -> None:
    """Put a record in place of the file's, in one transaction; corrections stay. Raises StoreError."""
    with _open(path, create=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM row")
        connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?)", _rows(record))
        connection.execute("COMMIT")


def load(path: Path) -> Record:
    """The record of a file. Raises StoreError where there is none."""
    made: dict[str, tuple[object, ...]] = {}
    with _open(path, create=False) as connection:
        for name, kind in tables().items():
            found = connection.execute("SELECT data FROM row WHERE kind = ? ORDER BY position", (name,))
            made[name] = tuple(from_data(kind, json.loads(data)) for (data,) in found)
    return Record(**made)  # type: ignore[arg-type]  # tables() pairs each name with its own row type


def add_corrections(path: Path, made: Iterable[Correction]) -> int:
    """Append people's decisions in one transaction; one that is there already is passed over. Returns how many are new."""
    with _open(path, create=False) as connection:
        connection.execute("BEGIN IMMEDIATE")
        before = connection.total_changes
        connection.executemany(
            "INSERT OR IGNORE INTO correction (id, data) VALUES (?, ?)",
            [(one.id, _json(one)) for one in made],
        )
        added = connection.total_changes - before
        connection.execute("COMMIT")
    return added


def corrections(path: Path) -> tuple[Correction, ...]:
    """Every correction of a record in the order in which they were made."""
    with _open(path, create=False) as connection:
        found = connection.execute("SELECT data FROM correction ORDER BY position")
        return tuple(from_data(Correction, json.loads(data)) for (data,) in found)


def _rows(record: Record) -> Iterator[tuple[str, int, str | None, str | None, str]]:
    for name in tables():
        for position, value in enumerate(getattr(record, name)):
            yield name, position, getattr(value, "id", None), getattr(value, "article", None), _json(value)


def _json(value: object) -> str:
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _open(path: Path, create: bool) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode; every SQLite error becomes one line that names the file."""
    if not create and not path.exists():
        raise StoreError(f"{path}: no such record. Build one with: parley build FOLDER -o {path}")
    try:
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
        try:
            _prepare(connection, path, create)
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise StoreError(f"{path}: is no Parley record. Name another file.") from error
        raise StoreError(f"{path}: {error}. Is another program using it, or the disk full?") from error


def _prepare(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if (not empty and application != APPLICATION) or (empty and not create):
        raise StoreError(f"{path}: is no Parley record. Name another file.")
    if version > VERSION:
        raise StoreError(f"{path}: was made by a newer Parley. Install that one, or build the record again.")
    if empty:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {SCHEMA} COMMIT;"
        )
