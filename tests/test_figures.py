"""Counts and amounts are found with hedge and noun, their ends, their unit, and what is said of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.model import Article, Figure
from parley.reader.figures import read_figures
from parley.reader.nouns import singular, unit_of
from parley.vocabulary import vocabulary

PIECES = """The rebels freed |12|twelve|more than |up to |about |the bodies of |soldiers|to |between |and |, |. |
half |33 of the 58 |a third of |percent|%|$40 million|a day|captives|-day phase|one |Article |aged |
tens of thousands of |people|on 6 May|trucks|per soldier|or so |1,200|1.2m tonnes|at |p.m. |the two |
over |a single day|four in ten |will hand over """
STATUSES = {"released", "held", "dead", "promised", "demanded", "other"}


def read(text: str, kind: str = "report") -> list[Figure]:
    """The figures of a text."""
    article = Article("art-1", "a.txt", "The Bay Courier", text, published=date(2031, 3, 12), kind=kind)
    return list(read_figures(article))


def one(text: str) -> Figure:
    """The only figure of a text."""
    (figure,) = read(text)
    return figure


@pytest.mark.parametrize(
    ("text", "found", "low", "high", "approx"),
    [
        ("They freed 14 sailors.", "14 sailors", 14, 14, False),
        ("They freed about ten living sailors.", "about ten living sailors", 10, 10, True),
        ("Some 1.2m tonnes of rye rotted.", "Some 1.2m tonnes of rye", 1_200_000, 1_200_000, True),
        ("More than 48,500 villagers fled.", "More than 48,500 villagers", 48_500, None, True),
        ("They need at least 9 months.", "at least 9 months", 9, None, True),
        ("It holds up to 40 boats.", "up to 40 boats", None, 40, True),
        ("Fewer than 30 boats came.", "Fewer than 30 boats", None, 30, True),
        ("It cost tens of billions of dollars.", "tens of billions of dollars", 20_000_000_000, None, True),
        ("Dozens of dockers stayed.", "Dozens of dockers", 24, None, True),
        ("They saw 20 to 25 boats.", "20 to 25 boats", 20, 25, True),
        ("They saw between 20 and 25 boats.", "between 20 and 25 boats", 20, 25, True),
        ("They saw 20-25 boats.", "20-25 boats", 20, 25, True),
        ("The 42-day lull ended.", "The 42-day lull", 42, 42, False),
        ("It needs seven days' written notice.", "seven days' written notice", 7, 7, False),
        ("They met 500 or so villagers.", "500 or so villagers", 500, 500, True),
        ("The bodies of four other sailors lay there.", "The bodies of four other sailors", 4, 4, False),
        ("It lasted more than a year.", "more than a year", 1, None, True),
        ("They counted 30 crates or more.", "30 crates or more", 30, None, True),
        ("The guards handed over four captives.", "four captives", 4, 4, False),
        ("It is due in at most 30 days.", "at most 30 days", 30, 30, False),
        ("It lasts up to 30 days.", "up to 30 days", None, 30, True),
        ("They need two fortnights.", "two fortnights", 4, 4, False),
        ("They buried 19 of the drowned sailors.", "19 of the drowned sailors", 19, 19, False),
        ("A band of around the nine cleared fields is shut.", "the nine cleared fields", 9, 9, False),
    ],
)
def test_phrases_and_their_ends(
    text: str, found: str, low: float | None, high: float | None, approx: bool
) -> None:
    """The phrase has hedge, determiner and noun; the hedge opens an end."""
    figure = one(text)
    assert (figure.text, figure.low, figure.high, figure.approx) == (found, low, high, approx)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("They freed 14 sailors.", "person"),
        ("They hold 206 Keshtians.", "person"),
        ("The remains of 14 sailors lay there.", "body"),
        ("They brought 14 coffins.", "body"),
        ("It took 14 hours.", "hour"),
        ("The 16-month war ended.", "month"),
        ("They sent 14 tons of salt.", "tonne"),
        ("They sent $14 million.", "USD"),
        ("They sent 14 million dollars.", "USD"),
        ("They sent €2.5m.", "EUR"),
        ("Each is owed 45,000 tarrin.", "tarrin/person"),
        ("Pay rises by 12 per cent.", "share"),
        ("Pay rises by 4.5% a year.", "share/year"),
        ("A third of the crews stayed.", "share"),
        ("Four in ten of the boats sank.", "share"),
        ("They let 60 lorries a day through.", "lorry/day"),
        ("They freed 12 captives per soldier.", "person/soldier"),
        ("They brought 14 containers.", "container"),
        ("They took 14 mortars.", "mortar"),
        # rates that stand apart from their counts, signs of units, and one unit for one kind of thing
        ("There 33 trucks have come daily.", "lorry/day"),
        ("They are owed a monthly 3,000 tarrin.", "tarrin/month"),
        ("They let a daily average of 33 trucks through.", "lorry/day"),
        ("They shall free 12 captives for each living sailor.", "person/sailor"),
        ("For each of the sailors they gave 12 captives.", "person/sailor"),
        ("Each fighter gets 5,000 tarrin.", "tarrin/person"),
        ("They got 500 crowns apiece.", "crown/person"),
        ("They got 5,000 tarrin per gun.", "tarrin/firearm"),
        ("Each side named 14 envoys.", "person"),
        ("The smelter makes 310 t/d.", "tonne/day"),
        ("The gate lets 40 m3/s through.", "m3/s"),
        ("The gate lets 40 cubic metres per second through.", "m3/s"),
        ("They walked 14 km.", "kilometre"),
        ("They took 14 boats.", "ship"),
        ("They shut 14 clinics.", "facility"),
        ("The price rose by 14 percentage points.", "percentage point"),
    ],
)
def test_units(text: str, unit: str) -> None:
    """People, bodies, times, weights, money, shares and rates have one name each; another noun is its own."""
    assert one(text).unit == unit


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The guards freed 14 sailors.", "released"),
        ("Some 14 sailors were handed over at dawn.", "released"),
        ("The guards have held 14 sailors there.", "held"),
        ("The flood killed 14 sailors.", "dead"),
        ("The guards agreed to release 14 sailors.", "promised"),
        ("The guards will hand over 14 sailors.", "promised"),
        ("The guild demanded the release of 14 sailors.", "demanded"),
        ("In the hall 14 sailors sang.", "other"),
        ("They will hand over the bodies of 14 sailors.", "promised"),
        ("They hold 14 sailors whom the navy has confirmed dead.", "dead"),
        ("It left 14 sailors, living and dead.", "other"),
        ("The flood drove 14 sailors from their homes.", "other"),
        ("The envoy's draft names 14 sailors to be freed.", "other"),
    ],
)
def test_status(text: str, status: str) -> None:
    """The verbs of the clause say what happened or is to happen."""
    assert one(text).status == status


def test_what_an_agreement_counts_is_promised() -> None:
    """In an agreement's own text a count of people is an obligation, not news."""
    (figure,) = read("The Guild holds and shall free 14 sailors.", kind="agreement")
    assert figure.status == "promised"


