"""Statements: what is attributed to whom, in which words, and through whom."""

from __future__ import annotations

import pytest

from tests.reading import said, speakers, statements


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ('"We will open the road," Ana Sol said.', "direct", ["We will open the road"]),
        ("Ana Sol said that the road would open.", "indirect", ["the road would open"]),
        ("Ana Sol said the road would open.", "indirect", ["the road would open"]),
        ("The road would open, Ana Sol said.", "indirect", ["The road would open"]),
        ("The road, Ana Sol said, would open.", "indirect", ["The road", "would open"]),
        ('"We will open the road," said Ana Sol, who leads the front.', "direct", ["We will open the road"]),
        ('Ana Sol said the road was "a gift to no one".', "mixed", ['the road was "a gift to no one']),
        ("According to Ana Sol, the road would open.", "indirect", ["the road would open"]),
        ("The road would open, according to Ana Sol.", "indirect", ["The road would open"]),
        ("In Ana Sol's words, the road is a gift.", "indirect", ["the road is a gift"]),
        (
            "Ana Sol told reporters in Talma, the capital, on Friday that the road was open.",
            "indirect",
            ["the road was open"],
        ),
        ("Ana Sol accused the council of hiding the list.", "indirect", ["hiding the list"]),
        ("Ana Sol urged the council to open the road.", "indirect", ["open the road"]),
        ("Ana Sol called on the council to open the road.", "indirect", ["open the road"]),
        ("Ana Sol rejected the offer.", "indirect", ["the offer"]),
        ("Ana Sol went on to say that the road was open.", "indirect", ["the road was open"]),
    ],
)
def test_each_place_of_the_cue(text: str, kind: str, content: list[str]) -> None:
    """Direct, indirect and mixed words are found before, behind and around their cue, without the words that attribute."""
    (row,) = statements(text)
    assert (row.speaker_name, row.kind, [piece.text for piece in row.content]) == ("Ana Sol", kind, content)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "The council announced that talks would resume, adding that nine men would be freed.",
            ["talks would resume", "nine men would be freed"],
        ),
        (
            "The council maintained that the list was late and claimed that nobody had read it.",
            ["the list was late", "nobody had read it"],
        ),
        ("The council called for a new list, but the road stayed shut.", ["a new list"]),
        ("The council agreed to open the road, though nobody came.", ["open the road"]),
    ],
)
def test_content_ends_where_the_next_cue_or_clause_begins(text: str, contents: list[str]) -> None:
    """A second verb of the same speaker opens a second statement, and a new clause of the outlet's is no part of one."""
    assert [row.content[0].text for row in statements(text)] == contents


@pytest.mark.parametrize(
    "text",
    [
        "The Ovrel Council is accused by the Kesht Front of stalling.",
        "The Kesht Front accused the Ovrel Council of stalling.",
    ],
)
def test_a_passive_accuser_is_the_speaker(text: str) -> None:
    """Whoever accuses speaks, whether the verb is active or passive."""
    assert said(text) == [("Kesht Front", ["stalling"])]


def test_a_thing_rejected_in_the_passive() -> None:
    """The subject of a passive is what was rejected, its agent who rejected it."""
    assert said("The offer was rejected by the Ovrel Council.") == [("Ovrel Council", ["The offer"])]


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        (
            "The Kesht Front waits. Ro rejected the front's claim that the list was late.",
            "Kesht Front",
            "the list was late",
        ),
        (
            "The mayor rejected a suggestion by two deputies that the gate be shut.",
            "two deputies",
            "the gate be shut",
        ),
        ("The Kesht Front waits. Its insistence on a list is old.", "Kesht Front", "a list is old"),
    ],
)
def test_nouns_attribute(text: str, who: str, content: str) -> None:
    """A charge, a claim or a suggestion attributes what it says to its owner, if the text names one."""
    row = statements(text)[-1]
    assert row.speaker_name == who
    assert content.startswith(row.content[0].text) or row.content[0].text == content


