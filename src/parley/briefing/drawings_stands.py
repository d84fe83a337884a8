"""The drawing of phases and provisions on a time axis: a pure function from values to SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from parley.briefing.drawings import LABELS, LANE, WIDE, cut_words, days_on, svg, tick, tick_label

RIGHT = 44  # pixels left free behind the last day


@dataclass(frozen=True, slots=True)
class DueLane:
    """A phase or provision: the span of its clock, the day it is due, the days that accounts of it give."""

    name: str
    start: date | None = None
    end: date | None = None
    due: date | None = None
    told: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on the lane."""
        return tuple(one for one in (self.start, self.end, self.due, *self.told) if one)


def draw_provisions(lanes: Sequence[DueLane], as_of: date | None) -> Markup:
    """A bar is a clock, a diamond a day that something is due, a dot an account; a line the day asked about."""
    shown = [lane for lane in lanes if lane.days]
    days = [one for lane in shown for one in lane.days] + [one for one in (as_of,) if one and shown]
    if not days:
        return Markup("")
    first, last = min(days), max(days)
    length = max(1, (last - first).days)

    def x(one: date) -> float:
        return round(LABELS + 8 + (one - first).days / length * (WIDE - LABELS - RIGHT), 1)

    height = LANE * len(shown) + 30
    parts = [tick(x(one), height, tick_label(one, length)) for one in days_on(first, last)]
    if as_of:
        parts.append(
            Markup('<line class="asked" x1="{0}" y1="0" x2="{0}" y2="{1}"/>').format(x(as_of), height - 24)
        )
    parts += [_lane(lane, row * LANE + LANE / 2 + 2, x) for row, lane in enumerate(shown)]
    label = "; ".join(_in_words(lane) for lane in shown)
    return svg("provisions", WIDE, height, f"{first.isoformat()} to {last.isoformat()}: {label}", parts)


def _lane(lane: DueLane, y: float, x: Callable[[date], float]) -> Markup:
    parts = [
        Markup('<text class="name" x="{}" y="{}">{}</text>').format(
            LABELS - 6, y + 5, cut_words(lane.name, 20)
        ),
        Markup('<line class="lane" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(LABELS, y, WIDE - 28, y),
    ]
    if lane.start or lane.end:
        start, end = x(lane.start or lane.end or date.min), x(lane.end or lane.start or date.max)
        parts.append(
            Markup('<rect class="span" x="{}" y="{}" width="{}" height="6"/>').format(
                start, y - 3, max(6.0, round(end - start, 1))
            )
        )
    if lane.due:
        parts.append(
            Markup('<path class="published" d="M{} {}l6 6l-6 6l-6 -6z"/>').format(x(lane.due), y - 6)
        )
    parts += [
        Markup('<circle class="day" cx="{}" cy="{}" r="4"/>').format(x(one), y)
        for one in sorted({*lane.told})
    ]
    return Markup("").join(parts)


def _in_words(lane: DueLane) -> str:
    clock = f"from {lane.start or 'a day not told'} to {lane.end or 'a day not told'}"
    parts = [clock] if lane.start or lane.end else []
    parts += [f"due {lane.due}"] if lane.due else []
    parts += [f"told of on {', '.join(map(str, sorted({*lane.told})))}"] if lane.told else []
    return f"{lane.name}: {', '.join(parts)}"
