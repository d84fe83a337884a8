"""Issues of situation reports in the record's file: append-only, numbered from 1, in a table that no build touches."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from parley.errors import StoreError
from parley.store.sqlite import opened

TABLE = """
CREATE TABLE IF NOT EXISTS issue (
    number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, corrections INTEGER NOT NULL, data TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS issue_kept BEFORE DELETE ON issue
BEGIN SELECT RAISE(ABORT, 'issues are append-only'); END;
CREATE TRIGGER IF NOT EXISTS issue_fixed BEFORE UPDATE ON issue
BEGIN SELECT RAISE(ABORT, 'issues are append-only'); END;
"""


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """A frozen copy as the file keeps it: its number, how many corrections there were then, and the copy's JSON."""

    number: int
    corrections: int
    data: str


def add_issue(path: Path, data: str, corrections: int) -> int:
    """Keep a frozen copy and return its number: the next free one, or its own where it is kept already. Raises StoreError."""
    digest = hashlib.sha256(data.encode()).hexdigest()
    with opened(path, create=False) as connection:
        connection.executescript(TABLE)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR IGNORE INTO issue SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM issue",
            (digest, corrections, data),
        )
        (number,) = connection.execute("SELECT number FROM issue WHERE digest = ?", (digest,)).fetchone()
        connection.execute("COMMIT")
    return int(number)


def kept_issues(path: Path) -> tuple[KeptIssue, ...]:
    """Every frozen copy in order. Raises StoreError where one is not what was frozen."""
    with opened(path, create=False) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'issue'").fetchone():
            return ()
        found = connection.execute(
            "SELECT number, corrections, data, digest FROM issue ORDER BY number"
        ).fetchall()
    for number, _, data, digest in found:
        if hashlib.sha256(data.encode()).hexdigest() != digest:
            raise StoreError(f"{path}: issue {number} is not what was frozen. Take the file from a backup.")
    return tuple(KeptIssue(number, corrections, data) for number, corrections, data, _ in found)
