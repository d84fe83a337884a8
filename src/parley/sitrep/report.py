"""A situation report out of a record and a period: a pure value, the same for the same record and options."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from parley.agreement.views import EVERYONE, View
from parley.briefing.frame import Frame, framed
from parley.briefing.wording import counted, days, listed
from parley.corrections.listed import root_of
from parley.errors import ParleyError
from parley.model import Correction, Reading, Record
from parley.pipeline import build
from parley.settings import Settings
from parley.sitrep import desk, stands, told
from parley.sitrep.issues import earlier_issues, issues_touched, made_since
from parley.sitrep.period import Period
from parley.sitrep.values import Issue, Section, Sitrep

NONE: Mapping[str, Reading] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Head:
    """What a person gives a report beside its period."""

    title: str = ""
    prepared_by: str = ""
    cleared_by: str = ""
    view: View = EVERYONE
    included: tuple[str, ...] = ()  # what besides public texts the record was loaded with


def situation_report(
    record: Record,
    since: date,
    until: date,
    head: Head = Head(),
    issues: Sequence[Issue] = (),
    corrections: Sequence[Correction] = (),
    readings: Mapping[str, Reading] = NONE,
) -> Sitrep:
    """The report of a period, both days included, as it was known by the last; a draft without a number.

    Texts of later days are left out and the rest built again, so that nothing in it rests on them. `issues`,
    `corrections` and `readings` are those that the record's file keeps. Raises ParleyError where the period has no days.
    """
    if since > until:
        raise ParleyError(
            f"--since {since} is after --until {until}. Give the first and the last day of the period."
        )
    known = as_known(record, until, corrections, readings)
    period = Period(framed(known, Frame(head.view)), since, until)
    made = Sitrep(
        head.title,
        0,
        since,
        until,
        head.view.words(),
        tuple(sorted(head.included)),
        _basis(period, head),
        head.prepared_by,
        head.cleared_by,
        _sections(period),
    )
    told_of = {one.correction for one in record.outcomes}  # not those of rows that may not be shown
    return replace(made, sections=(*made.sections, _corrected(period, made, issues, corrections, told_of)))


def as_known(
    record: Record,
    until: date,
    corrections: Sequence[Correction] = (),
    readings: Mapping[str, Reading] = NONE,
) -> Record:
    """The record as it would be with no text of a later day; the record itself where it holds none."""
    kept = [one for one in record.articles if one.published is None or one.published <= until]
    if len(kept) == len(record.articles):
        return record
    return build([*kept, *record.unread], Settings(), corrections=corrections, known=readings).record


def _sections(period: Period) -> tuple[Section, ...]:
    """Every heading in its order; the same ones every day."""
    return (
        told.what_is_new(period),
        stands.stands(period),
        stands.releases(period),
        stands.on_the_table(period),
        stands.waits(period),
        told.allegations(period),
        told.figures(period),
        told.issues(period),
        told.shifts(period),
        desk.by_hand(period),
        desk.heard(period),
        desk.check(period),
        desk.missing(period),
        desk.unread(period),
    )


def _corrected(
    period: Period,
    report: Sitrep,
    issues: Sequence[Issue],
    corrections: Sequence[Correction],
    told_of: Collection[str],
) -> Section:
    """What was corrected since the last issue of an earlier period; printed again on the same day it is the same."""
    before = earlier_issues(issues, report)
    last = max(before, key=lambda one: (one.report.until, one.report.number), default=None)
    by_id = {one.id: one for one in corrections}
    new = made_since([last] if last else [], corrections)
    made = [one for one in new if root_of(one, by_id).id in told_of]
    touched = {one.id: issues_touched(one, before, corrections) for one in made}
    return desk.corrected(period, touched, made)


def _basis(period: Period, head: Head) -> str:
    """What the report rests on, in a sentence."""
    texts = counted(len(period.record.texts), "text")
    copies = len(period.record.derived & {one.id for one in period.arrived})
    arrived = f"{len(period.arrived)} of them of this period"
    derived = f", {copies} of which derive{'s' if copies == 1 else ''} from another" if copies else ""
    shown = (
        f"public texts and those marked {listed(sorted(head.included))}"
        if head.included
        else "public texts only"
    )
    view = "" if head.view == EVERYONE else f" Whose account counts: {head.view.words()}."
    span = days(period.since, period.until)
    return f"{span}. Rests on {texts} held by the last day, {arrived}{derived}; {shown}.{view}"
