"""Web pages: trafilatura's text of the article and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from parley.errors import UnreadableError
from parley.sources.details import Details

FEWEST_WORDS = 20  # what is left of a page without an article: a menu, a notice about cookies
BLOCKS = re.compile(r"address|article|blockquote|d[dlt]|div|figure|h[1-6]|li|[ou]l|p|pre|section|table|td|tr")
# Without these htmldate drops days after today, so that the same page would read differently tomorrow, and
# guesses a day from the running text, which is no day of publication.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Keep libraries from logging what is told in the reason that a text went unread."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels):
            logger.setLevel(level)


def read_page(html: str) -> tuple[str, Details]:
    """The article's text and the page's own metadata. Raises UnreadableError if there is no article on it."""
    import trafilatura  # a fifth of a second to import, and most folders hold plain text

    with quiet("trafilatura", "htmldate"):
        found = trafilatura.bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=DATES
        )
    text = getattr(found, "text", None) or ""
    if len(text.split()) < FEWEST_WORDS:
        raise UnreadableError("no article was found on the page; save its text as .txt")
    day = getattr(found, "date", None)
    return text, Details(
        outlet=getattr(found, "sitename", None) or "",
        published=date.fromisoformat(day) if day else None,
        published_from="page" if day else "guess",
        url=getattr(found, "url", None) or "",
        title=getattr(found, "title", None) or "",
        byline=getattr(found, "author", None) or "",
    )


def text_of(html: str) -> str:
    """A fragment of HTML as text, a blank line between its blocks."""
    from trafilatura import load_html

    tree = load_html(f"<html><body><div>{html}</div></body></html>")
    if tree is None:
        return ""
    for element in tree.iter():
        if element.tag in ("script", "style"):
            element.text = ""
        elif isinstance(element.tag, str) and BLOCKS.fullmatch(element.tag):
            element.text = "\n\n" + (element.text or "")
            element.tail = "\n\n" + (element.tail or "")
        elif element.tag == "br":
            element.tail = "\n" + (element.tail or "")
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in str(tree.text_content()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
