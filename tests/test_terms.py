"""Provisions, phases and third parties: from an agreement's text, a person's file, and reports."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from parley import build, verify
from parley.agreement.clocks import COUNTINGS, day_number
from parley.agreement.needs import needs_text, parse_needs
from parley.agreement.subjects import DOMAINS
from parley.agreement.termdraft import draft
from parley.agreement.termfile import COLUMNS, KINDS, ROLES, read_term_file
from parley.agreement.terms import read_terms
from parley.errors import TermsError
from parley.model import Article, Record, article_id
from parley.pipeline import build_record
from parley.reader import read
from parley.reader.times import read_times
from parley.settings import Settings
from parley.vocabulary import vocabulary
from tests.conftest import make_article, unwrapped

PACT = """PACT OF THE TWO VALLEYS

First phase

1. By the tenth day the Council shall open the Merrin road.

2. The Ridge Committee shall not levy tolls on relief convoys.

3. Negotiations on the second phase shall begin no later than the 14th day of the first phase.

Second phase

4. Either Party may ask the guarantor for an extension of fourteen days.

5. Neither Party shall carry arms on the Merrin road.
"""

FILE = """agreement: Pact of the Two Valleys
version: "2"
phases:
  - name: first phase
    start: 2031-01-19
    days: 42
  - name: second phase
    start: 2031-03-02
    days: 14
    counting: exclusive
    extended: [2031-03-20, 2031-04-01]
terms:
  - name: road
    kind: obligation
    bearer: Council
    beneficiary: Ridge Committee
    act: open
    object: the Merrin road
    phase: first phase
    due: from day 16 of first phase
  - name: drivers
    kind: obligation
    bearer: Ridge Committee
    act: release
    object: nine drivers
    amount: 9
    needs: road AND (a list of names OR a guarantee by the abbot)
    due: by 3 days after road
    verification: the abbot's register
    on_breach: the next release waits
  - {name: drivers-b, of: drivers, reading: Council, kind: obligation, act: release, object: eleven drivers}
third_parties:
  - {name: Abbey of Sorn, role: mediator, start: 2030-11-01, end: 2031-02-01}
  - {name: Abbey of Sorn, role: guarantor, start: 2031-02-01}
