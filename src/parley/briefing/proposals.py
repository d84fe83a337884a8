"""What is on the table: by whom, what it would change beside the agreement, who has answered and who has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.agreement.tabled import UNSURE
from parley.briefing.lookup import Lookup, Source, Told, without_copies
from parley.briefing.standing import own_words
from parley.briefing.wording import clipped, named
from parley.linking.text import content_words
from parley.model import Article, Proposal, Record

REPEATS = 0.3  # share of a change's words up to which it says nothing new
LONGEST = 320  # characters of what a proposal would change


@dataclass(frozen=True, slots=True)
class Response:
    """What one party has answered to a proposal, or that it is told not to have."""

    party: str
    told: tuple[Told, ...]
    silence_told: bool  # a report says that it has not answered
    unsure: bool = False  # what it answers may be another proposal


@dataclass(frozen=True, slots=True)
class Change:
    """What a proposal would change, in a report's words, and the provision that it is about."""

    relation: str  # changed, added, dropped, kept; empty where there is no agreement to compare with
    words: str
    source: Source | None
    beside: str  # the provision's own words
    beside_source: Source | None


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A proposal as reported."""

    id: str
    name: str
    by: str
    sources: tuple[Source, ...]
    changes: tuple[Change, ...]
    not_mentioned: int  # provisions in force that it leaves unsaid
    compared: bool
    responses: tuple[Response, ...]
    version_of: str
    maybe_same_as: tuple[str, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The parties of whose answer none of the reports tells."""
        return tuple(one.party for one in self.responses if not one.told)

    @property
    def told(self) -> bool:
        """Whether any report says what it would change, or what somebody answers."""
        return bool(self.changes) or any(one.told for one in self.responses)


def proposals(look: Lookup, record: Record) -> tuple[OnTheTable, ...]:
    """Every proposal, the latest reported first; `record` has what a person entered, too."""
    made = [(_latest(look, one), number, one) for number, one in enumerate(look.record.proposals)]
    return tuple(
        _proposal(look, record, one) for _, _, one in sorted(made, key=lambda row: (-row[0], row[1]))
    )


def _latest(look: Lookup, proposal: Proposal) -> int:
    """The day of the latest report that tells of a proposal, as a number; 0 where none is known."""
    return max((one.published.toordinal() for one in articles_of(look, proposal) if one.published), default=0)


def articles_of(look: Lookup, proposal: Proposal) -> list[Article]:
    """The reports that tell of a proposal, those that are no copies first."""
    rows = [look.statements.get(one) or look.acts.get(one) for one in proposal.evidence]
    ids = [one for one in proposal.evidence if one in look.articles] + [row.article for row in rows if row]
    return [look.articles[one] for one in sorted(dict.fromkeys(ids), key=look.is_copy)]


def _proposal(look: Lookup, record: Record, one: Proposal) -> OnTheTable:
    named_by = {
        other.id: f"‘{look.veil(other.name)}’ by {look.veil(named(other.by))}"
        for other in look.record.proposals
    }
    changes = tuple(_changes(look, record, one))
    return OnTheTable(
        one.id,
        look.veil(one.name),
        look.veil(named(one.by)),
        tuple(look.report(article.id) for article in articles_of(look, one)),
        changes,
        sum(row.relation == "not mentioned" for row in one.versus),
        bool(one.versus),
        tuple(_responses(look, one)),
        named_by.get(one.version_of or "", ""),
        tuple(named_by[other] for other in one.maybe_same_as if other in named_by),
    )


def _responses(look: Lookup, proposal: Proposal) -> Iterator[Response]:
    """The answer of each leading party but the proposer's, then of others who answered."""
    told: dict[str, list[Told]] = {}
    unsure: set[str] = set()
    for response in proposal.responses:
        party, _, words = response.partition(": ")
        if response.endswith(UNSURE):
            words = words.rpartition(" (said of ")[0]
            unsure.add(look.side(party))
        source = _stands(look, proposal, words)
        if source:
            cell = Told(look.veil(party), "", clipped(look.veil(words)), False, (), "", source)
            told.setdefault(look.side(party), []).append(cell)
    by = look.side(proposal.by)
    for party in dict.fromkeys([*look.parties, *told]):
        if party != by or party in told:
            awaited = party in {look.side(one) for one in proposal.awaited}
            rows = tuple(without_copies(told.get(party, [])))
            silent = awaited and bool(rows) and party not in unsure
            yield Response(look.veil(party), rows, silent, party in unsure)


def _stands(look: Lookup, proposal: Proposal, words: str) -> Source | None:
    """Where words stand in the reports on a proposal, with a link to the row around them."""
    for article in articles_of(look, proposal) or look.articles.values():
        at = article.text.find(words.strip(" .”"))
        if at >= 0:
            return look.place(article.id, at, at + len(words))
    held = articles_of(look, proposal)
    return look.report(held[0].id) if held else None


def _changes(look: Lookup, record: Record, proposal: Proposal) -> Iterator[Change]:
    """What a proposal would change; what says no more than a change before it, or only names it, is left out."""
    versus = {row.words: row for row in proposal.versus if row.relation != "not mentioned"}
    terms = {term.id: term for term in record.terms}
    found = [(words, _stands(look, proposal, words)) for words in versus or proposal.changes]
    found.sort(key=lambda one: (bool(one[1] and one[1].copy_of), -len(one[0]) if not versus else 0))
    seen = [content_words(proposal.name)]
    for words, source in found:
        own = content_words(words)
        if any(len(set(own) - set(known)) <= REPEATS * len(set(own)) for known in seen):
            continue
        seen.append(own)
        term = terms.get(versus[words].term) if words in versus else None
        beside = own_words(look, term) if term else None
        yield Change(
            versus[words].relation if words in versus else "",
            clipped(look.veil(words), LONGEST),
            source,
            beside.words if beside else "",
            beside.source if beside else None,
        )
