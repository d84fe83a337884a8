"""The live door: serve."""

from __future__ import annotations

import contextlib
import socket
import webbrowser
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import uvicorn

from parley.briefing.frame import EVERYTHING
from parley.cli.door import main, one_line, record_argument, shown_options
from parley.errors import ParleyError
from parley.web import Desk, make_app

HERE = "127.0.0.1"  # loopback only: the pages are for whoever sits at this machine


@main.command()
@record_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8765, help="Port; 0 takes a free one.")
@click.option("--open", "open_", is_flag=True, help="Open the first page in a browser.")
@click.option("--author", envvar="PARLEY_AUTHOR", default="", help="Who corrects; or set PARLEY_AUTHOR.")
@shown_options
@one_line
def serve(record: Path, port: int, open_: bool, author: str, include: tuple[str, ...], day: date) -> None:
    """Show the briefing live on this machine: search, whose account, as of a day, corrections.

    Only this machine can open it. Stop it with Ctrl-C; a correction that the page says is saved is in the record's file.

    \b
    parley serve truce.db                   then open http://127.0.0.1:8765/
    parley serve truce.db --port 9000 --open
    """
    desk = Desk(record, day, include, author)
    desk.shelf().page(EVERYTHING, "index.html")  # so that the first who asks does not wait
    with listening(port) as listener:
        bound = listener.getsockname()[1]
        address = f"http://{HERE}:{bound}/"
        click.echo(f"{record}: {address} (Ctrl-C stops it)")
        if open_:
            webbrowser.open(address)
        app = make_app(desk, {f"{HERE}:{bound}", f"localhost:{bound}"})
        config = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])


@contextlib.contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket that listens on loopback. Raises ParleyError where the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HERE, port))
        except OSError as error:
            raise ParleyError(
                f"port {port}: {error.strerror}. Give another one with --port, or 0 for any that is free."
            ) from error
        listener.listen()
        yield listener
