"""As much English grammar as the rules need: tokens with coarse classes, verb forms, subjects and clause ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.vocabulary import vocabulary

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\$?\d[\d,.]*\d%?|\w+(?:[-’'.&]\w+)*(?:(?<=s)[’'](?=\s\w))?|[^\w\s]")
PARTICLE = re.compile(r"[a-z]{1,4}[-’'ʻ][A-Z]")  # al-Qattan, el-Amin, d'Orsay
POSSESSIVE = re.compile(r"[’']s?$")
GLOTTAL = "ʻʼʿʾˈ"  # letters for a glottal stop, which may stand before a capital: ʻAlisi
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
        return self.text.lstrip(GLOTTAL)[:1].isupper() or PARTICLE.match(self.text) is not None

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
    return is_finite_word(token.lower)


def is_finite_word(lower: str) -> bool:
    """Whether a word in small letters is surely a finite verb."""
    return lower in words("auxiliaries") or lower in _known_finite()


@cache
def _known_finite() -> frozenset[str]:
    lemmas = [lemma for lemma in vocabulary("cues")["verbs"] if "_" not in lemma]
    lemmas += [lemma for lemma in vocabulary("cues")["irregular"] if lemma not in lemmas]
    events = [group for groups in vocabulary("acts")["events"].values() for group in groups]
    lemmas += [lemma for group in events for lemma in group["verbs"] if "_" not in lemma]
    # Nouns as often as verbs: "the report", "calls", "his demands", "the offer".
    nouns = set(vocabulary("acts")["nouns_too"])
    found = {form for lemma in lemmas for tense, form in forms(lemma).items() if tense in {"s", "ed"}}
    found |= {
        forms(lemma.split("_")[0])["ed"] for group in events for lemma in group["verbs"] if "_" in lemma
    }
    return frozenset(found - nouns) | words("pasts")


def is_time_word(token: Token) -> bool:
    """Whether a token belongs to a time adverbial such as "late on Friday"."""
    return token.lower in words("days") or token.lower in words("months") or token.text.isdigit()
