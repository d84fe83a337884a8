"""Numbers in digits and words: where they stand, what they say, and whether their upper end is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.vocabulary import vocabulary

GROUPED = r"\d{1,3}(?:(?P<sep>[,.\u00a0\u202f ])\d{3})(?:(?P=sep)\d{3})*(?!\d)(?:\.\d+)?"
PLAIN = r"\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text; `vague` where it is a least value ("dozens"), `share` where it is a fraction."""

    start: int
    end: int
    value: float
    vague: bool = False
    share: bool = False


def alternatives(words: list[str] | dict[str, float]) -> str:
    """The words as one regular expression, longest first, any white space where a word has a space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary("numbers")
    small, tens = alternatives(words["small"]), alternatives(words["tens"])
    scale, vague = alternatives(words["scales"]), alternatives(words["vague"])
    low = rf"(?:(?:{tens})(?:[-\s](?:{small}))?|{small})"
    parts = "|".join(f"{word}s?" for word in words["fractions"])
    return re.compile(
        rf"""(?<![^\W_])(?<![^\W\d_][-–/])(?<!\d[.,/:])(?:
        (?P<vague>{vague})(?P<of>(?:\s+of\s+(?:{scale})s)*)
        |(?P<several>{alternatives(words["several"])})\s+(?P<some>{scale})s?
        |(?P<over>{small}|an?)[-\s](?P<part>{parts})(?=\s+(?:of|the|less|more|fewer)\b|(?<=s)\b)
        |(?P<half>half)(?:[-\s](?:an?[-\s])?(?P<halved>{scale}))?
        |an?\s+(?P<pair>{alternatives(words["pairs"])})(?=\s+of\b)|(?<=the\s)(?P<lone>{scale})
        |(?P<words>(?:{low}|an?(?=\s+(?:{scale})))(?:[-\s]and[-\s]a[-\s]half)?
            (?:[-\s](?:{scale})(?:(?:\s+and)?[-\s]{low}\b)?)*)
        |(?P<digits>{GROUPED}|{PLAIN})(?:(?P<suffix>{alternatives(words["suffixes"])})
            |(?P<scale>(?:[-\s](?:{scale}))+))?
        )(?![^\W_])(?!-(?:{alternatives(words["ordinals"])})\b)(?![,.:/]\d)""",
        re.IGNORECASE | re.VERBOSE,
    )


def read_numbers(text: str) -> list[Number]:
    """Every cardinal number, vague count and fraction, in text order; ordinals and parts of words left out."""
    return [_number(match) for match in _pattern().finditer(text)]


def number_of(text: str) -> float | None:
    """The value of a text that is one number and nothing else, "a" and "an" included; None if it is none."""
    if text.lower() in ("a", "an"):
        return 1
    match = _pattern().fullmatch(text)
    return _number(match).value if match else None


def _number(match: re.Match[str]) -> Number:
    words = vocabulary("numbers")
    part = {name: value.lower() for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "vague" in part:
        value = words["vague"][part["vague"]]
        for word in re.findall(r"\w{3,}", part.get("of", "")):
            value *= words["scales"][word[:-1]]
        return Number(start, end, value, vague=True)
    if "several" in part:
        return Number(start, end, 2 * words["scales"][part["some"]], vague=True)
    if "over" in part:
        return Number(start, end, _share(part["over"], part["part"]), share=True)
    if "half" in part:
        halved = words["scales"].get(part.get("halved"))
        return Number(start, end, halved / 2) if halved else Number(start, end, 0.5, share=True)
    if "pair" in part:
        return Number(start, end, words["pairs"][part["pair"]])
    if "lone" in part:
        return Number(start, end, words["scales"][part["lone"]])
    if "words" in part:
        return Number(start, end, _in_words(part["words"]))
    return Number(start, end, _in_digits(part))


def _share(over: str, part: str) -> float:
    below = vocabulary("numbers")["fractions"][part.removesuffix("s")]
    return float(round((number_of(over) or 1) / below, 2))


def _in_words(text: str) -> float:
    words = vocabulary("numbers")
    ones: dict[str, int] = {**words["small"], **words["tens"], "a": 0, "an": 0, "and": 0}
    scales: dict[str, int] = words["scales"]
    total, current = 0.0, 0.0
    for word in re.split(r"[-\s]+", re.sub(r"[-\s]and[-\s]a[-\s]half", " .5", text)):
        if word not in scales:
            current += 0.5 if word == ".5" else ones[word]
            continue
        current = (current or 1) * scales[word]
        if scales[word] >= 1000:
            total, current = total + current, 0
    return float(total + current)


def _in_digits(part: dict[str, str]) -> float:
    words = vocabulary("numbers")
    digits, separator = part["digits"], part.get("sep", "")
    scales = re.split(r"[-\s]+", part.get("scale", "").strip(" -"))
    # "1.250 million" and "0.125" have a decimal point where "48.500" has a separator.
    if separator and not (separator == "." and (scales != [""] or digits.startswith("0"))):
        digits = digits.replace(separator, "")
    value = float(digits) * words["suffixes"].get(part.get("suffix"), 1)
    for word in scales:
        value *= words["scales"].get(word, 1)
    return float(round(value, 6))
