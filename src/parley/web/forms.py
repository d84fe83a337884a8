"""Corrections from a page: which a row allows, what a form says, what would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from parley import incremental
from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import clipped
from parley.contract import tables, to_data
from parley.corrections import make_correction
from parley.corrections.apply import READ
from parley.corrections.exchange import read_corrections
from parley.corrections.listed import CorrectionLine, correction_lines
from parley.corrections.make import FIXED, RELATIONS, SIDES
from parley.errors import ChangedError, CorrectionError
from parley.model import Actor, Article, Breach, Correction, Figure, Record, Statement
from parley.moves import differences, told
from parley.rowwords import RowWords
from parley.settings import Settings
from parley.web.desk import Desk, Shelf

OF_A_READING = ("right", "wrong", "edit")
OF_KIND: Mapping[type, tuple[str, ...]] = {
    Article: ("date", "outlet"),
    Actor: ("merge", "split", "side", "clear", "withhold"),
    Breach: ("bind",),
    Figure: (*OF_A_READING, "side", "relate"),
}
AS_SHOWN = {"affiliation": "stands for", "held_by": "held by"}
OTHERS = 300  # rows that a list offers, the likeliest first
Options = tuple[tuple[str, str], ...]  # (value, label)


@dataclass(frozen=True, slots=True)
class Form:
    """A row as its form shows it, and what may be decided about it."""

    row: str
    what: str  # the kind of row in words
    words: str
    source: Source | None
    actions: tuple[str, ...]
    fields: Options
    sides: Options
    others: Options  # rows that this one may be joined to
    forms: Options  # of a name
    relations: Options
    day: str  # on which a report was published, as it is held now
    decided: tuple[CorrectionLine, ...]  # before, each with what became of it


def form_of(shelf: Shelf, look: Lookup, row: str) -> Form:
    """The form of a row. Raises CorrectionError where the record shows no such row."""
    name, target = _find(shelf.shown, row)
    words = RowWords(shelf.shown)
    actions = OF_KIND.get(type(target), OF_A_READING if name in READ else ())
    lines = correction_lines(shelf.shown, shelf.held.corrections)
    article = target.id if isinstance(target, Article) else getattr(target, "article", "")
    return Form(
        row,
        words.kind(row),
        _words(look, target, words),
        look.source(target) if name in READ else look.report(article) if article in look.articles else None,
        actions,
        tuple(_fields(target)) if "edit" in actions else (),
        tuple((side, AS_SHOWN.get(side, side)) for side in SIDES if side in to_data(target)),
        tuple(_others(look, target))[:OTHERS],
        tuple((form, form) for form in target.surfaces) if isinstance(target, Actor) else (),
        tuple((relation, relation.replace("_", " ")) for relation in RELATIONS),
        str(getattr(target, "published", "") or ""),
        tuple(replace(one, decided=look.veil(one.decided)) for one in lines if one.row == row),
    )


def _find(record: Record, row: str) -> tuple[str, Any]:
    for name in tables():
        for one in getattr(record, name):
            if getattr(one, "id", None) == row:
                return name, one
    struck = next((one for one in record.struck if one.row == row), None)
    if struck is None:
        raise CorrectionError(
            f"{row or 'no row'}: the record shows no such row. Start from a row's own link."
        )
    return "struck", struck


def _name(target: Any) -> str:  # noqa: ANN401 - a row of any table
    return target.name if isinstance(target, Actor) else target.id


def _words(look: Lookup, target: Any, words: RowWords) -> str:  # noqa: ANN401 - a row of any table
    if isinstance(target, Statement):
        return look.veil(" … ".join(piece.text for piece in target.content))
    return look.veil(str(getattr(target, "text", "") or words.words(target.id)))


def _fields(target: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a row of any table
    """The fields that may be edited, each with its value now."""
    now = {name: value for name, value in to_data(target).items() if name not in FIXED}
    labels = {name: "not stated" if value in (None, "", []) else str(value) for name, value in now.items()}
    value = [("value", "value")] if isinstance(target, Figure) else []  # both of its ends
    return [
        *value,
        *((name, f"{name.replace('_', ' ')}, now {label}") for name, label in labels.items()),
        ("span", "span: START-END"),
    ]


def _others(look: Lookup, target: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a row of any table
    if isinstance(target, Figure):
        others = (one for one in look.record.figures if one.id != target.id and one.unit == target.unit)
        alike = sorted(others, key=lambda one: one.what != target.what)
        return [(one.id, f"{look.marks[one.article]} {clipped(look.veil(one.text), 60)}") for one in alike]
    if isinstance(target, Breach):
        return [(one.id, clipped(one.text or f"{one.act} {one.object}", 80)) for one in look.record.terms]
    return []


def correction_of(record: Record, typed: Mapping[str, str], at: str) -> Correction:
    """The correction that a form's fields make. Raises CorrectionError with what would fit."""
    row, action = typed.get("row", ""), typed.get("action", "")
    parts = [typed.get(f"{action}-{number}", "").strip() for number in (0, 1)]
    words = ["=".join(parts)] if action in {"edit", "side"} else parts
    if action in {"undo", "settle"}:
        row = parts[0]
    elif action in {"clear", "withhold"}:
        row = _name(_find(record, row)[1])
    return make_correction(record, row, action, words, typed.get("author", ""), at, typed.get("reason", ""))


def moves(desk: Desk, shelf: Shelf, look: Lookup, made: Correction) -> tuple[str, list[str]]:
    """A correction in words, and what would move if it were saved, a line each."""
    after = shelf.corrected(made)
    line = correction_lines(after.record, after.corrections)[-1]
    lines = told(differences(shelf.shown, desk.shown_of(after)))
    kept = [] if line.outcome in {"", "applied"} else [f"This is kept, but {line.became}."]
    return look.veil(line.decided), [look.veil(one) for one in (*kept, *lines)]


def save(shelf: Shelf, made: Correction) -> str:
    """Save a correction with the record built with it, and give its id. Raises CorrectionError where that can't be."""
    try:
        return incremental.save(shelf.held, shelf.corrected(made)).corrections[-1].id
    except ChangedError:
        raise CorrectionError("the record was built again meanwhile. Look at what moves once more.") from None


def take_in(shelf: Shelf, file: str, raw: bytes) -> int:
    """Save another person's corrections with the record built with them, and say how many are new.

    Raises CorrectionError with the line that doesn't fit.
    """
    if not raw:
        raise CorrectionError(
            "no file is chosen, or it is empty. Choose one that `Export` or the command wrote."
        )
    try:
        made = read_corrections(file, raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise CorrectionError(f"{file}: is no text in UTF-8; nothing was added.") from None
    before, after = incremental.correct_and_save(shelf.held, made, Settings())
    return len(after.corrections) - len(before.corrections)
