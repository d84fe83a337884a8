"""Acts: what parties do to one another, in what they say and in what is told."""

from __future__ import annotations

import pytest

from parley.model import ACTS
from parley.reader.heads import can_act
from tests.reading import reading


def acts(text: str) -> list[tuple[str, str]]:
    """(label, actor) of every act of a text."""
    return [(act.act, act.actor) for act in reading(text).acts]


SPEECH = [
    ("The Kesht Front demanded the release of nine men.", "DEMAND"),
    ("The Kesht Front urged the council to open the gate.", "DEMAND"),
    ("The Kesht Front said nobody would leave until the gate was opened.", "DEMAND"),
    ("The Kesht Front offered to open the gate.", "OFFER"),
    ("The Kesht Front said it was ready to open the gate.", "OFFER"),
    ("The Kesht Front accepted the draft.", "ACCEPT"),
    ("The Kesht Front agreed to the draft.", "ACCEPT"),
    ("The Kesht Front rejected the draft.", "REJECT"),
    ("The Kesht Front refused to open the gate.", "REJECT"),
    ("The Kesht Front accused the council of stalling.", "ACCUSE"),
    ("The Kesht Front said the council had violated the truce.", "ACCUSE"),
    ("The Kesht Front denied that the list was late.", "DENY"),
    ("The Kesht Front threatened to shut the gate.", "THREATEN"),
    ("The Kesht Front promised to open the gate.", "COMMIT"),
    ("The Kesht Front said the gate would open as soon as the list was there.", "COMMIT"),
    ("The Kesht Front welcomed the draft.", "PRAISE"),
]
EVENTS = [
    ("On Friday the Kesht Front released nine prisoners.", "PERFORM"),
    ("The Kesht Front has handed over the list.", "PERFORM"),
    ("The Kesht Front withdrew from the hill.", "PERFORM"),
    ("Nine prisoners were freed by the Kesht Front.", "PERFORM"),
    ("The Kesht Front met the mediators in Talma.", "MEET"),
    ("The Kesht Front hosted the talks.", "MEDIATE"),
    ("The Kesht Front suspended the handover.", "SUSPEND"),
    ("The Kesht Front presented a new draft.", "OFFER"),
    ("The Kesht Front signed the agreement.", "COMMIT"),
]


@pytest.mark.parametrize(("text", "label"), SPEECH + EVENTS)
def test_labels(text: str, label: str) -> None:
    """Every label is read off a verb that is the act, off what is said, or off what is told; the subject or agent acts."""
    assert (label, "Kesht Front") in acts(text)


GOVERNED = [
    ("The Kesht Front rejected the allegation.", "DENY"),
    ("The Kesht Front rejected the plan.", "REJECT"),
    ("The Kesht Front dismissed the council's request for a list.", "REJECT"),
    ("The Kesht Front agreed with the council's draft.", "ACCEPT"),
    ("The Kesht Front refused to open the gate until the list was there.", "DEMAND"),
]


@pytest.mark.parametrize(("text", "label"), GOVERNED)
def test_what_a_cue_governs_tells_its_act(text: str, label: str) -> None:
    """A charge that is rejected is denied, a request that is dismissed is rejected, a refusal until X demands X."""
    assert reading(text).acts[0].act == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("the handover hinged on a list of all nine men", "DEMAND"),
        ("it held the council fully responsible for the fire", "ACCUSE"),
        ("it can live with the draft", "ACCEPT"),
        ("it was prepared to open the gate", "OFFER"),
    ],
)
def test_plain_words_make_the_act(words: str, label: str) -> None:
    """Words that are plain are believed, whatever else the encoder takes them for."""
    assert [act.act for act in reading(f"The Kesht Front said {words}.").acts] == [label]


def test_a_question_is_no_demand() -> None:
    """ "Asked whether" wants to know; it demands nothing."""
    assert acts("The Kesht Front asked whether the nine men were alive.") == []


def test_whoever_says_i_acts() -> None:
    """In somebody's own words "I" is the speaker."""
    found = acts('"I have demanded the release of nine men," Ana Sol said.')
    assert ("DEMAND", "Ana Sol") in found


def test_every_label_is_tested() -> None:
    """The sentences above hold each of the thirteen labels."""
    assert {label for _, label in SPEECH + EVENTS} == ACTS


def test_a_headline_tells_the_past_in_the_present() -> None:
    """A line without a stop at the head of a text may tell an event in the present tense."""
    assert ("PERFORM", "Kesht Front") in acts("Kesht Front frees nine prisoners\n\nThe gate is shut.")


