"""Alleged violations: who alleges what of whom, which term it would break, and the answers. Threats beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from parley.agreement.parties import Sides
from parley.linking.deeds import key_words, likeness
from parley.linking.text import fold
from parley.model import Act, Article, Breach, Statement, Term, Threat, Time, derived_id
from parley.reader.needs import innermost
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

NO_TERM = "no term named"
EDGES = ' .,:;”“"’‘'
SIGNS = ("violation", "failing", "deed")  # the surest first
NEAR = 120  # characters before the sign of a violation within which a body is its subject
LONGEST_TERM = 10  # words of the thing said to be broken, where no provision is named
ACCUSED = re.compile(r"\b(?:accus\w+|blam\w+|charg\w+)\s+(?P<whom>[^,;.]+?)\s+(?:of|for|with)\b", re.I)
Row = TypeVar("Row", Act, Statement, Time)


@cache
def _pattern(key: str) -> re.Pattern[str]:
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
class _Sentence:
    """A sentence that speaks of a violation, with who speaks in it."""

    article: Article
    start: int
    end: int
    sign: re.Match[str]
    sure: bool  # the sign says so by itself
    speaker: str  # as the report names them; empty where the report itself speaks
    target: str  # whom an act of accusing names
    denial: bool  # an act of denying
    only_called: bool  # nothing but the word "accusation" tells of it
    evidence: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.sign.string

    @property
    def paragraph(self) -> int:
        """Where its paragraph begins."""
        return self.article.text.rfind("\n", 0, self.start) + 1

    @property
    def at(self) -> int:
        """Where in the article the sign of a violation stands."""
        return self.start + self.sign.start()


def find_breaches(told: Told, terms: Sequence[Term]) -> tuple[Breach, ...]:
    """One row for each article, direction and provision named; both sides of it show in `conduct`."""
    found: dict[tuple[str, str, str, str], Breach] = {}
    denied: dict[str, list[_Sentence]] = defaultdict(list)
    times = _by_article(told.times)
    bodies = _bodies(told)
    for sentence in _sentences(told):
        accuser, accused = _between(sentence, bodies.get(sentence.article.id, ()), told.sides)
        if not accuser or not accused or accused in {accuser, told.sides.party(accuser)}:
            continue
        term, term_id = _term(sentence, terms)
        key = (sentence.article.id, accuser, accused, term if _pattern("named").search(term) else "")
        row = found.setdefault(key, _breach(sentence, accuser, accused, (term, term_id), times))
        denied[row.id] += [sentence] if _denies(sentence, accused, told.sides) else []
    answers = _answers(told)
    rows = [_answered(row, denied[row.id], answers) for row in found.values()]
    counters: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        counters[row.article, row.accused, row.accuser].append(row.id)
    return tuple(
        replace(row, counters=tuple(counters[row.article, row.accuser, row.accused])) for row in rows
    )


def _by_article(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.article].append(row)
    return found


def _sentences(told: Told) -> Iterator[_Sentence]:
    """The sentences that speak of a violation, each with whoever says so."""
    statements = _by_article([one for one in told.statements if not _promises(one)])
    acts = _by_article([act for act in told.acts if act.act in {"ACCUSE", "DENY"} and act.actor])
    for article in told.articles:
        for start, end in sentences(article.text) if article.kind in {"report", "statement"} else ():
            text = article.text[start:end]
            act = next((a for a in acts[article.id] if a.start < end and start < a.end), None)
            signs = (*SIGNS, "charge") if act and act.act == "ACCUSE" else SIGNS
            told_of = _sign(text, signs)
            sign = told_of or _pattern("alleged").search(text)
            if sign is None or _pattern("supposed").search(text[: sign.start()]):
                continue
            sure = (
                _pattern("violation").search(text) is not None or _pattern("accuse").search(text) is not None
            )
            said = innermost(statements[article.id], start + sign.start())
            speaker = act.actor if act else said.speaker_name if said else _issuer(article, told.sides)
            rows = [row.id for row in (act, said) if row]
            if speaker or sure:
                denial = act is not None and act.act == "DENY"
                target = act.target or "" if act and not denial else ""
                evidence = tuple(rows) or (article.id,)
                yield _Sentence(
                    article, start, end, sign, sure, speaker, target, denial, told_of is None, evidence
                )


def _promises(said: Statement) -> bool:
    """Whether a statement is itself the promise that is said to be broken: its speaker accuses nobody."""
    return said.cue is not None and _pattern("promise").search(said.cue.text) is not None


def _issuer(article: Article, sides: Sides) -> str:
    """The party whose own statement an article is; empty for a report."""
    return next(
        (p for p in sides.parties if re.match(rf"{re.escape(fold(p))}(?:,|$)", fold(article.outlet))), ""
    )


@lru_cache(maxsize=100_000)
def _sign(text: str, signs: tuple[str, ...]) -> re.Match[str] | None:
    """The first of the words of some kinds that a sentence holds; kept, since every later build asks again."""
    return next((match for key in signs if (match := _pattern(key).search(text))), None)


def _between(sentence: _Sentence, bodies: Sequence[tuple[int, str]], sides: Sides) -> tuple[str, str]:
    """(who alleges it, of whom), as far as the sentence says; `bodies`: where the article names one, in order.

    No side is filled in because the other is known: a denial that names no accuser has none.
    """
    speaker = _body(sentence.speaker, sentence, sides) or sentence.speaker
    if sentence.target:
        return sentence.speaker, sentence.target
    named = [(place, name) for place, name in bodies if sentence.start <= place < sentence.end]
    by, of = _of_another(sentence, named, sides)
    if by or sentence.only_called:
        return by, of
    others = [
        name
        for place, name in reversed(bodies)
        if sentence.paragraph <= place < sentence.start and name in sides.parties and name != speaker
    ]
    before = [(place, name) for place, name in named if place <= sentence.at and name != speaker]
    charges = any(name in sides.parties for _, name in before) and not sentence.denial
    if _denies(sentence, speaker, sides) and not charges:
        here = [name for _, name in named if name in sides.parties and name != speaker]
        return next(iter([*here, *others]), ""), speaker
    last = max(((place, name) for place, name in named if place < sentence.at), default=(0, ""))
    if last[1] == speaker and not _pattern("accuse").search(sentence.article.text, last[0], sentence.at):
        return "", speaker  # "the charge that the army is in breach", which the army answers
    whom = ACCUSED.search(sentence.text)
    charged = _body(whom["whom"], sentence, sides) if whom else ""
    if not speaker:
        return next((name for place, name in named if place < sentence.at), "") if charged else "", charged
    parties = [name for place, name in (*before[::-1], *named) if name in sides.parties and name != speaker]
    subject = [
        name for place, name in before if sentence.at - place <= NEAR and name != sentence.article.outlet
    ]
    back = others if sentence.sure and speaker in sides.parties else []
    ways = (charged, *parties[:1], *subject[-1:], *back[:1])
    return speaker, next((name for name in ways if name and name != speaker), "")


def _of_another(sentence: _Sentence, others: Sequence[tuple[int, str]], sides: Sides) -> tuple[str, str]:
    """(who alleges, of whom) where the sentence names an allegation as somebody's: "the union's complaint that"."""
    passive = _pattern("accused_by").search(sentence.text)
    match = passive or _pattern("claim_of").search(sentence.text)
    by = _last_body(next(filter(None, match.groupdict().values())), sentence, sides) if match else ""
    if not match or not by:
        return "", ""
    start, end = sentence.start + match.start(), sentence.start + match.end()
    others = [(place, name) for place, name in others if name != by]
    near = [name for place, name in others if end <= place <= end + NEAR]
    subject = [name for place, name in others if place < start]
    speaker = _body(sentence.speaker, sentence, sides) or sentence.speaker
    if passive:
        return by, subject[-1] if subject else ""
    if _pattern("itself").match(sentence.text, match.end()):
        return by, speaker
    parties = [name for name in near if name in sides.parties]
    return by, next((name for name in (*parties, speaker, *near) if name not in {"", by}), "")


