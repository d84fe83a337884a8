"""How rows are cited: a footnote with outlet, title, day, address and the words, and a link that leads to them."""

from __future__ import annotations

from dataclasses import dataclass

from parley.briefing.first import title_of
from parley.briefing.wording import day
from parley.model import Article

INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks


@dataclass(frozen=True, slots=True)
class Cited:
    """A footnote, and the rows that it cites: what each is, and the link to its words, relative to the briefing."""

    footnote: str
    rows: tuple[tuple[str, str], ...]


def footnote(article: Article, quote: str = "") -> str:
    """How to cite a report, or words of it: outlet, title, day, address, where and when it was kept, the quote."""
    parts = [
        article.outlet,
        f"“{title_of(article).translate(INNER)}”",
        day(article.published) or "no day known",
        article.url,
        f"archived at {article.archived_url}" if article.archived_url else "",
        f"captured {article.captured}" if article.captured else "",
    ]
    cited = ", ".join(filter(None, parts))
    return f"{cited}: “{' '.join(quote.split())}”." if quote else f"{cited}."