@pytest.mark.parametrize(
    "text",
    [
        "The Kesht Front will release nine prisoners.",
        "The Kesht Front has not released the prisoners.",
        "The Kesht Front would never again release prisoners.",
        "The gate stays shut until the prisoners are released.",
        "The list signed by nine men is old.",
        "Rain fell on Talma all day.",
    ],
)
def test_what_has_not_happened_is_no_event(text: str) -> None:
    """A future, a negation, a condition and a participle beside a noun tell no event."""
    assert not [act for act in reading(text).acts if act.act == "PERFORM"]


def test_whoever_says_that_a_word_was_broken_accuses() -> None:
    """Inside a statement the accuser is its speaker, not the one who broke it."""
    assert acts("The Kesht Front said the Ovrel Council had violated the truce.") == [
        ("ACCUSE", "Kesht Front")
    ]


def test_a_passive_without_an_agent_has_no_actor() -> None:
    """Who freed the prisoners is not guessed."""
    assert acts("Nine prisoners were freed on Friday.") == [("PERFORM", "")]


def test_the_addressee_is_the_target() -> None:
    """Whoever is accused or asked is the target, resolved as a speaker is."""
    (act,) = reading("The Kesht Front accused the Ovrel Council of stalling.").acts
    assert (act.actor, act.target) == ("Kesht Front", "Ovrel Council")


def test_what_a_thing_is_called_is_no_demand() -> None:
    """ "Called it a lie" is judged by what it is called."""
    assert acts("The Kesht Front waits. It called the report “a lie”.") == [("DENY", "Kesht Front")]


def test_an_event_inside_a_statement_names_it() -> None:
    """An event that somebody tells carries the statement in which it is told; the day of the telling is not its day."""
    found = reading("Ana Sol said on Tuesday the Ovrel Council had released nine prisoners.")
    (act,) = [act for act in found.acts if act.act == "PERFORM"]
    assert act.statement == found.statements[0].id
    assert act.date is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The Ovrel Council released nine prisoners on Tuesday.", "2031-05-13"),
        ("On Tuesday the Ovrel Council released nine prisoners.", "2031-05-13"),
        ("Ana Sol said the Ovrel Council had released nine prisoners on Tuesday.", "2031-05-13"),
        ("The Ovrel Council released nine prisoners after the deadline of Tuesday.", None),
    ],
)
def test_an_event_has_the_day_that_its_own_words_name(text: str, day: str | None) -> None:
    """A past day beside the verb dates an event; a day behind "after" or "until" does not."""
    (act,) = [act for act in reading(text).acts if act.act == "PERFORM"]
    assert (act.date.isoformat() if act.date else None) == day


def test_an_agreement_tells_no_acts() -> None:
    """The text of an agreement provides; it reports neither words nor deeds."""
    found = reading("The Council released the list. The Front said it was late.", kind="agreement")
    assert (found.acts, found.statements) == ((), ())


def test_two_handovers_in_one_sentence_are_two_acts() -> None:
    """ "and" with a subject of its own opens another clause: each side's handover has its own giver and its own count."""
    found = reading(
        "The Kesht Front handed over four officers on Tuesday and the Ovrel Council freed 48 prisoners in return."
    )
    told = [(act.actor, act.text) for act in found.acts if act.act == "PERFORM"]
    assert told == [
        ("Kesht Front", "The Kesht Front handed over four officers on Tuesday"),
        ("Ovrel Council", "the Ovrel Council freed 48 prisoners in return"),
    ]


DOERS = [
    ("Ana Solberg, who leads the Kesht Front, signed the agreement on Friday.", "COMMIT", "Ana Solberg"),
    ("The list crossed the bridge, the Kesht Front said.", "PERFORM", "the list"),
    ('"We were freed by the Kesht Front on Monday," said Ana Sol, the mayor.', "PERFORM", "Kesht Front"),
    (
        'Ana Sol, the mayor, spoke on Friday. "We freed nine prisoners on Monday," she said.',
        "PERFORM",
        "Ana Sol",
    ),
    ("Two days of talks between the Kesht Front and the Talma Union ended on Friday.", "MEET", "Kesht Front"),
]


@pytest.mark.parametrize(("text", "label", "actor"), DOERS)
def test_who_acts_can_act(text: str, label: str, actor: str) -> None:
    """A relative clause's deed is of what it belongs to; who tells of a deed has not done it."""
    assert (label, actor) in acts(text)


def test_a_deed_in_the_passive_may_have_nobody() -> None:
    """Where a passive does not say who did it, nobody near it is put in."""
    assert ("PERFORM", "") in acts("The Kesht Front waited. Nine prisoners were freed on Friday.")


@pytest.mark.parametrize(
    ("phrase", "named"),
    [("the Kesht Front", True), ("the ministry", True), ("the fifth handover", False), ("Friday", False)],
)
def test_what_names_somebody(phrase: str, named: bool) -> None:
    """A name or a noun for a body can act, a thing cannot."""
    assert can_act(phrase) is named
