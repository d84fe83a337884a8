"""Writes docs/cli.md, the reference of every command, from what the commands say of themselves.

python docs/reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from parley.cli import main

TARGET = Path(__file__).with_name("cli.md")
HEAD = "# Commands\n\nWritten by `make reference` from the commands' own help; edit it there.\n"


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """(full name, command) of everything in a group, the groups inside it too, by name."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def reference() -> str:
    """The reference as Markdown."""
    parts = [HEAD]
    parent = click.Context(main, info_name="parley", **main.context_settings)
    for name, command in commands(main, "parley"):
        context = click.Context(
            command, parent=parent, info_name=name.removeprefix("parley "), terminal_width=110
        )
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
