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

# Kinds of text that a person entered beside the reports; they are no reports and nothing is read in them.
ENTERED = frozenset({"terms", "aliases", "note"})

BLOCK = "█"  # as often as a removed stretch had characters
SENSITIVITIES = ("public", "internal", "confidential")  # from the least restricted to the most


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


def correction_id(row: str, action: str, value: str, author: str, at: str) -> str:
    """A correction's id: what somebody decided, and when; the same decision handed on is the same row."""
    return "cor-" + digest(row, action, value, author, at)


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
    kind: str = "report"  # report | statement | agreement | note | terms | aliases
    dateline: str = ""  # the place that the date line names
    credit: str = ""  # the agency that the text credits, never a photo's
    byline: str = ""
    raw_digest: str = ""  # SHA-256 of the bytes as they came
    sensitivity: str = "public"  # public | internal | confidential
    embargo: date | None = None  # the first day on which it may be shown
    as_it_came: tuple[tuple[str, str], ...] = ()  # fields that a person corrected, with what they were
    captured: str = ""  # ISO 8601 instant at which it was fetched or found
    archived_url: str = ""  # where an archive keeps it


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that came in and was not read, with the reason in words."""

    file: str
    reason: str
    sensitivity: str = "public"
    embargo: date | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """What is remembered of a feed or folder, so that only what is new in it is taken next time."""

    source: str
    etag: str = ""
    modified: str = ""  # the Last-Modified header, as it came
    seen: tuple[str, ...] = ()  # ids of a feed's entries, or files with their size and time


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
class Merge:
    """Two surface forms taken as one actor's, why, and where each stands first: (article, start, end)."""

    surface: str
    other: str
    why: str
    evidence: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that reports give a person, with the days of the first and last report that does."""

    role: str
    affiliation: str | None = None  # actor id
    first: date | None = None
    last: date | None = None
    evidence: tuple[tuple[str, int, int], ...] = ()  # mentions: (article, start, end)


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
    merges: tuple[Merge, ...] = ()
    roles: tuple[RoleHeld, ...] = ()


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
    directed: bool = True  # False: one derives from the other, which from which is not known


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed on the way from one report into the one that derives from it."""

    id: str
    lineage: str
    kind: str  # quote_paraphrased | figure_changed | hedge_dropped | hedge_added | attribution_dropped |
    # attribution_moved | word_loaded | paragraph_gone
    before: Span | None  # in the report that the edge names as `from`
    after: Span | None  # in the derived one
    note: str = ""


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that recurs, outside quotation marks, in reports not tied by lineage: background, no corroboration."""

    id: str
    spans: tuple[tuple[str, Span], ...]  # (article, where it stands there)
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
    reported: date | None = None  # first seen: the day of the earliest report that has it
    evidence: tuple[str, ...] = ()
    last_reported: date | None = None  # last seen


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
    view: str = "all"  # or by whose account, where accounts differ
    evidence: tuple[str, ...] = ()
    condition: str = ""  # living | dead; empty for goods
    sum: str = ""  # how we added it up; empty where a report gives the total itself
    told_by: tuple[str, ...] = ()  # by whose accounts
    inferred: str = ""  # giver or receiver, where no report names that end: the other party, as we infer


@dataclass(frozen=True, slots=True)
class Round:
    """One release or handover as told, or one that was announced for a day."""

    id: str
    day: date | None
    from_: str | None
    to: str | None
    what: str
    count: float
    condition: str = ""  # living | dead; empty for goods
    status: str = "reported_done"  # announced | reported_done | not_reported
    simultaneous_with: str | None = None  # the round of the other side
    ratio: str = ""
    told_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    inferred: str = ""  # as in Tally


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the agreement as the reports give it."""

    id: str
    name: str
    start: date | None = None
    end: date | None = None
    terms: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    source: str = "reports"  # text | reports | person
    days: int | None = None  # its length where one is given
    counting: str = ""  # inclusive (the first day is day 1) | exclusive (the day after is)
    extended_to: tuple[date, ...] = ()  # its new last days, in order; `end` is the last of them
    article: str = ""  # where a person entered it
    at: tuple[int, int] = (0, 0)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When a provision is due, counted from an anchor."""

    anchor: str  # a day, a phase or another provision by name
    offset: int  # days; 1 is the anchor itself where counting is inclusive
    counting: str = "inclusive"  # inclusive | exclusive
    edge: str = "by"  # by | from | on
    day: date | None = None  # the day that this comes to, where the anchor has one


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
    article: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    name: str = ""  # its number in the text, or what the person calls it
    needs: tuple[tuple[str, ...], ...] = ()  # any one of these groups, each of them whole: (a AND b) OR c
    window: Window | None = None
    verification: str = ""
    on_breach: str = ""
    version: str = ""
    of: str = ""  # the name of the provision that this is one reading of
    reading: str = ""  # whose reading it is


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Somebody who is no party and has a role in the agreement, from one day to another where these are told."""

    id: str
    name: str
    role: str  # mediator | facilitator | guarantor | witness | observer | monitor
    start: date | None = None
    end: date | None = None
    source: str = "reports"  # reports | person
    article: str = ""
    at: tuple[int, int] = (0, 0)
    text: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One report's word on where a provision, a phase, the talks on it or the agreement stands."""

    id: str
    subject: str  # the id of a term; or phase, talks or agreement with the phase: "talks: second phase"
    what: str  # announced | accepted | begun | partly | done | suspended | violated | ended | extended | discharged
    # ... | not_begun | refused
    article: str
    start: int
    end: int
    text: str
    polarity: bool = True  # False: it is denied
    amount: float | None = None
    by: str = ""  # who says so; empty is the outlet's own voice
    voice: str = ""  # who that is across reports; an unnamed speaker is one of this report only
    through: tuple[str, ...] = ()  # relays, nearest to the article first
    side: str = ""  # the side of whoever says so
    party: str = ""  # whose deed or position it is told to be
    told_by: str = ""  # who tells it, where it is another's position
    outlet: str = ""
    happened: date | None = None
    reported: date | None = None
    happened_end: date | None = None  # the last day that it may be: "in early March"
    order: str = ""  # part of day or stated order: "earlier", "morning"
    copy: bool = False  # the report derives from another in the record
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
    unlocks: tuple[tuple[str, ...], ...] = ()  # smallest sets of steps of which each would free the loop


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that a proposal says, or leaves unsaid, beside a provision of the agreement in force."""

    term: str  # term id; empty where no provision is about it
    relation: str  # kept | changed | added | dropped | not mentioned
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something put on the table, what it would change, and each party's response."""

    id: str
    name: str
    by: str
    changes: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    version_of: str | None = None  # the proposal of the same side that it renews
    versus: tuple[Comparison, ...] = ()  # beside the agreement in force
    awaited: tuple[str, ...] = ()  # parties of whose answer none of the reports tells
    maybe_same_as: tuple[str, ...] = ()  # proposals that might be the same, told otherwise


