"""How figures of several reports stand to one another: agree, conflict, add up, superseded, other scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.linking.figures import relate_figures
from parley.model import Article, Figure, FigureRelation, Lineage, Record, Statement, span_of
from parley.pipeline import build_record
from parley.proof import verify
from parley.reader import read
from parley.settings import Settings
from tests.conftest import make_article, unwrapped


def article(name: str, day: int = 4, text: str = "x", outlet: str = "") -> Article:
    """A report of March 2031."""
    return make_article(text, name, outlet or name.title(), date(2031, 3, day))


def figure(
    number: float,
    text: str,
    where: Article,
    status: str = "held",
    start: int = 0,
    unit: str = "person",
    held_by: str | None = None,
) -> Figure:
    """A count of people, or of what the unit says."""
    return Figure(
        f"{where.id}-{text}-{start}",
        where.id,
        start,
        start + len(text),
        text,
        number,
        number,
        unit=unit,
        what=text,
        held_by=held_by,
        status=status,
    )


def by_kind(found: tuple[FigureRelation, ...], kind: str) -> list[FigureRelation]:
    """The rows of one relation."""
    return [row for row in found if row.relation == kind]


def of_texts(*texts: tuple[str, int, str]) -> tuple[Record, tuple[FigureRelation, ...]]:
    """The relations between the figures that the reader finds in texts of (outlet, day, text)."""
    articles = [article(f"{outlet}.txt", day, unwrapped(text), outlet) for outlet, day, text in texts]
    readings = [read(one) for one in articles]
    figures = [row for reading in readings for row in reading.figures]
    statements = [row for reading in readings for row in reading.statements]
    found = relate_figures(articles, figures, statements)
    return Record(articles=tuple(articles), figures=tuple(figures), figure_relations=found), found


def test_equal_figures_about_one_thing_agree_as_a_group() -> None:
    """Three reports of one count are one row, not three pairs."""
    articles = [article(name) for name in ("a", "b", "c")]
    found = relate_figures(articles, [figure(120, "120 suspended dockers", one) for one in articles])
    assert [(one.relation, len(one.figures)) for one in found] == [("agree", 3)]


def test_small_equal_numbers_of_other_things_do_not_agree() -> None:
    """Six bodies are no six clerks, and four buses no four nights, however the numbers match."""
    a, b = article("a"), article("b")
    rows = [
        figure(6, "six clerks of the court", a),
        figure(6, "six bodies", b, unit="body"),
        figure(4, "four buses", a, unit="bus", start=40),
        figure(4, "four nights", b, unit="night", start=40),
    ]
    assert relate_figures([a, b], rows) == ()


def test_a_retelling_keeps_the_order_of_its_figures() -> None:
    """A rewrite that words every noun anew still gives the same numbers in the same order: they agree."""
    a, b = article("a"), article("b", 5)
    rows = [figure(n, t, a, start=s) for n, t, s in ((3, "three clerks", 0), (5, "five guards", 50))]
    rows += [figure(n, t, b, start=s) for n, t, s in ((3, "a trio of scribes", 0), (5, "five keepers", 50))]
    edge = Lineage("lin-1", b.id, a.id, "rewrite", 0.9)
    assert len(by_kind(relate_figures([a, b], rows, (), [edge]), "agree")) == 2
    assert relate_figures([a, b], rows) == ()


def test_a_sum_is_marked_as_ours() -> None:
    """58 held less 34 dead makes 24: the reason says whose sum it is."""
    a, b = article("a"), article("b")
    rows = [
        figure(58, "58 captives", a),
        figure(34, "34 dead captives", a, "dead", 60),
        figure(24, "24 living captives", b, "other"),
    ]
    (relation,) = by_kind(relate_figures([a, b], rows), "adds_up")
    assert relation.why == "our sum: 58 held - 34 dead = 24"


def test_a_sum_across_outlets_with_elided_nouns_is_found() -> None:
    """One outlet says 46 of 131 are still held and 29 of them dead; another believes that 17 live: 46 - 29 = 17."""
    record, found = of_texts(
        (
            "The Selde Bell",
            4,
            """The raiders took 131 sailors in the spring. Of the 131 sailors, 46 are still held on the skerries, 29 of
            whom are dead, the harbour board said.""",
        ),
        (
            "Coastal Wire",
            5,
            """The crews' families gathered at the pier on Wednesday. Of the captives on the skerries 17 are believed to
            be alive.""",
        ),
    )
    whys = [row.why for row in by_kind(found, "adds_up")]
    assert any(why.startswith("our sum: 46") and why.endswith("= 17") for why in whys), whys
    assert verify(record).problems == ()


def test_living_and_bodies_add_up() -> None:
    """Eleven living sailors and six bodies handed over make seventeen sailors who came back."""
    a, b = article("a"), article("b")
    rows = [
        figure(11, "11 living sailors", a, "released"),
        figure(6, "the bodies of six sailors", a, "released", 30, unit="body"),
        figure(17, "17 sailors", b, "released"),
    ]
    (relation,) = by_kind(relate_figures([a, b], rows), "adds_up")
    assert relation.why == "our sum: 11 released + 6 bodies = 17"


def test_all_reports_that_give_a_part_stand_in_one_sum() -> None:
    """A sum is one row with everyone who gives the whole or a part, and still verifies."""
    articles = [article(name) for name in ("a", "b", "c")]
    rows = [figure(58, "58 captives", one) for one in articles]
    rows += [figure(34, "34 dead captives", one, "dead", 60) for one in articles]
    rows += [figure(24, "24 living captives", one, "other", 120) for one in articles]
    found = relate_figures(articles, rows)
    (relation,) = by_kind(found, "adds_up")
    assert len(relation.figures) == 9
    record = Record(articles=tuple(articles), figures=tuple(rows), figure_relations=found)
    assert not any("not the sum" in problem for problem in verify(record).problems)


def test_other_scopes_are_no_conflict() -> None:
    """58 held and 34 dead here, 59 and 35 there: both leave 24, so they count differently and do not contradict."""
    a, b = article("a"), article("b")
    rows = [
        figure(58, "58 captives held", a),
        figure(34, "34 dead captives", a, "dead", 60),
        figure(59, "59 captives held", b),
        figure(35, "35 dead captives", b, "dead", 60),
        figure(24, "24 living captives", b, "other", 120),
    ]
    found = relate_figures([a, b], rows)
    (scope,) = by_kind(found, "different_scope")
    assert scope.why == "our sum: 58 held - 34 dead and 59 held - 35 dead both leave 24"
    assert by_kind(found, "conflict") == []


def test_different_counts_of_one_thing_conflict() -> None:
    """118 and 121 bodies in two reports conflict; a report that gives both speaks of two things."""
    a, b = article("a"), article("b", 5)
    one, other = figure(118, "118 suspended dockers", a), figure(121, "121 suspended dockers", b)
    assert [row.relation for row in relate_figures([a, b], [one, other])] == ["conflict"]
    both = replace(other, id="again", article=a.id)
    assert by_kind(relate_figures([a, b], [one, both, other]), "conflict") == []


def test_a_report_that_sets_two_counts_against_each_other() -> None:
    """The board says 252, the crews maintain that only 231 came: a conflict, and whoever repeats either joins it."""
    _, found = of_texts(
        (
            "The Selde Bell",
            4,
            "The board says it has freed 252 prisoners; the crews maintain that they have received only 231.",
        ),
        ("Coastal Wire", 4, "The board has freed 252 prisoners so far, it said in a statement."),
    )
    (conflict,) = by_kind(found, "conflict")
    assert len(conflict.figures) == 3
    assert conflict.why.startswith("252 and 231")


@pytest.mark.parametrize(
    "text",
    [
        "The proposal would free 15 prisoners rather than 12 for each sailor.",
        "Of the 21 prisoners taken, nine came home. Twelve have not been seen.",
        "The board wants the ceiling raised from 40 prisoners a week to 60.",
        "The crews say that 21 of the 33 prisoners are on the skerries.",
    ],
)
def test_parts_and_proposals_are_no_conflict(text: str) -> None:
    """A part of a whole, a changed offer and a list are no rival counts."""
    assert by_kind(of_texts(("The Selde Bell", 4, text))[1], "conflict") == []


def test_two_sides_people_never_conflict() -> None:
    """Prisoners of either side are counted apart where the sides are known."""
    a, b = article("a"), article("b")
    one = figure(118, "118 prisoners", a, held_by="the board")
    other = figure(121, "121 prisoners", b, held_by="the crews")
    assert relate_figures([a, b], [one, other]) == ()


def test_an_unclear_side_makes_no_conflict_where_both_sides_hold_such_people() -> None:
    """Where the record knows prisoners of both sides, a count that doesn't say whose contradicts nobody."""
    a, b, c = article("a"), article("b"), article("c")
    rows = [
        figure(118, "118 prisoners", a, held_by="the board"),
        figure(64, "64 prisoners", b, held_by="the crews"),
        figure(121, "121 prisoners", c),
    ]
    assert by_kind(relate_figures([a, b, c], rows), "conflict") == []