def test_a_noun_without_an_owner_attributes_nothing() -> None:
    """Nobody is guessed behind "the claim that"."""
    assert said("The claim that the list was late is old.") == []


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Ana Sol told the agency Orbit that the list was late.", ("Orbit",)),
        ("The agency Orbit quoted Ana Sol as saying that the list was late.", ("Orbit",)),
        ("Ana Sol was quoted by the agency Orbit as saying the list was late.", ("Orbit",)),
        ("The agency Orbit, citing Ana Sol, reported that the list was late.", ("Orbit",)),
        ("In remarks carried by state television, Ana Sol said the list was late.", ("state television",)),
        ("Ana Sol had denied that the list was late, the agency Orbit reported.", ("Orbit",)),
        ("Ana Sol told reporters that the list was late.", ()),
    ],
)
def test_relays_stand_in_the_chain(text: str, chain: tuple[str, ...]) -> None:
    """A medium that hands words on is no speaker but a link of the chain; a plain audience is none."""
    (row,) = statements(text)
    assert (row.speaker_name, row.content[0].text, row.chain) == ("Ana Sol", "the list was late", chain)


def test_nested_speech_is_two_statements() -> None:
    """The inner speaker's words have the outer one in their chain; the outer's have none."""
    outer, inner = statements("Ana Sol said that the Ovrel Council had demanded the release of nine men.")
    assert (outer.speaker_name, outer.chain) == ("Ana Sol", ())
    assert (inner.speaker_name, inner.content[0].text, inner.chain) == (
        "Ovrel Council",
        "the release of nine men",
        ("Ana Sol",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on Talma all day. The road is shut.",
        "A senior official, who asked not to be named, left the hall.",
        "Nobody was reached for an answer.",
    ],
)
def test_the_outlets_own_voice_is_no_statement(text: str) -> None:
    """What the outlet tells itself, and a wish not to be named, make no statement."""
    assert statements(text) == ()


def test_a_label_in_a_headline() -> None:
    """ "Name: words in marks" as a line of its own attributes them."""
    assert said('Ana Sol: "The road is ours"\n\nThe road is shut.') == [("Ana Sol", ["The road is ours"])]


def test_the_turns_of_a_transcript() -> None:
    """A turn is one direct statement; the host's turns are the outlet's, and what is told in a turn is no second one."""
    text = "HOST: Whose is the road?\n\nSOL: It is ours. Ro said it was his.\n\nHOST: And now?\n\nSOL: Now we wait."
    rows = statements(text)
    assert [(row.speaker_name, row.kind) for row in rows] == [("SOL", "direct"), ("SOL", "direct")]
    assert rows[0].content[0].text == "It is ours. Ro said it was his"


def test_an_interviewer_is_known_by_asking() -> None:
    """Of two labels that come again, the one whose turns are questions is the outlet's own."""
    text = "Bell: Whose is the road?\n\nSol: It is ours.\n\nBell: And now?\n\nSol: Now we wait."
    assert speakers(text) == ["Sol", "Sol"]


def test_he_added_is_no_label() -> None:
    """A colon behind a cue leads to what is said and makes no label of the words before it."""
    rows = statements("Ben Ro, the mayor, opened the road. He added: “It is yours now.”")
    assert [(row.speaker_name, row.cue and row.cue.text) for row in rows] == [("Ben Ro", "added")]


def test_a_list_of_what_is_stated() -> None:
    """Each item under "states the following" is a statement of the same body."""
    text = "The Ministry of Roads states the following:\n\n1. No list was lost.\n\n2. The road is open."
    assert said(text) == [
        ("Ministry of Roads", ["No list was lost"]),
        ("Ministry of Roads", ["The road is open"]),
    ]


def test_the_day_of_a_statement() -> None:
    """A day outside the words is the day they were said; one inside them is not."""
    said_on, meant_for = statements(
        "Ana Sol said on Tuesday the road was open.\n\nAna Sol said the road would open on Friday."
    )
    assert said_on.date is not None
    assert said_on.date.isoformat() == "2031-05-13"
    assert meant_for.date is None
