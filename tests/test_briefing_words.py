"""Pages of words, figures, days, names and reports: nothing left out, every cell leads to its words, every row citable."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from parley.briefing import write_briefing
from parley.briefing.cite import footnote
from parley.briefing.drawings_words import Dot, draw_counts
from parley.briefing.lookup import InText, Lookup
from parley.briefing.pages import pages
from parley.briefing.retelling import passages
from parley.briefing.said import ORDERS
from parley.briefing.side import PAIRED, Pairs
from parley.check import check_first
from parley.model import (
    Article,
    Claim,
    Drift,
    Lineage,
    Merge,
    Record,
    SharedPassage,
    Struck,
    derived_id,
    row_id,
    span_of,
)
from tests.test_briefing import MARCH, Page, article, broken_links, made_record, shown

DAYS = st.dates(date(2031, 1, 1), date(2031, 12, 31))
ENDS = st.one_of(st.none(), st.floats(0, 1e9, allow_nan=False))
DOTS = st.builds(
    Dot,
    st.one_of(st.none(), DAYS),
    ENDS,
    ENDS,
    st.text("AB<&", max_size=3),
    st.text('12 <é&"', max_size=9),
    st.booleans(),
)


def fuller() -> Record:
    """The record made by hand with what linking adds: drifts, a shared passage, merges, a struck row, a later report."""
    record = made_record()
    gazette = record.articles[0]
    edge = record.lineage[0]
    new, old = edge.passages[0]
    union = next(one for one in record.actors if one.name == "Selde Union")
    first, second = union.mentions[0], union.mentions[-1]
    merge = Merge(
        first.text,
        second.text,
        "its short form",
        ((gazette.id, first.start, first.end), (gazette.id, second.start, second.end)),
    )
    monday = gazette.text.index("Monday")
    return replace(
        record,
        articles=(
            replace(
                gazette, archived_url="https://archive.example/talks", captured="2031-03-04T06:30:00+00:00"
            ),
            *record.articles[1:],
        ),
        actors=tuple(replace(one, merges=(merge,)) if one is union else one for one in record.actors),
        drifts=(Drift("drift-1", edge.id, "figure_changed", old, new, "12 > 14"),),
        struck=(Struck("struck-1", "figure-gone", gazette.id, monday, monday + 6, "Monday", "cor-1"),),
    )


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages of the fuller record."""
    return dict(pages(fuller(), "wharf-talks"))


def page_of_report(made: dict[str, str], article: Article) -> str:
    """The page of a report."""
    return made[f"report-{article.id.removeprefix('art-')}.html"]


def test_links_resolve_and_ids_are_unique(made: dict[str, str]) -> None:
    """With everything that linking adds, each link has one goal."""
    assert list(broken_links(made)) == []
    for name, html in made.items():
        ids = Page(html).ids
        assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_every_order_has_every_statement_in_full(made: dict[str, str], order: object) -> None:
    """Whatever the order, no statement and no word of one is left out, and each leads to its words."""
    html = made[f"{order.stem}.html"]  # type: ignore[attr-defined]
    for statement in fuller().statements:
        assert unescape(statement.content[0].text) in shown(html)
        assert f"#{statement.id}" in html


def test_a_long_statement_is_not_clipped() -> None:
    """A statement of five hundred words stands in full on the page of statements."""
    words = " ".join(f"word{number}" for number in range(500))
    text = f"“{words},” said Mira."
    one = article(text, "Gazette", "long.txt")
    said = replace(
        made_record().statements[0],
        id=row_id("stm", one.id, [(1, 1 + len(words))], "s"),
        article=one.id,
        content=(span_of(text, 1, 1 + len(words)),),
        actor=None,
    )
    made = dict(pages(Record(articles=(one,), statements=(said,)), ""))
    assert words in shown(made["statements.html"])


def test_headings_lead_to_the_page_on_which_they_begin() -> None:
    """With more statements than fit a page, each heading's link goes to the page that has it."""
    record = fuller()
    many = tuple(
        replace(record.statements[number % 5], id=f"stm-{number}", date=MARCH + timedelta(days=number % 90))
        for number in range(450)
    )
    made = dict(pages(replace(record, statements=many, claims=(), acts=(), needs=()), ""))
    links = [link for link in Page(made["statements-day.html"]).links if "#group-" in link]
    assert len(links) == 90
    assert {link.partition("#")[0] for link in links} == {
        "statements-day.html",
        "statements-day-2.html",
        "statements-day-3.html",
    }
    for link in links:
        file, _, group = link.partition("#")
        assert group in Page(made[file]).ids