def test_a_newer_figure_of_the_same_giver_supersedes() -> None:
    """120 on the 4th and 140 on the 8th by one union is growth; an outlet that still prints 120 on the 9th is late."""
    days = [article(name, day) for name, day in (("a", 4), ("b", 8), ("c", 9))]
    rows = [
        figure(n, f"{n} suspended dockers", one, "other")
        for n, one in zip((120, 140, 120), days, strict=True)
    ]
    said = [
        Statement(
            f"stm-{one.id}",
            one.id,
            None,
            "union",
            None,
            (span_of("x" * 40, 0, 40),),
            "indirect",
            actor="union",
        )
        for one in days
    ]
    found = relate_figures(days, rows, said)
    (relation,) = by_kind(found, "superseded")
    assert (
        relation.why == "120, then 140 on 2031-03-08; 120 is told again on 2031-03-09, after the newer figure"
    )
    assert by_kind(found, "conflict") == []


def test_ranges_that_meet_do_not_conflict() -> None:
    """ "More than 100" leaves room for 120, and "about 110" for "about 115"."""
    a, b = article("a"), article("b")
    open_end = replace(figure(100, "more than 100 dockers suspended", a), high=None, approx=True)
    assert (
        by_kind(relate_figures([a, b], [open_end, figure(120, "120 dockers suspended", b)]), "conflict") == []
    )


