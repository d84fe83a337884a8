"""Corrections from a page: which a row allows, what a form says, what would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parley import incremental
from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import clipped
from parley.contract import tables, to_data
from parley.corrections import in_order, make_correction
from parley.corrections.apply import READ
from parley.corrections.make import FIXED, RELATIONS, SIDES
from parley.difference import differences, told
from parley.errors import ChangedError, CorrectionError
from parley.model import Actor, Article, Breach, Correction, Figure, Record, Statement
from parley.web.desk import Desk, Shelf

OF_A_READING = ("right", "wrong", "edit")
OF_KIND: Mapping[type, tuple[str, ...]] = {
    Article: ("date", "outlet"),
    Actor: ("merge", "split", "side", "clear", "withhold"),
    Breach: ("bind",),
    Figure: (*OF_A_READING, "side", "relate"),
}
WHAT = {
    "articles": "report",
    "statements": "statement",
    "figures": "figure",
    "times": "day",
    "places": "place",
    "acts": "act",
    "needs": "condition",
    "actors": "name",
    "breaches": "alleged violation",
    "struck": "what was called wrong",
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
    decided: tuple[tuple[Correction, str], ...]  # what was decided about it before, and what became of that


def form_of(shelf: Shelf, look: Lookup, row: str) -> Form:
    """The form of a row. Raises CorrectionError where the record shows no such row."""
    name, target = _find(look.record, row)
    actions = OF_KIND.get(type(target), OF_A_READING if name in READ else ())
    outcomes = {one.correction: one.outcome for one in shelf.held.record.outcomes}
    about = (one for one in in_order(shelf.held.corrections) if one.row in (row, _name(target)))
    article = target.id if isinstance(target, Article) else getattr(target, "article", "")
    return Form(
        row,
        WHAT.get(name, "row"),
        _words(look, target),
        look.source(target) if name in READ else look.report(article) if article in look.articles else None,
        actions,
        tuple(_fields(target)) if "edit" in actions else (),
        tuple((side, AS_SHOWN.get(side, side)) for side in SIDES if side in to_data(target)),
        tuple(_others(look, target))[:OTHERS],
        tuple((form, form) for form in target.surfaces) if isinstance(target, Actor) else (),
        tuple((relation, relation.replace("_", " ")) for relation in RELATIONS),
        tuple((one, outcomes.get(one.id, "")) for one in about),
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


def _words(look: Lookup, target: Any) -> str:  # noqa: ANN401 - a row of any table
    if isinstance(target, Statement):
        return look.veil(" … ".join(piece.text for piece in target.content))
    if isinstance(target, Article):
        return f"{target.outlet}, {target.title or target.file}"
    return look.veil(str(getattr(target, "text", "") or getattr(target, "name", "") or target.id))


def _fields(target: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a row of any table
    """The fields that may be edited, each with its value now."""
    now = {name: value for name, value in to_data(target).items() if name not in FIXED}
    labels = {name: "not stated" if value in (None, "", []) else str(value) for name, value in now.items()}
    return [
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


def moves(desk: Desk, shelf: Shelf, look: Lookup, made: Correction) -> list[str]:
    """What would move if a correction were saved, a line each."""
    after = desk.shown_of(shelf.corrected(made))
    return [look.veil(line) for line in told(differences(shelf.shown, after))]


def save(shelf: Shelf, made: Correction) -> str:
    """Save a correction with the record built with it, and give its id. Raises CorrectionError where that can't be."""
    try:
        return incremental.save(shelf.held, shelf.corrected(made)).corrections[-1].id
    except ChangedError:
        raise CorrectionError("the record was built again meanwhile. Look at what moves once more.") from None
