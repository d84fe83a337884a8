"""Long tables: how they are split and linked; the rows of figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import RELATIONS, STATUS, UNITS, value
from parley.check import COUNTED, SIDED
from parley.linking.text import fold
from parley.model import Figure, Record

PAGE = 200  # rows to a page
Beside = tuple[tuple[str, list[str]], ...]
Related = dict[str, dict[str, list[str]]]  # figure id -> what it is called -> links to the relations


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure under its unit."""

    id: str
    unit: str
    before: str  # the words around it in its sentence
    words: str
    behind: str
    value: str
    status: str
    side: str
    giver: str
    source: Source
    relations: Beside  # (told differently, our sum ..., links to the relations)


class Anchored(Protocol):
    """A row that a page gives its id."""

    @property
    def id(self) -> str:
        """The row's id."""


def anchors(stem: str, rows: Sequence[Anchored], size: int = PAGE) -> dict[str, str]:
    """Row id -> link to it on whichever page of the table it stands."""
    return {row.id: f"{page_name(stem, at // size + 1)}#{row.id}" for at, row in enumerate(rows)}


def page_name(stem: str, number: int) -> str:
    """The file name of a table's page: statements.html, statements-2.html ..."""
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def related(record: Record, links: Mapping[str, str]) -> Related:
    """What each figure is beside others, with `links` to the relations."""
    found: Related = defaultdict(lambda: defaultdict(list))
    for relation in record.figure_relations:
        for figure in relation.figures:
            found[figure][RELATIONS[relation.relation]].append(links[relation.id])
    return found


def figure_rows(look: Lookup, links: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Every figure by unit, then by what it counts; the units most used first. `links`: those of the relations."""
    beside = related(look.record, links)
    units = Counter(figure.unit for figure in look.record.figures)
    ordered = sorted(
        look.record.figures, key=lambda f: (-units[f.unit], f.unit, fold(f.what), -(f.low or 0.0), f.id)
    )
    return tuple(_figure(look, figure, tuple(beside[figure.id].items())) for figure in ordered)


def _figure(look: Lookup, figure: Figure, beside: Beside) -> FigureRow:
    return FigureRow(
        figure.id,
        UNITS.get(figure.unit, figure.unit),
        *look.around(figure.article, figure.start, figure.end),
        value(figure),
        STATUS.get(figure.status, figure.status),
        _side(look, figure),
        look.giver(figure),
        look.source(figure),
        beside,
    )


def _side(look: Lookup, figure: Figure) -> str:
    """Whose people or things a figure counts, as far as the report says."""
    parts = [f"{word} {look.veil(name)}" for word, name in (("by", figure.from_), ("to", figure.to)) if name]
    if figure.held_by and figure.held_by != figure.from_:
        parts.append(f"held by {look.veil(figure.held_by)}")
    if not parts and figure.unit in COUNTED and figure.status in SIDED:
        return "side unclear"
    return ", ".join(parts)
