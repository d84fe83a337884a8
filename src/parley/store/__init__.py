"""The record on disk: one SQLite file. A build is one transaction; corrections stand in a table that no build touches."""

from parley.store.sqlite import add_corrections, corrections, load, save

__all__ = ["add_corrections", "corrections", "load", "save"]
