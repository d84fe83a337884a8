"""How long it takes to add one report to a record of many, stage by stage, and whether a killed watch loses anything.

python -m bench.watch [--reports N]       seconds per stage, for a program that starts and for one that runs
python -m bench.watch --kills N           kill a watch N times at random moments and count
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path

from bench.many import many
from bench.speed import timed
from parley import Settings, incremental, store, verify
from parley.changes import changes
from parley.corrections import make_correction
from parley.export import as_json
from parley.model import Article, Reading, Record
from parley.pipeline import build
from parley.reader import read
from parley.readings import reading_key

WATCH = (
    "import sys; from parley.cli import main;"
    "main(['watch', *sys.argv[1:], '--every', '0', '--allow-private'])"
)


def measure(count: int) -> None:
    """Print seconds per stage of adding two reports to `count` others in a program that starts."""
    *held_ones, second, first = many(count + 2)
    built = build(held_ones, Settings())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        store.save(built.record, path, built.readings, kept=built.answers)
        size = path.stat().st_size / 1e6
        print(f"{count} reports, {len(built.record.statements)} statements, {size:.0f} MB")
        with ProcessPoolExecutor(
            1, get_context("spawn")
        ) as started:  # it has nothing in memory but what it loads
            readings = started.submit(_stages, path, first, second).result()
        whole = as_json(build([*held_ones, first, second], Settings(), known=readings).record)
        print(f"the same bytes as a whole build: {whole == as_json(store.load(path))}")


def _stages(path: Path, first: Article, second: Article) -> Mapping[str, Reading]:
    """Add one report, then another, and look at what a correction would move; the readings of all reports."""
    print(f"{'stage':32}{'s':>8}")
    loading, held = timed(lambda: incremental.open_record(path))
    print(f"{'load':32}{loading:8.2f}")
    for name, article in (("first", first), ("next", second)):
        held = _added(name, held, article, Settings())
    row = held.record.figures[0].id
    made = make_correction(held.record, row, "wrong", (), "A. Monitor", "2031-03-10T08:00", "")
    correcting, _ = timed(lambda: incremental.correct(held, [made], Settings()))
    print(f"{'preview of a correction':32}{correcting:8.2f}", flush=True)
    return held.readings


def _added(name: str, held: incremental.Held, article: Article, settings: Settings) -> incremental.Held:
    reading, found = timed(lambda: read(article))
    known = replace(held, readings={**held.readings, reading_key(article): found})
    linking, after = timed(lambda: incremental.add(known, [article], settings))
    telling, _ = timed(lambda: changes(held.record, after.record))
    saving, saved = timed(lambda: incremental.save(held, after))
    stages = {"read": reading, "link": linking, "what changed": telling, "save": saving}
    for stage, seconds in (stages | {"in all": sum(stages.values())}).items():
        print(f"{f'{name} report: {stage}':32}{seconds:8.2f}")
    return saved


STORY = """Talks go on in Selde, day {0}

PORT SELDE — The Selde Dockers' Union said on Tuesday that {0} dockers had been suspended since Monday. "We will not lift
the blockade until the suit is withdrawn," said Mira Oduya, the union's president.

The Owners' Federation denied that it had broken the January accord.
"""


@dataclass
class Kills:
    """What became of a watch that was killed again and again."""

    kills: int = 0
    announced: int = 0  # reports that it said were saved
    lost: int = 0  # of them not in the record
    broken: int = 0  # times that the record didn't prove whole


class _Wire(BaseHTTPRequestHandler):
    """A feed that has one story more each time that it is asked for."""

    stories = 0

    def do_GET(self) -> None:
        """Answer with the feed; there is no robots.txt."""
        found = self.path == "/feed.xml"
        type(self).stories += found
        items = "".join(
            f"<item><guid>{number}</guid><title>Day {number}</title><content:encoded>"
            f"<![CDATA[<p>{STORY.format(1000 + number)}</p>]]></content:encoded></item>"
            for number in range(max(0, self.stories - 5), self.stories)
        )
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        body = f'<rss version="2.0" {space}><channel><title>Coastal Wire</title>{items}</channel></rss>'
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(body.encode() if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def count_kills(folder: Path, kills: int) -> Kills:
    """Kill -9 a watch of a folder and a feed at moments spread from its start to well behind its first save."""
    told, announced = Kills(), Counter[str]()
    watched, path = folder / "watched", folder / "r.db"
    watched.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Wire", (_Wire,), {}))
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    command = [str(path), str(watched), f"http://127.0.0.1:{server.server_address[1]}/feed.xml"]
    try:
        for attempt in range(kills):
            _drop(watched, attempt)
            announced += Counter(_killed(command, attempt))
            record = store.load(path) if path.exists() and announced else Record()
            held = Counter(article.file for article in record.articles)
            told.lost = sum((announced - held).values())
            told.broken += bool(verify(record).problems)
            told.kills, told.announced = told.kills + 1, announced.total()
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
    return told


def _drop(folder: Path, number: int) -> None:
    """A new report in the folder: one for each kill, so that the record does not outgrow the machine."""
    (folder / f"report-{number:04}.txt").write_text(STORY.format(10_000 + number), encoding="utf-8")


def _killed(command: list[str], attempt: int) -> list[str]:
    """Start a watch and kill it: one in five at its start, the others after its first word; what it said was saved."""
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    early = attempt % 5 == 4
    first = b"" if early else process.stdout.readline()
    time.sleep(0.21 * (attempt % 7) if early else 0.037 * (attempt % 29))
    process.kill()
    rest, _ = process.communicate()
    lines = (first + rest).decode().splitlines(keepends=True)
    whole = [line for line in lines if line.startswith("saved: ") and line.endswith(")\n")]
    return [line.split()[1] for line in whole]


def main() -> None:
    """Measure, or kill and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=0)
    given = parser.parse_args()
    if not given.kills:
        measure(given.reports)
        return
    with tempfile.TemporaryDirectory() as folder:
        print(count_kills(Path(folder), given.kills))


if __name__ == "__main__":
    main()
