"""What a text says of itself at its head and foot: title, byline, place, day, agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.sources.dateline import (
    SENTENCE_END,
    DateLine,
    any_of,
    is_agency,
    is_caption,
    lines_of_its_own,
    opening,
    words,
)
from parley.sources.dates import only_year
from parley.sources.details import Details

HEAD_LINES = 12  # lines that are looked at before the first paragraph, at most
OPENINGS = 3  # paragraphs whose first words may be the date line: a caption or a summary can stand before it
FOOT_LINES = 4
CHRONICLE = 3  # days on lines of their own
LONGEST_TITLE = 160  # characters; longer first lines of news texts are paragraphs
NAME = r"[^\W\d_][\w.'’-]*(?:\s+(?!(?:and|in|for|at)\b)[^\W\d_][\w.'’-]*){1,4}"


@dataclass(frozen=True, slots=True)
class Heading:
    """What was read at the head and foot; an empty field was not found."""

    details: Details
    place: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    blank_after: bool


def read_heading(text: str) -> Heading:
    """Read head and foot of a text. A day without its year takes the text's only year, as a guess."""
    lines = _lines(text)
    title, byline, dated = _head(lines)
    if any(line.alone and not line.labelled for line in dated) and _lists_days(lines):
        dated = [line for line in dated if line.labelled or not line.alone]
    foot = [line.text for line in lines[-FOOT_LINES:]]
    dated += [found for line in foot for found in lines_of_its_own(line) if found.labelled or _signs(found)]
    details = _published(dated, text, Details(title=title, byline=byline))
    return Heading(
        details,
        place=next((line.place for line in dated if line.place), ""),
        agency=next((line.agency for line in dated if line.agency), "") or _credit(foot),
    )


def _lines(text: str) -> list[_Line]:
    rows = text.split("\n")
    return [
        _Line(row.strip(), following == len(rows) or not rows[following].strip())
        for following, row in enumerate(rows, 1)
        if row.strip()
    ]


def _head(lines: list[_Line]) -> tuple[str, str, list[DateLine]]:
    """Title, byline and date lines, down to the first paragraphs."""
    title = byline = ""
    dated: list[DateLine] = []
    openings = 0
    for number, line in enumerate(lines[: HEAD_LINES + OPENINGS]):
        found = opening(line.text)
        if found:
            return title, byline, [*dated, found[0]]
        if openings or _is_paragraph(line.text):
            openings += 1
            if openings == OPENINGS:
                break
            continue
        own = lines_of_its_own(line.text)
        by = _byline(line.text)
        dated += own
        byline = byline or by
        if not (title or own or by) and _is_title(line, lines[number + 1 : number + 2]):
            title = line.text.lstrip("#").strip(" *_")
    return title, byline, dated


def _lists_days(lines: list[_Line]) -> bool:
    """Whether days stand over paragraphs all through the text, as in a chronicle: none is its own day."""
    own = (found for line in lines for found in lines_of_its_own(line.text))
    return sum(found.day is not None and not found.labelled for found in own) >= CHRONICLE


def _signs(line: DateLine) -> bool:
    """Whether a line at the foot is how a statement is signed: place, day and year."""
    return bool(line.place and line.day and line.day.year)


def _is_paragraph(line: str) -> bool:
    """Whether a line is running text: long, or closed by a full stop that no abbreviation explains."""
    if len(line) > LONGEST_TITLE:
        return True
    end = SENTENCE_END.search(line)
    return end is not None and end[0].startswith(".") and not re.search(r"\b(?:[A-Z]\.)+$", line)


def _is_title(line: _Line, following: list[_Line]) -> bool:
    text = line.text.lstrip("#").strip(" *_")
    if text.lower().rstrip(":") in words("not_titles") or text[-1:] in ",;:" or is_caption(text):
        return False
    if not following or not any(map(str.isalpha, text)):
        return False
    below = following[0].text
    if not line.blank_after and below[0].islower():  # a sentence that runs on: the lines are of print width
        return False
    if line.blank_after or _is_paragraph(below):
        return True
    return bool(opening(below) or lines_of_its_own(below) or _byline(below))


@cache
def _byline_pattern() -> re.Pattern[str]:
    others = rf"(?:(?:\s*,\s*{NAME})*\s*,?\s+(?:and|&)\s+{NAME})?"  # a comma alone sets off an outlet
    return re.compile(rf"(?i:{any_of('by')})\s+({NAME}{others})(?:\s*[,|•·(–—-].*|\s+(?:in|for|at)\s.*)?")


def _byline(line: str) -> str:
    """The names that a byline gives: a line that begins with "By" and holds names alone."""
    match = None if _is_paragraph(line) else _byline_pattern().fullmatch(line)
    names = re.split(r"\s*,?\s+(?:and|&)\s+|\s*,\s*", match[1]) if match else []
    return match[1] if match and all(map(_is_name, names)) else ""


def _is_name(name: str) -> bool:
    """Whether every word has a capital, save the small ones inside a name: "Mira van der Osk"."""
    found = name.split()
    large = [word[0].isupper() for word in found]
    return large[0] and large[-1] and all(up or len(word) < 4 for up, word in zip(large, found))


def _published(dated: list[DateLine], text: str, details: Details) -> Details:
    """The labelled day, else the first one with its year, else the first one in the text's only year."""
    days = [line.day for line in sorted(dated, key=lambda line: not line.labelled) if line.day]
    for written in days:
        if written.year:
            return details.over(Details(published=written.on(), published_from="text"))
    year = only_year(text) if days else None
    return details.over(Details(published=days[0].on(year), published_from="guess")) if year else details


@cache
def _credit_pattern() -> re.Pattern[str]:
    story = r"(?:this\s+(?:article|story|report)\s+(?:was|is)\s+)?"
    return re.compile(
        rf"(?:{any_of('credits')}\s*:|{story}{any_of('credit_phrases')}\b)\s*(.+)", re.IGNORECASE
    )


def _credit(foot: list[str]) -> str:
    """The agency in the foot: "Source: ...", "With inputs from ...", or a bracket as the last line."""
    for line in reversed(foot):
        match = _credit_pattern().fullmatch(line.strip("()[] "))
        if match and is_agency(match[1]):
            return match[1].strip(" .()")
    if len(foot) < 2 or len(foot[-1]) > LONGEST_TITLE:
        return ""
    last = re.fullmatch(r"[\s—–-]*[(\[/]([^()\[\]/]+)[)\]/]", foot[-1])
    if last and is_agency(last[1]) and not is_caption(foot[-2]):
        return last[1].strip()
    return ""
