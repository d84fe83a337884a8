"""Claims: the same thing said in one or more reports, with the two counts, carried by and voices."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from operator import mul
from types import MappingProxyType
from typing import Any

import networkx as nx
import numpy as np

from parley.linking.actors import side_of
from parley.linking.text import content_words, fold, rarity, stem
from parley.model import Act, Actor, Article, Claim, SharedPassage, Span, Statement, derived_id
from parley.reader.decoding import Floats
from parley.reader.grammar import forms
from parley.reader.numbers import read_numbers
from parley.reader.vectors import from_text
from parley.vocabulary import vocabulary

SAME = 0.55  # weighted word overlap from which two contents say the same
SAME_SPEAKER = 0.40  # ... where one and the same actor says both
ANSWERS = 0.30  # ... from which a denial answers a claim
LATEST = 40  # statements per word that a statement is compared with: those that came last
CLOSE = 0.65  # cosine from which statements are compared whatever their words: nearly all that ODDS join stand there
RECENT = 4096  # statements, at most, whose meaning one is compared with: those that came last
NEGATED = 3  # words behind a negation that it is about
# By the log odds of these, fitted by training/claims.py on the train split's gold, two contents say the same in other
# words: likeness of meaning, of words, share of the shorter one's words in the longer, one speaker, equal figures, one report.
ODDS = (5.5, 2.8, 2.1, 2.1, 1.8, -0.9)
LEAST_ODDS = 7.4  # from which nine compared pairs in ten are right there
NAME = re.compile(r"(?<=[\w,’'] )[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text claims, in comparable form."""

    words: frozenset[str]
    numbers: frozenset[float]
    names: frozenset[str]
    days: frozenset[str]
    so: bool  # asserted; False where it says that something is not so
    negated: frozenset[str] = frozenset()  # the words right behind a negation

    def fits(self, other: Gist) -> bool:
        """Whether figures and days leave room for one claim: where both tell some, one's hold the other's."""
        return _nested(self.numbers, other.numbers) and _nested(self.days, other.days)

    def of_one(self, other: Gist) -> bool:
        """Whether the names do, too."""
        return self.fits(other) and _nested(self.names, other.names)


