"""A record cut to a frame: without some of its rows, and without what rested on them.

What is derived loses the members that are gone, or goes if what is left no longer carries it. A row of a kind that
nothing here knows goes as soon as it names one row that is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from parley.contract import tables
from parley.model import (
    Actor,
    Claim,
    Deed,
    Figure,
    FigureRelation,
    Note,
    Phase,
    Record,
    Statement,
    Time,
    derived_id,
)


def without(record: Record, gone: set[str]) -> Record:
    """The record without some rows, texts among them, and without what rests on them."""
    if not gone:
        return record
    cut = _Cut(record, set(gone))
    made: dict[str, Any] = {name: getattr(record, name) for name in tables()}
    _settle(made, cut)
    _tie_again(made, cut)
    return replace(record, **made)


@dataclass
class _Cut:
    """A record and the ids of its rows that are gone from what is shown."""

    record: Record
    gone: set[str]

    def __post_init__(self) -> None:
        """Index what the trimming of derived rows looks up."""
        self.statements: dict[str, Statement] = {one.id: one for one in self.record.statements}
        self.figures: dict[str, Figure] = {one.id: one for one in self.record.figures}
        self.times: dict[str, Time] = {one.id: one for one in self.record.times}
        self.published = {one.id: one.published for one in self.record.articles}
        copied = {e.derived for e in self.record.lineage if not {e.derived, e.from_} & self.gone}
        self.no_copy = self.record.derived - copied  # they derive from nothing that is shown

    def left(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Those of some ids whose rows are not gone."""
        return tuple(one for one in ids if one not in self.gone)

    def carries(self, row: object) -> bool:
        """Whether a row names nothing that is gone."""
        return not any(one in self.gone for one in _strings(row))


def _settle(made: dict[str, Any], cut: _Cut) -> None:
    """Take out of all tables what rests on rows that are gone, until nothing more goes."""
    before = -1
    while before != len(cut.gone):
        before = len(cut.gone)
        for name, rows in made.items():
            left = tuple(trimmed for row in rows if (trimmed := _trimmed(row, cut)) is not None)
            cut.gone |= _ids(rows) - _ids(left)
            made[name] = left


def _ids(rows: Iterable[Any]) -> set[str]:
    return {row.id for row in rows if hasattr(row, "id")}


def _trimmed(row: Any, cut: _Cut) -> Any:  # noqa: ANN401 - a row of any table
    """A row without what is gone; None if nothing is left that carries it."""
    if getattr(row, "id", None) in cut.gone or getattr(row, "article", None) in cut.gone:
        return None
    if type(row) in TRIM:
        return TRIM[type(row)](row, cut)
    if hasattr(row, "article") and not hasattr(row, "evidence"):
        return row  # read from one text: it rests on nothing else
    return row if cut.carries(row) else None


