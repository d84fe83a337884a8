"""Date lines: place, day and agency, in front of the first sentence or on a line of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from parley.sources.dates import WrittenDay, days_in
from parley.vocabulary import vocabulary

LONGEST_OPENING = 120  # characters before the dash: place, country, day and agency fit
LONGEST_LINE = 120
LONGEST_CAPTION = 400
LONGEST_PLACE = 6  # words
LONGEST_AGENCY = 5
LONGEST_MASTHEAD = 10
DASH = re.compile(r"\s+[-–—−]{1,2}\s+|\s*—\s*|\s*--\s*|(?<=/)\.\s+|(?<=[)\d]):\s+")
AGENCY = re.compile(r"\(([^()]{2,60})\)|(?<!\S)/([^/()]{2,40})/")
TIME = re.compile(
    r"\bT?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?"
    r"(?:Z\b|\s?(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)?(?:\s?[ap]\.?m\b\.?)?"
    r"|\b\d{4}\s?(?=(?:GMT|UTC|hrs)\b)",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line says; an empty field is not said."""

    place: str = ""
    day: WrittenDay | None = None
    agency: str = ""
    labelled: bool = False  # the line itself says "Published"
    alone: bool = False  # on a line of its own


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list of the vocabulary, in small letters."""
    return frozenset(word.lower() for word in vocabulary("datelines")[name])


@cache
def any_of(name: str) -> str:
    """A regular expression for the words of one list, the longest first."""
    found = sorted(vocabulary("datelines")[name], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    weekdays = "|".join(f"{day}|{day[:5]}|{day[:4]}|{day[:3]}" for day in vocabulary("times")["weekdays"])
    return (
        re.compile(rf"\s*{any_of('published')}\b\s*:?\s*", re.IGNORECASE),
        re.compile(rf"\W*{any_of('changed')}\b", re.IGNORECASE),
        re.compile(rf"\b(?:{weekdays})\b\.?|(?<![\w.]){any_of('clock')}(?!\w)", re.IGNORECASE),
        re.compile(rf"\b{any_of('pictures')}\b", re.IGNORECASE),
        re.compile(
            rf"{any_of('pictures')}\s*(?:[:/|]|\bby\b)|.*\([^()]*\b{any_of('pictures')}\b[^()]*\)\W*$",
            re.IGNORECASE,
        ),
    )


def names_a_picture(text: str) -> bool:
    """Whether a credit is that of a picture."""
    return _patterns()[3].search(text) is not None


def is_caption(line: str) -> bool:
    """Whether a line stands under a picture: it begins with "Photo:" or ends in "(Agency photo)"."""
    return len(line) <= LONGEST_CAPTION and _patterns()[4].match(line) is not None


def opening(paragraph: str) -> tuple[DateLine, int] | None:
    """The date line in front of a paragraph's first sentence and the offset where that sentence starts."""
    for dash in DASH.finditer(paragraph, 0, LONGEST_OPENING):
        head = paragraph[: dash.start()]
        line = _read(head)
        if line and _opens(line) and _is_sentence(paragraph[dash.end() :]):
            return line, dash.end()
    return None


def _opens(line: DateLine) -> bool:
    """Whether a day, an agency or capitals tell a place before a dash from any other word there."""
    told = line.day or line.agency
    return bool(told) or (_in_capitals(line.place) and line.place.lower() not in words("not_places"))


def lines_of_its_own(line: str) -> list[DateLine]:
    """The date lines that a line holds and nothing else: "Talma, 6 September 2031 | Updated 7 September"."""
    if len(line) > LONGEST_LINE:
        return []
    pieces = re.split(rf"\s*[|•·]\s*|[\s,;–—-]+(?={any_of('changed')}\b)", line, flags=re.IGNORECASE)
    read = [_read(piece) for piece in pieces if piece and not _patterns()[1].match(piece)]
    return [replace(found, alone=True) for found in read if found and _stands_alone(found)] or _masthead(line)


def _masthead(line: str) -> list[DateLine]:
    """The day that closes a masthead: "Harbour Bulletin No. 7, 20 February 2035"."""
    days = list(days_in(line))
    if len(days) != 1 or days[0].year is None:
        return []
    if line[days[0].end :].strip(" .)").lower() not in {"", *words("shapes")}:
        return []
    before = _patterns()[2].sub("", line[: days[0].start]).rstrip()
    if not before.endswith(",") or len(before.split()) > LONGEST_MASTHEAD:
        return []
    return [DateLine(day=days[0], alone=True)]


def _stands_alone(line: DateLine) -> bool:
    """Whether place, day and agency are enough to tell a date line from a heading or a caption."""
    if line.day or (line.agency and _in_capitals(line.place)):
        return True
    first, comma, country = line.place.partition(",")
    return bool(comma) and _in_capitals(first) and not _in_capitals(country)


def _read(piece: str) -> DateLine | None:
    """Take day, clock time and agency away; what is left must be a place or nothing."""
    published, _, noise, *_ = _patterns()
    if names_a_picture(piece):
        return None
    label = published.match(piece)
    rest = piece[label.end() :] if label else piece
    days = list(days_in(rest))
    if len(days) > 1 or not all(_set_off(rest, day) for day in days):
        return None
    day = days[0] if days else None
    agency, rest = _agency(f"{rest[: day.start]} {rest[day.end :]}" if day else rest)
    if day:
        rest = noise.sub(" ", TIME.sub(" ", rest))
    place = re.sub(r"\s+", " ", rest).strip(" ,.;:/–—-")
    if not (_is_place(place) if place else day):
        return None
    return DateLine(re.sub(r"\s+,", ",", place), day, agency, bool(label and day))


def _set_off(piece: str, day: WrittenDay) -> bool:
    """Whether the day stands apart from running words: "Talma, 6 May", not "Talks Set For 6 May"."""
    before = _patterns()[2].sub("", TIME.sub("", piece[: day.start])).rstrip()
    return not before or before[-1] in ",.;:(/–—-)" or before.isupper()


def _agency(piece: str) -> tuple[str, str]:
    """The agency in brackets or between slashes, and the piece without the brackets."""
    name = ""
    for match in AGENCY.finditer(piece):
        inner = _patterns()[2].sub("", TIME.sub("", match[1] or match[2])).strip(" ,.;:–—-")
        if not name and is_agency(inner):
            name = inner
    return name, AGENCY.sub(" ", piece)


def is_agency(name: str) -> bool:
    """Whether a few capitalised words could name an agency: no address, no picture, no remark."""
    bare = name.strip(" .()")
    found = bare.split()
    if not 0 < len(found) <= LONGEST_AGENCY or re.search(r"\d|[:@]", bare):
        return False
    capital = found[0][0].isupper() and found[-1][0].isupper()
    return capital and bare.lower() not in words("not_agencies") and not names_a_picture(bare)


def _is_place(place: str) -> bool:
    found = re.split(r"[\s,/]+", place)
    if len(found) > LONGEST_PLACE or re.search(r"[^\w\s,.'’/-]|[\d_]", place):
        return False
    return found[0][:1].isupper() and all(
        word[:1].isupper() or word.lower() in words("place_particles") for word in found if word
    )


def _in_capitals(place: str) -> bool:
    """Whether the place, or the town before its country, is written in capitals."""
    return len(place) > 2 and place.partition(",")[0].isupper()


def _is_sentence(text: str) -> bool:
    """Whether a paragraph begins behind the dash: no aside ("the party – so it says – left"), no headline."""
    if text[:1].islower():
        return False
    return len(text) > LONGEST_LINE or SENTENCE_END.search(text.rstrip()) is not None
