"""Commands about following the news: watch, archived."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from parley import store
from parley.changes import told
from parley.cli.door import counted, main, one_line, record_argument
from parley.corrections import make_correction
from parley.errors import CorrectionError
from parley.incremental import correct_and_save, open_record
from parley.model import Article, Record
from parley.settings import Settings
from parley.watch import Saved, follow, refreshed

MINUTE = 60  # seconds


@main.command()
@record_argument
@click.argument("sources", nargs=-1, required=True, metavar="FEED|FOLDER ...")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option(
    "--every",
    type=click.FloatRange(min=0),
    default=15.0,
    help="Minutes between two looks.",
    show_default=True,
)
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
@one_line
def watch(record: Path, sources: tuple[str, ...], once: bool, every: float, allow_private: bool) -> None:
    """Follow feeds and folders: add what is new to a record and say what it changes.

    What it says is saved has been saved, even if it is stopped in the next moment. A source that fails is named and
    the others go on. Only what a site's robots.txt allows is fetched, and only from public addresses.

    \b
    parley watch truce.db https://wire.example/rss.xml reports/
    parley watch truce.db reports/ --once
    """
    settings = Settings(allow_private_addresses=allow_private)
    if not record.exists():
        store.save(Record(), record)
    held = open_record(record)
    while True:
        for saved in follow(held, sources, settings, _now):
            held = saved.held
            _say(saved)
        if once:
            break
        time.sleep(every * MINUTE)
        held = refreshed(held)
    waiting = len(_not_archived(held.record.articles))
    click.echo(
        f"{record}: {counted(len(held.record.texts), 'report')}"
        + (f", {waiting} not archived yet: parley archived {record}" if waiting else "")
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _say(saved: Saved) -> None:
    for article in saved.changes.reports:
        click.echo(f"saved: {article.file} ({article.outlet}, {article.published or 'no day'})")
    for line in told(saved.changes):
        click.echo(f"  {line}")
    for one in saved.unread:
        click.echo(f"unread: {one.file}: {one.reason}")
    for line in saved.failed:
        click.echo(f"failed: {saved.source}: {line}", err=True)


@main.command()
@record_argument
@click.argument("report", required=False)
@click.argument("address", required=False)
@click.option("--author", envvar="PARLEY_AUTHOR", default="", help="Who says so; or set PARLEY_AUTHOR.")
@one_line
def archived(record: Path, report: str | None, address: str | None, author: str) -> None:
    """Say where an archive keeps a report; without one, list the reports from the web that aren't archived yet.

    REPORT is a report's id or file. The address is a correction like others: it stays at every rebuild.

    \b
    parley archived truce.db
    parley archived truce.db https://wire.example/talks https://archive.example/2031/talks
    """
    held = open_record(record)
    if report is None:
        waiting = _not_archived(held.record.articles)
        for article in waiting:
            click.echo(f"{article.file}\t{article.outlet}\t{article.captured or 'capture time not known'}")
        if not waiting:
            click.echo("Every report that has an address is archived.")
        return
    if address is None:
        raise CorrectionError(f"{report}: give the address of the archive's copy after it.")
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    made = make_correction(held.record, report, "archived", (address,), author, at, "")
    correct_and_save(held, [made], Settings())
    click.echo(f"saved: {made.id}")


def _not_archived(articles: tuple[Article, ...]) -> list[Article]:
    """Reports with an address on the web that no archive is known to keep."""
    return [one for one in articles if one.url and not one.archived_url]
