"""The record: everything that came in, was read, follows and was decided."""

from __future__ import annotations

from dataclasses import dataclass

from parley.model.decisions import Code, CodeDefinition, NameShown, Note, Outcome, Struck, Tombstone
from parley.model.links import Actor, Claim, Deed, Drift, FigureRelation, Lineage, SharedPassage
from parley.model.rows import Act, Figure, Need, Place, Statement, Time
from parley.model.sources import ENTERED, Article, Unread
from parley.model.standing import (
    Account,
    Breach,
    Phase,
    Position,
    Proposal,
    Round,
    Shift,
    Tally,
    Term,
    ThirdParty,
    Threat,
    Wait,
)


@dataclass(frozen=True)
class Record:
    """A whole record as values: what came in, what was read, what follows from it."""

    articles: tuple[Article, ...] = ()
    unread: tuple[Unread, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    acts: tuple[Act, ...] = ()
    needs: tuple[Need, ...] = ()
    deeds: tuple[Deed, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    figure_relations: tuple[FigureRelation, ...] = ()
    tallies: tuple[Tally, ...] = ()
    rounds: tuple[Round, ...] = ()
    phases: tuple[Phase, ...] = ()
    terms: tuple[Term, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    accounts: tuple[Account, ...] = ()
    waits: tuple[Wait, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    positions: tuple[Position, ...] = ()
    shifts: tuple[Shift, ...] = ()
    breaches: tuple[Breach, ...] = ()
    threats: tuple[Threat, ...] = ()
    drifts: tuple[Drift, ...] = ()
    shared_passages: tuple[SharedPassage, ...] = ()
    struck: tuple[Struck, ...] = ()
    names_shown: tuple[NameShown, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[Note, ...] = ()
    codebook: tuple[CodeDefinition, ...] = ()
    codes: tuple[Code, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def texts(self) -> tuple[Article, ...]:
        """The articles that were read: all but what a person entered beside them."""
        return tuple(article for article in self.articles if article.kind not in ENTERED)

    @property
    def derived(self) -> frozenset[str]:
        """Ids of the articles that derive from another in the record."""
        return frozenset(edge.derived for edge in self.lineage)

    @property
    def independent(self) -> int:
        """Number of reports and statements less the derived ones; agreements and notes are neither."""
        return sum(
            article.kind in {"report", "statement"} and article.id not in self.derived
            for article in self.articles
        )
