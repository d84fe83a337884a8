"""Figures: every count or amount that matters to a negotiation, with its hedge, its unit, and what is said of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from parley.model import Article, Figure, row_id
from parley.reader.clauses import BREAK, Verb, distance, nearest_verb, verbs
from parley.reader.counts import LONGEST, Count, read_counts
from parley.reader.countwords import WORD, idle_words
from parley.reader.elided import with_nouns
from parley.reader.rates import with_rate
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

WINDOW = 200  # characters to each side in which the verbs of a figure are looked for
FAR = 16  # words, clause boundaries counted; a verb farther off says nothing about a figure
CLOSE = 4  # ... for a length of time, which is seldom more than told
NEAR = 8  # ... and for what is no person and no thing that can be handed over
WORDS = 8  # of a `what` at most
NEAR_BEHIND = 4  # ... of which so many from behind the figure, before any from before it


def read_figures(article: Article) -> tuple[Figure, ...]:
    """Every count or amount, in text order; no dates, ordinals, hours, ages, or numbers that are names."""
    bounds = sentences(article.text)
    starts = [start for start, _ in bounds]
    rows = []
    for count in with_nouns(article.text, read_counts(article.text)):
        start, end = bounds[max(0, bisect_right(starts, count.first) - 1)]
        count = with_rate(article.text, count)
        rows.append(_row(article, count, max(start, count.start - WINDOW), min(end, count.end + WINDOW)))
    return tuple(_told_before(rows))


def _told_before(rows: list[Figure]) -> Iterator[Figure]:
    """The figures, people who are known already ("the seven") in the state that was told of them last."""
    states: dict[tuple[float | None, float | None, str], str] = {}
    for row in rows:
        key = (row.low, row.high, row.unit)
        known = row.text.partition(" ")[0].lower() in vocabulary("figures")["definite"]
        if known and row.status == "other" and row.unit in ("person", "body"):
            row = replace(row, status=states.get(key, "other"))
        if row.status in ("held", "released", "dead"):
            states[key] = row.status
        yield row


def _row(article: Article, count: Count, start: int, end: int) -> Figure:
    sentence, at = article.text[start:end], (count.start - start, count.end - start)
    told = verbs(sentence)
    status = _status(count, sentence, at, told)
    if article.kind == "agreement" and count.unit not in vocabulary("units")["times"]:
        status = "promised"  # what an agreement counts is still to be done
    return Figure(
        id=row_id("figure", article.id, [(count.start, count.end)]),
        article=article.id,
        start=count.start,
        end=count.end,
        text=article.text[count.start : count.end],
        low=count.low,
        high=count.high,
        approx=count.approx,
        unit=count.unit,
        what=_what(count, sentence, at, told),
        status=status,
    )


@cache
def _statuses() -> re.Pattern[str]:
    groups = []
    for status, listed in vocabulary("figures")["status"].items():
        forms = "|".join(re.escape(form).replace(r"\\w\*", r"\w*").replace(r"\ ", r"\s+") for form in listed)
        groups.append(rf"(?P<{status}>{forms})")
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


def _status(count: Count, sentence: str, at: tuple[int, int], told: list[Verb]) -> str:
    """What happened to the people or things counted, from the nearest words that say so and their tense."""
    hits = [
        (distance(sentence, match.span(), at), match.lastgroup or "", match.start())
        for match in _statuses().finditer(sentence)
        if match.end() <= at[0] or match.start() >= at[1]
    ]
    none = (float(FAR), "other", 0)
    relative = _relative().match(sentence, at[1])
    if relative:  # "of whom nine have died": what stands before is said of the whole
        hits = [hit for hit in hits if hit[2] >= relative.end()] or hits
    wish = min((hit for hit in hits if hit[1] in ("demanded", "promised", "proposed")), default=none)
    if wish[1] == "proposed":
        wish = (wish[0], "other", wish[2])
    if count.unit in vocabulary("units")["times"]:
        return "demanded" if wish[1] == "demanded" and wish[0] < CLOSE else "other"
    if count.unit == "share":
        return wish[1] if wish[0] < NEAR else "other"
    fits = ("released", "held", "dead", "other") if count.unit in ("person", "body") else ("released",)
    deed = min((hit for hit in hits if hit[1] in fits), default=none)
    if deed[0] >= FAR:
        return wish[1] if wish[0] < FAR else "other"
    return _release(told, deed[2], wish) if deed[1] == "released" else deed[1]


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(r",?\s+(?:of\s+)?(?:who|whom)\b")


def _release(told: list[Verb], at: int, wish: tuple[float, str, int]) -> str:
    """Whether the release at an offset is done, promised or demanded."""
    verb = next((verb for verb in told if verb.start <= at < verb.end), None)
    if verb and verb.tense in ("past", "perfect"):
        return "released"
    if wish[0] < FAR:
        return wish[1]
    return "promised" if verb and verb.tense == "future" else "released"


def _what(count: Count, sentence: str, at: tuple[int, int], told: list[Verb]) -> str:
    """The noun with its modifiers, then the verb and the nearest other words of its clause in text order."""
    phrase = count.phrase.split()[-LONGEST:]
    breaks = [match.span() for match in BREAK.finditer(sentence)]
    first = max((end for _, end in breaks if end <= at[0]), default=0)
    last = min((start for start, _ in breaks if start >= at[1]), default=len(sentence))
    verb = nearest_verb(sentence, told, *at)
    deed = list(WORD.finditer(sentence, verb.start, verb.end))[-1:] if verb else []
    behind, before = _content(sentence, at[1], last), _content(sentence, first, at[0])
    near = [*deed, *behind[:NEAR_BEHIND], *reversed(before)][: WORDS - len(phrase)]
    chosen = {word.start(): word.group() for word in near if word.group() not in phrase}
    return " ".join([*phrase, *(chosen[start] for start in sorted(chosen))])


def _content(sentence: str, start: int, end: int) -> list[re.Match[str]]:
    """The words between two offsets that say what they are about."""
    ends, past = idle_words()
    words = WORD.finditer(sentence, start, end)
    return [
        word
        for word in words
        if word[0][0].isalpha() and len(word[0]) > 2 and word[0].lower() not in ends | past
    ]
