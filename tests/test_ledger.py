"""Releases and handovers: who gave whom to whom, on which day, by whose account, and what it adds up to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley import store
from parley.agreement.handed import Handed
from parley.agreement.ledger import ledger_of, rounds, tallies
from parley.agreement.parties import sides
from parley.agreement.rounds import read_handed
from parley.cli import main
from parley.model import Record
from parley.pipeline import build_record
from parley.settings import Settings
from tests.conftest import make_article, unwrapped

GOVERNMENT = "Government of Toria"
FRONT = "Ridge Front"
PARTIES = (GOVERNMENT, FRONT)

FIRST = """The Government of Toria accused the Ridge Front of delay on Tuesday. The Ridge Front rejected the accusation.

The Ridge Front released nine captured soldiers at the Merrin bridge on 4 March and the Government of Toria freed 27
prisoners in return. The Ridge Front demanded that the Government of Toria open the road.
"""
SECOND = """The Government of Toria said that the nine soldiers whom the Ridge Front released on 4 March were well.

On 11 March the Ridge Front handed over six soldiers and the remains of two. The Government of Toria accused the Ridge Front
of delay.
"""
PLAN = """The Ridge Front will release four soldiers on 18 March, its spokesman said. The Government of Toria accused the Ridge
Front of delay.
"""


def built(*texts: str, kind: str = "report") -> Record:
    """The record of several reports of our own, a week apart, each of an outlet of its own."""
    articles = [
        make_article(
            unwrapped(text), f"{place}.txt", f"Outlet {place}", date(2031, 3, 5) + timedelta(days=7 * place)
        )
        for place, text in enumerate(texts)
    ]
    return build_record(articles, Settings(processes=1))


def handed(
    count: float, day: int, told: str = "The Bell", running: bool = False, unit: str = "person"
) -> Handed:
    """One count of soldiers whom the front hands over, on a day of March."""
    return Handed(
        "a", f"fig-{count}-{day}-{told}", count, unit, "soldiers", FRONT, GOVERNMENT, date(2031, 3, day), True, True,
        running, False, told, True,
    )  # fmt: skip


def test_both_ways_of_an_exchange_are_rounds_with_day_and_ratio() -> None:
    """ "In return" makes the second count the other side's; it is of the same day, and told as simultaneous."""
    one, other = built(FIRST).rounds
    assert {(one.from_, one.to, one.count), (other.from_, other.to, other.count)} == {
        (FRONT, GOVERNMENT, 9),
        (GOVERNMENT, FRONT, 27),
    }
    assert one.day == other.day == date(2031, 3, 4)
    assert {one.ratio, other.ratio} == {"9 for 27", "27 for 9"}
    assert one.simultaneous_with == other.id


def test_a_round_told_again_is_not_counted_twice() -> None:
    """The nine of the first report stand in the second once more; the sum is nine and six, and says that it is ours."""
    (last,) = [t for t in built(FIRST, SECOND).tallies if t.sum and t.condition == "living"]
    assert (last.total, last.sum, last.from_, last.to) == (15, "our sum: 9 + 6 = 15", FRONT, GOVERNMENT)


def test_the_living_and_the_dead_are_counted_apart() -> None:
    """Remains are a tally of their own."""
    (dead,) = [t for t in built(FIRST, SECOND).tallies if t.condition == "dead"]
    assert dead.total == 2


def test_the_living_beside_the_dead_without_a_day_are_the_count_so_far() -> None:
    """ "Released fifteen soldiers and the remains of two" in a later report adds nothing to the rounds told with their days."""
    later = "The Ridge Front released fifteen soldiers and the remains of two, the Ridge Front said."
    record = built(FIRST, SECOND, later)
    assert max(one.total for one in record.tallies if one.condition == "dead") == 2
    assert max(one.total for one in record.tallies if one.from_ == FRONT) == 15


