"""The frame of the pages: whose account, as of which day, by when it was reported; all pages in one file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from parley import store
from parley.agreement.views import View
from parley.briefing.frame import EVERYTHING, Frame, choices, form_of, framed, parse_frame
from parley.briefing.pages import Site, pages
from parley.briefing.write import write_one_file
from parley.cli import main
from parley.errors import ParleyError
from parley.model import Record
from parley.pipeline import build_record
from parley.proof import verify
from parley.settings import Settings
from parley.sources import collect
from tests.test_briefing import made_record

WORDS = st.text(alphabet="abcdefg äéø'’", min_size=1).map(str.strip).filter(bool)


@pytest.fixture
def record(reports: Path) -> Record:
    """The two reports that the tests share: the wire of 4 March, the daily of 6 March."""
    return build_record(collect([str(reports)], Settings()), Settings())


def outlets(record: Record) -> set[str]:
    """The outlets of a record's texts."""
    return {article.outlet for article in record.texts}


def test_everything_is_the_record_itself(record: Record) -> None:
    """The frame that leaves everything open changes nothing, and so does a day from which things are new."""
    assert framed(record, EVERYTHING) is record
    assert framed(record, Frame(since=date(2031, 3, 5))) is record


def test_known_by_leaves_out_later_reports(record: Record) -> None:
    """By 5 March only the wire had reported; no row of what is left names the other report, and the record is whole."""
    then = framed(record, Frame(known_by=date(2031, 3, 5)))
    assert outlets(then) == {"Coastal Wire"}
    left = {article.id for article in then.articles}
    assert {one.article for one in then.statements} | {one.article for one in then.figures} <= left
    assert not verify(then).problems


def test_as_of_leaves_out_what_happened_later(record: Record) -> None:
    """As of 5 March the daily's own figure of 6 March is gone; what it tells by then of earlier days may stay."""
    before = framed(record, Frame(as_of=date(2031, 3, 5)))
    assert "140 dockers" not in [figure.text for figure in before.figures]
    assert "120 dockers" in [figure.text for figure in before.figures]
    assert all((act.date or date.min) <= date(2031, 3, 5) for act in before.acts)
    assert not verify(before).problems


def test_an_outlets_account_is_its_reports(record: Record) -> None:
    """The view of an outlet holds its reports only, and its letters' case does not matter."""
    assert outlets(framed(record, parse_frame("outlet:selde daily"))) == {"Selde Daily"}


def test_a_sides_account_is_in_its_words(record: Record) -> None:
    """The view of a side keeps the reports, and of what they tell only what stands in the side's own statements."""
    side = choices(record).sides[0]
    own = framed(record, Frame(view=View(party=side)))
    assert outlets(own) == outlets(record)
    assert 0 < len(own.statements) < len(record.statements)
    kept = {statement.id for statement in own.statements}
    assert all(act.statement in kept for act in own.acts)
    assert not verify(own).problems


def test_two_voices_are_needed_where_two_are_asked_for(record: Record) -> None:
    """What at least two voices say keeps no claim of one voice."""
    both = framed(record, parse_frame("voices:2"))
    assert all(len(claim.voices) >= 2 for claim in both.claims)


def test_copies_can_be_left_out() -> None:
    """The view without copies holds no report that derives from another."""
    record = made_record()
    assert record.derived
    left = framed(record, parse_frame("without-copies"))
    assert not left.derived
    assert {one.id for one in left.texts} == {one.id for one in record.texts} - record.derived


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"view": "outlet:The Nowhere Post"}, "It holds: Coastal Wire and Selde Daily"),
        ({"view": "party:Nobody At All"}, "nobody speaks for 'Nobody At All'"),
        ({"view": "somebody"}, "is none of everyone, party:NAME"),
        ({"as_of": "last week"}, "as of: 'last week' is no day. Give it as YYYY-MM-DD."),
        ({"since": "2031-02-30"}, "new since: '2031-02-30' is no day"),
    ],
)
def test_what_fits_nothing_is_one_clear_line(record: Record, fields: dict[str, str], told: str) -> None:
    """A view or a day that cannot be is refused in one line that says what would fit."""
    with pytest.raises(ParleyError, match=re.escape(told)) as caught:
        framed(record, parse_frame(**fields))
    assert "\n" not in str(caught.value)


