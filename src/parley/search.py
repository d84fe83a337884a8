"""Search: words over what was said, counted, done, demanded and claimed, and over the reports; narrowed by facets."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from markupsafe import Markup, escape

from parley.briefing.first import title_of
from parley.briefing.lookup import OWN_VOICE, InText, Lookup, Source
from parley.briefing.wording import STATEMENT_KINDS, UNITS, act_word, day, named, value
from parley.model import Statement

FACETS = ("row", "speaker", "side", "outlet", "act", "kind", "day")
PAGE = 50  # rows to a page
FACET = 12  # values of a facet that a page offers
SNIPPET = 40  # words of a report around what was found
BEGINNING = 240  # characters of a report where nothing was asked for
OPEN, CLOSE = "\ue000", "\ue001"  # private characters around what was found, taken out of the texts before
COLUMNS = ("words", "who", *FACETS, "id", "article", "note", "href", "sort")


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: what it is, whose, its words with what was found in <mark>, and where they stand."""

    row: str  # statement | figure | act | condition | claim | report
    id: str
    who: str
    words: Markup
    note: str
    day: str
    source: Source


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, how much there is, and what it can be narrowed by: (value, rows) of each facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


class Index:
    """The words of a record, as its pages show them, in an index that lives in memory."""

    def __init__(self, look: Lookup) -> None:
        """Index a record."""
        self._look = look
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        kept = ", ".join(f"{name} UNINDEXED" for name in COLUMNS[2:])
        self._db.execute(
            f"CREATE VIRTUAL TABLE entry USING fts5(words, who, {kept}, "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        marks = ", ".join("?" * len(COLUMNS))
        self._db.executemany(f"INSERT INTO entry VALUES ({marks})", _rows(look))  # noqa: S608 - question marks only

    def find(self, text: str, facets: Mapping[str, str] | None = None, number: int = 1) -> Found:
        """One page of the rows that hold all words of a text, the nearest first; of all rows, in order, where it is empty.

        `facets`: name of a facet -> the value that a row must have.
        """
        wanted = {name: kept for name, kept in (facets or {}).items() if name in FACETS and kept}
        match = _query(text)
        if match is None and re.search(r"\S", text):
            return Found((), 0, {})
        conditions = [f"{name} = ?" for name in wanted] + (["entry MATCH ?"] if match else [])
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        values = [*wanted.values(), *([match] if match else [])]
        with self._lock:
            (total,) = self._db.execute(f"SELECT count(*) FROM entry{where}", values).fetchone()  # noqa: S608
            return Found(
                tuple(self._hits(where, values, bool(match), number)),
                total,
                {name: tuple(self._facet(name, where, values)) for name in FACETS},
            )

    def _hits(self, where: str, values: list[str], ranked: bool, number: int) -> Iterator[Hit]:
        words = _shown(ranked)
        rows = self._db.execute(
            f"SELECT row, id, who, {words}, note, day, article, href FROM entry{where} "  # noqa: S608 - our own names
            f"ORDER BY {'rank, ' if ranked else ''}sort, rowid LIMIT {PAGE} OFFSET {(number - 1) * PAGE}",
            values,
        )
        for kind, row, who, found, note, when, article, href in rows:
            source = self._look.report(article)
            shown = Source(source.mark, href, source.outlet, source.copy_of)
            told = day(date.fromisoformat(when), short=True) if when else ""
            yield Hit(kind, row, who, _marked(found), note, told, shown)

    def _facet(self, name: str, where: str, values: list[str]) -> Iterator[tuple[str, int]]:
        rows = self._db.execute(
            f"SELECT {name}, count(*) FROM entry{where} GROUP BY {name} "  # noqa: S608 - one of FACETS
            f"ORDER BY {name + ' DESC' if name == 'day' else f'count(*) DESC, {name}'} LIMIT {FACET + 1}",
            values,
        )
        yield from ((found, count) for found, count in rows.fetchall()[: FACET + 1] if found)


def _shown(ranked: bool) -> str:
    """The words of a row as SQL: of a report a part, of any other row all; what was found between OPEN and CLOSE."""
    if not ranked:
        return f"CASE row WHEN 'report' THEN substr(words, 1, {BEGINNING}) || ' …' ELSE words END"
    part = f"snippet(entry, 0, '{OPEN}', '{CLOSE}', ' … ', {SNIPPET})"
    return f"CASE row WHEN 'report' THEN {part} ELSE highlight(entry, 0, '{OPEN}', '{CLOSE}') END"


def _query(text: str) -> str | None:
    """A text as FTS5 asks for it: every word, the last one as it begins; words in double quotes in their order."""
    parts = [
        f'"{phrase.strip()}"' if phrase.strip() else f'"{word}"'
        for phrase, word in re.findall(r'["“”]([^"“”]*)["“”]|([\w’\']+)', text)
        if re.search(r"\w", phrase or word)
    ]
    if not parts:
        return None
    last = parts[-1]
    return " ".join([*parts[:-1], last if " " in last else last + "*"])


def _marked(text: str) -> Markup:
    """A snippet as HTML with what was found in <mark>."""
    return Markup(str(escape(text)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S704 - escaped before


@dataclass(frozen=True, slots=True)
class _Row:
    """What is indexed of one row."""

    row: str
    words: str
    who: str = ""
    id: str = ""
    article: str = ""
    side: str = ""
    act: str = ""
    kind: str = ""
    when: date | None = None
    note: str = ""
    href: str = ""


def _rows(look: Lookup) -> Iterator[tuple[str, ...]]:
    """A row of the index for every row that is shown; names of people who are only objects are veiled before."""
    made = (*_statements(look), *_told(look), *_claims(look), *_reports(look))
    for one in made:
        article = look.articles[one.article]
        when = str(one.when or article.published or "")
        words = look.veil(" ".join(one.words.split())).replace(OPEN, "").replace(CLOSE, "")
        yield (
            words,
            one.who,
            one.row,
            one.who,
            one.side,
            article.outlet,
            one.act,
            one.kind,
            when,
            one.id,
            one.article,
            one.note,
            one.href or look.page(one.article),
            when,
        )


def _statements(look: Lookup) -> Iterator[_Row]:
    acts = {act.statement: act_word(act) for act in reversed(look.record.acts) if act.statement}
    for one in look.record.statements:
        words = " … ".join(piece.text for piece in one.content)
        kind, act = STATEMENT_KINDS.get(one.kind, one.kind), acts.get(one.id, "")
        note = ", ".join(look.told(one).via)
        who = look.speaker(one)
        via = f"as told by {note}" if note else ""
        row = _Row("statement", words, who, act=act, kind=kind, when=one.date, note=via)
        yield _placed(look, one, row)


def _told(look: Lookup) -> Iterator[_Row]:
    for act in look.record.acts:
        target = f"to {look.veil(act.target)}" if act.target else ""
        who = look.veil(named(act.actor))
        row = _Row("act", act.text, who, act=act_word(act), when=act.date, note=target)
        yield _placed(look, act, row)
    for need in look.record.needs:
        who = look.veil(named(need.holder))
        yield _placed(look, need, _Row("condition", need.text, who))
    for figure in look.record.figures:
        words = "".join(look.around(figure.article, figure.start, figure.end))
        giver = look.giver(figure)
        kind = UNITS.get(figure.unit, figure.unit)
        yield _placed(look, figure, _Row("figure", words, giver, kind=kind, note=value(figure)))


def _placed(look: Lookup, row: InText, found: _Row) -> _Row:
    """What is found, with the row it is of: where that stands and on whose side its speaker is."""
    side = _side(look, row, found.who)
    return replace(found, id=row.id, article=row.article, side=side, href=look.source(row).href)


def _side(look: Lookup, row: InText, who: str) -> str:
    if who == OWN_VOICE:
        return OWN_VOICE
    actor = look.actors.get(row.actor or "") if isinstance(row, Statement) else None
    return look.veil(look.side(actor.name if actor else who))


def _claims(look: Lookup) -> Iterator[_Row]:
    for claim in look.record.claims:
        if len(claim.says) < 2 and not claim.denied_by:
            continue  # it is its one statement
        first = look.statements[claim.says[0]]
        told = look.told(first)
        words = " … ".join(piece.text for piece in first.content)
        note = f"carried by {len(claim.carried_by)}, voices {len(claim.voices)}"
        note += "; disputed" if claim.denied_by else ""
        kind = STATEMENT_KINDS.get(first.kind, first.kind)
        row = _Row("claim", words, told.who, kind=kind, when=claim.reported, note=note)
        yield replace(_placed(look, first, row), id=claim.id)


def _reports(look: Lookup) -> Iterator[_Row]:
    for article in look.record.articles:
        words = article.text if article.title in article.text else f"{article.title} – {article.text}"
        yield _Row(
            "report", words, id=article.id, article=article.id, kind=article.kind, note=title_of(article)
        )
