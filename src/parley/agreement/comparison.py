"""A proposal beside the agreement in force, provision by provision: kept, changed, added, dropped, not mentioned."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parley.linking.deeds import key_words
from parley.model import Comparison, Term
from parley.vocabulary import vocabulary

ABOUT = 0.34  # share of the shorter text's words from which a change is about a provision
SHARED = 3  # ... and so many words in common
KEPT = 0.8  # share of a change's words that stand in a provision that it keeps
NUMBER = re.compile(r"\d+")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(str(vocabulary("proposals")[key]), re.I)


def compare(changes: Sequence[str], terms: Sequence[Term]) -> tuple[Comparison, ...]:
    """Every change with the provision that it is nearest to, then every provision that none of them touches.

    Empty where the record has no agreement in force to compare with.
    """
    in_force = [term for term in terms if term.source in {"text", "person"}]
    words = {term.id: key_words(_text(term)) for term in in_force}
    holders: dict[str, list[str]] = defaultdict(list)
    for term in in_force:
        for word in sorted(words[term.id]):
            holders[word].append(term.id)
    texts = {term.id: _text(term) for term in in_force}
    touched: set[str] = set()
    rows = []
    for change in changes if in_force else ():
        nearest = _nearest(key_words(change), words, holders)
        touched.add(nearest)
        rows.append(Comparison(nearest, _relation(change, texts.get(nearest, "")), change))
    left = (term for term in in_force if term.id not in touched)
    return (*rows, *(Comparison(term.id, "not mentioned", texts[term.id]) for term in left))


def _text(term: Term) -> str:
    """A provision in one line."""
    return " ".join(filter(None, (term.bearer, term.act, term.object, term.amount)))


def _nearest(
    change: frozenset[str], words: Mapping[str, frozenset[str]], holders: Mapping[str, list[str]]
) -> str:
    """The id of the provision that a change is about; empty where it is about none."""
    scores = sorted(_scores(change, words, {one for word in change for one in holders.get(word, ())}))
    return scores[-1][-1] if scores else ""


def _scores(
    change: frozenset[str], words: Mapping[str, frozenset[str]], near: set[str]
) -> Iterator[tuple[int, float, str]]:
    for one in near:
        shared = len(change & words[one])
        share = shared / min(len(change), len(words[one]))
        if shared >= SHARED and share >= ABOUT:
            yield shared, share, one


def _relation(change: str, provision: str) -> str:
    """How a change stands to the provision that it is about."""
    if not provision:
        return "added"
    if _pattern("drops").search(change):
        return "dropped"
    own, known = key_words(change), key_words(provision)
    same_numbers = set(NUMBER.findall(change)) <= set(NUMBER.findall(provision))
    if not _pattern("replaces").search(change) and same_numbers and len(own & known) >= KEPT * len(own):
        return "kept"
    return "changed"
