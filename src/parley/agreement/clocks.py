"""Days counted: what day a number of days comes to, inclusively or exclusively."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from parley.model import Phase, Window

COUNTINGS = ("inclusive", "exclusive")


def day_number(start: date, number: int, counting: str) -> date:
    """The day that is `number` counted from `start`: inclusively the start is day 1, exclusively the day after it.

    42 days from 19 January, counted inclusively, end on 1 March of a common year.
    """
    return start + timedelta(days=number - 1 if counting == "inclusive" else number)


def with_end(phase: Phase) -> Phase:
    """A phase with its last day: that of its last extension, else that of its length."""
    if phase.extended_to:
        return replace(phase, end=phase.extended_to[-1])
    if phase.start and phase.days:
        return replace(phase, end=day_number(phase.start, phase.days, phase.counting))
    return phase


def due(window: Window, starts: Mapping[str, date]) -> Window:
    """A window with its day, where its anchor is a day or starts on one."""
    try:
        anchor: date | None = date.fromisoformat(window.anchor)
    except ValueError:
        anchor = starts.get(window.anchor)
    return replace(window, day=day_number(anchor, window.offset, window.counting)) if anchor else window
