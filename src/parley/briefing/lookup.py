"""What every page asks of a record: a row's report, mark and link, whose words it stands in, which side a name is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from parley.agreement.parties import Sides, sides
from parley.briefing.marks import report_marks
from parley.briefing.wording import UNNAMED, act_word, clipped, day, named
from parley.harm import by_name, in_captivity, shown_by_name, veil, veiled
from parley.linking.actors import side_of
from parley.linking.text import fold
from parley.model import (
    Account,
    Act,
    Actor,
    Article,
    Breach,
    Claim,
    Drift,
    Figure,
    Need,
    Place,
    Record,
    Statement,
    Term,
    Time,
)
from parley.reader.sentences import sentences

BEFORE = 45  # characters of a sentence shown before a figure
BEHIND = 60  # ... and behind it
OWN_VOICE = "own voice"  # the outlet itself, whose mark stands beside it
InText = Statement | Figure | Time | Place | Act | Need | Account | Breach


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: the report's mark and a link to them; `copy_of` is the mark of what the report copies."""

    mark: str
    href: str
    outlet: str
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Words with their attribution, as a cell shows them."""

    who: str
    verb: str
    words: str
    quoted: bool  # the report puts them in quotation marks
    via: tuple[str, ...]  # relays from the speaker to the outlet
    day: str
    source: Source
    captive: bool = False


class Lookup:
    """A record with its indexes; only its caches fill as it is asked."""

    def __init__(self, record: Record) -> None:
        """Index a record."""
        self.record = record
        self.articles: dict[str, Article] = {article.id: article for article in record.articles}
        self.marks = report_marks(record.articles)
        self.origin = {edge.derived: edge.from_ for edge in record.lineage}
        self.retold_as = {edge.derived: edge.kind for edge in record.lineage}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in record.actors}
        self.shown = shown_by_name(record)
        self.veiled = veiled(record)
        self.statements = {statement.id: statement for statement in record.statements}
        self.figures = {figure.id: figure for figure in record.figures}
        self.acts = {act.id: act for act in record.acts}
        self.needs = {need.id: need for need in record.needs}
        self.times = {time.id: time for time in record.times}
        self.terms = {term.id: term for term in record.terms}
        self.terms_in: dict[str, list[Term]] = defaultdict(list)
        for term in record.terms:
            for article in term.evidence:
                self.terms_in[article].append(term)
        self._names = by_name(record.actors)
        self._sentences: dict[str, list[tuple[int, int]]] = {}

    # ---------------------------------------------------------------- reports

    def page(self, article: str) -> str:
        """The file name of a report's page."""
        return f"report-{article.removeprefix('art-')}.html"

    def report(self, article: str) -> Source:
        """A report's mark with a link to its page."""
        origin = self.origin.get(article)
        mark = self.marks.get(origin or "", "")
        return Source(self.marks[article], self.page(article), self.articles[article].outlet, mark)

    def source(self, row: InText) -> Source:
        """A row's mark with a link to its words."""
        report = self.report(row.article)
        return Source(report.mark, f"{report.href}#{row.id}", report.outlet, report.copy_of)

    def place(self, article: str, start: int, end: int) -> Source:
        """A report's mark with a link to the statement around a stretch of it, else to the report."""
        statement = self.statement_around(article, start, end)
        return self.source(statement) if statement else self.report(article)

    def at(self, article: str, start: int, end: int) -> Source:
        """A report's mark with a link to a stretch of it that spots.py gives an anchor."""
        report = self.report(article)
        return replace(report, href=f"{report.href}#at-{start}-{end}")

    def is_copy(self, article: str) -> bool:
        """Whether a report derives from another in the record."""
        return article in self.origin

    def carried_by(self, articles: set[str]) -> int:
        """Number of reports among these that are no copies."""
        return len([article for article in articles if not self.is_copy(article)])

    def around(self, article: str, start: int, end: int) -> tuple[str, str, str]:
        """A stretch of a report with some words of its sentence before and behind it, names of the held veiled."""
        text = self.articles[article].text
        sentence = self.sentence(article, start)
        first = text.rfind(sentence, 0, start + len(sentence)) if sentence else start
        before = " ".join(text[first:start].split())
        behind = " ".join(text[end : max(end, first + len(sentence))].split())
        if len(before) > BEFORE:
            before = "… " + before[-BEFORE:].split(" ", 1)[-1]
        if behind.rstrip('.”"') and len(behind) > BEHIND:
            behind = behind[:BEHIND].rsplit(" ", 1)[0] + " …"
        if text[start - 1 : start].isspace():
            before += " "
        if text[end : end + 1].isspace():
            behind = " " + behind
        return self.veil(before), self.veil(" ".join(text[start:end].split())), self.veil(behind)

    def sentence(self, article: str, at: int) -> str:
        """The sentence of a report around an offset."""
        text = self.articles[article].text
        if article not in self._sentences:
            self._sentences[article] = sentences(text)
        return next((text[start:end] for start, end in self._sentences[article] if start <= at < end), "")

    def term_at(self, term: Term) -> tuple[str, int, int] | None:
        """Report and offsets of a provision's words; None where its report does not have them verbatim."""
        for article in (self.articles[one] for one in term.evidence if one in self.articles):
            for words in (f"{term.act} {term.object}", term.object):
                at = article.text.find(words)
                if words and at >= 0:
                    return article.id, at, at + len(words)
        return None

    @cached_property
    def as_of(self) -> str:
        """The latest day on which a report was published, in words; empty where no day is known."""
        return day(max((a.published for a in self.record.articles if a.published), default=None))

    # ---------------------------------------------------------------- who

    def actor(self, name: str | None) -> Actor | None:
        """The one actor who bears a name, if there is exactly one."""
        return self.actors.get(self._names.get(fold(name or ""), ""))

    def side(self, name: str | None) -> str:
        """The body that a name stands for; the name itself where no body is known, "not stated" where none is given."""
        side = side_of(self.actor(name), self.actors)
        return named(side.name if side else name)

    def veil(self, text: str) -> str:
        """A text with a role in place of the name of somebody who is only handed over."""
        return veil(text, self.veiled)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The two leading parties as far as these reports show; fewer where they don't."""
        return self._sides.parties

    @cached_property
    def _sides(self) -> Sides:
        return sides(self.record.actors, self.record.acts, self.record.needs, self.record.texts)

    def party(self, name: str, article: str) -> str:
        """The party that a name in a report counts with, else the body that it stands for."""
        return self._sides.of(name, article) or self.side(name)

    # ---------------------------------------------------------------- whose words

    @cached_property
    def _statements_in(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.record.statements:
            found[statement.article].append(statement)
        return found

    def statement_around(self, article: str, start: int, end: int) -> Statement | None:
        """The shortest statement whose content holds a stretch of a report."""
        around = [
            (sum(piece.end - piece.start for piece in one.content), one.id, one)
            for one in self._statements_in[article]
            if any(piece.start < end and start < piece.end for piece in one.content)
        ]
        return min(around)[2] if around else None

    def speaker(self, statement: Statement) -> str:
        """Who says it; an unnamed official where the report gives no name."""
        actor = self.actors.get(statement.actor or "")
        name = actor.name if actor and actor.kind != "role" else statement.speaker_name
        return self.veil(" ".join(name.split()) or UNNAMED)

    def told(self, statement: Statement, verb: str = "said") -> Told:
        """A statement as a cell shows it."""
        who = self.speaker(statement)
        return Told(
            who,
            verb,
            clipped(self.veil(" … ".join(piece.text for piece in statement.content))),
            statement.kind == "direct",
            self._via(who, statement.chain),
            day(statement.date, short=True),
            self.source(statement),
            in_captivity(statement.speaker_name),
        )

    def told_act(self, act: Act) -> Told:
        """An act as a cell shows it: the words that tell it, and who tells it."""
        statement = self.statements.get(act.statement or "")
        who = self.veil(named(act.actor))
        relays = (*statement.chain, self.speaker(statement)) if statement else ()
        via = self._via(who, relays)
        words = clipped(self.veil(act.text))
        return Told(who, act_word(act), words, False, via, day(act.date, short=True), self.source(act))

    def _via(self, who: str, relays: tuple[str, ...]) -> tuple[str, ...]:
        """The relays from the speaker on, without those that are the speaker under another name."""
        own = self.actor(who)
        others = (
            name for name in reversed(relays) if name != who and (own is None or self.actor(name) is not own)
        )
        return tuple(dict.fromkeys(self.veil(name) for name in others))

    def giver(self, figure: Figure) -> str:
        """Who gives a figure: the speaker whose words hold it, else the outlet itself."""
        statement = self.statement_around(figure.article, figure.start, figure.end)
        return self.speaker(statement) if statement else OWN_VOICE

    def told_need(self, need: Need) -> Told:
        """A condition's sentence with whose it is; where its holder does not say it, as told by whoever does."""
        around = [
            one
            for one in self._statements_in[need.article]
            if any(piece.start < need.end and need.start < piece.end for piece in one.content)
        ]
        own = [one for one in around if fold(one.speaker_name) == fold(need.holder)]
        longest = max(
            own or around, key=lambda one: (sum(p.end - p.start for p in one.content), one.id), default=None
        )
        who = self.veil(named(need.holder))
        via: tuple[str, ...] = ()
        if longest:
            via = self._via(who, longest.chain if own else (self.speaker(longest),))
        article = self.articles[need.article]
        if not via and article.kind != "agreement" and not (own and longest and longest.kind == "direct"):
            via = (article.outlet,)
        return Told(who, "", clipped(self.veil(need.text), 320), False, via, "", self.source(need))

    @cached_property
    def drifts_of(self) -> dict[str, list[Drift]]:
        """Lineage id -> what changed on the way."""
        found: dict[str, list[Drift]] = defaultdict(list)
        for drift in self.record.drifts:
            found[drift.lineage].append(drift)
        return found

    @cached_property
    def claim_of(self) -> dict[str, Claim]:
        """Statement id -> the claim that it belongs to."""
        return {statement: claim for claim in self.record.claims for statement in claim.says}


def without_copies(rows: list[Told]) -> list[Told]:
    """Cells in order, those from copies left out where the copied report has one by the same side."""
    own = {(row.who, row.source.mark) for row in rows if not row.source.copy_of}
    return [row for row in rows if not row.source.copy_of or (row.who, row.source.copy_of) not in own]