def _body(phrase: str, sentence: _Sentence, sides: Sides) -> str:
    """The body that a phrase of a sentence names."""
    return sides.of(phrase, sentence.article.id) if phrase else ""


def _last_body(phrase: str, sentence: _Sentence, sides: Sides) -> str:
    """The body that the last words of a phrase name, the longest run of them first."""
    words = phrase.split()
    return next(filter(None, (_body(" ".join(words[at:]), sentence, sides) for at in range(len(words)))), "")


def _bodies(told: Told) -> dict[str, list[tuple[int, str]]]:
    """Per article where it names a body, and the side that it stands for, in order."""
    with_people = {actor.affiliation for actor in told.sides.actors.values()}
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for actor in told.sides.actors.values():
        is_body = actor.kind in {"organisation", "state"} or (
            actor.kind == "group" and actor.name[:1].isupper() and actor.id in with_people
        )
        for mention in actor.mentions if is_body else ():
            name = told.sides.of(mention.text, mention.article) or actor.name
            found[mention.article].add((mention.start, name))
    for article in told.articles:
        for match in re.finditer(r"[\w’'-]+", article.text):
            name = told.sides.party(match.group())
            if name:
                found[article.id].add((match.start(), name))
    return {article: sorted(places) for article, places in found.items()}


def _denies(sentence: _Sentence, accused: str, sides: Sides) -> bool:
    """Whether a sentence is the accused's own denial."""
    speaker = sides.of(sentence.speaker, sentence.article.id) or sentence.speaker
    return speaker == accused and (sentence.denial or _pattern("deny").search(sentence.text) is not None)


