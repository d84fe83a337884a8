"""Coverage: which report carries which claim or count, copies apart, so that what a report leaves out can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import clipped
from parley.model import Claim, FigureRelation

COLUMNS = 14  # reports that have a column each; in a larger record the outlets that carry most have one
WORDS = 130  # characters of a claim that a row shows


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report, or one outlet, has of a claim: where it says it, where it has somebody deny it."""

    says: tuple[Source, ...] = ()
    denies: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A report or an outlet: its mark, how many claims it carries, how many of them no other does."""

    key: str
    source: Source
    name: str
    carries: int
    alone: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A claim or a count that several reports carry, or that somebody denies."""

    id: str
    who: str  # empty for a figure, which each report may have from another
    words: str
    counted: bool  # a figure
    href: str  # the claim, or the figures beside one another
    cells: tuple[Cell, ...]
    elsewhere: int  # reports that have no column
    copies: tuple[Source, ...]
    carried_by: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The columns, and a row for each claim or count."""

    columns: tuple[Column, ...]
    rows: tuple[CoverageRow, ...]
    by_outlet: bool


@dataclass(frozen=True, slots=True)
class _Carried:
    """Where a claim or a count stands: (article, source) for each time it is said or denied."""

    id: str
    who: str
    words: str
    counted: bool
    says: tuple[tuple[str, Source], ...]
    denies: tuple[tuple[str, Source], ...]


def covered(look: Lookup) -> list[Claim | FigureRelation]:
    """The claims and counts that have a row."""
    found: list[Claim | FigureRelation] = [
        claim
        for claim in look.record.claims
        if claim.denied_by or len({look.statements[one].article for one in claim.says}) > 1
    ]
    return found + [one for one in look.record.figure_relations if one.relation == "agree"]


def matrix(look: Lookup, links: Mapping[str, str]) -> Matrix:
    """The claims first, those that are denied and those that most reports carry first; then the counts.

    `links`: those of claims and relations between figures.
    """
    carried = [_carried(look, one) for one in covered(look)]
    own = [article.id for article in look.record.articles if not look.is_copy(article.id)]
    by_outlet = len(own) > COLUMNS
    key: Callable[[str], str] = (lambda one: look.articles[one].outlet) if by_outlet else (lambda one: one)
    columns = _columns(look, own, key)
    rows = sorted((_row(look, one, links[one.id], columns, key) for one in carried), key=_order)
    return Matrix(columns, tuple(rows), by_outlet)


def _order(row: CoverageRow) -> tuple[bool, bool, int, str]:
    denied = any(cell.denies for cell in row.cells)
    return row.counted, not denied, -row.carried_by, row.id


def _carried(look: Lookup, one: Claim | FigureRelation) -> _Carried:
    if isinstance(one, FigureRelation):
        figures = [look.figures[figure] for figure in one.figures]
        words = clipped(look.veil(max((one.text for one in figures), key=len)), WORDS)
        found = tuple((figure.article, look.source(figure)) for figure in figures)
        return _Carried(one.id, "", words, True, found, ())
    says, denies = (
        tuple((look.statements[row].article, look.source(look.statements[row])) for row in rows)
        for rows in (one.says, one.denied_by)
    )
    first = look.statements[one.says[0]]
    words = clipped(look.veil(" … ".join(piece.text for piece in first.content)), WORDS)
    return _Carried(one.id, look.speaker(first), words, False, says, denies)


def _columns(look: Lookup, own: list[str], key: Callable[[str], str]) -> tuple[Column, ...]:
    """A column for each report that is no copy; of more than fit, for the outlets that carry most."""
    carries: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for keys in _carriers(look, key):
        carries.update(keys)
        if len(keys) == 1:
            alone.update(keys)
    first: dict[str, str] = {}
    for article in own:
        first.setdefault(key(article), article)
    kept = sorted(first, key=lambda one: -carries[one])[:COLUMNS]
    return tuple(
        Column(one, look.report(article), look.articles[article].outlet, carries[one], alone[one])
        for one, article in first.items()
        if one in kept
    )


def _carriers(look: Lookup, key: Callable[[str], str]) -> Iterator[set[str]]:
    for claim in look.record.claims:
        yield {key(article) for article in claim.carried_by}


def _row(
    look: Lookup, one: _Carried, href: str, columns: tuple[Column, ...], key: Callable[[str], str]
) -> CoverageRow:
    cells = tuple(
        Cell(_first(look, one.says, column.key, key), _first(look, one.denies, column.key, key))
        for column in columns
    )
    carriers = {article for article, _ in one.says if not look.is_copy(article)}
    known = {column.key for column in columns}
    copies = {article: source for article, source in one.says if look.is_copy(article)}
    return CoverageRow(
        one.id,
        one.who,
        one.words,
        one.counted,
        href,
        cells,
        sum(key(article) not in known for article in carriers),
        tuple(copies.values()),
        len(carriers),
    )


def _first(
    look: Lookup, found: tuple[tuple[str, Source], ...], wanted: str, key: Callable[[str], str]
) -> tuple[Source, ...]:
    """The first place in each report of a column, copies left out."""
    places: dict[str, Source] = {}
    for article, source in found:
        if key(article) == wanted and not look.is_copy(article):
            places.setdefault(article, source)
    return tuple(places.values())
