"""Quotations: every stretch inside quotation marks, over paragraphs, unclosed, split, and one inside another."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from parley.reader.sentences import paragraphs

DOUBLE_CLOSE = "”»"
MARK = re.compile(r"""["“”«»„]|[‘’'](?![\w])|(?<!\w)[‘’'](?=\w)""")


@dataclass(frozen=True)
class Quotation:
    """Words inside quotation marks: one (start, end) per paragraph, marks left out."""

    parts: tuple[tuple[int, int], ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Offset of the first quoted character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Offset behind the last quoted character."""
        return self.parts[-1][1]


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations in order. A mark left open at a paragraph's end runs to that end.

    A paragraph that opens with a mark behind one that was left open carries the quotation on.
    """
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        carries_on = bool(found) and not found[-1].closed and text[start] in '"“«„‘'
        for index, quotation in enumerate(_in_paragraph(text, start, end)):
            if index == 0 and carries_on and quotation.start <= start + 1:
                found[-1] = Quotation(found[-1].parts + quotation.parts, quotation.closed)
            else:
                found.append(quotation)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    closers = ""
    for match in MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark in DOUBLE_CLOSE or not _opens(text, start, at, end):
                continue
            opened = match.end()
            closers = '"' if mark == '"' else "’'" if mark in "‘’'" else DOUBLE_CLOSE + '"'
        elif mark in closers and _closes(text, at, start, end):
            if at > opened:
                found.append(Quotation(((opened, at),)))
            opened = None
    if opened is not None and closers != "’'" and opened < end:
        found.append(Quotation(((opened, end),), closed=False))
    return found


def _opens(text: str, start: int, at: int, end: int) -> bool:
    """Whether a mark can open a quotation here: nothing or a blank before it, a word behind it."""
    before = text[at - 1] if at > start else " "
    behind = text[at + 1] if at + 1 < end else " "
    return not before.isalnum() and not behind.isspace()


def _closes(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark can close a quotation here: no blank before it, no word behind it."""
    behind = text[at + 1] if at + 1 < end else " "
    return at > start and not text[at - 1].isspace() and not behind.isalnum()


class Quoted:
    """Answers in logarithmic time which quotation an offset lies in."""

    def __init__(self, found: list[Quotation]) -> None:
        self._parts = sorted((part, quotation) for quotation in found for part in quotation.parts)
        self._starts = [part[0] for part, _ in self._parts]

    def at(self, offset: int) -> Quotation | None:
        """The quotation around an offset."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._parts[index][0][1]:
            return self._parts[index][1]
        return None

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quoted stretches that overlap start..end, cut to it."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        while index < len(self._parts) and self._starts[index] < end:
            first, last = self._parts[index][0]
            if last > start:
                found.append((max(first, start), min(last, end)))
            index += 1
        return found