def test_a_bare_number_takes_the_noun_that_it_stands_for() -> None:
    """Elided nouns come from the count behind "of", else from the count before."""
    part, whole = read("Only 33 of the 58 captives came home.")
    assert (part.text, part.low, part.unit) == ("33", 33, "person")
    assert (whole.text, whole.low, whole.unit) == ("the 58 captives", 58, "person")
    boats, more = read("They promised 60 boats. They sent 41.")
    assert (boats.unit, more.unit, more.text) == ("ship", "ship", "41")


def test_what_is_made_of_the_words_of_the_clause() -> None:
    """The noun comes first, then what is done with it."""
    what = one("The guild demanded the release of about ten living sailors.").what
    assert what.startswith("living sailors")
    assert {"demanded", "release"} <= set(what.split())


@pytest.mark.parametrize(
    "text",
    [
        "They signed on 6 May 2030 and on the 9th.",
        "Ana Tellmann, 34, and a man aged 41 spoke; so did a 71-year-old.",
        "Under Article 4 and Resolution 2417 of 2017, phase 2 begins at 7 p.m. or at 14:30.",
        "The two sides met in three rounds, one of them in Camp 7.",
        "The second half began; she called three times.",
        "No. 311, Phase Two, the KR-16 and the 9th Brigade",
        "Guild 14 rang 555-0142 at six in the morning.",
        "1. The first point\n2) The second",
        "No one came, and the President sent not one soldier.",
        "The three-cornered talks went on as one another's guests.",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    """Dates, ages, provisions, hours, names, structure, frequencies and list numbers are no figures."""
    assert [figure.text for figure in read(text)] == []


def test_one_counts_beside_another_count() -> None:
    """A single person is a figure where others are counted with him."""
    assert [figure.text for figure in read("One sergeant and six clerks were freed.")] == [
        "One sergeant",
        "six clerks",
    ]


@pytest.mark.parametrize(
    ("plural", "noun", "unit"),
    [
        ("families", "family", "family"),
        ("boxes", "box", "box"),
        ("buses", "bus", "bus"),
        ("servicemen", "serviceman", "person"),
        ("ex-fighters", "ex-fighter", "person"),
        ("trailers", "trailer", "trailer"),
        ("virus", "virus", "virus"),
    ],
)
def test_nouns(plural: str, noun: str, unit: str) -> None:
    """Plurals have their singular; nouns for people count persons, nouns of the same endings for things do not."""
    assert (singular(plural), unit_of(plural)) == (noun, unit)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14))
