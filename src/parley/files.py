"""Writing files so that nobody ever sees half of one: beside the wanted one, then put in its place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from parley.errors import ParleyError


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; what was written there takes its place at the end. Raises ParleyError."""
    made = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        yield made
        made.replace(path)
    except OSError as error:
        raise ParleyError(
            f"{path}: can't be written ({error.strerror}). Give another file with -o."
        ) from error
    finally:
        made.unlink(missing_ok=True)


@contextmanager
def replaced_folder(folder: Path, known: Collection[str]) -> Iterator[Path]:
    """A folder beside `folder` to write to, which takes its place at the end. Raises ParleyError.

    A file of that name, or a folder that holds anything whose name is not `known`, is refused before.
    """
    target = folder.resolve()
    _refuse_foreign(target, known)
    made = target.with_name(f".{target.name}.new-{os.getpid()}")
    before = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        made.mkdir(parents=True)
        yield made
        if target.exists():
            target.rename(before)
        made.rename(target)
    except OSError as error:
        raise ParleyError(
            f"{folder}: can't be written ({error.strerror}). Give another folder with -o."
        ) from error
    finally:
        if before.exists() and not target.exists():
            before.rename(target)
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _refuse_foreign(target: Path, known: Collection[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise ParleyError(f"{target}: is a file. Give a folder with -o.")
    foreign = sorted(path.name for path in target.iterdir() if path.name not in known)
    if foreign:
        raise ParleyError(
            f"{target}: holds {foreign[0]!r}, which was not written by this command. "
            "Give an empty or new folder with -o."
        )
