"""Where things stand by whose account: counts, terms, accounts, waits, proposals, positions, breaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    inferred: str = ""  # giver or receiver, where no report names that end and we infer it


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
    term_from: str = ""  # named | alike | deed: the provision named or most alike, or the deed in its words
    inferred: str = ""  # how the accused was found, where the words of the allegation do not name them


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
