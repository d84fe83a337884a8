"""A record put into its file, whole or where it differs, and taken out of it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from parley.contract import tables
from parley.memory import uncollected
from parley.model import Correction, Followed, Reading, Record
from parley.store.beside import NONE, keep
from parley.store.byhand import append_corrections
from parley.store.rows import NO_BUILDS, built, put, put_changes, values_from
from parley.store.sqlite import number_of, opened, transaction, unchanged


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
    with opened(path, create=True) as connection, transaction(connection):
        if number is not None:
            unchanged(connection, path, number)
        put(connection, record)
        keep(connection, record, readings, followed, kept)


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
    with opened(path, create=False) as connection, transaction(connection):
        unchanged(connection, path, number)
        append_corrections(connection, corrections)
        for name in built():
            put_changes(connection, name, getattr(before, name), getattr(record, name))
        keep(connection, record, readings, followed, kept)
        return number_of(connection)


def load(path: Path) -> Record:
    """The record of a file. Raises StoreError where there is none."""
    made: dict[str, tuple[object, ...]] = {}
    with opened(path, create=False) as connection, uncollected():
        connection.execute("BEGIN")  # one state of the file, whoever writes meanwhile
        for name, kind in tables().items():
            table = "entered" if name in NO_BUILDS else "row"
            found = connection.execute(f"SELECT data FROM {table} WHERE kind = ? ORDER BY position", (name,))  # noqa: S608 - one of two names
            made[name] = values_from(kind, [data for (data,) in found])
    return Record(**made)  # type: ignore[arg-type]  # tables() pairs each name with its own row type
