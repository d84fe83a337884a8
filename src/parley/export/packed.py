"""Zip files whose bytes depend on what is in them only, not on when they were packed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def new_entry(name: str) -> zipfile.ZipInfo:
    """An entry of a zip, dated on the first day there is."""
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def pack_again(source: BinaryIO, target: Path) -> None:
    """Copy a zip entry by entry, the days of its entries left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            with old.open(entry) as read, new.open(new_entry(entry.filename), "w") as written:
                shutil.copyfileobj(read, written)
