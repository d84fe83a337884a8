"""What stands beside a record in its file: readings, answers of functions that are `kept`, followed sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from parley.memory import uncollected
from parley.model import Followed, Reading, Record
from parley.readings import reading_key
from parley.store.rows import to_json, values_from
from parley.store.sqlite import opened

NONE: Mapping[str, Any] = MappingProxyType({})


def load_readings(path: Path) -> dict[str, Reading]:
    """What was read in the texts of a record, by `reading_key`; corrections are not applied."""
    with opened(path, create=False) as connection, uncollected():
        found = connection.execute("SELECT key, data FROM reading").fetchall()
        return dict(zip((key for key, _ in found), values_from(Reading, [data for _, data in found])))


def load_kept(path: Path) -> dict[str, str]:
    """The answers of functions that are `kept`, as JSON, by their keys."""
    with opened(path, create=False) as connection:
        return dict(connection.execute("SELECT key, data FROM kept").fetchall())


def load_followed(path: Path) -> dict[str, Followed]:
    """What is remembered of the sources that a record follows, by source."""
    with opened(path, create=False) as connection:
        found = connection.execute("SELECT data FROM followed ORDER BY source").fetchall()
    return {one.source: one for one in values_from(Followed, [data for (data,) in found])}


def keep(
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
        "INSERT OR REPLACE INTO followed VALUES (?, ?)", [(one.source, to_json(one)) for one in followed]
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
    new = [(key, to_json(one)) for key, one in values.items() if key in lacking]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", new)  # noqa: S608
