"""The nouns: frozen values whose ids derive from their content. Nothing else lives here.

Offsets are character offsets (Python str indices) into the article's `text`; `article.text[start:end] == text`
holds for every row. Days are inclusive. A field `from_` is `from` in every export.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# What parties do to one another; vocabulary/acts.yaml says which words mean which, and what PLOVER calls them.
ACTS = frozenset({"DEMAND", "OFFER", "ACCEPT", "REJECT", "ACCUSE", "DENY", "THREATEN"}) | frozenset(
    {"COMMIT", "PERFORM", "MEET", "MEDIATE", "SUSPEND", "PRAISE"}
)


def digest(*parts: object) -> str:
    """Sixteen hex digits of SHA-256 over the parts, each preceded by its length so that no two joins collide."""
    joined = "".join(f"{len(text)}:{text}" for text in map(str, parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def article_id(outlet: str, where: str, published: date | None, text: str) -> str:
    """An article's id: outlet, URL or relative path, publication day and text. A copy elsewhere is another article."""
    return "art-" + digest(outlet, where, published or "", text)


def row_id(
    kind: str, article: str, spans: Iterable[tuple[int, int]], label: str = "", ordinal: int = 0
) -> str:
    """A row's id: where it stands and what kind it is, never its value or its reader, so corrections survive."""
    return f"{kind}-" + digest(kind, article, *(f"{start}-{end}" for start, end in spans), label, ordinal)


def derived_id(kind: str, evidence: Iterable[str], label: str = "") -> str:
    """The id of a row that rests on others: their ids, in no order, and a label."""
    return f"{kind}-" + digest(kind, *sorted(evidence), label)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, verbatim."""

    start: int
    end: int
    text: str


def span_of(text: str, start: int, end: int) -> Span:
    """The stretch of `text` between two offsets."""
    return Span(start, end, text[start:end])


# ------------------------------------------------------------------ what comes in


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet at one time."""

    id: str
    file: str  # path relative to the input folder, or the URL, or "-" for pasted text
    outlet: str
    text: str  # the decoded file with newlines as "\n", or the extractor's output
    url: str = ""
    published: date | None = None
    published_from: str = "guess"  # text | page | table | person | guess
    title: str = ""
    language: str = "en"
    kind: str = "report"  # report | statement | agreement | note
    dateline: str = ""  # the place that the date line names
    credit: str = ""  # the agency that the text credits, never a photo's
    byline: str = ""
    raw_digest: str = ""  # SHA-256 of the bytes as they came


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that came in and was not read, with the reason in words."""

    file: str
    reason: str


# ------------------------------------------------------------------ what the reader gives


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


# ------------------------------------------------------------------ what linking gives


@dataclass(frozen=True, slots=True)
class Deed:
    """The thing that acts, needs and provisions are about."""

    id: str
    actor: str
    verb: str
    object: str
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom the reports name, with every surface form that was taken as theirs."""

    id: str
    name: str
    kind: str
    affiliation: str | None = None
    role: str = ""
    surfaces: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """One report derives from another."""

    id: str
    derived: str
    from_: str
    kind: str  # copy | rewrite | excerpt | translation
    score: float
    passages: tuple[tuple[Span, Span], ...] = ()  # (in the derived report, in the other)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The same thing said in one or more reports. Carried by and voices are two counts, never one."""

    id: str
    says: tuple[str, ...]  # statement ids
    denied_by: tuple[str, ...] = ()
    carried_by: tuple[str, ...] = ()  # article ids, derived ones left out
    voices: tuple[str, ...] = ()  # actor ids that are first to say it
    happened: date | None = None
    reported: date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRelation:
    """Figures about the same thing, and how they stand to one another."""

    id: str
    figures: tuple[str, ...]
    relation: str  # agree | conflict | adds_up | superseded | different_scope
    why: str
    evidence: tuple[str, ...] = ()


# ------------------------------------------------------------------ what the agreement gives


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were released or handed over by one side to another, in one account."""

    id: str
    what: str
    from_: str | None
    to: str | None
    total: float
    as_of: date | None
    view: str = "all"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the agreement as the reports give it."""

    id: str
    name: str
    start: date | None = None
    end: date | None = None
    terms: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One obligation, prohibition, power or condition of a phase."""

    id: str
    kind: str
    bearer: str | None
    beneficiary: str | None
    act: str
    object: str
    amount: str = ""
    phase: str = ""
    source: str = "reports"  # text | reports | person
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Deeds that wait for each other, and what would free them."""

    id: str
    loop: tuple[str, ...]
    edges: tuple[str, ...]  # need ids
    breakers: tuple[str, ...] = ()
    conditional: bool = False  # holds only while nobody else gives the guarantee
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something put on the table, what it would change, and each party's response."""

    id: str
    name: str
    by: str
    changes: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """An alleged violation, by whom alleged, and the answers."""

    id: str
    accuser: str
    accused: str
    term: str
    article: str
    denied_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Record:
    """A whole record as values: what came in, what was read, what follows from it."""

    articles: tuple[Article, ...] = ()
    unread: tuple[Unread, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    acts: tuple[Act, ...] = ()
    needs: tuple[Need, ...] = ()
    deeds: tuple[Deed, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    figure_relations: tuple[FigureRelation, ...] = ()
    tallies: tuple[Tally, ...] = ()
    phases: tuple[Phase, ...] = ()
    terms: tuple[Term, ...] = ()
    waits: tuple[Wait, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    breaches: tuple[Breach, ...] = ()

    @property
    def derived(self) -> frozenset[str]:
        """Ids of the articles that derive from another in the record."""
        return frozenset(edge.derived for edge in self.lineage)

    @property
    def independent(self) -> int:
        """Number of reports and statements less the derived ones; agreements and notes are neither."""
        return sum(
            article.kind in {"report", "statement"} and article.id not in self.derived
            for article in self.articles
        )