def test_what_was_announced_and_not_told_since_says_so() -> None:
    """On the day itself it is announced; once a later report tells nothing of it, it is not reported."""
    (plan,) = built(PLAN).rounds
    assert (plan.status, plan.day) == ("announced", date(2031, 3, 18))
    later = built(PLAN, "Nothing moved at the bridge.", "The road is shut.", "It rained at the bridge.")
    assert {one.status for one in later.rounds} == {"not_reported"}


@pytest.mark.parametrize(
    ("sentence", "count", "unit"),
    [
        ("The Owners' Federation reinstated 40 dockers on 4 March.", 40, "person"),
        (
            "The Owners' Federation paid two million crowns to the Selde Dockers' Union on 4 March.",
            2_000_000,
            "crown",
        ),
        ("The Owners' Federation delivered 600 tonnes of grain on 4 March.", 600, "tonne"),
        ("The Owners' Federation returned 30 trucks on 4 March.", 30, "truck"),
    ],
)
def test_goods_money_and_workers_are_handed_over_too(sentence: str, count: float, unit: str) -> None:
    """Workers taken back, money, grain and trucks go from the one who acts to the other."""
    text = f"The Selde Dockers' Union accused the Owners' Federation of delay. The Owners' Federation denied it. {sentence}"
    (one,) = [tally for tally in built(text).tallies if tally.total == count]
    assert one.from_ == "Owners' Federation"


def test_a_count_with_a_day_and_one_without_are_one_round() -> None:
    """A report that names no day tells of the round that was told before it."""
    undated = Handed(
        "b",
        "fig-b",
        9,
        "person",
        "soldiers",
        FRONT,
        GOVERNMENT,
        date(2031, 3, 20),
        False,
        True,
        False,
        False,
        "X",
    )
    assert len(rounds([handed(9, 4), undated], date(2031, 3, 20), PARTIES)) == 1


def test_two_accounts_of_one_day_are_two_tallies() -> None:
    """118 and 121 on one day are no two rounds: each is a tally in the view of who tells it."""
    told = tallies([handed(118, 6, "the staff"), handed(121, 6, "the ministry")], PARTIES)
    assert {(one.total, one.view) for one in told} == {(118, "the staff"), (121, "the ministry")}


def test_what_follows_a_total_told_is_added_to_it() -> None:
    """Rounds before the day of a total are inside it; the next round comes on top."""
    told = tallies([handed(4, 3), handed(18, 10, running=True), handed(6, 17)], PARTIES)
    assert [(one.total, one.sum) for one in told] == [(18, ""), (24, "our sum: 18 + 6 = 24")]


@given(
    st.lists(
        st.tuples(st.integers(1, 200), st.integers(1, 28)),
        unique_by=lambda pair: pair[1],
        min_size=1,
        max_size=6,
    ),
    st.randoms(),
)
def test_the_sum_does_not_hang_on_the_order_of_reports(told: list[tuple[int, int]], chance: object) -> None:
    """Rounds on days of their own add up to the same, in whatever order and however often they are told."""
    rows = [handed(count, day) for count, day in told]
    again = [*reversed(rows), *rows]
    first, second = tallies(rows, PARTIES), tallies(again, PARTIES)
    assert first[-1].total == second[-1].total == sum(count for count, _ in told)


def test_a_view_sees_only_its_own_account() -> None:
    """By the account of one outlet the other's round is not there, and a day cuts off what came later."""
    record = built(FIRST, SECOND)
    mine, _ = ledger_of(record, "Outlet 0")
    assert {one.count for one in mine} == {9, 27}
    early, _ = ledger_of(record, as_of=date(2031, 3, 6))
    assert all(one.day and one.day <= date(2031, 3, 6) for one in early)


def test_organs_and_rebels_stand_for_their_side() -> None:
    """The ministry and the army are the government, the rebels the other party; somebody unknown is nobody's."""
    record = built(FIRST)
    parted = sides(record.actors, record.acts)
    assert set(parted.parties) == set(PARTIES)
    article = record.articles[0].id
    assert parted.of("the army", article) == GOVERNMENT
    assert parted.of("the rebels in the hills", article) == FRONT
    assert parted.of("a fisherman", article) == ""


