"""Following feeds and folders: a real server on the loopback, real folders, a watch that is killed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bench.watch import count_kills
from parley import Settings, build, store
from parley.cli import main
from parley.export import as_json
from parley.incremental import open_record
from parley.model import Article, Record
from parley.pipeline import build_record
from parley.sources import collect
from parley.sources.robots import Robots
from parley.watch import Saved, follow

LOCAL = Settings(allow_private_addresses=True, fetch_timeout=5, fetch_tries=2, retry_pause=0.01, processes=1)
STORY = "The Selde Dockers' Union said on Tuesday that {} dockers had been suspended since Monday. "


def at() -> str:
    """The instant of every capture in these tests."""
    return "2031-03-09T06:30:00+00:00"


@dataclass
class Paper:
    """A news site: what it answers by path, and what it was asked."""

    port: int = 0
    pages: dict[str, tuple[int, str, str]] = field(default_factory=dict)  # path -> status, type, body
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """An address on this site."""
        return f"http://127.0.0.1:{self.port}{path}"

    def story(self, number: int) -> str:
        """A page with a story; its address."""
        body = "".join(f"<p>{STORY.format(number + extra)}</p>" for extra in range(4))
        page = (
            f"<html><head><title>Story {number}</title></head><body><article>{body}</article></body></html>"
        )
        self.pages[f"/story/{number}"] = (200, "text/html", page)
        return self.url(f"/story/{number}")

    def feed(self, *links: str, whole: str = "") -> str:
        """A feed of these stories; its address. `whole`: the text that it gives of each."""
        content = f"<content:encoded><![CDATA[{whole}]]></content:encoded>" if whole else ""
        items = "".join(
            f"<item><guid>{link}</guid><link>{link}</link><title>A story</title>{content}"
            "<pubDate>Tue, 04 Mar 2031 08:00:00 +0000</pubDate></item>"
            for link in links
        )
        head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        body = f"{head}<channel><title>Coastal Wire</title>{items}</channel></rss>"
        self.pages["/feed.xml"] = (200, "application/rss+xml", body)
        return self.url("/feed.xml")

    def paths(self) -> list[str]:
        """The paths that were asked for so far, robots.txt left out; then forgotten."""
        found = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found


class Handler(BaseHTTPRequestHandler):
    """Answers by path, 304 where the caller has the newest already."""

    paper: Paper

    def do_GET(self) -> None:
        """Record the request and answer it."""
        self.paper.asked.append((self.path, dict(self.headers.items())))
        status, kind, body = self.paper.pages.get(self.path, (404, "text/plain", "gone"))
        mark = f'"{hash(body)}"'
        if status == 200 and self.headers.get("If-None-Match") == mark:
            status, body = 304, ""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", mark)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def paper() -> Iterator[Paper]:
    """A news site on a free port of the loopback."""
    found = Paper()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("PaperHandler", (Handler,), {"paper": found}))
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def looked(path: Path, *sources: str) -> list[Saved]:
    """One round over the sources."""
    if not path.exists():
        store.save(Record(), path)
    return list(follow(open_record(path), sources, LOCAL, at))


def run(*arguments: str | Path) -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_feeds_new_stories_are_added_and_nothing_twice(paper: Paper, tmp_path: Path) -> None:
    """Pages behind the entries are read once, the feed is asked for with its ETag, and 304 is enough."""
    path = tmp_path / "r.db"
    feed = paper.feed(paper.story(120), paper.story(140))
    (saved,) = looked(path, feed)
    assert [one.file for one in saved.changes.reports] == [paper.url("/story/120"), paper.url("/story/140")]
    first = store.load(path).articles[0]
    assert (first.outlet, str(first.published), first.captured) == ("Coastal Wire", "2031-03-04", at())
    assert first.raw_digest
    assert first.url == paper.url("/story/120")
    assert paper.paths() == ["/feed.xml", "/story/120", "/story/140"]
    assert looked(path, feed)[0].changes.reports == ()
    assert paper.paths() == ["/feed.xml"]
    feed = paper.feed(paper.url("/story/120"), paper.url("/story/140"), paper.story(160))
    assert len(looked(path, feed)[0].changes.reports) == 1
    assert paper.paths() == ["/feed.xml", "/story/160"]


def test_a_feed_that_gives_the_text_is_enough(paper: Paper, tmp_path: Path) -> None:
    """Where the entry holds the whole text, its page is not asked for; the text reads as that of any feed."""
    feed = paper.feed(paper.url("/story/1"), whole=f"<p>{STORY.format(120)}</p><p>{STORY.format(130)}</p>")
    (saved,) = looked(tmp_path / "r.db", feed)
    (found,) = saved.changes.reports
    assert "120 dockers" in found.text
    assert paper.paths() == ["/feed.xml"]
    (same,) = [one for one in collect([feed], LOCAL) if isinstance(one, Article)]
    assert (same.id, same.text) == (found.id, found.text)


def test_robots_are_honoured_in_one_line(paper: Paper, tmp_path: Path) -> None:
    """What robots.txt keeps us from is not asked for, and the reason stands in the record and in the output."""
    paper.pages["/robots.txt"] = (200, "text/plain", "User-agent: parley\nDisallow: /story/140\n")
    feed = paper.feed(paper.story(120), paper.story(140))
    (saved,) = looked(tmp_path / "r.db", feed)
    assert len(saved.changes.reports) == 1
    (unread,) = saved.unread
    assert unread.file == paper.url("/story/140")
    assert unread.reason.startswith("its robots.txt asks not to fetch it")
    assert paper.paths() == ["/feed.xml", "/story/120"]
    paper.pages["/robots.txt"] = (503, "text/plain", "")
    (saved,) = looked(tmp_path / "r.db", feed)
    assert saved.failed[0].startswith("its robots.txt asks not to fetch it")
    assert paper.paths() == []


def test_a_pause_that_a_site_asks_for_is_known(paper: Paper) -> None:
    """Crawl-delay counts, up to half a minute; without one there is no pause."""
    assert Robots(LOCAL).pause(paper.url("/")) == 0
    for asked, pause in (("2", 2.0), ("3600", 30.0)):
        paper.pages["/robots.txt"] = (200, "text/plain", f"User-agent: *\nCrawl-delay: {asked}\n")
        assert Robots(LOCAL).pause(paper.url("/")) == pause


def test_one_failing_source_leaves_the_others(paper: Paper, tmp_path: Path, reports: Path) -> None:
    """A feed that is gone, a host that isn't there, a folder that isn't one: each says so, the next is looked into."""
    path = tmp_path / "r.db"
    sources = [paper.url("/none.xml"), "http://127.0.0.1:9/feed", str(tmp_path / "none"), str(reports)]
    found = looked(path, *sources)
    assert [bool(one.failed) for one in found] == [True, True, True, False]
    assert "404" in found[0].failed[0]
    assert "no such folder" in found[2].failed[0]
    assert len(store.load(path).articles) == 2


def test_a_busy_server_is_asked_again_and_again_next_time(paper: Paper, tmp_path: Path) -> None:
    """A page that can't be had for now is tried as often as set, said, and taken in a later round."""
    path = tmp_path / "r.db"
    feed = paper.feed(paper.story(120), paper.story(140))
    whole = paper.pages["/story/140"]
    paper.pages["/story/140"] = (503, "text/plain", "")
    (saved,) = looked(path, feed)
    assert paper.paths().count("/story/140") == LOCAL.fetch_tries
    assert "tried again next time" in saved.failed[0]
    paper.pages["/story/140"] = whole
    (saved,) = looked(path, feed)
    assert [one.file for one in saved.changes.reports] == [paper.url("/story/140")]
    assert saved.failed == ()