def test_coverage_shows_who_leaves_out_what() -> None:
    """A claim has a mark under the report that has it, a dash under the one that has not, its copy apart."""
    record = fuller()
    other = article("The union waits.", "Quay Herald", "quay.txt")
    span = (0, len("The union waits."))
    again = replace(
        record.statements[1],
        id=row_id("stm", other.id, [span], "s"),
        article=other.id,
        content=(span_of(other.text, *span),),
    )
    first = record.statements[1]
    claim = Claim(
        derived_id("clm", [first.id, again.id]),
        (first.id, again.id),
        (),
        (first.article, other.id),
        ("actor-x",),
    )
    made = dict(
        pages(
            replace(
                record,
                articles=(*record.articles, other),
                statements=(*record.statements, again),
                claims=(claim, record.claims[0]),
            ),
            "",
        )
    )
    html = made["coverage.html"]
    row = next(part for part in html.split("<tr>") if "We have waited" in part)
    assert row.count("<td>–</td>") == 2  # the agreement's column, and no copy
    assert f"#{again.id}" in row
    assert f"#{first.id}" in row
    denied = next(part for part in html.split("<tr>") if "open the gate only" in part)
    assert ">denies</a>" in denied
    assert "WM" not in Page(html).ids


def test_wording_says_which_outlet_calls_it_what() -> None:
    """A body that two outlets name differently stands with each form and where it is written."""
    record = fuller()
    mirror = record.articles[1]
    union = next(one for one in record.actors if one.name == "Selde Union")
    start = mirror.text.index("The union")
    mention = replace(
        union.mentions[0], article=mirror.id, start=start, end=start + 9, text="The union", name="Selde Union"
    )
    changed = replace(union, mentions=(*union.mentions, mention))
    actors = tuple(changed if one is union else one for one in record.actors)
    text = shown(dict(pages(replace(record, actors=actors), ""))["wording.html"])
    assert "Selde Union‘The union’ SG WM; ‘Selde Union’ SG" in text


def test_a_thing_told_differently_is_drawn(made: dict[str, str]) -> None:
    """Two values of one thing stand in a drawing with a ring each, and in a table with a link to the relation."""
    html = made["counted.html"]
    assert html.count('class="rival"') == 2
    assert "SG 12, told differently; WM 14, told differently" in html
    assert "dockers, released or handed over: 12; 14 – disputed" in shown(html)
    assert 'href="beside.html#rel-1">told differently' in html


def test_one_value_in_two_reports_is_one_line() -> None:
    """Figures that agree have no drawing and stand on one line with both reports' words."""
    record = fuller()
    agree = replace(record.figure_relations[0], relation="agree", why="the same value")
    twelve, fourteen = (record.figures[0], replace(record.figures[1], low=12.0, high=12.0))
    made = dict(
        pages(replace(record, figures=(twelve, fourteen, record.figures[2]), figure_relations=(agree,)), "")
    )
    assert "<svg" not in made["counted.html"]
    assert "dockers, released or handed over124 Mar 2031‘12 dockers’ SG; ‘14 dockers’ WM from SG" in shown(
        made["counted.html"]
    )


@given(st.lists(DOTS, max_size=30))
def test_a_drawing_of_counts_is_well_formed(dots: list[Dot]) -> None:
    """Whatever is counted, the drawing is XML, has each mark that has a day and a number once, and stays in its frame."""
    drawing = draw_counts(dots)
    drawn = [dot for dot in dots if dot.when and (dot.low is not None or dot.high is not None)]
    assert bool(drawing) == bool(drawn)
    if drawing:
        root = ElementTree.fromstring(str(drawing).replace("\x00", ""))  # noqa: S314 - our own output
        space = "{http://www.w3.org/2000/svg}"
        assert [one.text or "" for one in root.iter(f"{space}text") if one.get("class") == "label"] == [
            dot.mark for dot in drawn
        ]


