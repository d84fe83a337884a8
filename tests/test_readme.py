"""Prose drifts: the README's commands run, and every link in the documentation leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("corpus/*.md")])


@pytest.mark.slow
def test_the_readmes_commands_run(tmp_path: Path) -> None:
    """Each line of the README's shell block, as it stands, in a temporary clone with this environment."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    (clone / ".venv").symlink_to(Path(sys.prefix))
    (block,) = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    commands = [line for line in block.splitlines() if line.strip()]
    assert len(commands) >= 5
    shell = shutil.which("sh")
    assert shell is not None
    for command in commands:
        done = subprocess.run([shell, "-c", command], cwd=clone, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert (clone / "truce" / "index.html").is_file()
    assert (clone / "truce.json").stat().st_size > 10_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page is a file of the repository."""
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target


def test_every_command_is_in_the_readme() -> None:
    """Undocumented means failing."""
    from parley.cli import main

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"parley {name}" in text for name in main.commands)


def test_every_table_of_the_export_is_documented() -> None:
    """docs/format.md names each table and each of its fields."""
    import dataclasses

    from parley.contract import tables

    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    for name, kind in tables().items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{name}`")]
        for field in dataclasses.fields(kind):
            assert f"`{field.name.rstrip('_')}`" in row, f"{name}.{field.name}"
