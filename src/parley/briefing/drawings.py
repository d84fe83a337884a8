"""Drawings as SVG strings: pure functions, no script, coloured by the style sheet, each with its content in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from markupsafe import Markup

from parley.briefing.wording import MONTHS

LINE = 18  # pixels between lines of text
WIDE = 720
BOX = 470  # width of a box in a loop
LETTERS = 58  # letters to a line in such a box
LABELS = 168  # width of a lane's name
LANE = 30
STEPS = (1, 2, 7, 14, 28, 91, 182, 365, 1826)  # days between ticks
TICKS = 9


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a lane: a day, or a span of days where `end` is later than `start`."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a time drawing. `square` tells publications from what they tell."""

    name: str
    moments: tuple[Moment, ...]
    square: bool = False


def draw_timeline(lanes: Sequence[Lane]) -> Markup:
    """Days on an axis: a dot is a day, a bar a span of days, a square a day of publication; figures count several."""
    days = [day for lane in lanes for moment in lane.moments for day in (moment.start, moment.end)]
    if not days:
        return Markup("")
    first, last = min(days), max(days)
    length = max(1, (last - first).days)
    right = WIDE - LABELS - 44

    def x(day: date) -> float:
        return round(LABELS + 8 + (day - first).days / length * right, 1)

    height = LANE * len(lanes) + 30
    parts = [tick(x(day), height, tick_label(day, length)) for day in days_on(first, last)]
    for row, lane in enumerate(lanes):
        parts.append(_lane(lane, row * LANE + LANE / 2 + 2, x))
    words = "; ".join(f"{lane.name}: {len(lane.moments)}" for lane in lanes)
    label = f"Days from {first.isoformat()} to {last.isoformat()}. Entries in each line: {words}."
    return svg("timeline", WIDE, height, label, parts)


