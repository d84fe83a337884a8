"""The pages of where it stands: own words, whose account, silence, sums, what is new, one click to the words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.briefing.drawings_stands import DueLane, draw_provisions
from parley.briefing.frame import Frame
from parley.briefing.pages import NAVIGATION, Site, pages
from parley.model import Account, Position, Record, Round, Shift, Tally, Threat, row_id
from parley.pipeline import build_record
from parley.settings import Settings
from parley.sources import collect
from tests.test_briefing import ACCORD, GAZETTE, MARCH, MIRROR, Page, broken_links, made_record, shown

OWN = (
    "index.html",
    "new.html",
    "agreement.html",
    "handovers.html",
    "table.html",
    "positions.html",
    "conduct.html",
    "conditions.html",
)
TERMS = """agreement: Selde accord
phases:
  - name: second phase
    start: 2031-02-01
    days: 28
    counting: inclusive
terms:
  - name: T1
    kind: obligation
    bearer: Owners’ League
    act: repaint
    object: the eastern crane
    phase: second phase
    due: by day 10 of second phase
  - name: T1b
    of: T1
    reading: Selde Union
    kind: obligation
    act: replace
    object: the eastern crane
third_parties:
  - name: Abbey of Sorn
    role: guarantor
"""


def with_state() -> Record:
    """The record made by hand with accounts, positions, rounds and a threat about it."""
    record = made_record()
    gazette, _, accord = record.articles

    def account(text: str, what: str, by: str = "", told_by: str = "") -> Account:
        start = GAZETTE.index(text)
        end = start + len(text)
        return Account(
            row_id("acc", gazette.id, [(start, end)], what),
            "talks: second phase",
            what,
            gazette.id,
            start,
            end,
            text,
            by=by,
            voice=by or gazette.outlet,
            party="Owners’ League" if told_by else "",
            told_by=told_by,
            outlet=gazette.outlet,
            reported=MARCH,
        )

    begun = account("The second phase would begin in April", "begun", "Mira Oduya")
    not_begun = account("30 stay", "not_begun")
    twelve, fourteen, _ = record.figures
    done = Round(
        "round-1",
        date(2031, 3, 3),
        "Owners’ League",
        "Selde Union",
        "dockers released",
        12.0,
        evidence=(twelve.id,),
    )
    planned = replace(done, id="round-2", status="not_reported", count=14.0, evidence=(fourteen.id,))
    ask, refuse = record.needs[0], record.acts[3]
    position = Position(
        "pos-1", "Selde Union", "talks", "makes it a condition", ask.text, MARCH, evidence=(ask.id,)
    )
    turned = Position(
        "pos-2",
        "Owners’ League",
        "release of people",
        "refuses",
        refuse.text,
        MARCH,
        "Oduya",
        evidence=(refuse.id,),
    )
    threat = Threat("thr-1", "Selde Union", "Owners’ League", "the gate stays shut", "", gazette.id, ())
    start = ACCORD.index("The League")
    term = replace(
        record.terms[0], article=accord.id, start=start, end=len(ACCORD), text=ACCORD[start:], name="1"
    )
    return replace(
        record,
        accounts=(begun, not_begun),
        rounds=(done, planned),
        positions=(position, turned),
        shifts=(
            Shift("shift-1", "Owners’ League", "release of people", "pos-0", "pos-2", "offers, then refuses"),
        ),
        threats=(threat,),
        terms=(term,),
    )


@pytest.fixture(scope="module")
def stands() -> dict[str, str]:
    """The pages of that record."""
    return dict(pages(with_state(), "wharf-talks"))


def test_every_page_of_the_family_is_there(stands: dict[str, str]) -> None:
    """Each page is in the navigation and every link on it leads to a page and to words."""
    assert {*OWN} <= {file for file, _ in NAVIGATION} & {*stands}
    assert list(broken_links(stands)) == []
    assert "topic-talks.html" in Page(stands["positions.html"]).links


def test_talks_are_a_question_where_accounts_differ(stands: dict[str, str]) -> None:
    """Disputed talks are asked about, each account stands with its words, its voice and its report."""
    for file in ("index.html", "agreement.html"):
        text = shown(stands[file])
        assert (
            "Have talks on the second phase begun? disputed: not begun by 1 account, begun by 1 account"
            in text
        )
        assert "begun ‘The second phase would begin in April’ – Mira Oduya" in text
        assert "not begun ‘30 stay’ – Selde Gazette, own voice" in text
    begun = with_state().accounts[0]
    assert any(link.endswith(f"#{begun.id}") for link in Page(stands["index.html"]).links)


def test_a_position_told_for_another_names_the_teller() -> None:
    """Where a party's position is told by somebody else, they stand in the cell."""
    record = with_state()
    told = replace(record.accounts[0], by="Mira Oduya", party="Owners’ League", told_by="Mira Oduya")
    made = dict(pages(replace(record, accounts=(told,)), ""))
    assert "– Owners’ League, as told by Mira Oduya" in shown(made["agreement.html"])


