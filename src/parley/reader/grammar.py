"""As much English grammar as the rules need: tokens with coarse classes, verb forms, subjects and clause ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.vocabulary import vocabulary

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\$?\d[\d,.]*\d%?|\w+(?:[-’'.&]\w+)*|[^\w\s]")
POSSESSIVE = re.compile(r"[’']s?$")
QUOTES = frozenset("\"“”«»„‘’'")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: offsets into the article's text and its form in lower case."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number, not a mark."""
        return self.text[0].isalnum() or self.text[0] == "$"

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name."""
        return self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it ends in a possessive."""
        return len(self.lower) > 2 and POSSESSIVE.search(self.lower) is not None


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end]."""
    found = []
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        found.append(Token(match.start(), match.end(), word, word.lower().replace("’", "'")))
    return found


@cache
def words(key: str) -> frozenset[str]:
    """One of the closed word lists of vocabulary/cues.yaml."""
    return frozenset(map(str, vocabulary("cues")[key]))


def forms(lemma: str) -> dict[str, str]:
    """The forms of a verb by tense: s, ed, ing, en and base."""
    irregular = vocabulary("cues")["irregular"].get(lemma)
    if irregular:
        return dict(zip(("s", "ed", "ing", "en"), irregular), base=lemma)
    if lemma.endswith("e"):
        past = lemma + "d"
        return {"s": lemma + "s", "ed": past, "ing": lemma[:-1] + "ing", "en": past, "base": lemma}
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        past = lemma[:-1] + "ied"
        return {"s": lemma[:-1] + "ies", "ed": past, "ing": lemma + "ing", "en": past, "base": lemma}
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    past = lemma + "ed"
    return {"s": third, "ed": past, "ing": lemma + "ing", "en": past, "base": lemma}


def is_adverb(token: Token) -> bool:
    """Whether a token may stand between a subject and its verb."""
    return token.lower in words("adverbs") or (token.lower.endswith("ly") and len(token.lower) > 4)


def is_finite(token: Token) -> bool:
    """Whether a token is surely a finite verb: an auxiliary or a known verb's past or third person."""
    return token.lower in words("auxiliaries") or token.lower in _known_finite()


@cache
def _known_finite() -> frozenset[str]:
    lemmas = [lemma for lemma in vocabulary("cues")["verbs"] if "_" not in lemma]
    lemmas += [lemma for lemma in vocabulary("cues")["irregular"] if lemma not in lemmas]
    lemmas += [
        lemma
        for group in vocabulary("acts")["events"].values()
        for lemma in group["verbs"]
        if "_" not in lemma
    ]
    # Nouns as often as verbs: "the report", "calls", "his demands", "the offer".
    nouns = set(vocabulary("acts")["nouns_too"])
    found = {form for lemma in lemmas for tense, form in forms(lemma).items() if tense in {"s", "ed"}}
    return frozenset(found - nouns) | words("pasts")


def is_time_word(token: Token) -> bool:
    """Whether a token belongs to a time adverbial such as "late on Friday"."""
    return token.lower in words("days") or token.lower in words("months") or token.text.isdigit()


def skip_left(tokens: Sequence[Token], index: int) -> int:
    """The index of the last token of a subject that ends at or before `index`: auxiliaries, adverbs, times passed over."""
    while index >= 0:
        token = tokens[index]
        if token.lower in words("auxiliaries") or is_adverb(token):
            index -= 1
        elif is_time_word(token) and not (token.lower in {"this", "the"} and index == 0):
            start = index
            while start >= 0 and (is_time_word(tokens[start]) or tokens[start].lower in {",", "in", "at"}):
                start -= 1
            run = tokens[start + 1 : index + 1]
            if not any(t.lower in words("days") | words("months") for t in run):
                return index
            index = start
        else:
            return index
    return index


def subject_before(tokens: Sequence[Token], verb: int, floor: int = 0) -> tuple[int, int] | None:
    """The noun phrase before a verb as token indices [first, last], or None where there is none to be seen."""
    last = skip_left(tokens, verb - 1)
    if last < floor:
        return None
    if tokens[last].lower == ",":
        return _before_apposition(tokens, last, floor)
    first = noun_phrase_start(tokens, last, floor)
    return _valid(tokens, first, last)


