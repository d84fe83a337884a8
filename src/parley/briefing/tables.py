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
from parley.model import Figure

PAGE = 200  # rows to a page


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
    relations: tuple[tuple[str, str], ...]  # (told differently, our sum ..., link to the relation)


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


def figure_rows(look: Lookup, links: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Every figure by unit, then by what it counts; the units most used first. `links`: those of the relations."""
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for relation in look.record.figure_relations:
        for figure in relation.figures:
            related[figure].append((RELATIONS[relation.relation], links[relation.id]))
    units = Counter(figure.unit for figure in look.record.figures)
    ordered = sorted(
        look.record.figures, key=lambda f: (-units[f.unit], f.unit, fold(f.what), -(f.low or 0.0), f.id)
    )
    return tuple(_figure(look, figure, tuple(related[figure.id])) for figure in ordered)


def _figure(look: Lookup, figure: Figure, related: tuple[tuple[str, str], ...]) -> FigureRow:
    return FigureRow(
        figure.id,
        UNITS.get(figure.unit, figure.unit),
        *look.around(figure.article, figure.start, figure.end),
        value(figure),
        STATUS.get(figure.status, figure.status),
        _side(look, figure),
        look.giver(figure),
        look.source(figure),
        related,
    )


def _side(look: Lookup, figure: Figure) -> str:
    """Whose people or things a figure counts, as far as the report says."""
    parts = [f"{word} {look.veil(name)}" for word, name in (("by", figure.from_), ("to", figure.to)) if name]
    if figure.held_by and figure.held_by != figure.from_:
        parts.append(f"held by {look.veil(figure.held_by)}")
    if not parts and figure.unit in COUNTED and figure.status in SIDED:
        return "side unclear"
    return ", ".join(parts)