@given(party=st.just("") | WORDS, outlet=st.just("") | WORDS, voices=st.integers(1, 9), copies=st.booleans())
def test_a_frame_survives_its_address(party: str, outlet: str, voices: int, copies: bool) -> None:
    """The fields that an address gets from a frame give that frame again."""
    frame = Frame(View(party, outlet, voices, copies), date(2031, 3, 4), None, date(2031, 3, 1))
    assert parse_frame(**frame.fields()) == frame
    assert form_of(frame.view) == frame.fields().get("view", "")


def test_every_page_says_whose_account_and_which_days(record: Record) -> None:
    """Each page's head says whose account it gives and the days at which it is frozen."""
    frame = parse_frame("outlet:Coastal Wire", "2031-03-05", "2031-03-06", "2031-03-02")
    for file, html in pages(record, "gate", frame):
        head = html.partition("<main")[0]
        assert "outlet Coastal Wire" in head, file
        for when in ("as of 5 March 2031", "known by 6 March 2031", "new since 2 March 2031"):
            assert when in head, (file, when)


def test_every_page_stands_on_an_empty_frame(record: Record) -> None:
    """Before anything was reported every page is there and says so, and none of them fails."""
    site = Site(record, "gate", parse_frame(known_by="2000-01-01"))
    assert not site.shown.look.record.articles
    for file in site.pages:
        assert "</main>" in site.render(file)


def test_one_file_holds_every_page_and_needs_no_other(tmp_path: Path) -> None:
    """All pages in one file: each id once, each link within the file to an id that is there, the style hashed."""
    record = made_record()
    html = write_one_file(record, tmp_path / "wharf.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    inner = re.findall(r'href="#([^"]+)"', html)
    assert set(inner) <= set(ids)
    assert not re.search(r'href="[\w-]+\.html', html)
    assert not re.search(r"<(?:link|script|img)\b", html)
    assert "style-src 'sha256-" in html
    for file, _ in pages(record):
        assert f'id="{file.removesuffix(".html")}"' in html
    row = record.figures[0]
    assert f"report-{row.article.removeprefix('art-')}--{row.id}" in inner


def test_the_command_writes_a_frame_and_one_file(record: Record, tmp_path: Path) -> None:
    """The command freezes pages at the frame given; a name in .html makes one file; what cannot be is one line."""
    kept = tmp_path / "gate.db"
    store.save(record, kept)
    run = CliRunner()
    one = tmp_path / "gate.html"
    done = run.invoke(main, ["briefing", str(kept), "-o", str(one), "--known-by", "2031-03-05"])
    assert done.exit_code == 0, done.output
    assert "known by 5 March 2031" in one.read_text(encoding="utf-8")
    folder = tmp_path / "pages"
    assert run.invoke(main, ["briefing", str(kept), "-o", str(folder), "--view", "voices:2"]).exit_code == 0
    assert "what at least 2 voices say" in (folder / "index.html").read_text(encoding="utf-8")
    wrong = run.invoke(main, ["briefing", str(kept), "-o", str(folder), "--as-of", "soon"])
    assert wrong.exit_code == 1
    assert wrong.output.count("\n") == 1


def test_hostile_text_stays_text_in_one_file(tmp_path: Path) -> None:
    """Markup in a report, links and ids among it, is shown as words and rewritten nowhere."""
    record = made_record()
    hostile = '<a href="index.html" id="x">here</a><style>*{display:none}</style></main>'
    articles = tuple(replace(one, title=hostile) for one in record.articles)
    html = write_one_file(replace(record, articles=articles), tmp_path / "x.html").read_text(encoding="utf-8")
    assert hostile not in html
    assert html.count("<style>") == 1
    assert html.count("</main>") == 1
