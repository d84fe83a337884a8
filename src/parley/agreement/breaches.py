"""Alleged violations: who alleges what of whom, which term it would break, and the answers. Threats beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.accused import denies
from parley.agreement.allegations import by_article, find_allegations
from parley.agreement.alleged import Allegation, Bound, Told, pattern
from parley.linking.deeds import key_words, likeness
from parley.model import Act, Article, Breach, Term, Threat, Time, derived_id
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

NO_TERM = "no term named"
EDGES = ' .,:;”“"’‘'
_Way = tuple[str, str, str]  # article, accuser's side, accused
BEFORE = 600  # characters before an allegation that hold the sentence before it
BEHIND = 900  # characters from an allegation within which a denial of its report need not repeat its words
COMMON = 500  # answers that share a word, from which on the word tells nothing
LONGEST_TERM = 16  # words of the thing complained of, where the record holds no provision that it would break


def find_breaches(told: Told, terms: Sequence[Term]) -> tuple[Breach, ...]:
    """One row for each article, direction and provision; both sides of it show in `conduct`."""
    found: dict[_Way, list[_Entry]] = defaultdict(list)
    denied: dict[str, list[Allegation]] = defaultdict(list)
    times = by_article(told.times)
    bound = Bound(terms, told.sides)
    for one in find_allegations(told, terms):
        row = _breach(one, bound, times[one.article.id])
        accuser = told.sides.of(row.accuser, row.article) or row.accuser
        row = _entered(found[row.article, accuser, row.accused], _Entry(row, one.paragraph))
        denied[row.id] += [one] if denies(one, row.accused, told.sides) else []
    answers = _answers(told)
    place = {article.id: number for number, article in enumerate(told.articles)}
    ways = {entry.row.id: way for way, same in found.items() for entry in same}
    rows = [_answered(e.row, denied[e.row.id], answers, place) for same in found.values() for e in same]
    counters: dict[_Way, list[str]] = defaultdict(list)
    for row in rows:
        counters[ways[row.id]].append(row.id)
    return tuple(replace(row, counters=tuple(counters.get(_back(ways[row.id]), ()))) for row in rows)


def _back(way: _Way) -> _Way:
    """The other direction of an article."""
    article, accuser, accused = way
    return article, accused, accuser


@dataclass
class _Entry:
    """A row while the allegations of its direction and article are entered, and the paragraph that it stands in."""

    row: Breach
    paragraph: int

    @property
    def provision(self) -> str:
        """What the record or the words call the provision; empty where the deed stands for it."""
        named = self.row.term.split(":")[0].lower() if self.row.term_from == "named" else ""
        return self.row.term_id or named


def _entered(same: list[_Entry], new: _Entry) -> Breach:
    """The row that an allegation is entered as, among those of its direction in its article.

    One that names no provision is another that names none, or the one of its paragraph or alike in words that does.
    """
    for known in same:
        if known.provision == new.provision or (
            not (known.provision and new.provision)
            and (
                known.paragraph == new.paragraph
                or likeness(key_words(known.row.text), key_words(new.row.text))
            )
        ):
            evidence = tuple(dict.fromkeys((*known.row.evidence, *new.row.evidence)))
            shown = new.row if new.provision and not known.provision else known.row
            known.row = replace(shown, id=known.row.id, evidence=evidence)
            return known.row
    same.append(new)
    return new.row


def _breach(one: Allegation, bound: Bound, times: Sequence[Time]) -> Breach:
    """The row of an allegation, its answers still to come."""
    term, term_id, term_from = _term(one, bound)
    where = f"{one.start}-{one.at}-{one.accuser}-{one.accused}"
    return Breach(
        derived_id("breach", one.evidence, where),
        one.accuser,
        one.accused,
        term,
        one.article.id,
        evidence=one.evidence,
        start=one.start,
        end=one.end,
        text=one.text,
        term_id=term_id,
        when=_day(one, times),
        known_from=_grade(one.text),
        term_from=term_from,
        inferred=one.inferred,
    )


def _term(one: Allegation, bound: Bound) -> tuple[str, str, str]:
    """(what an allegation says was broken, the id of the provision, where that is from).

    The provision that it names, else the one of the record that it is most alike, else the deed in its own words.
    """
    term, named = bound.of(one)
    if term is not None:
        words = f"{term.act} {term.object}"
        return (f"{named}: {words}", term.id, "named") if named else (words, term.id, "alike")
    deed = _deed(one)
    if named:
        return f"{named}: {deed}" if deed else named, "", "named"
    return (deed, "", "deed") if deed else (NO_TERM, "", "")


def _deed(one: Allegation) -> str:
    """What is complained of, in the words of the complaint without those that say that it is one; empty where none are left."""
    if pattern("refers").search(one.words):
        before = sentences(one.article.text[max(0, one.start - BEFORE) : one.start])
        told_of = one.article.text[max(0, one.start - BEFORE) :][slice(*before[-1])] if before else ""
        return " ".join(told_of.split()[:LONGEST_TERM]).strip(EDGES)
    broken = pattern("broken").search(one.text)
    told = " ".join(piece.text for piece in one.said.content) if one.said else ""
    words = pattern("charging").sub("", one.words) if one.by_act else told or one.words
    parts = (broken["what"] if broken else "", words)
    found = max(parts, key=lambda part: len(key_words(part)))
    return " ".join(found.split()[:LONGEST_TERM]).strip(EDGES)


def _day(one: Allegation, times: Sequence[Time]) -> date | None:
    """The day in its sentence that is nearest to the words of an allegation."""
    inside = [time for time in times if one.start <= time.at[0] < one.end and time.start]
    nearest = min(inside, key=lambda time: (abs(time.at[0] - one.at), time.at), default=None)
    return nearest.start if nearest else None


def _grade(text: str) -> str:
    """What an allegation is said to rest on: seen, heard, told, or not said."""
    grades = vocabulary("breaches")["grades"]
    return next((grade for grade, shape in grades.items() if re.search(shape, text, re.I)), "not said")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What somebody says to an allegation: a denial, an admission or a finding."""

    kind: str  # denial | admission | finding
    row: str
    article: str
    start: int
    name: str
    side: str
    words: frozenset[str]


