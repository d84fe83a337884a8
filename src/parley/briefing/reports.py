"""A report's page: its text with every row marked in it, and beside each paragraph the rows read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from parley.agreement.telling import said_words, subject_name
from parley.briefing.cite import Cited, footnote
from parley.briefing.first import day_from, title_of
from parley.briefing.highlight import Stretch, marked_paragraphs
from parley.briefing.lookup import OWN_VOICE, Lookup, Source
from parley.briefing.wording import ACTS, STATEMENT_KINDS, clipped, day, days, listed, named, value
from parley.model import (
    Account,
    Act,
    Article,
    Breach,
    Figure,
    Need,
    Place,
    Record,
    Statement,
    Struck,
    Term,
    Time,
)

# The kinds of rows in the order of the notes, with what the page calls each.
KINDS = {
    "struck": "Called wrong",
    "statement": "Says",
    "need": "Condition",
    "act": "Act",
    "account": "Where it stands",
    "breach": "Alleged",
    "provision": "Provision",
    "figure": "Figures",
    "time": "Days",
    "place": "Places",
}
TABLES = ("statements", "figures", "times", "places", "acts", "needs", "accounts", "breaches", "struck")
IN_SENTENCE = frozenset({"figure", "time", "place"})
At = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Note:
    """A row beside the text: what kind it is, in words, and where in the text it starts."""

    kind: str
    label: str
    text: str
    href: str
    at: int
    quote: str  # the report's words


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with the rows that start in it, and how to cite each."""

    html: Markup
    notes: tuple[Note, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that a report's page shows."""

    source: Source
    title: str
    facts: tuple[tuple[str, str], ...]
    link: str
    retold_as: str
    footnote: str
    struck: bool  # a person called a row of it wrong
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
    accounts: list[Account]
    breaches: list[Breach]
    struck: list[Struck]


def rows_by_report(record: Record) -> dict[str, Rows]:
    """Article id -> its rows."""
    found = {article.id: Rows(*([] for _ in TABLES)) for article in record.articles}
    for name in TABLES:
        for row in getattr(record, name):
            if row.article in found:
                getattr(found[row.article], name).append(row)
    return found


def report_page(look: Lookup, article: Article, rows: Rows, anchors: At) -> ReportPage:
    """The page of one report; `anchors` are stretches that other pages lead to."""
    terms = _terms(look, article)
    stretches = [
        *_stretches(rows),
        *(Stretch(start, end, "provision", term.id) for term, start, end in terms),
        *(Stretch(start, end, "name", f"at-{start}-{end}") for start, end in sorted(anchors)),
    ]
    paragraphs = marked_paragraphs(article.text, stretches)
    notes = sorted(_notes(look, rows, terms), key=lambda note: (note.at, note.kind, note.href))
    passages = []
    for number, paragraph in enumerate(paragraphs):
        last = number + 1 == len(paragraphs)
        until = len(article.text) + 1 if last else paragraphs[number + 1].start
        here = [note for note in notes if note.at < until]
        notes = notes[len(here) :]
        here.sort(key=lambda note: list(KINDS).index(note.kind))
        passages.append(Passage(paragraph.html, tuple(here), tuple(_cited(look, article, here))))
    link = article.url if article.url.startswith(("http://", "https://")) else ""
    return ReportPage(
        look.report(article.id),
        title_of(article),
        tuple(_facts(article)),
        link,
        look.retold_as.get(article.id, ""),
        footnote(article),
        bool(rows.struck),
        tuple(passages),
    )


def _cited(look: Lookup, article: Article, notes: Sequence[Note]) -> Iterator[Cited]:
    """A footnote for every row; a figure, day or place is quoted with its sentence, and one quote is given once."""
    by_quote: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for note in notes:
        quote = look.sentence(article.id, note.at) if note.kind in IN_SENTENCE else ""
        row = f"{KINDS[note.kind]}: {note.label}", f"{look.page(article.id)}{note.href}"
        by_quote[quote or note.quote].append(row)
    for quote, rows in by_quote.items():
        yield Cited(footnote(article, look.veil(quote)), tuple(rows))


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
    yield from (Stretch(*row.at, "time", row.id) for row in rows.times)
    for kind, found in (
        ("figure", rows.figures),
        ("place", rows.places),
        ("act", rows.acts),
        ("need", rows.needs),
        ("account", rows.accounts),
        ("breach", rows.breaches),
    ):
        yield from (Stretch(row.start, row.end, kind, row.id) for row in found)
    yield from (Stretch(row.start, row.end, "struck", row.row) for row in rows.struck)


def _notes(look: Lookup, rows: Rows, terms: list[tuple[Term, int, int]]) -> Iterator[Note]:
    """A line for every row."""
    yield from _said_notes(look, rows)
    for term, start, end in terms:
        words = look.articles[term.evidence[0]].text[start:end]
        yield Note("provision", term.phase or "no phase named", term.kind, f"#{term.id}", start, words)
    for account in rows.accounts:
        stands = look.veil(f"{subject_name(look.record, account.subject)}: {said_words(account)}")
        who = look.veil(account.by) or OWN_VOICE
        yield Note("account", who, stands, f"#{account.id}", account.start, account.text)
    for breach in rows.breaches:
        against = f"of {look.veil(breach.accused)}: {look.veil(breach.term)}"
        yield Note("breach", look.veil(breach.accuser), against, f"#{breach.id}", breach.start, breach.text)
    for figure in rows.figures:
        words = clipped(look.veil(figure.text), 40)
        yield Note("figure", value(figure), words, f"#{figure.id}", figure.start, figure.text)
    for time in rows.times:
        yield Note("time", clipped(time.text, 40), _days(time), f"#{time.id}", time.at[0], time.text)
    for place in rows.places:
        yield Note("place", place.name, "", f"#{place.id}", place.start, place.text)
    for struck in rows.struck:
        words = clipped(look.veil(struck.text), 60)
        yield Note("struck", words, "nothing rests on it", f"#{struck.row}", struck.start, struck.text)


def _said_notes(look: Lookup, rows: Rows) -> Iterator[Note]:
    """A line for every statement, condition and act."""
    for said in rows.statements:
        words = " … ".join(piece.text for piece in said.content)
        start = said.content[0].start
        yield Note("statement", look.speaker(said), _how(look, said), f"#{said.id}", start, words)
    for need in rows.needs:
        words = f"“{clipped(look.veil(need.act), 60)}” waits until “{clipped(look.veil(need.needs), 60)}”"
        holder = look.veil(named(need.holder))
        yield Note("need", holder, words, f"#{need.id}", need.start, need.text)
    for act in rows.acts:
        toward = f" → {look.veil(act.target)}" if act.target else ""
        when = f", {day(act.date, short=True)}" if act.date else ""
        words = f"{ACTS.get(act.act, act.act.lower())}{toward}{when}"
        yield Note("act", look.veil(named(act.actor)), words, f"#{act.id}", act.start, act.text)


def _how(look: Lookup, statement: Statement) -> str:
    """Cue, relays, kind and day of a statement in one line."""
    said = statement.cue.text if statement.cue else ""
    cue = f"“{clipped(said, 40)}”" if any(map(str.isalnum, said)) else ""
    relays = look.told(statement).via
    via = f"as told by {listed(relays)}" if relays else ""
    kind = STATEMENT_KINDS.get(statement.kind, statement.kind)
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
            ("Dateline", article.dateline),
            ("Credit", article.credit),
            ("By-line", article.byline),
            ("Language", article.language if article.language != "en" else ""),
            ("Kind", article.kind if article.kind != "report" else ""),
            ("File", article.file),
            ("Address", article.url),
            ("Digest of the file", article.raw_digest),
            ("Archived at", article.archived_url),
            ("Captured", article.captured),
        )
        if value
    )
