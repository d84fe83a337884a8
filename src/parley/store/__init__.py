"""The record on disk: one SQLite file. A build is one transaction; corrections stand in a table that no build touches."""

from parley.store.sqlite import (
    corrections,
    enter,
    enter_notes,
    entered,
    load,
    load_followed,
    load_kept,
    load_readings,
    redact,
    save,
    save_changes,
    saved_number,
    wipe,
)

__all__ = [
    "corrections",
    "enter",
    "enter_notes",
    "entered",
    "load",
    "load_followed",
    "load_kept",
    "load_readings",
    "redact",
    "save",
    "save_changes",
    "saved_number",
    "wipe",
]