def test_a_provision_stands_in_its_own_words(stands: dict[str, str]) -> None:
    """A provision is its text's numbered paragraph, never a sentence of ours."""
    text = shown(stands["agreement.html"])
    assert "1. The League shall free forty dockers in the second phase." in text
    assert "is to free" not in text


def test_what_a_person_entered_is_your_terms(tmp_path: Path) -> None:
    """Provisions, clocks, readings and third parties of a terms file are shown as such, a passed day with whose it is."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    table = "file,outlet,published\ngazette.txt,Selde Gazette,2031-03-04\n"
    (folder / "sources.csv").write_text(table, encoding="utf-8")
    (folder / "terms.yaml").write_text(TERMS, encoding="utf-8")
    record = build_record(collect([str(folder)], Settings(processes=1)), Settings(processes=1))
    made = dict(pages(record, "selde"))
    text = shown(made["agreement.html"])
    assert "T1. Owners’ League: repaint the eastern crane your terms" in text
    assert "another reading – Selde Union: replace the eastern crane" in text
    assert "1 to 28 February 2031, 28 days counted inclusive" in text
    assert "date passed (10 February 2031, 22 days ago), no report of it" in text
    assert "Abbey of Sorn, guarantor your terms" in text
    assert "date passed" in shown(made["index.html"])
    assert list(broken_links(made)) == []
    assert Page(made["agreement.html"]).tags.count("svg") == 1


def test_rounds_and_sums(stands: dict[str, str]) -> None:
    """What is done, what is only announced and what we added up ourselves are told apart."""
    text = shown(stands["handovers.html"])
    assert "Owners’ League to Selde Union12dockers releasedreported done‘12 dockers’" in text
    assert "announced, not reported done" in text
    assert "our sum: 12 + 14 = 26" in text
    assert "Announced, and no report of it done" in shown(stands["index.html"])


def test_a_paraphrased_position_names_its_report(stands: dict[str, str]) -> None:
    """A position in a report's own wording says which outlet words it so; one told by another says who tells it."""
    text = shown(stands["topic-talks.html"])
    assert "makes it a condition, as told by Selde Gazette: ‘The Selde Union said it will open" in text
    text = shown(stands["topic-release-of-people.html"])
    assert "refuses, as told by Oduya:" in text
    assert "shift: offers, then refuses" in text
    assert "Wyk" not in text


def test_a_party_without_a_position_is_said_to_have_none(stands: dict[str, str]) -> None:
    """Silence on an issue is said of these reports, on the first page, the grid and the topic's sheet."""
    assert "nothing in these 3 texts" in shown(stands["positions.html"])
    assert "None of these 3 texts tells a position of it on this." in shown(stands["topic-talks.html"])


def test_conduct_both_ways_and_warnings(stands: dict[str, str]) -> None:
    """Both directions stand there though one is empty; a threat has its target and what would bring it about."""
    text = shown(stands["conduct.html"])
    assert "By Selde Union against Owners’ League: 1" in text
    assert "By Owners’ League against Selde Union: 0" in text
    assert "to Owners’ League if ‘the gate stays shut’" in text


def test_a_copy_alleges_nothing_of_its_own() -> None:
    """An allegation that a report has from another stands once, under the original."""
    record = made_record()
    _, mirror, _ = record.articles
    start = MIRROR.index("The union will open")
    end = start + 30
    again = replace(
        record.breaches[0],
        id="breach-2",
        article=mirror.id,
        evidence=(mirror.id,),
        start=start,
        end=end,
        text=MIRROR[start:end],
    )
    made = dict(pages(replace(record, breaches=(*record.breaches, again)), ""))
    assert "against Owners’ League: 1" in shown(made["conduct.html"])


def test_one_guarantee_is_asked_for_once() -> None:
    """What would unlock a loop leaves out a copy's wording of what its original asks for."""
    record = made_record()
    wait = replace(
        record.waits[0],
        breakers=(
            "it will open the gate only after the Owners’ League signs",
            "open the gate only after the league signs",
        ),
        unlocks=(("both at the same time",),),
    )
    made = dict(pages(replace(record, waits=(wait,)), ""))
    text = shown(made["conditions.html"])
    assert "both at the same time" in text
    assert "Would unlock it: ‘open the gate only after the league" not in text


