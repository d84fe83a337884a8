"""What moves when a record is built again, row by row; parley/changes.py tells what is new in one as people ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from parley.contract import tables
from parley.linking.counted import plain
from parley.model import Record
from parley.rowwords import KINDS, RowWords

# Said by the commands that add, correct or enter them.
UNTOLD = frozenset({"articles", "unread", "outcomes", "codebook", "codes", "tombstones"})
LONGEST = 70  # characters of a value
MOST = 12  # rows that are told


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that is not as it was, in words: `field` is empty where the row itself came or went."""

    table: str
    row: str
    how: str  # new | gone | changed
    words: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(before: Record, after: Record) -> tuple[Moved, ...]:
    """Every row that differs, in the order of the tables; a row that keeps its id is told field by field."""
    words = RowWords(before), RowWords(after)
    return tuple(
        moved for name in tables() if name not in UNTOLD for moved in _table(name, before, after, words)
    )


def _table(name: str, before: Record, after: Record, words: tuple[RowWords, RowWords]) -> Iterator[Moved]:
    old = {row.id: row for row in getattr(before, name) if hasattr(row, "id")}
    new = {row.id: row for row in getattr(after, name) if hasattr(row, "id")}
    for row, value in old.items():
        if row not in new:
            yield Moved(name, row, "gone", words[0].words(row))
        elif value != new[row]:
            yield from _fields(name, value, new[row], words)
    yield from (Moved(name, row, "new", words[1].words(row)) for row in new if row not in old)


def _fields(table: str, old: Any, new: Any, words: tuple[RowWords, RowWords]) -> Iterator[Moved]:  # noqa: ANN401 - a row of any table
    for field in fields(old):
        one, other = getattr(old, field.name), getattr(new, field.name)
        if one != other:
            name = field.name.strip("_").replace("_", " ")
            values = (_value(one, other, words[0]), _value(other, one, words[1]))
            yield Moved(table, old.id, "changed", words[1].words(new.id), name, *values)


def _value(value: object, other: object, words: RowWords) -> str:
    """A value in words; of several things those that the other value has not."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        own = [one for one in value if one not in other]
        named = [words.words(one) for one in own if isinstance(one, str)]
        return "; ".join(named)[:LONGEST] or (f"{len(value)} of them" if value else "none")
    if isinstance(value, float):
        return plain(value)
    return "not stated" if value is None or value == "" else words.words(str(value))[:LONGEST]


def told(moved: tuple[Moved, ...]) -> list[str]:
    """The differences in lines: how many rows of each kind, then the first of them in words."""
    rows = dict.fromkeys((one.table, one.how, one.row) for one in moved)
    counts = Counter((table, how) for table, how, _ in rows)
    lines = [f"{count} {KINDS[table][count > 1]} {how}" for (table, how), count in counts.items()]
    seen = [one for one in moved if one.how != "changed" or one.before != one.after]
    lines += [f"  {_told(one)}" for one in seen[:MOST]]
    return [*lines, f"  and {len(seen) - MOST} more"] if len(seen) > MOST else lines


def _told(one: Moved) -> str:
    if one.how != "changed":
        return f"{one.how}: {KINDS[one.table][0]} {one.words}"
    return f"{KINDS[one.table][0]} {one.words}: {one.field} {one.before} -> {one.after}"
