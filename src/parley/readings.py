"""When a reading may be used again: what it was read from and what read it, as one key."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from parley.model import Article, digest

READ_FROM = ("id", "outlet", "text", "published", "language", "kind", "dateline", "credit", "byline", "title")
READ_ENDINGS = (".py", ".yaml", ".onnx", ".json")
READ_BY = ("reader", "vocabulary", "model", "weights")  # what a reading depends on besides its article


def reading_key(article: Article) -> str:
    """The key of an article's reading: another article, another day for it or another reader gives another key."""
    return digest(code_digest(*READ_BY), *(getattr(article, name) for name in READ_FROM))


@cache
def code_digest(*names: str) -> str:
    """A digest of files and folders of the package: its own code, and the words and weights that it goes by."""
    found = hashlib.sha256()
    for name in names:
        for path, content in _contents(files("parley") / name):
            found.update(f"{path}:{len(content)}:".encode())
            found.update(content)
    return found.hexdigest()


def _contents(path: Traversable) -> list[tuple[str, bytes]]:
    """Every file at or under a path that decides what is read, in order."""
    if path.is_dir():
        parts = sorted(path.iterdir(), key=lambda part: part.name)
        return [one for part in parts for one in _contents(part)]
    return [(path.name, path.read_bytes())] if path.name.endswith(READ_ENDINGS) else []
