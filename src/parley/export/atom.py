"""An Atom feed (RFC 4287) of changes: an entry per report that says something new, with what it newly says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from parley.export.beside import address_of, saying, words_of
from parley.export.tags import tag
from parley.model import Article, Record, Statement

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no characters of XML 1.0
TITLE = 120  # characters


def atom_parts(record: Record, name: str, day: date) -> Iterator[str]:
    """The feed in parts, an entry at a time, the latest report first; `day` stands where a report has none."""
    new = _newly_said(record)
    reports = [article for article in record.articles if article.id in new]
    reports.sort(key=lambda one: (one.published or day, one.file, one.id), reverse=True)
    latest = max((one.published or day for one in record.articles), default=day)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f" <id>{tag('feed:' + re.sub(r'[^A-Za-z0-9]+', '-', name))}</id>\n <title>{_text(name)}</title>\n"
    yield f" <updated>{_instant(latest)}</updated>\n <generator>Parley</generator>\n"
    for article in reports:
        yield _entry(article, new[article.id], day)
    yield "</feed>\n"


def _newly_said(record: Record) -> dict[str, list[Statement]]:
    """Article id -> the statements by which it is the first to make a claim, or to deny one."""
    place = {article.id: number for number, article in enumerate(record.articles)}
    statements = {statement.id: statement for statement in record.statements}
    found: dict[str, list[Statement]] = defaultdict(list)
    for claim in record.claims:
        for said in (claim.says, claim.denied_by):
            if said:
                first = min((statements[one] for one in said), key=lambda one: place[one.article])
                found[first.article].append(first)
    return {
        article: sorted({one.id: one for one in said}.values(), key=lambda one: one.content[0].start)
        for article, said in found.items()
    }


def _entry(article: Article, said: list[Statement], day: date) -> str:
    title, link = article.title or article.file, address_of(article)
    lines = [f"{saying(one)}: {words_of(one)}" for one in said]
    return "".join(
        (
            f" <entry>\n  <id>{tag(article.id)}</id>\n",
            f"  <title>{_text(f'{article.outlet}: {title}'[:TITLE])}</title>\n",
            f"  <updated>{_instant(article.published or day)}</updated>\n",
            f"  <author><name>{_text(article.outlet)}</name></author>\n",
            f'  <link rel="alternate" href={quoteattr(_plain(link))}/>\n' if link else "",
            f'  <content type="text">{_text(chr(10).join(lines))}</content>\n </entry>\n',
        )
    )


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(words: str) -> str:
    return escape(_plain(words))


def _plain(words: str) -> str:
    return NO_XML.sub("", words)
