"""Bytes to text: byte order marks, UTF-8, what the carrier declares, then charset-normalizer's best guess."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from parley.errors import UnreadableError

BOMS = (  # the longer mark first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Over all of its 90 encodings charset-normalizer takes short English texts in Windows-1252 for DOS code pages
# ("Josķ"); these are the ones that web pages and office programs still write.
LEGACY = ["cp1252", "cp1250", "cp1251", "mac_roman", "koi8_r", "cp1256", "cp1255", "cp1253", "cp1254"]
LEGACY += ["cp932", "gb18030", "big5", "euc_kr"]
OTHER_KINDS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
MOST_CONTROLS = 0.01  # share of control characters; running text has none


def decode(raw: bytes, declared: str = "") -> str:
    """The text of `raw`, newlines as "\\n", without its byte order mark, else unchanged.

    Raises UnreadableError for binary content and for bytes that fit no encoding.
    """
    text = _decoded(raw, declared)
    controls = sum(unicodedata.category(char) == "Cc" and not char.isspace() for char in text)
    if controls > MOST_CONTROLS * len(text):
        raise UnreadableError("it holds binary data, not text; save it as plain text or under its own ending")
    return plain_newlines(text)


def plain_newlines(text: str) -> str:
    """The text with every kind of line end as "\n"."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes, declared: str) -> str:
    for mark, name in BOMS:
        if raw.startswith(mark):
            return _as(raw[len(mark) :], name)
    if raw.startswith(OTHER_KINDS) or b"\0" in raw:
        raise UnreadableError("it holds binary data, not text; save it as plain text or under its own ending")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and _is_known(declared):
        return _as(raw, declared)
    best = from_bytes(raw, cp_isolation=LEGACY).best()
    if best is None:
        raise UnreadableError("its encoding can't be told; save it as UTF-8")
    return str(best)


def _as(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeError:
        raise UnreadableError(f"it is marked as {name} and is not; save it as UTF-8") from None


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def declared_in(content_type: str, head: bytes = b"") -> str:
    """The encoding that a content type or the first bytes of a page name; "" if neither does."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if found:
        return found[1]
    inside = re.search(
        rb"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)|<\?xml[^>]+encoding=[\"']([\w.:-]+)", head, re.IGNORECASE
    )
    return (inside[1] or inside[2]).decode("ascii", "replace") if inside else ""


def whole(text: str) -> str:
    """The text with half characters (lone surrogates, which no file can hold) as U+FFFD; offsets stay."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
