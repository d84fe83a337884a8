"""Where the agreement stands as these reports tell it: phases, releases, proposals, what is said of conduct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source, Told, without_copies
from parley.briefing.wording import clipped, days, named, number
from parley.linking.text import content_words, fold
from parley.model import Act, Breach, Phase, Proposal, Statement, Tally, Term
from parley.reader.sentences import paragraphs

REPEATS = 0.3  # share of a change's words up to which it says nothing new


@dataclass(frozen=True, slots=True)
class Words:
    """A report's own words with their source."""

    words: str
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class PhaseTold:
    """What is reported of one phase."""

    name: str
    begins: tuple[Words, ...]
    ends: tuple[Words, ...]
    provisions: tuple[Words, ...]
    said: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """Releases or handovers of one thing by one side."""

    what: str
    giver: str
    getter: str
    total: str
    is_our_sum: bool
    told: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What one party has answered to a proposal; empty where none of the reports says."""

    party: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a proposal would change, in a report's words."""

    words: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A proposal as reported."""

    id: str
    name: str
    by: str
    offers: tuple[Told, ...]
    changes: tuple[Change, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Allegation:
    """What one side says of another's conduct, and the answers to it."""

    told: Told
    term: str
    denied_by: tuple[str, ...]
    answers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """Everything that one side says of another's conduct."""

    accuser: str
    accused: str
    allegations: tuple[Allegation, ...]


def phases(look: Lookup) -> tuple[PhaseTold, ...]:
    """Every phase in its order with start, end, provisions and what is said of it."""
    return tuple(_phase(look, phase) for phase in look.record.phases)


def _phase(look: Lookup, phase: Phase) -> PhaseTold:
    times = [look.times[one] for one in phase.evidence if one in look.times]
    dated = {
        one.id: Words(
            clipped(look.veil(look.sentence(one.article, one.at[0])), 140),
            look.source(one),
            days(one.start, one.end),
        )
        for one in times
    }
    begins = tuple(dated[one.id] for one in times if phase.start and one.start == phase.start)
    ends = tuple(dated[one.id] for one in times if phase.end and one.end == phase.end)
    terms = [look.terms[one] for one in phase.terms if one in look.terms]
    return PhaseTold(
        phase.name, begins, ends, tuple(_provision(look, term) for term in terms), _said_of(look, phase)
    )


def _provision(look: Lookup, term: Term) -> Words:
    """A provision in the words of its text: the whole numbered paragraph, or the report's own phrase."""
    note = "" if term.source == "text" else "as this report tells it"
    at = look.term_at(term)
    if at is None:
        article = next(one for one in term.evidence if one in look.articles)
        return Words(clipped(look.veil(f"{term.act} {term.object}")), look.report(article), note)
    article, start, end = at
    report = look.report(article)
    text = look.articles[article].text
    if term.source == "text":
        start, end = next((one for one in paragraphs(text) if one[0] <= start < one[1]), (start, end))
    return Words(
        clipped(look.veil(text[start:end])),
        Source(report.mark, f"{report.href}#{term.id}", report.outlet, report.copy_of),
        note,
    )


def _said_of(look: Lookup, phase: Phase) -> tuple[Told, ...]:
    """Statements that name the phase: disputed ones first, then those that most reports carry, the latest first."""
    number = phase.name.split()[0]
    forms = {phase.name, phase.name.replace("phase", "stage"), f"{number}-phase", f"{number}-stage"}
    naming = [
        statement
        for statement in look.record.statements
        if not look.is_copy(statement.article)
        and any(form in fold(" ".join(piece.text for piece in statement.content)) for form in forms)
    ]

    def rank(statement: Statement) -> tuple[bool, int, int]:
        claim = look.claim_of.get(statement.id)
        published = look.articles[statement.article].published
        carried = len(claim.carried_by) if claim else 0
        return not (claim and claim.denied_by), -carried, -(published.toordinal() if published else 0)

    return tuple(look.told(statement) for statement in sorted(naming, key=rank))


def handovers(look: Lookup) -> tuple[Handover, ...]:
    """Releases and handovers, those whose giver is known first, the largest first."""

    def rank(tally: Tally) -> tuple[bool, str, float, str]:
        return tally.from_ is None, look.side(tally.from_), -tally.total, tally.id

    return tuple(_handover(look, tally) for tally in sorted(look.record.tallies, key=rank))


