"""One SQLite file: a build is one transaction, corrections are kept, what is no record is refused."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import parley
from parley import store
from parley.corrections import make_correction
from parley.errors import StoreError
from parley.export import as_json
from parley.model import Record
from parley.pipeline import build_record


def test_a_record_comes_back_as_it_was_saved(reports: Path, tmp_path: Path) -> None:
    """Loading gives an equal value, so whatever is shown of a file is shown of the record."""
    record = parley.build([str(reports)])
    store.save(record, tmp_path / "r.db")
    assert store.load(tmp_path / "r.db") == record


def test_building_twice_exports_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    """Same input, same bytes: built twice, and built again from the record's own texts."""
    first = parley.build([str(reports)])
    store.save(first, tmp_path / "r.db")
    again = build_record(store.load(tmp_path / "r.db").articles, parley.Settings())
    assert as_json(first) == as_json(parley.build([str(reports)])) == as_json(again)


def test_the_file_is_one_file_in_wal_mode(reports: Path, tmp_path: Path) -> None:
    """After a build nothing but the record's own file lies there, and its journal mode is WAL."""
    path = tmp_path / "r.db"
    store.save(parley.build([str(reports)]), path)
    assert [item.name for item in tmp_path.glob("r.db*")] == ["r.db"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_corrections_outlive_a_build_and_cannot_be_changed(reports: Path, tmp_path: Path) -> None:
    """A build replaces every row but the corrections; the file itself refuses to change or delete one."""
    path = tmp_path / "r.db"
    record = parley.build([str(reports)])
    store.save(record, path)
    made = make_correction(
        record, record.statements[0].id, "wrong", (), "A. Monitor", "2031-03-07T06:30:00Z", "a rumour"
    )
    for _ in range(2):
        store.save_changes(record, store.saved_number(path), record, path, corrections=[made])
    store.save(Record(), path)
    assert store.corrections(path) == (made,)
    connection = sqlite3.connect(path)
    for command in ("DELETE FROM correction", "UPDATE correction SET data = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(command)
    connection.close()


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look at twice" * 20])
def test_what_is_no_record_is_refused_and_left_alone(content: bytes, tmp_path: Path) -> None:
    """A file that is no record is named in one line and keeps its bytes."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.txt: is no Parley record"):
        store.load(path)
    if content:
        with pytest.raises(StoreError, match=r"notes\.txt"):
            store.save(Record(), path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A SQLite file that Parley did not make is not written to."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="is no Parley record"):
        store.save(Record(), path)


def test_a_missing_record_names_the_next_step(tmp_path: Path) -> None:
    """The message says how to build one."""
    with pytest.raises(StoreError, match="parley build"):
        store.load(tmp_path / "none.db")


KILLED = """
import sys
from pathlib import Path
from parley import store
path = Path(sys.argv[1])
record = store.load(path)
print("ready", flush=True)
while True:
    store.save(record, path)
"""


@pytest.mark.slow
def test_a_killed_build_leaves_a_whole_record(reports: Path, tmp_path: Path) -> None:
    """Killed at any moment of saving, the file still holds a whole record, the same one."""
    path = tmp_path / "r.db"
    record = parley.build([str(reports)])
    store.save(record, path)
    for attempt in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, env=os.environ
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.005 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert store.load(path) == record
