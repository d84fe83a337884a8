"""A record served as a user serves it: the real server on a free port of loopback, in a thread of the test."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn

from parley.cli.serve import HERE, listening
from parley.web import Desk, make_app

DAY = date(2040, 1, 1)  # on which the records of tests are shown; no embargo of theirs lasts so long


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int

    @property
    def address(self) -> str:
        """Where its first page is."""
        return f"http://{HERE}:{self.port}/"

    def ask(
        self, path: str, method: str = "GET", body: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, answered; redirections are not followed."""
        connection = http.client.HTTPConnection(HERE, self.port, timeout=60)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        connection.request(method, path, body or None, form | dict(headers or {}))
        answer = connection.getresponse()
        found = Answer(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode(),
        )
        connection.close()
        return found

    def post(self, path: str, body: str) -> Answer:
        """A form sent from one of the server's own pages."""
        return self.ask(path, "POST", body, {"Origin": f"http://{HERE}:{self.port}"})


@contextmanager
def served(record: Path, author: str = "") -> Iterator[Served]:
    """A record's file, served while the block runs."""
    with listening(0) as listener:
        port = listener.getsockname()[1]
        app = make_app(Desk(record, DAY, author=author), {f"{HERE}:{port}", f"localhost:{port}"})
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            sleep(0.01)
        yield Served(port)
        server.should_exit = True
        thread.join()