STATES = """Veldia and Torsk agreed on Monday to keep the Sorn canal open. Veldia demanded that Torsk send its inspectors back.
Torsk rejected the demand of Veldia. Torsk accused Veldia of delay, and Torsk's foreign ministry protested.

Veldia stands by the list: its trade minister, Ana Sorel, said that no ship would sail without it. Veldia's trade ministry
wants an answer from Torsk. The Canal Office, which inspects the ships, met both.

The canal has so far moved 2.6 million tonnes on 338 voyages, the Canal Office said. Of the cargo shipped since May, 40,000
tonnes was wheat.
"""


def test_two_states_are_two_sides_though_each_has_a_ministry() -> None:
    """A ministry or minister counts with the state that the report ties it to, never with the other."""
    record = built(unwrapped(STATES))
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    article = record.articles[0].id
    assert set(parted.parties) == {"Veldia", "Torsk"}
    assert parted.of("Torsk's foreign ministry", article) == "Torsk"
    assert parted.of("Ana Sorel", article) == "Veldia"


def test_goods_that_went_through_have_no_giver_that_nobody_names() -> None:
    """A total of tonnes or voyages is a tally; who counted it gave nothing, and a part of it is no tally of its own."""
    record = built(unwrapped(STATES))
    assert {(one.total, one.from_, one.to) for one in record.tallies} == {
        (2_600_000, None, None),
        (338, None, None),
    }


FRONTIER = """Veldia and Torsk agreed to exchange captive shepherds. Veldia accused Torsk of delay. Torsk rejected the
accusation of Veldia. Veldia demanded an answer from Torsk, and Torsk threatened Veldia with a boycott.

So far 60 shepherds have crossed at the Sorn bridge: 40 to Veldia and 20 to Torsk. The Canal Office, which runs the buses,
confirmed it.
"""
ARMOURY = """The Ridge Front demanded an answer from the Government of Toria. The Government of Toria accused the Ridge Front of
delay, and the Ridge Front rejected the accusation.

The Government of Toria said on 3 March that of 300 rifles delivered by the Ridge Front only 270 could be fired.
"""
EXCHANGE = """On 12 March the Government of Toria released 30 detainees in exchange for 75 mortars.
"""


def ends_of(record: Record) -> set[tuple[float, str | None, str | None]]:
    """Every tally by its total, giver and receiver."""
    return {(one.total, one.from_, one.to) for one in record.tallies}


def test_each_of_two_receivers_gives_what_the_other_gets() -> None:
    """ "40 to Veldia and 20 to Torsk" are two tallies by the one verb, and the 60 that they add up to is none."""
    assert ends_of(built(FRONTIER)) == {(40, "Torsk", "Veldia"), (20, "Veldia", "Torsk")}


@pytest.mark.parametrize("text", [FIRST, FRONTIER, ARMOURY])
def test_the_sides_are_read_by_the_same_rules(text: str) -> None:
    """Two parties' names swapped in a report swap the ends of its tallies, and change nothing else."""
    one, other = ("Veldia", "Torsk") if "Veldia" in text else (GOVERNMENT, FRONT)
    swapped = text.replace(one, "\0").replace(other, one).replace("\0", other)
    names = {one: other, other: one}
    told = {(n, names.get(str(a), a), names.get(str(b), b)) for n, a, b in ends_of(built(text))}
    assert ends_of(built(swapped)) == told


def test_a_part_found_useless_is_no_handover() -> None:
    """Of "300 rifles delivered by the Front only 270 could be fired" the 300 were handed over."""
    assert ends_of(built(ARMOURY)) == {(300, FRONT, None)}


