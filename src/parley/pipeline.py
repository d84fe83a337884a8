"""The steps in order: articles -> readings -> links -> agreement -> a Record. Each step is a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from parley import kept
from parley.agreement.accounts import find_accounts
from parley.agreement.alleged import Told
from parley.agreement.breaches import find_breaches, find_threats
from parley.agreement.ledger import rounds, tallies, with_sides
from parley.agreement.parties import Sides, sides
from parley.agreement.positions import find_positions, find_shifts
from parley.agreement.proposals import find_proposals
from parley.agreement.rounds import read_handed
from parley.agreement.termfile import read_term_file
from parley.agreement.terms import read_terms
from parley.agreement.thirds import find_third_parties
from parley.agreement.waits import find_waits
from parley.byhand import read_notes
from parley.corrections.apply import (
    corrected_articles,
    corrected_reading,
    corrected_record,
    corrected_rows,
    named_pairs,
)
from parley.corrections.decisions import Decisions, decide
from parley.linking.actors import link_actors, with_actors
from parley.linking.aliases import read_aliases
from parley.linking.background import find_shared
from parley.linking.claims import link_claims
from parley.linking.deeds import with_deeds
from parley.linking.drift import find_drifts
from parley.linking.figures import relate_figures
from parley.linking.holders import with_holders
from parley.linking.lineage import link_lineage
from parley.memory import uncollected
from parley.model import Article, Correction, Reading, Record, Unread
from parley.reader import read
from parley.readings import reading_key
from parley.settings import Settings

Progress = Callable[[str, int, int], None]  # step, done, of
POOLED = 24  # articles from which reading in several processes pays


def quiet(step: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def build_record(
    came_in: Iterable[Article | Unread],
    settings: Settings,
    progress: Progress = quiet,
    corrections: Iterable[Correction] = (),
) -> Record:
    """The record of the articles, corrected, in a canonical order that does not depend on how anything came in."""
    return build(came_in, settings, progress, corrections).record


@dataclass(frozen=True)
class Built:
    """A record, and what was found out for it on the way.

    `readings`: what was read in each of its texts before anybody corrected it, by `reading_key`; `answers`: those of the
    functions that are `kept`, by their keys.
    """

    record: Record
    readings: Mapping[str, Reading]
    answers: Mapping[str, object]


def build(
    came_in: Iterable[Article | Unread],
    settings: Settings,
    progress: Progress = quiet,
    corrections: Iterable[Correction] = (),
    known: Mapping[str, Reading] = MappingProxyType({}),
    answers: Mapping[str, str] = MappingProxyType({}),
) -> Built:
    """What build_record gives, with what is behind it.

    A text whose reading is `known` is not read again, nor is anything asked whose answer is there, as JSON by its key.
    """
    arrived = list(came_in)
    decisions = decide(corrections)
    unread = sorted(
        (one for one in arrived if isinstance(one, Unread)), key=lambda one: (one.file, one.reason)
    )
    articles = sorted(
        corrected_articles((one for one in arrived if isinstance(one, Article)), decisions),
        key=lambda one: (str(one.published), one.file, one.id),
    )
    for article in articles:
        if article.kind == "terms":
            read_term_file(article)  # what does not fit is said before anything is read
    keys = [reading_key(article) for article in articles]
    unknown = [article for article, key in zip(articles, keys) if key not in known]
    fresh = {}
    for done, reading in enumerate(read_all(unknown, settings), start=1):
        fresh[reading_key(unknown[done - 1])] = reading
        progress("reading", done, len(unknown))
    readings = {key: fresh[key] if key in fresh else known[key] for key in keys}
    with kept.opened(answers) as book, uncollected():
        record = link(articles, list(readings.values()), unread, decisions)
    return Built(record, readings, book.used)


def read_all(articles: Sequence[Article], settings: Settings) -> Iterator[Reading]:
    """A reading per article, in order: in this process, or in several for larger builds. The result is the same."""
    if settings.processes == 1 or len(articles) < POOLED:
        yield from map(read, articles)
        return
    with ProcessPoolExecutor(settings.processes or None) as pool:
        yield from pool.map(read, articles, chunksize=8)


def link(
    articles: Sequence[Article],
    as_read: Sequence[Reading],
    unread: Sequence[Unread],
    decisions: Decisions = Decisions(),  # noqa: B008 - a frozen value
) -> Record:
    """Everything that follows across reports from what was read in each, and from what people decided about it."""
    in_full = {article.id: article.text for article in articles}
    corrected = [corrected_reading(one, in_full[one.article], decisions) for one in as_read]
    came = Record(articles=tuple(articles), notes=read_notes(articles), unread=tuple(unread))
    vectors = dict(chain.from_iterable(one.vectors for one in as_read))
    record = _with_lineage(
        _with_who_and_what(came, [reading for reading, _ in corrected], decisions), vectors
    )
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    whole = _with_standing(_with_counts(record, parted, decisions), parted)
    return corrected_record(whole, decisions, list(chain.from_iterable(struck for _, struck in corrected)))


def _with_who_and_what(record: Record, readings: Sequence[Reading], decisions: Decisions) -> Record:
    """The rows that were read, and the actors and deeds that they speak of, each once in all reports."""
    articles = record.articles
    actors = link_actors(
        list(chain.from_iterable(r.mentions for r in readings)),
        aliases=read_aliases(articles),
        together=named_pairs(decisions, "merge"),
        apart=named_pairs(decisions, "split"),
        days={article.id: article.published for article in articles},
    )
    tied, deeds = with_deeds(list(chain.from_iterable(r.needs for r in readings)), actors)
    in_full = {article.id: article.text for article in articles}
    return replace(
        record,
        statements=with_actors(list(chain.from_iterable(r.statements for r in readings)), actors),
        figures=tuple(chain.from_iterable(r.figures for r in readings)),
        times=tuple(chain.from_iterable(r.times for r in readings)),
        places=tuple(chain.from_iterable(r.places for r in readings)),
        acts=tuple(chain.from_iterable(r.acts for r in readings)),
        needs=corrected_rows(with_holders(tied, actors), in_full, decisions),
        deeds=deeds,
        actors=actors,
    )


def _with_lineage(record: Record, vectors: Mapping[str, str]) -> Record:
    """Which report derives from which, what they share, and which statements say one thing.

    `vectors`: what each statement's content means, by its id.
    """
    texts, lineage = record.texts, link_lineage(record.texts)
    shared = find_shared(texts, lineage)
    derived = frozenset(edge.derived for edge in lineage)
    return replace(
        record,
        lineage=lineage,
        shared_passages=shared,
        claims=link_claims(texts, record.statements, record.acts, derived, record.actors, shared, vectors),
    )


def _with_counts(record: Record, parted: Sides, decisions: Decisions) -> Record:
    """Figures with the sides that they are of, how they relate and drift, and what was handed over."""
    texts, statements, lineage = record.texts, record.statements, record.lineage
    handed = read_handed(texts, record.figures, statements, record.times, lineage, parted)
    in_full = {article.id: article.text for article in record.articles}
    figures = corrected_rows(with_sides(record.figures, handed), in_full, decisions)
    last = max((a.published for a in texts if a.published), default=None)
    return replace(
        record,
        figures=figures,
        drifts=find_drifts(texts, lineage, figures, statements),
        figure_relations=relate_figures(texts, figures, statements, lineage),
        tallies=tallies(handed, parted.parties),
        rounds=rounds(handed, last, parted.parties),
    )


def _with_standing(record: Record, parted: Sides) -> Record:
    """Where it stands: what is agreed, proposed, waited for and said to be broken, and by whose account."""
    articles, texts, derived = record.articles, record.texts, record.derived
    statements, acts, needs = record.statements, record.acts, record.needs
    phases, terms, third_parties = read_terms(articles, record.times, record.figures)
    proposals = find_proposals(texts, acts, statements, parted, terms, derived)
    positions = find_positions(texts, acts, needs, statements, terms, parted, derived)
    stands = replace(
        record,
        phases=phases,
        terms=terms,
        third_parties=third_parties,
        waits=find_waits(articles, needs, parted.parties, proposals),
        proposals=proposals,
        positions=positions,
        shifts=find_shifts(positions),
        breaches=find_breaches(Told(texts, acts, statements, record.times, parted), terms),
        threats=find_threats(acts, texts),
    )
    return replace(
        stands,
        third_parties=(*find_third_parties(stands, parted), *third_parties),
        accounts=find_accounts(stands, parted),
    )