"""


def entered(text: str, file: str = "terms.yaml") -> Article:
    """A terms file as the sources give it."""
    return Article(
        article_id("entered by hand", file, None, text), file, "entered by hand", text, kind="terms"
    )


def test_numbered_provisions_become_terms_of_their_phase() -> None:
    """Kind by its verb, bearer before it, phase by the heading above, window by its words; each is a verbatim span."""
    article = replace(make_article(PACT), kind="agreement")
    _, terms, _ = read_terms([article], [], [])
    assert [(term.kind, term.bearer, term.act, term.phase) for term in terms] == [
        ("obligation", "the Council", "open", "first phase"),
        ("prohibition", "The Ridge Committee", "levy", "first phase"),
        ("obligation", "Negotiations on the second phase", "begin", "second phase"),
        ("power", "Either Party", "ask", "second phase"),
        ("prohibition", "Neither Party", "carry", "second phase"),
    ]
    assert {term.source for term in terms} == {"text"}
    assert all(PACT[term.start : term.end] == term.text for term in terms)
    windows = [(term.window.anchor, term.window.offset) for term in terms if term.window]
    assert windows == [("first phase", 10), ("first phase", 14)]


def test_a_report_tells_when_a_phase_began_and_ended() -> None:
    """The day behind the verb bounds the phase; a day elsewhere in the sentence does not."""
    article = make_article(
        "The first phase began on 4 March and ended on 29 March. A convoy left on 2 April.",
        day=date(2031, 4, 3),
    )
    (phase,), _, _ = read_terms([article], read_times(article), [])
    assert (phase.name, phase.start, phase.end) == ("first phase", date(2031, 3, 4), date(2031, 3, 29))


def test_the_agreements_own_days_go_before_a_reports() -> None:
    """Where the text gives the phase's days and length, a report's other days do not move them."""
    pact = replace(
        make_article("The first phase lasts 42 days. The first phase begins on 4 March 2031.", "pact.txt"),
        kind="agreement",
    )
    report = make_article("The first phase began on 9 March.", day=date(2031, 3, 10))
    times = [*read_times(pact), *read_times(report)]
    (phase,), _, _ = read_terms([pact, report], times, [])
    assert (phase.start, phase.days, phase.source) == (date(2031, 3, 4), 42, "text")


def test_a_persons_file_gives_rows_that_stand_in_it() -> None:
    """Phases with their last day, provisions with needs and due days, third parties with roles over time."""
    phases, terms, third = read_term_file(entered(FILE))
    assert [(p.name, p.end) for p in phases] == [
        ("first phase", date(2031, 3, 1)),
        ("second phase", date(2031, 4, 1)),
    ]
    road, drivers, other = terms
    assert road.window is not None
    assert road.window.day == date(2031, 2, 3)
    assert drivers.needs == (("road", "a list of names"), ("road", "a guarantee by the abbot"))
    assert drivers.window is not None
    assert (drivers.window.anchor, drivers.window.counting) == ("road", "exclusive")
    assert (other.of, other.reading, other.version) == ("drivers", "Council", "2")
    assert [(one.role, one.start, one.end) for one in third] == [
        ("mediator", date(2030, 11, 1), date(2031, 2, 1)),
        ("guarantor", date(2031, 2, 1), None),
    ]
    spans = [(t.start, t.end, t.text) for t in terms]
    spans += [(*phase.at, phase.text) for phase in phases] + [(*one.at, one.text) for one in third]
    assert all(FILE[start:end] == text and text for start, end, text in spans)
    assert all(text.startswith(("name", "{name")) for _, _, text in spans)


def test_forty_two_days_from_19_january_end_on_1_march() -> None:
    """Counted inclusively the first day is day 1; exclusively the day after is."""
    start = date(2031, 1, 19)
    assert day_number(start, 42, "inclusive") == date(2031, 3, 1)
    assert day_number(start, 42, "exclusive") == date(2031, 3, 2)
    assert day_number(start, 16, "inclusive") == date(2031, 2, 3)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 4000), st.sampled_from(COUNTINGS))
def test_counting_one_day_more_is_one_day_later(start: date, number: int, counting: str) -> None:
    """Both ways of counting go up by one day a day, and differ by one."""
    day = day_number(start, number, counting)
    assert day_number(start, number + 1, counting) - day == timedelta(days=1)
    assert day_number(start, number, "exclusive") - day_number(start, number, "inclusive") == timedelta(
        days=1
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: obligation\n    bearer: Council", "kind: duty\n    bearer: Council"), "field kind: 'duty'"),
        (("start: 2031-01-19", "start: 19 January"), "field start: '19 January' is no day"),
        (("days: 42", "days: six weeks"), "field days"),
        (("bearer: Council", "barer: Council"), "did you mean bearer"),
        (("road AND (a list", "road AND AND (a list"), "field needs"),
        (("OR a guarantee by the abbot)", "OR a guarantee by the abbot"), "a bracket is not closed"),
        (("from day 16 of first phase", "on the 16th day"), "field due"),
        (("by 3 days after road", "by 3 days after the bridge"), "'the bridge' is no phase or provision"),
        (("name: drivers\n", "name: road\n"), "'road' stands in line"),
        (("role: mediator", "role: referee"), "'referee' is none of mediator"),
        (("counting: exclusive", "counting: somehow"), "field counting"),
        (("    act: open\n", ""), "field act: it is missing"),
        (("third_parties:", "thirds:"), "'thirds' is none of"),
        (("end: 2031-02-01", "end: 2029-02-01"), "is before the start"),
        (("    days: 42\n", "   days: 42\n"), "it is no YAML"),
    ],
)
def test_an_error_names_the_line_the_field_and_the_next_step(change: tuple[str, str], said: str) -> None:
    """Whatever does not fit is one line with the file, where it is and what is wrong."""
    with pytest.raises(TermsError) as error:
        read_term_file(entered(FILE.replace(*change)))
    assert str(error.value).startswith("terms.yaml line ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def table(rows: list[dict[str, str]]) -> str:
    """Rows as a CSV."""
    made = io.StringIO()
    writer = csv.DictWriter(made, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


ROWS = [
    {"kind": "phase", "name": "first phase", "start": "2031-01-19", "days": "42"},
    {"kind": "obligation", "name": "road", "act": "open", "object": "the Merrin road, both lanes"},
    {"kind": "monitor", "name": "Abbey of Sorn"},
]  # fmt: skip


def test_a_table_holds_the_same_rows() -> None:
    """What a row's kind is says whether it is a phase, a provision or a third party; its line is its span."""
    text = table(ROWS)
    (phase,), (term,), (third,) = read_term_file(entered(text, "terms.csv"))
    assert phase.end == date(2031, 3, 1)
    assert term.object == "the Merrin road, both lanes"
    assert third.role == "monitor"
    assert text[term.start : term.end] == term.text == text.split("\n")[2]


def test_an_error_in_a_table_names_its_row() -> None:
    """The second row is row 2, as a spreadsheet numbers it."""
    rows = [dict(ROWS[0], days="many"), *ROWS[1:]]
    with pytest.raises(TermsError, match=r"^terms\.csv row 2, field days"):
        read_term_file(entered(table(rows), "terms.csv"))
    with pytest.raises(TermsError, match=r"^terms\.csv row 1: 'bearers' is no column; did you mean bearer"):
        read_term_file(entered("kind,bearers\n", "terms.csv"))


