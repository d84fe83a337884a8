"""Parley keeps the record of a negotiation as it is reported."""

from __future__ import annotations

from collections.abc import Sequence

from parley.errors import ParleyError
from parley.model import Act, Actor, Article, Figure, Need, Record, Statement
from parley.pipeline import build_record
from parley.proof import verify
from parley.settings import Settings
from parley.sources import collect

__version__ = "0.1.0"
__all__ = [
    "Act",
    "Actor",
    "Article",
    "Figure",
    "Need",
    "ParleyError",
    "Record",
    "Settings",
    "Statement",
    "build",
    "verify",
]


def build(inputs: Sequence[str], settings: Settings | None = None) -> Record:
    """The record of folders, files and addresses. Raises ParleyError where an input cannot be used at all."""
    chosen = settings or Settings()
    return build_record(collect(inputs, chosen), chosen)
