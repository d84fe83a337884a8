"""Commands about a record as a whole: build, show, briefing, verify."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from parley import store
from parley.briefing import write_briefing
from parley.checks import verify as verify_record
from parley.cli.door import (
    counted,
    load_shown,
    main,
    one_line,
    progress_bar,
    record_argument,
    shown_options,
)
from parley.errors import SourceError
from parley.model import Article, Record
from parley.pipeline import build_record
from parley.settings import Settings
from parley.sources import collect
from parley.sources.encoding import decode
from parley.sources.entered import instead
from parley.summary import disputed, who_is_heard

ARTICLES = {"copy": "a", "rewrite": "a", "excerpt": "an", "translation": "a"}
MOST = 8  # lines of a list that a summary shows


@main.command()
@click.argument("inputs", nargs=-1, metavar="FOLDER|FILE|URL|- ...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The record's file.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=0),
    default=0,
    help="Reader processes; 0: one per core for larger builds.",
)
@click.option(
    "--terms",
    multiple=True,
    metavar="FILE",
    help="Terms of the agreement that you entered (YAML, CSV or XLSX); see parley terms draft.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
@one_line
def build(
    inputs: tuple[str, ...], output: Path, processes: int, terms: tuple[str, ...], allow_private: bool
) -> None:
    """Read reports into a record.

    INPUTS are folders (with an optional sources.csv), files, web addresses, or - for text on standard input. Without
    any, the record is built again from its own texts. The file is replaced in one step: a build that is stopped leaves
    the old record whole. Corrections stay.

    \b
    parley build reports/ -o truce.db
    parley build monday.txt tuesday.html -o truce.db
    pbpaste | parley build - -o truce.db
    parley build reports/ -o truce.db --terms agreement.yaml
    parley build -o truce.db                again, from the texts it holds
    """
    settings = Settings(processes=processes, allow_private_addresses=allow_private)
    if inputs:
        pasted = decode(sys.stdin.buffer.read()) if "-" in inputs else None
        came_in = list(collect([item for item in inputs if item != "-"], settings, pasted, terms))
    else:
        held = store.load(output)
        came_in = [*held.unread, *instead(held.articles, collect([], settings, terms=terms))]
    if not any(isinstance(one, Article) for one in came_in):
        raise SourceError(
            _nothing_read(
                inputs, [f"{one.file}: {one.reason}" for one in came_in if not isinstance(one, Article)]
            )
        )
    with progress_bar() as bar:
        task = bar.add_task("reading", total=None)
        record = build_record(
            came_in,
            settings,
            lambda step, done, of: bar.update(task, completed=done, total=of),
            store.corrections(output) if output.exists() else (),
        )
    store.save(record, output)
    _summarise(record, output)


def _nothing_read(inputs: tuple[str, ...], reasons: list[str]) -> str:
    named = ", ".join(inputs) or "the record"
    return f"{named}: no report could be read. " + (
        "; ".join(reasons[:3]) if reasons else "Is the folder empty?"
    )


@main.command()
@record_argument
@one_line
def show(record: Path) -> None:
    """What a record holds: reports, copies, who is heard, what is disputed, what waits for what.

    \b
    parley show truce.db
    """
    _summarise(store.load(record), record)


@main.command()
@record_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the pages.",
)
@shown_options
@one_line
def briefing(record: Path, output: Path, include: tuple[str, ...], day: date) -> None:
    """Write the briefing: pages that open without a network and print well. Only what is public, unless --include.

    \b
    parley briefing truce.db -o truce/      then open truce/index.html
    """
    first = write_briefing(load_shown(record, include, day), output)
    click.echo(str(first))


@main.command()
@record_argument
@one_line
def verify(record: Path) -> None:
    """Prove that every span reproduces its text, every id derives from its row and every sum adds up.

    \b
    parley verify truce.db && echo whole
    """
    report = verify_record(store.load(record))
    for problem in report.problems:
        click.echo(problem, err=True)
    click.echo(
        f"{report.spans} spans, {report.ids} ids, {report.sums} sums: {len(report.problems) or 'no'} problems"
    )
    if report.problems:
        sys.exit(1)


def _summarise(record: Record, path: Path) -> None:
    """The end of a build in a few lines, on standard output."""
    files = {article.id: article.file for article in record.articles}
    lines = [
        f"{path}: {counted(len(record.texts), 'report')}, {len(record.derived)} derived from another, "
        f"{counted(len(record.statements), 'statement')}"
    ]
    lines += [
        f"  {files[e.derived]} is {ARTICLES[e.kind]} {e.kind} of {files[e.from_]}" for e in record.lineage
    ]
    heard = who_is_heard(record)
    lines.append("Who is heard")
    for side in heard[:MOST]:
        told = f", {side.told_by_others} told by others" if side.told_by_others else ""
        lines.append(f"  {side.name}: {side.statements}{told}")
    if len(heard) > MOST:
        lines.append(f"  others: {sum(side.statements for side in heard[MOST:])}")
    lines += _listed("Disputed", disputed(record), len(record.texts))
    loops = [
        "; ".join(
            f"‘{deed}’ waits for ‘{after}’" for deed, after in zip(wait.loop, (*wait.loop[1:], wait.loop[0]))
        )
        for wait in record.waits
    ]
    lines += _listed("Waits", loops, len(record.texts))
    gone = [one for one in record.outcomes if one.outcome != "applied"]
    if gone:
        counts = Counter(one.outcome for one in gone)
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        lines.append(f"Corrections not applied: {said}. See: parley corrections {path}")
    lines += _listed("Unread", [f"{one.file}: {one.reason}" for one in record.unread], 0)
    click.echo("\n".join(lines))


def _listed(title: str, found: tuple[str, ...] | list[str], reports: int) -> list[str]:
    if not found:
        return [f"{title}: none of these {reports} reports says"] if reports else []
    more = [f"  and {len(found) - MOST} more: see the briefing"] if len(found) > MOST else []
    return [title, *(f"  {line}" for line in found[:MOST]), *more]
