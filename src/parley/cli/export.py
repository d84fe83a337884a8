"""Commands that give a record to other programs: export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from parley.cli.door import load_shown, main, one_line, record_argument, shown_options
from parley.errors import ParleyError
from parley.export import OWN, SCHEMES, TABLES, text_parts, write_tables
from parley.files import replaced_file

FORMS = ("json", "xlsx", "csv", "parquet", "annotations", "ftm", "atom")


@main.command()
@record_argument
@click.option("--format", "form", type=click.Choice(FORMS), default="json", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; a folder or a .zip for csv, a folder for parquet. Without it text goes to standard output.",
)
@click.option(
    "--columns",
    type=click.Choice(SCHEMES),
    default=OWN,
    show_default=True,
    help="Whose column names tables have: ours, PLOVER's, PA-X's or UCDP GED's.",
)
@click.option(
    "--excerpts-only", is_flag=True, help="Leave full texts out: quoted words and a digest of each text."
)
@shown_options
@one_line
def export(
    record: Path,
    form: str,
    output: Path | None,
    columns: str,
    excerpts_only: bool,
    include: tuple[str, ...],
    day: date,
) -> None:
    """Write the record in a form that other programs read. Only what is public, unless --include names more.

    \b
    parley export truce.db --format json > truce.json
    parley export truce.db --format xlsx -o truce.xlsx
    parley export truce.db --format csv --columns plover -o truce.zip
    parley export truce.db --format annotations --excerpts-only -o truce.jsonld
    parley export truce.db --format ftm -o truce.csv        statements as CSV; else lines of JSON
    """
    if columns != OWN and form not in TABLES:
        raise ParleyError(f"--columns {columns} is for tables: add --format csv, xlsx or parquet")
    if form in TABLES and output is None:
        raise ParleyError(f"--format {form} can't go to standard output: name a file or folder with -o")
    shown = load_shown(record, include, day)
    if form in TABLES and output:
        write_tables(shown, form, output, columns, not excerpts_only)
        return
    kind = "ftm-csv" if form == "ftm" and output and output.suffix.lower() == ".csv" else form
    _write(text_parts(shown, kind, record.stem, day, not excerpts_only), output)


def _write(parts: Iterator[str], output: Path | None) -> None:
    """Write text part by part, to a file or to standard output."""
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode())  # as UTF-8, whatever the terminal's letters are
        sys.stdout.buffer.flush()
        return
    with replaced_file(output) as path, path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)
