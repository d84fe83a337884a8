"""Redaction: words of a person or a text are taken out for good, and known again by a salted hash if they come in again.

A block of the same length stands in the place of removed words, so that offsets hold. What is hashed are folded words
("Mira Oduya's" is found by "mira oduya"), in windows as long as the mark; one with a record's file can test a guess.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from parley.byhand.codes import code_id
from parley.contract import from_data, tables, to_data
from parley.corrections import find_row
from parley.corrections.apply import READ, spans_of
from parley.errors import CorrectionError, RedactionError
from parley.linking.text import fold
from parley.model import (
    BLOCK,
    Act,
    Actor,
    Article,
    Code,
    CodeDefinition,
    Correction,
    Figure,
    Mark,
    Need,
    Place,
    Record,
    Statement,
    Time,
    Tombstone,
    Unread,
    correction_id,
    digest,
)

LEAD = 3  # words that are looked up before a longer window is hashed
QUOTED = 5  # words in a row that make a quotation of a removed text
WORD = re.compile(rf"[\w\u0300-\u036f]+|{BLOCK}+")  # accents set apart, too; no name goes on behind a block
FIXED = frozenset(
    {
        "id",
        "article",
        "kind",
        "published_from",
        "language",
        "sensitivity",
        "action",
        "at",
        "raw_digest",
        "salt",
    }
)
ADDRESS = re.compile(r"\S*\w[./:@_-]\S*")  # of a page, a person or a file
Row = TypeVar("Row")
Words = list[tuple[int, int, str]]  # where each word stands, and its folded form


def hashed(salt: str, words: Sequence[str]) -> str:
    """The salted SHA-256 of folded words."""
    return hashlib.sha256("\0".join((salt, *words)).encode()).hexdigest()


def words_of(text: str) -> Words:
    """The words of a text, folded."""
    return [(m.start(), m.end(), _folded_word(m.group())) for m in WORD.finditer(text)]


_folded_word = lru_cache(100_000)(fold)


class Redactor:
    """Takes what marks know out of texts, articles and rows."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Order marks by how many words have to be looked up first."""
        self.salt = ""
        self.whole: set[str] = set()
        self.leads: dict[int, dict[str, set[tuple[int, str]]]] = defaultdict(lambda: defaultdict(set))
        for mark in marks:
            self.salt = mark.salt
            if mark.words:
                self.leads[min(mark.words, LEAD)][mark.lead].add((mark.words, mark.sha256))
            else:
                self.whole.add(mark.sha256)
        self.looked_up: dict[tuple[str, ...], str] = {}

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where words stand that are to be taken out. A single word in small letters is the name only in an address."""
        if not self.leads:
            return []
        words, found = words_of(text), []
        in_address = ADDRESS.fullmatch(text) is not None
        for first in range(len(words)):
            for size, marks in self.leads.items():
                for length, sha256 in marks.get(self._lead(words[first : first + size]), ()):
                    window = words[first : first + length]
                    start, end = window[0][0], window[-1][1]
                    if hashed(self.salt, [word for _, _, word in window]) == sha256 and (
                        in_address or length > 1 or not text[start:end].islower()
                    ):
                        found.append((start, end))
        return found

    def _lead(self, words: Words) -> str:
        key = tuple(word for _, _, word in words)
        if key not in self.looked_up:
            self.looked_up[key] = hashed(self.salt, key)
        return self.looked_up[key]

    def blocked(self, text: str) -> str:
        """A text with a block of the same length wherever words are to be taken out."""
        for start, end in self.places(text):
            text = text[:start] + re.sub(r"[^\n]", BLOCK, text[start:end]) + text[end:]
        return text

    def anew(self, value: Any) -> Any:  # noqa: ANN401 - JSON data
        """Plain data with every string of it blocked, JSON in a string too; ids, days and kinds stay."""
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, list):
            return [self.anew(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {name: item if name in FIXED else self.anew(item) for name, item in value.items()}

    def _string(self, value: str) -> str:
        if value[:1] not in {"{", "["}:
            return self.blocked(value)
        try:
            data = json.loads(value)
        except ValueError:
            return self.blocked(value)
        clean = self.anew(data)
        return value if clean == data else json.dumps(clean, ensure_ascii=False, sort_keys=True)

    def row(self, row: Row) -> Row:
        """A row with every string of it blocked; its id stays."""
        data = to_data(row)
        changed = self.anew(data)
        return row if changed == data else from_data(type(row), changed)

    def arrivals(self, came_in: Iterable[Article | Unread]) -> list[Article | Unread]:
        """What comes in without what was taken out: whole texts go, and reports keep their ids."""
        found: list[Article | Unread] = []
        if not self.leads and not self.whole:
            return list(came_in)
        for one in came_in:
            if isinstance(one, Unread):
                found.append(replace(one, file=self.blocked(one.file), reason=self.blocked(one.reason)))
            elif not self.removes(one):
                made = self.row(one)
                # what was removed can be guessed from a digest of the bytes as they came
                found.append(one if made == one else replace(made, raw_digest=""))
        return found

    def removes(self, article: Article) -> bool:
        """Whether the whole text is to go."""
        return bool(self.whole and self.whole & set(_whole_hashes(self.salt, article)))

    def corrections(self, made: Iterable[Correction]) -> list[Correction]:
        """Corrections without what was taken out, in their order; where words went the id is derived again."""
        new_ids: dict[str, str] = {}
        found = []
        for one in made:
            clean = self.row(one)
            clean = replace(
                clean, row=new_ids.get(clean.row, clean.row), value=new_ids.get(clean.value, clean.value)
            )
            if clean != one:
                new_ids[one.id] = correction_id(clean.row, clean.action, clean.value, clean.author, clean.at)
                clean = replace(clean, id=new_ids[one.id])
            found.append(clean)
        return found

    def codes(self, codes: Iterable[Code]) -> list[Code]:
        """Codes without what was taken out; where words went the id is derived again."""
        clean = map(self.row, codes)
        return [replace(one, id=code_id(one.row, one.code, one.value, one.coder, one.at)) for one in clean]


def _whole_hashes(salt: str, article: Article) -> tuple[str, str]:
    """What a whole text is known by: its id, and its outlet with its words."""
    words = [word for _, _, word in words_of(article.text)]
    return hashed(salt, [article.id]), hashed(salt, [fold(article.outlet), *words])


# ------------------------------------------------------------------ what is to go


@dataclass(frozen=True)
class Removal:
    """What somebody wants removed: a name's forms, a row's words, or a whole text."""

    what: str  # name | words | text
    forms: tuple[str, ...] = ()
    article: Article | None = None


def removal_of(record: Record, target: str, also: Iterable[str] = (), kept: Iterable[str] = ()) -> Removal:
    """What `target` means: a name, a report's file, a row's id, or words that stand in a text.

    `also` are other forms of it, `kept` forms of it that stay. Raises RedactionError where the record has no such.
    """
    article = next((one for one in record.articles if target in (one.id, one.file)), None)
    if article is not None:
        return Removal("text", article=article)
    bearers = [one for one in record.actors if target == one.id or fold(target) in _names(one)]
    if not bearers:
        return _words(record, target, also)
    named = [one for one in bearers if target == one.id or fold(target) == fold(one.name)] or bearers
    if len(named) > 1:
        told = "; ".join(f"{one.name} ({one.id})" for one in named)
        raise RedactionError(f"{target!r}: several bear that name: {told}. Give the id of one.")
    stay = set(kept)
    forms = (form for form in (*_forms(named[0]), *also) if form not in stay)
    return Removal("name", tuple(dict.fromkeys(forms)))


def _names(actor: Actor) -> set[str]:
    return {fold(form) for form in (actor.name, *actor.surfaces)}


def _forms(actor: Actor) -> list[str]:
    """The names of an actor, the longest first; of a person the last word of each too."""
    names = {actor.name, *(one.name for one in actor.mentions)}
    if actor.kind == "person":
        names |= {WORD.findall(name)[-1] for name in names if len(WORD.findall(name)) > 1}
    return sorted((name for name in names if name[:1].isupper()), key=lambda name: (-len(name), name))


def _words(record: Record, target: str, also: Iterable[str]) -> Removal:
    """The words of a row, or words as given that stand in a text."""
    try:
        row = find_row(record, target)
    except CorrectionError:
        row = None
    if isinstance(row, Statement | Figure | Time | Place | Act | Need):
        texts = {one.id: one.text for one in record.articles}
        return Removal("words", tuple(texts[row.article][start:end] for start, end in spans_of(row)))
    if getattr(row, "text", ""):
        return Removal("words", (row.text,))
    sought = f" {_folded(target)} "
    if (
        row is not None
        or not sought.strip()
        or not any(sought in f" {_folded(one.text)} " for one in record.articles)
    ):
        raise RedactionError(
            f"{target!r}: no name, report, row or words of this record. Give a name as a report writes it, "
            "a report's file or a row's id."
        )
    return Removal("name", (target, *also))


def _folded(text: str) -> str:
    return " ".join(word for _, _, word in words_of(text))


def tombstone_id(what: str, author: str, at: str) -> str:
    """The id of a tombstone: what kind of thing was removed, by whom and when; nothing of the thing itself."""
    return "tomb-" + digest(what, author, at)


def marks_of(removal: Removal, salt: str, tombstone: str) -> tuple[Mark, ...]:
    """By what the removed is known when it comes in again. `salt`: the record's own, random."""
    if removal.article is not None:
        hashes = _whole_hashes(salt, removal.article)
        return tuple(Mark(f"mark-{digest(one)}", tombstone, salt, 0, "", one) for one in hashes)
    folded = dict.fromkeys(tuple(word for _, _, word in words_of(form)) for form in removal.forms)
    return tuple(
        Mark(f"mark-{digest(sha)}", tombstone, salt, len(words), hashed(salt, words[:LEAD]), sha)
        for words in folded
        if words
        for sha in [hashed(salt, words)]
    )