@given(
    st.lists(
        st.tuples(
            st.integers(1, 40), st.sampled_from(["captives", "dead captives", "buses", ""]), st.integers(0, 3)
        ),
        max_size=14,
    )
)
def test_every_relation_rests_on_figures_of_the_record(rows: list[tuple[int, str, int]]) -> None:
    """Whatever is counted: ids differ, sums are sums, agreements are of equal values, and no figure is invented."""
    articles = [article(name) for name in "abcd"]
    figures = [
        figure(number, f"{number} {noun}".strip(), articles[where], start=50 * at)
        for at, (number, noun, where) in enumerate(rows)
    ]
    found = relate_figures(articles, figures)
    values = {row.id: row.low for row in figures}
    assert len({row.id for row in found}) == len(found)
    for row in found:
        assert set(row.figures) <= set(values)
        if row.relation == "agree":
            assert len({values[one] for one in row.figures}) == 1
    record = Record(articles=tuple(articles), figures=tuple(figures), figure_relations=found)
    assert not any("not the sum" in problem for problem in verify(record).problems)


def test_the_order_of_the_figures_does_not_matter_to_what_agrees() -> None:
    """The same figures the other way round give the same groups."""
    articles = [article(name) for name in ("a", "b", "c")]
    rows = [figure(120, "120 suspended dockers", one) for one in articles]
    groups = {frozenset(row.figures) for row in relate_figures(articles, rows)}
    assert groups == {frozenset(row.figures) for row in relate_figures(articles, rows[::-1])}


