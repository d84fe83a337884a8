"""What the reader finds in one article: rows with the words that they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parley.model.ids import Span

# What parties do to one another; vocabulary/acts.yaml says which words mean which, and what PLOVER calls them.
ACTS = frozenset({"DEMAND", "OFFER", "ACCEPT", "REJECT", "ACCUSE", "DENY", "THREATEN"}) | frozenset(
    {"COMMIT", "PERFORM", "MEET", "MEDIATE", "SUSPEND", "PRAISE"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the article attributes to someone."""

    id: str
    article: str
    speaker: Span | None
    speaker_name: str  # who it is, pronouns and roles resolved as far as the article allows
    cue: Span | None
    content: tuple[Span, ...]
    kind: str  # direct | indirect | mixed
    chain: tuple[str, ...] = ()  # relays between speaker and article, nearest to the article first
    date: date | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or amount. `low` and `high` are None where the text leaves that end open."""

    id: str
    article: str
    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    approx: bool = False
    unit: str = ""
    what: str = ""
    from_: str | None = None
    to: str | None = None
    held_by: str | None = None
    status: str = "other"  # released | held | dead | promised | demanded | other


@dataclass(frozen=True, slots=True)
class Time:
    """An expression that names a day or a span of days, resolved against the publication day."""

    id: str
    article: str
    text: str
    at: tuple[int, int]
    start: date | None
    end: date | None
    part: str | None = None  # morning | afternoon | evening | night | early | late


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the text names."""

    id: str
    article: str
    start: int
    end: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article that names somebody: a person, an organisation, a state, a group, or a role."""

    article: str
    start: int
    end: int
    text: str
    name: str  # the fullest form that this article gives
    kind: str  # person | organisation | state | group | role
    role: str = ""  # title or office that stands beside the name
    affiliation: str = ""  # the body that the article itself ties the name to


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to whom, as the text has it."""

    id: str
    article: str
    actor: str
    act: str  # one of ACTS
    target: str | None
    start: int
    end: int
    text: str
    date: date | None = None
    place: str | None = None
    statement: str | None = None  # the statement whose speech act it is, or inside which it is told
    deed: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A precondition: `act` waits until `needs` has come."""

    id: str
    article: str
    holder: str
    act: str
    needs: str
    start: int
    end: int
    text: str
    act_deed: str | None = None
    needs_deed: str | None = None
    all_of: tuple[str, ...] = ()  # where several things have to come first, each of them
    any_of: tuple[str, ...] = ()  # ... or one of them
    part_deeds: tuple[str, ...] = ()  # the deeds of all_of or any_of, in order


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the reader finds in one article."""

    article: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    acts: tuple[Act, ...] = ()
    needs: tuple[Need, ...] = ()
    mentions: tuple[Mention, ...] = ()
    # Id of each statement and what its content means, as reader/vectors.py has it.
    vectors: tuple[tuple[str, str], ...] = ()
