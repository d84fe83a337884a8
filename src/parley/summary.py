"""What a record holds, counted: reports and copies, who is heard, what is disputed, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from parley.agreement.state import state
from parley.agreement.telling import headline, subject_name
from parley.linking.actors import side_of
from parley.model import Record


def as_reported(record: Record) -> Record:
    """The record without what a person entered beside the reports."""
    entered = {article.id for article in record.articles} - {article.id for article in record.texts}
    if not entered:
        return record
    terms = tuple(term for term in record.terms if term.article not in entered)
    gone = {term.id for term in record.terms} - {term.id for term in terms}
    return replace(
        record,
        articles=record.texts,
        notes=(),
        terms=terms,
        phases=tuple(phase for phase in record.phases if phase.article not in entered),
        third_parties=tuple(one for one in record.third_parties if one.article not in entered),
        accounts=tuple(account for account in record.accounts if account.subject not in gone),
    )


@dataclass(frozen=True)
class Heard:
    """How many statements of one side the record holds, and how many of them others tell."""

    name: str
    statements: int
    told_by_others: int


def who_is_heard(record: Record) -> tuple[Heard, ...]:
    """Sides by number of statements: people and roles count for the body that the reports tie them to."""
    actors = {actor.id: actor for actor in record.actors}
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for statement in record.statements:
        side = side_of(actors.get(statement.actor or ""), actors)
        name = side.name if side else statement.speaker_name or "an unnamed official"
        counts[name] += 1
        told[name] += bool(statement.chain)
    return tuple(
        Heard(name, count, told[name])
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def disputed(record: Record) -> tuple[str, ...]:
    """What the reports tell differently, one line each: where things stand, claims denied, figures, allegations answered."""
    now = state(record.accounts, record.terms, record.phases)
    lines = [
        f"{subject_name(record, one.subject)}: {headline(now, one, len(record.texts)).removeprefix('disputed: ')}"
        for one in now.standings.values()
        if one.state == "disputed"
    ]
    statements = {statement.id: statement for statement in record.statements}
    for claim in record.claims:
        if claim.denied_by:
            first, denial = statements[claim.says[0]], statements[claim.denied_by[0]]
            lines.append(f"{first.speaker_name}: “{first.content[0].text}” - denied by {denial.speaker_name}")
    figures = {figure.id: figure for figure in record.figures}
    for relation in record.figure_relations:
        if relation.relation == "conflict":
            one, other = (figures[item] for item in relation.figures[:2])
            lines.append(f"“{one.text}” and “{other.text}”")
    lines += [
        f"{b.accuser} of {b.accused}: {b.term} - denied by {', '.join(b.denied_by)}"
        for b in record.breaches
        if b.denied_by
    ]
    return tuple(dict.fromkeys(lines))
