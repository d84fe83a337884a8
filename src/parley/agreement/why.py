"""Why a cell says what it says: its rows, their words and the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parley.agreement.state import state, subject_of
from parley.agreement.telling import account_words, headline, subject_name
from parley.agreement.views import EVERYONE, View
from parley.contract import tables
from parley.errors import ParleyError
from parley.model import Account, Article, Record, Span, Statement, span_of

RULES = {
    "statements": "read in one report: the words around a cue that attributes them",
    "figures": "read in one report: a number with its noun",
    "times": "read in one report: words for a day, resolved against the day of the report",
    "acts": "read in one report: who did what to whom, by its verb",
    "needs": "read in one report: a deed that waits for another",
    "claims": "statements whose content says the same, or denies it",
    "lineage": "one report has the words or the facts of another in its order",
    "figure_relations": "figures about the same thing, compared by unit, noun, side and day",
    "tallies": "the largest count of one series that a report gives",
    "rounds": "figures of one handover, told by one or more reports",
    "phases": "the days that stand beside a phase's name, or that a person entered",
    "terms": "a numbered provision, a report's words for one, or what a person entered",
    "third_parties": "a role that stands beside a name, or that a person entered",
    "accounts": "a report's words on where a provision, a phase or talks stand",
    "waits": "conditions that wait for each other",
    "proposals": "what is called a proposal, by its name and proposer",
    "breaches": "an accusation of breaking what was agreed",
}
DERIVED = "rows that rest on one another"
STATE_RULE = "what each voice says last; where one account can't follow on another, they are disputed"


@dataclass(frozen=True, slots=True)
class Ground:
    """A row that a cell rests on: what it is, in which report, in which words."""

    id: str
    table: str
    file: str
    outlet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for a cell."""

    id: str
    says: str
    rule: str
    grounds: tuple[Ground, ...]


def why(record: Record, wanted: str, view: View = EVERYONE, as_of: date = date.max) -> Why:
    """The rows, words and rule behind a row's id or a subject such as "talks: second phase". Raises ParleyError."""
    rows = {row.id: (name, row) for name in tables() for row in getattr(record, name) if hasattr(row, "id")}
    articles = {article.id: article for article in record.articles}
    reports = len(record.texts)
    now = state(record.accounts, record.terms, record.phases, view, as_of)
    standing = now.standings.get(wanted)
    if standing is not None:
        says = f"{subject_name(record, wanted)}: {headline(now, standing, reports)}"
        owed = [_ground(articles, "terms", term) for term in record.terms if subject_of(term) == wanted]
        told = [_ground(articles, "accounts", one) for one in standing.live]
        return Why(wanted, says, STATE_RULE, (*owed, *told))
    if wanted not in rows:
        known = ", ".join(sorted(subject for subject in now.standings if ":" in subject)) or "none"
        raise ParleyError(
            f"{wanted!r}: no row of this record has that id and none of these {reports} reports says anything of it; "
            f"ids stand in parley export, subjects are: {known}"
        )
    name, row = rows[wanted]
    evidence = dict.fromkeys(item for item in getattr(row, "evidence", ()) if item in rows)
    grounds = tuple(_ground(articles, *one) for one in ((name, row), *(rows[item] for item in evidence)))
    says = account_words(row) if isinstance(row, Account) else _outlets(name, grounds, reports)
    return Why(wanted, says, RULES.get(name, DERIVED), grounds)


def _outlets(table: str, grounds: tuple[Ground, ...], reports: int) -> str:
    outlets = dict.fromkeys(ground.outlet for ground in grounds if ground.spans)
    return f"{table}: {', '.join(outlets) or f'none of these {reports} reports says'}"


def _ground(articles: Mapping[str, Article], table: str, row: object) -> Ground:
    id_ = str(getattr(row, "id", ""))
    article = articles.get(getattr(row, "article", id_))
    if article is None:
        return Ground(id_, table, "", "", ())
    spans: tuple[Span, ...] = ()
    first, last = getattr(row, "at", None) or (getattr(row, "start", None), getattr(row, "end", None))
    if isinstance(row, Statement):
        spans = row.content
    elif isinstance(first, int) and isinstance(last, int) and first < last:
        spans = (span_of(article.text, first, last),)
    return Ground(id_, table, article.file, article.outlet, spans)