def test_the_first_page_is_short(stands: dict[str, str]) -> None:
    """Lists on the first page are cut and lead on, however many rows there are."""
    record = with_state()
    act = record.acts[2]
    many = tuple(replace(record.positions[0], id=f"pos-x{n}", issue=f"issue {n:c}") for n in range(97, 117))
    threats = tuple(replace(record.threats[0], id=f"thr-{n}", evidence=(act.id,)) for n in range(40))
    tallies = tuple(
        Tally(f"tally-{n}", f"{n} crates", "Owners’ League", "Selde Union", float(n), MARCH, "all", ())
        for n in range(60)
    )
    more = replace(
        record,
        positions=(*record.positions, *many),
        threats=threats,
        tallies=tallies,
        rounds=tuple(replace(record.rounds[1], id=f"round-{n}") for n in range(50)),
    )
    made = dict(pages(more, ""))
    assert len(made["index.html"]) < 2 * len(stands["index.html"])
    assert len(made["handovers.html"]) > len(stands["handovers.html"])


def test_new_says_no_change_under_every_heading() -> None:
    """From a day after the last report on nothing is new, and each heading says so."""
    site = Site(with_state(), "", Frame(since=MARCH + timedelta(days=1)))
    text = shown(site.render("new.html"))
    assert text.count("No change since 5 March 2031.") == 10
    assert "What is new since 5 March 2031" in text


def test_new_is_what_new_reports_bring() -> None:
    """Only rows that stand in reports of the day and later are new; the copy's are not."""
    record = with_state()
    gazette, mirror, accord = record.articles
    early = replace(gazette, published=date(2031, 3, 1))
    accounts = tuple(replace(one, reported=date(2031, 3, 1)) for one in record.accounts)
    older = replace(record, articles=(early, mirror, accord), accounts=accounts)
    site = Site(older, "", Frame(since=MARCH))
    text = shown(site.render("new.html"))
    assert "Wharf Mirror" in text
    assert "Selde Gazette" not in text.split("Of that day and later:")[1]
    everything = shown(Site(older, "", Frame(since=date(2031, 3, 1))).render("new.html"))
    assert "Have talks on the second phase begun?" in everything


def test_one_account_alone_needs_no_summary() -> None:
    """A provision or talk of which one account tells shows that account, marked as the only one."""
    record = with_state()
    made = dict(pages(replace(record, accounts=record.accounts[:1]), ""))
    text = shown(made["agreement.html"])
    assert "Mira Oduya, reported 4 Mar 2031 SG by this account only" in text
    assert "by the account of" not in text


def test_an_empty_record_is_silent_on_every_page() -> None:
    """Every page of the family says what none of its reports says."""
    made = dict(pages(Record(), ""))
    for file in OWN[2:]:
        assert "None of these 0 reports" in shown(made[file]), file
    assert "No change." in shown(made["new.html"])


def test_hostile_words_stay_words() -> None:
    """Names and words of accounts, positions and threats are shown as text."""
    bad = "<script>alert(1)</script>"
    record = with_state()
    hostile = replace(
        record,
        accounts=tuple(replace(one, by=bad, text=bad) for one in record.accounts),
        positions=tuple(replace(one, act=bad, told_by=bad) for one in record.positions),
        threats=(replace(record.threats[0], trigger=bad, against=bad),),
        rounds=tuple(replace(one, what=bad, ratio=bad) for one in record.rounds),
    )
    for file, html in dict(pages(hostile, "")).items():
        assert "script" not in Page(html).tags, file


DAYS = st.dates(date(2030, 1, 1), date(2033, 1, 1))


@given(
    st.lists(
        st.builds(
            DueLane,
            st.text(max_size=30),
            st.none() | DAYS,
            st.none() | DAYS,
            st.none() | DAYS,
            st.lists(DAYS, max_size=4).map(tuple),
        ),
        max_size=6,
    ),
    st.none() | DAYS,
)
def test_drawings_of_provisions_are_well_formed(lanes: list[DueLane], as_of: date | None) -> None:
    """Any phases and provisions give a drawing whose marks lie inside it, or none where nothing has a day."""
    drawing = draw_provisions(lanes, as_of)
    assert bool(drawing) == any(lane.days for lane in lanes)
    for x in re.findall(r' (?:x|cx|x1)="(-?[\d.]+)"', drawing):
        assert 0 <= float(x) <= 720
    assert drawing.count("<circle") == sum(len({*lane.told}) for lane in lanes)
