"""When a reading may be used again: what it was read from and what read it, as one key."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from parley.model import Article, digest

READ_FROM = ("id", "outlet", "text", "published", "language", "kind", "dateline", "credit", "byline", "title")
READ_BY = ("reader", "vocabulary", "model")  # what a reading depends on besides its article


def reading_key(article: Article) -> str:
    """The key of an article's reading: another article, another day for it or another reader gives another key."""
    return digest(reader_digest(), *(getattr(article, name) for name in READ_FROM))


@cache
def reader_digest() -> str:
    """A digest of the reader's own files and of the words that it goes by."""
    found = hashlib.sha256()
    for name in READ_BY:
        for path, content in _contents(files("parley") / name):
            found.update(f"{path}:{len(content)}:".encode())
            found.update(content)
    return found.hexdigest()


def _contents(path: Traversable) -> list[tuple[str, bytes]]:
    """Every source file at or under a path, in order."""
    if path.is_dir():
        parts = sorted(path.iterdir(), key=lambda part: part.name)
        return [one for part in parts for one in _contents(part)]
    return [(path.name, path.read_bytes())] if path.name.endswith((".py", ".yaml")) else []