def test_a_folders_terms_come_in_as_a_text_that_is_no_report(reports: Path) -> None:
    """YAML and workbook: kind terms, no statement read in them, not counted, and every span proven."""
    (reports / "terms.yaml").write_text(FILE, encoding="utf-8")
    (reports / "aliases.csv").write_text("name,alias\nMira Oduya,Myra Oduya\n", encoding="utf-8")
    book = Workbook()
    assert book.active is not None
    for row in csv.reader(io.StringIO(table(ROWS))):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    (reports / "annex").mkdir()
    book.save(reports / "annex" / "terms.xlsx")
    record = build([str(reports)])
    kinds = {article.file: article.kind for article in record.articles}
    assert kinds["terms.yaml"] == kinds["annex/terms.xlsx"] == "terms"
    assert kinds["aliases.csv"] == "aliases"
    assert record.independent == len(record.texts) == 2
    assert {term.name for term in record.terms if term.source == "person"} == {"road", "drivers", "drivers-b"}
    assert verify(record).problems == ()
    again = build_record([*record.articles, *record.unread], Settings())
    assert again == record


def test_what_is_entered_is_not_read() -> None:
    """A terms file full of names and figures gives no statement, figure or mention."""
    article = entered(FILE)
    assert read(article) == type(read(article))(article.id)


def test_a_draft_loads_again() -> None:
    """What the record has goes out as a file whose rows are the same."""
    pact = replace(make_article(unwrapped(PACT), "pact.txt"), kind="agreement")
    record = build_record([pact, entered(FILE)], Settings())
    written = draft(record.phases, record.terms, record.third_parties)
    phases, terms, third = read_term_file(entered(written))
    assert {phase.name: phase.end for phase in phases} == {p.name: p.end for p in record.phases}
    assert [(t.kind, t.act, t.object) for t in terms] == [
        (t.kind, t.act, " ".join(t.object.split())) for t in record.terms
    ]
    assert [t.needs for t in terms] == [t.needs for t in record.terms]
    assert {(t.name, t.role) for t in third} == {(t.name, t.role) for t in record.third_parties}


def test_the_draft_of_a_record_without_any_says_so_when_loaded() -> None:
    """An empty draft is an error that names the next step, not an empty agreement."""
    empty = Record()
    with pytest.raises(TermsError, match=r"docs/terms\.md"):
        read_term_file(entered(draft(empty.phases, empty.terms, empty.third_parties)))


@st.composite
def expressions(draw: st.DrawFn, depth: int = 2) -> tuple[str, frozenset[frozenset[str]]]:
    """An expression with the groups that it means."""
    if depth == 0 or draw(st.booleans()):
        word = draw(st.sampled_from(["road", "list of names", "guarantee", "gate"]))
        return word, frozenset({frozenset({word})})
    one, first = draw(expressions(depth - 1))
    other, second = draw(expressions(depth - 1))
    if draw(st.booleans()):
        return f"({one}) OR ({other})", first | second
    return f"({one}) AND ({other})", frozenset(a | b for a in first for b in second)


@given(expressions())
def test_needs_are_read_as_they_are_meant_and_written_back(
    one: tuple[str, frozenset[frozenset[str]]],
) -> None:
    """AND binds, OR adds, brackets group; what is written back is read as the same."""
    text, meant = one
    groups = parse_needs(text)
    assert {frozenset(group) for group in groups} == meant
    assert {frozenset(g) for g in parse_needs(needs_text(groups))} == meant


def test_third_parties_stand_beside_their_role() -> None:
    """Names behind "mediators from", and before "is the guarantor"; no party is a third party."""
    text = (
        "Mediators from the Kingdom of Estavia met the Harbour Council on Monday. The Abbey of Sorn is the guarantor of "
        "the pact. The Harbour Council accused the Ridge Committee of delay, and the Ridge Committee denied it.\n"
    )
    record = build_record([make_article(text * 2, day=date(2031, 3, 4))], Settings())
    found = {(one.name, one.role) for one in record.third_parties}
    assert ("Kingdom of Estavia", "mediator") in found
    assert any(role == "guarantor" for _, role in found)
    assert all(text * 2 == record.articles[0].text and one.text in text for one in record.third_parties)


def test_kinds_and_roles_tell_rows_apart() -> None:
    """No word is both a kind of provision and a role, so that a table's row is never two things."""
    assert not {*KINDS, "phase"} & set(ROLES)


def test_the_documented_file_loads() -> None:
    """The examples of docs/terms.md are files that load."""
    page = (Path(__file__).parent.parent / "docs" / "terms.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    phases, terms, _ = read_term_file(entered(example))
    assert phases[0].end == date(2031, 3, 15)
    assert [term.name for term in terms] == ["T1", "T2", "T2b"]
    rows = [line[4:] for line in page.split("## CSV and XLSX")[1].splitlines() if line.startswith("    ")]
    table_rows = "\n".join(rows[: rows.index("") if "" in rows else 4])
    assert len(read_term_file(entered(table_rows, "terms.csv"))[1]) == 1


@pytest.mark.parametrize("name", DOMAINS)
def test_domains_are_data_on_one_core(name: str) -> None:
    """Each domain has the same lists of words, none of them read by YAML as anything but a word."""
    pack = vocabulary(f"domains/{name}")
    assert set(pack) == {"agreement", "begun", "partly", "done", "suspended", "ended", "discharged"}
    assert all(isinstance(word, str) and word == word.lower() for words in pack.values() for word in words)
