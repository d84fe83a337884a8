"""What is left of a record without what is removed, and whether removed words stand in it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parley.contract import tables
from parley.model import BLOCK, Article, Code, CodeDefinition, Correction, Mark, Record, Tombstone, Unread
from parley.redaction.redactor import Redactor
from parley.redaction.removal import Removal, quotations


@dataclass(frozen=True)
class Remainder:
    """What a record's file held and people made, without what is removed."""

    came_in: tuple[Article | Unread, ...]
    corrections: tuple[Correction, ...]
    entered: tuple[Article | CodeDefinition | Code | Tombstone, ...]


def remainder(
    record: Record,
    notes: Iterable[Article],
    corrections: Iterable[Correction],
    removal: Removal,
    marks: Sequence[Mark],
) -> Remainder:
    """What is left to build the record from. `notes`: what people entered by hand; `marks`: all, the removal's too."""
    redactor, people = Redactor(marks), by_people(record, removal, marks)
    by_hand = [one for one in people.arrivals(notes) if isinstance(one, Article)]
    known = {one.id for one in notes}
    reports = [one for one in record.articles if one.id not in known]
    return Remainder(
        (*redactor.arrivals([*reports, *record.unread]), *by_hand),
        tuple(people.corrections(_without_about(record, removal, corrections))),
        (
            *by_hand,
            *map(people.row, record.codebook),
            *people.codes(record.codes),
            *map(people.row, record.tombstones),
        ),
    )


def by_people(record: Record, removal: Removal, marks: Sequence[Mark]) -> Redactor:
    """What is taken out of what people wrote: quotations of a removed text too."""
    if removal.article is None:
        return Redactor(marks)
    return Redactor([*marks, *quotations(record, removal.article, marks[0].salt)])


def _without_about(
    record: Record, removal: Removal, corrections: Iterable[Correction]
) -> Iterator[Correction]:
    """Corrections; those about a removed text or its rows without the words that they keep of it."""
    gone = removal.article.id if removal.article else None
    rows = {gone}
    for name in tables():
        rows |= {
            getattr(row, "row", getattr(row, "id", None))
            for row in getattr(record, name)
            if gone and getattr(row, "article", None) == gone
        }
    yield from (replace(one, about="") if gone and one.row in rows else one for one in corrections)


def standing_again(record: Record, marks: Sequence[Mark]) -> list[str]:
    """Rows in which removed words stand again, one line each; none where every door keeps them out."""
    redactor = Redactor(marks)
    return [
        f"{name}: {redactor.blocked(str(getattr(row, 'id', '')))} holds words that were redacted. Redact them again."
        for name in tables()
        for row in getattr(record, name)
        if marks and redactor.row(row) != row
    ]


def is_redacted(article: Article, tombstones: Sequence[Tombstone]) -> bool:
    """Whether an article's id derives from words that are no longer there."""
    return bool(tombstones) and any(
        BLOCK in field for field in (article.text, article.outlet, article.url, article.file)
    )
