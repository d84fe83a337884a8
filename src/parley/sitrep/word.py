"""Markdown of a situation report as a Word document: headings, lists, and footnotes that Word numbers itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from parley.sitrep.footnotes import Footnotes

DEFINITION = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:\s*(?P<words>.*)")
HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*)")
ITEM = re.compile(r"(?P<indent>\s*)[-*+]\s+(?P<words>.*)")
INLINE = re.compile(
    r"\[\^(?P<note>[^\]\s]+)\]|(?P<strong>\*\*)|(?P<slanted>[*_])|\\(?P<plain>.)|(?P<and>&amp;)"
)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML can't hold
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant that a zip archive can name
SIZE = 10.5  # points
LONGEST_PROPERTY = 255  # characters


def document(markdown: str, title: str, author: str, day: date) -> bytes:
    """A .docx of a report's Markdown, dated by the period's last day: the same text gives the same bytes."""
    made = Document()
    _prepare(made, title, author, day)
    notes = {
        match["name"]: match["words"] for line in markdown.splitlines() if (match := DEFINITION.match(line))
    }
    footnotes = Footnotes(made)
    for style, words in _blocks(markdown):
        paragraph = made.add_paragraph(style=style)
        _write(paragraph, words, footnotes, notes)
    return _fixed(made)


def _prepare(made: Any, title: str, author: str, day: date) -> None:  # noqa: ANN401 - python-docx has no types
    """Page, styles and properties; no clock is asked."""
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(22)
    made.styles["Normal"].font.size = Pt(SIZE)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    text = made.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = made.styles["Normal"]
    text.font.size = Pt(8.5)
    text.paragraph_format.space_after = Pt(0)
    mark = made.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    at = datetime(day.year, day.month, day.day)  # a day has no time zone
    core = made.core_properties
    core.title, core.author = _clean(title)[:LONGEST_PROPERTY], _clean(author)[:LONGEST_PROPERTY]
    core.last_modified_by = core.comments = ""
    core.created = core.modified = at
    core.revision = 1


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """(style, words) of every paragraph; lines without a blank one between them are one, footnotes are left out."""
    open_: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        heading, item = HEADING.match(line), ITEM.match(line)
        if open_ and (not line.strip() or heading or item or DEFINITION.match(line)):
            yield "Normal", " ".join(open_)
            open_ = []
        if heading:
            level = len(heading["marks"])
            yield ("Title" if level == 1 else f"Heading {level - 1}"), heading["words"]
        elif item:
            yield ("List Bullet 2" if len(item["indent"]) > 1 else "List Bullet"), item["words"]
        elif line.strip() and not DEFINITION.match(line):
            open_.append(line.strip())


def _write(paragraph: Any, words: str, footnotes: Footnotes, notes: dict[str, str]) -> None:  # noqa: ANN401
    """Words into a paragraph: strong and slanted ones, escaped marks, footnotes where they are referred to."""
    strong = slanted = False
    at = noted = 0
    for match in INLINE.finditer(words):
        _run(paragraph, words[at : match.start()], strong, slanted)
        at = match.end()
        if match["strong"]:
            strong = not strong
        elif match["slanted"]:
            slanted = not slanted
        elif match["note"]:
            if match.start() == noted:
                paragraph.add_run(", ").font.superscript = True
            footnotes.add(paragraph, plain(notes.get(match["note"], "")))
            noted = match.end()
        else:
            _run(paragraph, match["plain"] or "&", strong, slanted)
    _run(paragraph, words[at:], strong, slanted)


def _run(paragraph: Any, words: str, strong: bool, slanted: bool) -> None:  # noqa: ANN401
    if words:
        run = paragraph.add_run(_clean(words))
        run.bold, run.italic = strong or None, slanted or None


def plain(words: str) -> str:
    """Escaped Markdown as the text that it stands for."""
    return _clean(re.sub(r"\\(.)", r"\1", words).replace("&amp;", "&"))


def _clean(words: str) -> str:
    return UNPRINTABLE.sub("", words)


def _fixed(made: Any) -> bytes:  # noqa: ANN401
    """The document's archive with one fixed time in every entry."""
    saved, fixed = BytesIO(), BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(entry.filename))
    return fixed.getvalue()
