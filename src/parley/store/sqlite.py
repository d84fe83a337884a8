"""The record's file, SQLite in WAL mode: its tables and their version, how it is opened, a transaction, its number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parley.errors import ChangedError, StoreError

APPLICATION = 0x5041524C  # "PARL", in the file's header
VERSION = 4
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
CREATE TABLE IF NOT EXISTS entered (
    position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, data TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entered_kept BEFORE DELETE ON entered
BEGIN SELECT RAISE(ABORT, 'what people entered is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entered_fixed BEFORE UPDATE ON entered
BEGIN SELECT RAISE(ABORT, 'what people entered is append-only'); END;
CREATE TABLE IF NOT EXISTS reading (
    key TEXT PRIMARY KEY, data TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS followed (source TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS saved (number INTEGER NOT NULL);
INSERT INTO saved SELECT 0 WHERE NOT EXISTS (SELECT * FROM saved);
"""


@contextmanager
def opened(path: Path, create: bool) -> Iterator[sqlite3.Connection]:
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
    if version < VERSION:  # an older record lacks tables that came since
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {SCHEMA} COMMIT;"
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing: what is not committed falls when the connection is closed."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def saved_number(path: Path) -> int:
    """How often the file was saved or corrected: the same number, the same content."""
    with opened(path, create=False) as connection:
        return number_of(connection)


def number_of(connection: sqlite3.Connection) -> int:
    """How often the file was saved or corrected."""
    (number,) = connection.execute("SELECT number FROM saved").fetchone()
    return int(number)


def unchanged(connection: sqlite3.Connection, path: Path, number: int) -> None:
    """Raise ChangedError if the file was saved since that number."""
    if number_of(connection) != number:
        raise ChangedError(f"{path}: was changed by another program meanwhile. Run the command again.")
