"""A record as pages that people read."""

from __future__ import annotations

from pathlib import Path

from parley.model import Record


def write_briefing(record: Record, folder: Path) -> Path:
    """Write the pages into a folder; returns the first page."""
    raise NotImplementedError
