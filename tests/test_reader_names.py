"""Names: people, bodies and states, each with the fullest form of the article and what stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.names import nations, read_names, roles
from tests.reading import reading


def kinds(text: str) -> dict[str, str]:
    """Name -> kind in a text."""
    return {mention.text: mention.kind for mention in read_names(text, "art-1")}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("On Friday Col. Ana Sol left.", "Ana Sol", "person"),
        ("The gate was shut by Ana Sol, a spokeswoman for the front.", "Ana Sol", "person"),
        ("The union's treasurer, Ana Sol, left.", "Ana Sol", "person"),
        ("The list went to the Kesht Front on Friday.", "Kesht Front", "organisation"),
        ("The list went to the Dock and Towage Union.", "Dock and Towage Union", "organisation"),
        ("The list went to Local 14 on Friday.", "Local 14", "organisation"),
        ("The list went to Norway on Friday.", "Norway", "state"),
        ("He lives in Talma.", "Talma", "place"),
    ],
)
def test_kinds(text: str, name: str, kind: str) -> None:
    """Titles, appositions, a body's word or a preposition of place tell what a name names."""
    assert kinds(text)[name] == kind


def test_days_and_sentence_heads_are_no_names() -> None:
    """A capital at the head of a sentence, on a day or a month makes no name."""
    assert kinds("Meanwhile, on Friday, rain fell. Traders left in May.") == {}


def test_a_short_form_has_the_full_name() -> None:
    """A surname and an acronym stand for the fullest form that the article gives."""
    text = "Ana Sol joined the Kesht Relief Union (KRU). Later the KRU thanked Sol, the mayor."
    names = {mention.text: mention.name for mention in read_names(text, "art-1")}
    assert names["Sol"] == "Ana Sol"
    assert names["KRU"] == "Kesht Relief Union"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "The list went to the Kesht Front. Ana Sol, a spokeswoman for the Kesht Front, left.",
            "Kesht Front",
        ),
        ("The list went to the Kesht Front. The front's spokeswoman, Ana Sol, left.", "Kesht Front"),
        ("The list went to the Kesht Front. Ana Sol, who speaks for the front, left.", "Kesht Front"),
        ("Kesht Front spokeswoman Ana Sol left.", "Kesht Front"),
    ],
)
def test_people_are_tied_to_the_body_beside_them(text: str, body: str) -> None:
    """The body that an apposition or an office names is the person's affiliation."""
    found = [mention for mention in reading(text).mentions if mention.text.endswith("Sol")]
    assert {mention.affiliation for mention in found} == {body}


def test_a_name_alone_is_tied_to_nothing() -> None:
    """Nobody is given a body that the article doesn't set beside the name."""
    found = reading("The Kesht Front met. Mrs. Ana Sol left the hall.").mentions
    assert [mention.affiliation for mention in found if mention.kind == "person"] == ["", ""]


def test_word_lists() -> None:
    """The lists that other steps read: adjectives of states in small letters, and nouns for people."""
    assert nations()["norwegian"] == "Norway"
    assert "spokeswoman" in roles("persons")


@given(
    st.lists(
        st.sampled_from(["Ana", "Sol", "Front", "of", "the", "said", ",", ".", "’s", "and", "14"]),
        max_size=30,
    )
)
def test_names_are_verbatim(words: list[str]) -> None:
    """Whatever order capitalised words come in, every name stands where it says it does."""
    text = " ".join(words)
    assert all(text[m.start : m.end] == m.text and m.text for m in read_names(text, "art-1"))
