"""The briefing in a real browser: what it looks like cannot be read off its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from parley.briefing import write_briefing
from tests.test_briefing import made_record

pytestmark = pytest.mark.slow
NAMES = (
    "index",
    "new",
    "agreement",
    "handovers",
    "table",
    "positions",
    "conduct",
    "claims",
    "conditions",
    "figures",
    "beside",
    "timeline",
    "statements",
    "statements-outlet",
    "statements-act",
    "statements-kind",
    "statements-day",
    "coverage",
    "wording",
    "counted",
    "names",
    "places",
    "sides",
    "check",
    "missing",
    "unread",
    "lineage",
    "reports",
)
LEAST = {
    "main p, main li, main td, main th": 4.5,
    "small, .via, caption, dt, .none, footer p": 4.5,
    "a": 4.5,
    ".text span": 4.5,
}

# The least contrast, by WCAG 2.2, of the elements that a selector finds with the first background behind each.
CONTRAST = """(selector) => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return Math.min(21, ...[...document.querySelectorAll(selector)].map((node) => {
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the record made by hand."""
    return write_briefing(made_record(), tmp_path_factory.mktemp("pages") / "wharf-talks").parent


def all_pages(folder: Path) -> list[str]:
    """Every page's address, one report's among them."""
    of_a_row = (
        min(path.name for path in folder.glob(f"{kind}-*.html")) for kind in ("report", "name", "side")
    )
    return [(folder / name).as_uri() for name in (*(f"{stem}.html" for stem in NAMES), *of_a_row)]


def test_a_figure_leads_to_its_words(browser: Browser, folder: Path) -> None:
    """From the first page one click on a figure's mark shows its words in their report, marked as the goal."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    page.locator("#figures li", has_text="12 dockers").locator("a.mark").first.click()
    goal = page.locator(".text :target")
    assert goal.inner_text() == "12 dockers"
    assert goal.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    assert goal.is_visible()
    assert all(url.startswith("file://") for url in asked)
    page.close()


def test_pages_print_on_a4(browser: Browser, folder: Path) -> None:
    """The first page prints as a PDF of a few A4 pages without navigation."""
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 4
    page.close()


def test_nothing_runs_off_a_phone(browser: Browser, folder: Path) -> None:
    """At 390 pixels no page scrolls sideways."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for address in all_pages(folder):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    page.close()


def test_every_link_is_reached_by_tab(browser: Browser, folder: Path) -> None:
    """Tab reaches every link, what unfolds and what scrolls, each with a visible outline, the skip link first."""
    page = browser.new_page()
    for address in all_pages(folder):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        count = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
        first, reached = "", set()
        for step in range(count):
            page.keyboard.press("Tab")
            first = first or page.evaluate("document.activeElement.className")
            reached.add(_focused(page))
            assert step > 0 or first == "skip", address
        assert len(reached) == count, address
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", address
    page.close()


def _focused(page: Page) -> int:
    """Which of the page's elements has the focus."""
    return int(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser: Browser, folder: Path, scheme: str) -> None:
    """Text, links, small print and marked words have a contrast of 4.5 or more in both themes, a link's goal of 7."""
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    for address in all_pages(folder):
        page.goto(address)
        for selector, least in LEAST.items():
            assert page.evaluate(CONTRAST, selector) >= least, (address, selector)
    row = made_record().figures[0]
    page.goto((folder / f"report-{row.article.removeprefix('art-')}.html").as_uri() + f"#{row.id}")
    assert page.evaluate(CONTRAST, ".text :target") >= 7
    page.close()
