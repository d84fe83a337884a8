"""The command about what waits for what: waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from parley.agreement.positions import is_quoted
from parley.agreement.telling import order_words
from parley.agreement.unlock import read_remarks
from parley.agreement.waits import answers_to
from parley.cli.door import counted, load_shown, main, one_line, record_argument, shown_options
from parley.contract import to_data
from parley.model import Need, Record, Wait

MOST = 12  # conditions without an answer that are listed
MOST_WAYS = 6  # ways out of one loop that are listed


@main.command()
@record_argument
@click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")
@shown_options
@one_line
def waits(record: Path, as_json: bool, include: tuple[str, ...], day: date) -> None:
    """What waits for what, by whose account, and what would unlock it.

    \b
    parley waits truce.db
    parley waits truce.db --json
    """
    held = load_shown(record, include, day)
    if as_json:
        rows = {"waits": to_data(held.waits), "needs": to_data(held.needs), "unanswered": _unanswered(held)}
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(_lines(held)))


def _lines(record: Record) -> Iterator[str]:
    """The loops in sentences, each with its conditions and ways out; then the conditions that nothing answers."""
    reports = counted(record.independent, "report")
    needs = {need.id: need for need in record.needs}
    if not record.waits:
        yield f"None of these {reports} tells of deeds that wait for each other."
    for wait in record.waits:
        yield from _loop(record, wait, [needs[edge] for edge in wait.edges if edge in needs], reports)
        yield ""
    open_needs = [needs[one] for one in _unanswered(record)]
    texts = {article.id for article in record.articles if article.kind == "agreement"}
    told = [need for need in _without_copies(record, open_needs) if need.article not in texts]
    if told:
        yield f"Conditions that none of these {reports} answers: {len(told)}"
        yield from (f"  {_sentence(record, need)}" for need in told[:MOST])
    if len(told) > MOST:
        yield f"  and {len(told) - MOST} more: see the briefing"


def _loop(record: Record, wait: Wait, conditions: list[Need], reports: str) -> Iterator[str]:
    """A loop: each deed with the one it waits for, whose conditions say so, and what would unlock it."""
    for deed, first in zip(wait.loop, (*wait.loop[1:], wait.loop[0])):
        yield f"‘{deed}’ waits for ‘{first}’."
    if wait.conditional:
        yield "This holds only while nobody else gives the guarantee that is asked for."
    yield "Who says so"
    yield from (f"  {_sentence(record, need)}" for need in _without_copies(record, conditions))
    yield "What would unlock it, each by itself (our reasoning from these conditions)"
    yield from ("  " + " together with ".join(steps) for steps in wait.unlocks[:MOST_WAYS])
    if len(wait.unlocks) > MOST_WAYS:
        yield f"  and {len(wait.unlocks) - MOST_WAYS} more: see the briefing"
    if wait.conditional:
        given = [remark.text for remark in read_remarks(record.articles) if remark.kind == "given"]
        if not given:
            yield f"  That such a guarantee was given: none of these {reports} says."
        yield from (f"  A guarantee, not said to be of these deeds: {text}" for text in given[:MOST_WAYS])
    said = {words for steps in wait.unlocks for words in steps} | {need.needs for need in conditions}
    named = [words for words in wait.breakers if words not in said]
    if named:
        yield "Ways out that these reports name"
        yield from (f"  {words}" for words in named)


def _sentence(record: Record, need: Need) -> str:
    """A condition in one sentence with its account: in its holder's own words where these are quoted, else as told."""
    article = next(article for article in record.articles if article.id == need.article)
    said = [
        one for one in record.statements if one.article == need.article and one.speaker_name == need.holder
    ]
    quoted = any(is_quoted(need, one, article.text) for one in said)
    whose = f"in its own words, in {article.outlet}" if quoted else f"as told by {article.outlet}"
    order = order_words(need.act)
    return (
        f"{need.holder}: ‘{need.act}’ {order} ‘{need.needs}’ ({whose}, {article.published or 'no day given'})"
    )


def _without_copies(record: Record, needs: list[Need]) -> list[Need]:
    """Conditions in order, those of derived reports left out where another report tells the same."""
    own = {(need.act_deed, need.needs_deed) for need in needs if need.article not in record.derived}
    kept = [
        need
        for need in needs
        if need.article not in record.derived or (need.act_deed, need.needs_deed) not in own
    ]
    return list({need.id: need for need in kept}.values())


def _unanswered(record: Record) -> list[str]:
    """Ids of the conditions that no promise, offer, consent or deed in the record answers."""
    answers = answers_to(record.needs, record.acts)
    return [need.id for need in record.needs if not answers[need.id]]
