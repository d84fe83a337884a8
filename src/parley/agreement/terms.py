"""Phases and terms: numbered provisions of an agreement's own text, and stages as the reports tell them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from parley.model import Article, Phase, Term, Time, derived_id, row_id
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

LONGEST = 40  # words of a term's object


@cache
def pattern(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/agreement.yaml."""
    return re.compile(vocabulary("agreement")[key], re.I if key not in {"provision"} else 0)


def read_terms(
    articles: Sequence[Article], times: Sequence[Time]
) -> tuple[tuple[Phase, ...], tuple[Term, ...]]:
    """Phases in their order, and terms in text order; each rests on rows or names its article in `evidence`."""
    terms = [term for article in articles if article.kind == "agreement" for term in _provisions(article)]
    starts: dict[int, list[Time]] = defaultdict(list)
    ends: dict[int, list[Time]] = defaultdict(list)
    named: dict[int, list[str]] = defaultdict(list)
    by_article: dict[str, list[Time]] = defaultdict(list)
    for time in times:
        by_article[time.article].append(time)
    for article in articles:
        if article.kind != "report":
            continue
        for start, end in sentences(article.text):
            for number in _phases_named(article.text[start:end]):
                named[number].append(article.id)
                for time in by_article[article.id]:
                    if start <= time.at[0] < end and time.start:
                        _bind(article.text[start:end], time, time.at[0] - start, starts[number], ends[number])
                terms += _told(article, start, end, number)
    phases = [
        Phase(
            derived_id("phase", [], vocabulary("agreement")["names"][number]),
            vocabulary("agreement")["names"][number],
            min((t.start for t in starts[number] if t.start), default=None),
            max((t.end for t in ends[number] if t.end), default=None),
            tuple(term.id for term in terms if term.phase == vocabulary("agreement")["names"][number]),
            tuple(dict.fromkeys([t.id for t in (*starts[number], *ends[number])] or named[number])),
        )
        for number in sorted(named)
    ]
    return tuple(phases), tuple(terms)


def _phases_named(sentence: str) -> list[int]:
    """The numbers of the phases that a sentence names."""
    found = []
    for match in pattern("phase").finditer(sentence):
        word = match["ordinal"] or match["number"] or ""
        number = vocabulary("agreement")["ordinals"].get(word.lower()) or vocabulary("agreement")[
            "ordinals"
        ].get(word)
        if number:
            found.append(int(number))
    return list(dict.fromkeys(found))


def _bind(sentence: str, time: Time, at: int, starts: list[Time], ends: list[Time]) -> None:
    """Take a time as a phase's start or end by the verb right before it."""
    before = sentence[:at]
    begins = max((match.end() for match in pattern("begins").finditer(before)), default=-1)
    finishes = max((match.end() for match in pattern("ends").finditer(before)), default=-1)
    if finishes > begins and at - finishes < 40:
        ends.append(time)
    elif begins > finishes and at - begins < 40:
        starts.append(time)


def _told(article: Article, start: int, end: int, number: int) -> Iterator[Term]:
    """A term as a report tells it: "the second phase includes ..."."""
    sentence = article.text[start:end]
    named = pattern("phase").search(sentence)
    match = pattern("provides").search(sentence, named.end() if named else 0)
    if named and match and match.start() - named.end() < 30:
        what = " ".join(match["what"].split()[:LONGEST]).strip(' ,”"')
        at = (start + match.start(), start + match.end())
        phase = vocabulary("agreement")["names"][number]
        yield Term(
            row_id("term", article.id, [at], phase),
            "obligation",
            None,
            None,
            match.group().split()[0],
            what,
            "",
            phase,
            "reports",
            (article.id,),
        )


def _provisions(article: Article) -> Iterator[Term]:
    """The numbered provisions of an agreement's own text."""
    phase = ""
    for start, end in paragraphs(article.text):
        line = article.text[start:end]
        stages = _phases_named(line)
        if stages and len(line.split()) < 12:
            phase = vocabulary("agreement")["names"][stages[0]]
        match = pattern("provision").match(line)
        if not match or len(line.split()) < 6:
            continue
        body = line[match.end() :]
        verb = next(
            (m for key in ("prohibition", "obligation", "power") if (m := pattern(key).search(body))), None
        )
        if verb is None:
            continue
        kind = next(key for key in ("prohibition", "obligation", "power") if pattern(key).search(body))
        bearer = body[: verb.start()].split(",")[-1].strip()
        rest = body[verb.end() :].strip()
        act, _, thing = rest.partition(" ")
        spans = [(start + match.end(), end)]
        here = vocabulary("agreement")["names"][stages[0]] if stages else phase
        yield Term(
            row_id("term", article.id, spans, match["number"]),
            kind,
            bearer or None,
            None,
            act.strip(".,;"),
            thing,
            "",
            here,
            "text",
            (article.id,),
        )
