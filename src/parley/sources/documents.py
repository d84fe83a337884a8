"""PDF and Word files to text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.errors import UnreadableError
from parley.sources.page import quiet

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

FULL_LINE = 0.75  # of the longest line of its page: what follows a shorter line is a new paragraph
MOST_UNPACKED = 20  # times what the settings allow for one text; more is no document but an attack


def read_pdf(raw: bytes) -> str:
    """A PDF's text, print lines joined to paragraphs. Raises UnreadableError if it is locked or has none."""
    from pypdf import PdfReader

    with quiet("pypdf"):
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise UnreadableError("it is encrypted; save a copy without a password")
        pages = [unwrapped(page.extract_text()) for page in reader.pages]
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise UnreadableError("there is no text in it; if it is a scan, run text recognition first")
    return text


def unwrapped(page: str) -> str:
    """The paragraphs of a printed page, a blank line between them, with words cut at a line's end mended."""
    lines = [line.strip() for line in page.split("\n")]
    width = max(map(len, lines), default=0)
    text, joins = "", False
    for line in lines:
        if not line:
            joins = False
            continue
        if not text or not joins or _starts_anew(line):
            text += ("\n\n" if text else "") + line
        elif text.endswith("-"):
            text = (text[:-1] if line[0].islower() else text) + line
        else:
            text += " " + line
        joins = len(line) >= FULL_LINE * width
    return text


def _starts_anew(line: str) -> bool:
    """Whether a line opens a provision or a point of a list, whatever stands above it."""
    return re.match(r"(?:[•▪–—-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s|Article\s+\d)", line) is not None


def read_docx(raw: bytes, largest: int) -> str:
    """A Word file's paragraphs, a blank line between, and tables' cells, one a line. `largest`: bytes."""
    from docx import Document

    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED * largest:
            raise UnreadableError(f"it unpacks to more than {MOST_UNPACKED * largest:,} bytes")
    blocks = list(_blocks(Document(io.BytesIO(raw))))
    return "\n\n".join(blocks)


def _blocks(container: WordDocument | _Cell) -> Iterator[str]:
    """The paragraphs and tables of a document or a cell, in order."""
    from docx.table import Table

    for item in container.iter_inner_content():
        if not isinstance(item, Table):
            if item.text.strip():
                yield item.text
            continue
        cells = {
            id(cell._tc): cell for row in item.rows for cell in row.cells
        }  # a merged cell comes more than once
        lines = ["\n".join(_blocks(cell)) for cell in cells.values()]
        yield "\n".join(line for line in lines if line)
