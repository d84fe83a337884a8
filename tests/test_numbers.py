"""Numbers in digits and words are found where they stand, with their value; parts of words and ordinals are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reader.numbers import number_of, read_numbers
from parley.vocabulary import vocabulary


def spelt(number: int) -> str:
    """A number from 1 to 999,999,999 in English words."""
    words = vocabulary("numbers")
    ones: dict[int, str] = {value: word for word, value in words["small"].items()}
    tens: dict[int, str] = {value: word for word, value in words["tens"].items()}
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if scale == 100 or rest < 100 else " "
            return f"{spelt(number // scale)} {name}{joint + spelt(rest) if rest else ''}"
    if number < 20:
        return ones[number]
    return tens[number - number % 10] + (f"-{ones[number % 10]}" if number % 10 else "")


@given(st.integers(1, 999_999_999))
def test_number_words_round_trip(number: int) -> None:
    """A number spelt out reads as itself, as one number."""
    assert number_of(spelt(number)) == number


@given(st.integers(0, 10**12), st.sampled_from([",", ".", " ", "\u00a0"]))
def test_separators_round_trip(number: int, separator: str) -> None:
    """Digits with any separator between thousands read as the number that they write."""
    written = f"{number:,}".replace(",", separator)
    assert [found.value for found in read_numbers(f"of {written} people")] == [number]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2m", 1_200_000),
        ("3bn", 3_000_000_000),
        ("40 million", 40_000_000),
        ("half a million", 500_000),
        ("two and a half thousand", 2_500),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a hundred and two", 102),
        ("0.125", 0.125),
        ("1.250 million", 1_250_000),
        ("a", 1),
    ],
)
def test_ways_to_write_a_number(text: str, value: float) -> None:
    """Suffixes, scales, halves and dozens, in digits and words."""
    assert number_of(text) == value


def test_least_values_and_shares_are_marked() -> None:
    """Tens of thousands are at least 20,000; a third of a crew is a share."""
    (tens,) = read_numbers("tens of thousands of seals")
    (third,) = read_numbers("a third of the crew")
    assert (tens.value, tens.vague) == (20_000, True)
    assert (third.value, third.share) == (0.33, True)


@pytest.mark.parametrize(
    "text", ["twenty-first", "the 21st", "a KR-16", "someone", "at 7:30", "section 3.1.2", "9/11"]
)
def test_what_is_no_cardinal_is_left_out(text: str) -> None:
    """Ordinals, model numbers, hours, section numbers and parts of words are no numbers."""
    assert read_numbers(text) == []


@given(st.text(alphabet=st.sampled_from("0123456789.,-  aontwedhuredmilion$%\n"), max_size=60))
def test_numbers_stand_in_order_and_apart(text: str) -> None:
    """Any text: the spans are in order, within the text, and do not overlap."""
    end = 0
    for number in read_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end
