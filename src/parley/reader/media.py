"""Media: which names and phrases of an article are media, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from parley.model import Article, Mention
from parley.reader.grammar import PARTICLE, words
from parley.reader.names import roles, strip_genitive
from parley.vocabulary import vocabulary

NAME = r"(?:[A-Z][\w’'-]*)(?:\s+(?:[A-Z][\w’'-]*|&|de|al-\w+))*"
LONGEST = 60  # characters of a medium's phrase
MARKS = '.,;:“”"()'


@cache
def _called() -> re.Pattern[str]:
    """A name right behind a medium's noun, and whether an article leads it: "the agency Orbit"."""
    nouns = "|".join(sorted(roles("relays")))
    return re.compile(
        rf"(?P<article>\b[Tt]he\s+(?:[a-z-]+\s+){{0,2}})?\b(?:{nouns})(?:,?\s+)(?P<name>{NAME})"
    )


@cache
def _citing() -> re.Pattern[str]:
    """What stands right before a source whom a medium cites."""
    return re.compile(vocabulary("cues")["cites"], re.I)


class Media:
    """The media that an article names."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self._text = article.text
        self._outlet = article.outlet
        self._others = {m.text for m in mentions if m.kind in {"person", "state", "place"}}
        called = [(_bare(m["name"]), m["article"]) for m in _called().finditer(article.text)]
        # Without an article the name is the subject that follows: "told state television Ana Sol had left".
        behind = {name for name, article_before in called if article_before or name not in self._others}
        self._named = [m for m in mentions if m.text in behind or set(m.text.split()) & roles("outlets")]
        self._names = behind | {mention.text for mention in self._named}

    def addressed(self, start: int) -> str:
        """The medium that stands at an offset; empty if none does, or the outlet's own "this newspaper"."""
        phrase = _phrase(self._text[start : start + LONGEST])
        return self.known(start) or (self._name(phrase, start) if self._only_here(" ".join(phrase)) else "")

    def known(self, start: int) -> str:
        """The medium at an offset that a medium's word, or the text elsewhere, shows to be one; empty if none does."""
        phrase = _phrase(self._text[start : start + LONGEST])
        surface = " ".join(phrase)
        if surface and surface.lower() in self._outlet.lower():
            return self._outlet
        known = surface in self._names or set(phrase) & roles("outlets")
        known = known or {word.lower() for word in phrase} & roles("relays")
        return self._name(phrase, start) if known else ""

    def passing(self, start: int) -> str:
        """The medium named behind "carried by" or "remarks to"; empty for a person, a state or a place."""
        name = self._name(_phrase(self._text[start : start + LONGEST]), start)
        return "" if name in self._others else name

    def cites(self, start: int, end: int, source: int) -> str:
        """The medium of the sentence text[start:end] that cites the source at an offset; empty if it names none."""
        if not _citing().search(self._text[start:source]):
            return ""
        found = [(at, name) for name in self._names if (at := self._text.find(name, start, end)) >= 0]
        return min(found, default=(0, ""))[1]

    def _only_here(self, surface: str) -> bool:
        """Whether a bare name is nobody that the text speaks of again: "informed Orbit that"."""
        long = len(surface.split()) > 1 or surface.isupper()
        bare = long and re.fullmatch(NAME, surface) is not None and surface not in self._others
        return bare and self._text.count(surface) == 1

    def _name(self, phrase: list[str], start: int) -> str:
        """What a medium is called: by its name if it has one ("the daily Orbit"), else by the whole ("state television")."""
        nouns = [at for at, word in enumerate(phrase) if word in roles("relays")]
        named = [word for word in phrase if _is_name(word)]
        if nouns and nouns[0] + 1 < len(phrase):
            behind = " ".join(phrase[nouns[0] + 1 :])
            if behind in self._names or behind not in self._others:
                return behind
            phrase = phrase[: nouns[0] + 1]
        if nouns and len(phrase) == 1:
            before = [mention.text for mention in self._named if mention.start < start]
            alike = [name for name in before if phrase[0] in name.lower()]
            return (alike or before or phrase)[-1]
        if nouns and not (len(named) > 1 or (named and named[0].isupper())):
            return " ".join(phrase)
        return " ".join(named)


def _phrase(surface: str) -> list[str]:
    """The words of a medium's phrase: its article left out, up to a mark, a time or a word that belongs to no medium."""
    kept: list[str] = []
    found = surface.split()
    for index, (word, behind) in enumerate(zip(found, [*found[1:], ""])):
        bare = strip_genitive(word.strip(MARKS))
        small = bare.lower()
        if not kept and small in words("own_media"):
            return []
        if kept or small not in words("determiners") | {"same"}:
            if _is_name(bare) and small in words("days") | words("months"):
                break
            leads = behind.strip(MARKS) in roles("relays") and bare == word  # "the rival channel"
            if not (_is_name(bare) or leads or small in words("around_media") | roles("relays")):
                break
            kept.append(bare)
        if word[-1] in MARKS and not (
            word[-1] == "," and small in roles("relays") and _apposed(found[index + 1 :])
        ):
            break
    while kept and not _is_name(kept[-1]) and kept[-1].lower() not in roles("relays"):
        kept.pop()
    return kept


def _apposed(behind: Sequence[str]) -> bool:
    """Whether a name and a mark follow: "the official agency, Orbit, said", not "state television, Ana Sol said"."""
    named = list(takewhile(_is_name, behind))
    return bool(named) and named[-1][-1] in MARKS


def _is_name(word: str) -> bool:
    return word[:1].isupper() or word == "&" or PARTICLE.match(word) is not None


def _bare(name: str) -> str:
    return strip_genitive(name.strip(MARKS))
