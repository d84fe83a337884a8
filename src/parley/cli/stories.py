"""The command that groups a stream of reports: stories."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from parley.cli.door import counted, main, one_line
from parley.errors import SourceError
from parley.linking.stories import Item, Story, group
from parley.model import Article, Unread
from parley.settings import Settings
from parley.sources import NO_OUTLET, collect
from parley.sources.table import COLUMNS, NAME

UNSAFE = re.compile(r"[^\w.-]+")
READ_AGAIN = frozenset({"text", "guess"})  # days that a table must not vouch for
LONGEST = 150  # bytes of a file's name that are kept: folders become part of it, and systems allow 255


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="One JSON object instead of lines.")
@click.option(
    "--write",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write each story into a folder of its own, largest first: OUT/1, OUT/2 ...",
)
@one_line
def stories(folder: Path, as_data: bool, out: Path | None) -> None:
    """Group the reports of a folder into stories, so that one of them can be built into a record.

    \b
    parley stories inbox/                   size, days, outlets, what marks each, its files
    parley stories inbox/ --write sorted/   and then: parley build sorted/1 -o first.db
    """
    came_in = list(collect([str(folder)], Settings()))
    articles = {one.id: one for one in came_in if isinstance(one, Article)}
    unread = [one for one in came_in if isinstance(one, Unread)]
    if not articles:
        raise SourceError(f"{folder}: no report could be read; is it the right folder?")
    found = group(_items(articles))
    if out is not None:
        _write(found, articles, out)
    if as_data:
        rows = {"stories": [_row(story, articles) for story in found], "unread": list(map(asdict, unread))}
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{counted(len(articles), 'report')} in {len(found)} {'story' if len(found) == 1 else 'stories'}"
    )
    for number, story in enumerate(found, 1):
        click.echo("\n".join(_lines(number, story, articles)))
    for one in unread:
        click.echo(f"not read: {one.file}: {one.reason}", err=True)


def _items(articles: Mapping[str, Article]) -> list[Item]:
    """The reports in the order of their days, those without one last."""
    ordered = sorted(articles.values(), key=lambda one: (one.published or date.max, one.file, one.id))
    return [Item(one.id, one.title, one.text, one.published) for one in ordered]


def _outlets(story: Story, articles: Mapping[str, Article]) -> list[str]:
    return sorted({articles[id].outlet for id in story.items} - {NO_OUTLET})


def _row(story: Story, articles: Mapping[str, Article]) -> dict[str, object]:
    """A story as plain data."""
    return {
        "id": story.id,
        "reports": len(story.items),
        "outlets": _outlets(story, articles),
        "first": story.first and story.first.isoformat(),
        "last": story.last and story.last.isoformat(),
        "words": story.words,
        "names": story.names,
        "files": [articles[id].file for id in story.items],
    }


def _lines(number: int, story: Story, articles: Mapping[str, Article]) -> list[str]:
    """A story in words: its number, size, outlets and days; what marks it; its files."""
    outlets = counted(len(_outlets(story, articles)), "outlet")
    marks = "; ".join(", ".join(terms) for terms in (story.names, story.words) if terms)
    return [
        f"{number}  {counted(len(story.items), 'report')}, {outlets}, {_days(story)}",
        *([f"   {marks}"] if marks else []),
        *(f"     {articles[id].file}" for id in story.items),
    ]


def _days(story: Story) -> str:
    if story.first is None or story.last is None:
        return "no day known"
    return f"{story.first}" if story.first == story.last else f"{story.first} to {story.last}"


def _write(found: Sequence[Story], articles: Mapping[str, Article], out: Path) -> None:
    """A folder per story: each report's text, and a table with what is known of it. Raises SourceError."""
    try:
        if out.exists() and any(out.iterdir()):
            raise SourceError(f"{out}: there is something in it already; name a folder that is empty or new")
        for number, story in enumerate(found, 1):
            _write_story([articles[id] for id in story.items], out / str(number))
    except OSError as error:
        raise SourceError(f"{out}: it can't be written ({error.strerror}); name another folder") from None


def _write_story(reports: Sequence[Article], folder: Path) -> None:
    folder.mkdir(parents=True)
    rows: list[dict[str, object]] = []
    taken: set[str] = set()
    for place, report in enumerate(reports, 1):
        name = _name(report.file, place, taken)
        taken.add(name.lower())
        (folder / name).write_text(report.text, encoding="utf-8", newline="\n")
        known = {column: getattr(report, column) or "" for column in COLUMNS}
        known |= {"file": name, "outlet": known["outlet"] if report.outlet != NO_OUTLET else ""}
        if report.published_from in READ_AGAIN:
            known["published"] = ""
        rows.append(known)
    with (folder / NAME).open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _name(file: str, place: int, taken: set[str]) -> str:
    """A name for a report's text in its story's folder: that of its file, with any folders before it."""
    plain = UNSAFE.sub("-", file).strip(".-").encode()[-LONGEST:].decode(errors="ignore")
    name = plain if plain.lower().endswith(".txt") else f"{plain}.txt"
    return f"{place}-{name}" if name.lower() in taken else name
