"""Units: a sentence with its tokens; sentences that one quotation runs through are one unit."""

from __future__ import annotations

from dataclasses import dataclass

from parley.reader.grammar import QUOTES, Token, tokenize
from parley.reader.quotes import Quoted, quotations
from parley.reader.sentences import paragraphs, sentences


@dataclass(frozen=True)
class Unit:
    """A stretch of one paragraph that attributions are read from; `quoted` says of each token whether it is quoted."""

    start: int
    end: int
    paragraph: tuple[int, int]
    tokens: tuple[Token, ...]
    quoted: tuple[bool, ...]
    carries_on: bool = False  # it opens inside a quotation that an earlier paragraph left open

    @property
    def wholly_quoted(self) -> bool:
        """Whether nothing but marks stands outside quotation marks."""
        return all(quoted for token, quoted in zip(self.tokens, self.quoted) if token.is_word)

    @property
    def opens_paragraph(self) -> bool:
        """Whether it stands at the head of its paragraph."""
        return self.start == self.paragraph[0]


def read_units(text: str) -> list[Unit]:
    """The units of a text, in order."""
    quoted = Quoted(quotations(text))
    split = sentences(text)
    found: list[Unit] = []
    index = 0
    for paragraph in paragraphs(text):
        spans: list[tuple[int, int]] = []
        while index < len(split) and split[index][1] <= paragraph[1]:
            start, end = split[index]
            if spans and _goes_on(text, quoted, spans[-1], start):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            index += 1
        found += [_unit(text, start, end, paragraph, quoted) for start, end in spans]
    return found


def _goes_on(text: str, quoted: Quoted, before: tuple[int, int], start: int) -> bool:
    """Whether one quotation runs from the sentence before into the one that starts here."""
    around = quoted.at(start)
    return around is not None and around is quoted.at(before[1] - 1)


def _unit(text: str, start: int, end: int, paragraph: tuple[int, int], quoted: Quoted) -> Unit:
    tokens = tokenize(text, start, end)
    flags = []
    for token in tokens:
        inside = quoted.at(token.start)
        flags.append(inside is not None and not (token.text in QUOTES and inside.start == token.end))
    around = quoted.at(tokens[0].start) or quoted.at(tokens[0].end) if tokens else None
    return Unit(
        start, end, paragraph, tuple(tokens), tuple(flags), around is not None and around.start < paragraph[0]
    )