def _strings(value: object) -> Iterator[str]:
    """Every string of a row, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def _actor(actor: Actor, cut: _Cut) -> Actor | None:
    """An actor as the mentions that are left name it."""
    mentions = tuple(one for one in actor.mentions if one.article not in cut.gone)
    if len(mentions) == len(actor.mentions):
        return actor
    if not mentions:
        return None
    forms = {form for one in mentions for form in (one.text, one.name)}
    longest = max(forms, key=lambda form: (form[:1].isupper(), len(form), form))
    roles = [one.role for one in mentions if one.role]
    return replace(
        actor,
        name=actor.name if actor.name in forms else longest,
        affiliation=actor.affiliation if any(one.affiliation for one in mentions) else None,
        role=actor.role if actor.role in roles else next(iter(roles), ""),
        surfaces=tuple(form for form in actor.surfaces if form in forms),
        mentions=mentions,
        merges=tuple(one for one in actor.merges if cut.carries(one)),
        roles=tuple(one for one in actor.roles if cut.carries(one)),
    )


def _claim(claim: Claim, cut: _Cut) -> Claim | None:
    """A claim as the statements that are left make it; a report whose original is gone carries it itself."""
    says = cut.left(claim.says)
    said = [cut.statements[one] for one in says]
    carriers = dict.fromkeys(one.article for one in said if one.article in cut.no_copy)
    if not says or (not carriers and cut.carries(claim)):
        return claim if says else None
    speaking = dict.fromkeys(one.actor for one in said if one.actor)
    voices = tuple(one for one in cut.left(claim.voices) if one in speaking)
    days = [one.date for one in said if one.date]
    reported = [day for day in (cut.published[one.article] for one in said) if day]
    return replace(
        claim,
        id=claim.id if says[0] == claim.says[0] else derived_id("clm", says[:1]),
        says=says,
        denied_by=cut.left(claim.denied_by),
        carried_by=tuple(dict.fromkeys((*cut.left(claim.carried_by), *carriers))),
        voices=voices or cut.left(speaking),
        happened=claim.happened if claim.happened in days else min(days, default=None),
        reported=min(reported, default=None),
        evidence=cut.left(claim.evidence),
    )


def _relation(relation: FigureRelation, cut: _Cut) -> FigureRelation | None:
    """Figures that agree still do without some of them; a conflict or a sum does not stand without a member."""
    figures = cut.left(relation.figures)
    if figures == relation.figures:
        return None if cut.gone & set(relation.evidence) else relation
    reports = {cut.figures[one].article for one in figures}
    if relation.relation != "agree" or len(reports) < 2:
        return None
    return replace(
        relation,
        id=derived_id("rel", figures, relation.relation),
        figures=figures,
        why=f"the same value in {len(reports)} of the reports shown",
        evidence=cut.left(relation.evidence),
    )


def _phase(phase: Phase, cut: _Cut) -> Phase | None:
    """A phase with the provisions that are left, and the bounds that an expression that is left gives."""
    evidence = cut.left(phase.evidence)
    if evidence == phase.evidence:
        return replace(phase, terms=cut.left(phase.terms))
    if not evidence:
        return None
    times = [cut.times[one] for one in evidence if one in cut.times]
    return replace(
        phase,
        start=phase.start if phase.start in [time.start for time in times] else None,
        end=phase.end if phase.end in [time.end for time in times] else None,
        terms=cut.left(phase.terms),
        evidence=evidence,
        days=None,
        extended_to=(),
    )


def _note(note: Note, cut: _Cut) -> Note | None:
    """A note is as restricted as the row that it is about."""
    return note if cut.carries(note) else None


TRIM: Mapping[type, Callable[[Any, _Cut], Any]] = {
    Actor: _actor,
    Claim: _claim,
    FigureRelation: _relation,
    Note: _note,
    Phase: _phase,
}


def _tie_again(made: dict[str, Any], cut: _Cut) -> None:
    """Take away ties to actors and names that are gone, and word each deed as a condition that is left words it."""
    made["statements"] = tuple(
        replace(one, actor=None) if one.actor in cut.gone else one for one in made["statements"]
    )
    made["actors"] = tuple(
        replace(one, affiliation=None) if one.affiliation in cut.gone else one for one in made["actors"]
    )
    made["names_shown"] = tuple(  # a decision about a name says the name
        one for one in made["names_shown"] if any(one.name in article.text for article in made["articles"])
    )
    worded: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for need in made["needs"]:
        parts = zip(need.part_deeds, (*need.all_of, *need.any_of))
        for deed, phrase in ((need.needs_deed, need.needs), *parts):
            worded[deed].append(("", phrase))
        worded[need.act_deed].append((need.holder, need.act))
    made["deeds"] = tuple(_deed(deed, worded[deed.id]) for deed in made["deeds"] if deed.id in worded)


def _deed(deed: Deed, worded: Sequence[tuple[str, str]]) -> Deed:
    """A deed in words of those pairs of holder and phrase."""
    if any((deed.actor, f"{deed.verb} {deed.object}".strip()) == one for one in worded):
        return deed
    actor, phrase = worded[0]
    verb, _, thing = phrase.partition(" ")
    return replace(deed, actor=actor, verb=verb, object=thing)
