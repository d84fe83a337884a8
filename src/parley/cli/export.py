"""Commands that give a record to other programs: export."""

from __future__ import annotations

from pathlib import Path

import click

from parley import store
from parley.cli.door import main, one_line, record_argument
from parley.export import as_json


@main.command()
@record_argument
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
@one_line
def export(record: Path, form: str) -> None:
    """Write the record to standard output in a form that other programs read.

    \b
    parley export truce.db --format json > truce.json
    """
    click.echo(as_json(store.load(record)), nl=False)
