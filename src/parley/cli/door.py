"""What every command shares: the group, the one handler of errors, the record argument, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from parley import __version__
from parley.errors import ParleyError

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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="parley")
def main() -> None:
    """Keep the record of a negotiation as it is reported: who said what, and through whom.

    \b
    parley build reports/ -o truce.db       read a folder of reports into a record
    parley show truce.db                    what it holds
    parley briefing truce.db -o truce/      pages to open in a browser or print
    parley verify truce.db                  prove every span, id and sum
    """
