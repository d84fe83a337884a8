"""The live door over real HTTP: pages, frame, search, corrections; other names and other sites are refused."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from parley import store
from parley.briefing.lookup import Lookup
from parley.cli import main
from parley.model import Record
from parley.pipeline import build_record
from parley.search import Index
from parley.settings import Settings
from parley.sources import collect
from parley.web.guard import LARGEST_FORM, POLICY
from tests.serving import Served, served
from tests.test_briefing import made_record

HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


@pytest.fixture
def file(reports: Path, tmp_path: Path) -> Path:
    """The record of the reports that the tests share, in its file."""
    made = tmp_path / "gate-talks.db"
    store.save(build_record(collect([str(reports)], Settings()), Settings()), made)
    return made


@pytest.fixture
def site(file: Path) -> Iterator[Served]:
    """That record, served."""
    with served(file) as running:
        yield running


def links(html: str) -> set[str]:
    """The addresses of a page's links."""
    return {unescape(found) for found in re.findall(r'href="([^"]+)"', html)}


def test_every_page_is_served(site: Served) -> None:
    """From the first page on every link within the record leads to a page, and every fragment to its row."""
    seen: dict[str, str] = {}
    queue = ["/"]
    while queue:
        path = queue.pop()
        answer = site.ask(path)
        assert answer.status == 200, path
        seen[path] = answer.text
        for link in links(answer.text):
            target = "/" + link.partition("#")[0].lstrip("/")
            inner = link.startswith(("http", "#")) or "?" in link
            if not inner and target not in seen and target not in queue:
                queue.append(target)
    for path, html in seen.items():
        for link in links(html):
            file, sign, row = link.partition("#")
            if sign and "?" not in file and not file.startswith("http"):
                assert f'id="{row}"' in seen["/" + file if file else path], (path, link)


def test_pages_are_those_that_are_written(site: Served, file: Path, tmp_path: Path) -> None:
    """The live first page has the written one's content, word for word."""
    written = tmp_path / "pages"
    assert CliRunner().invoke(main, ["briefing", str(file), "-o", str(written)]).exit_code == 0
    static = (written / "index.html").read_text(encoding="utf-8").partition("<main")[2]
    assert re.sub(r' <a class="correct".*?</a>', "", site.ask("/").text).partition("<main")[2].replace(
        "Gate talks", "Pages"
    ) == static.replace("Gate talks", "Pages")


def test_the_frame_stays_in_every_link(site: Served) -> None:
    """A chosen account and day stand in the page's head and in every link to another page."""
    html = site.ask("/?view=outlet%3ACoastal+Wire&known_by=2031-03-06").text
    assert "outlet Coastal Wire" in html
    inner = [link for link in links(html) if re.match(r"[\w-]+\.html", link)]
    assert len(inner) > 10
    assert all("view=outlet%3ACoastal+Wire&known_by=2031-03-06" in link for link in inner)
    assert '<option value="outlet:Coastal Wire" selected>' in html
    assert 'value="2031-03-06"' in html


def test_a_page_that_a_frame_leaves_out_says_so(site: Served, file: Path) -> None:
    """A report that another outlet's account leaves out is not found, and the way to it with everything is given."""
    daily = next(one for one in store.load(file).articles if one.outlet == "Selde Daily")
    path = f"/report-{daily.id.removeprefix('art-')}.html"
    answer = site.ask(f"{path}?view=outlet%3ACoastal+Wire")
    assert answer.status == 404
    assert "leave this page out" in answer.text
    assert f'href="{path}"' in answer.text
    assert site.ask("/nothing.html").status == 404


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("as_of=tomorrow", "As of: 'tomorrow' is no day. Give it as YYYY-MM-DD."),
        ("view=outlet%3ANowhere", "this record holds no outlet 'Nowhere'"),
        ("view=whoever", "is none of everyone"),
    ],
)
def test_what_cannot_be_chosen_is_one_line(site: Served, query: str, told: str) -> None:
    """A day or an account that cannot be is said in one line, and the form stays with what was typed."""
    answer = site.ask(f"/figures.html?{query}")
    assert answer.status == 400
    assert told in unescape(answer.text)
    value = unescape(query.partition("=")[2]).replace("%3A", ":")
    assert f'value="{value}"' in answer.text
    assert '<form class="bar"' in answer.text


