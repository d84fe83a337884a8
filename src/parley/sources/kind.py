"""What kind of text it is, by its shape: a report, unless plainly an agreement or a party's statement."""

from __future__ import annotations

import re
from functools import cache

from parley.sources.dateline import any_of, words
from parley.sources.dates import days_in
from parley.vocabulary import vocabulary

FEWEST_PROVISIONS = 3
SHARE = 0.5  # of the paragraphs
HEAD_LINES = 6
LONGEST_HEADING = 8  # words of "Article 3 Release of prisoners"
LONGEST_LINE = 100  # characters of a line that says what the text is
QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|(?<!\w)‘[^‘’\n]*’(?!\w)")


def kind_of(text: str) -> str:
    """agreement, statement or report."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n", text)]
    blocks = [block for block in blocks if block]
    if _is_agreement(blocks):
        return "agreement"
    return "statement" if _is_statement(text) else "report"


@cache
def _provision() -> re.Pattern[str]:
    """Matches a provision's head: "Article 1", "1.", "2)", "(1)", "(b)", "IV."."""
    return re.compile(
        rf"(?i:{any_of('provisions')})\s+(?:\d{{1,3}}|[IVX]{{1,5}})\b"
        r"|\((?:\d{1,3}|[a-z]|[ivxIVX]{1,5})\)\s|(?:\d{1,3}|[IVX]{1,5})[.)]\s"
    )


def _is_agreement(blocks: list[str]) -> bool:
    """Several numbered provisions that make up most of the paragraphs and bind "the Parties"."""
    covered, provisions = 0, []
    under_heading = False
    for block in blocks:
        numbered = _provision().match(block) is not None
        if numbered:
            provisions.append(block)
        elif under_heading:
            provisions[-1] += "\n" + block
        covered += numbered or under_heading
        under_heading = numbered and "\n" not in block and len(block.split()) <= LONGEST_HEADING
    if len(provisions) < FEWEST_PROVISIONS or covered < SHARE * len(blocks):
        return False
    binding = re.compile(rf"\b{any_of('binding')}\b", re.IGNORECASE)
    bound = re.compile(rf"\b{any_of('bound')}\b", re.IGNORECASE)
    binds = sum(binding.search(provision) is not None for provision in provisions)
    return binds >= 2 and bound.search("\n".join(provisions)) is not None


def _is_statement(text: str) -> bool:
    """A line that says so and nothing else, or a heading "Statement by ..." over a text that says "we"."""
    lines = [line.strip(" #*_") for line in text.split("\n") if line.strip()][:HEAD_LINES]
    lines = [line for line in lines if len(line) <= LONGEST_LINE]
    if any(_bare(line) in words("statement_lines") for line in lines):
        return True
    if not any(re.match(rf"{any_of('statement_openings')}\b", line, re.IGNORECASE) for line in lines):
        return False
    own = "|".join(f"{word}|{word.capitalize()}" for word in vocabulary("datelines")["first_person"])
    return re.search(rf"\b(?:{own})\b", QUOTED.sub("", text)) is not None  # in capitals, US is a state


def _bare(line: str) -> str:
    """A line in small letters without its day or number: "Communiqué No. 5", "PRESS RELEASE, 6 May 2031"."""
    day = next(days_in(line), None)
    words_only = re.split(r"\d", line[: day.start] if day else line)[0]
    return re.sub(r"\W*(?:\b(?:no|nr))?\W*$", "", words_only, flags=re.IGNORECASE).lower()
