"""The parts of the briefing: marks, words for days and values, marked text, what changed in retelling, drawings."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.briefing import drawings, wording
from parley.briefing.drawings import Lane, Moment, draw_lineage, draw_loop, draw_timeline
from parley.briefing.highlight import Stretch, marked, marked_paragraphs
from parley.briefing.marks import outlet_marks
from parley.briefing.retelling import changes
from parley.harm import in_captivity, veil
from parley.model import Figure

TEXTS = st.text(alphabet="ab <>&\"'“”\n.é", max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def stretches(text: str, spans: list[tuple[int, int]]) -> list[Stretch]:
    """Stretches within a text from any pairs of numbers."""
    ends = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    return [Stretch(start, end, "figure", f"row-{number}") for number, (start, end) in enumerate(ends)]


def well_formed(xml: str) -> ElementTree.Element:
    """A drawing or marked text as XML; raises where it is not well formed."""
    return ElementTree.fromstring(xml)  # noqa: S314 - our own output


def plain(html: str) -> str:
    """The text of marked HTML; tags that the marking makes are the only ones in it."""
    return "".join(well_formed(f"<p>{html}</p>").itertext())


@given(TEXTS, SPANS)
def test_marked_text_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """However rows nest, cross or repeat, the tags are well formed, the text is unchanged and each id stands once."""
    rows = stretches(text, spans)
    html = marked(text, 0, len(text), rows, set())
    assert plain(html) == text
    for row in rows:
        assert html.count(f'id="{row.row}"') == (1 if row.start < row.end else 0)


@given(TEXTS, SPANS)
def test_marked_stretches_cover_their_words(text: str, spans: list[tuple[int, int]]) -> None:
    """The element that bears a row's id starts with the row's first characters."""
    rows = stretches(text, spans)
    root = well_formed(f"<p>{marked(text, 0, len(text), rows, set())}</p>")
    found = {element.get("id"): "".join(element.itertext()) for element in root.iter("span")}
    for row in rows:
        if row.start < row.end:
            assert text[row.start : row.end].startswith(found[row.row])


@given(TEXTS, SPANS)
def test_paragraphs_give_every_line_back(text: str, spans: list[tuple[int, int]]) -> None:
    """Paragraph by paragraph, the HTML is the text at the paragraph's offsets."""
    for paragraph in marked_paragraphs(text, stretches(text, spans)):
        assert plain(paragraph.html) == text[paragraph.start : paragraph.end]


def test_a_row_over_two_paragraphs_is_marked_in_both() -> None:
    """A quotation that runs on is marked in each paragraph; its id stands in the first."""
    one, other = marked_paragraphs("ab cd\n\nef gh", [Stretch(3, 9, "statement", "stm-1")])
    assert one.html == 'ab <span class="statement" id="stm-1">cd</span>'
    assert other.html == '<span class="statement">ef</span> gh'


@given(st.lists(st.text(min_size=1, max_size=24), unique=True, max_size=40))
def test_marks_are_never_shared(outlets: list[str]) -> None:
    """Each outlet gets a mark of its own, never empty, whatever script its name is in."""
    marks = outlet_marks(outlets)
    assert len(set(marks.values())) == len(outlets)
    assert all(mark and mark.isascii() for mark in marks.values())


def test_marks_are_telling() -> None:
    """Initials, else the first letters; an outlet without a name is known by its kind; letters in use are avoided."""
    marks = outlet_marks(
        ["Selde Gazette", "The Harbour Post", "Kestrel", "(unnamed site)", "Salt Gate"], {"HP"}
    )
    assert marks == {
        "Selde Gazette": "SG",
        "The Harbour Post": "HA",
        "Kestrel": "KE",
        "(unnamed site)": "SI",
        "Salt Gate": "SA",
    }


@pytest.mark.parametrize(
    ("low", "high", "approx", "words"),
    [
        (252, 252, False, "252"),
        (10, 10, True, "about 10"),
        (30, 40, False, "30 to 40"),
        (600, None, False, "600 or more"),
        (None, 60, False, "up to 60"),
        (None, None, False, "no number"),
        (21000, 21000, False, "21,000"),
        (2.5, 2.5, False, "2.5"),
    ],
)
def test_values_keep_their_hedges(low: float | None, high: float | None, approx: bool, words: str) -> None:
    """A figure is worded as the range it is, open ends and "about" included."""
    assert wording.value(Figure("f", "a", 0, 1, "x", low, high, approx)) == words


