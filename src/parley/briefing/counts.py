"""Figures over time: what reports count, day by day and outlet by outlet, with ranges, conflicts and sums marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import networkx as nx
from markupsafe import Markup

from parley.briefing.drawings_words import Dot, draw_counts
from parley.briefing.lookup import Lookup, Source
from parley.briefing.tables import Beside, Related, related
from parley.briefing.wording import RELATIONS, STATUS, clipped, day, value
from parley.model import Figure, Record
from parley.reader.nouns import is_plural

TOGETHER = frozenset({"agree", "conflict", "superseded"})  # relations between figures of one thing
DRAWN = 40  # figures that a drawing shows


@dataclass(frozen=True, slots=True)
class Count:
    """A figure on the day of its report."""

    when: date | None
    day: str
    value: str
    words: str
    status: str
    giver: str
    source: Source
    beside: Beside  # (told differently, our sum ..., links to the relations)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that several reports count: every count of it in the order of days."""

    id: str
    name: str
    values: tuple[str, ...]
    counts: tuple[Count, ...]
    disputed: bool
    drawing: Markup  # empty where all give one value


def things(record: Record) -> list[set[str]]:
    """The things that several reports count, each as the ids of its figures."""
    graph: nx.Graph[str] = nx.Graph()
    for relation in record.figure_relations:
        if relation.relation in TOGETHER:
            nx.add_path(graph, relation.figures)
    return list(nx.connected_components(graph))


def counted(look: Lookup, parts: Sequence[set[str]], links: Mapping[str, str]) -> tuple[Counted, ...]:
    """Things that several reports count: those told differently first. `links`: those of the relations."""
    beside = related(look.record, links)
    found = (_counted(look, [look.figures[one] for one in part], beside) for part in parts)
    return tuple(
        sorted(
            found,
            key=lambda one: (not one.disputed, -len(one.values), -len(one.counts), one.name, one.id),
        )
    )


def _counted(look: Lookup, figures: Iterable[Figure], beside: Related) -> Counted:
    ordered = sorted(
        figures, key=lambda one: (_when(look, one) or date.min, look.marks[one.article], one.start)
    )
    counts = tuple(_count(look, figure, beside.get(figure.id, {})) for figure in ordered)
    values = tuple(dict.fromkeys(count.value for count in counts))
    disputed = any(RELATIONS["conflict"] in beside.get(figure.id, {}) for figure in ordered)
    drawing = Markup("")
    if len(values) > 1:
        drawing = draw_counts([_dot(look, one, count) for one, count in zip(ordered, counts)][:DRAWN])
    return Counted(f"count-{ordered[0].id}", _name(look, ordered), values, counts, disputed, drawing)


def _name(look: Lookup, figures: Sequence[Figure]) -> str:
    """What is counted: the noun and the status that most figures have."""
    nouns = Counter(_noun(figure.what.split()) for figure in figures if figure.what)
    noun = nouns.most_common(1)[0][0] if nouns else (figures[0].unit or "figures")
    states = Counter(STATUS.get(figure.status, figure.status) for figure in figures)
    return look.veil(", ".join(filter(None, (noun, states.most_common(1)[0][0]))))


def _noun(words: Sequence[str]) -> str:
    """The noun of a description: its first plural, else its first word."""
    return next((word for word in words if is_plural(word)), words[0]).lower()


def _when(look: Lookup, figure: Figure) -> date | None:
    return look.articles[figure.article].published


def _count(look: Lookup, figure: Figure, beside: Mapping[str, list[str]]) -> Count:
    when = _when(look, figure)
    return Count(
        when,
        day(when, short=True) or "day not known",
        value(figure),
        clipped(look.veil(figure.text), 80),
        STATUS.get(figure.status, figure.status),
        look.giver(figure),
        look.source(figure),
        tuple((word, hrefs) for word, hrefs in beside.items() if word != RELATIONS["agree"]),
    )


def _dot(look: Lookup, figure: Figure, count: Count) -> Dot:
    kinds = {word for word, _ in count.beside}
    return Dot(
        count.when, figure.low, figure.high, count.source.mark, count.value, RELATIONS["conflict"] in kinds
    )
