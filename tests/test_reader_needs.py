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
        ("The front said any release must follow the list.", "release", "follow the list"),
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


@pytest.mark.parametrize(
    "text",
    [
        "The gate was not opened until Friday.",
        "The talks will not end before the end of the month.",
        "The front said there would be consequences if the gate stayed shut.",
        "The gate is shut.",
    ],
)
def test_a_time_or_a_threat_is_no_condition(text: str) -> None:
    """To wait for a day is no need, and a threat is an act."""
    assert reading(text).needs == ()