def test_days_are_worded_as_spans() -> None:
    """A span names month and year once where both ends share them; an end that is open says so."""
    first, last = date(2031, 3, 1), date(2031, 3, 10)
    assert wording.days(first, last) == "1 to 10 March 2031"
    assert wording.days(first, date(2031, 4, 2)) == "1 March to 2 April 2031"
    assert wording.days(first, first) == "1 March 2031"
    assert wording.days(first, None) == "1 March 2031 to open"


def test_long_words_are_cut_at_a_word() -> None:
    """A cut text ends in dots and loses no half word; a short one stays."""
    assert wording.clipped("one two  three", 40) == "one two three"
    assert wording.clipped("one two, three four", 9) == "one two …"


def test_names_of_the_veiled_are_roles() -> None:
    """Only whole names are replaced, the longest first; behind its role a name is withheld."""
    names = {"Tomas Wyk": "[sergeant]", "Wyk": "[sergeant]"}
    assert veil("Tomas Wyk and Wyk’s Wykford", names) == "[sergeant] and [sergeant]’s Wykford"
    assert veil("Sergeant Wyk", names) == "Sergeant [name withheld]"


def test_words_spoken_in_captivity_are_told_apart() -> None:
    """Somebody held is marked, somebody freed is not."""
    assert in_captivity("a captive officer")
    assert not in_captivity("a freed captive")
    assert not in_captivity("the prison service")


@given(TEXTS, TEXTS)
def test_changes_give_both_passages_back(before: str, after: str) -> None:
    """The runs of each side, joined, are that side's passage."""
    old, new = changes(before, after)
    assert "".join(run.text for run in old) == before
    assert "".join(run.text for run in new) == after
    assert {run.kind for run in old} <= {"same", "gone"}
    assert {run.kind for run in new} <= {"same", "new"}


def test_changes_show_what_was_swapped() -> None:
    """Words that both passages share stay unmarked, the swapped ones are told on both sides."""
    old, new = changes("The union will open the gate", "The union will close the gate")
    assert [run.text for run in old if run.kind == "gone"] == ["open "]
    assert [run.text for run in new if run.kind == "new"] == ["close "]


DAYS = st.dates(date(1990, 1, 1), date(2050, 1, 1))
MOMENTS = st.builds(
    lambda start, more: Moment(start, start + timedelta(days=more)), DAYS, st.integers(0, 400)
)
LANES = st.builds(
    lambda name, moments, square: Lane(name, tuple(moments), square),
    TEXTS,
    st.lists(MOMENTS, max_size=5),
    st.booleans(),
)
PHRASES = st.text(alphabet='ab <>&"“é', max_size=200)


@given(st.lists(LANES, max_size=5))
def test_time_drawings_are_well_formed(lanes: list[Lane]) -> None:
    """Any lanes give an XML drawing with a mark for each different moment, or nothing where no day is known."""
    svg = draw_timeline(lanes)
    if not any(lane.moments for lane in lanes):
        assert svg == ""
        return
    root = well_formed(svg)
    marks = [element for element in root if element.get("class") in {"published", "span", "day"}]
    assert len(marks) == sum(len(set(lane.moments)) for lane in lanes)
    assert root.get("aria-label")
    ticks = [element for element in root if element.get("class") == "tick"]
    assert 1 <= len(ticks) <= drawings.TICKS + 2


@given(st.lists(PHRASES, max_size=5))
def test_loop_drawings_are_well_formed(phrases: list[str]) -> None:
    """Any phrases give an XML drawing with a box for each."""
    root = well_formed(draw_loop(phrases))
    assert len([element for element in root if element.get("class") == "box"]) == len(phrases)


@given(st.lists(st.tuples(PHRASES, PHRASES, st.sampled_from(["copy", "rewrite"])), min_size=1, max_size=6))
def test_lineage_drawings_are_well_formed(edges: list[tuple[str, str, str]]) -> None:
    """Any edges give an XML drawing with a line for each, described in words."""
    root = well_formed(draw_lineage(edges))
    assert len([element for element in root if element.get("class") == "edge"]) == len(edges)
    assert unescape(root.get("aria-label") or "").count(" is a ") >= len(edges)


def test_a_day_is_a_dot_and_a_span_a_bar() -> None:
    """Precision shows in the shape, and several on one day in a number."""
    day = date(2031, 3, 4)
    svg = draw_timeline(
        [Lane("league", (Moment(day, day), Moment(day, day), Moment(day, day + timedelta(days=9))))]
    )
    assert svg.count('class="day"') == 1
    assert svg.count('class="span"') == 1
    assert '<text class="count"' in svg
