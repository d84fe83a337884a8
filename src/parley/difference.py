"""What moved between two builds of a record: rows that came, went or changed, table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from parley.contract import tables
from parley.model import Record

# Said by the commands that add, correct or enter them.
UNTOLD = frozenset({"articles", "unread", "outcomes", "codebook", "codes", "tombstones"})
LONGEST = 70  # characters of a row's words


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that is not as it was: `field` is empty where the row itself came or went."""

    table: str
    row: str
    how: str  # new | gone | changed
    field: str = ""
    before: str = ""
    after: str = ""
    words: str = ""


def differences(before: Record, after: Record) -> tuple[Moved, ...]:
    """Every row that differs, in the order of the tables; a row that keeps its id is told field by field."""
    return tuple(moved for name in tables() if name not in UNTOLD for moved in _table(name, before, after))


def _table(name: str, before: Record, after: Record) -> Iterator[Moved]:
    old = {row.id: row for row in getattr(before, name) if hasattr(row, "id")}
    new = {row.id: row for row in getattr(after, name) if hasattr(row, "id")}
    for row, value in old.items():
        if row not in new:
            yield Moved(name, row, "gone", words=_words(value))
        elif value != new[row]:
            yield from _fields(name, value, new[row])
    yield from (Moved(name, row, "new", words=_words(value)) for row, value in new.items() if row not in old)


def _fields(table: str, old: Any, new: Any) -> Iterator[Moved]:  # noqa: ANN401 - a row of any table
    for field in fields(old):
        one, other = getattr(old, field.name), getattr(new, field.name)
        if one != other:
            yield Moved(
                table, old.id, "changed", field.name.rstrip("_"), _plain(one), _plain(other), _words(new)
            )


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} of them"
    return "not stated" if value is None or value == "" else str(value)[:LONGEST]


def _words(row: Any) -> str:  # noqa: ANN401
    """A row in a few words of its own."""
    content = getattr(row, "content", ())
    words = content[0].text if content else getattr(row, "text", "") or getattr(row, "name", "")
    return " ".join(words.split())[:LONGEST]


def told(moved: tuple[Moved, ...], most: int = 12) -> list[str]:
    """The differences in lines: how many per table, then the first of them."""
    counts = Counter((one.table.replace("_", " "), one.how) for one in moved if one.how != "changed")
    rows = {(one.table, one.row) for one in moved if one.how == "changed"}
    counts.update((table.replace("_", " "), "changed") for table, _ in rows)
    lines = [f"{table}: {count} {how}" for (table, how), count in counts.items()]
    changed = [one for one in moved if one.how == "changed" and one.before != one.after]
    lines += [f"  “{one.words}” {one.field}: {one.before} -> {one.after}" for one in changed[:most]]
    return [*lines, f"  and {len(changed) - most} more"] if len(changed) > most else lines
