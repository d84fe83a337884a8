"""Corrections handed from one person to another, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from parley.contract import from_data, to_data
from parley.corrections.decisions import ACTIONS, in_order
from parley.errors import CorrectionError
from parley.model import Correction, correction_id


def written(corrections: Iterable[Correction]) -> str:
    """Corrections as JSON lines, in the order of time."""
    lines = (json.dumps(to_data(one), ensure_ascii=False, sort_keys=True) for one in in_order(corrections))
    return "".join(f"{line}\n" for line in lines)


def read_corrections(file: str, text: str) -> list[Correction]:
    """The corrections of such lines. Raises CorrectionError with the line that doesn't fit."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            one = from_data(Correction, json.loads(line))
            whole = one.id == correction_id(one.row, one.action, one.value, one.author, one.at)
            known = one.action in ACTIONS and bool(one.author)
        except (ValueError, TypeError, AttributeError):
            whole = known = False
        if not whole or not known:
            raise CorrectionError(
                f"{file}, line {number}: is no correction as `parley corrections --export` writes it; nothing was added."
            )
        found.append(one)
    return found
