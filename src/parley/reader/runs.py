"""Runs: capitalised words in a row, with the small words, initials and nicknames that stand inside a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parley.reader.grammar import QUOTES, Token, words
from parley.vocabulary import vocabulary

GENITIVE = re.compile(r"[’']s?$")
INITIAL_REACH = 2  # characters between an initial's full stop and the name that goes on
ORDINAL = frozenset({"st", "nd", "rd", "th"})
JOINS_DEFINITE = frozenset({"of", "for"})  # before "the": the Commission for the Fallen


@cache
def roles(key: str) -> frozenset[str]:
    """One of the word lists of vocabulary/roles.yaml."""
    return frozenset(map(str, vocabulary("roles")[key]))


def strip_genitive(text: str) -> str:
    """A name without its genitive ending."""
    return GENITIVE.sub("", text)


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row: the tokens of a name, with what stands before it."""

    tokens: tuple[Token, ...]
    opens_sentence: bool

    @property
    def words(self) -> tuple[str, ...]:
        """Its words without a genitive ending."""
        return tuple(strip_genitive(token.text) for token in self.tokens)


def runs(tokens: list[Token]) -> list[Run]:
    """The runs of capitalised words in a sentence."""
    found: list[Run] = []
    current: list[Token] = []
    marks = _nickname_marks(tokens)
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if _joins(tokens, index, current) or (
            token.is_name and token.is_word and not _is_function_word(token, index, bool(current))
        ):
            current.append(token)
            within = _owns_body(token, following) or _shares_body(tokens, index)
            if token.possessive and not within and not _tells_purpose(current, following):
                current = _close(found, current, tokens)
        elif (
            _numbers_body(token, current)
            or _joins_body(tokens, index, current)
            or _joins_purpose(tokens, index, current)
            or _counts_body(tokens, index, current)
        ):
            current.append(token)
        elif current and (index in marks or _shortens(token, current[-1], following)):
            continue
        else:
            current = _close(found, current, tokens)
    _close(found, current, tokens)
    return found


def _close(found: list[Run], current: list[Token], sentence: list[Token]) -> list[Token]:
    """Keep a run that has ended; what the next one begins with, nothing."""
    if current:
        opening = next((token for token in sentence if token.is_word), current[0])
        found.append(Run(tuple(current), current[0] is opening))
    return []


