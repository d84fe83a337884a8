"""What every command shares: the group, the one handler of errors, the record argument, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from parley import __version__
from parley.errors import ParleyError
from parley.incremental import open_record
from parley.model import Record
from parley.sensitivity import RESTRICTED, visible

console = Console(stderr=True, highlight=False)
record_argument = click.argument("record", type=click.Path(path_type=Path))


def one_line(command: Callable[..., None]) -> Callable[..., None]:
    """Turn every ParleyError into one line on standard error and exit status 1."""

    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except ParleyError as error:
            click.echo(f"parley: {error}", err=True)
            sys.exit(1)

    return wrapped


def progress_bar() -> Progress:
    """A bar on standard error that goes away when the work is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 report, 2 reports."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that shows a record to others: what besides public texts, and on which day."""
    command = click.option(
        "--day",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DAY",
        callback=lambda context, option, value: (value or datetime.now()).date(),
        help="Day on which it is shown, by which embargoes end; today if not given.",
    )(command)
    return click.option(
        "--include",
        type=click.Choice(RESTRICTED),
        multiple=True,
        help="Show texts that are not public, too; can be given more than once.",
    )(command)


def load_shown(path: Path, include: tuple[str, ...], day: date) -> Record:
    """What of a record's file may be shown on a day, by `shown_options`. Raises StoreError.

    On standard error it says how much is not shown, so that nobody takes a part for the whole.
    """
    held = open_record(path)
    shown = visible(held, day, include)
    texts = len(held.record.texts) - len(shown.texts)
    notes = len(held.record.notes) - len(shown.notes)
    left_out = [counted(number, noun) for number, noun in ((texts, "text"), (notes, "note")) if number]
    if left_out:
        click.echo(f"not shown, as not public: {' and '.join(left_out)}; see --include", err=True)
    return shown


FAMILIES = {
    "The record": ("build", "watch", "show", "verify", "stories"),
    "Show it": ("briefing", "serve", "sitrep", "export"),
    "Ask it": ("claim", "state", "diff", "waits", "handovers", "positions", "proposals", "why", "terms"),
    "Work on it": ("check", "correct", "corrections", "redact", "archived"),
    "By hand": ("note", "enter", "import-rows", "notes", "codebook", "code", "codes", "kappa"),
}


class Door(click.Group):
    """The group, which lists its commands by what one wants to do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the families."""
        ordered = [name for names in FAMILIES.values() for name in names if name in self.commands]
        return ordered + sorted(self.commands.keys() - set(ordered))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their families' headings."""
        listed = {name for names in FAMILIES.values() for name in names}
        others = tuple(sorted(self.commands.keys() - listed))
        for heading, names in (*FAMILIES.items(), ("Others", others)):
            rows = [
                (name, self.commands[name].get_short_help_str(90)) for name in names if name in self.commands
            ]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="parley")
def main() -> None:
    """Keep the record of a negotiation as it is reported: who said what, and through whom.

    \b
    parley build reports/ -o truce.db       read a folder of reports into a record
    parley show truce.db                    what it holds
    parley briefing truce.db -o truce/      pages to open in a browser or print
    parley verify truce.db                  prove every span, id and sum
    """