def test_every_answer_carries_the_headers(site: Served) -> None:
    """Pages, style, script, errors and refusals all come with the policy, and nothing asks for more than it allows."""
    for path in ("/", "/briefing.css", "/htmx.min.js", "/search.html?q=union", "/nothing.html", "/?as_of=x"):
        answer = site.ask(path)
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert not re.search(
            r"\son\w+=|\sstyle=|<style|javascript:", answer.text if ".js" not in path else ""
        )


def test_another_name_is_refused(site: Served) -> None:
    """A request under a name that was rebound to this machine gets nothing of the record; localhost is this machine."""
    for host in ("evil.example", f"evil.example:{site.port}", "127.0.0.1", f"127.0.0.1:{site.port}."):
        answer = site.ask("/", headers={"Host": host})
        assert answer.status == 421
        assert "Coastal Wire" not in answer.text
    assert site.ask("/", headers={"Host": f"localhost:{site.port}"}).status == 200


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1"])
def test_a_form_of_another_site_is_refused(site: Served, file: Path, origin: str | None) -> None:
    """A form without our own Origin changes nothing."""
    row = store.load(file).statements[0].id
    body = urlencode({"row": row, "action": "wrong", "author": "Nobody", "save": "yes"})
    answer = site.ask("/correct.html", "POST", body, {"Origin": origin} if origin else {})
    assert answer.status == 403
    assert not store.corrections(file)


def test_a_form_without_end_is_refused(site: Served) -> None:
    """A form that is larger than any of ours is not read."""
    assert site.post("/correct.html", "x" * (LARGEST_FORM + 1)).status == 413


def test_words_are_found_with_their_sources(site: Served) -> None:
    """Search finds words in other forms of them, marks them, and each hit leads to its words in their report."""
    html = site.ask("/search.html?q=withdrawing").text
    assert "<mark>" in html
    assert re.search(r'href="report-[0-9a-f]+\.html#(?:stm|act|need)-', html)


def test_search_is_narrowed_by_facets(site: Served) -> None:
    """A facet in the address narrows the rows to those that have its value; the statements page takes them, too."""
    html = site.ask("/search.html?q=union&row=statement&outlet=Selde+Daily").text
    assert "Narrowed to" in html
    marks = set(re.findall(r'<a class="mark"[^>]*title="([^"]+)"', html.partition("<main")[2]))
    assert marks == {"Selde Daily"}
    statements = site.ask("/statements.html?outlet=Coastal+Wire").text
    assert "<h1>Statements</h1>" in statements
    assert 'title="Selde Daily"' not in statements.partition("<main")[2]


def test_nothing_found_is_said_precisely(site: Served) -> None:
    """What no report has is said of these reports only; signs that mean something to the index do no harm."""
    assert "None of these 2 reports has" in site.ask("/search.html?q=zeppelin").text
    for q in ('"', "* OR NOT", "a AND", "row:x", "(", "NEAR(", "'; DROP TABLE row"):
        assert site.ask("/search.html?" + urlencode({"q": q})).status == 200, q


def test_words_in_double_quotes_stand_in_their_order() -> None:
    """A phrase is found as it stands; its words in another order are not."""
    index = Index(Lookup(made_record()))
    assert index.find('"harbour plan"').total
    assert not index.find('"plan harbour"').total
    assert index.find("plan harbour").total


def test_search_keeps_back_who_is_only_handed_over() -> None:
    """The name of somebody who is only handed over is no search result, whoever asks for it."""
    look = Lookup(made_record())
    assert any("Wyk" in name for name in look.veiled)
    index = Index(look)
    assert not index.find("Wyk").total
    assert not any("Wyk" in value for values in index.find("").facets.values() for value, _ in values)