RETURNED = """The Ridge Front demanded an answer from the Government of Toria. The Government of Toria accused the Ridge Front of
delay, and the Ridge Front rejected the accusation.

So far 42 shepherds have returned to their homes, the Government of Toria said, whereas the other side has released 900
goats. The Government of Toria paid its drivers 70,000 marks. The wages will be raised once all 12 porters are home.
"""
PLEDGES = """The Ridge Front demanded an answer from the Government of Toria. The Government of Toria accused the Ridge Front of
delay, and the Ridge Front rejected the accusation.

The Ridge Front will release 40 tonnes of grain, and the Government of Toria 75 mortars.
"""


def test_what_is_let_go_goes_to_the_other_side() -> None:
    """Goods that one of two parties lets go, "the other side" here, go to the other; the row says that it is inferred."""
    (goats,) = (one for one in built(RETURNED).tallies if one.total == 900)
    assert (goats.from_, goats.to, goats.inferred) == (FRONT, GOVERNMENT, "receiver")


def test_wages_and_what_is_only_hoped_for_are_no_handover() -> None:
    """What a side pays its own people, and people awaited "once all are home", stand in no tally."""
    assert {one.total for one in built(RETURNED).tallies} <= {42, 900}


def test_a_clause_without_its_verb_has_a_giver_of_its_own() -> None:
    """ "The Front will release 40 tonnes, and the Government 75 mortars": each side gives its own, by the one verb."""
    record = built(PLEDGES)
    parted = sides(record.actors, record.acts, record.needs, record.texts)
    told = read_handed(record.texts, record.figures, record.statements, record.times, (), parted)
    assert {(one.count, one.from_, one.to) for one in told if not one.done} == {
        (40, FRONT, GOVERNMENT),
        (75, GOVERNMENT, FRONT),
    }


def test_what_is_given_in_exchange_comes_from_the_other_side() -> None:
    """A count without a verb behind "in exchange for" is the other side's round of the same day."""
    made = {(one.count, one.from_, one.day) for one in built(ARMOURY, EXCHANGE).rounds}
    assert {(30, GOVERNMENT, date(2031, 3, 12)), (75, FRONT, date(2031, 3, 12))} <= made


def test_what_is_given_back_goes_to_whom_the_giver_hands_things() -> None:
    """No report says who got the goats; the one body to which Torsk hands shepherds over did, and the row says it is inferred."""
    record = built(FRONTIER.replace("The Canal", "Torsk returned 900 goats on 3 March. The Canal"))
    (goats,) = [one for one in record.tallies if one.total == 900]
    assert (goats.from_, goats.to, goats.inferred) == ("Torsk", "Veldia", "receiver")


def test_the_dead_are_told_by_the_reports_own_noun() -> None:
    """ "The remains of two" are remains in the ledger, whatever their unit is called."""
    assert [one.what for one in built(FIRST, SECOND).rounds if one.condition == "dead"] == [
        "remains handed over"
    ]


def test_every_row_rests_on_rows_of_the_record() -> None:
    """verify() finds no evidence that is no row, and no id twice."""
    assert parley.verify(built(FIRST, SECOND, PLAN)).problems == ()


def test_the_command_says_who_told_it_and_what_none_says(tmp_path: Path) -> None:
    """Every line names an account; a record without handovers says so of its own number of reports."""
    path, empty = tmp_path / "toria.db", tmp_path / "empty.db"
    store.save(built(FIRST, SECOND), path)
    store.save(built("The Ridge Front met the envoy."), empty)
    said = CliRunner().invoke(main, ["handovers", str(path)]).output
    lines = [line for line in said.splitlines() if line.startswith("  ")]
    assert lines
    assert all("by the account of" in line for line in lines)
    assert "our sum: 15 + 2 = 17" in said
    assert "None of these 1 reports" in CliRunner().invoke(main, ["handovers", str(empty)]).output
    wrong = CliRunner().invoke(main, ["handovers", str(path), "--view", "nobody"])
    assert wrong.exit_code == 1
    assert '"tallies"' in CliRunner().invoke(main, ["handovers", str(path), "--json"]).output
