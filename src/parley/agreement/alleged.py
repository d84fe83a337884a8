"""The nouns of alleged violations: an allegation, what the reports give for it, the provisions that it may be of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from parley.agreement.parties import NAME, Sides
from parley.linking.deeds import key_words, likeness
from parley.model import Act, Article, Statement, Term, Time
from parley.vocabulary import vocabulary

MOST_NEAR = (
    50  # provisions that share a word with an allegation and are compared with it, the first told first
)


@cache
def pattern(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/breaches.yaml."""
    return re.compile(vocabulary("breaches")[key], re.I)


@dataclass(frozen=True)
class Told:
    """What the reports give for finding allegations: their rows, and which body a phrase stands for."""

    articles: Sequence[Article]
    acts: Sequence[Act]
    statements: Sequence[Statement]
    times: Sequence[Time]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Allegation:
    """Words that say that something agreed was broken, with who says so and of whom; empty where nothing tells."""

    article: Article
    start: int  # its sentence
    end: int
    at: int  # the words that complain
    until: int
    speaker: str  # whose words they are, as the report names them; empty where the report itself speaks
    target: str = ""  # whom an act of accusing names
    said: Statement | None = None
    evidence: tuple[str, ...] = ()
    by_act: bool = False  # an act of accusing
    denial: bool = False  # an act of denying
    only_called: bool = False  # nothing but the word "accusation" tells of it
    sure: bool = True  # the words say so by themselves
    denier: str = ""  # the side that denies it in the same words or right behind them
    accuser: str = ""
    accused: str = ""
    inferred: str = ""  # how the accused was found, where the words do not name them

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.text[self.start : self.end]

    @property
    def words(self) -> str:
        """The words that complain."""
        return self.article.text[self.at : self.until]

    @property
    def paragraph(self) -> int:
        """Where its paragraph begins."""
        return self.article.text.rfind("\n", 0, self.start) + 1


class Bound:
    """The provisions of the record: which an allegation names or is most alike, and whom one binds."""

    def __init__(self, terms: Sequence[Term], sides: Sides) -> None:
        self._sides = sides
        self._bearers: dict[str, str] = {}
        self._numbered: dict[str, Term] = {}
        self._by_word: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            if term.kind != "power":
                self._numbered.setdefault(term.name.lower().rstrip(".").rpartition(" ")[2], term)
                for word in _words_of(term):
                    self._by_word[word].append(term)

    def nearest(self, one: Allegation) -> Term | None:
        """The provision that an allegation is most alike by its words, else by its sentence; none that binds the accuser."""
        accuser = self._sides.of(one.accuser or one.speaker, one.article.id)
        for words in (one.words, one.text):
            asked = key_words(words)
            near = {t.id: t for word in sorted(asked) for t in self._by_word.get(word, ())[:MOST_NEAR]}
            like = [
                (likeness(asked, _words_of(term), _names_in(term.object)), term)
                for term in near.values()
                if not accuser or self.bearer(term) != accuser
            ]
            share, best = max(like, key=lambda pair: pair[0], default=(0.0, None))
            if share:
                return best
        return None

    def of(self, one: Allegation) -> tuple[Term | None, str]:
        """(the provision that an allegation names by number, else the one that it is most alike, the name that it gives)."""
        named = pattern("named").search(one.text)
        if not named:
            return self.nearest(one), ""
        return self._numbered.get(named.group().split()[-1].lower()), named.group()

    def bearer(self, term: Term | None) -> str:
        """The party that a provision binds, else the only one that it names; empty where there is none."""
        if term is None:
            return ""
        if term.id not in self._bearers:
            self._bearers[term.id] = self._bound_by(term)
        return self._bearers[term.id]

    def _bound_by(self, term: Term) -> str:
        phrases = ([term.bearer] if term.bearer else [], NAME.findall(term.text))
        for names in phrases:
            found = {self._sides.of(name, term.article) for name in names} & set(self._sides.parties)
            if len(found) == 1:
                return found.pop()
        return ""


def _words_of(term: Term) -> frozenset[str]:
    """The key words of what a provision is about."""
    return key_words(f"{term.act} {term.object}")


@lru_cache(maxsize=10_000)
def _names_in(phrase: str) -> frozenset[str]:
    """The key words of the names in a phrase: a place that two deeds share tells little."""
    return frozenset(word for part in phrase.split() if part[:1].isupper() for word in key_words(part))


@dataclass(frozen=True)
class Here:
    """What an article names, and what was alleged in it so far."""

    sides: Sides
    named: Sequence[tuple[int, str]]  # where it names a body, or a party's person, and the side of that
    bound: Bound
    acts: Sequence[Act]  # of accusing and denying
    before: dict[str, str]  # accuser's side -> whom it accused last

    def side(self, phrase: str, article: str) -> str:
        """The side that a phrase stands for, else the phrase."""
        return self.sides.of(phrase, article) or phrase if phrase else ""

    def between(self, start: int, end: int) -> list[tuple[int, str]]:
        """What is named between two offsets."""
        return list(self.named[bisect_left(self.named, (start, "")) : bisect_left(self.named, (end, ""))])

    def is_party(self, name: str) -> bool:
        """Whether a name is a party's."""
        return name in self.sides.parties