def _answers(told: Told) -> dict[str, list[_Answer]]:
    """Answers by each of their words, and by their article."""
    found: dict[str, list[_Answer]] = defaultdict(list)
    for answer in _told_answers(told):
        for key in (*sorted(answer.words), *([answer.article] if answer.kind == "denial" else [])):
            found[key].append(answer)
    return found


def _told_answers(told: Told) -> Iterator[_Answer]:
    """Denials by acts; admissions by cues; findings by who speaks."""
    for act in told.acts:
        if act.act == "DENY" and act.actor:
            side = told.sides.of(act.actor, act.article) or act.actor
            yield _Answer("denial", act.id, act.article, act.start, act.actor, side, key_words(act.text))
    for said in told.statements:
        finds = pattern("monitors").search(said.speaker_name)
        if finds or (said.cue and pattern("admit").search(said.cue.text)):
            side = told.sides.of(said.speaker_name, said.article) or said.speaker_name
            words = key_words(" ".join(piece.text for piece in said.content))
            kind = "finding" if finds else "admission"
            yield _Answer(kind, said.id, said.article, said.content[0].start, said.speaker_name, side, words)


def _answered(
    row: Breach,
    denials: Sequence[Allegation],
    answers: dict[str, list[_Answer]],
    place: Mapping[str, int],
) -> Breach:
    """An allegation with who denies or admits it, and what those who watch over the agreement say of it.

    An answer stands right behind it, or in the same or a later report and is alike in words.
    """
    about = key_words(row.text)
    found = (answers.get(key, ()) for key in (row.article, *sorted(about)))
    near = {answer.row: answer for some in found if len(some) <= COMMON for answer in some}
    meant = [
        answer
        for answer in near.values()
        if (
            answer.article == row.article
            and answer.kind == "denial"
            and 0 <= answer.start - row.start < BEHIND
        )
        or (place[answer.article] >= place[row.article] and likeness(about, answer.words))
    ]
    denied = [answer for answer in meant if answer.kind == "denial" and answer.side == row.accused]
    admitted = [answer for answer in meant if answer.kind == "admission" and answer.side == row.accused]
    names = [sentence.speaker for sentence in denials] + [answer.name for answer in denied]
    said = [one for sentence in denials for one in sentence.evidence]
    rows = (*row.evidence, *said, *(answer.row for answer in (*denied, *admitted)))
    return replace(
        row,
        denied_by=tuple(dict.fromkeys(names)),
        admitted_by=tuple(dict.fromkeys(answer.name for answer in admitted)),
        findings=tuple(answer.row for answer in meant if answer.kind == "finding"),
        evidence=tuple(dict.fromkeys(rows)),
    )


def conduct(breaches: Sequence[Breach], parties: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(accuser, accused) -> ids of allegations: both ways between the parties first, empty ones too, then others."""
    found: dict[tuple[str, str], list[str]] = {(a, b): [] for a in parties for b in parties if a != b}
    for breach in breaches:
        found.setdefault((breach.accuser, breach.accused), []).append(breach.id)
    return {pair: tuple(ids) for pair, ids in found.items()}


def find_threats(acts: Sequence[Act], articles: Sequence[Article]) -> tuple[Threat, ...]:
    """What somebody says they will do and what would bring it about; empty where the sentence names no trigger."""
    threats = by_article([act for act in acts if act.act == "THREATEN" and act.actor])
    found = []
    for article in articles:
        spans = sentences(article.text) if threats.get(article.id) else ()
        for act in threats.get(article.id, ()):
            start, end = next((s for s in spans if s[0] <= act.start < s[1]), (act.start, act.end))
            found.append(_threat(act, article.text[start : max(end, act.end)]))
    return tuple(found)


def _threat(act: Act, sentence: str) -> Threat:
    """The row of a threat: "if X, we will Y", "X, or we will Y"."""
    trigger = pattern("trigger").search(sentence)
    otherwise = pattern("otherwise").search(sentence)
    follows = otherwise["consequence"] if otherwise else act.text
    if trigger and not otherwise:
        follows = follows.replace(trigger.group(), "")
    return Threat(
        derived_id("threat", [act.id]),
        act.actor,
        act.target or "",
        trigger["trigger"].strip(EDGES) if trigger else "",
        follows.strip(EDGES),
        act.article,
        (act.id,),
    )
