"""Background: passages that recur, word for word and outside quotation marks, in reports not tied by lineage.

Such a formula comes from an archive or a stylebook. That several reports have it corroborates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from parley.linking.shingles import Hashes, shingle_hashes
from parley.linking.tellings import KEPT, outside_runs, run_words, within_runs
from parley.model import Article, Lineage, SharedPassage, derived_id, span_of
from parley.reader.quotes import Quoted, quotations

FORMULA = 12  # words in a row: shorter ones are names, offices and turns of speech


@dataclass(frozen=True)
class _Run:
    """A stretch of an article that stands elsewhere too, with the shingles that it is made of."""

    article: Article
    start: int
    end: int
    hashes: tuple[int, ...]


def find_shared(articles: Sequence[Article], lineage: Iterable[Lineage]) -> tuple[SharedPassage, ...]:
    """Every passage of twelve words or more that recurs outside one family of reports, with all places of it."""
    reports = [article for article in articles if article.kind in {"report", "statement"}]
    texts = [_shingled(article.text) for article in reports]
    recurring = _recurring([hashes for hashes, _ in texts], _families(reports, lineage))
    runs = [
        run
        for article, (hashes, spans), places in zip(reports, texts, recurring)
        for run in _runs(article, hashes, spans, places)
    ]
    shared = []
    for group in _groups(runs):
        spans = tuple((run.article.id, span_of(run.article.text, run.start, run.end)) for run in group)
        row = derived_id("shp", (f"{article} {span.start}-{span.end}" for article, span in spans))
        shared.append(SharedPassage(row, spans, tuple(dict.fromkeys(article for article, _ in spans))))
    return tuple(shared)


def _families(reports: Sequence[Article], lineage: Iterable[Lineage]) -> list[int]:
    """A number for each report, the same for those that lineage ties, by whatever way."""
    graph = nx.Graph([(edge.derived, edge.from_) for edge in lineage])
    graph.add_nodes_from(article.id for article in reports)
    number = {node: place for place, part in enumerate(nx.connected_components(graph)) for node in part}
    return [number[article.id] for article in reports]


@lru_cache(maxsize=KEPT)
def _shingled(text: str) -> tuple[Hashes, NDArray[np.int64]]:
    """Shingles of a text outside quotation marks; of each its number among all words' shingles, its start and end."""
    words, spans, owners = run_words(text, outside_runs(text, Quoted(quotations(text))))
    inside = within_runs(owners, FORMULA).nonzero()[0]
    at = np.array(spans, np.int64).reshape(-1, 2)
    return shingle_hashes(words, FORMULA)[inside], np.stack(
        [inside, at[inside, 0], at[inside + FORMULA - 1, 1]], axis=1
    )


def _recurring(texts: Sequence[Hashes], families: Sequence[int]) -> list[NDArray[np.int64]]:
    """Places of the shingles of each text that stand in another family's text too."""
    lengths = [len(hashes) for hashes in texts]
    if not sum(lengths):
        return [np.empty(0, np.int64) for _ in texts]
    _, where = np.unique(np.concatenate(texts), return_inverse=True)
    family = np.repeat(np.array(families), lengths)
    first, last = np.full(where.max() + 1, len(families)), np.full(where.max() + 1, -1)
    np.minimum.at(first, where, family)
    np.maximum.at(last, where, family)
    marked = np.split((first != last)[where], np.cumsum(lengths)[:-1])
    return [part.nonzero()[0] for part in marked]


def _runs(
    article: Article, hashes: Hashes, spans: NDArray[np.int64], places: NDArray[np.int64]
) -> Iterator[_Run]:
    """Recurring shingles that follow each other, as one stretch."""
    for part in np.split(places, (np.diff(spans[places, 0]) > 1).nonzero()[0] + 1):
        if part.size:
            start, end = int(spans[part[0], 1]), int(spans[part[-1], 2])
            yield _Run(article, start, end, tuple(hashes[part].tolist()))


def _groups(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Stretches that share a shingle belong together, directly or through a third."""
    graph: nx.Graph[int] = nx.Graph()
    holder: dict[int, int] = {}
    for place, run in enumerate(runs):
        graph.add_node(place)
        graph.add_edges_from((holder.setdefault(one, place), place) for one in run.hashes)
    for part in nx.connected_components(graph):
        yield [runs[place] for place in sorted(part)]
