"""What is new in a record since it was last built, as people ask: reports, who says more, figures, copies, states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.agreement.state import Standing, state
from parley.agreement.telling import headline, subject_name
from parley.model import Article, Record
from parley.summary import who_is_heard


@dataclass(frozen=True, slots=True)
class Changes:
    """What one record has that an earlier one had not."""

    reports: tuple[Article, ...] = ()
    said: tuple[tuple[str, int], ...] = ()  # side, how many statements more
    conflicts: tuple[str, ...] = ()  # figures that now differ, in the reports' words
    copies: tuple[str, ...] = ()  # which report derives from which
    moved: tuple[str, ...] = ()  # what stands elsewhere now, and where it stood


def changes(before: Record, after: Record) -> Changes:
    """What moved from one record to the next; a pure function of the two."""
    held = {one.id for one in before.articles}
    return Changes(
        tuple(one for one in after.articles if one.id not in held),
        tuple(_said(before, after)),
        tuple(_conflicts(before, after)),
        tuple(_copies(before, after)),
        tuple(_moved(before, after)),
    )


def _said(before: Record, after: Record) -> Iterator[tuple[str, int]]:
    held = {one.id for one in before.statements}
    new = tuple(one for one in after.statements if one.id not in held)
    for side in who_is_heard(replace(after, statements=new)):
        yield side.name, side.statements


def _conflicts(before: Record, after: Record) -> Iterator[str]:
    known = {one.id for one in before.figure_relations if one.relation == "conflict"}
    figures = {one.id: one for one in after.figures}
    outlets = {one.id: one.outlet for one in after.articles}
    for relation in after.figure_relations:
        if relation.relation == "conflict" and relation.id not in known:
            told = (figures[one] for one in relation.figures)
            yield "; ".join(f"“{one.text}” ({outlets[one.article]})" for one in told)


def _copies(before: Record, after: Record) -> Iterator[str]:
    known = {(one.derived, one.from_) for one in before.lineage}
    files = {one.id: one.file for one in after.articles}
    for edge in after.lineage:
        if (edge.derived, edge.from_) not in known:
            yield f"{files[edge.derived]}: {edge.kind} of {files[edge.from_]}"


def _moved(before: Record, after: Record) -> Iterator[str]:
    """What stands elsewhere, in the words of its accounts: no state is told without whose it is."""
    was = state(before.accounts, before.terms, before.phases)
    now = state(after.accounts, after.terms, after.phases)
    for subject, standing in now.standings.items():
        earlier = was.standings.get(subject, Standing(subject, ""))
        if (earlier.state, earlier.states) != (standing.state, standing.states):
            stood = headline(was, earlier, len(before.texts))
            yield f"{subject_name(after, subject)}: {headline(now, standing, len(after.texts))}; before: {stood}"


def told(found: Changes) -> list[str]:
    """The changes in lines, one kind after the other; what did not change is not told."""
    lines = [f"{name}: {more} more" for name, more in found.said]
    lines += [f"figures differ: {words}" for words in found.conflicts]
    lines += [f"derived: {words}" for words in found.copies]
    return lines + [f"moved: {words}" for words in found.moved]
