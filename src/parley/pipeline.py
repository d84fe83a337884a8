"""The steps in order: articles -> readings -> links -> agreement -> a Record. Each step is a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from parley.agreement.breaches import find_breaches
from parley.agreement.ledger import tallies, with_sides
from parley.agreement.parties import leading_parties
from parley.agreement.proposals import find_proposals
from parley.agreement.terms import read_terms
from parley.agreement.waits import find_waits, with_deeds
from parley.linking.actors import link_actors, with_actors
from parley.linking.claims import link_claims
from parley.linking.figures import relate_figures
from parley.linking.lineage import link_lineage
from parley.model import Article, Reading, Record, Unread
from parley.reader import read
from parley.settings import Settings

Progress = Callable[[str, int, int], None]  # step, done, of
POOLED = 24  # articles from which reading in several processes pays


def quiet(step: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def build_record(
    came_in: Iterable[Article | Unread], settings: Settings, progress: Progress = quiet
) -> Record:
    """The record of the articles, in a canonical order that does not depend on how they came in."""
    arrived = list(came_in)
    unread = sorted(
        (one for one in arrived if isinstance(one, Unread)), key=lambda one: (one.file, one.reason)
    )
    articles = sorted(
        (one for one in arrived if isinstance(one, Article)),
        key=lambda one: (str(one.published), one.file, one.id),
    )
    readings = []
    for done, reading in enumerate(read_all(articles, settings), start=1):
        readings.append(reading)
        progress("reading", done, len(articles))
    return link(articles, readings, unread)


def read_all(articles: Sequence[Article], settings: Settings) -> Iterator[Reading]:
    """A reading per article, in order: in this process, or in several for larger builds. The result is the same."""
    if settings.processes == 1 or len(articles) < POOLED:
        yield from map(read, articles)
        return
    with ProcessPoolExecutor(settings.processes or None) as pool:
        yield from pool.map(read, articles, chunksize=8)


def link(articles: Sequence[Article], readings: Sequence[Reading], unread: Sequence[Unread]) -> Record:
    """Everything that follows across reports from what was read in each."""
    actors = link_actors(list(chain.from_iterable(r.mentions for r in readings)))
    statements = with_actors(list(chain.from_iterable(r.statements for r in readings)), actors)
    acts = tuple(chain.from_iterable(r.acts for r in readings))
    times = tuple(chain.from_iterable(r.times for r in readings))
    needs, deeds = with_deeds(list(chain.from_iterable(r.needs for r in readings)))
    figures = with_sides(list(chain.from_iterable(r.figures for r in readings)), acts, actors)
    lineage = link_lineage(articles)
    derived = frozenset(edge.derived for edge in lineage)
    phases, terms = read_terms(articles, times)
    parties = leading_parties(actors, acts)
    names = [
        surface
        for actor in actors
        if actor.kind in {"organisation", "state"} or actor.name in parties
        for surface in actor.surfaces
    ]
    return Record(
        articles=tuple(articles),
        unread=tuple(unread),
        statements=statements,
        figures=figures,
        times=times,
        places=tuple(chain.from_iterable(r.places for r in readings)),
        acts=acts,
        needs=needs,
        deeds=deeds,
        actors=actors,
        claims=link_claims(articles, statements, acts, derived, actors),
        lineage=lineage,
        figure_relations=relate_figures(articles, figures, statements, lineage),
        tallies=tallies(articles, figures, parties),
        phases=phases,
        terms=terms,
        waits=find_waits(needs, acts),
        proposals=find_proposals(articles, acts, statements, actors),
        breaches=find_breaches(acts, statements, names),
    )
