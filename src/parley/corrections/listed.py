"""Corrections as lists show them: what was decided about what, in words, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parley.corrections.decisions import in_order
from parley.model import Correction, Outcome, Record
from parley.rowwords import RowWords

OF_ANOTHER = frozenset({"undo", "settle"})
BECAME = {
    "applied": "applied",
    "row gone": "not applied: its row is no longer in the record",
    "disagrees": "not applied: it disagrees with another; settle on one of them",
    "replaced": "replaced by a later word of the same person",
    "undone": "undone",
}


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction in words. `row` is empty where the record has no such row any more."""

    id: str
    row: str
    about: str
    decided: str
    author: str
    at: str
    reason: str
    outcome: str  # as in Outcome; empty for what undoes or settles
    became: str
    others: tuple[str, ...]  # the corrections that it disagrees with


def root_of(correction: Correction, by_id: Mapping[str, Correction]) -> Correction:
    """The correction that one which undoes or settles is about, however often that was undone; else itself."""
    root = correction
    while root.action in OF_ANOTHER and root.row in by_id:
        root = by_id[root.row]
    return root


def correction_lines(record: Record, corrections: Iterable[Correction]) -> tuple[CorrectionLine, ...]:
    """Every correction in the order of time."""
    return tuple(_lines(record, in_order(corrections)))


def _lines(record: Record, corrections: list[Correction]) -> Iterator[CorrectionLine]:
    words = RowWords(record)
    bearers = {form: actor.id for actor in record.actors for form in (actor.name, *actor.surfaces)}
    texts = {article.id: article.text for article in record.articles}
    outcomes: Mapping[str, Outcome] = {one.correction: one for one in record.outcomes}
    by_id = {one.id: one for one in corrections}
    for one in corrections:
        root = root_of(one, by_id)
        row = root.row if root.row in words else bearers.get(root.row, "")
        outcome = outcomes.get(one.id)
        yield CorrectionLine(
            one.id,
            row,
            f"{words.kind(row)} {words.words(row)}" if row else root.about or root.row,
            _decided(one, root, words, texts),
            one.author,
            one.at,
            one.reason,
            outcome.outcome if outcome else "",
            BECAME[outcome.outcome] if outcome else "done",
            tuple(outcome.note.split(", ")) if outcome and outcome.note else (),
        )


def _decided(one: Correction, root: Correction, words: RowWords, texts: Mapping[str, str]) -> str:
    """The action with its value in words."""
    if one.action in OF_ANOTHER:
        whose = f"{root.author}’s, {root.at[:10]}"
        return f"{one.action}: {_decided(root, root, words, texts)} ({whose})"
    if one.action in {"edit", "side"}:
        fields = json.loads(one.value).items()
        return f"{one.action}: " + ", ".join(f"{name.replace('_', ' ')} = {value}" for name, value in fields)
    if one.action in {"merge", "split"}:
        named = (texts.get(article, "")[start:end] for article, start, end in json.loads(one.value))
        return f"{one.action}: " + " and ".join(f"“{name}”" for name in named if name)
    if one.action == "relate":
        other, relation = json.loads(one.value)
        return f"relate: {words.words(other)}, {relation.replace('_', ' ')}"
    return f"{one.action}: {words.words(one.value)}" if one.value else one.action
