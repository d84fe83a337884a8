"""Adding to a record without reading its old reports again: what comes out is what a whole build gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parley import store
from parley.corrections.apply import as_it_came
from parley.errors import ChangedError
from parley.model import Article, Correction, Followed, Mark, Reading, Record, Unread
from parley.pipeline import build
from parley.redaction import Redactor
from parley.settings import Settings
from parley.sources.entered import instead


@dataclass(frozen=True)
class Held:
    """A record's file as it was loaded or last saved."""

    path: Path
    number: int  # store.saved_number
    record: Record
    readings: Mapping[str, Reading]
    corrections: tuple[Correction, ...]
    known: Mapping[str, str] = field(
        default_factory=dict
    )  # answers of `kept` functions, as the file holds them,
    answers: Mapping[str, object] = field(default_factory=dict)  # ... and those that the last build asked for


def open_record(path: Path) -> Held:
    """What a file holds. Raises StoreError where there is none."""
    number = store.saved_number(path)
    record, readings, answers = store.load(path), store.load_readings(path), store.load_kept(path)
    return Held(path, number, record, readings, store.corrections(path), answers, answers)


def newcomers(record: Record, came: Iterable[Article | Unread]) -> list[Article | Unread]:
    """What of the texts that came the record doesn't hold: the same words by the same outlet are taken once."""
    held = {(one.outlet, one.text) for one in map(as_it_came, record.articles)}
    unread = {(one.file, one.reason) for one in record.unread}
    found: list[Article | Unread] = []
    for one in came:
        known, key = (
            (held, (one.outlet, one.text)) if isinstance(one, Article) else (unread, (one.file, one.reason))
        )
        if key not in known:
            known.add(key)
            found.append(one)
    return found


def add(held: Held, came: Iterable[Article | Unread], settings: Settings) -> Held:
    """The record with these texts in it, corrected like all others; nothing is saved yet.

    An unread text that can be read now is no longer listed as unread.
    """
    allowed = Redactor(store.entered(held.path, Mark)).arrivals(came)
    new = newcomers(held.record, allowed)
    files = {one.file for one in new}
    unread = [one for one in held.record.unread if one.file not in files]
    built = build(
        [*instead(held.record.articles, new), *unread],
        settings,
        corrections=held.corrections,
        known=held.readings,
        answers=held.known,
    )
    return replace(held, record=built.record, readings=built.readings, answers=built.answers)


def correct(held: Held, made: Iterable[Correction], settings: Settings) -> Held:
    """The record with these corrections applied, those that it has already passed over; nothing is saved yet."""
    known = {one.id for one in held.corrections}
    clean = Redactor(store.entered(held.path, Mark)).corrections(made)
    new = {one.id: one for one in clean if one.id not in known}
    return add(replace(held, corrections=(*held.corrections, *new.values())), [], settings)


def save(before: Held, after: Held, followed: Iterable[Followed] = ()) -> Held:
    """Write what differs, new corrections too, in one transaction. Raises ChangedError if the file was saved since."""
    clean = map(Redactor(store.entered(after.path, Mark)).row, followed)  # names of files and entries, too
    made = after.corrections[len(before.corrections) :]
    number = store.save_changes(
        before.record, before.number, after.record, after.path, after.readings, clean, made, after.answers
    )
    return replace(after, number=number)


def add_and_save(
    held: Held, came: list[Article | Unread], followed: Iterable[Followed], settings: Settings
) -> tuple[Held, Held]:
    """The record before and after these texts were added and saved; what another program saved meanwhile stays."""
    while True:
        try:
            return held, save(held, add(held, came, settings) if came else held, followed)
        except ChangedError:
            held = open_record(held.path)


def correct_and_save(held: Held, made: Sequence[Correction], settings: Settings) -> tuple[Held, Held]:
    """The record before and after these corrections were saved; what another program saved meanwhile stays."""
    while True:
        try:
            return held, save(held, correct(held, made, settings))
        except ChangedError:
            held = open_record(held.path)