def _nested(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return not one or not other or one <= other or other <= one


@lru_cache(maxsize=200_000)
def gist(text: str) -> Gist:
    """A text's words without negations, its numbers, the names and the days in it, and whether it asserts."""
    told = frozenset(re.findall(r"[\w']+", _idioms().sub(" ", fold(text))))
    numbers = frozenset(number.value for number in read_numbers(text) if not number.share)
    names = frozenset(stem(fold(name)) for name in NAME.findall(text) if fold(name) not in _calendar())
    words = frozenset(content_words(text)) - frozenset(stem(word) for word in _negations())
    loose = frozenset(vocabulary("claims")["loose_numbers"])
    so = not told & _negations()
    return Gist(words, numbers - loose, names, told & _calendar(), so, frozenset() if so else _negated(text))


def _negated(text: str) -> frozenset[str]:
    """The first words that carry meaning behind every negation: "will not be broken off"."""
    behind = re.split(rf"\b(?:{'|'.join(map(re.escape, sorted(_negations())))})\b|n't\b", fold(text))[1:]
    return frozenset(word for piece in behind for word in content_words(piece)[:NEGATED])


@cache
def _calendar() -> frozenset[str]:
    return frozenset(vocabulary("claims")["weekdays"]) | frozenset(vocabulary("claims")["months"])


@cache
def _negations() -> frozenset[str]:
    return frozenset(map(str, vocabulary("deeds")["negations"]))


@cache
def _idioms() -> re.Pattern[str]:
    """Phrases with a word of negation that negate nothing."""
    return re.compile(rf"\b(?:{'|'.join(vocabulary('claims')['no_negation'])})\b")


@cache
def _denying() -> frozenset[str]:
    """The forms of verbs that deny what follows them."""
    verbs = vocabulary("cues")["verbs"].items()
    return frozenset(
        form for verb, entry in verbs if entry.get("act") == "DENY" for form in forms(verb).values()
    )


def denies(statement: Statement) -> bool:
    """Whether a statement's verb turns its content round: "denied that ..."."""
    cue = statement.cue.text if statement.cue else ""
    return not _denying().isdisjoint(fold(cue).split())


def statement_gist(statement: Statement, denial: bool = False) -> Gist:
    """What a statement claims. `denial`: it denies by what it says, whatever its verb."""
    found = gist(" ".join(piece.text for piece in statement.content))
    so = not found.so if denies(statement) else found.so and not denial
    return replace(found, so=so)


def link_claims(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    acts: Sequence[Act],
    derived: frozenset[str],
    actors: Sequence[Actor] = (),
    background: Sequence[SharedPassage] = (),
    vectors: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Claim, ...]:
    """One claim per cluster of statements, in text order; denials stand with what they deny, and are no claim of their own.

    Only another side's denial of something asserted answers it. A background passage that recurs counts once, as of the
    first report that has it. `vectors`: what the content of a statement means, by its id, where that is known.
    """
    known = {actor.id: actor for actor in actors}
    denials = {act.statement for act in acts if act.act == "DENY" and act.statement}
    gists = [statement_gist(statement, statement.id in denials) for statement in statements]
    meanings = [from_text(vectors[one.id]) if one.id in vectors else None for one in statements]
    graph, answers = _compared(statements, gists, meanings, denials, derived, known)
    denying = {denial for found in answers.values() for denial in found}
    clusters = [sorted(cluster) for cluster in nx.connected_components(graph) if not cluster <= denying]
    published = {article.id: article.published for article in articles}
    repeated = _repeated(statements, background, derived)
    return tuple(
        _claim(
            [statements[i] for i in cluster],
            [statements[d] for i in cluster for d in answers[i]],
            repeated,
            published,
        )
        for cluster in sorted(clusters)
    )


def _compared(
    statements: Sequence[Statement],
    gists: Sequence[Gist],
    meanings: Sequence[Floats | None],
    denials: set[str],
    derived: frozenset[str],
    known: dict[str, Actor],
) -> tuple[nx.Graph[int], defaultdict[int, list[int]]]:
    """Which statements say the same, as a graph of their indices, and which ones deny each."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(statements)))
    answers: defaultdict[int, list[int]] = defaultdict(list)
    for one, other, score, held in alike(gists, meanings):
        first, second = statements[one], statements[other]
        if gists[one].so == gists[other].so:
            least = SAME_SPEAKER if first.actor is not None and first.actor == second.actor else SAME
            meaning = likeness(meanings[one], meanings[other])
            told = traits(
                meaning, score, held, first, second, gists[one].numbers == gists[other].numbers != frozenset()
            )
            if (score >= least and gists[one].of_one(gists[other])) or (
                meaning and sum(map(mul, ODDS, told)) >= LEAST_ODDS
            ):
                graph.add_edge(one, other)
        elif score >= ANSWERS and _side(first, known) != _side(second, known):
            claim, denial = (one, other) if gists[one].so else (other, one)
            # A retelling that drops or adds a "not" answers nobody.
            plain = statements[denial].id not in denials
            if score >= (SAME if plain else ANSWERS) and not (
                plain and {first.article, second.article} & derived
            ):
                answers[claim].append(denial)
    return graph, answers


def likeness(one: Floats | None, other: Floats | None) -> float:
    """The cosine of two vectors of length one; 0 where one is not known."""
    return 0.0 if one is None or other is None else float(one @ other)


def traits(
    meaning: float, words: float, held: float, one: Statement, other: Statement, figures: bool
) -> tuple[float, ...]:
    """What ODDS weigh of two statements."""
    speaker = one.actor is not None and one.actor == other.actor
    return meaning, words, held, float(speaker), float(figures), float(one.article == other.article)


def alike(
    gists: Sequence[Gist], meanings: Sequence[Floats | None], close: float = CLOSE
) -> Iterator[tuple[int, int, float, float]]:
    """Pairs that leave room for one claim, with how alike their words are, and how much of the shorter one's both have."""
    weights = rarity(one.words for one in gists)
    squares = {word: weight**2 for word, weight in weights.items()}
    sizes = [math.sqrt(math.fsum(map(squares.__getitem__, one.words))) for one in gists]
    near = _near([found.words for found in gists]) | _close(meanings, close)
    for one, other in sorted(near):
        if not gists[one].fits(gists[other]):
            continue
        shared, size = gists[one].words & gists[other].words, sizes[one] * sizes[other]
        # Cosine by the rarity of the words; fsum gives one sum in whatever order they come.
        weight = math.fsum(map(squares.__getitem__, shared))
        least = min(sizes[one], sizes[other]) ** 2
        yield one, other, weight / size if size else 0.0, weight / least if least else 0.0


def _repeated(
    statements: Sequence[Statement], background: Sequence[SharedPassage], derived: frozenset[str]
) -> frozenset[str]:
    """Statements that corroborate nothing: of derived reports, and in a background passage that another has before."""
    places: dict[str, list[Span]] = defaultdict(list)
    for passage in background:
        told = [(article, span) for article, span in passage.spans if article not in derived]
        for article, span in told:
            if article != told[0][0]:
                places[article].append(span)
    return frozenset(
        one.id
        for one in statements
        if one.article in derived
        or any(
            span.start <= one.content[0].start and one.content[-1].end <= span.end
            for span in places[one.article]
        )
    )


def _side(statement: Statement, known: dict[str, Actor]) -> str:
    """The side that a statement's speaker counts for; the name where none is known."""
    side = side_of(known.get(statement.actor or ""), known)
    return side.id if side else statement.speaker_name


def _retells(statement: Statement, others: Sequence[Statement]) -> bool:
    """Whether somebody only tells, in the same words of the same report, what another of the voices says."""
    first, last = statement.content[0].start, statement.content[-1].end
    return any(
        other is not statement
        and other.article == statement.article
        and first <= other.content[0].start
        and other.content[-1].end <= last
        and statement.speaker_name in other.chain
        for other in others
    )


def _near(bags: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """Pairs of statements that share two words or more, through an inverted index."""
    holders: dict[str, list[int]] = defaultdict(list)
    found = set()
    for index, bag in enumerate(bags):
        partners = Counter(chain.from_iterable(holders[word][-LATEST:] for word in bag))
        for word in bag:
            holders[word].append(index)
        found |= {(other, index) for other, shared in partners.items() if shared > 1}
    return found


def _close(meanings: Sequence[Floats | None], least: float) -> set[tuple[int, int]]:
    """Pairs of statements whose meanings are close, each among those that came not long before it."""
    known = [index for index, meaning in enumerate(meanings) if meaning is not None]
    found: set[tuple[int, int]] = set()
    if not known:
        return found
    vectors = np.stack([meaning for meaning in meanings if meaning is not None])
    for start in range(0, len(known), RECENT // 4):
        end, first = start + RECENT // 4, max(0, start - 3 * RECENT // 4)
        close = vectors[start:end] @ vectors[first:end].T >= least
        rows, columns = (axis.tolist() for axis in np.nonzero(close))
        pairs = ((first + column, start + row) for row, column in zip(rows, columns))
        found |= {(known[one], known[other]) for one, other in pairs if one < other}
    return found


def _claim(
    says: list[Statement],
    denied: list[Statement],
    repeated: frozenset[str],
    published: Mapping[str, date | None],
) -> Claim:
    original = [s for s in says if s.id not in repeated]
    carried = tuple(dict.fromkeys(s.article for s in original))
    original = original or says
    voices = tuple(dict.fromkeys(s.actor for s in original if s.actor and not _retells(s, original)))
    days = sorted(s.date for s in says if s.date)
    reported = sorted(day for day in (published[s.article] for s in says) if day)
    return Claim(
        derived_id("clm", [says[0].id]),
        tuple(s.id for s in says),
        tuple(dict.fromkeys(s.id for s in denied)),
        carried,
        voices,
        days[0] if days else None,
        reported[0] if reported else None,
        tuple(s.id for s in (*says, *denied)),
        reported[-1] if reported else None,
    )