def quotations(record: Record, article: Article, salt: str) -> tuple[Mark, ...]:
    """Marks by which what people wrote is searched for a removed text's words.

    They are over every few words in a row of it, and over what was read in it and stands in no other text.
    """
    words = [word for _, _, word in words_of(article.text)]
    windows = {tuple(words[at : at + QUOTED]) for at in range(max(1, len(words) - QUOTED + 1))}
    others = "\n".join(f" {_folded(one.text)} " for one in record.texts if one.id != article.id)
    rows = [row for name in READ for row in getattr(record, name) if row.article == article.id]
    read = {_folded(article.text[start:end]) for row in rows for start, end in spans_of(row)}
    windows |= {tuple(form.split()) for form in read if " " in form and f" {form} " not in others}
    return tuple(
        Mark("", "", salt, len(one), hashed(salt, one[:LEAD]), hashed(salt, one)) for one in sorted(windows)
    )


def count_places(record: Record, redactor: Redactor) -> dict[str, int]:
    """How many stretches of each report would be blocked, by file; of a text that goes, 1."""
    found = {}
    for one in record.articles:
        places = (
            1 if redactor.removes(one) else len(redactor.places(one.text)) + len(redactor.places(one.title))
        )
        if places:
            found[one.file] = places
    return found


@dataclass(frozen=True)
class Remainder:
    """What a record's file held and people made, without what is removed."""

    came_in: tuple[Article | Unread, ...]
    corrections: tuple[Correction, ...]
    entered: tuple[Article | CodeDefinition | Code | Tombstone, ...]