def _term(sentence: _Sentence, terms: Sequence[Term]) -> tuple[str, str]:
    """The provision that an allegation names, else the term of the record most like it, else what is said to be broken."""
    named = _pattern("named").search(sentence.text)
    number = named.group().split()[-1].lower() if named else ""
    for term in terms if number else ():
        if term.name.lower().rstrip(".").endswith(number):
            return f"{named.group() if named else ''}: {term.act} {term.object}", term.id
    words = key_words(sentence.text)
    like = [(likeness(words, key_words(f"{term.act} {term.object}")), term) for term in terms]
    share, best = max(like, key=lambda pair: pair[0], default=(0.0, None))
    if named:
        return named.group(), ""
    if best is not None and share:
        return f"{best.act} {best.object}", best.id
    broken = _pattern("broken").search(sentence.text)
    return (" ".join(broken["what"].split()[:LONGEST_TERM]), "") if broken else (NO_TERM, "")


def _breach(
    sentence: _Sentence, accuser: str, accused: str, term: tuple[str, str], times: dict[str, list[Time]]
) -> Breach:
    """The row of an allegation, its answers still to come."""
    where = f"{sentence.start}-{sentence.end}-{accuser}-{accused}"
    return Breach(
        derived_id("breach", sentence.evidence, where),
        accuser,
        accused,
        term[0],
        sentence.article.id,
        evidence=sentence.evidence,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        term_id=term[1],
        when=_day(sentence, times[sentence.article.id]),
        known_from=_grade(sentence.text),
    )


def _day(sentence: _Sentence, times: Sequence[Time]) -> date | None:
    """The day nearest to the sign of a violation in its sentence."""
    inside = [time for time in times if sentence.start <= time.at[0] < sentence.end and time.start]
    at = sentence.start + sentence.sign.start()
    nearest = min(inside, key=lambda time: (abs(time.at[0] - at), time.at), default=None)
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
            yield _Answer("denial", act.id, act.article, act.actor, side, key_words(act.text))
    for said in told.statements:
        finds = _pattern("monitors").search(said.speaker_name)
        if finds or (said.cue and _pattern("admit").search(said.cue.text)):
            side = told.sides.of(said.speaker_name, said.article) or said.speaker_name
            words = key_words(" ".join(piece.text for piece in said.content))
            kind = "finding" if finds else "admission"
            yield _Answer(kind, said.id, said.article, said.speaker_name, side, words)


def _answered(row: Breach, denials: Sequence[_Sentence], answers: dict[str, list[_Answer]]) -> Breach:
    """An allegation with who denies or admits it, and what those who watch over the agreement say of it."""
    about = key_words(row.text)
    near = {answer.row: answer for key in (row.article, *sorted(about)) for answer in answers.get(key, ())}
    meant = [
        answer
        for answer in near.values()
        if (answer.kind == "denial" and answer.article == row.article) or likeness(about, answer.words)
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
    threats = _by_article([act for act in acts if act.act == "THREATEN" and act.actor])
    found = []
    for article in articles:
        spans = sentences(article.text) if threats.get(article.id) else ()
        for act in threats.get(article.id, ()):
            start, end = next((s for s in spans if s[0] <= act.start < s[1]), (act.start, act.end))
            found.append(_threat(act, article.text[start : max(end, act.end)]))
    return tuple(found)


def _threat(act: Act, sentence: str) -> Threat:
    """The row of a threat: "if X, we will Y", "X, or we will Y"."""
    trigger = _pattern("trigger").search(sentence)
    otherwise = _pattern("otherwise").search(sentence)
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
