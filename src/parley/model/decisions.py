"""What people decide about a record and enter beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parley.model.ids import Span

BLOCK = "█"  # as often as a removed stretch had characters

SENSITIVITIES = ("public", "internal", "confidential")  # from the least restricted to the most


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's decision about a row; append-only, undone by another."""

    id: str
    row: str
    action: str
    value: str
    author: str
    at: str  # ISO 8601 instant
    reason: str = ""
    about: str = ""  # outlet, file and words of its row, so that it can be read when the row is gone


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction when the record was last built."""

    id: str
    correction: str
    row: str
    outcome: str  # applied | row gone | disagrees | replaced | undone
    note: str = ""  # the corrections that it disagrees with


@dataclass(frozen=True, slots=True)
class Struck:
    """A row that somebody called wrong: nothing rests on it, pages show it struck."""

    id: str
    row: str
    article: str
    start: int
    end: int
    text: str
    correction: str


@dataclass(frozen=True, slots=True)
class NameShown:
    """Whether a name that the record would replace with a role, or would show, is shown because a person decided so."""

    id: str
    name: str
    shown: bool
    correction: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a person entered by hand, in their words: no report, no voice, and nothing is read in it."""

    id: str
    article: str  # the article of kind note that holds it
    start: int
    end: int
    text: str
    kind: str  # note | observation | statement | row
    entered_by: str
    entered_at: str = ""  # ISO 8601 instant
    about: str = ""  # the row or report that it is about
    speaker: str = ""
    language: str = ""  # of the words
    translation: Span | None = None
    translator: str = ""
    day: date | None = None
    source: str = ""  # where the words are from
    row: str = ""  # the row of the person's own sheet
    own: tuple[tuple[str, str], ...] = ()  # columns of that sheet that have no field here


@dataclass(frozen=True, slots=True)
class CodeDefinition:
    """One code of a codebook as somebody defined it; a later definition of the same code takes its place."""

    id: str
    code: str
    label: str
    definition: str
    values: tuple[str, ...]
    at: str  # ISO 8601 instant


@dataclass(frozen=True, slots=True)
class Code:
    """One coder's code on a row; append-only, the same coder's later word on it stands."""

    id: str
    row: str
    code: str
    value: str  # one of the values that the codebook gives; empty where the coder takes the code back
    coder: str
    at: str  # ISO 8601 instant


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where a person, a passage or a text was removed."""

    id: str
    what: str  # name | words | text
    places: int  # stretches that were blocked when it was made
    author: str
    at: str  # ISO 8601 instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A salted SHA-256 by which removed words are known when they come in again; it never leaves the record's file."""

    id: str
    tombstone: str
    salt: str
    words: int  # how many words it is over; 0: a whole text of one outlet
    lead: str  # over the first of the words
    sha256: str
