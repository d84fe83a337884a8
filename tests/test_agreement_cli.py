"""The commands about the agreement: state, diff, why, terms; what they print and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main

GAZETTE = """The Harbour Council accused the Ridge Committee of delay on Monday. The Ridge Committee rejected the offer.

Talks on the second phase of the Merrin truce began on 27 February in Sorn.
"""
HERALD = """The Ridge Committee demanded on Tuesday that the Harbour Council release the nine drivers, an official said.

The Harbour Council has resisted moving on to phase two. The first phase ended on 1 March.
"""
TERMS = """phases:
  - {name: first phase, start: 2031-01-19, days: 42}
terms:
  - name: B
    kind: obligation
    act: begin
    object: talks on the second phase
    due: from day 16 of first phase
"""


def run(*arguments: str | Path) -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports that differ."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    (made / "herald.txt").write_text(HERALD, encoding="utf-8")
    table = "file,outlet,published\ngazette.txt,The Gazette,2031-02-28\nherald.txt,The Herald,2031-03-12\n"
    (made / "sources.csv").write_text(table, encoding="utf-8")
    return made


@pytest.fixture
def record(folder: Path, tmp_path: Path) -> Path:
    """A record of the two reports with a person's terms."""
    terms = tmp_path / "merrin.yaml"
    terms.write_text(TERMS, encoding="utf-8")
    path = tmp_path / "merrin.db"
    result = run("build", folder, "-o", path, "--terms", terms)
    assert result.exit_code == 0, result.output
    assert "2 reports" in result.output
    return path


def test_state_says_disputed_with_the_accounts_and_how_late(record: Path) -> None:
    """The two accounts, the day in the terms, and by whose account it was kept late."""
    said = run("state", record).output
    assert "disputed: begun by 1 account, held off by 1 account" in said
    assert "due from day 16 of the first phase: 3 February 2031" in said
    assert (
        "27 February 2031, 24 days after the day on which it was due, by The Gazette’s account only" in said
    )
    assert "“resisted moving on to phase two” - The Herald, own voice, reported 12 March 2031" in said


def test_state_by_day_view_and_knowledge(record: Path) -> None:
    """One outlet's view, the day before, and what was known by then."""
    assert "by the account of The Gazette only" in run("state", record, "--view", "outlet:The Gazette").output
    early = run("state", record, "--as-of", "2031-02-10").output
    assert "date passed (3 February 2031, 7 days ago), no report of it" in early
    assert "disputed" not in run("state", record, "--known-by", "2031-03-01").output
    assert (
        "None of these 2 reports says how these stand"
        in run("state", record, "--view", "party:Nobody").output
    )
    assert "score 0-3" not in run("state", record).output
    assert "score 0-3 (Peace Accords Matrix): 0 to 1, by account" in run("state", record, "--score").output


def test_state_as_json_is_one_object(record: Path) -> None:
    """The same for programs: standings with their accounts, and alerts."""
    data = json.loads(run("state", record, "--json").output)
    talks = next(row for row in data["standings"] if row["subject"] == "talks: second phase")
    assert talks["state"] == "disputed"
    assert {one["outlet"] for one in talks["live"]} == {"The Gazette", "The Herald"}


def test_diff_lists_what_is_new(record: Path) -> None:
    """Between the two reports the talks have become disputed; later nothing changes."""
    said = run("diff", record, "2031-03-01", "2031-03-12").output
    assert "Talks on the second phase" in said
    assert "new: held off" in said
    assert "No change" in run("diff", record, "2031-03-13", "2031-03-14").output


def test_silence_is_that_of_the_reports_known_by_then(record: Path) -> None:
    """A day's silence is told of the reports that were published by it, not of those that came later."""
    for words in (
        ("diff", record, "2031-03-01", "2031-03-02"),
        ("state", record, "--known-by", "2031-03-01"),
    ):
        assert "these 2 reports" not in run(*words).output
    assert "these 2 reports" in run("state", record).output


def test_why_gives_the_rows(record: Path) -> None:
    """A subject's accounts with offsets; an account's own id; the same as JSON."""
    said = run("why", record, "talks: second phase").output
    assert "Rule: " in said
    row = next(line.split()[0] for line in said.splitlines() if line.strip().startswith("acc-"))
    assert run("why", record, row).exit_code == 0
    assert json.loads(run("why", record, row, "--json").output)["id"] == row


def test_terms_are_listed_drafted_and_loaded(record: Path, tmp_path: Path) -> None:
    """The draft loads into the same record, in place of the file of its name; verify proves it."""
    assert "B. is to begin talks on the second phase" in run("terms", "list", record).output
    written = tmp_path / "merrin.yaml"
    written.write_text(
        run("terms", "draft", record).output.replace("'2031-01-19'", "'2031-01-20'"), encoding="utf-8"
    )
    loaded = run("terms", "load", record, written)
    assert loaded.exit_code == 0, loaded.output
    listed = run("terms", "list", record).output
    assert "20 January 2031 to 2 March 2031" in listed
    assert listed.count("begin talks on the second phase") == 1
    assert run("verify", record).exit_code == 0


def test_a_rebuild_keeps_the_terms(record: Path) -> None:
    """A record built again from its own texts has what a person entered."""
    before = run("export", record).output
    assert run("build", "-o", record).exit_code == 0
    assert run("export", record).output == before


def test_pages_count_reports_and_leave_the_terms_file_out(record: Path, tmp_path: Path) -> None:
    """The briefing of a record with terms counts two reports and names no terms file."""
    assert run("briefing", record, "-o", tmp_path / "pages").exit_code == 0
    first = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert "merrin.yaml" not in first
    assert "entered by hand" not in first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["state", "{record}", "--view", "nobody"], "party:NAME"),
        (["why", "{record}", "acc-none"], "none of these 2 reports says"),
        (["terms", "load", "{record}", "nowhere.yaml"], "no such file"),
        (["terms", "load", "{record}", "{folder}/gazette.txt"], "terms come as .yaml"),
        (["terms", "load", "{record}", "{folder}/bad.yaml"], "bad.yaml line 2, field kind"),
        (["build", "{folder}", "-o", "{record}", "--terms", "nowhere.yaml"], "no such file"),
        (["state", "nowhere.db"], "nowhere.db"),
    ],
)
def test_bad_input_is_one_line_that_names_it(
    record: Path, folder: Path, arguments: list[str], said: str
) -> None:
    """One line on standard error, exit status 1."""
    (folder / "bad.yaml").write_text("terms:\n  - {kind: duty, act: open}\n", encoding="utf-8")
    result = run(*(one.format(record=record, folder=folder) for one in arguments))
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert said in result.stderr


def test_a_day_that_is_none_is_a_misspelt_command(record: Path) -> None:
    """Exit status 2, with how a day is written."""
    result = run("state", record, "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "2031-03-01" in result.stderr


@pytest.mark.parametrize(
    "command", [["state"], ["diff"], ["why"], ["terms"], ["terms", "load"], ["terms", "draft"]]
)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    """--help shows a line that can be typed."""
    assert f"parley {' '.join(command)}" in run(*command, "--help").output
