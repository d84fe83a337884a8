"""Commands about what people decide: correct, corrections, check."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from parley import store
from parley.check import check_first
from parley.cli.byhand import read_text
from parley.cli.door import counted, load_shown, main, one_line, record_argument, shown_options
from parley.contract import to_data
from parley.corrections import ACTIONS, make_correction
from parley.corrections.exchange import read_corrections, written
from parley.corrections.listed import correction_lines
from parley.errors import ChangedError, CorrectionError
from parley.files import replaced_file
from parley.incremental import Held, correct_and_save, open_record, save
from parley.incremental import correct as corrected
from parley.model import Correction
from parley.moves import differences, told
from parley.settings import Settings

MOST = 20  # lines of the queue


@main.command()
@record_argument
@click.argument("row")
@click.argument("action", type=click.Choice(list(ACTIONS)))
@click.argument("value", nargs=-1)
@click.option("--author", envvar="PARLEY_AUTHOR", default="", help="Who decides; or set PARLEY_AUTHOR.")
@click.option("--reason", default="", help="Why, in a sentence.")
@click.option("--dry-run", is_flag=True, help="Show what would move, save nothing.")
@click.option("--yes", is_flag=True, help="Save without asking.")
@one_line
def correct(
    record: Path,
    row: str,
    action: str,
    value: tuple[str, ...],
    author: str,
    reason: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Decide about a row: what moves is shown before it is saved, and nothing saved is ever lost.

    ROW is the id of a row, a report's file, a name as a report writes it (clear, withhold) or a correction (undo, settle).

    \b
    parley correct truce.db stm-1f.. wrong                    this is no statement
    parley correct truce.db fig-2a.. edit value=24 unit=body  other values; low= and high= for a range
    parley correct truce.db stm-1f.. edit span=120-168        other words
    parley correct truce.db daily.txt date 2031-03-06         the day of a report; outlet likewise
    parley correct truce.db actor-3b.. merge actor-9c..       one name; split actor-3b.. "M. Oduya" for two
    parley correct truce.db fig-2a.. relate fig-7d.. conflict or agree, adds_up, superseded, different_scope, unrelated
    parley correct truce.db breach-4e.. bind term-5f..        which provision an allegation is about
    parley correct truce.db fig-2a.. side held_by="Owners' Federation"
    parley correct truce.db "Lena Oduya" clear                show a name; withhold hides one
    parley correct truce.db cor-6a.. undo                     or settle, where two people disagree
    """
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    while True:
        held = open_record(record)
        after = corrected(held, _made(held, row, action, value, author, at, reason), Settings())
        click.echo("\n".join(told(differences(held.record, after.record)) or ["Nothing else moves."]))
        line = correction_lines(after.record, after.corrections)[-1]
        if line.outcome not in {"", "applied"}:
            click.echo(f"This is kept, but {line.became}.")
        if dry_run:
            return
        if not yes:
            click.confirm("Save this?", abort=True, err=True)
        try:
            save(held, after)
        except ChangedError:
            click.echo("Another program changed the record meanwhile. What moves now:", err=True)
            continue
        click.echo(f"saved: {after.corrections[-1].id}")
        return


def _made(
    held: Held, row: str, action: str, value: tuple[str, ...], author: str, at: str, reason: str
) -> list[Correction]:
    """The correction that somebody typed. Raises CorrectionError."""
    of_correction = action in {"undo", "settle"}
    if of_correction and row not in {one.id for one in held.corrections}:
        raise CorrectionError(f"{row}: no such correction. List them with: parley corrections {held.path}")
    words = (row,) if of_correction else value
    return [make_correction(held.record, row, action, words, author, at, reason)]


@main.command()
@record_argument
@click.option(
    "--export", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write them as JSON lines."
)
@click.option(
    "--import", "source", type=click.Path(path_type=Path, exists=True), help="Add another person's."
)
@one_line
def corrections(record: Path, target: Path | None, source: Path | None) -> None:
    """List what people decided, in order, and what became of it; hand it on, or take another person's in.

    \b
    parley corrections truce.db
    parley corrections truce.db --export mine.jsonl
    parley corrections truce.db --import hers.jsonl    then both records are the same
    """
    if source is not None:
        made = read_corrections(str(source), read_text(source))
        before, after = correct_and_save(open_record(record), made, Settings())
        click.echo(f"{len(after.corrections) - len(before.corrections)} new")
        return
    kept = store.corrections(record)
    if target is not None:
        with replaced_file(target) as path:
            path.write_text(written(kept), encoding="utf-8")
        click.echo(f"{target}: {len(kept)} written")
        return
    for one in correction_lines(store.load(record), kept):
        click.echo(f"{one.at[:16]} {one.author}: {one.decided} [{one.became}] {one.id}")
        click.echo(f"    {one.about}" + (f" - {one.reason}" if one.reason else ""))
        for other in one.others:
            click.echo(f"    disagrees with {other}; to settle: parley correct {record} ID settle")
    if not kept:
        click.echo("No corrections yet.")


@main.command()
@record_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON, all of it.")
@shown_options
@one_line
def check(record: Path, as_json: bool, include: tuple[str, ...], day: date) -> None:
    """What is worth a look first: what would change most if it were wrong stands on top.

    \b
    parley check truce.db
    """
    queue = check_first(load_shown(record, include, day))
    if as_json:
        json.dump(to_data(queue), sys.stdout, ensure_ascii=False, indent=1)
        return
    for one in queue[:MOST]:
        click.echo(f"{one.what}: {one.words}")
        click.echo(f"    {one.why}; {counted(one.hangs, 'row')} would change with it  [{one.row}]")
    if len(queue) > MOST:
        click.echo(f"and {len(queue) - MOST} more: --json lists all")
    if not queue:
        click.echo("Nothing stands out.")
