"""What people entered beside the reports, as pages show it: notes and codes, each with the row that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from parley.briefing.lookup import Lookup
from parley.briefing.reports import TABLES
from parley.briefing.wording import day, listed
from parley.byhand.codes import current, standing, values_of
from parley.model import Article, Code, CodeDefinition, Note, Record
from parley.rowwords import RowWords


@dataclass(frozen=True, slots=True)
class About:
    """The row that something entered is about: what kind, in which words, with a link where a page shows it."""

    kind: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as pages show it."""

    id: str
    kind: str
    words: str
    speaker: str
    translation: str
    translator: str
    entered: str  # by whom and when
    details: tuple[tuple[str, str], ...]
    restricted: str  # for whom it is where that isn't everybody
    about: About | None


@dataclass(frozen=True, slots=True)
class CodeLabel:
    """What coders said of a row by one code: "tone: mild"; and what the codebook means by it, with who said so."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A row with one coder's code on it."""

    about: About
    row: str
    code: str
    value: str
    coder: str
    when: str


@dataclass(frozen=True, slots=True)
class OnRow:
    """What was entered about one row."""

    notes: tuple[NoteLine, ...] = ()
    codes: tuple[CodeLabel, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.notes or self.codes)


NOTHING = OnRow()


class ByHand:
    """The notes and codes of a record, by what they are about."""

    def __init__(self, whole: Record, look: Lookup, links: Callable[[], Mapping[str, str]]) -> None:
        """`whole` has what people entered, too; `links`: row id -> where a page shows a row that stands in no report."""
        self._look = look
        self._links = cache(links)  # and the words of rows are only wanted where something was entered
        self._words = cache(partial(RowWords, whole))
        articles = {one.id: one for one in whole.articles}
        self.book: Mapping[str, CodeDefinition] = current(whole.codebook)
        self.notes = tuple(self._note(one, articles[one.article]) for one in whole.notes)
        standing_codes = standing(whole.codes)
        self.codes = tuple(self._coded(one) for one in standing_codes)
        self._on = self._by_row(whole, standing_codes)

    def on(self, row: str) -> OnRow:
        """What was entered about a row."""
        return self._on.get(row, NOTHING)

    def _by_row(self, whole: Record, codes: tuple[Code, ...]) -> dict[str, OnRow]:
        notes: dict[str, list[NoteLine]] = defaultdict(list)
        for line, note in zip(self.notes, whole.notes):
            notes[note.about].append(line)
        said: dict[str, dict[str, list[Code]]] = defaultdict(lambda: defaultdict(list))
        for one in codes:
            said[one.row][one.code].append(one)
        return {
            row: OnRow(
                tuple(notes.get(row, ())),
                tuple(self._label(code, found) for code, found in said.get(row, {}).items()),
            )
            for row in {*notes, *said} - {""}
        }

    def _label(self, code: str, said: list[Code]) -> CodeLabel:
        """One label for all coders of a row and code; where they differ it has every value."""
        values = dict.fromkeys(one.value for one in said)
        means = self.book.get(code)
        words = [f"{means.label}. {means.definition}".strip(" .")] if means else []
        words.append("; ".join(f"{one.coder}: {one.value}" for one in said))
        return CodeLabel(f"{code}: {' / '.join(values)}", ". ".join(filter(None, words)))

    def _coded(self, one: Code) -> CodedRow:
        return CodedRow(self.about(one.row), one.row, one.code, one.value, one.coder, _when(one.at))

    def about(self, row: str) -> About:
        """A row in words with a link to it."""
        return About(self._words().kind(row), self._look.veil(self._words().words(row)), self._href(row))

    def _href(self, row: str) -> str:
        """Where a page shows a row; empty where none does."""
        article = self._words().article(row, TABLES)
        if row in self._look.articles:
            return self._look.page(row)
        return (
            f"{self._look.page(article)}#{row}"
            if article in self._look.articles
            else self._links().get(row, "")
        )

    def _note(self, one: Note, article: Article) -> NoteLine:
        told = (("day", day(one.day)), ("from", one.source or one.row), ("language", one.language), *one.own)
        veil = self._look.veil
        return NoteLine(
            one.id,
            one.kind,
            veil(one.text),
            veil(one.speaker),
            veil(one.translation.text) if one.translation else "",
            one.translator,
            ", ".join(filter(None, (one.entered_by, _when(one.entered_at)))),
            tuple((name, veil(value)) for name, value in told if value),
            _restricted(article),
            self.about(one.about) if one.about else None,
        )


def _when(at: str) -> str:
    """The day of an instant in words; as it stands where it is none."""
    try:
        return day(date.fromisoformat(at[:10]), short=True)
    except ValueError:
        return at


def _restricted(article: Article) -> str:
    parts = [article.sensitivity] if article.sensitivity != "public" else []
    return listed([*parts, *([f"embargo until {day(article.embargo)}"] if article.embargo else [])])


def codebook_rows(book: Mapping[str, CodeDefinition]) -> list[tuple[str, str, str, str]]:
    """(code, label, definition, values) of every code, as a page lists them."""
    return [(one.code, one.label, one.definition, listed(values_of(one))) for one in book.values()]