def noun_phrase_start(tokens: Sequence[Token], last: int, floor: int) -> int:
    """The first token of the noun phrase that ends at `last`."""
    first = last
    while first > floor:
        token = tokens[first - 1]
        if token.lower in words("subordinators") or token.text in ";:—–()" or token.text in QUOTES:
            break
        if token.lower == "," and not _inside_list(tokens, first, floor):
            break
        if is_finite(token) and not token.possessive:
            break
        if token.lower in {"and", "&"} and _verb_before(tokens, first - 1, floor):
            break
        first -= 1
    return _drop_opener(tokens, first, last)


def _inside_list(tokens: Sequence[Token], comma: int, floor: int) -> bool:
    """Whether the comma before `comma` separates names in one list: "the envoy, Ana Sol, and the council"."""
    before, behind = tokens[comma - 2] if comma - 2 >= floor else None, tokens[comma]
    if before is None or not before.is_name:
        return False
    if behind.lower == "and":
        return True
    # "X, Name, and Y": a name between two commas with "and" behind it.
    index = comma
    while index < len(tokens) and (tokens[index].is_name or tokens[index].lower in {"of", "the", "for"}):
        index += 1
    return index + 1 < len(tokens) and tokens[index].lower == "," and tokens[index + 1].lower == "and"


def _verb_before(tokens: Sequence[Token], index: int, floor: int) -> bool:
    """Whether a finite verb stands before `index` in the same clause."""
    while index > floor:
        index -= 1
        if tokens[index].lower in words("subordinators") or tokens[index].text in ";:":
            return False
        if is_finite(tokens[index]):
            return True
    return False


def _drop_opener(tokens: Sequence[Token], first: int, last: int) -> int:
    """Pass over "Meanwhile", "On Friday", "In a statement" that stand before a subject."""
    while first < last:
        token = tokens[first]
        if token.lower in words("openers") or is_adverb(token) or token.text in ",;":
            first += 1
        elif token.lower in words("prepositions") and token.lower not in {"like", "both"}:
            behind = first + 1
            while behind <= last and is_time_word(tokens[behind]):
                behind += 1
            if behind == first + 1 or behind > last:
                return _last_phrase(tokens, first, last)
            first = behind
        elif is_time_word(token) and token.lower not in {"the", "this", "on", "last", "early", "late"}:
            first += 1
        else:
            break
    return first


def _last_phrase(tokens: Sequence[Token], first: int, last: int) -> int:
    """The start of the last plain noun phrase behind a preposition: "In a statement the group" -> "the group"."""
    index = last
    while index > first and tokens[index].lower not in words("prepositions"):
        if tokens[index].lower in words("determiners") and index - 1 > first:
            return index
        index -= 1
    return index + 1 if index < last else last


def _before_apposition(tokens: Sequence[Token], comma: int, floor: int) -> tuple[int, int] | None:
    """The head of "Ana Sol, a spokeswoman for the union, said" or "Sol, who leads the team, said"."""
    opening = comma - 1
    while opening > floor and tokens[opening].lower != ",":
        if tokens[opening].text in ";:":
            return None
        opening -= 1
    if opening <= floor:
        return None
    last = skip_left(tokens, opening - 1)
    if last < floor:
        return None
    return _valid(tokens, noun_phrase_start(tokens, last, floor), last)


def subject_after(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """The noun phrase behind an inverted verb ("said the envoy"), up to a mark, a verb or a time."""
    first = verb + 1
    last = first - 1
    for index in range(first, len(tokens)):
        token = tokens[index]
        if not token.is_word and not (token.text == "." and len(tokens[index - 1].text) <= 4):
            break
        if is_finite(token) or token.lower in words("subordinators"):
            break
        if is_time_word(token) and index > first and not tokens[index].lower == "the":
            break
        if token.lower in {
            "in",
            "on",
            "at",
            "during",
            "after",
            "by",
            "from",
            "to",
            "as",
            "through",
            "late",
        } and (token.lower != "in" or index > first):
            break
        last = index
    while last > first and not tokens[last].is_word:
        last -= 1
    return _valid(tokens, first, last)


def _valid(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The phrase if it can be a noun phrase at all."""
    if first > last or first < 0 or not tokens[last].is_word:
        return None
    head = tokens[last].lower
    if head in words("prepositions") or head in words("determiners") - {
        "this",
        "these",
        "those",
        "all",
        "both",
        "many",
        "some",
        "one",
        "another",
        "several",
        "others",
    }:
        return None
    if first == last and (head in words("openers") or head in words("subordinators") - {"who"}):
        return None
    return first, last
