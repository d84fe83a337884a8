"""The record as one JSON object: the contract of docs/format.md."""

from __future__ import annotations

import json

from parley.contract import export_data
from parley.model import Record


def as_json(record: Record) -> str:
    """The record as JSON text; the same record gives the same bytes."""
    return json.dumps(export_data(record), ensure_ascii=False, indent=1) + "\n"
