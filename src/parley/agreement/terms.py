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
NEAR_PHASE = 30  # characters from a phase to the verb that begins or ends it
NEAR_VERB = 40  # ... and from that verb to the day


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
                        which = _bounds(article.text[start:end], time.at[0] - start, number)
                        (starts if which == "begins" else ends)[number] += [time] if which else []
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
    return list(dict.fromkeys(number for number, _, _ in _phase_mentions(sentence)))


def _phase_mentions(sentence: str) -> list[tuple[int, int, int]]:
    """(number, start, end) of every phase that a sentence names, in order."""
    found = []
    ordinals = vocabulary("agreement")["ordinals"]
    for match in pattern("phase").finditer(sentence):
        word = match["ordinal"] or match["number"] or ""
        number = ordinals.get(word.lower()) or ordinals.get(word)
        if number:
            found.append((int(number), match.start(), match.end()))
    return found


def _bounds(sentence: str, at: int, number: int) -> str:
    """Whether a time at an offset is a phase's "start" or "end": its verb stands right behind the phase, before the time.

    "Talks on the second phase began on Monday" bounds the talks, not the phase.
    """
    before = [mention for mention in _phase_mentions(sentence) if mention[2] <= at]
    if not before or before[-1][0] != number:
        return ""
    _, start, end = before[-1]
    if pattern("talks_on").search(sentence[:start]):
        return ""
    for which in ("ends", "begins"):
        verb = pattern(which).search(sentence, end, at)
        if verb and verb.start() - end <= NEAR_PHASE and at - verb.end() <= NEAR_VERB:
            return which
    return ""


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
