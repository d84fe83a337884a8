"""Commands for what people enter by hand: note, enter, import-rows, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from parley import store
from parley.byhand.enter import enter_notes
from parley.byhand.notes import DEFAULT, Typed
from parley.byhand.rows import read_mapping, read_rows
from parley.cli.door import counted, main, one_line, record_argument
from parley.errors import EnteredError, UnreadableError
from parley.incremental import open_record
from parley.model import SENSITIVITIES, Article, Note
from parley.rowwords import RowWords
from parley.sources.encoding import decode

NAMED = 3  # rows whose ids are said when they are saved
author_option = click.option(
    "--author", envvar="PARLEY_AUTHOR", default="", help="Who enters it; or set PARLEY_AUTHOR."
)
day_option = click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="Day that it is about, as YYYY-MM-DD."
)


def restricted(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that adds a note: for whom it is, and from which day on."""
    command = click.option(
        "--embargo",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda context, option, value: value and value.date(),
        help="First day on which it may be shown.",
    )(command)
    return click.option(
        "--sensitivity",
        type=click.Choice(SENSITIVITIES),
        default=DEFAULT,
        show_default=True,
        help="For whom it is.",
    )(command)


def now() -> str:
    """This instant, as rows that people make keep it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@main.command()
@record_argument
@click.argument("words")
@click.option("--about", default="", help="The row or report that it is about: an id, or a report's file.")
@click.option("--kind", type=click.Choice(["note", "observation"]), default="note", show_default=True)
@day_option
@author_option
@restricted
@one_line
def note(
    record: Path,
    words: str,
    about: str,
    kind: str,
    day: datetime | None,
    author: str,
    sensitivity: str,
    embargo: date | None,
) -> None:
    """Add a note, or what you saw yourself. It is marked as entered by hand, and is no report and no voice.

    \b
    parley note truce.db "The gate was shut at noon" --kind observation --day 2031-03-05 --author Ada
    parley note truce.db "Ask the union for the letter" --about stm-1f.. --author Ada --sensitivity confidential
    """
    typed = {"kind": kind, "words": words, "about": about, **_day(day)}
    _add(record, [typed], author, sensitivity, embargo)


@main.command()
@record_argument
@click.option("--speaker", required=True, help="Whose words they are.")
@click.option("--words", required=True, help="The words in their own language.")
@click.option("--language", default="", help="Language of the words, as in: ar")
@click.option("--translation", default="", help="The words in English.")
@click.option("--translator", default="", help="Who translated them.")
@click.option("--source", default="", help="Where the words are from: a broadcast, a letter, an address.")
@click.option("--about", default="", help="The row or report that they are about.")
@day_option
@author_option
@restricted
@one_line
def enter(
    record: Path,
    day: datetime | None,
    author: str,
    sensitivity: str,
    embargo: date | None,
    **fields: str,
) -> None:
    """Enter a statement by hand: the original words, and their translation with its translator.

    \b
    parley enter truce.db --speaker "Mira Oduya" --words "..." --language pt \\
        --translation "The gate stays shut." --translator "J. Reyes" --day 2031-03-05 --author Ada
    """
    _add(record, [{"kind": "statement", **fields, **_day(day)}], author, sensitivity, embargo)


@main.command("import-rows")
@record_argument
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="Which field a column fills.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The same as a YAML file: a line per column.",
)
@click.option("--sheet", default="", help="Sheet of a workbook, where several have rows.")
@author_option
@restricted
@one_line
def import_rows(
    record: Path,
    file: Path,
    pairs: tuple[str, ...],
    mapping: Path | None,
    sheet: str,
    author: str,
    sensitivity: str,
    embargo: date | None,
) -> None:
    """Take in the rows of your own sheet (.xlsx, .csv), marked as entered by hand.

    Fields are words (needed), speaker, day, source, about, language, translation and translator; own.NAME keeps a
    column that has no field here. Columns that are not mapped stay out.

    \b
    parley import-rows truce.db incidents.xlsx --map "What was seen=words" --map Date=day --map Grade=own.grade --author Ada
    parley import-rows truce.db incidents.csv --mapping columns.yaml --author Ada
    """
    columns = read_mapping(pairs, str(mapping or ""), read_text(mapping) if mapping else "")
    rows = read_rows(file.name, _bytes(file), columns, author, now(), sheet)
    _add(record, rows, author, sensitivity, embargo, file.name)


@main.command()
@record_argument
@one_line
def notes(record: Path) -> None:
    """List what people entered by hand, with who, when and for whom it is. Everything, private notes too.

    \b
    parley notes truce.db
    """
    held = store.load(record)
    articles = {article.id: article for article in held.articles}
    words = RowWords(held)
    for one in held.notes:
        about = f"{words.kind(one.about)} {words.words(one.about)}" if one.about else ""
        click.echo("\n".join(_told(one, articles[one.article], about)))
    if not held.notes:
        click.echo("Nothing was entered by hand yet.")


def _told(one: Note, article: Article, about: str) -> list[str]:
    """A note in lines; `about`: the row that it is about, in words."""
    until = f", embargo until {article.embargo}" if article.embargo else ""
    who = f"{one.speaker}: " if one.speaker else ""
    head = f"{one.entered_at[:16]} {one.entered_by} ({one.kind}, entered by hand, {article.sensitivity}{until}) {one.id}"
    lines = [head, f"    {who}{' '.join(one.text.split())}"]
    if one.translation:
        lines.append(f"    translated by {one.translator}: {' '.join(one.translation.text.split())}")
    details = {"on": one.day, "about": about, "from": one.source or one.row, **dict(one.own)}
    told = "; ".join(f"{name} {value}" for name, value in details.items() if value)
    return [*lines, f"    {told}"] if told else lines


def _day(day: datetime | None) -> dict[str, str]:
    return {"day": day.date().isoformat()} if day else {}


def _bytes(file: Path) -> bytes:
    """A file's bytes. Raises EnteredError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise EnteredError(f"{file}: it can't be read ({error.strerror}). Name another file.") from error


def read_text(file: Path) -> str:
    """The text of a file that a person wrote. Raises EnteredError."""
    try:
        return decode(_bytes(file))
    except UnreadableError as error:
        raise EnteredError(f"{file}: {error}") from None


def _add(
    record: Path,
    typed: Sequence[Typed],
    author: str,
    sensitivity: str,
    embargo: date | None,
    file: str = "",
) -> None:
    """Save notes and say so."""
    made = enter_notes(open_record(record), typed, author, now(), sensitivity, embargo, file)
    if not made:
        click.echo("Nothing new: the record holds all of it.")
        return
    click.echo(f"saved as entered by hand, {sensitivity}: {counted(len(made), 'note')}")
    click.echo("\n".join(one.id for one in made[:NAMED]))
    if len(made) > NAMED:
        click.echo(f"and {len(made) - NAMED} more: parley notes {record}")