def _handover(look: Lookup, tally: Tally) -> Handover:
    figures = sorted(
        (look.figures[one] for one in tally.evidence if one in look.figures),
        key=lambda f: (-(f.low or 0.0), f.id),
    )
    told = tuple(Words(look.veil(figure.text), look.source(figure), look.giver(figure)) for figure in figures)
    ours = tally.total not in {figure.low for figure in figures}
    getter = look.side(tally.to)
    return Handover(look.veil(tally.what), look.side(tally.from_), getter, number(tally.total), ours, told)


def proposals(look: Lookup) -> tuple[OnTheTable, ...]:
    """Every proposal with what it would change and each leading party's response."""
    return tuple(_proposal(look, proposal) for proposal in look.record.proposals)


def _proposal(look: Lookup, proposal: Proposal) -> OnTheTable:
    acts = [look.acts[one] for one in proposal.evidence if one in look.acts]
    answers = [act for act in acts if act.act in {"ACCEPT", "REJECT"}]
    sides = [*look.parties, *(look.side(act.actor) for act in answers)]
    by = look.side(proposal.by)
    responses = tuple(
        Response(
            side,
            tuple(without_copies([look.told_act(act) for act in answers if look.side(act.actor) == side])),
        )
        for side in dict.fromkeys(sides)
        if side != by or any(look.side(act.actor) == side for act in answers)
    )
    offers = without_copies([look.told_act(act) for act in acts if act not in answers])
    changes = tuple(_changes(look, proposal))
    return OnTheTable(
        proposal.id,
        look.veil(proposal.name),
        look.veil(named(proposal.by)),
        tuple(offers),
        changes,
        responses,
    )


def _changes(look: Lookup, proposal: Proposal) -> Iterator[Change]:
    """What a proposal would change: whatever says no more than a change before it, or only names it, is left out."""
    rows = [look.statements.get(one) or look.acts.get(one) for one in proposal.evidence]
    told = [(_around(look, row), look.source(row)) for row in rows if row]
    told.sort(key=lambda one: bool(one[1].copy_of))
    sourced = [
        (change, next((source for text, source in told if change in text), None))
        for change in proposal.changes
    ]
    seen = [content_words(proposal.name)]
    for change, source in sorted(sourced, key=lambda one: (bool(one[1] and one[1].copy_of), -len(one[0]))):
        words = content_words(change)
        if not any(len(set(words) - set(known)) <= REPEATS * len(set(words)) for known in seen):
            seen.append(words)
            yield Change(clipped(look.veil(change), 320), source)


def _around(look: Lookup, row: Statement | Act) -> str:
    """A row's report, and behind it a statement's pieces put together, as a change may quote them."""
    pieces = row.content if isinstance(row, Statement) else ()
    return "\n".join((look.articles[row.article].text, " ".join(piece.text for piece in pieces)))


def conduct(look: Lookup) -> tuple[Conduct, ...]:
    """What is said of the other's conduct: between the leading parties first, both ways even if empty; then others."""
    found: dict[tuple[str, str], list[Allegation]] = {}
    if len(look.parties) == 2:
        found = {(one, other): [] for one, other in (look.parties, look.parties[::-1])}
    used = {breach.evidence[0] for breach in look.record.breaches if breach.evidence}
    for breach in look.record.breaches:
        act = look.acts.get(breach.evidence[0]) if breach.evidence else None
        if act:
            found.setdefault((look.side(breach.accuser), look.side(breach.accused)), []).append(
                _allegation(look, breach, act)
            )
    for act in look.record.acts:
        if act.act == "ACCUSE" and act.id not in used and act.actor:
            row = Allegation(look.told_act(act), "", (), ())
            found.setdefault((look.side(act.actor), look.side(act.target)), []).append(row)
    return tuple(Conduct(accuser, accused, _own(rows)) for (accuser, accused), rows in found.items())


def _allegation(look: Lookup, breach: Breach, act: Act) -> Allegation:
    denials = [
        look.acts[one] for one in breach.evidence[1:] if one in look.acts and look.acts[one].act == "DENY"
    ]
    denied_by = tuple(look.veil(name) for name in breach.denied_by)
    return Allegation(
        look.told_act(act), look.veil(breach.term), denied_by, tuple(map(look.told_act, denials))
    )


def _own(rows: Sequence[Allegation]) -> tuple[Allegation, ...]:
    """Allegations without those of copies whose original has one."""
    kept = without_copies([row.told for row in rows])
    return tuple(row for row in rows if row.told in kept)


def acts_of(look: Lookup, kind: str) -> tuple[Told, ...]:
    """Acts of one kind whose actor is known, those of copies left out where the original has one."""
    return tuple(
        without_copies([look.told_act(act) for act in look.record.acts if act.act == kind and act.actor])
    )
