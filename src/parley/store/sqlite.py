"""A record in one SQLite file (WAL): every row as JSON in a table of its own kind, in order."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from parley.contract import from_data, tables, to_data
from parley.errors import ChangedError, StoreError
from parley.memory import uncollected
from parley.model import (
    Article,
    Code,
    CodeDefinition,
    Correction,
    Followed,
    Mark,
    Reading,
    Record,
    Tombstone,
)
from parley.readings import reading_key

APPLICATION = 0x5041524C  # "PARL", in the file's header
VERSION = 4
BUSY = 5.0  # seconds to wait for another writer
Row = TypeVar("Row")
Entered = Article | Code | CodeDefinition | Tombstone | Mark
# What people enter, by the name of its kind; those that are tables of the record are no build's.
KINDS: dict[str, type] = {
    "articles": Article,  # of the kind note
    "codebook": CodeDefinition,
    "codes": Code,
    "tombstones": Tombstone,
    "marks": Mark,
}
NO_BUILDS = ("codebook", "codes", "tombstones")
NONE: Mapping[str, Any] = MappingProxyType({})
LEAST_STEP = 1e-6  # between positions; where so little room is left, a table is numbered anew

# A position is a number between those of its neighbours: a row that comes in between moves no other.
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


def save(
    record: Record,
    path: Path,
    readings: Mapping[str, Reading] = NONE,
    followed: Iterable[Followed] = (),
    number: int | None = None,
    kept: Mapping[str, object] = NONE,
) -> None:
    """Put a record in place of the file's, in one transaction; corrections stay. Raises StoreError.

    With `number`, what `saved_number` gave, it raises ChangedError and writes nothing if the file was saved since.

    `readings`, by `reading_key`, are kept beside it, those of texts that it no longer holds are not; of the answers of
    functions that are `kept` the file has those that are given. `followed` are the sources to remember besides those
    that the file remembers.
    """
    with opened(path, create=True) as connection, _transaction(connection):
        if number is not None:
            _unchanged(connection, path, number)
        _put(connection, record)
        _keep(connection, record, readings, followed, kept)


def save_changes(
    before: Record,
    number: int,
    record: Record,
    path: Path,
    readings: Mapping[str, Reading] = NONE,
    followed: Iterable[Followed] = (),
    corrections: Iterable[Correction] = (),
    kept: Mapping[str, object] = NONE,
) -> int:
    """What `save` does, writing only the rows that differ; `before` is what `load` gave at `saved_number`.

    `corrections`, with which the record was built, are appended in the same transaction; one that is there already is
    passed over. Returns the new number. Raises ChangedError, and writes nothing, if the file was saved since.
    """
    with opened(path, create=False) as connection, _transaction(connection):
        _unchanged(connection, path, number)
        _insert_corrections(connection, corrections)
        for name in _built():
            _replace(connection, name, getattr(before, name), getattr(record, name))
        _keep(connection, record, readings, followed, kept)
        return _number(connection)


def load(path: Path) -> Record:
    """The record of a file. Raises StoreError where there is none."""
    made: dict[str, tuple[object, ...]] = {}
    with opened(path, create=False) as connection, uncollected():
        connection.execute("BEGIN")  # one state of the file, whoever writes meanwhile
        for name, kind in tables().items():
            table = "entered" if name in NO_BUILDS else "row"
            found = connection.execute(f"SELECT data FROM {table} WHERE kind = ? ORDER BY position", (name,))  # noqa: S608 - one of two names
            made[name] = _values(kind, [data for (data,) in found])
    return Record(**made)  # type: ignore[arg-type]  # tables() pairs each name with its own row type


def load_readings(path: Path) -> dict[str, Reading]:
    """What was read in the texts of a record, by `reading_key`; corrections are not applied."""
    with opened(path, create=False) as connection, uncollected():
        found = connection.execute("SELECT key, data FROM reading").fetchall()
        return dict(zip((key for key, _ in found), _values(Reading, [data for _, data in found])))


def load_kept(path: Path) -> dict[str, str]:
    """The answers of functions that are `kept`, as JSON, by their keys."""
    with opened(path, create=False) as connection:
        return dict(connection.execute("SELECT key, data FROM kept").fetchall())


def load_followed(path: Path) -> dict[str, Followed]:
    """What is remembered of the sources that a record follows, by source."""
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM followed ORDER BY source").fetchall()
    return {one.source: one for one in _values(Followed, [data for (data,) in found])}


def saved_number(path: Path) -> int:
    """How often the file was saved or corrected: the same number, the same content."""
    with opened(path, create=False) as connection:
        return _number(connection)


def _insert_corrections(connection: sqlite3.Connection, made: Iterable[Correction]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO correction (id, data) VALUES (?, ?)", [(one.id, _json(one)) for one in made]
    )


def corrections(path: Path) -> tuple[Correction, ...]:
    """Every correction of a record in the order in which they were made."""
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM correction ORDER BY position")
        return tuple(from_data(Correction, json.loads(data)) for (data,) in found)


def enter(path: Path, made: Iterable[Entered]) -> int:
    """Append what people entered in one transaction; what is there already is passed over. Returns how many are new."""
    with opened(path, create=False) as connection, _transaction(connection):
        before = connection.total_changes
        _append(connection, made)
        added = connection.total_changes - before
        connection.execute("UPDATE saved SET number = number + 1")
    return added


def enter_notes(path: Path, number: int, made: Iterable[Article], before: Record, after: Record) -> None:
    """Append notes, and put them into the record, in one transaction; `before` is what `load` gave at `saved_number`.

    Raises ChangedError, and writes nothing, if the file was saved since.
    """
    with opened(path, create=False) as connection, _transaction(connection):
        _unchanged(connection, path, number)
        _append(connection, made)
        for name in ("articles", "notes"):
            _replace(connection, name, getattr(before, name), getattr(after, name))
        connection.execute("UPDATE saved SET number = number + 1")


def entered(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """What people entered of a kind, in the order in which it came."""
    name = next(name for name, one in KINDS.items() if one is kind)
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM entered WHERE kind = ? ORDER BY position", (name,))
        return tuple(from_data(kind, json.loads(data)) for (data,) in found)


def _append(connection: sqlite3.Connection, made: Iterable[Entered]) -> None:
    names = {kind: name for name, kind in KINDS.items()}
    connection.executemany(
        "INSERT OR IGNORE INTO entered (kind, id, data) VALUES (?, ?, ?)",
        [(names[type(one)], one.id, _json(one)) for one in made],
    )


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
        with _transaction(connection):
            _unchanged(connection, path, number)
            triggers = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            _rewrite_others(connection, anew)
            for table in ("correction", "entered", "reading", "kept"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            _insert_corrections(connection, corrections)
            _append(connection, made)
            _put(connection, record)
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


def _values(kind: type, data: Sequence[str]) -> Any:  # noqa: ANN401 - rows of any table
    """Rows from their JSON, all of it in one piece: quicker than one by one."""
    return tuple(from_data(kind, one) for one in json.loads(f"[{','.join(data)}]"))


def _built() -> list[str]:
    """The tables that a build makes."""
    return [name for name in tables() if name not in NO_BUILDS]


def _put(connection: sqlite3.Connection, record: Record) -> None:
    """Put a record in place of the file's."""
    connection.execute("DELETE FROM row")
    for name in _built():
        _insert(connection, name, enumerate(getattr(record, name)))


