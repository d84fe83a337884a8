"""The live door in a real browser, by what a person does: search, follow, change the account, move the day, print, correct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from parley import store
from parley.pipeline import build_record
from parley.settings import Settings
from parley.sources import collect
from tests.conftest import DAILY, WIRE, unwrapped
from tests.exporting import run
from tests.serving import Served, served
from tests.test_web import hostile_record

pytestmark = pytest.mark.slow
TABLE = "file,outlet,published\nwire.txt,Coastal Wire,2031-03-04\ndaily.txt,Selde Daily,2031-03-06\n"
LIVE = (
    "search.html?q=union",
    "claim.html?text=120+dockers+had+been+suspended",
    "index.html?as_of=soon",
    "no.html",
)
ENTERED = ("note.html", "byhand.html", "codes.html", "corrections.html", "figures.html", "check.html")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A record of two reports, in its file."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (
        ("wire.txt", unwrapped(WIRE)),
        ("daily.txt", unwrapped(DAILY)),
        ("sources.csv", TABLE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    made = tmp_path / "gate-talks.db"
    store.save(build_record(collect([str(folder)], Settings()), Settings()), made)
    return made


@pytest.fixture
def site(file: Path) -> Iterator[Served]:
    """That record, served."""
    with served(file, author="Ana Maro") as running:
        yield running


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    """The first page, opened; at the end nothing of it was refused by the policy, and nothing outside was asked for."""
    opened = browser.new_page(locale="en-GB")
    asked: list[str] = []
    told: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.goto(site.address)
    yield opened
    opened.close()
    assert all(url.startswith(site.address) for url in asked), asked
    assert not told


def test_search_and_follow_a_figure_to_its_words(page: Page) -> None:
    """Typing finds without a button; a click on a hit's mark shows its words in their report, marked as the goal."""
    page.get_by_label("Search").fill("suspended")
    page.get_by_role("button", name="Find").click()
    page.wait_for_load_state()  # the page that was found listens to its search field only then
    hit = page.locator(".hits li", has_text="figure").filter(has_text="120 dockers")
    assert hit.locator("mark").first.is_visible()
    page.get_by_label("Search").fill("140")
    expect(page.locator("#found .lead")).to_contain_text("140")
    expect(page).to_have_url(re.compile("q=140"))
    page.locator(".hits li", has_text="figure").locator("a.mark").first.click()
    goal = page.locator(".text :target")
    expect(goal).to_have_text("140 dockers")
    assert goal.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_search_needs_no_script(browser: Browser, site: Served) -> None:
    """With scripts switched off search, facets and the account work the same."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address)
    page.get_by_label("Search").fill("union")
    page.get_by_role("button", name="Find").click()
    page.locator(".facets").get_by_role("link", name="Selde Daily").click()
    expect(page.locator(".chosen")).to_contain_text("Selde Daily")
    page.get_by_label("Whose account").select_option(label="Selde Daily")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".asof")).to_contain_text("outlet Selde Daily")
    expect(page.get_by_label("Search")).to_have_value("union")
    context.close()


def test_change_whose_account_and_move_the_day(page: Page) -> None:
    """The account and the day chosen stand in the head, stay on the next page, and can be let go again."""
    page.get_by_label("Whose account").select_option(label="Coastal Wire")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".asof")).to_contain_text("outlet Coastal Wire")
    page.get_by_role("link", name="Figures", exact=True).click()
    expect(page.locator(".asof")).to_contain_text("outlet Coastal Wire")
    expect(page.locator("main")).to_contain_text("120 dockers")
    expect(page.locator("main")).not_to_contain_text("140 dockers")
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("main")).to_contain_text("140 dockers")
    page.get_by_label("Known by").fill("2031-03-05")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".asof")).to_contain_text("known by 5 March 2031")
    expect(page.locator("main")).not_to_contain_text("140 dockers")


def test_a_frame_prints_on_a4_with_what_it_is(page: Page) -> None:
    """The printed page says whose account it is; forms and links to correct are not printed."""
    page.get_by_label("Known by").fill("2031-03-05")
    page.get_by_role("button", name="Show").click()
    page.emulate_media(media="print")
    expect(page.locator(".asof")).to_contain_text("known by 5 March 2031")
    expect(page.locator(".bars")).not_to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 3


def test_correct_a_figure_from_its_report(page: Page, file: Path) -> None:
    """From a row's own link: what moves is shown, saving says so, and the pages show it at once."""
    row = next(one for one in store.load(file).figures if one.text.startswith("120"))
    page.goto(f"{page.url.partition('?')[0]}correct.html?row={row.id}")
    page.get_by_label("Why").fill("a typing error in the report")
    page.get_by_label("Change").select_option("value")
    page.get_by_label("to", exact=True).fill("125")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("main")).to_contain_text("Nothing is saved yet")
    assert not store.corrections(file)
    page.get_by_role("button", name="Save this").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert next(one for one in store.load(file).figures if one.id == row.id).low == 125
    page.get_by_role("button", name="Undo this").click()
    page.get_by_role("button", name="Save this").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert next(one for one in store.load(file).figures if one.id == row.id).low == 120


