"""Dated acts in the order of their days, and the drawing's lanes; how exact a day is, and what order is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parley.briefing.drawings import Lane, Moment
from parley.briefing.lookup import Lookup, Told
from parley.briefing.wording import days
from parley.model import Act, Time

LANES = 6  # actors with a line of their own in the drawing of days


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A dated act. `end` is later than `start` where the report gives a span of days; `part` of the day if it is told."""

    start: date
    end: date
    days: str
    told: Told
    part: str = ""
    words: str = ""  # the report's own words for the day


def dated_rows(look: Lookup) -> tuple[DatedRow, ...]:
    """Dated acts in the order of their days."""
    times: dict[str, list[Time]] = defaultdict(list)
    for time in look.record.times:
        times[time.article].append(time)
    rows = [_row(look, act, act.date, times[act.article]) for act in look.record.acts if act.date]
    return tuple(sorted(rows, key=lambda row: (row.start, row.told.source.mark, row.told.source.href)))


def _row(look: Lookup, act: Act, start: date, times: Sequence[Time]) -> DatedRow:
    inside = [time for time in times if act.start <= time.at[0] < act.end and time.start == start]
    # The last day of the span that the act's words give; the act's own day where they give one day.
    end = max((time.end for time in inside if time.end), default=start)
    part = next((time.part for time in inside if time.part), "") or ""
    words = next((" ".join(time.text.split()) for time in inside), "")
    return DatedRow(start, end, days(start, end, short=True), look.told_act(act), part, words)


def lanes(look: Lookup, dated: Sequence[DatedRow]) -> tuple[Lane, ...]:
    """Lines of the drawing of days: publications, phases, then the actors with most dated acts, then all others."""
    published = tuple(Moment(a.published, a.published) for a in look.record.articles if a.published)
    found = [Lane("published", published, square=True)]
    found += [
        Lane(p.name, (Moment(p.start, p.end),))
        for p in look.record.phases
        if p.start and p.end and p.start <= p.end
    ]
    by_side: dict[str, list[DatedRow]] = defaultdict(list)
    for row in dated:
        by_side[look.side(row.told.who)].append(row)
    counts = Counter({side: len(rows) for side, rows in by_side.items()})
    leading = [side for side, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:LANES]]
    rest = [row for side in by_side if side not in leading for row in by_side[side]]
    for name, rows in (*((side, by_side[side]) for side in leading), ("others", rest)):
        if rows:
            found.append(Lane(name, tuple(Moment(row.start, row.end) for row in rows)))
    return tuple(found)
