"""Offices: what stands beside a name, and whom "the minister", "its chair" or "her counterpart" mean by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.heads import holds
from parley.reader.offices import office_apposed, office_before, office_behind
from tests.reading import reading, speakers

WORDS = (
    "deputy",
    "minister",
    "of",
    "for",
    "Health",
    "the",
    "who",
    "chairs",
    ",",
    "Ana",
    "former",
    "said",
    "to",
)


@pytest.mark.parametrize(
    ("before", "office"),
    [
        ("On Friday deputy water minister ", "deputy water minister"),
        ("Kesht union spokesperson ", "union spokesperson"),
        ("She met the adviser to the mayor ", "adviser"),
        ("She met ", ""),
    ],
)
def test_an_office_right_before_a_name(before: str, office: str) -> None:
    """The words that belong to an office stay with it; of two offices the first is the bearer's."""
    assert office_before(before) == office


@pytest.mark.parametrize(
    ("before", "office"),
    [
        ("The union's general secretary, ", "general secretary"),
        ("The Minister for Health and Labour, ", "minister for health and labour"),
        ("A nurse in the hall thanked them, ", ""),
    ],
)
def test_an_office_before_a_name_and_its_comma(before: str, office: str) -> None:
    """An apposition before the name, with what the office is for; a verb behind the noun shows that it is none."""
    assert office_apposed(before) == office


@pytest.mark.parametrize(
    ("behind", "office"),
    [
        (", the deputy minister of water resources, left", "deputy minister"),
        (", Minister for Health, left", "minister for health"),
        (", a retired judge who chairs the panel, left", "judge, chair"),
        (", who leads the front, left", "leader"),
        (", the mayor, Mrs. Ana Sol, said", ""),
        (", envoy Ben Ro said", ""),
        (", waiting for the minister, left", ""),
    ],
)
def test_an_office_behind_a_name(behind: str, office: str) -> None:
    """An apposition or what somebody does tells the office; one that belongs to the next name is not taken."""
    assert office_behind(behind) == office


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_an_office_is_made_of_the_words_that_stand_there(words: list[str]) -> None:
    """Whatever stands beside a name, an office holds only its words, or none: nothing is made up."""
    text = " ".join(words)
    for office in (office_before(text + " "), office_apposed(text + ", ")):
        assert set(office.split()) - {"for"} <= set(text.lower().split())  # "of health" is "for health"


@pytest.mark.parametrize(
    ("office", "head", "fits"),
    [
        ("deputy minister", "the minister", 1),
        ("minister", "the deputy minister", 0),
        ("premier", "the prime minister", 3),
        ("premier", "the minister", 0),
        ("chairwoman", "the chair", 3),
        ("colonel", "the officer", 2),
        ("former minister", "the former minister", 3),
        ("minister for health", "the finance minister", 0),
    ],
)
def test_how_well_a_holder_is_meant(office: str, head: str, fits: int) -> None:
    """Rank and purpose tell holders apart, one office has several nouns, and a wider noun means less surely."""
    assert holds(office, head) == fits


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Madam Esi Quaye, the general secretary of the union, left. The general secretary said the list was late.",
            "Esi Quaye",
        ),
        (
            "The Minister for Roads, Mr. Kojo Adu-Bem, left. The minister said the list was late.",
            "Kojo Adu-Bem",
        ),
        (
            "Minister Rustam Sad met his Veskan counterpart, Talia Renn. His counterpart said the list was late.",
            "Talia Renn",
        ),
        (
            "Ana Sol, the roads minister, met Ben Ro, the water minister. The water minister said the list was late.",
            "Ben Ro",
        ),
        (
            "President Ana Sol of Veska met Prime Minister Ben Ro of Lesandra. The Lesandran leader said the list was late.",
            "Ben Ro",
        ),
        (
            "Ben Ro, the minister, met former minister Ana Sol. The former minister said the list was late.",
            "Ana Sol",
        ),
        (
            "Abe Sol, a retired judge who chairs the Kesht Panel, left. The panel's chairman said the list was late.",
            "Abe Sol",
        ),
        ("Colonel Abe Sol of the army met Ben Ro. The army officer said the list was late.", "Abe Sol"),
        ("The mediator, Bishop Abe Sol, left. The mediator said the list was late.", "Abe Sol"),
        ("A nurse at the Talma clinic, Ana Sol, left. The nurse said the list was late.", "Ana Sol"),
        ("Trade Envoy Siosa Faka left. “It is late,” Faka said.", "Siosa Faka"),
        (
            "Its sails torn, the boat lay idle. Major Ben Ro left. Officers said the list was late.",
            "Officers",
        ),
    ],
)
def test_whom_an_office_means(text: str, who: str) -> None:
    """Every office beside a name counts, whatever title stands there too; a plural means nobody in particular."""
    assert speakers(text)[-1].lower() == who.lower()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The talks were led by Hanne van der Velt. “It is late,” Van der Velt said.", "Hanne van der Velt"),
        (
            "The envoy, Yusuf bin Harun al-Katib, left. Al-Katib said the list was late.",
            "Yusuf bin Harun al-Katib",
        ),
        ("Rustam Ilich Sadyk, the envoy, left. Rustam Ilich said the list was late.", "Rustam Ilich Sadyk"),
        ("Ana “Bell” Sol, the captain, left. “It is late,” Bell said.", "Ana “Bell” Sol"),
        ("Commander “Bell” Ana Sol left. “It is late,” Sol said.", "“Bell” Ana Sol"),
        ("Mayor Ana Sol of Veska left. Sol said the list was late.", "Ana Sol"),
        ("Dr. Esi Quaye came.\n\nQUAYE: It is late, and nobody has a key for the gate.", "Esi Quaye"),
    ],
)
def test_parts_of_a_name_mean_its_bearer(text: str, who: str) -> None:
    """Particles, a patronymic, a nickname, a home behind the name, a label in capitals."""
    assert speakers(text)[-1] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "The Sarn Registered Nurses and Midwives Union met. The union said the list was late.",
            "Sarn Registered Nurses and Midwives Union",
        ),
        (
            "The Ministry of Roads met. The Ministry shut the gate. It said the list was late.",
            "Ministry of Roads",
        ),
        ("The Republic of Veska signed. The Republic said the list was late.", "Republic of Veska"),
        ("The Kesht Union left. The union's leadership said the list was late.", "Kesht Union"),
        ("The council said the list was late. The movement said it was early.", "the movement"),
        ("The government said the list was late. The group said it was early.", "the group"),
    ],
)
def test_bodies_by_a_part_of_their_name(text: str, who: str) -> None:
    """A body by its noun, by its first word, by its leadership; no council is a movement and no government a group."""
    assert speakers(text)[-1] == who


def test_we_in_a_text_that_a_body_issued_is_the_body() -> None:
    """The head of a communiqué says who "we" are."""
    text = "COMMUNIQUÉ\n\nissued by the Kesht Nurses' Union on Friday\n\nWe reject the claim that the gate is shut."
    assert speakers(text) == ["Kesht Nurses' Union"]


def test_the_mark_of_an_item_is_no_part_of_a_speaker() -> None:
    """A hyphen or a number before the subject stays outside its span."""
    rows = reading("- The Harbour Front said that the gate was shut.").statements
    assert [row.speaker.text for row in rows if row.speaker] == ["The Harbour Front"]