def days_on(first: date, last: date) -> list[date]:
    """The days that an axis names: about ten, at even steps."""
    length = (last - first).days
    step = next((step for step in STEPS if length / step <= TICKS), max(STEPS[-1], length // TICKS + 1))
    return [first + timedelta(days=at) for at in range(0, length + 1, step)]


def tick_label(day: date, length: int) -> str:
    """A day beneath an axis of `length` days."""
    month = MONTHS[day.month - 1][:3]
    return f"{day.day} {month}" if length < 300 else f"{month} {day.year}"


def tick(x: float, height: float, label: str) -> Markup:
    """A line down the drawing with its label beneath."""
    return Markup(
        '<line class="tick" x1="{0}" y1="0" x2="{0}" y2="{1}"/><text class="axis" x="{0}" y="{2}">{3}</text>'
    ).format(x, height - 24, height - 8, label)


def _lane(lane: Lane, y: float, at: Callable[[date], float]) -> Markup:
    parts = [
        Markup('<text class="name" x="{}" y="{}">{}</text>').format(
            LABELS - 6, y + 5, cut_words(lane.name, 22)
        ),
        Markup('<line class="lane" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(LABELS, y, WIDE - 28, y),
    ]
    for moment, count in sorted(Counter(lane.moments).items(), key=lambda item: (item[0].start, item[0].end)):
        parts.append(_moment(moment, count, lane.square, at(moment.start), at(moment.end), y))
    return Markup("").join(parts)


def _moment(moment: Moment, count: int, square: bool, start: float, end: float, y: float) -> Markup:
    if square:
        shape = Markup('<rect class="published" x="{}" y="{}" width="9" height="9"/>').format(
            start - 4.5, y - 4.5
        )
    elif moment.end > moment.start:
        shape = Markup('<rect class="span" x="{}" y="{}" width="{}" height="6"/>').format(
            start, y - 3, max(6.0, round(end - start, 1))
        )
    else:
        shape = Markup('<circle class="day" cx="{}" cy="{}" r="4.5"/>').format(start, y)
    return shape + (
        Markup('<text class="count" x="{}" y="{}">{}</text>').format(start + 7, y - 4, count)
        if count > 1
        else Markup("")
    )


def draw_loop(phrases: Sequence[str]) -> Markup:
    """Deeds in boxes, each with an arrow to the one that it waits for, the last back to the first."""
    boxes = [wrap(phrase, LETTERS) or [""] for phrase in phrases]
    tops, y = [], 8
    for lines in boxes:
        tops.append(y)
        y += len(lines) * LINE + 14 + 38
    parts = [_box(8, top, BOX, lines) for top, lines in zip(tops, boxes)]
    for top, lines in list(zip(tops, boxes))[:-1]:
        foot = top + len(lines) * LINE + 14
        parts.append(_arrow_down(60, foot, foot + 38))
        parts.append(_label(74, foot + 24, "waits for"))
    if boxes:
        middle_first, middle_last = (
            tops[0] + len(boxes[0]) * LINE // 2 + 7,
            tops[-1] + len(boxes[-1]) * LINE // 2 + 7,
        )
        parts.append(_arrow_back(BOX + 8, middle_last, middle_first))
        parts.append(_label(BOX + 40, (middle_first + middle_last) // 2 + 5, "waits for"))
    words = ", which waits for ".join([*phrases, *phrases[:1]])
    return svg("loop", BOX + 120, max(y - 30, 20), words, parts)


def _box(x: int, y: int, width: int, lines: Sequence[str]) -> Markup:
    texts = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(x + 10, y + 5 + LINE * (i + 1), line)
        for i, line in enumerate(lines)
    )
    return (
        Markup('<rect class="box" x="{}" y="{}" width="{}" height="{}"/>').format(
            x, y, width, len(lines) * LINE + 14
        )
        + texts
    )


def _arrow_down(x: int, top: int, foot: int) -> Markup:
    return Markup('<path class="edge" d="M{0} {1}V{2}"/><path class="head" d="M{0} {2}l-5 -9h10z"/>').format(
        x, top, foot
    )


def _arrow_back(x: int, start: int, end: int) -> Markup:
    return Markup(
        '<path class="edge" d="M{0} {1}h24V{2}h-24"/><path class="head" d="M{0} {2}l9 -5v10z"/>'
    ).format(x, start, end)


def _label(x: float, y: float, text: str) -> Markup:
    return Markup('<text class="label" x="{}" y="{}">{}</text>').format(x, y, text)


def draw_lineage(edges: Sequence[tuple[str, str, str]]) -> Markup:
    """Which report derives from which: `edges` are (derived, original, kind); originals on the left."""
    if not edges:
        return Markup("")
    originals = list(dict.fromkeys(original for _, original, _ in edges))
    parts, y, words = [], 8, []
    for original in originals:
        derived = [(one, kind) for one, other, kind in edges if other == original]
        parts.append(_box(8, y, 250, [cut_words(original, 32)]))
        for at, (one, kind) in enumerate(derived):
            top = y + at * 44
            parts.append(_box(462, top, 250, [cut_words(one, 32)]))
            parts.append(_branch(258, y + 16, 462, top + 16))
            parts.append(_label(366, top + 11, kind))
            words.append(f"{one} is a {kind} of {original}")
        y += 44 * max(1, len(derived)) + 8
    return svg("lineage", WIDE, y, "; ".join(words), parts)


def _branch(x: int, y: int, to_x: int, to_y: int) -> Markup:
    edge = Markup('<path class="edge" d="M{} {}h60V{}H{}"/>').format(x, y, to_y, to_x)
    return edge + Markup('<path class="head" d="M{} {}l-9 -5v10z"/>').format(to_x, to_y)


def cut_words(text: str, longest: int) -> str:
    """A text of at most so many characters, with three dots where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def svg(kind: str, width: int, height: float, label: str, parts: Sequence[Markup]) -> Markup:
    """A drawing with its content in words for those who don't see it."""
    size = Markup('viewBox="0 0 {0} {1}" width="{0}" height="{1}"').format(width, height)
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" class="{}" role="img" {} aria-label="{}">')
    return head.format(kind, size, label) + Markup("").join(parts) + Markup("</svg>")