def _joins(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether a small word goes on with a name: "Ana de Sol", "the Commission for the Fallen"."""
    if not current or index + 1 >= len(tokens) or current[-1].possessive:
        return False
    token, following = tokens[index], tokens[index + 1]
    if token.lower == "the":
        return current[-1].lower in JOINS_DEFINITE and following.is_name
    if token.lower not in roles("connectors"):
        return False
    definite = (
        token.lower in JOINS_DEFINITE
        and following.lower == "the"
        and index + 2 < len(tokens)
        and tokens[index + 2].is_name
        and tokens[index + 2].is_word
        and (current[-1].text in roles("bodies") or _within_body(current))
    )
    particles = following.lower in roles("connectors") - JOINS_DEFINITE and token.lower not in JOINS_DEFINITE
    named = particles and index + 2 < len(tokens) and tokens[index + 2].is_name  # Jan van der Sol
    return following.is_name or definite or named


def _within_body(current: list[Token]) -> bool:
    """Whether a run says what a body is for: "the Council for the Defence", "the Ministry of Energy"."""
    return any(
        one.text in roles("bodies") and other.lower in JOINS_DEFINITE for one, other in pairwise(current)
    )


def _shortens(token: Token, last: Token, following: Token | None) -> bool:
    """Whether a full stop stands behind a title or an initial, within a name: "Col. Ana R. Sol"."""
    if token.text != "." or following is None or not following.is_name:
        return False
    initial = len(last.text) == 1 and following.start - token.end < INITIAL_REACH
    return last.text in roles("titles") or initial


def _nickname_marks(tokens: list[Token]) -> set[int]:
    """The quotation marks around a nickname inside a name: Ana “Bell” Sol."""
    found = set()
    for index in range(1, len(tokens) - 3):
        before, mark, nickname, closing, behind = tokens[index - 1 : index + 4]
        named = before.is_name and nickname.is_name and behind.is_name
        if named and {mark.text, closing.text} <= QUOTES:
            found |= {index, index + 2}
    return found


def _owns_body(token: Token, following: Token | None) -> bool:
    """Whether a genitive stands within a body's name: "the Dockers' Union", "the People's Front"."""
    shared = token.lower.endswith(("s'", "s’")) or strip_genitive(token.lower) in roles("everybody")
    return shared and following is not None and strip_genitive(following.text) in roles("bodies")


def _tells_purpose(current: list[Token], following: Token | None) -> bool:
    """Whether a genitive stands within what a body is for: "the Committee for Veterans' Affairs"."""
    return following is not None and following.text in roles("purposes") and _within_body(current)


def _shares_body(tokens: list[Token], index: int) -> bool:
    """Whether a genitive is the first of two within a body's name: "the Nurses' and Midwives' Union"."""
    return (
        index + 3 < len(tokens)
        and tokens[index + 1].text in {"and", "&"}
        and tokens[index + 2].possessive
        and _owns_body(tokens[index + 2], tokens[index + 3])
    )


def _numbers_body(token: Token, current: list[Token]) -> bool:
    """Whether a number belongs to a body's name: "Local 14"."""
    return bool(current) and token.text.isdigit() and current[-1].text in roles("bodies")


def _counts_body(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether an ordinal in digits opens a body's name: "the 63rd Battalion"."""
    if current:
        return current[-1].text.isdigit() and tokens[index].lower in ORDINAL
    if index + 2 >= len(tokens) or not tokens[index].text.isdigit():
        return False
    return tokens[index + 1].lower in ORDINAL and strip_genitive(tokens[index + 2].text) in roles("bodies")


def _joins_body(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether "and" stands within a body's name: "the Dock and Towage Union"."""
    if tokens[index].lower not in {"and", "&"} or not current:
        return False
    if _shares_body(tokens, index - 1):
        return True
    if _lists_members(tokens, index, current) or _ends_in_members(tokens, index, current):
        return True
    if len(current) > 2:
        return False
    before = index - len(current) - 1
    last = index + 1
    while last + 1 < len(tokens) and tokens[last + 1].is_name and last < index + 3:
        last += 1
    ends = last < len(tokens) and last > index + 1 and strip_genitive(tokens[last].text) in roles("bodies")
    opens = before >= 0 and (tokens[before].lower in words("determiners") or tokens[before].possessive)
    return ends and opens and not {token.text for token in current} & roles("bodies")


def _ends_in_members(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether "and" stands before the members that a body's name ends in: "the League of Stage and Circus Players"."""
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].is_name and last < index + 3:
        last += 1
    members = tokens[last].lower
    people = roles("persons") | roles("proprietors")
    return last > index and _within_body(current) and members.endswith("s") and members[:-1] in people


def _lists_members(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether "and" stands between two sorts of members or tasks in a body's name: "Sarn Nurses and Midwives Union"."""
    behind = [strip_genitive(token.text) for token in tokens[index + 1 : index + 4]]
    sorts = {strip_genitive(current[-1].text), *behind[:1]} <= roles("purposes")
    body = next((word for word in behind[1:] if word not in roles("purposes")), "")
    return sorts and body in roles("bodies")


def _joins_purpose(tokens: list[Token], index: int, current: list[Token]) -> bool:
    """Whether "and" or a comma stands within what a body or an office is for: "Minister of Trade, Industry and Labour"."""
    if not current or tokens[index].text not in {"and", "&", ","} or index + 1 >= len(tokens):
        return False
    heads = roles("bodies") | roles("titles")
    purposeful = any(one.text in heads and other.lower in JOINS_DEFINITE for one, other in pairwise(current))
    if not purposeful or current[-1].text not in roles("purposes"):
        return False
    if tokens[index].text == ",":
        rest = (token for token in tokens[index + 1 :] if token.text not in roles("purposes"))
        stop = next(rest, None)
        if stop is None or stop.text not in {"and", "&"}:
            return False
    return tokens[index + 1].text in roles("purposes")


def _is_function_word(token: Token, index: int, within: bool) -> bool:
    """Whether a capital stands on a word that is no name: at the head of a sentence, a day, a month; not within a name."""
    if token.lower in words("days") | words("months") | words("pronouns") or token.text in {"I", "A"}:
        return True
    if (
        within
        and not token.lower.endswith("ly")
        and token.lower not in words("determiners") | words("auxiliaries")
    ):
        return False
    if index and token.lower in roles("counted"):
        return False
    return (
        token.lower in _closed_words()
        or token.lower in words("auxiliaries")
        or (index == 0 and token.lower.endswith("ly"))
    )


@cache
def _closed_words() -> frozenset[str]:
    keys = ("determiners", "prepositions", "subordinators", "openers", "adverbs")
    return frozenset().union(*map(words, keys))
