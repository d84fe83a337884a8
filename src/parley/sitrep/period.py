"""A record as it was known by the last day of a period: what the period brought, and lines with their footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from parley.briefing.cite import footnote
from parley.briefing.first import title_of
from parley.briefing.lookup import Lookup
from parley.briefing.wording import clipped, day, listed
from parley.model import Article, Breach, Figure, Need, Record, Span, Statement, Time
from parley.sitrep.values import Footnote, Line, Section
from parley.summary import as_reported

LONGEST_QUOTE = 320  # characters of somebody's words in a footnote
LONGEST_LINE = 240  # ... and in a line
BULLETS = " *•·–—-"  # what stands before an item of a list that a text holds
SINGLE = str.maketrans("“”", "‘’")
MOST_STANDING = 12  # lines of what stood before, with those that belong to them
MOST_FOOTNOTES = 3  # footnotes behind one line; its rows name the rest
TABLES = ("statements", "figures", "times", "acts", "needs", "accounts", "breaches", "terms")
Placed = TypeVar("Placed", Need, Breach)


class Period:
    """A record and the days from `since` to `until`, both inclusive; "new" means first reported on one of them."""

    def __init__(self, record: Record, since: date, until: date) -> None:
        """Index a record that holds nothing published after `until`."""
        self.whole = record  # with what a person entered beside the reports
        self.record = as_reported(record)
        self.since = since
        self.until = until
        self.look = Lookup(self.record)
        self.rows = {row.id: row for table in TABLES for row in getattr(self.record, table)}

    @cached_property
    def arrived(self) -> tuple[Article, ...]:
        """The texts that were published in the period."""
        return tuple(one for one in self.record.texts if one.published and self.holds(one.published))

    @cached_property
    def quiet(self) -> str:
        """What is printed where nothing is new."""
        if not self.arrived:
            return "No change: the record holds no text of this period."
        if len(self.arrived) == 1:
            return "No change: the one text of this period tells nothing new here."
        return f"No change: none of the {len(self.arrived)} texts of this period tells anything new here."

    def holds(self, when: date | None) -> bool:
        """Whether a day lies in the period."""
        return when is not None and self.since <= when <= self.until

    def reports(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Ids of the texts that rows stand in, each once; a text's own id stands for itself."""
        found = (row if row in self.look.articles else self._article(row) for row in rows)
        return tuple(one for one in dict.fromkeys(found) if one in self.look.articles)

    def _article(self, row: str) -> str:
        """The text that a row stands in; what a person entered stands in none that was read."""
        return str(getattr(self.rows.get(row), "article", ""))

    def known(self, rows: Iterable[str]) -> date | None:
        """The day on which the earliest of the texts behind rows was published."""
        days = [self.look.articles[one].published for one in self.reports(rows)]
        return min((one for one in days if one), default=None)

    def is_new(self, rows: Iterable[str]) -> bool:
        """Whether rows were first reported in the period."""
        return self.holds(self.known(rows))

    def adds(self, rows: Iterable[str]) -> bool:
        """Whether any of the rows was reported in the period, by a text that is no copy."""
        return any(self.is_new([one]) for one in rows if not self.copied(one))

    def late(self, when: date | None) -> str:
        """That something told of a day before the period is newly reported; empty where it is not so."""
        return f" (told of {day(when)}, newly reported)" if when and when < self.since else ""

    def first_told(self, rows: Iterable[str]) -> str:
        """The day on which rows were first reported, where that was before the period."""
        known = self.known(rows)
        return f", first told on {day(known)}" if known and known < self.since else ""

    def own(self, rows: Sequence[Placed]) -> list[Placed]:
        """Rows that are not copied from another text; all of them where there are no others."""
        return [one for one in rows if not self.copied(one.id)] or list(rows)

    def copied(self, row: str) -> bool:
        """Whether a row, or a whole text, is taken from another text; of an excerpt only what stands in its passages."""
        article = next(iter(self.reports([row])), "")
        passages = self._passages.get(article)
        if row == article or passages is None:
            return passages is not None
        start, end = self._span(row)
        return not passages or any(one.start < end and start < one.end for one in passages)

    @cached_property
    def _passages(self) -> dict[str, tuple[Span, ...]]:
        """Text that derives from another -> its passages that do; none where all of it does."""
        return {
            edge.derived: tuple(span for span, _ in edge.passages) if edge.kind == "excerpt" else ()
            for edge in self.record.lineage
        }

    def _span(self, row: str) -> tuple[int, int]:
        """Where a row stands in its text."""
        value = self.rows[row]
        if isinstance(value, Statement):
            return value.content[0].start, value.content[-1].end
        return value.at if isinstance(value, Time) else (value.start, value.end)

    def outlets(self, rows: Sequence[str]) -> str:
        """The outlets that rows stand in, copies left out where an original has them: "Coastal Wire and The Gazette"."""
        own = self.reports([one for one in rows if not self.copied(one)]) or self.reports(rows)
        return listed(tuple(dict.fromkeys(self.look.articles[one].outlet for one in own)))

    def line(self, text: str, rows: Sequence[str] = (), level: int = 0) -> Line:
        """A line with footnotes to its rows; a role stands in for the name of somebody who is only handed over."""
        notes: dict[tuple[str, str], Footnote] = {}
        for row in sorted(rows, key=self.copied):
            note = self.footnote(row)
            if note:
                notes.setdefault((note.article, note.quote), note)
        behind = tuple(dict.fromkeys((*rows, *self._actors(rows), *self.reports(rows))))
        kept = [one for one in notes.values() if not any(_holds(other, one) for other in notes.values())]
        words = self.look.veil(" ".join(text.split()))
        return Line(words[:1].upper() + words[1:], tuple(kept[:MOST_FOOTNOTES]), behind, level)

    def _actors(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Ids of those who speak in rows, as a correction may be about them."""
        said = (self.look.statements.get(one) for one in rows)
        return tuple(one.actor for one in said if one and one.actor)

    def footnote(self, row: str) -> Footnote | None:
        """The footnote of a row or of a whole text; None for what stands in no text of the record."""
        article = next((self.look.articles[one] for one in self.reports([row])), None)
        if article is None:
            return None
        return self._footnote(article, row, self._words(row, article))

    def _footnote(self, article: Article, row: str, words: str) -> Footnote:
        quote = clipped(self.look.veil(words), LONGEST_QUOTE)
        shown = replace(article, title=self.look.veil(title_of(article)))
        return Footnote(footnote(shown, quote), quote, article.url, article.id, row)

    def quoting(self, text: str, words: str, articles: Sequence[str]) -> Line:
        """A line that belongs to the one before it, with a footnote to the text in which its words stand verbatim."""
        held = [one for one in articles if words in self.look.articles[one].text]
        found = next(iter(sorted(held, key=self.copied)), "")
        line = self.line(text, [found] if found else [], level=1)
        return (
            replace(line, footnotes=(self._footnote(self.look.articles[found], found, words),))
            if found
            else line
        )

    def _words(self, row: str, article: Article) -> str:
        """A row's own words; of a figure or a day the sentence around it; nothing of a whole text."""
        value = self.rows.get(row)
        if value is None:
            return ""
        if isinstance(value, Statement):
            return " … ".join(piece.text for piece in value.content)
        start, end = self._span(row)
        around = self.look.sentence(article.id, start) if isinstance(value, Figure | Time) else ""
        return around or article.text[start:end]

    def section(
        self,
        key: str,
        heading: str,
        new: Iterable[Line],
        standing: Iterable[Line] = (),
        always: Iterable[Line] = (),
    ) -> Section:
        """A heading's section; what stood before is cut where it is long."""
        before = tuple(standing)
        heads = [at for at, line in enumerate(before) if not line.level]
        if len(heads) > MOST_STANDING:
            more = f"And {len(heads) - MOST_STANDING} more from before this period, which the record lists."
            before = (*before[: heads[MOST_STANDING]], self.line(more))
        return Section(key, heading, tuple(new), before, tuple(always), self.quiet)


def _holds(note: Footnote, other: Footnote) -> bool:
    """Whether a footnote gives the words of another of the same text and more."""
    return note.article == other.article and note.quote != other.quote and other.quote in note.quote


def quoted(words: str, longest: int = LONGEST_LINE) -> str:
    """Words in quotation marks on one line, cut where they are long; marks inside them become single ones."""
    inside = clipped(words, longest).lstrip(BULLETS).rstrip(" ,;:.")
    if inside[:1] == "“" and inside.find("”") in {-1, len(inside) - 1}:
        inside = inside.strip("“”").rstrip(" ,;:.")
    inside += "”" * (inside.count("“") - inside.count("”"))  # the words stop before the mark that closes them
    return f"“{inside.translate(SINGLE)}”"
