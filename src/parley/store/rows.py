"""The tables of a record: every row as JSON under its kind, in order, at a position of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from parley.contract import from_data, tables, to_data
from parley.model import Record

NO_BUILDS = ("codebook", "codes", "tombstones")  # tables of the record that people enter
# A position is a number between those of its neighbours: a row that comes in between moves no other.
LEAST_STEP = 1e-6  # between positions; where so little room is left, a table is numbered anew


def built() -> list[str]:
    """The tables that a build makes."""
    return [name for name in tables() if name not in NO_BUILDS]


def put(connection: sqlite3.Connection, record: Record) -> None:
    """Put a record in place of the file's."""
    connection.execute("DELETE FROM row")
    for name in built():
        _insert(connection, name, enumerate(getattr(record, name)))


def put_changes(
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
            (name, place, getattr(row, "id", None), getattr(row, "article", None), to_json(row))
            for place, row in rows
        ),
    )


def to_json(value: object) -> str:
    """A row as JSON, as short as can be."""
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


def values_from(kind: type, data: Sequence[str]) -> Any:  # noqa: ANN401 - rows of any table
    """Rows from their JSON, all of it in one piece: quicker than one by one."""
    return tuple(from_data(kind, one) for one in json.loads(f"[{','.join(data)}]"))
