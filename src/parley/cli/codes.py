"""Commands for codes of one's own: codebook, code, codes, kappa."""

from __future__ import annotations

import json
from pathlib import Path

import click

from parley import store
from parley.byhand.codefile import codes_to_give, read_codes, write_codes
from parley.byhand.codes import (
    YES_NO,
    current,
    read_codebook,
    standing,
    values_of,
    write_codebook,
)
from parley.byhand.enter import enter_code
from parley.byhand.kappa import agreement
from parley.cli.byhand import now, read_text
from parley.cli.door import counted, main, one_line, record_argument
from parley.contract import to_data
from parley.errors import EnteredError
from parley.files import replaced_file
from parley.incremental import open_record
from parley.model import CodeDefinition, Mark
from parley.redaction import Redactor
from parley.rowwords import RowWords

MOST = 3  # codes without a row that are named
coder_option = click.option(
    "--coder", envvar="PARLEY_AUTHOR", default="", help="Who codes; or set PARLEY_AUTHOR."
)


@main.command()
@record_argument
@click.option("--import", "source", type=click.Path(path_type=Path, exists=True), help="Add or change codes.")
@click.option(
    "--export", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write it (.csv, .yaml)."
)
@one_line
def codebook(record: Path, source: Path | None, target: Path | None) -> None:
    """Your own codes with their definitions and values: list them, take them in, hand them on.

    A codebook has the columns code, label, definition and values (a CSV puts | between values); a code without values
    takes yes or no. A later definition of a code takes the place of the earlier, which is kept.

    \b
    parley codebook truce.db --import codebook.csv
    parley codebook truce.db --export codebook.yaml
    """
    held = store.entered(record, CodeDefinition)
    if source is not None:
        redactor = Redactor(store.entered(record, Mark))
        new = read_codebook(source.name, read_text(source), held, now())
        store.enter(record, map(redactor.row, new))
        click.echo(f"{counted(len(new), 'code')} added or changed")
        return
    if target is not None:
        text = write_codebook(held, target.name)
        with replaced_file(target) as path:
            path.write_text(text, encoding="utf-8")
        click.echo(f"{target}: {counted(len(current(held)), 'code')} written")
        return
    for one in current(held).values():
        click.echo(f"{one.code} ({', '.join(values_of(one))}): {one.label}")
        if one.definition:
            click.echo(f"    {one.definition}")
    if not held:
        click.echo(f"No codebook yet. Take one in with: parley codebook {record} --import FILE.csv")


@main.command()
@record_argument
@click.argument("row", default="")
@click.argument("code", default="")
@click.argument("value", default=YES_NO[0])
@coder_option
@click.option("--take-back", is_flag=True, help="Take your earlier value of this code on this row back.")
@click.option(
    "--rows", "source", type=click.Path(path_type=Path, exists=True), help="Many at once: a .csv or .xlsx."
)
@one_line
def code(
    record: Path, row: str, code: str, value: str, coder: str, take_back: bool, source: Path | None
) -> None:
    """Put a code of your codebook on any row: a statement, a figure, a claim, a report's file.

    Your later word on a row and code takes the place of the earlier, which is kept. A sheet of many has the columns row
    and code, value where it is not yes, and coder where it is not you; where a row of it doesn't fit, none is taken.

    \b
    parley code truce.db stm-1f.. stance conciliatory --coder Ada
    parley code truce.db daily.txt on_topic --coder Ben
    parley code truce.db --rows monday.csv --coder Ada
    """
    held = open_record(record)
    if source is not None:
        redactor = Redactor(store.entered(record, Mark))
        made = codes_to_give(held.record, source.name, source.read_bytes(), coder, now())
        click.echo(f"{counted(store.enter(record, redactor.codes(made)), 'code')} saved")
        return
    if not row or not code:
        raise EnteredError("give ROW and CODE, or a sheet of many with --rows FILE")
    one = enter_code(held, row, code, "" if take_back else value, coder, now())
    click.echo(f"saved: {one.code} {one.value or 'taken back'} on {one.row} by {one.coder}")


@main.command()
@record_argument
@click.option("--coder", default="", help="Only this coder's.")
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all (.jsonl, .csv, .xlsx).",
)
@click.option(
    "--import", "source", type=click.Path(path_type=Path, exists=True), help="Add another coder's (as above)."
)
@one_line
def codes(record: Path, coder: str, target: Path | None, source: Path | None) -> None:
    """List the codes on rows, hand them on, or take another coder's in.

    \b
    parley codes truce.db --coder Ada
    parley codes truce.db --export ada.jsonl    or .csv, .xlsx: a row per code
    parley codes truce.db --import ben.xlsx     then: parley kappa truce.db
    """
    if source is not None:
        redactor = Redactor(store.entered(record, Mark))
        added = store.enter(record, redactor.codes(read_codes(source.name, source.read_bytes())))
        click.echo(f"{added} new")
        return
    held = store.load(record)
    chosen = [one for one in held.codes if coder in ("", one.coder)]
    if target is not None:
        write_codes(chosen, target)
        click.echo(f"{target}: {len(chosen)} written")
        return
    counting = standing(chosen)
    words = RowWords(held)
    for one in counting:
        click.echo(f"{one.code}: {one.value} ({one.coder}, {one.at[:16]}) {one.row}")
        if one.row in words:
            click.echo(f"    {words.kind(one.row)} {words.words(one.row)}")
    if not counting:
        click.echo("No codes yet.")
    gone = [one for one in counting if one.row not in words]
    if gone:
        named = ", ".join(one.row for one in gone[:MOST])
        click.echo(f"{counted(len(gone), 'code')} on rows that the record no longer has: {named}")


@main.command()
@record_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@one_line
def kappa(record: Path, as_json: bool) -> None:
    """How far coders agree, code by code: n, share agreed, Cohen's kappa, Krippendorff's alpha (nominal).

    Counted over rows that both coded; each coder's last word counts.

    \b
    parley kappa truce.db
    """
    found = agreement(standing(store.load(record).codes))
    if as_json:
        click.echo(json.dumps(to_data(found), ensure_ascii=False, indent=1))
        return
    for one in found:
        figures = {"agreed": one.observed, "kappa": one.kappa, "alpha": one.alpha}
        told = ", ".join(f"{name} {_number(value)}" for name, value in figures.items())
        rest = f"; {one.one_only} coded by one only" if one.one_only else ""
        click.echo(f"{one.code}: {' and '.join(one.coders)}, n = {one.n}: {told}{rest}")
    if any(one.n and one.kappa is None for one in found):
        click.echo("not defined: both used one value only, so that chance alone explains it")
    if not found:
        click.echo("No code was used by two coders. See: parley codes --import")


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
