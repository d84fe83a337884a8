"""Folders: which files in them are texts, in what order, and what the tables beside them say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from parley.sources.entered import entered_kind
from parley.sources.table import NAME, Table, file_key, read_table

GOLD = "gold"
HIDDEN = (".", "~$")  # the second is how Word marks a file that it has open


def label(path: Path, folder: Path) -> str:
    """A file's path relative to the folder, with slashes; bytes that are no letters become U+FFFD."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")


def entries(folder: Path) -> list[Path]:
    """Every file under a folder, hidden and gold ones left out. Linked folders are listed, not entered."""
    return sorted(_walk(folder), key=lambda path: path.relative_to(folder).as_posix())


def _walk(folder: Path) -> Iterator[Path]:
    try:
        found = list(folder.iterdir())
    except OSError:
        yield folder  # listed as unread
        return
    for path in found:
        if path.name.startswith(HIDDEN):
            continue
        if not path.is_dir() or path.is_symlink():
            yield path
        elif path.name != GOLD:
            yield from _walk(path)


def texts(files: list[Path], folder: Path, rows: Table) -> list[Path]:
    """The files that may be texts: no tables, and a README only where a table names it."""
    return [
        path
        for path in files
        if path.name != NAME
        and not entered_kind(path.name)
        and (path.stem.lower() != "readme" or file_key(label(path, folder)) in rows)
    ]


def tables(files: list[Path], folder: Path) -> Table:
    """The rows of every sources.csv among the files; of two for one file the deeper one counts."""
    found: Table = {}
    for path in sorted((path for path in files if path.name == NAME), key=lambda path: len(path.parts)):
        beside = path.parent.relative_to(folder)
        for key, details in read_table(path).items():
            found[file_key((beside / key).as_posix())] = details
    return found


def table_beside(path: Path) -> Table:
    """The rows of the sources.csv in a single file's own folder, if there is one."""
    table = path.parent / NAME
    return read_table(table) if table.is_file() else {}
