"""Speakers: whom a pronoun, a role or a body stands for, as far as one article says."""

from __future__ import annotations

import pytest

from parley.reader.names import read_names
from parley.reader.speakers import Cast
from tests.reading import speakers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ana Sol, the mayor, opened the road. She said it was late.", "Ana Sol"),
        ("Mr. Ben Ro met Mrs. Ana Sol. She said the list was late.", "Ana Sol"),
        ("“We wait,” said Ana Sol.\n\n“Nobody comes,” she added.", "Ana Sol"),
        ("Ana Sol opened the road. “It is yours,” said Sol.", "Ana Sol"),
        ("Ana Sol, the mayor, opened the road. The mayor said it was late.", "Ana Sol"),
        ("The union's treasurer, Ana Sol, said the list was late.", "Ana Sol"),
        ("Col. Ben Ro closed the gate. The colonel said it was late.", "Ben Ro"),
        ("Another, Ana Sol, told reporters that the list was late.", "Ana Sol"),
        ("In a statement, Ana Sol said the list was late.", "Ana Sol"),
        ("The Kesht Front waits. Its representative Ana Sol said the list was late.", "Ana Sol"),
    ],
)
def test_people(text: str, who: str) -> None:
    """Pronouns, surnames, offices and titles lead to the person's full name."""
    assert speakers(text)[-1] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Kesht Front met. The front said the list was late.", "Kesht Front"),
        ("The Dock and Towage Union met. The union said the list was late.", "Dock and Towage Union"),
        ("The list went to Local 14. The local said the list was late.", "Local 14"),
        ("The Kesht Front said the list was late. The group warned that it would wait.", "Kesht Front"),
        ("The Kesht Front said the list was late. It added that it would wait.", "Kesht Front"),
        (
            "The Kesht Front met. Harbour officials said the list was late. It added that it would wait.",
            "Kesht Front",
        ),
        ("The Kesht Front, for its part, said the list was late.", "Kesht Front"),
        ("A statement from the Kesht Front said the list was late.", "Kesht Front"),
        ("The Ministry of Roads said the list was late.", "Ministry of Roads"),
        ("The Norwegian government said the list was late.", "Norway"),
    ],
)
def test_bodies(text: str, who: str) -> None:
    """A body's noun, a pronoun or a text of its own lead to the body that was named."""
    assert speakers(text)[-1] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A senior official, who asked not to be named, said the list was late.", "a senior official"),
        (
            "A delegate at the talks had waited. Later the delegate said the list was late.",
            "a delegate at the talks",
        ),
        ("A delegate later shut the door. The delegate said the list was late.", "a delegate"),
        ("Two diplomats said the list was late.", "Two diplomats"),
        ("Ana Sol left. A spokeswoman for the front said the list was late.", "a spokeswoman for the front"),
    ],
)
def test_unnamed_speakers_stay_roles(text: str, who: str) -> None:
    """Nobody who is brought in as somebody new is taken for somebody who was named before."""
    assert speakers(text)[-1].lower() == who.lower()


def test_an_unnamed_official_is_meant_by_the_official() -> None:
    """ "The official" behind "a senior official" is that official, and so is "he"."""
    text = "Ana Sol left. A senior official said the list was late. The official added that it would come. He said when."
    assert speakers(text) == ["a senior official", "a senior official"]


def test_a_subject_who_did_not_speak_is_meant_by_a_pronoun() -> None:
    """A person whom the sentence before is about is nearer than whoever spoke earlier."""
    text = "Ben Ro said the gate was shut.\n\nAna Sol opened it with a key. “Go through,” she told reporters."
    assert speakers(text) == ["Ben Ro", "Ana Sol"]


def test_we_is_the_outlet() -> None:
    """Outside quotation marks "we" is whoever publishes."""
    assert speakers("We urge the council to open the road.") == ["The Talma Bell"]


def test_an_elided_subject_is_the_one_before() -> None:
    """A second cue without a subject has the first one's, and a participle has its clause's."""
    text = (
        "Ana Sol denied that the list was late and said it was on the table, adding that nobody had read it."
    )
    assert speakers(text) == ["Ana Sol"] * 3


def test_an_office_with_what_it_is_for_is_no_part_of_a_name() -> None:
    """ "Minister of Trade and Labour" before a name is a title, and a ministry of two things is one body."""
    assert speakers(
        "Minister of Trade and Labour Ines Dorval said the gate was shut. "
        "The Ministry of Energy and Water Resources said it was open."
    ) == ["Ines Dorval", "Ministry of Energy and Water Resources"]


def test_this_official_is_the_unnamed_one_before_any_named() -> None:
    """A demonstrative means whoever was brought in without a name, though somebody named was heard before."""
    assert speakers(
        "Minister Bo Arden said the gate was shut. Less was heard from a senior official at the table. "
        "This official said that nobody had a key."
    )[-1].startswith("a senior official")


def test_she_is_the_last_one_whom_a_report_calls_so() -> None:
    """A man by his title is passed over for the other person of the sentence before."""
    assert speakers(
        "Mr. Arden met the adviser Ines Dorval on Monday. She said that the gate would open."
    ) == ["Ines Dorval"]


def test_a_deputy_is_no_minister() -> None:
    """ "The minister" is no prime minister, where a report names both."""
    assert (
        speakers(
            "Prime Minister Bo Arden said no. Water Minister Ines Dorval said yes. Mr. Arden said so again. "
            "The minister said that the gate would open."
        )[-1]
        == "Ines Dorval"
    )


def test_a_statement_with_an_owner_is_its_owners() -> None:
    """ "The board's table" speaks for the board."""
    assert speakers("According to the Harbour Board's table, 40 ships are waiting.") == ["Harbour Board"]


def test_a_quotation_over_a_text_is_the_next_speakers() -> None:
    """A headline's words belong to whoever speaks first below it."""
    assert (
        speakers("“We will not wait for the gate to open”\n\nBo Arden said that the gate was rusty.")[0]
        == "Bo Arden"
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two aides said the list was late. One of them said it would come.", "one of two aides"),
        ("The Kesht Pilots’ Federation met. The union said the list was late.", "Kesht Pilots’ Federation"),
        (
            "The Kesht Front said the list was late. “We wait,” a spokeswoman said.",
            "a spokeswoman of Kesht Front",
        ),
        ("Ana Sol left. A spokesman for Sol said the list was late.", "a spokesman for Ana Sol"),
        ("Ana Sol left. Ana Sol’s clerk said the list was late.", "Ana Sol’s clerk"),
        ("The head of the long list, Ana Sol, said it was late.", "Ana Sol"),
        ("The minister said no. Deputy Minister Ana Sol left.", "the minister"),
    ],
)
def test_phrases_with_somebody_in_them(text: str, who: str) -> None:
    """One of several, a union by another noun, somebody's own people and a closing name are told by who is named."""
    assert speakers(text)[-1] == who


def test_both_sides_are_the_two_that_are_named_most() -> None:
    """ "Both sides" are two bodies where no third is named as often."""
    text = (
        "The Kesht Front met the Talma Union. The Kesht Front left. The Talma Union left. "
        "Both sides said the list was late."
    )
    assert speakers(text)[-1] == "Kesht Front and Talma Union"


def test_words_before_a_pronoun_are_no_part_of_the_subject() -> None:
    """A subject that was found with what stands before its pronoun is resolved by the pronoun alone."""
    text = "The Kesht Front met. To the pilots it offered a list."
    names = read_names(text, "a")
    start = text.index("pilots")
    assert Cast(text, names).resolve("pilots it", start, start + len("pilots it")) == "Kesht Front"
