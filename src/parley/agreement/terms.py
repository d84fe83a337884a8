"""Phases and terms: numbered provisions of an agreement's own text, and stages as the reports tell them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TypeVar

from parley.agreement.clocks import due
from parley.agreement.termfile import read_term_file
from parley.model import Article, Figure, Phase, Term, ThirdParty, Time, Window, derived_id, row_id
from parley.reader.numbers import number_of
from parley.reader.sentences import paragraphs, sentences
from parley.vocabulary import vocabulary

LONGEST = 40  # words of a term's object
NEAR_PHASE = 30  # characters from a phase to the verb that begins or ends it
NEAR_VERB = 40  # ... and from that verb to the day
DAYS = {"day": 1, "week": 7}
UNITS_OF_TIME = frozenset({"hour", "day", "week", "month", "year"})


@cache
def pattern(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/agreement.yaml."""
    return re.compile(vocabulary("agreement")[key], 0 if key in {"provision", "lead_in"} else re.I)


def read_terms(
    articles: Sequence[Article], times: Sequence[Time], figures: Sequence[Figure]
) -> tuple[tuple[Phase, ...], tuple[Term, ...], tuple[ThirdParty, ...]]:
    """Phases in their order, terms in text order, third parties; those that a person entered come last.

    Raises TermsError where a terms file does not fit its shape.
    """
    counts: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.unit not in UNITS_OF_TIME:
            counts[figure.article].append(figure)
    dated: dict[str, list[Time]] = defaultdict(list)
    for time in times:
        dated[time.article].append(time)
    found: dict[int, _Told] = {}
    terms: list[Term] = []
    for article in articles:
        if article.kind == "agreement":
            terms += _provisions(article, counts[article.id])
        if article.kind in {"report", "agreement"}:
            for start, end in sentences(article.text):
                for number in _phases_named(article.text[start:end]):
                    phase = found.setdefault(number, _Told())
                    phase.hear(article, start, end, number, dated[article.id])
                    if article.kind == "report":
                        terms += _told(article, start, end, number)
    phases = [_phase(number, found[number], terms) for number in sorted(found)]
    entered = [read_term_file(article) for article in articles if article.kind == "terms"]
    every = (*phases, *(phase for one, _, _ in entered for phase in one))
    starts = {phase.name: phase.start for phase in every if phase.start}
    return (
        every,
        (
            *(replace(t, window=due(t.window, starts)) if t.window else t for t in terms),
            *(term for _, some, _ in entered for term in some),
        ),
        tuple(third for _, _, some in entered for third in some),
    )


@dataclass
class _Told:
    """What the texts tell of a phase while it is put together; the agreement's own text goes before reports."""

    starts: list[tuple[bool, Time]] = field(default_factory=list)
    ends: list[tuple[bool, Time]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    lengths: list[tuple[bool, int]] = field(default_factory=list)

    def hear(self, article: Article, start: int, end: int, number: int, times: Sequence[Time]) -> None:
        """Take in a sentence that names the phase."""
        sentence, report = article.text[start:end], article.kind == "report"
        self.named.append(article.id)
        for time in times:
            if start <= time.at[0] < end and time.start:
                which = _bounds(sentence, time.at[0] - start, number)
                if which:
                    (self.starts if which == "begins" else self.ends).append((report, time))
        length = pattern("phase_length").search(sentence)
        if length and _phases_named(sentence) == [number]:
            days = number_of(length["days"] or length["after"])
            self.lengths += [(report, int(days * DAYS[length["unit"] or length["unit2"]]))] if days else []


def _phase(number: int, told: _Told, terms: Sequence[Term]) -> Phase:
    name = vocabulary("agreement")["names"][number]
    starts, ends = _of_the_text(told.starts), _of_the_text(told.ends)
    return Phase(
        derived_id("phase", [], name),
        name,
        min((t.start for t in starts if t.start), default=None),
        max((t.end for t in ends if t.end), default=None),
        tuple(term.id for term in terms if term.phase == name),
        tuple(dict.fromkeys([t.id for t in (*starts, *ends)] or told.named)),
        "text" if any(not report for report, _ in (*told.starts, *told.ends)) else "reports",
        next(iter(_of_the_text(told.lengths)), None),
    )


Found = TypeVar("Found")


def _of_the_text(told: Sequence[tuple[bool, Found]]) -> list[Found]:
    """What the agreement's own text has, else what the reports have."""
    return [one for report, one in told if not report] or [one for _, one in told]


def _phases_named(sentence: str) -> list[int]:
    """The numbers of the phases that a sentence names."""
    return list(dict.fromkeys(number for number, _, _ in phase_mentions(sentence)))


@lru_cache(maxsize=100_000)
def phase_mentions(sentence: str) -> tuple[tuple[int, int, int], ...]:
    """(number, start, end) of every phase that a sentence names, in order; kept, since several steps ask for them."""
    found = []
    ordinals = vocabulary("agreement")["ordinals"]
    for match in pattern("phase").finditer(sentence):
        word = match["ordinal"] or match["number"] or ""
        number = ordinals.get(word.lower()) or ordinals.get(word)
        if number:
            found.append((int(number), match.start(), match.end()))
    return tuple(found)


def _bounds(sentence: str, at: int, number: int) -> str:
    """Whether a time at an offset is a phase's "start" or "end": its verb stands right behind the phase, before the time.

    "Talks on the second phase began on Monday" bounds the talks, not the phase.
    """
    before = [mention for mention in phase_mentions(sentence) if mention[2] <= at]
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
            article.id,
            *at,
            article.text[at[0] : at[1]],
        )


def _provisions(article: Article, figures: Sequence[Figure]) -> Iterator[Term]:
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
        kinds = ("prohibition", "obligation", "power")
        verbs = [(key, verb) for key in kinds if (verb := pattern(key).search(body))]
        if not verbs:
            continue
        kind, verb = min(verbs, key=lambda one: one[1].start())
        bearer = pattern("lead_in").sub("", body[: verb.start()].split(",")[-1].strip())
        kind = "prohibition" if re.match(r"(?:neither|no)\b", bearer, re.I) else kind
        act, _, thing = re.sub(r"^\s*,[^,]*,", "", body[verb.end() :]).strip().partition(" ")
        at = (start + match.end(), end)
        here = vocabulary("agreement")["names"][stages[0]] if stages else phase
        inside = [figure for figure in figures if at[0] <= figure.start < end]
        yield Term(
            row_id("term", article.id, [at], match["number"]),
            kind,
            bearer or None,
            None,
            act.strip(".,;"),
            thing,
            inside[0].text if inside else "",
            here,
            "text",
            (article.id,),
            article.id,
            *at,
            body,
            match["number"],
            window=_window(body, here),
        )


def _window(body: str, phase: str) -> Window | None:
    """When a provision's own words say that it is due: "within ten days of ...", "by the 14th day"."""
    match = pattern("due_within").search(body) or pattern("due_day").search(body)
    number = number_of(match["number"]) if match else None
    if not match or not number:
        return None
    within = "anchor" in match.groupdict()
    anchor = (match["anchor"] if within else match["of"] or phase or "the agreement").strip()
    names = _phases_named(anchor)
    return Window(
        vocabulary("agreement")["names"][names[0]] if names else anchor,
        int(number),
        "exclusive" if within else "inclusive",
    )
