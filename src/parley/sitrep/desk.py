"""What a reader has to know of the texts themselves: who is heard, what to check, what is not held, what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.briefing.first import title_of
from parley.briefing.missing import not_held
from parley.briefing.wording import counted, day, listed
from parley.check import check_first
from parley.model import Article, Correction, Note
from parley.sitrep.period import Period, quoted
from parley.sitrep.values import Line, Section, Touched
from parley.summary import Heard, who_is_heard

MOST_CHECKS = 8
MOST_SIDES = 8
RETOLD = {
    "copy": "a copy of",
    "rewrite": "a rewrite of",
    "excerpt": "with passages of",
    "translation": "a translation of",
}


def heard(period: Period) -> Section:
    """The period's texts by outlet, and how many statements of each side they hold."""
    new = [_arrived(period, one) for one in period.arrived]
    arrived = {one.id for one in period.arrived}
    said = tuple(one for one in period.record.statements if one.article in arrived)
    sides = who_is_heard(replace(period.record, statements=said))
    new += [_side(period, one) for one in sides[:MOST_SIDES]]
    if len(sides) > MOST_SIDES:
        rest = counted(len(sides) - MOST_SIDES, "speaker")
        new.append(
            period.line(f"{rest} more, with {sum(one.statements for one in sides[MOST_SIDES:])} statements.")
        )
    silent = [one for one in period.look.parties if one not in {side.name for side in sides}]
    always = [period.line(f"{one}: no statement in this period’s texts.") for one in silent]
    undated = [one for one in period.record.texts if one.published is None]
    if undated:
        words = f"{counted(len(undated), 'text')} without a day, part of no period: {listed([o.file for o in undated])}."
        always.append(period.line(words, [one.id for one in undated]))
    return period.section("heard", "Who is heard", new, always=always)


def _arrived(period: Period, one: Article) -> Line:
    """A text that came in, and what it derives from."""
    look = period.look
    origin = look.articles.get(look.origin.get(one.id, ""))
    retold = f", {RETOLD[look.retold_as[one.id]]} a text in {origin.outlet}" if origin else ""
    words = f"{one.outlet}, {day(one.published)}, {one.kind}{retold}: {quoted(title_of(one))}"
    return period.line(words, [one.id])


def _side(period: Period, one: Heard) -> Line:
    told = f", {one.told_by_others} of them told by others" if one.told_by_others else ""
    through = one.statements == one.told_by_others and one.name in period.look.parties
    only = " (heard only through others)" if through else ""
    return period.line(f"{one.name}: {counted(one.statements, 'statement')}{told}{only}.")


def check(period: Period) -> Section:
    """What of the period is worth a look before anybody relies on the rest."""
    queue = check_first(period.record)
    related = {one.id: one.figures for one in period.record.figure_relations}
    found = [(one, related.get(one.row, (one.row,))) for one in queue]
    fresh = [(one, rows) for one, rows in found if period.adds(rows)]
    new = [
        period.line(f"{one.what.capitalize()}: {one.words} - {one.why}.", rows)
        for one, rows in fresh[:MOST_CHECKS]
    ]
    left = len(queue) - len(new)
    more = f"{left} more in the queue of the record: parley check lists them."
    return period.section("check", "Check first", new, always=[period.line(more)] if left else [])


def missing(period: Period) -> Section:
    """Texts that the texts name and the record does not hold."""
    by_mark = {mark: article for article, mark in period.look.marks.items()}
    new: list[Line] = []
    standing: list[Line] = []
    for one in not_held(period.look):
        rows = [by_mark[source.mark] for source in one.sources]
        whose = f" of {one.whose}" if one.whose else ""
        when = f", {one.day}" if one.day else ""
        words = f"{one.what.capitalize()}{whose}{when}: named in {period.outlets(rows)}, not held."
        (new if period.is_new(rows) else standing).append(period.line(words, rows))
    return period.section("missing", "Named but not held", new, standing)


def by_hand(period: Period) -> Section:
    """What people entered by hand in the period, in their words; nobody's report."""
    dated = [(_entered(one), one) for one in period.whole.notes]
    new = [period.line(_by_hand(one), [one.id]) for when, one in dated if period.holds(when)]
    return replace(
        period.section("by_hand", "Entered by hand", new),
        quiet="No change: nothing was entered in this period.",
    )


def _entered(one: Note) -> date | None:
    """The day on which a note was entered, else the one that it is about."""
    return date.fromisoformat(one.entered_at[:10]) if one.entered_at else one.day


def _by_hand(one: Note) -> str:
    """A note with who entered it; of a statement who said it, and whose translation the words are."""
    about = f", of {day(one.day)}" if one.day else ""
    by = f"{one.kind} entered by hand by {one.entered_by}{about}"
    if not one.speaker:
        return f"{by}: {quoted(one.text)}."
    words = one.translation.text if one.translation else one.text
    translated = f", translated by {one.translator}" if one.translator else ""
    return f"{one.speaker}, {by}{translated}: {quoted(words)}."


def unread(period: Period) -> Section:
    """Texts that came in and could not be read; they have no day, so all are listed every time."""
    standing = [period.line(f"{one.file}: {one.reason}.") for one in period.record.unread]
    section = period.section("unread", "Unread", (), standing)
    return section if standing else replace(section, quiet="None: every text that came in was read.")


def corrected(
    period: Period, touched: Mapping[str, Sequence[Touched]], made: Sequence[Correction]
) -> Section:
    """Corrections made since the last issue that touch an earlier one."""
    new = [line for one in made if touched.get(one.id) for line in _touched(period, one, touched[one.id])]
    quiet = "No change: no correction since the last issue touches an earlier one."
    return replace(period.section("corrected", "Corrections to earlier issues", new), quiet=quiet)


def _touched(period: Period, one: Correction, touched: Sequence[Touched]) -> Iterator[Line]:
    where = listed([f"issue {at.number} ({', '.join(at.headings)})" for at in touched])
    why = f" - {one.reason}" if one.reason else ""
    yield period.line(
        f"{one.author}, {one.at[:10]}, {one.action}: {one.about or one.row}{why}. It touches {where}."
    )