def _unchanged(connection: sqlite3.Connection, path: Path, number: int) -> None:
    if _number(connection) != number:
        raise ChangedError(f"{path}: was changed by another program meanwhile. Run the command again.")


def _number(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT number FROM saved").fetchone()
    return int(number)


def _keep(
    connection: sqlite3.Connection,
    record: Record,
    readings: Mapping[str, Reading],
    followed: Iterable[Followed],
    kept: Mapping[str, object],
) -> None:
    """Readings, answers and followed sources beside the record, and that it was saved once more."""
    _keep_only(connection, "reading", {reading_key(article) for article in record.articles}, readings)
    _keep_only(connection, "kept", set(kept), kept)
    connection.executemany(
        "INSERT OR REPLACE INTO followed VALUES (?, ?)", [(one.source, _json(one)) for one in followed]
    )
    connection.execute("UPDATE saved SET number = number + 1")


def _keep_only(
    connection: sqlite3.Connection, table: str, wanted: set[str], values: Mapping[str, object]
) -> None:
    """Of a table of values by key those that are wanted, the new ones among them."""
    held = {key for (key,) in connection.execute(f"SELECT key FROM {table}")}  # noqa: S608 - our own names
    gone = [(key,) for key in sorted(held - wanted)]
    connection.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608
    lacking = wanted - held
    new = [(key, _json(one)) for key, one in values.items() if key in lacking]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", new)  # noqa: S608


def _replace(
    connection: sqlite3.Connection, name: str, before: Sequence[object], after: Sequence[object]
) -> None:
    """Write the rows of a table that differ: those that stay keep their positions, new ones come in between."""
    if before == after:
        return
    found = connection.execute("SELECT position FROM row WHERE kind = ? ORDER BY position", (name,))
    positions = [position for (position,) in found]
    stay = _staying(before, after)
    placed = _placed(positions, stay, len(after))
    if placed is None:
        connection.execute("DELETE FROM row WHERE kind = ?", (name,))
        _insert(connection, name, enumerate(after))
        return
    kept = set(stay.values())
    gone = [(name, position) for at, position in enumerate(positions) if at not in kept]
    connection.executemany("DELETE FROM row WHERE kind = ? AND position = ?", gone)
    differ = (at for at, row in enumerate(after) if at not in stay or before[stay[at]] != row)
    _insert(connection, name, ((placed[at], after[at]) for at in differ))


def _staying(before: Sequence[object], after: Sequence[object]) -> dict[int, int]:
    """The places of the rows that were there already, in the same order, with the places that they had."""
    had = {getattr(row, "id", row): at for at, row in enumerate(before)}
    stay: dict[int, int] = {}
    last = -1
    for at, row in enumerate(after):
        was = had.get(getattr(row, "id", row), -1)
        if was > last:
            stay[at] = last = was
    return stay


def _placed(positions: Sequence[float], stay: Mapping[int, int], count: int) -> list[float] | None:
    """A position for each of so many rows: its own for one that stays; None where there is no room between two."""
    placed: list[float] = []
    low = -1.0
    for first, last in pairwise((-1, *sorted(stay), count)):
        new = last - first - 1
        high = positions[stay[last]] if last in stay else low + 1 + new
        step = (high - low) / (new + 1)
        if new and step < LEAST_STEP:
            return None
        placed += [low + step * number for number in range(1, new + 1)]
        if last in stay:
            placed.append(high)
            low = high
    return placed


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[tuple[float, object]]) -> None:
    """Rows of a table at their positions, in place of what stands there."""
    connection.executemany(
        "INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?)",
        (
            (name, place, getattr(row, "id", None), getattr(row, "article", None), _json(row))
            for place, row in rows
        ),
    )


def _json(value: object) -> str:
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing: what is not committed falls when the connection is closed."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


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
