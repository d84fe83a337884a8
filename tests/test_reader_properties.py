"""What holds for everything that the reader finds, in any text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.reader import read
from tests.reading import article, ids, spans

WHO = [
    "Ana Sol",
    "The Kesht Front",
    "The front",
    "She",
    "A senior official",
    "The union's treasurer, Ben Ro,",
    "Dr. Ro",
]
WHAT = [
    "the road was open",
    "nine men were freed on Friday",
    "no list would come until the gate was opened",
    "it was late",
]
FRAMES = [
    "{who} said that {what}.",
    "“{what},” {who} said.",
    "{what}, said {who}, who had waited. “Nobody came.”",
    "According to {who}, {what}.",
    "{who} accused the Ovrel Council of saying that {what}.",
    "{who} told the agency Orbit that {what} and added that nobody came.",
    "The agency Orbit quoted {who} as saying {what}.",
    "{who}: “{what}",
    "“{what}.\n\n“{what}.”",
    "PRESENTER: Is it true that {what}?\n\nRO: {what}.",
    "The Ministry states the following:\n\n1. {what}.\n\n2. {what}.",
    "{what}",
]
SENTENCE = st.builds(
    lambda frame, who, what: frame.format(who=who, what=what),
    st.sampled_from(FRAMES),
    st.sampled_from(WHO),
    st.sampled_from(WHAT),
)
REPORT = st.lists(st.tuples(SENTENCE, st.sampled_from([" ", "\n\n"])), max_size=7).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts)
)
SCRAPS = st.lists(
    st.sampled_from(
        [
            *"“”\"'‘’.,:;—()\n 1$",
            "said",
            "that",
            "by",
            "Sol",
            "not",
            "until",
            "of",
            "the",
            "accused",
            "told",
            "as",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(deadline=None)
@given(REPORT)
def test_every_span_is_verbatim_and_every_id_is_its_own(text: str) -> None:
    """text[start:end] reproduces each row, contents hold words, and no id stands twice."""
    found = read(article(text))
    assert all(text[start:end] == verbatim for start, end, verbatim in spans(found))
    assert all(
        any(letter.isalnum() for letter in piece.text) for row in found.statements for piece in row.content
    )
    assert all(row.content for row in found.statements)
    assert len(set(ids(found))) == len(ids(found))


@settings(deadline=None)
@given(REPORT)
def test_reading_is_a_pure_function(text: str) -> None:
    """The same article reads the same again, and what names its file does not change what is read in it."""
    one = article(text)
    assert read(one) == read(one) == read(replace(one, file="other.txt"))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), SCRAPS))
def test_no_text_is_too_odd(text: str) -> None:
    """Whatever characters a text holds, it is read without an error and its spans are verbatim."""
    found = read(article(text))
    assert all(text[start:end] == verbatim for start, end, verbatim in spans(found))
