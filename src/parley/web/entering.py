"""Notes and codes from a page: what a form says, saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from parley.byhand.codes import current, values_of
from parley.byhand.enter import enter_code, enter_notes
from parley.errors import ChangedError, EnteredError
from parley.model import SENSITIVITIES
from parley.web.desk import Shelf

FIELDS = ("kind", "words", "about", "speaker", "day", "source", "language", "translation", "translator")


def entering(shelf: Shelf, saved: str) -> dict[str, Any]:
    """What the forms offer, and whether what was `saved` last is among what the pages show."""
    book = current(shelf.shown.codebook).values()
    shown = {one.id for rows in (shelf.shown.notes, shelf.shown.codes) for one in rows}
    return {
        "book": [(one.code, one.label, one.definition, values_of(one)) for one in book],
        "sensitivities": SENSITIVITIES,
        "hidden": saved.startswith("note-") and saved not in shown,
    }


def note_of(shelf: Shelf, typed: Mapping[str, str], at: str) -> str:
    """Save the note of a form and give its id. Raises EnteredError with what would fit."""
    fields = {name: typed[name] for name in FIELDS if typed.get(name, "").strip()}
    sensitivity = typed.get("sensitivity", "")
    if sensitivity not in SENSITIVITIES:
        raise EnteredError(f"for whom: {sensitivity!r} is none of {', '.join(SENSITIVITIES)}.")
    try:
        embargo = date.fromisoformat(typed["embargo"]) if typed.get("embargo") else None
    except ValueError:
        raise EnteredError(f"embargo: {typed['embargo']!r} is no day. Give it as YYYY-MM-DD.") from None
    try:
        made = enter_notes(shelf.held, [fields], typed.get("author", ""), at, sensitivity, embargo)
    except ChangedError:
        raise EnteredError("the record was built again meanwhile. Enter it once more.") from None
    if not made:
        raise EnteredError("the record holds this note already.")
    return made[0].id


def code_of(shelf: Shelf, typed: Mapping[str, str], at: str) -> str:
    """Save the code of a form, or take the coder's own back, and give its id. Raises EnteredError."""
    value = "" if typed.get("back") else typed.get("value", "")
    if not value and not typed.get("back"):
        raise EnteredError("value: none is chosen. Choose one of the code's values.")
    row, code, coder = (typed.get(name, "") for name in ("row", "code", "coder"))
    return enter_code(shelf.held, row, code, value, coder, at).id
