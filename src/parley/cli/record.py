"""Commands about a record as a whole: build, show, briefing, verify."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from parley import store
from parley.agreement.views import FORMS
from parley.briefing import write_briefing
from parley.briefing.frame import parse_frame
from parley.briefing.write import write_one_file
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
from parley.model import Article, Lineage, Mark, Record, Unread
from parley.pipeline import build as build_with_readings
from parley.proof import Report
from parley.proof import verify as verify_record
from parley.redaction import Redactor, standing_again
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
    number = store.saved_number(output) if output.exists() else None
    if inputs:
        pasted = decode(sys.stdin.buffer.read()) if "-" in inputs else None
        came_in = list(collect([item for item in inputs if item != "-"], settings, pasted, terms))
    else:
        held = store.load(output)
        came_in = [*held.unread, *instead(held.articles, collect([], settings, terms=terms))]
    if output.exists():
        came_in = _with_entered(came_in, output)
    if not any(isinstance(one, Article) for one in came_in):
        raise SourceError(
            _nothing_read(
                inputs, [f"{one.file}: {one.reason}" for one in came_in if not isinstance(one, Article)]
            )
        )
    with progress_bar() as bar:
        task = bar.add_task("reading", total=None)
        built = build_with_readings(
            came_in,
            settings,
            lambda step, done, of: bar.update(task, completed=done, total=of),
            store.corrections(output) if output.exists() else (),
            store.load_readings(output) if output.exists() else {},
            store.load_kept(output) if output.exists() else {},
        )
    store.save(built.record, output, built.readings, number=number, kept=built.answers)
    _summarise(built.record, output)


def _with_entered(came_in: list[Article | Unread], path: Path) -> list[Article | Unread]:
    """What came in and what people entered into the record by hand, without what was redacted from it."""
    entered = {one.id: one for one in store.entered(path, Article)}
    reports = [one for one in came_in if getattr(one, "id", "") not in entered]
    return Redactor(store.entered(path, Mark)).arrivals([*reports, *entered.values()])


def _nothing_read(inputs: tuple[str, ...], reasons: list[str]) -> str:
    named = ", ".join(inputs) or "the record"
    return f"{named}: no report could be read. " + (
        "; ".join(reasons[:3]) if reasons else "Is the folder empty?"
    )


@main.command()
@record_argument
@shown_options
@one_line
def show(record: Path, include: tuple[str, ...], day: date) -> None:
    """What a record holds: reports, copies, who is heard, what is disputed, what waits for what.

    \b
    parley show truce.db
    """
    _summarise(load_shown(record, include, day), record)


@main.command()
@record_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the pages; a name that ends in .html puts all of them into one file.",
)
@click.option("--view", default="", metavar="VIEW", help=f"Whose account: {FORMS}.")
@click.option("--as-of", default="", metavar="DAY", help="Leave out what happened after this day.")
@click.option("--known-by", default="", metavar="DAY", help="Leave out what was reported after this day.")
@click.option("--since", default="", metavar="DAY", help="Show as new what was reported from this day on.")
@shown_options
@one_line
def briefing(
    record: Path,
    output: Path,
    view: str,
    as_of: str,
    known_by: str,
    since: str,
    include: tuple[str, ...],
    day: date,
) -> None:
    """Write the briefing: pages that open without a network and print well. Only what is public, unless --include.

    Every page says on top whose account it gives and the days that it is frozen at.

    \b
    parley briefing truce.db -o truce/      then open truce/index.html
    parley briefing truce.db -o truce.html  one file, to send
    parley briefing truce.db -o monday/ --known-by 2031-03-10 --since 2031-03-03
    parley briefing truce.db -o wire/ --view "outlet:Coastal Wire"
    """
    frame = parse_frame(view, as_of, known_by, since)
    write = write_one_file if output.suffix == ".html" and not output.is_dir() else write_briefing
    click.echo(str(write(load_shown(record, include, day), output, frame)))


@main.command()
@record_argument
@one_line
def verify(record: Path) -> None:
    """Prove that every span reproduces its text, every id derives from its row and every sum adds up.

    \b
    parley verify truce.db && echo whole
    """
    held = store.load(record)
    report = verify_record(held)
    problems = [*report.problems, *standing_again(held, store.entered(record, Mark))]
    for problem in problems:
        click.echo(problem, err=True)
    click.echo("\n".join((*report.redacted, _proved(report, len(problems)))))
    if problems:
        sys.exit(1)


def _proved(report: Report, problems: int) -> str:
    return f"{report.spans} spans, {report.ids} ids, {report.sums} sums: {problems or 'no'} problems"


def _summarise(record: Record, path: Path) -> None:
    """The end of a build in a few lines, on standard output."""
    files = {article.id: article.file for article in record.articles}
    lines = [
        f"{path}: {counted(len(record.texts), 'report')}, {len(record.derived)} derived from another, "
        f"{counted(len(record.statements), 'statement')}"
    ]
    lines += [_derives(e, files) for e in record.lineage]
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


def _derives(edge: Lineage, files: dict[str, str]) -> str:
    """One line of what derives from what; where the direction is not known, that."""
    if edge.directed:
        return f"  {files[edge.derived]} is {ARTICLES[edge.kind]} {edge.kind} of {files[edge.from_]}"
    pair = f"{files[edge.from_]} and {files[edge.derived]}"
    return f"  {pair}: one is {ARTICLES[edge.kind]} {edge.kind} of the other; which is not known"


def _listed(title: str, found: tuple[str, ...] | list[str], reports: int) -> list[str]:
    if not found:
        return [f"{title}: none of these {reports} reports says"] if reports else []
    more = [f"  and {len(found) - MOST} more: see the briefing"] if len(found) > MOST else []
    return [title, *(f"  {line}" for line in found[:MOST]), *more]