def test_side_by_side_shows_what_changed(made: dict[str, str]) -> None:
    """The page of a report and its rewrite names each change with the words before and after, linked to both."""
    name, html = next(
        (name, html) for name, html in made.items() if name.startswith("side-") and "told from" in html
    )
    text = shown(html)
    assert "WM is told from SG (rewrite)" in text
    assert "another figure: 12 → 14" in text
    old, new = fuller().drifts[0].before, fuller().drifts[0].after
    assert old
    assert new
    assert f"#at-{old.start}-{old.end}" in html
    assert f"#at-{new.start}-{new.end}" in html
    assert name in made["lineage.html"]
    assert name in page_of_report(made, fuller().articles[0])


def test_passages_of_an_excerpt_are_alike() -> None:
    """An excerpt keeps sentences whole, so that what an edge aligns without common words is not shown as a passage."""
    one, other = "The gate opens on Monday at noon.", "A cook stirred soup in her kitchen."
    pairs = ((span_of(one, 0, len(one)),) * 2, (span_of(other, 0, len(other)), span_of(one, 0, len(one))))
    edge = Lineage("lin-1", "a", "b", "excerpt", 0.5, pairs)
    assert passages(edge) == pairs[:1]
    assert passages(replace(edge, kind="rewrite")) == pairs


def test_pairs_stay_few_where_many_reports_share_a_claim() -> None:
    """A claim of forty reports makes no more pairs than its first few reports do: no step grows with the square."""
    record = made_record()
    copies = [
        article(f"The union waits, said Mira. {number}", f"Outlet {number}", f"{number}.txt")
        for number in range(40)
    ]
    said = [
        replace(record.statements[0], id=f"stm-{number}", article=one.id, content=(span_of(one.text, 0, 15),))
        for number, one in enumerate(copies)
    ]
    claim = Claim("clm-1", tuple(one.id for one in said))
    look = Lookup(Record(articles=tuple(copies), statements=tuple(said), claims=(claim,)))
    assert len(Pairs(look).all) == PAIRED * (PAIRED - 1) // 2


def test_background_that_two_reports_share_is_named(made: dict[str, str]) -> None:
    """A passage that recurs stands beside itself and is said to corroborate nothing."""
    record = fuller()
    gazette, mirror = record.articles[:2]
    spans = tuple(
        (one.id, span_of(one.text, one.text.index("Wharf talks"), one.text.index("Wharf talks") + 11))
        for one in (gazette, mirror)
    )
    shared = SharedPassage("shr-1", spans)
    made = dict(pages(replace(record, shared_passages=(shared,)), ""))
    assert list(broken_links(made)) == []
    assert any("A passage that recurs corroborates nothing" in html for html in made.values())


def test_every_row_of_a_report_can_be_cited(made: dict[str, str]) -> None:
    """Each row read from a report has a footnote with outlet, title, day, addresses, capture and quote, and a deep link."""
    record = fuller()
    gazette = record.articles[0]
    html = page_of_report(made, gazette)
    cited = html[html.index('class="cite"') :]
    rows: list[InText] = [
        *record.statements,
        *record.figures,
        *record.acts,
        *record.needs,
        *record.times,
        *record.places,
    ]
    for row in (row for row in rows if row.article == gazette.id):
        assert f'.html#{row.id}"' in cited, row
    assert (
        "Selde Gazette, “Wharf talks stall again”, 4 March 2031, https://gazette.example/talks, archived at "
        "https://archive.example/talks, captured 2031-03-04T06:30:00+00:00: “We have waited long enough”."
        in shown(cited)
    )


def test_quotation_marks_within_a_title_are_single() -> None:
    """A title that quotes somebody stands in a footnote with the marks that belong within others."""
    titled = replace(article("Text.", "Gazette", "t.txt"), title="Envoy: “We sign”")
    assert footnote(titled) == "Gazette, “Envoy: ‘We sign’”, 4 March 2031."


def test_what_a_person_called_wrong_is_struck(made: dict[str, str]) -> None:
    """A struck row stands in the text as struck, and beside it is said that nothing rests on it."""
    html = page_of_report(made, fuller().articles[0])
    assert re.search(r'<span class="struck" id="figure-gone">', html)
    assert "Called wrong Monday nothing rests on it" in shown(html)


