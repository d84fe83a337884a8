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
        ("The list went to the Talma People’s Front.", "Talma People’s Front", "organisation"),
        ("The list went to the Commission for the Missing.", "Commission for the Missing", "organisation"),
        ("The list went to the 63rd Battalion.", "63rd Battalion", "organisation"),
        ("On Friday Col. Ana R. Sol left.", "Ana R. Sol", "person"),
        ("On Friday Mayor Josefa “Pina” Almar left.", "Josefa “Pina” Almar", "person"),
        ("ABBA TEKLE: I was there.", "TEKLE", "person"),
        ("On Friday Col. Ana ap Sol left.", "Ana ap Sol", "person"),
        ("A smaller union, Free Sails, has left.", "Free Sails", "organisation"),
        (
            "The list went to the Council for Veterans’ Affairs.",
            "Council for Veterans’ Affairs",
            "organisation",
        ),
        ("The list went to the Two Rills Commission.", "Two Rills Commission", "organisation"),
        (
            "The list went to the League of Stage and Circus Workers.",
            "League of Stage and Circus Workers",
            "organisation",
        ),
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


def test_a_body_is_not_its_head() -> None:
    """An office that ends in the word for a body is no longer form of that word."""
    names = {m.text: m.name for m in read_names("The Head of Mission left. The Mission stayed.", "art-1")}
    assert names["Mission"] == "Mission"


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


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Ana Sol, the Kesht Front’s envoy, left.", "Ana Sol, the Kesht Front’s envoy", "Ana Sol"),
        (
            "The head of the relief office, Ana Sol, left.",
            "The head of the relief office, Ana Sol",
            "Ana Sol",
        ),
        ("On Friday Mayor Ana Sol left. Rain fell on the mayor.", "the mayor", "Ana Sol"),
        ("Col. Ana Sol of the Kesht Front left.", "Ana Sol of the Kesht Front", "Ana Sol"),
        ("It was told to the news agency Talma Bell.", "the news agency Talma Bell", "Talma Bell"),
        ("Gates fell to the army’s Southern Command.", "the army’s Southern Command", "Southern Command"),
        ("The Kesht Front met. Rain fell on the front.", "the front", "Kesht Front"),
        ("Rain fell on a wounded officer at the gate.", "a wounded officer", "a wounded officer"),
        ("Gates fell to the regime in Talma.", "the regime in Talma", "the regime in Talma"),
    ],
)
def test_descriptions_stand_for_somebody(text: str, phrase: str, name: str) -> None:
    """A phrase about people is a mention of whoever it stands for here, or of itself where nobody is named."""
    assert {mention.text: mention.name for mention in reading(text).mentions}.get(phrase) == name


@pytest.mark.parametrize("text", ["They were lost on board.", "It stood in front of the gate on Friday."])
def test_a_noun_in_a_set_phrase_describes_nobody(text: str) -> None:
    """On board, in front: no determiner between preposition and noun, nobody meant."""
    assert reading(text).mentions == ()


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


def test_a_body_whose_last_word_acts_behind_an_article_is_no_person() -> None:
    """ "The Resistance opened ..." makes no person of "Orvane Resistance", so its unnamed official stays unnamed."""
    text = (
        "Orvane Resistance fighters left the hill on Monday. The Resistance opened the road on Tuesday. "
        "On Wednesday, a senior Orvane Resistance official told reporters that the road stayed open."
    )
    found = {one.text: one.kind for one in reading(text).mentions}
    assert found["Orvane Resistance"] != "person"
    assert found["a senior Orvane Resistance official"] == "role"
