"""Which provisions a deed is about: the thing that is owed has to be told of, not only the verb."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from parley.linking.deeds import key_words
from parley.linking.text import stems_of
from parley.model import Term
from parley.reader.grammar import words
from parley.reader.numbers import number_of
from parley.vocabulary import vocabulary

LEAST_SHARED = 2  # words that an act and a provision have in common ...
LEAST_SHARE = 0.5  # ... and their share of the provision's words
LONGEST_TERM = 12  # words of a provision that an act is compared with
JOINS = frozenset({"and", "or"})
OF_A_PLACE = frozenset({"from"})  # "its guards from the checkpoint": what is left is as much the thing


class Provisions:
    """Provisions by the words of what is owed."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Index the provisions of a record."""
        self.words = {term.id: _words(_owed(term)) for term in terms}
        names = {term.id: re.findall(r"\b[A-Z][\w’'-]+", _owed(term)[1:]) for term in terms}
        self.plain = {term: found - key_words(" ".join(names[term])) for term, found in self.words.items()}
        self.things = {term.id: things(_owed(term).removeprefix(term.act)) for term in terms}
        self.terms = {term.id: term for term in terms}
        self._places = {term: place for place, term in enumerate(self.terms)}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for term, found in self.words.items():
            for word in sorted(found):
                self._by_word[word].append(term)

    def like(self, text: str) -> list[Term]:
        """Provisions that a deed is about: those with most words in common, where they tie those of the first phase.

        Those that a person entered and those of the agreement's own text don't vie with each other.
        """
        told = _words(text)
        shared = Counter(term for word in told for term in self._by_word.get(word, ()))
        near = {
            term: (count, count / len(self.words[term]))
            for term, count in shared.items()
            if count >= LEAST_SHARED
            and count >= LEAST_SHARE * len(self.words[term])
            and told & self.plain[term]
            and (not self.things[term] or told & self.things[term])
        }
        by_source: dict[str, list[Term]] = defaultdict(list)
        for term in sorted(near, key=self._places.__getitem__):
            by_source[self.terms[term].source].append(self.terms[term])
        return [one for some in by_source.values() for one in _best(some, near)]


def _best(terms: Sequence[Term], near: Mapping[str, tuple[int, float]]) -> list[Term]:
    """Of provisions in their order the nearest that belong to one phase."""
    top = max(near[term.id] for term in terms)
    tied = [term for term in terms if near[term.id] == top]
    return [term for term in tied if term.phase == tied[0].phase]


def _words(phrase: str) -> frozenset[str]:
    """The key words of a deed; numbers are compared as amounts."""
    return frozenset(word for word in key_words(phrase) - JOINS if number_of(word) is None)


def _owed(term: Term) -> str:
    return " ".join(f"{term.act} {term.object}".split()[:LONGEST_TERM])


def things(phrase: str) -> frozenset[str]:
    """The key words of the things that a verb's object names: "the register of captured soldiers" is a register."""
    found: set[str] = set()
    for lead, chunk in _chunks(phrase):
        if found and lead not in JOINS | OF_A_PLACE:
            continue
        heads = [word for word in reversed(chunk) if _is_thing(word)]
        found |= key_words(heads[0]) if heads else frozenset()
    return frozenset(found)


def _chunks(phrase: str) -> Iterator[tuple[str, list[str]]]:
    """The runs of words between words of grammar, each with the one that leads it."""
    lead, chunk = "", list[str]()
    for word in re.findall(r"[\w’'-]+|[^\w\s]", phrase):
        if word.lower() in JOINS | words("prepositions") | words("subordinators") or not word[0].isalnum():
            yield lead, chunk
            lead, chunk = word.lower(), []
        elif word.lower() not in words("determiners"):
            chunk.append(word)
    yield lead, chunk


def _is_thing(word: str) -> bool:
    """Whether a word names a thing, not how many there are or a word of giving and leaving."""
    told = key_words(word)
    return bool(told) and not told & _no_things() and number_of(word) is None


@cache
def _no_things() -> frozenset[str]:
    units = {str(word) for word in vocabulary("times")["units"]} | {"tonne", "ton"}
    return frozenset(stems_of("deeds", "light") | stems_of("deeds", "half") | key_words(" ".join(units)))


def is_way_of(term: Term, told: Collection[str]) -> bool:
    """Whether a deed's key words have the verb of a provision; handing over is one deed in many words."""
    verb = key_words(term.act)
    return not verb or any(not ways.isdisjoint(told) for ways in (verb, _giving()) if verb & ways)


@cache
def _giving() -> frozenset[str]:
    return key_words(" ".join(("give", *vocabulary("agreement")["handed_over"])))
