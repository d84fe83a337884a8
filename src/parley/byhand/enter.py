"""Saves what people enter by hand, from whichever door, without words that were redacted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley import store
from parley.byhand.codes import make_code
from parley.byhand.notes import DEFAULT, Typed, note_article, read_notes, with_notes, without_known
from parley.corrections import find_row
from parley.errors import CorrectionError, EnteredError
from parley.incremental import Held
from parley.model import Code, Mark, Note, Record
from parley.redaction import Redactor


def enter_notes(
    held: Held,
    typed: Sequence[Typed],
    author: str,
    at: str,
    sensitivity: str = DEFAULT,
    embargo: date | None = None,
    file: str = "",
) -> tuple[Note, ...]:
    """Save notes in one step and give them; none where the record holds all of them. `file`: that of their sheet.

    Raises EnteredError where they don't fit, ChangedError where another program saved the file meanwhile.
    """
    redactor = Redactor(store.entered(held.path, Mark))
    whole = [
        redactor.anew(_about(held.record, {**one, "entered_by": author, "entered_at": at})) for one in typed
    ]
    new = without_known(whole, held.record.articles)
    if not new:
        return ()
    made = note_article(new, redactor.blocked(file) or f"{new[0]['kind']} entered {at}", sensitivity, embargo)
    store.enter_notes(held.path, held.number, [made], held.record, with_notes(held.record, [made]))
    return read_notes([made])


def _about(record: Record, typed: Typed) -> Typed:
    """A note with the id of the row that it is about. Raises EnteredError."""
    if not typed.get("about"):
        return typed
    try:
        return {**typed, "about": find_row(record, typed["about"]).id}
    except CorrectionError as error:
        raise EnteredError(": ".join(filter(None, (typed.get("row"), f"about {error}")))) from None


def enter_code(held: Held, row: str, code: str, value: str, coder: str, at: str) -> Code:
    """Save a coder's code on a row; an empty value takes the earlier one back. Raises as make_code does."""
    clean = Redactor(store.entered(held.path, Mark)).blocked(coder)
    made = make_code(held.record, row, code, value, clean, at)
    store.enter(held.path, [made])
    return made
