"""What a row is called in words, for whoever would otherwise read its id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from parley.agreement.telling import said_words, subject_name, term_words
from parley.contract import tables
from parley.linking.counted import plain
from parley.model import Record

LONGEST = 90  # characters of a row's words
# One and several rows of a table, as people call them; a table without an entry is called by its name.
KINDS: Mapping[str, tuple[str, str]] = {
    "articles": ("report", "reports"),
    "statements": ("statement", "statements"),
    "figures": ("figure", "figures"),
    "times": ("day", "days"),
    "places": ("place", "places"),
    "acts": ("act", "acts"),
    "needs": ("condition", "conditions"),
    "deeds": ("deed", "deeds"),
    "actors": ("name", "names"),
    "claims": ("claim", "claims"),
    "lineage": ("copy or rewrite", "copies and rewrites"),
    "figure_relations": ("comparison of figures", "comparisons of figures"),
    "tallies": ("total", "totals"),
    "rounds": ("release or handover", "releases and handovers"),
    "phases": ("phase", "phases"),
    "terms": ("provision", "provisions"),
    "third_parties": ("third party", "third parties"),
    "accounts": ("account of where it stands", "accounts of where it stands"),
    "waits": ("loop of waiting", "loops of waiting"),
    "proposals": ("proposal", "proposals"),
    "positions": ("position", "positions"),
    "shifts": ("shift", "shifts"),
    "breaches": ("alleged violation", "alleged violations"),
    "threats": ("warning", "warnings"),
    "drifts": ("change in retelling", "changes in retelling"),
    "shared_passages": ("background passage", "background passages"),
    "struck": ("row called wrong", "rows called wrong"),
    "names_shown": ("decision about a name", "decisions about names"),
    "notes": ("note", "notes"),
}


class RowWords:
    """The rows of a record by id, and what each is called."""

    def __init__(self, record: Record) -> None:
        """Index a record; what somebody called wrong goes by the id that it had."""
        self._record = record
        self._rows = {
            row.id: (name, row) for name in tables() for row in getattr(record, name) if hasattr(row, "id")
        }
        self._rows |= {one.row: ("struck", one) for one in record.struck}

    def __contains__(self, row: str) -> bool:
        """Whether the record has a row of an id."""
        return row in self._rows

    def kind(self, row: str) -> str:
        """What kind of row it is: "statement", "alleged violation"; "row" where the record has none of that id."""
        name = self._rows[row][0] if row in self._rows else ""
        return KINDS.get(name, (name.replace("_", " ") or "row",))[0]

    def words(self, row: str) -> str:
        """A row in a few words: who says what, which count, whose condition; the id itself where there is none."""
        if row not in self._rows:
            return row
        name, value = self._rows[row]
        made = WORDS[name](self, value) if name in WORDS else str(getattr(value, "text", "") or row)
        line = " ".join(made.split())
        return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"

    def first(self, rows: Iterable[str]) -> str:
        """The words of the first of some rows."""
        return next((self.words(one) for one in rows), "")

    def article(self, row: str, among: Collection[str]) -> str:
        """The report in which a row stands, if it is one of these tables; else empty."""
        name, value = self._rows.get(row, ("", None))
        return str(getattr(value, "article", "")) if name in among else ""

    def file(self, article: str) -> str:
        """A report's file."""
        return str(getattr(self._rows.get(article, ("", None))[1], "file", article))

    def outlet(self, article: str) -> str:
        """A report's outlet."""
        return str(getattr(self._rows.get(article, ("", None))[1], "outlet", article))

    def values(self, figures: Iterable[str]) -> str:
        """The words of some figures, each once."""
        told = (str(getattr(self._rows.get(one, ("", None))[1], "text", one)) for one in figures)
        return " / ".join(dict.fromkeys(f"“{words}”" for words in told))

    def subject(self, key: str) -> str:
        """A provision, phase or talks by name."""
        return subject_name(self._record, key)


def _way(row: Any) -> str:  # noqa: ANN401 - a total or a handover
    return f"{row.from_ or 'giver not stated'} to {row.to or 'receiver not stated'}"


WORDS: Mapping[str, Callable[[RowWords, Any], str]] = {
    "articles": lambda of, one: f"{one.outlet}, {one.published or 'no day'}: {one.title or one.file}",
    "statements": lambda of, one: f"{one.speaker_name}: “{one.content[0].text}”",
    "figures": lambda of, one: f"“{one.text}” ({of.outlet(one.article)})",
    "acts": lambda of, one: f"{one.actor}: “{one.text}”",
    "needs": lambda of, one: f"{one.holder}: “{one.act}” waits for “{one.needs}”",
    "deeds": lambda of, one: f"{one.actor} {one.verb} {one.object}",
    "actors": lambda of, one: one.name,
    "claims": lambda of, one: of.first(one.says),
    "lineage": lambda of, one: f"{of.file(one.derived)}, {one.kind} of {of.file(one.from_)}",
    "figure_relations": lambda of, one: f"{one.relation.replace('_', ' ')}: {of.values(one.figures)}",
    "tallies": lambda of, one: f"{plain(one.total)} {one.what}, {_way(one)}",
    "rounds": lambda of, one: f"{one.day or 'no day'}: {plain(one.count)} {one.what}, {_way(one)}",
    "phases": lambda of, one: one.name,
    "terms": lambda of, one: term_words(one),
    "third_parties": lambda of, one: f"{one.name}, {one.role}",
    "accounts": lambda of, one: f"{of.subject(one.subject)}: {said_words(one)} ({one.outlet})",
    "waits": lambda of, one: " / ".join(one.loop),
    "proposals": lambda of, one: f"{one.name} by {one.by}",
    "positions": lambda of, one: f"{one.party} on {one.issue}: {one.stance} “{one.act}”",
    "shifts": lambda of, one: f"{one.party} on {one.issue}: {one.why}",
    "breaches": lambda of, one: f"{one.accuser} of {one.accused}: “{one.text or one.term}”",
    "threats": lambda of, one: f"{one.by}: {one.consequence}",
    "drifts": lambda of, one: f"{one.kind.replace('_', ' ')}: {one.note}",
    "shared_passages": lambda of, one: f"“{one.spans[0][1].text}”",
    "names_shown": lambda of, one: one.name,
}
