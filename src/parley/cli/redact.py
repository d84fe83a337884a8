"""The command that removes a person, a passage or a text for good."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import click

from parley import store
from parley.cli.byhand import author_option, now
from parley.cli.door import main, one_line, record_argument
from parley.errors import RedactionError
from parley.model import Article, Mark, Tombstone
from parley.moves import differences, told
from parley.pipeline import build_record
from parley.redaction import (
    Redactor,
    Removal,
    by_people,
    count_places,
    marks_of,
    remainder,
    removal_of,
    tombstone_id,
)
from parley.settings import Settings

SALT = 16  # bytes
MOST = 12  # reports that are listed


@main.command()
@record_argument
@click.argument("target", metavar="NAME|REPORT|ROW", default="")
@author_option
@click.option(
    "--reason", default="", help="Why. It stays in the record and in exports: don't say there what goes."
)
@click.option(
    "--also", multiple=True, metavar="FORM", help="Another form of the name; can be given more than once."
)
@click.option("--keep", multiple=True, metavar="FORM", help="A form that is listed and is to stay.")
@click.option("--dry-run", is_flag=True, help="Show what would go, remove nothing.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@click.option("--wipe", is_flag=True, help="Only wipe the file again, where another program kept it open.")
@one_line
def redact(
    record: Path,
    target: str,
    author: str,
    reason: str,
    also: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    wipe: bool,
) -> None:
    """Remove a person's name, a whole text or the words of a row for good: from the record, its history and its file.

    Blocks stand in their place, a tombstone says who removed something and when, and what comes in later is redacted
    again. This can't be undone. What was exported, printed or copied before is not reached.

    \b
    parley redact truce.db "Mira Oduya" --author Ada --reason "asked for it"
    parley redact truce.db daily.txt --author Ada           a whole text
    parley redact truce.db stm-1f.. --author Ada --yes      the words of a row, wherever they stand
    """
    if wipe:
        store.wipe(record)
        click.echo(f"{record}: wiped")
        return
    if not author.strip():
        raise RedactionError("a redaction needs an author. Give --author NAME, or set PARLEY_AUTHOR.")
    number = store.saved_number(record)
    held, old = store.load(record), store.entered(record, Mark)
    salt = old[0].salt if old else secrets.token_hex(SALT)
    removal, at = removal_of(held, target, also, keep), now()
    stone = Tombstone(tombstone_id(removal.what, author, at), removal.what, 0, author, at, reason)
    marks = [*old, *marks_of(removal, salt, stone.id)]
    places = count_places(held, Redactor(marks))
    _show(removal, places)
    left = remainder(held, store.entered(record, Article), store.corrections(record), removal, marks)
    after = build_record(left.came_in, Settings(), corrections=left.corrections)
    click.echo("\n".join(told(differences(held, after))))
    if dry_run:
        return
    if not yes:
        click.confirm("Remove this for good?", abort=True, err=True)
    people = by_people(held, removal, marks)
    stone = people.row(replace(stone, places=sum(places.values())))
    store.redact(record, number, after, left.corrections, [*left.entered, stone, *marks], people.anew)
    click.echo(
        f"redacted: {stone.id}. Pages, exports and copies made before still hold it; write them again."
    )


def _show(removal: Removal, places: dict[str, int]) -> None:
    """What goes, before it goes."""
    if removal.article is not None:
        click.echo(f"The whole text {removal.article.file} ({removal.article.outlet}) goes.")
    else:
        click.echo("These words go: " + "; ".join(f"“{' '.join(form.split())}”" for form in removal.forms))
    for file, count in list(places.items())[:MOST]:
        click.echo(f"  {file}: {count} places" if count > 1 else f"  {file}: 1 place")
    if len(places) > MOST:
        click.echo(f"  and {len(places) - MOST} more texts")
