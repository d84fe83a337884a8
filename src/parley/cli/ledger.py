"""Commands about what is handed over and what is on the table: handovers, positions, proposals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from parley.agreement.ledger import ledger_of
from parley.agreement.tabled import UNSURE
from parley.cli.door import load_shown, main, one_line, record_argument, shown_options
from parley.contract import to_data
from parley.errors import ParleyError
from parley.linking.counted import plain
from parley.linking.text import fold
from parley.model import Position, Proposal, Record, Round, Tally

STATUS = {
    "reported_done": "reported done",
    "announced": "announced",
    "not_reported": "announced; none of these {reports} reports says that it was done",
}
json_option = click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")


@main.command()
@record_argument
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Only what was reported by this day.")
@click.option(
    "--view", default="all", show_default=True, help="By whose account: a party, an outlet, a speaker."
)
@json_option
@shown_options
@one_line
def handovers(
    record: Path, as_of: datetime | None, view: str, as_json: bool, include: tuple[str, ...], day: date
) -> None:
    """Who handed whom or what to whom, day by day, and what it adds up to, by whose account.

    \b
    parley handovers truce.db
    parley handovers truce.db --as-of 2033-02-11
    parley handovers truce.db --view "Manara Movement"
    """
    held = load_shown(record, include, day)
    made, totals = ledger_of(held, view, as_of.date() if as_of else None)
    if as_json:
        _print_json({"rounds": made, "tallies": totals})
        return
    if view != "all" and not made and not totals:
        known = sorted({name for one in ledger_of(held)[0] for name in one.told_by})
        raise ParleyError(
            f"{record}: nothing handed over by the account of {view!r}; accounts told: {_names(known)}"
        )
    number = len(held.texts)
    if not made and not totals:
        click.echo(f"None of these {number} reports says that anything was handed over.")
        return
    click.echo("\n".join([*_rounds(made, number), *_totals(totals)]))


def _rounds(made: Sequence[Round], reports: int) -> Iterator[str]:
    yield "Day by day" if made else f"None of these {reports} reports tells of a single handover."
    for one in made:
        ratio = f", {one.ratio} the other way" if one.ratio else ""
        yield (
            f"  {_day(one.day)}: {_way(one.from_, one.to, one.inferred)}: {plain(one.count)} {one.what}{ratio}"
            f"{', told as simultaneous' if one.simultaneous_with else ''} - "
            f"{STATUS[one.status].format(reports=reports)}; by the account of {_names(one.told_by)}"
        )


def _totals(totals: Sequence[Tally]) -> Iterator[str]:
    if totals:
        yield "What it adds up to"
    for one in totals:
        ours = f" ({one.sum})" if one.sum else ""
        yield (
            f"  {_way(one.from_, one.to, one.inferred)}: {plain(one.total)} {one.what}{ours}, as of {_day(one.as_of)}; "
            f"by the account of {_names(one.told_by)}{'' if one.view == 'all' else ' - others count differently'}"
        )
    yield from _living_and_dead(totals)


def _living_and_dead(totals: Sequence[Tally]) -> Iterator[str]:
    """The living and the dead of one way in one sentence, added up by us; only where no account differs."""
    latest = {
        (one.from_, one.to, one.condition): one for one in totals if one.view == "all" and one.condition
    }
    for (from_, to, condition), living in latest.items():
        dead = latest.get((from_, to, "dead"))
        if condition == "living" and dead and living.total and dead.total:
            one, other = plain(living.total), plain(dead.total)
            yield (
                f"  {_way(from_, to)}: {one} living and {other} dead; "
                f"our sum: {one} + {other} = {plain(living.total + dead.total)}; "
                f"by the account of {_names((*living.told_by, *dead.told_by))}"
            )


@main.command()
@record_argument
@click.option("--party", help="Only this party.")
@click.option("--issue", help="Only this issue.")
@json_option
@shown_options
@one_line
def positions(
    record: Path,
    party: str | None,
    issue: str | None,
    as_json: bool,
    include: tuple[str, ...],
    day: date,
) -> None:
    """What each party demands, offers, accepts or refuses on each issue, day by day, and where it turned.

    \b
    parley positions truce.db
    parley positions truce.db --party "Manara Movement" --issue talks
    """
    held = load_shown(record, include, day)
    chosen = [
        one
        for one in held.positions
        if (not party or fold(party) in fold(one.party)) and (not issue or fold(issue) in fold(one.issue))
    ]
    ids = {one.id for one in chosen}
    shifts = [one for one in held.shifts if one.after in ids]
    if as_json:
        _print_json({"positions": chosen, "shifts": shifts})
        return
    if not chosen:
        click.echo(
            f"None of these {len(held.texts)} reports says{f' of {party}' if party else ''} what it wants."
        )
        return
    turned = {one.after: one.why for one in shifts}
    files = {article.id: article.outlet for article in held.articles}
    outlets = {row.id: files[row.article] for table in (held.acts, held.needs) for row in table}
    for who, what in sorted({(one.party, one.issue) for one in chosen}):
        click.echo(f"{who} on {what}")
        for one in chosen:
            if (one.party, one.issue) == (who, what):
                click.echo(f"  {_position(one, turned.get(one.id, ''), outlets.get(one.evidence[0], ''))}")


def _position(one: Position, turned: str, outlet: str) -> str:
    """A position in one line; what stands in an outlet's paraphrase only is not the party's own words."""
    reported = f"as told by {one.told_by}" if one.told_by not in {"", outlet} else f"as reported by {outlet}"
    whose = "in its own words" if one.quoted else reported
    through = f", through {one.through}" if one.through and one.through != one.told_by else ""
    new = " [new: no earlier text of this record had this condition]" if one.new else ""
    shift = f" [shift: {turned}]" if turned else ""
    return f"{_day(one.day)}: {one.stance}: “{' '.join(one.act.split())}” - {whose}{through}{new}{shift}"


@main.command()
@record_argument
@json_option
@shown_options
@one_line
def proposals(record: Path, as_json: bool, include: tuple[str, ...], day: date) -> None:
    """What is on the table, provision by provision beside the agreement, and who has answered.

    \b
    parley proposals truce.db
    """
    held = load_shown(record, include, day)
    if as_json:
        _print_json({"proposals": held.proposals})
        return
    if not held.proposals:
        click.echo(f"None of these {len(held.texts)} reports tells of a proposal.")
    for one in held.proposals:
        click.echo("\n".join(_proposal(one, held)))


def _proposal(one: Proposal, held: Record) -> Iterator[str]:
    number = len(held.texts)
    names = {other.id: f"{other.name} by {other.by}" for other in held.proposals}
    files = {article.id: article.outlet for article in held.articles}
    rows = {row.id: row.article for table in (held.acts, held.statements) for row in table}
    told = dict.fromkeys(
        files[rows.get(item, item)] for item in one.evidence if rows.get(item, item) in files
    )
    yield f"{one.name}, put by {one.by}; by the account of {_names(told)}"
    if one.version_of:
        yield f"  a later version of: {names[one.version_of]}"
    for other in one.maybe_same_as:
        yield f"  and {names[other]}: one proposal or two? None of these {number} reports says"
    provisions = {term.id: f"{term.bearer or ''} {term.act} {term.object}".strip() for term in held.terms}
    for row in one.versus:
        beside = f"; the agreement: “{provisions[row.term]}”" if row.term in provisions else ""
        if row.relation != "not mentioned":
            yield f"  {row.relation}: “{row.words}”{beside}"
    left = sum(row.relation == "not mentioned" for row in one.versus)
    if left:
        yield f"  not mentioned: {left} provisions of the agreement in force"
    if not one.versus:
        yield from (f"  would: “{change}”" for change in one.changes)
        yield "  nothing to compare with: the record holds no agreement's own provisions"
    yield from (f"  answer: {' '.join(response.split())}" for response in one.responses)
    for party in one.awaited:
        silent = any(
            response.startswith(f"{party}:") and not response.endswith(UNSURE) for response in one.responses
        )
        said = (
            "told not to have answered"
            if silent
            else f"not stated; none of these {number} reports tells its answer"
        )
        yield f"  {party}: {said}, so its answer is next"


def _way(from_: str | None, to: str | None, inferred: str = "") -> str:
    ours = f" (the {inferred} as we infer)" if inferred and from_ and to else ""
    return f"{from_ or 'giver not stated'} to {to or 'receiver not stated'}{ours}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "none that is named"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "day not stated"


def _print_json(rows: dict[str, Any]) -> None:
    click.echo(
        json.dumps({name: to_data(tuple(held)) for name, held in rows.items()}, ensure_ascii=False, indent=1)
    )
