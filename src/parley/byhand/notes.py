"""Notes: observations, statements with a translation, rows of a sheet. Each comes in as a text that says who entered it.

The text has one field per line, "name (characters): value", so that every value stands in it verbatim, of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.errors import EnteredError
from parley.model import SENSITIVITIES, Article, Note, Record, article_id, row_id, span_of
from parley.sources.encoding import plain_newlines, whole
from parley.sources.entered import OUTLET

KINDS = ("note", "observation", "statement", "row")
DEFAULT = SENSITIVITIES[1]  # a person's own words are for their own house until they say otherwise
FIRST = "kind"  # the field that begins an entry
OWN = "own."  # before the name of a column that has no field of its own
FIELDS = (
    *(FIRST, "entered_by", "entered_at", "about", "speaker", "day", "source", "row", "language"),
    *("words", "translator", "translation"),
)
NAME = re.compile(r"[a-z][a-z0-9_]*")
LINE = re.compile(r"((?:own\.)?[a-z][a-z0-9_]*) \((\d+)\): ")
Typed = Mapping[str, str]  # field -> value, as somebody typed it


def note_article(
    typed: Sequence[Typed], file: str, sensitivity: str = DEFAULT, embargo: date | None = None
) -> Article:
    """The article that holds one or more notes. Raises EnteredError that names the field."""
    text = "".join(_entry(one) for one in typed)
    return Article(
        article_id(OUTLET, file, None, text),
        file,
        OUTLET,
        text,
        kind="note",
        language="",
        sensitivity=sensitivity,
        embargo=embargo,
    )


def without_known(typed: Iterable[Typed], articles: Iterable[Article]) -> list[dict[str, str]]:
    """Those notes that none of the articles holds with the same fields, whenever it was entered."""
    there = {
        _apart_from_time({name: article.text[start:end] for name, (start, end) in entry.items()})
        for article in articles
        if article.kind == "note"
        for entry in _entries(article.text)
    }
    return [one for one in map(_plain, typed) if _apart_from_time(one) not in there]


def _apart_from_time(fields: Typed) -> frozenset[tuple[str, str]]:
    return frozenset((name, value) for name, value in fields.items() if name != "entered_at")


def _plain(typed: Typed) -> dict[str, str]:
    """The filled fields as they are kept."""
    kept = ((name, whole(plain_newlines(value.strip()))) for name, value in typed.items())
    return {name: value for name, value in kept if value}


def _entry(typed: Typed) -> str:
    """One note as it stands in its article."""
    fields = _plain(typed)
    check(fields)
    own = sorted(name for name in fields if name.startswith(OWN))
    return "".join(
        f"{name} ({len(fields[name])}): {fields[name]}\n" for name in (*FIELDS, *own) if name in fields
    )


def check(fields: Typed) -> None:
    """Raise EnteredError where the fields of a note do not fit, in the form "field: why and what to do"."""
    for name in fields:
        if name not in FIELDS and not (name.startswith(OWN) and NAME.fullmatch(name.removeprefix(OWN))):
            raise EnteredError(f"{name}: no such field. Known are {', '.join(FIELDS[3:])}, and {OWN}NAME.")
    if not fields.get("words"):
        raise EnteredError("words: they are empty. Give the words that are to be kept.")
    if not fields.get("entered_by"):
        raise EnteredError("author: nobody is named. Give --author NAME, or set PARLEY_AUTHOR.")
    if fields.get(FIRST) not in KINDS:
        raise EnteredError(f"kind: {fields.get(FIRST, '')!r} is none of {', '.join(KINDS)}.")
    if fields[FIRST] == "statement" and not fields.get("speaker"):
        raise EnteredError("speaker: nobody is named. Say whose words these are.")
    if bool(fields.get("translation")) != bool(fields.get("translator")):
        raise EnteredError("translation: give it together with its translator, or neither.")
    if fields.get("translation") and not fields.get("language"):
        raise EnteredError("language: give that of the original words, as in: ar")
    try:
        date.fromisoformat(fields.get("day") or "2000-01-01")
    except ValueError:
        raise EnteredError(f"day: {fields['day']!r} is no day. Give it as YYYY-MM-DD.") from None


def read_notes(articles: Iterable[Article]) -> tuple[Note, ...]:
    """The notes of every article of kind note, in order; a text that somebody else wrote is one note as a whole."""
    held = (article for article in articles if article.kind == "note")
    return tuple(note for article in held for note in _notes(article))


def _notes(article: Article) -> Iterator[Note]:
    entries = _entries(article.text)
    if not entries:
        text = article.text
        made = row_id("note", article.id, [(0, len(text))], "note")
        yield Note(made, article.id, 0, len(text), text, "note", article.byline or article.outlet)
    for entry in entries:
        yield _note(article, entry)


def _entries(text: str) -> list[dict[str, tuple[int, int]]]:
    """Where the fields of each entry stand; none if the text is not one that `note_article` made."""
    found: list[dict[str, tuple[int, int]]] = []
    at = 0
    while at < len(text):
        line = LINE.match(text, at)
        start, end = (line.end(), line.end() + int(line[2])) if line else (0, -1)
        if line is None or text[end : end + 1] != "\n" or (not found and line[1] != FIRST):
            return []
        if line[1] == FIRST:
            found.append({})
        found[-1][line[1]] = start, end
        at = end + 1
    return found if all("words" in entry and "entered_by" in entry for entry in found) else []


def _note(article: Article, entry: Mapping[str, tuple[int, int]]) -> Note:
    value = {name: article.text[start:end] for name, (start, end) in entry.items()}
    start, end = entry["words"]
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", value.get("day", ""))  # a block stands where one was removed
    plain = ("about", "speaker", "language", "translator", "source", "row")
    return Note(
        row_id("note", article.id, [(start, end)], value[FIRST]),
        article.id,
        start,
        end,
        value["words"],
        value[FIRST],
        value["entered_by"],
        value.get("entered_at", ""),
        translation=span_of(article.text, *entry["translation"]) if "translation" in entry else None,
        day=date.fromisoformat(day[0]) if day else None,
        own=tuple((name.removeprefix(OWN), value[name]) for name in value if name.startswith(OWN)),
        **{name: value[name] for name in plain if name in value},
    )


def with_notes(record: Record, made: Iterable[Article]) -> Record:
    """A record with more notes: the same as it would be built with them, since nothing is read in a note."""
    articles = {article.id: article for article in (*record.articles, *made)}
    ordered = tuple(sorted(articles.values(), key=lambda one: (str(one.published), one.file, one.id)))
    return replace(record, articles=ordered, notes=read_notes(ordered))
