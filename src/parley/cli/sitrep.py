"""The command that writes situation reports: sitrep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from parley import store
from parley.agreement.views import FORMS, parse_view
from parley.cli.door import counted, load_shown, main, one_line, shown_options
from parley.errors import ParleyError
from parley.files import replaced_file
from parley.sitrep import (
    Head,
    Issue,
    default_template,
    document,
    frozen,
    markdown,
    situation_report,
    thawed,
    touched_since,
)
from parley.store.issues import add_issue, kept_issues

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path, dir_okay=False)


@main.command()
@click.argument("record", type=click.Path(path_type=Path), required=False)
@click.option("--since", type=DAY, help="First day of the period.")
@click.option("--until", type=DAY, help="Last day of the period; what was reported later is left out.")
@click.option("-o", "--output", type=FILE, help="File to write: .docx or .md.")
@click.option("--view", default="", help=f"Whose account counts: {FORMS}.")
@click.option("--template", type=FILE, help="Your own template in place of the default.")
@click.option("--title", default="", help="What the report is called; the record's name if not given.")
@click.option("--prepared-by", default="", help="Who prepared it; a line to fill in if not given.")
@click.option("--cleared-by", default="", help="Who cleared it; a line to fill in if not given.")
@click.option("--draft", is_flag=True, help="Give it no number and keep no frozen copy.")
@click.option("--issue", type=click.IntRange(min=1), help="Print this issue again, as it was.")
@click.option(
    "--issues",
    "listing",
    is_flag=True,
    help="List the issues and the corrections made since that touch them.",
)
@click.option("--write-template", type=FILE, help="Write the default template to a file, to edit it.")
@shown_options
@one_line
def sitrep(
    record: Path | None,
    since: datetime | None,
    until: datetime | None,
    output: Path | None,
    view: str,
    template: Path | None,
    title: str,
    prepared_by: str,
    cleared_by: str,
    draft: bool,
    issue: int | None,
    listing: bool,
    write_template: Path | None,
    include: tuple[str, ...],
    day: date,
) -> None:
    """Write the situation report of a period: the same headings every time, footnotes to the words.

    \b
    parley sitrep truce.db --since 2031-03-04 --until 2031-03-05 -o report.docx
    parley sitrep truce.db --since 2031-03-05 --until 2031-03-05 --draft -o report.md
    parley sitrep truce.db --issue 3 -o again.docx          byte for byte as it was
    parley sitrep truce.db --issues                         and which corrections touch them
    parley sitrep --write-template mine.md.j2               then --template mine.md.j2
    """
    if write_template is not None:
        _write(write_template, default_template().encode())
        return
    if record is None:
        raise ParleyError("which record? Name its file: parley sitrep RECORD --since DAY --until DAY -o FILE")
    issues = [thawed(one) for one in kept_issues(record)]
    if listing:
        click.echo("\n".join(_listed(record, issues)))
        return
    if output is None or output.suffix.lower() not in {".docx", ".md"}:
        raise ParleyError("name the file to write with -o; it ends with .docx or .md")
    if issue is not None:
        _print(_issue(issues, issue, record, include), output)
        return
    if since is None or until is None:
        raise ParleyError(
            "give the period with --since DAY --until DAY, or an issue to print again with --issue N"
        )
    head = Head(title or record.stem, prepared_by, cleared_by, parse_view(view), include)
    corrections = store.corrections(record)
    shown, last = load_shown(record, include, day), until.date()
    later = any(one.published and one.published > last for one in shown.articles)
    readings = store.load_readings(record) if later else {}
    report = situation_report(shown, since.date(), last, head, issues, corrections, readings)
    made = Issue(report, _template(template), len(corrections))
    markdown(made.report, made.template)  # a template that doesn't fit takes no number
    if not draft:
        number = add_issue(record, frozen(made.report, made.template), made.corrections)
        made = replace(made, report=replace(report, number=number))
        click.echo(f"issue {number}", err=True)
    _print(made, output)


def _template(path: Path | None) -> str:
    """The text of a user's template, or the default."""
    if path is None:
        return default_template()
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ParleyError(
            f"{path}: can't be read as a template ({error}). Give a text file in UTF-8."
        ) from error


def _issue(issues: list[Issue], number: int, record: Path, include: tuple[str, ...]) -> Issue:
    """The issue of a number; one that rests on what is not public has to be asked for as such."""
    found = next((one for one in issues if one.report.number == number), None)
    if found is None:
        raise ParleyError(f"{record}: has no issue {number}. List them with: parley sitrep {record} --issues")
    lacking = [one for one in found.report.included if one not in include]
    if lacking:
        asked = " ".join(f"--include {one}" for one in lacking)
        raise ParleyError(f"issue {number} rests on texts that are not public. Ask for them by name: {asked}")
    return found


def _print(made: Issue, output: Path) -> None:
    """Write a report as the file's name asks for."""
    text = markdown(made.report, made.template)
    if output.suffix.lower() == ".md":
        _write(output, text.encode())
        return
    report = made.report
    _write(output, document(text, report.title, report.prepared_by, report.until))


def _write(path: Path, content: bytes) -> None:
    with replaced_file(path) as made:
        made.write_bytes(content)


def _listed(record: Path, issues: list[Issue]) -> list[str]:
    """A line for each issue, and one for each correction made since that touches it."""
    lines = []
    for issue, touching in touched_since(issues, store.corrections(record)):
        report = issue.report
        marked = f"; holds {', '.join(report.included)} texts" if report.included else ""
        by = f"; cleared by {report.cleared_by}" if report.cleared_by else ""
        since = counted(len(touching), "correction")
        lines.append(
            f"issue {report.number}: {report.since} to {report.until}{by}{marked}; touched since by {since}"
        )
        for correction, touched in touching:
            headings = ", ".join(touched.headings)
            lines.append(
                f"    {correction.at[:16]} {correction.author}: {correction.action} - {headings} [{correction.id}]"
            )
    return lines or ["No issues yet."]
