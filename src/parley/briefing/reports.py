"""A report's page: its text with every row marked in it, and beside each paragraph the rows read from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from parley.briefing.first import day_from, title_of
from parley.briefing.highlight import Stretch, marked_paragraphs
from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import ACTS, clipped, day, days, listed, named, value
from parley.model import Act, Article, Figure, Need, Place, Record, Statement, Term, Time

KINDS = ("statement", "need", "act", "provision", "figure", "time", "place")  # in the order of the notes


@dataclass(frozen=True, slots=True)
class Note:
    """A row beside the text: what kind it is, in words, and where in the text it starts."""

    kind: str
    label: str
    text: str
    href: str
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with the rows that start in it."""

    html: Markup
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that a report's page shows."""

    source: Source
    title: str
    facts: tuple[tuple[str, str], ...]
    link: str
    retold_as: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of one report."""

    statements: list[Statement]
    figures: list[Figure]
    times: list[Time]
    places: list[Place]
    acts: list[Act]
    needs: list[Need]


def rows_by_report(record: Record) -> dict[str, Rows]:
    """Article id -> its rows."""
    found = {article.id: Rows([], [], [], [], [], []) for article in record.articles}
    for name in ("statements", "figures", "times", "places", "acts", "needs"):
        for row in getattr(record, name):
            getattr(found[row.article], name).append(row)
    return found


def report_page(look: Lookup, article: Article, rows: Rows) -> ReportPage:
    """The page of one report."""
    terms = _terms(look, article)
    paragraphs = marked_paragraphs(
        article.text, [*_stretches(rows), *(Stretch(s, e, "provision", t.id) for t, s, e in terms)]
    )
    notes = sorted(_notes(look, rows, terms), key=lambda note: (note.at, note.kind, note.href))
    passages = []
    for number, paragraph in enumerate(paragraphs):
        last = number + 1 == len(paragraphs)
        behind = [
            note
            for note in notes
            if note.at < (paragraphs[number + 1].start if not last else len(article.text) + 1)
        ]
        notes = notes[len(behind) :]
        passages.append(
            Passage(paragraph.html, tuple(sorted(behind, key=lambda note: KINDS.index(note.kind))))
        )
    link = article.url if article.url.startswith(("http://", "https://")) else ""
    return ReportPage(
        look.report(article.id),
        title_of(article),
        tuple(_facts(article)),
        link,
        look.retold_as.get(article.id, ""),
        tuple(passages),
    )


def _terms(look: Lookup, article: Article) -> list[tuple[Term, int, int]]:
    found = []
    for term in look.terms_in[article.id]:
        at = look.term_at(term)
        if at and at[0] == article.id:
            found.append((term, at[1], at[2]))
    return found


def _stretches(rows: Rows) -> Iterator[Stretch]:
    for statement in rows.statements:
        yield from (
            Stretch(piece.start, piece.end, f"statement {statement.kind}", statement.id)
            for piece in statement.content
        )
    yield from (Stretch(row.start, row.end, "figure", row.id) for row in rows.figures)
    yield from (Stretch(*row.at, "time", row.id) for row in rows.times)
    yield from (Stretch(row.start, row.end, "place", row.id) for row in rows.places)
    yield from (Stretch(row.start, row.end, "act", row.id) for row in rows.acts)
    yield from (Stretch(row.start, row.end, "need", row.id) for row in rows.needs)


def _notes(look: Lookup, rows: Rows, terms: list[tuple[Term, int, int]]) -> Iterator[Note]:
    """A line for every row."""
    for statement in rows.statements:
        yield Note(
            "statement",
            look.speaker(statement),
            _how(look, statement),
            f"#{statement.id}",
            statement.content[0].start,
        )
    for need in rows.needs:
        words = f"“{clipped(look.veil(need.act), 60)}” waits until “{clipped(look.veil(need.needs), 60)}”"
        yield Note("need", look.veil(named(need.holder)), words, f"#{need.id}", need.start)
    for act in rows.acts:
        toward = f" → {look.veil(act.target)}" if act.target else ""
        when = f", {day(act.date, short=True)}" if act.date else ""
        yield Note(
            "act",
            look.veil(named(act.actor)),
            f"{ACTS.get(act.act, act.act.lower())}{toward}{when}",
            f"#{act.id}",
            act.start,
        )
    for term, start, _ in terms:
        yield Note("provision", term.phase or "no phase named", term.kind, f"#{term.id}", start)
    for figure in rows.figures:
        yield Note(
            "figure", value(figure), clipped(look.veil(figure.text), 40), f"#{figure.id}", figure.start
        )
    for time in rows.times:
        yield Note("time", clipped(time.text, 40), _days(time), f"#{time.id}", time.at[0])
    for place in rows.places:
        yield Note("place", place.name, "", f"#{place.id}", place.start)


def _how(look: Lookup, statement: Statement) -> str:
    """Cue, relays, kind and day of a statement in one line."""
    cue = f"“{clipped(statement.cue.text, 40)}”" if statement.cue else ""
    via = "as told by " + listed([look.veil(name) for name in statement.chain]) if statement.chain else ""
    kind = {"direct": "quoted", "indirect": "retold", "mixed": "partly quoted"}.get(
        statement.kind, statement.kind
    )
    return ", ".join(filter(None, (cue, via, kind, day(statement.date, short=True))))


def _days(time: Time) -> str:
    """The days that an expression was read as."""
    if time.start is None and time.end is None:
        return "day not resolved"
    text = days(time.start, time.end, short=True)
    return f"{text}, {time.part}" if time.part else text


def _facts(article: Article) -> Iterator[tuple[str, str]]:
    """How we know: what the record holds of where a report comes from."""
    yield "Outlet", article.outlet
    yield "Day", f"{day(article.published) or 'not known'} ({day_from(article)})"
    yield from (
        (name, value)
        for name, value in (
            ("Title", article.title),
            ("Dateline", article.dateline),
            ("Credit", article.credit),
            ("By-line", article.byline),
            ("Language", article.language),
            ("Kind", article.kind),
            ("File", article.file),
            ("Address", article.url),
            ("Digest of the file", article.raw_digest),
            ("Footnote", _footnote(article)),
        )
        if value
    )


def _footnote(article: Article) -> str:
    """How to cite a report: outlet, title, day, address."""
    return (
        ", ".join(
            filter(None, (article.outlet, f"“{title_of(article)}”", day(article.published), article.url))
        )
        + "."
    )
