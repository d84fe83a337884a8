"""The written reference says what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from parley.cli.door import FAMILIES

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture
def written() -> ModuleType:
    """The script that writes the reference."""
    specification = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_commands_say(written: ModuleType) -> None:
    """A command or option that changed is in docs/cli.md; `make reference` writes it."""
    assert written.TARGET.read_text(encoding="utf-8") == written.reference()


def test_every_command_has_an_example(written: ModuleType) -> None:
    """Nobody has to guess how a command is called: its help shows a call of it."""
    for name, command in written.commands(written.main, "parley"):
        assert f"\n{name} " in (command.help or "").replace("    ", "") + "\n", name


def test_every_command_belongs_to_a_family(written: ModuleType) -> None:
    """`parley --help` lists each command under what one wants to do, none under "Others"."""
    assert set(written.main.commands) == {name for names in FAMILIES.values() for name in names}
