"""Which reader takes which kind of file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from parley.errors import UnreadableError
from parley.model import Unread
from parley.settings import Settings
from parley.sources.details import Draft
from parley.sources.documents import read_docx, read_pdf
from parley.sources.encoding import declared_in, decode
from parley.sources.feed import read_feed
from parley.sources.jsonl import read_jsonl
from parley.sources.page import read_page

ENDINGS = {
    **dict.fromkeys((".txt", ".md"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "page"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feed"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "jsonl",
}
TYPES = {
    **dict.fromkeys(("text/plain", "text/markdown"), "text"),
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "page"),
    **dict.fromkeys(("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"), "feed"),
    **dict.fromkeys(("application/jsonl", "application/x-ndjson"), "jsonl"),
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
SEVERAL = ("feed", "jsonl")  # texts in one file
# Pictures and layout, or many texts: such a file may be this many times as large as one text may be.
ROOM = {"pdf": 20, "docx": 20, "feed": 20, "jsonl": 100}


def kind_of_file(name: str, content_type: str = "") -> str:
    """The reader for a file's name or a content type. Raises UnreadableError if there is none."""
    plain = content_type.partition(";")[0].strip().lower()
    ending = PurePosixPath(name).suffix.lower()
    found = TYPES.get(plain) or (ENDINGS.get(ending) if plain in ("", "application/octet-stream") else None)
    if found:
        return found
    raise UnreadableError(f"no reader for {plain or ending or 'unnamed kinds of'} files")


def check_size(size: int, kind: str, settings: Settings) -> None:
    """Raises UnreadableError if a file of `size` bytes is empty or too large for its kind."""
    limit = settings.largest_text * ROOM.get(kind, 1)
    if size > limit:
        raise UnreadableError(f"it has {size:,} bytes, more than the limit of {limit:,}; split it")
    if not size:
        raise UnreadableError("it is empty")


def read(
    file: str, raw: bytes, kind: str, settings: Settings, content_type: str = ""
) -> Iterator[Draft | Unread]:
    """The texts in one file, in order. Raises UnreadableError if it can't be read at all."""
    check_size(len(raw), kind, settings)
    try:
        drafts = list(_drafts(file, raw, kind, settings, content_type))
    except UnreadableError:
        raise
    except Exception as error:  # the parsers fail in any way; one bad file is one unread text
        short = " ".join(str(error).split())[:200]
        raise UnreadableError(f"it is damaged or no {kind} file ({type(error).__name__}: {short})") from error
    digest = hashlib.sha256(raw).hexdigest()
    for draft in drafts:
        if isinstance(draft, Draft) and not draft.raw_digest:
            draft = replace(draft, raw_digest=digest)
        yield draft


def _drafts(
    file: str, raw: bytes, kind: str, settings: Settings, content_type: str
) -> Iterator[Draft | Unread]:
    if kind == "jsonl":
        yield from read_jsonl(file, raw)
    elif kind == "feed":
        yield from read_feed(file, raw)
    elif kind == "page":
        text, details = read_page(decode(raw, declared_in(content_type, raw[:2048])))
        yield Draft(file, text, details)
    elif kind == "pdf":
        yield Draft(file, read_pdf(raw))
    elif kind == "docx":
        yield Draft(file, read_docx(raw, settings.largest_text))
    else:
        yield Draft(file, decode(raw, declared_in(content_type)))
