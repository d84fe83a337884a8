"""What stands beside a row in a table: the words that it rests on with outlet and day, and what other codebooks ask."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from parley.contract import tables
from parley.harm import by_name
from parley.linking.text import fold, stem
from parley.model import Act, Article, Code, Figure, Lineage, Need, Record, Statement, Time
from parley.vocabulary import vocabulary

RESTS_ON = ("figures", "says", "edges", "evidence")  # in the order in which a kind of row may have them
QUOTED = 3  # rows whose words stand beside a derived row
PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))  # UCDP GED date_prec: days that a span may have, code
LEAST_PRECISE = 5
BETWEEN = " | "  # what stands beside a row of each place that it rests on


@dataclass(frozen=True)
class Group:
    """Columns that are made together, with the type of their cells."""

    columns: Mapping[str, type]
    cells: Callable[[Beside, Any], tuple[str | int | float | date | None, ...]]


class Beside:
    """A record with the indexes that the columns beside its rows need."""

    def __init__(self, record: Record) -> None:
        """Index a record's articles."""
        self.record = record
        self.articles = {article.id: article for article in record.articles}

    @cached_property
    def _rows(self) -> dict[str, Any]:
        return {row.id: row for name in tables() for row in getattr(self.record, name) if hasattr(row, "id")}

    @cached_property
    def _acts(self) -> dict[str, list[Act]]:
        found: dict[str, list[Act]] = defaultdict(list)
        for act in self.record.acts:
            found[act.article].append(act)
        return found

    @cached_property
    def _times(self) -> dict[str, list[Time]]:
        found: dict[str, list[Time]] = defaultdict(list)
        for time in self.record.times:
            found[time.article].append(time)
        return found

    @cached_property
    def bound_by(self) -> dict[str, dict[str, None]]:
        """Article id -> those named in the record whom its provisions bind, in order."""
        ids = by_name(self.record.actors)
        names = {actor.id: actor.name for actor in self.record.actors}
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for term in self.record.terms:
            bearer = ids.get(fold((term.bearer or "").removeprefix("the ")))
            for article in (term.article, *term.evidence) if bearer else ():
                found[article][names[bearer or ""]] = None
        return found

    # ---------------------------------------------------------------- sources

    def sources(self, row: Any) -> list[tuple[str, Article]]:  # noqa: ANN401 - a row of any table
        """(words, report) of the first few places that a row was read from or rests on."""
        return [found for found, _ in zip(self._places(row), range(QUOTED))]

    def _places(self, row: Any, deep: int = 2) -> Iterator[tuple[str, Article]]:  # noqa: ANN401
        """A row's own words, else those of its evidence, which may itself be derived."""
        if isinstance(row, Article):
            yield row.title, row
        elif getattr(row, "article", "") in self.articles and words_of(row):
            yield words_of(row), self.articles[row.article]
        elif deep:
            ids = _rests_on(row)
            yield from (
                place for one in ids if one in self._rows for place in self._places(self._rows[one], deep - 1)
            )
            for mention in getattr(row, "mentions", ()):
                yield mention.text, self.articles[mention.article]

    # ---------------------------------------------------------------- days

    def days(self, figure: Figure) -> tuple[date, date] | None:
        """The days on which what a figure counts is told to have happened, by the shortest dated act around it."""
        around = [
            act
            for act in self._acts[figure.article]
            if act.date and act.start <= figure.start and figure.end <= act.end
        ]
        if not around:
            return None
        act = min(around, key=lambda one: (one.end - one.start, one.id))
        spans = [
            (time.start, time.end)
            for time in self._times[figure.article]
            if act.start <= time.at[0] < act.end and time.start == act.date and time.start and time.end
        ]
        return max(spans, default=(act.date, act.date))  # type: ignore[return-value]  # `around` has dated ones only

    # ---------------------------------------------------------------- whose words

    @cached_property
    def _statements(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.record.statements:
            found[statement.article].append(statement)
        return found

    def said_by(self, article: str, start: int, end: int) -> str:
        """The speaker of the shortest statement around a stretch of a report, relays behind; empty for the outlet."""
        around = [
            (sum(piece.end - piece.start for piece in one.content), one.id, one)
            for one in self._statements[article]
            if any(piece.start < end and start < piece.end for piece in one.content)
        ]
        return told_by(min(around)[2]) if around else ""


def words_of(row: Any) -> str:  # noqa: ANN401 - a row of any table
    """The words of a text that a row was read from; empty for a derived row."""
    content = getattr(row, "content", None)
    return " … ".join(piece.text for piece in content) if content else str(getattr(row, "text", ""))


def told_by(statement: Statement) -> str:
    """Who says a statement, and through whom."""
    return ", as told by ".join((statement.speaker_name or "not stated", *reversed(statement.chain)))


def saying(statement: Statement) -> str:
    """Who says a statement, through whom and by which word: that it is denied must never get lost."""
    return told_by(statement) + (f" (“{statement.cue.text}”)" if statement.cue else "")


def address_of(article: Article) -> str:
    """A report's address where it is one that may be followed; else empty."""
    return article.url if article.url.startswith(("http://", "https://")) else ""


def _rests_on(row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of any table
    """The ids that a derived row rests on; of a code the row that it is on."""
    if isinstance(row, Lineage):
        return row.derived, row.from_
    if isinstance(row, Code):
        return (row.row,)
    return next((getattr(row, field) for field in RESTS_ON if getattr(row, field, ())), ())


# ---------------------------------------------------------------- the columns


def _sources(beside: Beside, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of any table
    """Words, outlet, day, headline and address of the places that a row rests on, each in one order."""
    found = [
        (words, one.outlet, str(one.published or ""), one.title, one.url)
        for words, one in beside.sources(row)
    ]
    return tuple(BETWEEN.join(cells) if any(cells) else "" for cells in zip(*found)) or ("",) * len(SOURCE)


def _plover(act: Act) -> str:
    """An act's PLOVER event type; what was performed is told apart by its words."""
    if act.act == "PERFORM":
        words = {stem(word) for word in re.findall(r"\w+", fold(act.text))}
        for label, known in vocabulary("columns")["performed"].items():
            if words & {stem(word) for word in known}:
                return str(label)
    return str(vocabulary("acts")["plover"][act.act])


def _days(beside: Beside, figure: Figure) -> tuple[date | int | None, ...]:
    """First and last day of what a figure counts, and how exact they are as UCDP GED counts it: 1 a day, 5 over a month."""
    days = beside.days(figure)
    if days is None:
        return None, None, None
    long = (days[1] - days[0]).days + 1
    return *days, next((code for most, code in PRECISION if long <= most), LEAST_PRECISE)


def _best(figure: Figure) -> float | None:
    """A figure's one value; none where the text gives a range, an open end or no number."""
    return figure.low if figure.low == figure.high else None


def _stage(article: Article) -> str:
    """The PA-X stage that the words of an agreement's title tell; empty where they don't."""
    title = fold(article.title)
    found = (
        str(stage)
        for stage, words in vocabulary("columns")["stages"].items()
        if article.kind == "agreement" and any(word in title for word in words)
    )
    return next(found, "")


def _parties(beside: Beside, article: Article) -> str:
    """Those named in the record whom an agreement's own provisions bind."""
    if article.kind != "agreement":
        return ""
    return "; ".join(beside.bound_by.get(article.id, ()))


def _third_parties(beside: Beside, article: Article) -> str:
    """Third parties to an agreement with their roles."""
    if article.kind != "agreement":
        return ""
    return "; ".join(dict.fromkeys(f"{one.name} ({one.role})" for one in beside.record.third_parties))


def _said_by(beside: Beside, row: Act | Figure | Need) -> str:
    """Who says what a row holds; empty where the outlet itself does."""
    return beside.said_by(row.article, row.start, row.end)


SOURCE = dict.fromkeys(("source_words", "source_outlet", "source_day", "source_headline", "source_url"), str)
SAID_BY = Group({"said_by": str}, lambda beside, row: (_said_by(beside, row),))
OWN: dict[str, tuple[Group, ...]] = {
    "articles": (
        Group(
            {"stage": str, "parties": str, "third_parties": str},
            lambda beside, row: (_stage(row), _parties(beside, row), _third_parties(beside, row)),
        ),
    ),
    "acts": (SAID_BY, Group({"plover": str}, lambda beside, row: (_plover(row),))),
    "needs": (SAID_BY,),
    "figures": (
        SAID_BY,
        Group({"best": float}, lambda beside, row: (_best(row),)),
        Group({"date_start": date, "date_end": date, "date_prec": int}, _days),
    ),
}


def groups_beside(table: str) -> tuple[Group, ...]:
    """The columns beside those of a table's own fields."""
    return OWN.get(table, ()) + (() if table in {"articles", "unread"} else (Group(SOURCE, _sources),))
