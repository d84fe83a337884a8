"""Positions: what each party wants on each issue, latest first, by whose account; and what one issue is tied to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.agreement.positions import STANCES, issue_of
from parley.briefing.conditions import Condition
from parley.briefing.conduct import Allegation, Conduct
from parley.briefing.first import FigureTold, figure_told
from parley.briefing.lookup import Lookup, Told
from parley.briefing.standing import Provision
from parley.briefing.wording import clipped, day
from parley.linking.text import content_words, fold
from parley.model import Act, Need, Position, Statement

OTHER = "other"  # issue of what none of the known issues is named in
MOST_FIGURES = 16


@dataclass(frozen=True, slots=True)
class Stance:
    """A position as a cell shows it, with how it differs from the one before."""

    told: Told
    new: bool  # a condition that no earlier text of the record had
    shift: str


@dataclass(frozen=True, slots=True)
class PartyStances:
    """A party's positions on one issue, the latest first."""

    party: str
    stances: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue with every leading party's positions on it; a party without any has none."""

    name: str
    file: str
    parties: tuple[PartyStances, ...]

    @property
    def total(self) -> int:
        """Number of positions on it."""
        return sum(len(one.stances) for one in self.parties)


@dataclass(frozen=True, slots=True)
class Topic:
    """One issue on one sheet: positions, conditions, provisions, allegations and figures about it."""

    issue: Issue
    conditions: tuple[Condition, ...]
    provisions: tuple[Provision, ...]
    allegations: tuple[tuple[Conduct, Allegation], ...]
    figures: tuple[FigureTold, ...]


def issues(look: Lookup) -> tuple[Issue, ...]:
    """Every issue that somebody has a position on, the one with most positions first, "other" last."""
    shifts = {shift.after: shift.why for shift in look.record.shifts}
    found: dict[str, dict[str, list[Position]]] = defaultdict(lambda: defaultdict(list))
    for position in look.record.positions:
        found[position.issue][look.side(position.party)].append(position)
    made = []
    for name, by_party in found.items():
        parties = dict.fromkeys([*look.parties, *by_party])
        made.append(
            Issue(
                name,
                topic_file(name),
                tuple(
                    PartyStances(look.veil(party), _stances(look, by_party.get(party, []), shifts))
                    for party in parties
                ),
            )
        )
    return tuple(sorted(made, key=lambda one: (one.name == OTHER, -one.total, one.name)))


def topic_file(issue: str) -> str:
    """The page of an issue."""
    return f"topic-{re.sub(r'[^a-z]+', '-', fold(issue)).strip('-')}.html"


def _stances(look: Lookup, some: Sequence[Position], shifts: dict[str, str]) -> tuple[Stance, ...]:
    """Positions of one party on one issue, the latest first, each thing said once."""
    latest = sorted(some, key=lambda one: (-(one.day.toordinal() if one.day else 0), one.id))
    kept: dict[tuple[str, frozenset[str]], Position] = {}
    for one in latest:
        kept.setdefault((one.stance, frozenset(content_words(one.act))), one)
    read = ((one, _row(look, one)) for one in kept.values())
    return tuple(_stance(look, one, row, shifts.get(one.id, "")) for one, row in read if row)


def promised(look: Lookup) -> tuple[Stance, ...]:
    """Each party's latest promise on each issue of which no later deed of its own on that issue is reported."""
    latest: dict[tuple[str, str], Position] = {}
    for one in sorted(look.record.positions, key=lambda one: (str(one.day), one.id)):
        if one.stance == STANCES["COMMIT"] and one.issue != OTHER:
            latest[one.party, one.issue] = one
    done: dict[tuple[str, str], str] = defaultdict(str)
    for act in look.record.acts:
        if act.act == "PERFORM":
            key = look.party(act.actor, act.article), issue_of(act.text)
            done[key] = max(done[key], str(act.date or look.articles[act.article].published))
    kept = [one for key, one in latest.items() if done[key] < str(one.day)]
    return tuple(_stance(look, one, row, "") for one in kept if (row := _row(look, one)))


def _row(look: Lookup, one: Position) -> Act | Need | None:
    """The act or condition that a position was read from; None where a frame has cut it."""
    for item in one.evidence:
        if item in look.acts or item in look.needs:
            return look.acts.get(item) or look.needs[item]
    return None


def _stance(look: Lookup, one: Position, row: Act | Need, shift: str) -> Stance:
    """A position in a report's words: in the party's own quoted words, as told by somebody, or by the report itself."""
    statement = next((look.statements[item] for item in one.evidence if item in look.statements), None)
    source = look.source(row)
    quoted = bool(statement and statement.kind == "direct" and _inside(row, statement))
    relays = [
        name for name in (one.told_by, *one.through.split("; ")) if name not in {one.party, source.outlet, ""}
    ]
    outlet = [] if quoted or one.told_by else [source.outlet]
    via = tuple(dict.fromkeys(map(look.veil, (*relays, *outlet))))
    words = clipped(look.veil(one.act), 240)
    told = Told(look.veil(one.party), one.stance, words, quoted, via, day(one.day, short=True), source)
    return Stance(told, one.new, shift)


def _inside(row: Act | Need, statement: Statement) -> bool:
    """Whether a row stands wholly in the words of a statement."""
    return any(piece.start <= row.start and row.end <= piece.end for piece in statement.content)


@lru_cache(maxsize=100_000)
def _issue(text: str) -> str:
    """The issue of a text; every topic's page asks it of the same texts."""
    return issue_of(text)


def topic(
    look: Lookup,
    issue: Issue,
    conditions: Sequence[Condition],
    provisions: Sequence[Provision],
    conduct: Sequence[Conduct],
) -> Topic:
    """What the record has on one issue; a row is on it if most of its words are."""
    counts = [
        figure
        for figure in look.record.figures
        if not look.is_copy(figure.article) and figure.what and _issue(figure.what) == issue.name
    ]
    return Topic(
        issue,
        tuple(
            one
            for one in conditions
            if not one.told.source.copy_of and _issue(f"{one.waits} {one.first}") == issue.name
        ),
        tuple(one for one in provisions if _issue(one.words.words) == issue.name),
        tuple(
            (row, one) for row in conduct for one in row.allegations if _issue(one.told.words) == issue.name
        ),
        tuple(figure_told(look, figure) for figure in counts[:MOST_FIGURES]),
    )