def test_any_text(pieces: list[str]) -> None:
    """Any run of number phrases: spans reproduce, ids differ, low is not above high, and every row is complete."""
    text = "".join(pieces)
    figures = read(text)
    assert len({figure.id for figure in figures}) == len(figures)
    end = 0
    for figure in figures:
        assert text[figure.start : figure.end] == figure.text
        assert end <= figure.start
        end = figure.end
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        assert figure.unit
        assert figure.status in STATUSES


@given(st.integers(13, 1800), st.sampled_from(sorted(vocabulary("figures")["hedges"]["least"])))
def test_hedges_open_the_upper_end(number: int, hedge: str) -> None:
    """Every hedge of the vocabulary that says "at least" leaves the upper end open."""
    figure = one(f"They found {hedge} {number} crates.")
    assert (figure.low, figure.high, figure.approx) == (number, None, True)


@pytest.mark.parametrize(
    ("text", "counted", "unit"),
    [
        ("Four sailors and 14 days of snow. The four were cold.", "The four", "person"),
        ("They held 61 sailors for 9 days. Nobody buried the 61.", "the 61", "person"),
        ("The guild shall leave by Day Zero plus 30.", "30", "day"),
        ("They hold 61 sailors buried at the fort.", "61 sailors", "body"),
        ("The dam holds 40 cubic metres.", "40 cubic metres", "cubic metre"),
        ("Six of the nine were ill; the nine sailors went home.", "nine sailors", "person"),
        ("They brought 14 trucks.", "14 trucks", "lorry"),
        ("They sent 14 midwives.", "14 midwives", "person"),
        ("They sent 14 boatmen.", "14 boatmen", "person"),
        ("It is 43 days since the eleven were taken.", "the eleven", "person"),
        ("They go back 12 kilometres while the seven cross.", "the seven", "person"),
        ("They found 320 guns. All 320 pieces were there.", "All 320 pieces", "firearm"),
        ("Two of the guild's five tugs sank.", "Two", "ship"),
        ("ONLY THE 164\n\nThe guild counted 164 guns.", "THE 164", "firearm"),
    ],
)
def test_what_a_count_counts_in(text: str, counted: str, unit: str) -> None:
    """An elided noun is that of the same value told before; the buried are bodies; measures keep their power."""
    (figure,) = [one for one in read(text) if counted in one.text]
    assert figure.unit == unit


def test_people_who_are_known_are_in_the_state_told_last() -> None:
    """ "The seven" whose clause tells nothing are still held, or still free."""
    held, known = read("The guards have held seven sailors there. The seven have a cook.")
    assert (held.status, known.status) == ("held", "held")