def test_the_dead_and_the_living_add_up_across_outlets() -> None:
    """One outlet has the held and the dead, another those believed alive, nouns elided: one sum, marked as ours."""
    wire = make_article(
        "MARSA, 4 March - Of the 251 people seized in the raid on Orvane, 58 are still held in Marsa, including 34 "
        "the Orvane army has confirmed dead, officials said on Tuesday.\n",
        "wire.txt",
        "Coast Wire",
        date(2031, 3, 4),
    )
    daily = make_article(
        "The Front still holds 59 captives, 24 of whom are believed to be alive.\n",
        "daily.txt",
        "Selde Daily",
        date(2031, 3, 6),
    )
    record = build_record([wire, daily], Settings(processes=1))
    sums = [one.why for one in record.figure_relations if one.relation == "adds_up"]
    assert sums == ["our sum: 58 held - 34 dead = 24"]
    assert not any(one.relation == "conflict" for one in record.figure_relations)


def test_no_sum_of_bodies_holds_the_living() -> None:
    """Ten bodies are six and four bodies, never six bodies and four living men."""
    one, other = article("one"), article("other")
    told = [
        replace(figure(10, "the remains of ten sailors", one, start=0), unit="body"),
        replace(figure(6, "the remains of six sailors", other, start=0), unit="body"),
        figure(4, "four living sailors", other, start=60),
    ]
    assert by_kind(relate_figures([one, other], told), "adds_up") == []
    told[2] = replace(figure(4, "the remains of four sailors", other, start=60), unit="body")
    (row,) = by_kind(relate_figures([one, other], told), "adds_up")
    assert row.why == "our sum: 6 bodies + 4 bodies = 10"


def test_a_sum_is_found_once_however_many_reports_tell_it() -> None:
    """252 and 48 are 300 in any two of five reports: one row with every figure, not one for each pair of reports."""
    reports = [article(f"r{number}") for number in range(5)]
    told = [
        row
        for one in reports
        for row in (
            figure(252, "252 sailors", one, start=0),
            figure(48, "48 sailors", one, start=40),
            figure(300, "300 sailors", one, start=80),
        )
    ]
    (row,) = by_kind(relate_figures(reports, told), "adds_up")
    assert len(row.figures) == 15


def test_signs_and_names_of_a_unit_are_one() -> None:
    """12 km and twelve kilometres of one pull-back agree, as do boats and ships."""
    record, found = of_texts(
        ("Wire", 4, "The army went back 12 km to the Ardo pass on Sunday."),
        ("Echo", 5, "The army has gone back twelve kilometres, to the Ardo pass."),
    )
    assert [row.relation for row in found] == ["agree"]
    assert not verify(record).problems


def test_a_count_that_somebody_puts_otherwise_conflicts_though_its_noun_is_told_again() -> None:
    """ "The ministry counts only 12 guild members in the jail" answers the guild's demand for 14 of them."""
    text = """Mira Oduya said the guild wanted the release of 14 members of the guild from the Ardo prison before Easter.

    The ministry counts only 12 guild members in the Ardo prison."""
    _, found = of_texts(("Wire", 4, text))
    (row,) = by_kind(found, "conflict")
    assert "one report sets them against each other" in row.why


def test_an_offer_and_a_demand_are_no_conflict() -> None:
    """What one side asks for and the other offers are two positions, not two accounts of one thing."""
    _, found = of_texts(
        ("Wire", 4, "Mira Oduya said that the guild demanded 4,000 crowns a month for each docker."),
        ("Echo", 5, "Paul Renner said that the owners had offered 3,200 crowns a month for each docker."),
    )
    assert by_kind(found, "conflict") == []


def test_a_part_of_a_whole_conflicts_with_no_whole() -> None:
    """ "140 of the dockers" is a part; another report's 150 dockers is no other count of it."""
    _, found = of_texts(
        ("Wire", 4, "The guards of the harbour have held 140 of the dockers in the Selde depot."),
        ("Echo", 5, "The guards of the harbour have held 150 dockers in the Selde depot."),
    )
    assert by_kind(found, "conflict") == []
