"""What follows across articles: who is who, who derives from whom, what says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parley.model.ids import Span
from parley.model.rows import Mention


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
