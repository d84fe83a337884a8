"""Writes the pages: all of them into a folder beside the wanted one, which then takes its place in one step."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from pathlib import Path

from parley.briefing.pages import STYLE, pages
from parley.errors import ParleyError
from parley.model import Record

MANIFEST = "pages.txt"


def write_briefing(record: Record, folder: Path) -> Path:
    """Write the pages into a folder and return the first; the folder's name is their title. Raises ParleyError.

    An earlier briefing in the folder is replaced once the new one is whole; a folder with anything else is refused.
    """
    target = folder.resolve()
    _refuse_foreign(target)
    made = target.with_name(f".{target.name}.new-{os.getpid()}")
    before = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        made.mkdir(parents=True)
        _write_pages(record, target.name, made)
        if target.exists():
            target.rename(before)
        made.rename(target)
    except OSError as error:
        raise ParleyError(
            f"{folder}: the pages cannot be written there ({error.strerror}). Give another folder with -o."
        ) from error
    finally:
        if before.exists() and not target.exists():
            before.rename(target)
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)
    return folder / "index.html"


def _refuse_foreign(target: Path) -> None:
    """Raise ParleyError where the target is a file or holds anything that an earlier briefing did not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise ParleyError(f"{target}: is a file. Give a folder for the pages with -o.")
    manifest = target / MANIFEST
    known = set(manifest.read_text(encoding="utf-8").split()) if manifest.is_file() else set()
    foreign = sorted(path.name for path in target.iterdir() if path.name not in known)
    if foreign:
        raise ParleyError(
            f"{target}: holds {foreign[0]!r}, which is no page of a briefing. Give an empty or new folder with -o."
        )


def _write_pages(record: Record, name: str, folder: Path) -> None:
    """Every page, the style sheet, and the list of what was written."""
    written = [STYLE, MANIFEST]
    for page, html in pages(record, name):
        (folder / page).write_text(html, encoding="utf-8", newline="\n")
        written.append(page)
    style = files("parley.briefing") / "static" / STYLE
    (folder / STYLE).write_bytes(style.read_bytes())
    (folder / MANIFEST).write_text("\n".join(sorted(written)) + "\n", encoding="utf-8", newline="\n")
