"""The drawing of a thing that is counted over time. Pure functions, no script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from parley.briefing.drawings import svg
from parley.briefing.wording import MONTHS, number

WIDE, HIGH = 480, 190
LEFT, RIGHT, TOP, FOOT = 92, 60, 20, 34
ROOM = (30, 13)  # pixels, across and down, that a report's mark takes
OPEN = 16  # pixels by which a range goes on where its end is left open
NEAR = 0.5  # the lowest value is so much of the highest at least: the scale then begins above nought
BESIDE = ((11, 4), (8, -9), (8, 18), (-34, 4), (-34, -9), (-34, 18), (8, 31))  # where a mark may stand
Boxes = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure in a chart; an end that is None is open. `rival`: another figure contradicts it."""

    when: date | None
    low: float | None
    high: float | None
    mark: str
    words: str
    rival: bool = False


def draw_counts(dots: Sequence[Dot]) -> Markup:
    """Days across, values up: a dot is a number, a bar a range, an arrow an open end, a ring a figure told differently.

    The report's mark stands beside each. Figures without a day or a number are left to the table.
    """
    shown = [dot for dot in dots if dot.when and (dot.low is not None or dot.high is not None)]
    if not shown:
        return Markup("")
    days = [dot.when for dot in shown if dot.when]
    ends = [end for dot in shown for end in (dot.low, dot.high) if end is not None]
    first, length = min(days), max(1, (max(days) - min(days)).days)
    top = max(ends) or 1.0
    base = 0.0 if min(ends) < top * NEAR else max(0.0, min(ends) - (top - min(ends)))

    def x(when: date) -> float:
        return round(LEFT + 14 + (when - first).days / length * (WIDE - LEFT - RIGHT - 14), 1)

    def y(amount: float) -> float:
        return round(TOP + (top - amount) / (top - base or 1.0) * (HIGH - TOP - FOOT), 1)

    parts = [_level(amount, y(amount)) for amount in _levels(ends, base, top)]
    parts += [_day(x(when), when) for when in _days(days)]
    spots = [(x(dot.when or first), _middle(dot, y)) for dot in shown]
    parts += [_shape(dot, spot[0], y) for dot, spot in zip(shown, spots)]
    taken = list(spots)
    parts += [_mark(dot.mark, *spot, taken) for dot, spot in zip(shown, spots)]
    words = "; ".join(f"{dot.mark} {dot.words}{', told differently' if dot.rival else ''}" for dot in shown)
    label = f"Counts from {first.isoformat()} to {max(days).isoformat()}: {words}."
    return svg("counts", WIDE, HIGH, label, parts)


def _levels(ends: Sequence[float], base: float, top: float) -> list[float]:
    """The values that get a line: where the scale begins, the highest, and those told that stand far enough apart."""
    apart = (top - base) / 8
    levels = [base]
    for amount in sorted(set(ends)):
        if amount - levels[-1] >= apart and (amount == top or top - amount >= apart):
            levels.append(amount)
    return levels


def _days(days: Sequence[date]) -> list[date]:
    """The days that get a label: the first, and those far enough from the one before."""
    apart = timedelta(days=max(1, (max(days) - min(days)).days // 6))
    labels: list[date] = []
    for when in sorted(set(days)):
        if not labels or when - labels[-1] >= apart:
            labels.append(when)
    return labels


def _level(amount: float, y: float) -> Markup:
    return Markup(
        '<line class="lane" x1="{0}" y1="{2}" x2="{1}" y2="{2}"/><text class="scale" x="{3}" y="{4}">{5}</text>'
    ).format(LEFT, WIDE - RIGHT + 14, y, LEFT - 8, y + 4, number(amount))


def _day(x: float, when: date) -> Markup:
    label = f"{when.day} {MONTHS[when.month - 1][:3]}"
    return Markup('<text class="axis" x="{}" y="{}">{}</text>').format(x, HIGH - 8, label)


def _middle(dot: Dot, y: Callable[[float], float]) -> float:
    """Where a figure stands: in the middle of its range, at the end that it has where one is open."""
    ends = [end for end in (dot.low, dot.high) if end is not None]
    return y(sum(ends) / len(ends))


def _shape(dot: Dot, x: float, y: Callable[[float], float]) -> Markup:
    at = _middle(dot, y)
    if dot.low is not None and dot.high is not None and dot.low != dot.high:
        high, low = y(dot.high), y(dot.low)
        shape = Markup('<rect class="span" x="{}" y="{}" width="6" height="{}"/>').format(
            x - 3, high, round(max(4.0, low - high), 1)
        )
    else:
        shape = Markup('<circle class="day" cx="{}" cy="{}" r="4"/>').format(x, at)
    if dot.low is None or dot.high is None:
        way = 1 if dot.low is None else -1
        shape += Markup('<path class="edge" d="M{} {}v{}m-4 {}l4 {}l4 {}"/>').format(
            x, at, way * OPEN, way * -5, way * 5, way * -5
        )
    if dot.rival:
        shape += Markup('<circle class="rival" cx="{}" cy="{}" r="8"/>').format(x, at)
    return shape


def _mark(mark: str, x: float, y: float, taken: Boxes) -> Markup:
    """A report's mark beside its figure, where no other mark and no other figure stands."""
    places = [(x + across, y + down) for across, down in BESIDE]
    left, line = next((place for place in places if _is_free(place, (x, y), taken)), places[0])
    taken.append((left + ROOM[0] / 2, line - 4))
    return Markup('<text class="label" x="{}" y="{}">{}</text>').format(left, line, mark)


def _is_free(place: tuple[float, float], own: tuple[float, float], taken: Boxes) -> bool:
    middle, line = place[0] + ROOM[0] / 2, place[1] - 4
    return HIGH - FOOT + 10 > line > 8 and all(
        abs(middle - x) >= ROOM[0] * 0.75 or abs(line - y) >= ROOM[1] or (x, y) == own for x, y in taken
    )
