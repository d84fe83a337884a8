"""Places: what a preposition or the date line shows to be one."""

from __future__ import annotations

from dataclasses import replace

from parley.reader import read
from tests.reading import article, reading


def places(text: str) -> list[str]:
    """The names of the places of a text."""
    return [place.name for place in reading(text).places]


def test_a_preposition_of_place_names_a_place() -> None:
    """A name that stands behind such a preposition once is a place wherever it stands."""
    assert places("The talks were held in Talma. On Friday Talma was quiet.") == ["Talma", "Talma"]


def test_a_state_is_a_place_only_where_it_is_spoken_of_as_one() -> None:
    """A state that acts is no place."""
    assert places("On Friday Norway hosted talks.") == []
    assert places("The talks were held in Norway.") == ["Norway"]


def test_bodies_and_people_are_no_places() -> None:
    """Nobody lives in a front."""
    assert places("The list went to the Kesht Front. Mrs. Ana Sol is in the Kesht Front.") == []


def test_the_date_line_is_a_place() -> None:
    """The place of the date line counts in the text too."""
    found = read(replace(article("On Friday Talma was quiet."), dateline="TALMA"))
    assert [place.text for place in found.places] == ["Talma"]
