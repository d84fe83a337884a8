"""Needs: whose condition it is, what waits, and what has to come first."""

from __future__ import annotations

import pytest

from tests.reading import reading


@pytest.mark.parametrize(
    ("text", "act", "needs"),
    [
        (
            "The front said it would not open the gate until the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        ("The front said any release must follow the list.", "release", "follow the list"),
        (
            "The Kesht Front undertakes to open the gate as soon as the list is handed over.",
            "open the gate",
            "the list is handed over",
        ),
        (
            "The front said its answer turns on whether the list is complete.",
            "its answer",
            "whether the list is complete",
        ),
        (
            "The front said no prisoner would leave unless the gate was opened.",
            "no prisoner would leave",
            "the gate was opened",
        ),
        (
            "The front said it would open the gate only if the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        (
            "The front said it would open the gate only after the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        (
            "The front said it would open the gate once the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        (
            "The front said it would open the gate as soon as the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        (
            "The front said it would open the gate if the list was handed over.",
            "open the gate",
            "the list was handed over",
        ),
        (
            "The front said it would open the gate in return for the list of prisoners.",
            "open the gate",
            "the list of prisoners",
        ),
        (
            "The front said the gate would open on condition that the list was handed over.",
            "the gate would open",
            "the list was handed over",
        ),
        (
            "The front said until the list was handed over, no gate would open.",
            "no gate would open",
            "the list was handed over",
        ),
        (
            "The front said the checkpoint stays until the list is handed over.",
            "the checkpoint stays",
            "the list is handed over",
        ),
        ("The front demanded the list of prisoners before the talks.", "the talks", "the list of prisoners"),
        (
            "The front said there would be no talks without the list of prisoners.",
            "talks",
            "the list of prisoners",
        ),
        (
            "The front said the release depends on the list of prisoners.",
            "the release",
            "the list of prisoners",
        ),
        (
            "First the gates are opened, then we leave the pier, the front said.",
            "we leave the pier",
            "the gates are opened",
        ),
        (
            "The front said it can live with the list if, and only if, the gate is opened.",
            "live with the list",
            "the gate is opened",
        ),
        (
            "The front said not one prisoner would leave without a letter from the mediator.",
            "prisoner would leave",
            "a letter from the mediator",
        ),
        (
            "Without such a letter, the front said, the ship would not sail.",
            "the ship would not sail",
            "such a letter",
        ),
        (
            "The front is prepared to open the gate unless the shelling resumes.",
            "open the gate",
            "the shelling resumes",
        ),
        (
            "The front has offered forty lorries a day if the prisoners go home.",
            "forty lorries a day",
            "the prisoners go home",
        ),
        (
            "The front said either side may leave the text on 30 days’ notice in writing.",
            "leave the text",
            "30 days’ notice in writing",
        ),
        (
            "The front said the pickets would leave on the day the roster was lifted.",
            "the pickets would leave",
            "the roster was lifted",
        ),
        (
            "The front said on the very day the roster is lifted, the pickets leave.",
            "the pickets leave",
            "the roster is lifted",
        ),
        (
            "The front said the gate would be opened, but only when the list was handed over.",
            "the gate would be opened",
            "the list was handed over",
        ),
        (
            "The front said the pumps would only start again following the return of the crew.",
            "start again",
            "the return of the crew",
        ),
        (
            "The front said the permit lapses unless both sides prolong it.",
            "the permit lapses",
            "both sides prolong it",
        ),
    ],
)
def test_patterns(text: str, act: str, needs: str) -> None:
    """Each way to say that one deed waits for another gives both in the right direction, as short phrases, with the speaker."""
    (need,) = reading(f"The Kesht Front met in Talma.\n\n{text}").needs
    assert (need.holder, need.text) == ("Kesht Front", text)
    assert act in need.act
    assert needs in need.needs
    assert len(need.act.split()) <= 16


def test_the_innermost_speaker_holds_the_condition() -> None:
    """A condition that A tells of B's is B's."""
    (need,) = reading(
        "Ana Sol said the Ovrel Council had refused to open the gate until the list was handed over."
    ).needs
    assert need.holder == "Ovrel Council"


def test_a_condition_in_the_outlets_own_voice_is_its_subjects() -> None:
    """Where nobody states it, the condition is that of whoever the sentence is about."""
    (need,) = reading("The Kesht Front will not open the gate until the list is handed over.").needs
    assert need.holder == "Kesht Front"


def test_two_halves_of_a_sentence_may_hold_a_condition_each() -> None:
    """A sentence of two clauses with a condition in each gives two needs, each with its own half as its span."""
    text = (
        "The Kesht Front will not open the gate until the list is there, "
        "and the Ovrel Council will not sign the list until the gate is open."
    )
    first, second = reading(text).needs
    assert (first.act, first.needs) == ("The Kesht Front will not open the gate", "the list is there")
    assert (second.act, second.needs) == ("the Ovrel Council will not sign the list", "the gate is open")
    assert first.end < second.start


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Ana Sol said the Ovrel Council would open the gate once the list was there.", "Ovrel Council"),
        ("Ana Sol said no prisoner would leave until the gate was open.", "Ana Sol"),
        ("The Kesht Front said the Ovrel Council would sign once the list was there.", "Kesht Front"),
        (
            "Ana Sol, speaking for the Kesht Front, said no prisoner would leave until the gate was open.",
            "Kesht Front",
        ),
        (
            "Ana Sol met Ben Ro. A spokesman for Ana Sol said no prisoner would leave until the gate was open.",
            "Ana Sol",
        ),
    ],
)
def test_whose_condition_it_is(text: str, holder: str) -> None:
    """A body speaks for itself; a person nothing ties to one gives way to the body that acts or that he speaks for."""
    (need,) = reading(f"The Kesht Front and the Ovrel Council met in Talma.\n\n{text}").needs
    assert need.holder == holder


@pytest.mark.parametrize(
    ("provision", "holder"),
    [
        ("The other Party may suspend the exchange until the list is complete.", "The other Party"),
        ("No person shall cross until the lists have been exchanged.", "the Parties"),
    ],
)
def test_whom_a_provision_binds(provision: str, holder: str) -> None:
    """In an agreement's own text a condition is that of the party which acts by it, else of all that signed."""
    text = f"Agreement between the Parties\n\n1. {provision}"
    (need,) = reading(text, kind="agreement").needs
    assert need.holder == holder


@pytest.mark.parametrize(
    "text",
    [
        "The gate was not opened until Friday.",
        "Why should the guards leave before the list is handed over?",
        "The herds may not stay until 20 October.",
        "Ana Sol would lose her job if she were named.",
        "The Kesht Front will not send patrols within five miles of the line.",
        "The talks will not end before the end of the month.",
        "The front said there would be consequences if the gate stayed shut.",
        "The gate is shut.",
        "The debate turns to the gate.",
    ],
)
def test_a_time_or_a_threat_is_no_condition(text: str) -> None:
    """To wait for a day is no need, and a threat is an act."""
    assert reading(text).needs == ()