def test_private_addresses_are_refused_unless_allowed(paper: Paper, tmp_path: Path) -> None:
    """A feed on the loopback is not asked for anything without --allow-private."""
    result = run("watch", tmp_path / "r.db", paper.feed(paper.story(1)), "--once")
    assert result.exit_code == 0
    assert "private address" in result.stderr
    assert paper.asked == []


def test_a_watched_folder_is_the_folder_built(reports: Path, tmp_path: Path) -> None:
    """Files come one after the other; in the end the record is that of the whole folder, but for the capture time."""
    path, folder = tmp_path / "r.db", tmp_path / "watched"
    folder.mkdir()
    (folder / "sources.csv").write_bytes((reports / "sources.csv").read_bytes())
    for name in ("wire.txt", "daily.txt"):
        (folder / name).write_bytes((reports / name).read_bytes())
        result = run("watch", path, folder, "--once")
        assert f"saved: {name}" in result.output
        assert "moved: " in result.output or "more" in result.output
    assert "saved" not in run("watch", path, folder, "--once").output
    held = store.load(path)
    assert as_json(build_record(held.articles, LOCAL)) == as_json(held)
    whole = build([str(reports)])
    assert [one.id for one in held.articles] == [one.id for one in whole.articles]
    assert held.claims == whole.claims


def test_what_is_archived_is_kept_and_what_isnt_is_listed(paper: Paper, tmp_path: Path) -> None:
    """`archived` lists reports from the web; an address given by a person stays at every rebuild."""
    path = tmp_path / "r.db"
    looked(path, paper.feed(paper.story(120), paper.story(140)))
    lines = run("archived", path).output.splitlines()
    assert [line.split("\t")[0] for line in lines] == [paper.url("/story/120"), paper.url("/story/140")]
    kept = "https://archive.example/2031/story"
    result = run("archived", path, paper.url("/story/120"), kept, "--author", "A. Monitor")
    assert result.exit_code == 0, result.output
    assert run("build", "-o", path).exit_code == 0
    assert [one.archived_url for one in store.load(path).articles] == [kept, ""]
    assert len(run("archived", path).output.splitlines()) == 1
    wrong = run("archived", path, paper.url("/story/140"), "archive.example", "--author", "A. Monitor")
    assert wrong.exit_code == 1
    assert "is no address" in wrong.stderr


def test_capture_and_archive_come_from_the_table(reports: Path) -> None:
    """sources.csv may say when a text was captured and where it is archived; a wrong instant is named."""
    table = (
        "file,outlet,captured,archived_url\nwire.txt,Wire,2031-03-04T08:00+01:00,https://archive.example/1\n"
    )
    (reports / "sources.csv").write_text(table, encoding="utf-8")
    wire = next(one for one in build([str(reports)]).articles if one.file == "wire.txt")
    assert (wire.captured, wire.archived_url) == ("2031-03-04T08:00:00+01:00", "https://archive.example/1")
    (reports / "sources.csv").write_text("file,captured\nwire.txt,Tuesday\n", encoding="utf-8")
    result = run("build", reports, "-o", reports / "r.db")
    assert "'Tuesday' is no instant" in result.stderr


@pytest.mark.slow
def test_a_killed_watch_loses_nothing_that_it_said_was_saved(tmp_path: Path) -> None:
    """Killed at any moment while reports keep coming: what was announced is there, and the record proves whole."""
    told = count_kills(tmp_path, 10)
    assert told.kills == 10
    assert told.announced >= 5  # on a machine that is busy a watch may be killed before its first word
    assert told.lost == told.broken == 0
    record = store.load(tmp_path / "r.db")
    assert as_json(build_record([*record.articles, *record.unread], LOCAL)) == as_json(record)