def remainder(
    record: Record,
    notes: Iterable[Article],
    corrections: Iterable[Correction],
    removal: Removal,
    marks: Sequence[Mark],
) -> Remainder:
    """What is left to build the record from. `notes`: what people entered by hand; `marks`: all, the removal's too."""
    redactor, people = Redactor(marks), by_people(record, removal, marks)
    by_hand = [one for one in people.arrivals(notes) if isinstance(one, Article)]
    known = {one.id for one in notes}
    reports = [one for one in record.articles if one.id not in known]
    return Remainder(
        (*redactor.arrivals([*reports, *record.unread]), *by_hand),
        tuple(people.corrections(_without_about(record, removal, corrections))),
        (
            *by_hand,
            *map(people.row, record.codebook),
            *people.codes(record.codes),
            *map(people.row, record.tombstones),
        ),
    )


def by_people(record: Record, removal: Removal, marks: Sequence[Mark]) -> Redactor:
    """What is taken out of what people wrote: quotations of a removed text too."""
    if removal.article is None:
        return Redactor(marks)
    return Redactor([*marks, *quotations(record, removal.article, marks[0].salt)])


def _without_about(
    record: Record, removal: Removal, corrections: Iterable[Correction]
) -> Iterator[Correction]:
    """Corrections; those about a removed text or its rows without the words that they keep of it."""
    gone = removal.article.id if removal.article else None
    rows = {gone}
    for name in tables():
        rows |= {
            getattr(row, "row", getattr(row, "id", None))
            for row in getattr(record, name)
            if gone and getattr(row, "article", None) == gone
        }
    yield from (replace(one, about="") if gone and one.row in rows else one for one in corrections)


def standing_again(record: Record, marks: Sequence[Mark]) -> list[str]:
    """Rows in which removed words stand again, one line each; none where every door keeps them out."""
    redactor = Redactor(marks)
    return [
        f"{name}: {redactor.blocked(str(getattr(row, 'id', '')))} holds words that were redacted. Redact them again."
        for name in tables()
        for row in getattr(record, name)
        if marks and redactor.row(row) != row
    ]


def is_redacted(article: Article, tombstones: Sequence[Tombstone]) -> bool:
    """Whether an article's id derives from words that are no longer there."""
    return bool(tombstones) and any(
        BLOCK in field for field in (article.text, article.outlet, article.url, article.file)
    )
