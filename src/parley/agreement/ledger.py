"""Releases and handovers added up: rounds, and running tallies by side. What several reports tell of one round counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.handed import ALIKE, CONDITION, Handed, is_alike
from parley.agreement.parties import sides
from parley.agreement.rounds import read_handed
from parley.linking.counted import plain
from parley.model import Figure, Record, Round, Tally, derived_id
from parley.vocabulary import vocabulary

SAME_DAYS = 10  # days within which a report that names no day tells of a round told before
RELEASED = {"person": "released"}
Series = tuple[str, str, str]


@dataclass(frozen=True)
class _Event:
    """One handover, or one total so far, with every count that tells of it."""

    rows: tuple[Handed, ...]

    @property
    def first(self) -> Handed:
        """The earliest count told; a report that names the day goes before those that do not."""
        return next((row for row in self.rows if row.day_told), self.rows[0])

    @property
    def tellers(self) -> tuple[str, ...]:
        """By whose accounts, in the order of the reports."""
        return tuple(dict.fromkeys(row.told_by for row in self.rows))


@dataclass(frozen=True)
class _Point:
    """A tally at one moment: what is added to what."""

    parts: tuple[_Event, ...]
    view: str = "all"

    @property
    def total(self) -> float:
        """The parts added up."""
        return sum(part.first.count for part in self.parts)


def with_sides(figures: Sequence[Figure], handed: Sequence[Handed]) -> tuple[Figure, ...]:
    """Figures with giver and receiver where their clause, or the record, says who hands over; else the side stays unclear."""
    ends = {row.row: row for row in reversed(handed)}
    return tuple(
        replace(f, from_=ends[f.id].from_ or None, to=ends[f.id].to or None, held_by=ends[f.id].from_ or None)
        if f.id in ends
        else f
        for f in figures
    )


def rounds(handed: Sequence[Handed], last: date | None, parties: Sequence[str]) -> tuple[Round, ...]:
    """Every handover told once, and every one announced for a day; `last` is the day of the latest report."""
    made: list[Round] = []
    at_once: set[str] = set()
    for rows in _by_series(_settled(handed, parties)).values():
        events, totals = _events(rows)
        for event in events:
            made.append(_round(event, "reported_done"))
            at_once |= {made[-1].id for row in event.rows if row.at_once}
        told = {(event.first.count, event.first.day) for event in (*events, *totals)}
        for plan in _merged(row for row in rows if not row.done and row.day_told):
            if not any(
                n == plan.first.count and d and plan.first.day and d >= plan.first.day for n, d in told
            ):
                passed = last is not None and plan.first.day is not None and plan.first.day < last
                made.append(_round(plan, "not_reported" if passed else "announced"))
    return tuple(sorted(_paired(made, at_once), key=lambda one: (str(one.day), one.from_ or "", one.id)))


def tallies(handed: Sequence[Handed], parties: Sequence[str]) -> tuple[Tally, ...]:
    """Running tallies by giver, receiver and kind; one per account where accounts differ."""
    made = []
    for series, rows in _by_series(_settled(handed, parties)).items():
        noun = next((_what(row) for row in rows if _is_specific(row) and row.done), "")
        if any(series[:2]) or series[2] in vocabulary("handovers")["moved_units"]:
            made += [_tally(series, point, noun) for point in _points(*_events(rows))]
    told = {(one.from_, one.to, one.total) for one in made if not one.sum}
    kept = {one.id: one for one in made if not one.sum or (one.from_, one.to, one.total) not in told}
    return tuple(sorted(kept.values(), key=lambda one: (str(one.as_of), one.id)))


def ledger_of(
    record: Record, view: str = "all", as_of: date | None = None
) -> tuple[tuple[Round, ...], tuple[Tally, ...]]:
    """Rounds and tallies of a record in one account (a party, an outlet or a teller) and up to a day."""
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    texts = [
        article for article in record.texts if not (as_of and article.published and article.published > as_of)
    ]
    outlets = {article.id: article.outlet for article in texts}
    handed = [
        row
        for row in read_handed(texts, record.figures, record.statements, record.times, record.lineage, parted)
        if view in {"all", row.told_by, outlets[row.article], parted.of(row.told_by, row.article)}
        and not (as_of and row.done and row.day and row.day > as_of)
    ]
    last = as_of or max((article.published for article in texts if article.published), default=None)
    return rounds(handed, last, parted.parties), tallies(handed, parted.parties)


def _by_series(rows: Iterable[Handed]) -> dict[Series, list[Handed]]:
    found: dict[Series, list[Handed]] = defaultdict(list)
    for row in rows:
        found[row.series].append(row)
    return found


def _settled(handed: Sequence[Handed], parties: Sequence[str]) -> list[Handed]:
    """Counts with the ends of the same count told elsewhere, or of the only giver of such things, where their own are open."""
    sure: dict[tuple[str, float], list[Handed]] = defaultdict(list)
    givers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in handed:
        if row.from_ and row.done:
            sure[row.unit, row.count].append(row)
            givers[row.unit].add((row.from_, row.to))
    made = []
    for row in handed:
        if row.from_ not in parties and not (row.from_ and row.to):
            near = sorted(
                (one for one in sure[row.unit, row.count] if _near(one, row)),
                key=lambda one: one.from_ not in parties,
            )
            only = givers[row.unit] if len(givers[row.unit]) == 1 and not row.from_ else set()
            from_, to = (near[0].from_, near[0].to) if near else next(iter(only), (row.from_, row.to))
            if from_ != row.to:
                row = replace(row, from_=from_, to=row.to or to)
        made.append(row)
    return made


def _near(one: Handed, other: Handed) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= SAME_DAYS


def _merged(rows: Iterable[Handed]) -> list[_Event]:
    """Counts that tell of one handover as one: the same number on the same day, or near it where a report names no day."""
    found: list[list[Handed]] = []
    latest: dict[float, list[list[Handed]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (not row.day_told, str(row.day))):
        for group in latest[row.count]:
            same_day = group[0].day == row.day
            retold = not row.day_told and str(group[0].day) <= str(row.day)
            if same_day or retold or (not group[0].day_told and _near(group[0], row)):
                group.append(row)
                break
        else:
            found.append([row])
            latest[row.count].append(found[-1])
    ordered = sorted(found, key=lambda group: (str(group[0].day), group[0].count))
    return [_Event(tuple(group)) for group in ordered]


def _events(rows: Sequence[Handed]) -> tuple[list[_Event], list[_Event]]:
    """(handovers, totals so far) of one series: a total that equals a handover of that day is it, and the other way round."""
    done = [row for row in rows if row.done]
    events = _merged(row for row in done if not row.running)
    told_once = {(event.first.count, event.first.day) for event in events}
    totals: dict[float, list[Handed]] = defaultdict(list)
    for row in done:
        if row.running and (row.count, row.day) not in told_once:
            totals[row.count].append(row)
    most: dict[date | None, float] = defaultdict(float)
    for event in events:
        most[event.first.day] = max(most[event.first.day], event.first.count)
    single = []
    for event in events:
        day = event.first.day
        before = [n for n, told in totals.items() if day is None or str(told[0].day) <= str(day)]
        later = event.first.day_told and event.first.count not in totals
        if before and not later and event.first.count >= ALIKE * max(before):
            totals[event.first.count] += event.rows
        elif event.first.count >= ALIKE * most[day]:  # else a part of a larger one of the same day
            single.append(event)
    ordered = [_Event(tuple(told)) for told in totals.values()]
    return single, sorted(ordered, key=lambda event: (str(event.rows[0].day), event.first.count))


def _points(events: Sequence[_Event], totals: Sequence[_Event]) -> Iterator[_Point]:
    """Tallies in the order of days: totals as told, what came after the last of them, or rounds from the first on."""
    most = 0.0
    base: tuple[_Event, ...] = ()
    for total in totals:
        rivals = [other for other in totals if other is not total and _rival(total, other)]
        yield _Point((total,), ", ".join(total.tellers) if rivals else "all")
        if total.first.count >= most:
            most, base = total.first.count, (total,)
    since = str(base[0].rows[0].day) if base else ""
    by_day: dict[str, list[_Event]] = defaultdict(list)
    for event in events:
        if not base or str(event.first.day) > since:
            by_day[str(event.first.day)].append(event)
    for day in sorted(by_day):
        told = sorted(by_day[day], key=lambda event: event.first.count)
        for event in told:
            yield _Point((*base, event), ", ".join(event.tellers) if len(told) > 1 else "all")
        base = (*base, told[-1])


def _rival(one: _Event, other: _Event) -> bool:
    """Whether two totals cannot both hold: the later is the smaller, or both are of one day."""
    first, second = sorted((one, other), key=lambda event: str(event.rows[0].day))
    same_day = first.rows[0].day == second.rows[0].day
    return is_alike(one.first, other.first) and (same_day or second.first.count < first.first.count)


def _tally(series: Series, point: _Point, noun: str) -> Tally:
    """A tally's row; `noun` says what the series counts where the latest count's own words do not."""
    from_, to, kind = series
    last = point.parts[-1]
    ids = tuple(dict.fromkeys(row.row for part in point.parts for row in part.rows))
    added = " + ".join(plain(part.first.count) for part in point.parts)
    named = next((_what(row) for row in last.rows if _is_specific(row)), noun or _what(last.first))
    return Tally(
        derived_id("tally", ids, f"{from_}>{to}"),
        named,
        from_ or None,
        to or None,
        point.total,
        last.rows[0].day if last.rows[0].running else last.first.day,
        point.view,
        ids,
        kind if kind in CONDITION.values() else "",
        f"our sum: {added} = {plain(point.total)}" if len(point.parts) > 1 else "",
        tuple(dict.fromkeys(teller for part in point.parts for teller in part.tellers)),
        _inferred(row for part in point.parts for row in part.rows),
    )


def _inferred(rows: Iterable[Handed]) -> str:
    """Which end no report names; empty where each end is named by some."""
    said = {row.inferred for row in rows}
    return next(iter(said)) if len(said) == 1 else ""


def _round(event: _Event, status: str) -> Round:
    first = event.first
    ids = tuple(dict.fromkeys(row.row for row in event.rows))
    return Round(
        derived_id("round", ids, f"{first.from_}>{first.to}"),
        first.day,
        first.from_ or None,
        first.to or None,
        _what(first),
        first.count,
        CONDITION.get(first.unit, ""),
        status,
        None,
        "",
        event.tellers,
        ids,
        _inferred(event.rows),
    )


def _paired(made: Sequence[Round], at_once: set[str]) -> list[Round]:
    """Rounds with what the other side gave that day, where one answers one: the ratio, and told to be at once or not."""
    by_way: dict[tuple[date | None, str | None, str | None, str], list[Round]] = defaultdict(list)
    for one in made:
        by_way[one.day, one.from_, one.to, one.condition].append(one)
    paired = []
    for one in made:
        answers = by_way[one.day, one.to, one.from_, one.condition] if one.from_ and one.to else []
        if len(answers) == 1 and one.condition and one.day and answers[0].status == one.status:
            together = one.id in at_once or answers[0].id in at_once
            ratio = f"{plain(one.count)} for {plain(answers[0].count)}"
            one = replace(one, simultaneous_with=answers[0].id if together else None, ratio=ratio)
        paired.append(one)
    return paired


def _is_specific(row: Handed) -> bool:
    """Whether a count's own words say of whom or what it is: "detainees", and not "people"."""
    return row.own_noun and row.noun.lower() not in vocabulary("handovers")["generic"]


def _what(row: Handed) -> str:
    """What was handed over in a few words; goods that go to nobody who is named are only moved."""
    if row.unit in vocabulary("handovers")["moved_units"] and not row.to:
        return f"{row.noun} moved"
    is_open = row.unit not in CONDITION and row.noun.lower() in vocabulary("handovers")["generic"]
    noun = f"{row.unit}s" if is_open else row.noun  # "head" of animals
    return f"{noun} {RELEASED.get(row.unit, 'handed over')}"