def test_a_pasted_sentence_is_looked_up(site: Served) -> None:
    """Who says a sentence: both counts, with the words; of another figure it says that it is another."""
    html = site.ask(
        "/claim.html?" + urlencode({"text": "Two outlets say 120 dockers had been suspended"})
    ).text
    assert "Carried by 1 report, 1 voice" in html
    assert "120 dockers had been suspended" in html
    other = site.ask("/claim.html?" + urlencode({"text": "130 dockers had been suspended since Monday"})).text
    assert "Other figures than you ask about" in other
    none = site.ask("/claim.html?" + urlencode({"text": "Elephants cross the frozen lake at night"})).text
    assert "None of these 2 reports has anybody say this" in none


def hostile_record() -> Record:
    """A record whose titles, outlets, names and files are markup."""
    record = made_record()
    articles = tuple(
        replace(one, title=HOSTILE, outlet=f"{one.outlet} {HOSTILE}", byline=HOSTILE, file=HOSTILE)
        for one in record.articles
    )
    actors = tuple(replace(one, name=f"{one.name} {HOSTILE}") for one in record.actors)
    statements = tuple(replace(one, speaker_name=HOSTILE) for one in record.statements)
    return replace(record, articles=articles, actors=actors, statements=statements)


def test_hostile_text_is_shown_and_never_runs(tmp_path: Path) -> None:
    """Markup from reports or addresses comes out as words on every live page."""
    kept = tmp_path / "x.db"
    store.save(hostile_record(), kept)
    with served(kept) as site:
        row = store.load(kept).statements[0].id
        paths = ["/", "/reports.html", "/statements.html", "/search.html?q=gate", f"/correct.html?row={row}"]
        paths += ["/claim.html?" + urlencode({"text": HOSTILE}), "/search.html?" + urlencode({"q": HOSTILE})]
        paths += ["/?" + urlencode({"view": HOSTILE}), "/?" + urlencode({"as_of": HOSTILE})]
        for path in paths:
            html = site.ask(path).text
            assert "<script>document" not in html, path
            assert "<img" not in html, path


def test_a_correction_shows_what_moves_before_it_is_saved(file: Path) -> None:
    """A wrong row: the form, what would move, nothing saved; then saved, shown at once, in the file, and undone."""
    figure = next(one for one in store.load(file).figures if one.text.startswith("120"))
    with served(file, author="Ana Maro") as site:
        assert 'value="Ana Maro"' in site.ask(f"/correct.html?row={figure.id}").text
        form = {"row": figure.id, "action": "wrong", "author": "Ana Maro", "reason": "no count"}
        shown = site.post("/correct.html", urlencode(form)).text
        assert "Nothing is saved yet" in shown
        assert "1 figure gone" in shown
        assert not store.corrections(file)
        at = re.search(r'name="at" value="([^"]+)"', shown)
        assert at
        saved = site.post("/correct.html", urlencode(form | {"at": at[1], "save": "yes"}))
        assert saved.status == 303
        assert [one.action for one in store.corrections(file)] == ["wrong"]
        assert figure.id not in [one.id for one in store.load(file).figures]
        again = site.ask(saved.headers["location"]).text
        assert "Saved" in again
        assert "120 dockers" not in site.ask("/figures.html").text
        made = store.corrections(file)[0].id
        undo = {"row": figure.id, "action": "undo", "undo-0": made, "author": "Ana Maro", "save": "yes"}
        assert site.post("/correct.html", urlencode(undo)).status == 303
    assert figure.id in [one.id for one in store.load(file).figures]


def test_a_correction_that_does_not_fit_is_one_line(site: Served, file: Path) -> None:
    """A value that cannot be, or no author, is said in one line; what was typed stays, nothing is saved."""
    report = store.load(file).articles[0].id
    form = {
        "row": report,
        "action": "date",
        "date-0": "some day",
        "author": "Ana Maro",
        "reason": "the print edition",
    }
    answer = site.post("/correct.html", urlencode(form))
    assert answer.status == 400
    assert "is no day" in answer.text
    assert 'value="the print edition"' in answer.text
    assert "needs an author" in site.post("/correct.html", urlencode(form | {"author": ""})).text
    assert site.ask("/correct.html?row=stm-0").status == 400
    assert not store.corrections(file)


