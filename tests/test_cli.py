"""The command line as a user meets it: what it prints, what it returns, what it refuses and how."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main


def run(*arguments: str | Path, text: str | None = None) -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


@pytest.fixture
def record(reports: Path, tmp_path: Path) -> Path:
    """A record built from the two example reports."""
    path = tmp_path / "selde.db"
    result = run("build", reports, "-o", path)
    assert result.exit_code == 0, result.output
    return path


def test_a_build_ends_with_what_it_found(reports: Path, tmp_path: Path) -> None:
    """Reports, statements, who is heard, what is disputed and what waits stand at the end of a build."""
    result = run("build", reports, "-o", tmp_path / "r.db")
    assert result.exit_code == 0
    assert "2 reports" in result.output
    for heading in ("Who is heard", "Disputed", "Waits"):
        assert heading in result.output


def test_show_says_what_build_said(record: Path, reports: Path, tmp_path: Path) -> None:
    """The summary comes from the record alone."""
    built = run("build", reports, "-o", tmp_path / "again.db").stdout.replace("again.db", "selde.db")
    assert run("show", record).stdout == built


def test_export_is_the_contract_on_standard_output(record: Path) -> None:
    """Nothing but one JSON object, whose offsets reproduce their text."""
    data = json.loads(run("export", record, "--format", "json").output)
    texts = {article["id"]: article["text"] for article in data["articles"]}
    for row in data["figures"] + data["acts"] + data["needs"]:
        assert texts[row["article"]][row["start"] : row["end"]] == row["text"]
    assert data["statements"]


def test_verify_proves_a_whole_record(record: Path) -> None:
    """Exit status 0, and how much was looked at."""
    result = run("verify", record)
    assert result.exit_code == 0
    assert "no problems" in result.output


def test_a_record_rebuilds_from_its_own_texts(record: Path, reports: Path) -> None:
    """With the folder gone, a build without inputs gives the same record."""
    before = run("export", record).output
    shutil.rmtree(reports)
    assert run("build", "-o", record).exit_code == 0
    assert run("export", record).output == before


def test_pasted_text_is_a_report(tmp_path: Path) -> None:
    """A text on standard input is read like a file."""
    text = (
        "The union said it would reopen the gate only if the company withdrew its lawsuit, the paper reported.\n"
        * 2
    )
    result = run("build", "-", "-o", tmp_path / "r.db", text=text)
    assert result.exit_code == 0, result.output
    assert "1 report" in result.output


def test_a_bad_report_is_listed_and_the_others_go_on(reports: Path, tmp_path: Path) -> None:
    """An empty file and a binary one are unread, with the reason; the two reports are in the record."""
    (reports / "empty.txt").write_bytes(b"")
    (reports / "picture.txt").write_bytes(bytes(range(256)) * 20)
    result = run("build", reports, "-o", tmp_path / "r.db")
    assert result.exit_code == 0
    assert "2 reports" in result.output
    assert "empty.txt" in result.output
    assert "picture.txt" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "nowhere", "-o", "r.db"], "nowhere"),
        (["show", "nowhere.db"], "parley build"),
        (["verify", "nowhere.db"], "nowhere.db"),
        (["export", "nowhere.db"], "nowhere.db"),
        (["briefing", "nowhere.db", "-o", "pages"], "nowhere.db"),
    ],
)
def test_bad_input_is_one_line_that_names_it(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line on standard error, exit status 1, no traceback."""
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.startswith("parley: ")
    assert said in result.stderr


def test_an_empty_folder_leaves_no_record(tmp_path: Path) -> None:
    """Where nothing can be read nothing is written."""
    (tmp_path / "none").mkdir()
    result = run("build", tmp_path / "none", "-o", tmp_path / "r.db")
    assert result.exit_code == 1
    assert not (tmp_path / "r.db").exists()


def test_a_misspelt_command_is_status_2() -> None:
    """Scripts can tell a misspelt call from a failed one."""
    assert run("bild").exit_code == 2


@pytest.mark.parametrize("command", ["build", "show", "briefing", "export", "verify"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    """--help shows a line that can be typed."""
    assert f"parley {command}" in run(command, "--help").output


def test_the_installed_command_runs() -> None:
    """The console script is there and knows its version."""
    command = Path(sys.executable).parent / "parley"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("parley")
