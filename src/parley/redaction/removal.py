"""What is to go: which words or text somebody means, and the marks by which they are known when they come in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parley.corrections import find_row
from parley.corrections.apply import READ, spans_of
from parley.errors import CorrectionError, RedactionError
from parley.linking.text import fold
from parley.model import (
    Act,
    Actor,
    Article,
    Figure,
    Mark,
    Need,
    Place,
    Record,
    Statement,
    Time,
    digest,
)
from parley.redaction.redactor import LEAD, WORD, Redactor, hashed, whole_hashes, words_of

QUOTED = 5  # words in a row that make a quotation of a removed text


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
        hashes = whole_hashes(salt, removal.article)
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