@dataclass(frozen=True, slots=True)
class Position:
    """What a party demands, offers, accepts or refuses on an issue, on one day, by one account."""

    id: str
    party: str
    issue: str
    stance: (
        str  # demands | offers | accepts | accepts with a reservation | refuses | promises | threatens | ...
    )
    act: str  # the words that tell it
    day: date | None
    told_by: str = ""  # empty where the party says so itself, else as told by
    through: str = ""  # relays between the party and the outlet
    new: bool = False  # a condition that no earlier text had
    evidence: tuple[str, ...] = ()
    quoted: bool = False  # in the party's own words, in quotation marks; else as the outlet reports them


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn from one position of a party on an issue to its next."""

    id: str
    party: str
    issue: str
    before: str  # position id
    after: str
    why: str
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
    start: int = 0  # where the article alleges it
    end: int = 0
    text: str = ""
    term_id: str = ""  # the provision that it would break, where the record holds it
    when: date | None = None  # the day on which it is said to have happened
    known_from: str = "not said"  # seen | heard | told | not said: what the accuser has it from
    admitted_by: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()  # allegations of the accused against the accuser
    findings: tuple[str, ...] = ()  # statements of those who watch over the agreement


@dataclass(frozen=True, slots=True)
class Threat:
    """What somebody says they will do, and what would bring it about."""

    id: str
    by: str
    against: str
    trigger: str
    consequence: str
    article: str
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


# ------------------------------------------------------------------ what people enter beside it


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
    rounds: tuple[Round, ...] = ()
    phases: tuple[Phase, ...] = ()
    terms: tuple[Term, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    accounts: tuple[Account, ...] = ()
    waits: tuple[Wait, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    positions: tuple[Position, ...] = ()
    shifts: tuple[Shift, ...] = ()
    breaches: tuple[Breach, ...] = ()
    threats: tuple[Threat, ...] = ()
    drifts: tuple[Drift, ...] = ()
    shared_passages: tuple[SharedPassage, ...] = ()
    struck: tuple[Struck, ...] = ()
    names_shown: tuple[NameShown, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[Note, ...] = ()
    codebook: tuple[CodeDefinition, ...] = ()
    codes: tuple[Code, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def texts(self) -> tuple[Article, ...]:
        """The articles that were read: all but what a person entered beside them."""
        return tuple(article for article in self.articles if article.kind not in ENTERED)

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
