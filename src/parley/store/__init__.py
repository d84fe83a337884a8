"""The record on disk: one SQLite file. A build is one transaction; corrections stand in a table that no build touches."""

from parley.store.beside import load_followed, load_kept, load_readings
from parley.store.byhand import corrections, enter, enter_notes, entered
from parley.store.saving import load, save, save_changes
from parley.store.sqlite import saved_number
from parley.store.wiping import redact, wipe

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
