"""Writes the pages: into a folder, or one file, that takes the place of an earlier one in one step."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from parley.briefing.frame import EVERYTHING, Frame
from parley.briefing.onefile import one_file
from parley.briefing.pages import STYLE, pages
from parley.files import replaced_file, replaced_folder
from parley.model import Record

MANIFEST = "pages.txt"


def write_briefing(record: Record, folder: Path, frame: Frame = EVERYTHING) -> Path:
    """Write the pages into a folder and return the first; the folder's name is their title. Raises ParleyError.

    An earlier briefing in the folder is replaced once the new one is whole; a folder with anything else is refused.
    """
    with replaced_folder(folder, _written_before(folder)) as made:
        written = [STYLE, MANIFEST]
        for page, html in pages(record, folder.resolve().name, frame):
            (made / page).write_text(html, encoding="utf-8", newline="\n")
            written.append(page)
        (made / STYLE).write_bytes(static(STYLE))
        (made / MANIFEST).write_text("\n".join(sorted(written)) + "\n", encoding="utf-8", newline="\n")
    return folder / "index.html"


def write_one_file(record: Record, path: Path, frame: Frame = EVERYTHING) -> Path:
    """Write all pages into one file that needs no other and return it; its name is their title. Raises ParleyError."""
    html = one_file(pages(record, path.stem, frame), static(STYLE).decode())
    with replaced_file(path) as made:
        made.write_text(html, encoding="utf-8", newline="\n")
    return path


def static(name: str) -> bytes:
    """What one of the files beside the pages holds."""
    return (files("parley.briefing") / "static" / name).read_bytes()


def _written_before(folder: Path) -> set[str]:
    """The names of the files that an earlier briefing wrote into a folder."""
    manifest = folder / MANIFEST
    return set(manifest.read_text(encoding="utf-8").split()) if manifest.is_file() else set()
