"""What the tests share: a small negotiation of our own, and the folder of evaluation data where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from parley.model import Article, article_id

# No test asserts a time, so none has a deadline; where CI runs, the same examples are drawn each time.
settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent

WIRE = """HARBOUR UNION, OWNERS SET TO MEET

PORT SELDE, 4 March (Coastal Wire) — The Selde Dockers' Union said on Tuesday it would reopen the north gate only if the
Owners' Federation dropped its lawsuit.

"We will not lift the blockade until the suit is withdrawn," said Mira Oduya, the union's president. She added that 120
dockers had been suspended since Monday.

The Owners' Federation denied that it had broken the January accord. "The federation has honoured every clause," its
spokesman, Paul Renner, told Coastal Wire.

A senior mediator said the federation was demanding the reopening of the gate before it withdraws the suit.
"""

DAILY = """Dockers and owners dig in

The Selde Dockers' Union accused the Owners' Federation of breaking the January accord. The federation insists on the
reopening of the north gate before it will withdraw the lawsuit, according to a senior official at the ministry.

The union said on Wednesday that 140 dockers had been suspended.
"""


def unwrapped(text: str) -> str:
    """A text whose paragraphs stand on one line each, as reports come."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")) + "\n"


def make_article(
    text: str, name: str = "report.txt", outlet: str = "The Gazette", day: date | None = None
) -> Article:
    """An article as a folder would give it."""
    return Article(
        article_id(outlet, name, day, text), name, outlet, text, published=day, published_from="table"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; without one the test is skipped."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports of one negotiation and a table of sources."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "wire.txt").write_text(unwrapped(WIRE), encoding="utf-8")
    (folder / "daily.txt").write_text(unwrapped(DAILY), encoding="utf-8")
    table = (
        "file,outlet,published,url\nwire.txt,Coastal Wire,2031-03-04,\ndaily.txt,Selde Daily,2031-03-06,\n"
    )
    (folder / "sources.csv").write_text(table, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder that PARLEY_DATA names; without it the test is skipped."""
    named = os.environ.get("PARLEY_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("PARLEY_DATA names no folder of evaluation data")
    return Path(named)
