"""Lines of JSON: one text a line, under the names that a table's columns have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from parley.errors import UnreadableError
from parley.model import Unread
from parley.sources.details import CELLS, Draft, told
from parley.sources.encoding import decode, plain_newlines, whole


def read_jsonl(file: str, raw: bytes) -> Iterator[Draft | Unread]:
    """A draft for each line; a line that isn't one is unread, with its number and reason."""
    for number, line in enumerate(decode(raw).split("\n"), 1):
        if line.strip():
            try:
                yield _draft(file, f"line {number}", line)
            except UnreadableError as error:
                yield Unread(f"{file} line {number}", str(error))


def _draft(file: str, part: str, line: str) -> Draft:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is no JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UnreadableError('it is no {"text": "..."}')
    cells = {name: row[name] for name in CELLS if row.get(name) is not None}
    wrong = next((name for name, cell in cells.items() if not isinstance(cell, str)), None)
    if wrong:
        raise UnreadableError(f"{wrong}: {cells[wrong]!r} is no string")
    text = plain_newlines(row["text"])
    details = told({name: whole(cell).strip() for name, cell in cells.items()})
    return Draft(file, text, details, hashlib.sha256(line.encode()).hexdigest(), part)