def test_the_day_of_a_report_moves_what_hangs_on_it(site: Served, file: Path) -> None:
    """Another day for a report is shown with what it moves, then stands on the report's page."""
    report = next(one for one in store.load(file).articles if one.outlet == "Selde Daily")
    form = {"row": report.id, "action": "date", "date-0": "2031-03-07", "author": "Ana Maro"}
    assert "Nothing is saved yet" in site.post("/correct.html", urlencode(form)).text
    assert site.post("/correct.html", urlencode(form | {"save": "yes"})).status == 303
    page = site.ask(f"/report-{report.id.removeprefix('art-')}.html").text
    assert "7 March 2031" in page


def test_a_record_that_changes_is_read_again(site: Served, file: Path) -> None:
    """A record built again while it is served is shown as it is now; one that is gone is one line."""
    record = store.load(file)
    assert "Selde Daily" in site.ask("/reports.html").text
    store.save(replace(record, articles=record.articles[:1]), file)
    file.unlink()
    gone = site.ask("/")
    assert gone.status == 503
    assert "no such record" in gone.text
    assert gone.text.count("\n") == 1


def test_the_command_serves_and_says_where(file: Path) -> None:
    """`parley serve` says its address and answers there; a port that is taken is one line with the next step."""
    command = [str(Path(sys.executable).with_name("parley")), "serve", str(file), "--port"]
    with subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = running.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        assert Served(int(found[1])).ask("/").status == 200
        taken = subprocess.run([*command, found[1]], capture_output=True, text=True, check=False)
        assert taken.returncode == 1
        assert "Give another one with --port" in taken.stderr
        assert taken.stderr.count("\n") == 1
        running.terminate()


def test_what_is_said_to_be_saved_survives_a_kill(file: Path) -> None:
    """Killed right after it said saved, the correction is in the file, and the record is whole."""
    row = store.load(file).statements[0].id
    command = [str(Path(sys.executable).with_name("parley")), "serve", str(file), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        found = re.search(r"127\.0\.0\.1:(\d+)", running.stdout.readline())
        assert found
        form = {"row": row, "action": "wrong", "author": "Ana Maro", "save": "yes"}
        answer = Served(int(found[1])).post("/correct.html", urlencode(form))
        running.kill()
    assert answer.status == 303
    assert [one.row for one in store.corrections(file)] == [row]
    assert row in [one.row for one in store.load(file).struck]


def test_every_decision_that_a_form_offers_is_understood(site: Served, file: Path) -> None:
    """Each kind of row takes each of its decisions as its form sends it, and shows what would move."""
    record = store.load(file)
    statement, figure, other = record.statements[0], *record.figures[:2]
    report, (name, second) = record.articles[0], [a for a in record.actors if a.kind == "organisation"][:2]
    decisions = [
        (statement.id, {"action": "right"}),
        (statement.id, {"action": "edit", "edit-0": "kind", "edit-1": "direct"}),
        (figure.id, {"action": "side", "side-0": "held_by", "side-1": name.name}),
        (figure.id, {"action": "relate", "relate-0": other.id, "relate-1": "agree"}),
        (report.id, {"action": "outlet", "outlet-0": "The Selde Evening Post"}),
        (name.id, {"action": "merge", "merge-0": second.name}),
        (name.id, {"action": "withhold"}),
    ]
    for row, decision in decisions:
        form = site.ask(f"/correct.html?row={row}").text
        assert f'value="{decision["action"]}"' in form, decision
        answer = site.post("/correct.html", urlencode({"row": row, "author": "Ana Maro"} | decision))
        assert (answer.status, "Nothing is saved yet" in answer.text) == (200, True), decision
    assert not store.corrections(file)