def test_a_footnote_is_copied(page: Page) -> None:
    """On a report's page a button copies the footnote as it stands."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".reports a.mark").first.click()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".footnote").first.inner_text()
    assert "Coastal Wire" in copied


def test_ask_who_says_a_sentence(page: Page) -> None:
    """A pasted sentence is answered with both counts and the words; its mark leads to them."""
    page.get_by_role("link", name="Who says this?").click()
    page.get_by_label("A sentence that somebody says").fill(
        "Three outlets confirm that 120 dockers had been suspended."
    )
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("Carried by 1 report, 1 voice")
    page.locator(".claim a.mark").first.click()
    expect(page.locator(".text :target")).to_contain_text("120 dockers")


def test_report_text_never_runs(browser: Browser, tmp_path: Path) -> None:
    """Markup in titles, outlets and names runs on no live page: the browser's own title stays the site's."""
    kept = tmp_path / "talks.db"
    store.save(hostile_record(), kept)
    with served(kept) as site:
        page = browser.new_page()
        for path in ("", "reports.html", "statements.html", "names.html", "search.html?q=gate", *LIVE):
            page.goto(site.address + path)
            assert page.title() != "run", path
            assert page.locator("main img, main script").count() == 0, path
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_live_pages_are_accessible(
    browser: Browser, site: Served, file: Path, scheme: str, width: int
) -> None:
    """axe-core finds nothing on the live pages in either theme, and none scrolls sideways on a phone."""
    row = store.load(file).figures[0].id
    (file.parent / "book.csv").write_text(
        "code,label,definition,values\ntone,Tone,How it sounds,mild|harsh\n"
    )
    run("codebook", file, "--import", file.parent / "book.csv")
    run("code", file, row, "tone", "mild", "--coder", "Ada")
    run("note", file, "Seen at the gate", "--about", row, "--author", "Ada", "--sensitivity", "public")
    run("correct", file, row, "right", "--author", "Ada", "--yes")
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page.context.set_default_timeout(60_000)
    for path in (*LIVE, *ENTERED, f"correct.html?row={row}"):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert not found.response["violations"], (path, found.generate_report())
    page.close()


def test_corrections_go_from_one_desk_to_another(
    browser: Browser, page: Page, file: Path, tmp_path: Path
) -> None:
    """Exported with a click, taken in by another desk: both records are the same; a file that is none is refused there."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())
    row = next(one for one in store.load(file).figures if one.text.startswith("120"))
    run("correct", file, row.id, "edit", "value=125", "--author", "Ada", "--reason", "counted anew", "--yes")
    page.goto(f"{page.url}corrections.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export these decisions").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(kept.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with served(copy) as other:
        page = browser.new_page()
        page.goto(f"{other.address}corrections.html")
        expect(page.locator("main")).to_contain_text("Nobody has decided anything yet")
        page.get_by_label("Another person’s file").set_input_files(bad)
        page.get_by_role("button", name="Import it").click()
        expect(page.get_by_role("alert")).to_contain_text("bad.jsonl, line 2: is no correction")
        assert store.corrections(copy) == ()
        for new in ("1 new decision", "0 new decisions"):
            page.get_by_label("Another person’s file").set_input_files(kept)
            page.get_by_role("button", name="Import it").click()
            expect(page.get_by_role("status")).to_contain_text(new)
        expect(page.locator("main")).to_contain_text("counted anew")
        page.close()
    assert store.corrections(copy) == store.corrections(file)
    assert store.load(copy).figures == store.load(file).figures
