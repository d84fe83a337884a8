"""A report's text with its rows marked in it: nested elements, every row's first piece bearing its id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from parley.reader.sentences import paragraphs


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text that a row was read from: offsets into the text, what kind of row, the row's id."""

    start: int
    end: int
    kind: str
    row: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as HTML with the offsets that it covers."""

    start: int
    end: int
    html: Markup


def marked_paragraphs(text: str, stretches: Iterable[Stretch]) -> tuple[Paragraph, ...]:
    """Every paragraph of a text as HTML. Rows that cross one another or a paragraph's end are split there."""
    ordered = sorted(stretches, key=_order)
    anchored: set[str] = set()
    found = []
    for start, end in paragraphs(text):
        inside = [_clip(one, start, end) for one in ordered if one.start < end and one.end > start]
        found.append(Paragraph(start, end, marked(text, start, end, inside, anchored)))
    return tuple(found)


def marked(text: str, start: int, end: int, stretches: Sequence[Stretch], anchored: set[str]) -> Markup:
    """text[start:end] as HTML; `anchored` holds the rows whose id has been given out, and gets those given here."""
    queue = sorted((one for one in stretches if one.start < one.end), key=_order)
    out, position = [], start
    while queue:
        outer = queue.pop(0)
        inside = [one for one in queue if one.start < outer.end]
        queue = [one for one in queue if one.start >= outer.end]
        queue = sorted(
            [*queue, *(replace(one, start=outer.end) for one in inside if one.end > outer.end)], key=_order
        )
        out.append(escape(text[position : outer.start]))
        attributes = Markup("") if outer.row in anchored else Markup(' id="{}"').format(outer.row)
        anchored.add(outer.row)
        body = marked(
            text, outer.start, outer.end, [_clip(one, outer.start, outer.end) for one in inside], anchored
        )
        out.append(Markup('<span class="{}"{}>{}</span>').format(outer.kind, attributes, body))
        position = outer.end
    out.append(escape(text[position:end]))
    return Markup("").join(out)


def _clip(one: Stretch, start: int, end: int) -> Stretch:
    return replace(one, start=max(one.start, start), end=min(one.end, end))


def _order(one: Stretch) -> tuple[int, int, str, str]:
    """Outer stretches before those that they hold, then one fixed order."""
    return one.start, -one.end, one.kind, one.row
