"""What may be shown: a record as it would be had it never held the texts that are not for those who will see it.

A text is public, internal or confidential, and may be under embargo until a day. What follows across texts is linked
anew from those that may be shown, so that no name, count or state rests on one that may not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Protocol

from parley.contract import tables
from parley.incremental import Held
from parley.model import SENSITIVITIES, Record, Unread
from parley.pipeline import build
from parley.settings import Settings

PUBLIC = SENSITIVITIES[0]
EMBARGOED = "embargoed"
RESTRICTED = (*SENSITIVITIES[1:], EMBARGOED)  # what has to be asked for by name


class Guarded(Protocol):
    """A text, a note: anything that a person may restrict."""

    @property
    def sensitivity(self) -> str:
        """One of SENSITIVITIES."""

    @property
    def embargo(self) -> date | None:
        """The first day on which it may be shown."""


def may_show(row: Guarded, day: date, allowed: Collection[str] = ()) -> bool:
    """Whether a row may be shown on a day: each of its restrictions has to be allowed by name."""
    under = {EMBARGOED} if row.embargo and day < row.embargo else set()
    return {row.sensitivity, *under} <= {PUBLIC, *allowed}


def visible(held: Held, day: date, allowed: Collection[str] = ()) -> Record:
    """The record as it may be shown on a day: of public texts only, and of what `allowed` names besides."""
    record = held.record
    left = tuple(one for one in record.articles if may_show(one, day, allowed))
    there = {one.id for one in left}
    hidden = [one for one in record.articles if one.id not in there]
    unread = _unread(record, {one.file for one in hidden}, day, allowed)
    if not hidden and len(unread) == len(record.unread):
        return record
    shown = replace(
        record, articles=left, unread=unread, notes=tuple(one for one in record.notes if one.article in there)
    )
    if any(one.kind != "note" for one in hidden):  # in a note nothing is read
        shown = _linked_anew(held, shown)
    return _without_what_is_about(_ids(record) - _ids(shown), shown)


def _unread(
    record: Record, files: Collection[str], day: date, allowed: Collection[str]
) -> tuple[Unread, ...]:
    """The unread texts that may be shown and whose reason names no hidden one."""
    return tuple(
        one
        for one in record.unread
        if may_show(one, day, allowed) and not any(file in one.reason for file in files)
    )


def _linked_anew(held: Held, shown: Record) -> Record:
    """What follows from the texts that are left, corrected; it tells no decision about a row or name that is not."""
    made = build(
        [*shown.articles, *shown.unread],
        Settings(),
        corrections=held.corrections,
        known=held.readings,
        answers=held.known,
    ).record
    became = set(held.record.outcomes)
    return replace(
        made,
        codebook=shown.codebook,
        codes=shown.codes,
        tombstones=shown.tombstones,
        outcomes=tuple(one for one in made.outcomes if one in became),
        names_shown=tuple(
            one for one in made.names_shown if any(one.name in article.text for article in made.articles)
        ),
    )


def _without_what_is_about(gone: set[str], shown: Record) -> Record:
    """The record without notes and codes about rows that are gone; of a sheet with such a note nothing is left."""
    notes = {one.article for one in shown.notes if one.about in gone}
    if notes:
        more = {one.id for one in shown.notes if one.article in notes} | notes
        left = replace(
            shown,
            articles=tuple(one for one in shown.articles if one.id not in notes),
            notes=tuple(one for one in shown.notes if one.article not in notes),
        )
        return _without_what_is_about(gone | more, left)
    return replace(shown, codes=tuple(one for one in shown.codes if one.row not in gone))


def _ids(record: Record) -> set[str]:
    """The ids of all rows."""
    return {row.id for name in tables() for row in getattr(record, name) if hasattr(row, "id")}
