"""Writes the pages: all of them into a folder beside the wanted one, which then takes its place in one step."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from parley.briefing.pages import STYLE, pages
from parley.files import replaced_folder
from parley.model import Record

MANIFEST = "pages.txt"


def write_briefing(record: Record, folder: Path) -> Path:
    """Write the pages into a folder and return the first; the folder's name is their title. Raises ParleyError.

    An earlier briefing in the folder is replaced once the new one is whole; a folder with anything else is refused.
    """
    with replaced_folder(folder, _written_before(folder)) as made:
        _write_pages(record, folder.resolve().name, made)
    return folder / "index.html"


def _written_before(folder: Path) -> set[str]:
    """The names of the files that an earlier briefing wrote into a folder."""
    manifest = folder / MANIFEST
    return set(manifest.read_text(encoding="utf-8").split()) if manifest.is_file() else set()


def _write_pages(record: Record, name: str, folder: Path) -> None:
    """Every page, the style sheet, and the list of what was written."""
    written = [STYLE, MANIFEST]
    for page, html in pages(record, name):
        (folder / page).write_text(html, encoding="utf-8", newline="\n")
        written.append(page)
    style = files("parley.briefing") / "static" / STYLE
    (folder / STYLE).write_bytes(style.read_bytes())
    (folder / MANIFEST).write_text("\n".join(sorted(written)) + "\n", encoding="utf-8", newline="\n")