def test_a_name_says_why_it_is_one(made: dict[str, str]) -> None:
    """A name's page has its forms with where they stand, why they are one, its statements and acts."""
    text = shown(made["name-Selde-Union.html"])
    assert "Why one name ‘Selde Union’ and ‘The union’: its short form SG SG" in text
    assert "Says 2" in text
    assert "accused" in text


def test_only_who_speaks_or_acts_by_name_has_a_page(made: dict[str, str]) -> None:
    """Whoever is only handed over has no page, nor has an unnamed speaker; their row leads to the words."""
    assert not any("Wyk" in name for name in made)
    record = fuller()
    unnamed = replace(record.actors[2], id="actor-u", name="a senior official", kind="role", mentions=())
    said = replace(record.statements[1], actor="actor-u")
    changed = replace(
        record, actors=(*record.actors, unnamed), statements=(said, *record.statements[2:]), claims=()
    )
    pages_made = dict(pages(changed, ""))
    assert "name-u.html" not in pages_made
    row = next(part for part in pages_made["names.html"].split("<tr") if "a senior official" in part)
    assert f"#{said.id}" in row


def test_places_lead_to_their_words(made: dict[str, str]) -> None:
    """Each place leads to where a report names it, with the acts that are told with it."""
    record = fuller()
    there = replace(record, acts=tuple(replace(act, place="Selde") for act in record.acts))
    html = dict(pages(there, ""))["places.html"]
    assert f"#{record.places[0].id}" in html
    assert "reported done" in html


def test_check_first_is_the_queue(made: dict[str, str]) -> None:
    """The page has every row of the queue, in its order, each linked to its words."""
    record = fuller()
    rows = [one.row for one in check_first(record) if not one.row.startswith("art-")]
    links = [link.partition("#")[2] for link in Page(made["check.html"]).links if "#" in link]
    assert [link for link in links if link in rows] == rows


def test_texts_that_are_missing_or_unread_have_pages(made: dict[str, str]) -> None:
    """What the reports name and the record has not, and what could not be read, is listed with where and why."""
    assert "statement" in shown(made["missing.html"])
    assert "a scan <without> text" in shown(made["unread.html"])


def test_silence_is_said_on_every_page() -> None:
    """A record without a row says on each of these pages what none of its reports has."""
    made = dict(pages(Record(), ""))
    for name in ("coverage", "wording", "counted", "places", "missing", "sides", "check"):
        assert "these 0 reports" in shown(made[f"{name}.html"]), name
    assert "Every text that came in was read." in shown(made["unread.html"])


def test_hostile_text_is_shown_on_the_new_pages() -> None:
    """Markup in quotes, names, places and titles is text on every page and in every drawing."""
    bad = '<img src=x onerror="x">'
    record = fuller()
    gazette = replace(record.articles[0], title=bad, outlet=bad)
    places = (replace(record.places[0], name=bad),)
    actors = tuple(replace(one, name=one.name + bad) for one in record.actors)
    made = dict(
        pages(replace(record, articles=(gazette, *record.articles[1:]), places=places, actors=actors), bad)
    )
    assert not any("img" in Page(html).tags for html in made.values())


# ------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fuller record's pages as files."""
    return write_briefing(fuller(), tmp_path_factory.mktemp("pages") / "wharf-talks").parent


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, folder: Path, scheme: str) -> None:
    """axe-core, asked for WCAG 2.2 A and AA, finds nothing on any page, everything unfolded, in either theme."""
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    tags = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    for file in sorted(folder.glob("*.html")):
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=tags).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], file.name
    page.close()


@pytest.mark.slow
def test_a_quote_is_cited_without_a_script(browser: Browser, folder: Path) -> None:
    """A fact-checker goes from a statement to its words, unfolds Cite and selects the footnote with one click."""
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto((folder / "statements.html").as_uri())
    page.locator("tr", has_text="We have waited long enough").locator("a.mark").first.click()
    assert page.locator(".text :target").first.inner_text() == "We have waited long enough"
    cite = page.locator("details.cite", has=page.locator("text=We have waited long enough")).first
    cite.locator("summary").click()
    footnotes = cite.locator(".footnote", has_text="“We have waited long enough”.")
    footnotes.first.click()
    assert (
        page.evaluate("getSelection().toString()")
        .strip()
        .startswith("Selde Gazette, “Wharf talks stall again”")
    )
    context.close()
