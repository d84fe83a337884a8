"""Commands about the agreement: state, diff, why, terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from parley import store
from parley.agreement.accounts import first_number
from parley.agreement.alerts import alerts
from parley.agreement.between import between
from parley.agreement.state import Clock, Standing, State, score, state, subject_of
from parley.agreement.telling import (
    WHOSE,
    account_words,
    day_words,
    due_words,
    headline,
    lateness,
    subject_name,
    term_words,
)
from parley.agreement.termdraft import draft
from parley.agreement.views import FORMS, View, parse_view
from parley.agreement.why import why as ground
from parley.cli.door import load_shown, main, one_line, record_argument, shown_options
from parley.contract import to_data
from parley.errors import SourceError
from parley.incremental import add, open_record, save
from parley.model import Article, Mark, Record, Unread
from parley.redaction import Redactor
from parley.settings import Settings
from parley.sources import collect


class Day(click.ParamType[date]):
    """A day as 2031-03-01."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401  # click's own signature
        """The day; a usage error where it is none."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2031-03-01", param, ctx)


DAY = Day()


def view_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that chooses whose accounts count."""
    return click.option(
        "--view", "view", default="everyone", show_default=True, help=f"Whose accounts: {FORMS}"
    )(command)


@main.command("state")
@record_argument
@click.option("--as-of", type=DAY, help="The day asked about; without it, that of the last report.")
@click.option("--known-by", type=DAY, help="Only what was reported by this day.")
@view_option
@click.option(
    "--score", "scored", is_flag=True, help="A coder's score of implementation, 0 to 3, by account."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@shown_options
@one_line
def state_command(
    record: Path,
    as_of: date | None,
    known_by: date | None,
    view: str,
    scored: bool,
    as_json: bool,
    include: tuple[str, ...],
    day: date,
) -> None:
    """Where each provision, phase and talk stands, by whose account.

    \b
    parley state truce.db
    parley state truce.db --as-of 2031-03-01 --known-by 2031-03-05
    parley state truce.db --view "party:Dockers' Union+without-copies"
    """
    held = load_shown(record, include, day)
    now = _state(held, as_of, known_by, parse_view(view))
    if as_json:
        click.echo(json.dumps(_data(held, now, scored), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(_lines(held, now, scored)))


def _state(held: Record, as_of: date | None, known_by: date | None, view: View) -> State:
    last = max((one.published for one in held.texts if one.published), default=date.max)
    return state(held.accounts, held.terms, held.phases, view, as_of or last, known_by)


def _reports(held: Record, known_by: date | None) -> int:
    """How many texts the record holds that were published by a day."""
    return sum(known_by is None or (one.published or date.min) <= known_by for one in held.texts)


def _lines(held: Record, now: State, scored: bool) -> list[str]:
    reports = _reports(held, now.known_by)
    day = "any day" if now.as_of == date.max else day_words(now.as_of)
    known = f", as known by {day_words(now.known_by)}" if now.known_by else ""
    lines = [f"As of {day}{known}. Whose account: {now.view.words()}. Says who says what; checks no claim."]
    silent = []
    for subject, standing in _in_order(now):
        if (
            not standing.live
            and not standing.due
            and not standing.by_clock
            and not now.clocks.get(subject, Clock()).start
        ):
            silent.append(subject_name(held, subject))
            continue
        lines += ["", f"{subject_name(held, subject)}", f"  {headline(now, standing, reports)}"]
        lines += [
            f"  {WHOSE[term.source]}: {due_words(term)}"
            for term in held.terms
            if term.window and subject_of(term) == subject
        ]
        lines += [f"  {line}" for line in lateness(standing)]
        lines += [f"    {account_words(account)}" for account in standing.live]
        if scored:
            low, high = score(standing, _owed(held, subject))
            lines.append(
                f"  score 0-3 (Peace Accords Matrix): {low if low == high else f'{low} to {high}, by account'}"
            )
    if silent:
        lines += [
            "",
            f"None of these {reports} reports says how these stand:",
            *(f"  {name}" for name in silent),
        ]
    found = alerts(held, now)
    lines += ["", "Look at", *(f"  {alert.words}" for alert in found)] if found else []
    return (
        lines if len(lines) > 1 else [*lines, f"None of these {reports} reports says where anything stands."]
    )


def _in_order(now: State) -> list[tuple[str, Standing]]:
    """The agreement, then phases, talks and provisions; what is disputed first within each."""
    kinds = ("agreement", "phase", "talks")

    def rank(one: tuple[str, Standing]) -> tuple[int, bool, str]:
        kind = one[0].split(":")[0]
        return kinds.index(kind) if kind in kinds else len(kinds), one[1].state != "disputed", one[0]

    return sorted(now.standings.items(), key=rank)


def _owed(held: Record, subject: str) -> float | None:
    return next(
        (first_number(term.amount) for term in held.terms if term.id == subject and term.amount), None
    )


def _data(held: Record, now: State, scored: bool) -> dict[str, Any]:
    rows = []
    for subject, standing in _in_order(now):
        row = to_data(standing) | {
            "name": subject_name(held, subject),
            "says": headline(now, standing, _reports(held, now.known_by)),
        }
        rows.append(row | ({"score": list(score(standing, _owed(held, subject)))} if scored else {}))
    return {
        "as_of": None if now.as_of == date.max else now.as_of.isoformat(),
        "known_by": now.known_by.isoformat() if now.known_by else None,
        "view": now.view.words(),
        "standings": rows,
        "alerts": [to_data(alert) for alert in alerts(held, now)],
    }


@main.command("diff")
@record_argument
@click.argument("one", type=DAY)
@click.argument("other", type=DAY)
@view_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@shown_options
@one_line
def diff_command(
    record: Path, one: date, other: date, view: str, as_json: bool, include: tuple[str, ...], day: date
) -> None:
    """What stands otherwise on one day than on another, each as it was known by then.

    \b
    parley diff truce.db 2031-03-01 2031-03-08
    """
    held = load_shown(record, include, day)
    chosen = parse_view(view)
    found = between(held, one, other, chosen)
    if as_json:
        click.echo(json.dumps([to_data(change) for change in found], ensure_ascii=False, indent=1))
        return
    first, second = (_state(held, day, day, chosen) for day in (one, other))
    lines = [f"From {day_words(one)} to {day_words(other)}. Whose account: {chosen.words()}."]
    for change in found:
        lines += [
            "",
            subject_name(held, change.subject),
            f"  before: {headline(first, change.before, _reports(held, one))}",
            f"  after:  {headline(second, change.after, _reports(held, other))}",
            *(f"    new: {account_words(account)}" for account in change.new),
        ]
    click.echo(
        "\n".join(
            lines if found else [*lines, f"No change: none of these {_reports(held, other)} reports says so."]
        )
    )


@main.command("why")
@record_argument
@click.argument("wanted", metavar="ID")
@view_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@shown_options
@one_line
def why_command(
    record: Path, wanted: str, view: str, as_json: bool, include: tuple[str, ...], day: date
) -> None:
    """Why a cell says what it says: rows, words and rule, for any row's id or a subject.

    \b
    parley why truce.db "talks: second phase"
    parley why truce.db tally-0123456789abcdef
    """
    answer = ground(load_shown(record, include, day), wanted, parse_view(view))
    if as_json:
        click.echo(json.dumps(to_data(answer), ensure_ascii=False, indent=1))
        return
    lines = [answer.says, f"Rule: {answer.rule}"]
    for one in answer.grounds:
        words = " … ".join(f"“{' '.join(span.text.split())}” [{span.start}-{span.end}]" for span in one.spans)
        lines.append(f"  {one.id}  {one.outlet} ({one.file})  {words}".rstrip())
    click.echo("\n".join(lines))


@main.group()
def terms() -> None:
    """The agreement's provisions: list them, draft a file of them, load the file that you corrected.

    \b
    parley terms draft truce.db > terms.yaml
    parley terms load truce.db terms.yaml
    parley terms list truce.db
    """


@terms.command("list")
@record_argument
@shown_options
@one_line
def list_terms(record: Path, include: tuple[str, ...], day: date) -> None:
    """Phases, provisions and third parties with where each comes from.

    \b
    parley terms list truce.db
    """
    held = load_shown(record, include, day)
    lines = []
    for phase in held.phases:
        days = f", {phase.days} days counted {phase.counting or 'no way told'}" if phase.days else ""
        span = f"{day_words(phase.start)} to {day_words(phase.end)}"
        lines.append(f"{phase.name}: {span}{days} ({WHOSE[phase.source]})")
    for term in held.terms:
        more = [
            part
            for part in (term.phase, due_words(term), f"reading of {term.reading}" * bool(term.reading))
            if part
        ]
        lines.append(f"{term_words(term)} ({'; '.join([*more, WHOSE[term.source]])})")
    for one in held.third_parties:
        until = f", {day_words(one.start)} to {day_words(one.end)}" if one.start or one.end else ""
        lines.append(f"{one.name}: {one.role}{until} ({WHOSE[one.source]})")
    click.echo("\n".join(lines) or f"None of these {len(held.texts)} reports and texts gives a provision.")


@terms.command("draft")
@record_argument
@one_line
def draft_terms(record: Path) -> None:
    """Write a terms file with what the record has to standard output, to be corrected by hand.

    \b
    parley terms draft truce.db > terms.yaml
    """
    held = store.load(record)
    click.echo(draft(held.phases, held.terms, held.third_parties), nl=False)


@terms.command("load")
@record_argument
@click.argument("file", type=click.Path(path_type=Path))
@one_line
def load_terms(record: Path, file: Path) -> None:
    """Put a terms file (YAML, CSV or XLSX) into a record, in place of the one of its name, and build it again.

    \b
    parley terms load truce.db terms.yaml
    """
    held, settings = open_record(record), Settings()
    came = Redactor(store.entered(record, Mark)).arrivals(collect([], settings, terms=[str(file)]))
    unread = [one for one in came if isinstance(one, Unread)]
    if unread:
        raise SourceError(f"{file}: {unread[0].reason}")
    made = save(held, add(held, came, settings)).record
    (entered,) = (one.id for one in came if isinstance(one, Article))
    rows = [one.article == entered for some in (made.phases, made.terms, made.third_parties) for one in some]
    click.echo(f"{record}: {sum(rows)} of its rows come from {file.name}")
