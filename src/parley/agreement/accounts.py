"""Accounts: each report's word on where a provision, a phase, the talks on it or the agreement stands, and by whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from parley.agreement.owed import Provisions, is_way_of
from parley.agreement.parties import Sides
from parley.agreement.subjects import AGREEMENT, DOMAINS, Subject, next_phase, subjects
from parley.agreement.terms import pattern
from parley.linking.deeds import key_words
from parley.model import Account, Act, Article, Figure, Mention, Record, Statement, Time, row_id
from parley.reader.numbers import read_numbers
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

Row = TypeVar("Row", Statement, Time, Figure, Act)
POSITIONS = frozenset(
    {"refused", "accepted", "announced"}
)  # what only the one who does it can be said to mean
REACH = 90  # characters before a subject in which the words that govern it stand, and from these to a day
UNNAMED = frozenset({"role"})
BODIES = frozenset({"organisation", "state"})
DEEDS = frozenset({"done", "partly"})  # "since January" tells no day of theirs, only that it was by now
OF_ACTS = {"COMMIT": "announced", "ACCEPT": "accepted", "REJECT": "refused", "SUSPEND": "suspended"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A word on a subject in a sentence, before anybody is asked whose it is."""

    subject: str
    what: str
    start: int
    end: int
    verb: int
    governed: bool  # the words of state stand before the subject, and somebody before them does it


@dataclass(frozen=True)
class _Text:
    """What was read in one article, by place."""

    article: Article
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    times: Sequence[Time]
    figures: Sequence[Figure]
    copy: bool


class Heard:
    """A record's rows by article, and who its speakers are."""

    def __init__(self, record: Record, sides: Sides) -> None:
        """Index a record."""
        self.sides = sides
        self.actors = {actor.id: actor for actor in record.actors}
        self.demands = {act.statement for act in record.acts if act.act == "DEMAND"}
        statements, times = _by_article(record.statements), _by_article(record.times)
        figures = _by_article(record.figures)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for actor in record.actors:
            for mention in actor.mentions:
                mentions[mention.article].append(mention)
        self.texts = [
            _Text(
                article,
                statements[article.id],
                sorted(mentions[article.id], key=lambda mention: (mention.start, mention.end)),
                times[article.id],
                figures[article.id],
                article.id in record.derived,
            )
            for article in record.texts
            if article.kind != "agreement"
        ]

    def account(
        self, text: _Text, subject: str, what: str, span: tuple[int, int], verb: int, party: str,
        evidence: tuple[str, ...] = (), amount: float | None = None, polarity: bool = True,
    ) -> Account:  # fmt: skip
        """An account with whoever says it, when, and whether it is another's position that they tell."""
        article = text.article
        said, party = self._teller(text, verb, party)
        actor = self.actors.get(said.actor or "") if said else None
        by = said.speaker_name if said else ""
        named = actor is not None and actor.kind not in UNNAMED and bool(by)
        side = self.sides.of(actor.name if actor else by, article.id) if by else ""
        denied = said is not None and said.cue is not None and _denies(said.cue.text)
        times = [one for one in text.times if not (what in DEEDS and pattern("so_far").match(one.text))]
        time = _time(article.text, times, verb, article.published) if what != "announced" else None
        return Account(
            row_id("acc", article.id, [span], f"{subject} {what}"),
            subject,
            what,
            article.id,
            *span,
            article.text[span[0] : span[1]],
            polarity != denied,
            amount,
            by,
            (actor.name if actor and named else f"{by} ({article.id})") if by else article.outlet,
            said.chain if said else (),
            side,
            party,
            by if by and party and what in POSITIONS and side != party else "",
            article.outlet,
            time.start if time else None,
            article.published,
            time.end if time and time.end != time.start else None,
            _order(article.text, time),
            text.copy,
            (*((said.id,) if said else ()), *((time.id,) if time else ()), *evidence),
        )

    def _teller(self, text: _Text, at: int, party: str) -> tuple[Statement | None, str]:
        """Whose word it is, and of whom it is told: the innermost statement around that is no demand and not that of the
        one of whom it is told; a demand inside another's words is that other's word on who demands.
        """
        around = [one for one in _around(text.statements, at) if not _is_doer(one, text.mentions, at)]
        if len(around) > 1 and around[0].id in self.demands:
            return around[1], self.sides.of(around[0].speaker_name, text.article.id) or party
        others = [s for s in around if self.sides.of(s.speaker_name, s.article) != party != s.speaker_name]
        return next(iter(others if party and len(around) > 1 else around), None), party

    def party_before(self, text: _Text, start: int, at: int) -> str:
        """The side of the last name between two offsets: who is told to do it."""
        for mention in reversed(text.mentions):
            if start <= mention.start and mention.end <= at:
                side = self.sides.of(mention.text, text.article.id)
                if side and (mention.kind in BODIES or side in self.sides.parties):
                    return side
        return ""


def find_accounts(record: Record, sides: Sides) -> tuple[Account, ...]:
    """Every account of a record's reports, in text order; its terms, statements, acts and figures are read already."""
    heard = Heard(record, sides)
    terms = Provisions(record.terms)
    acts = _by_article(record.acts)
    found: dict[str, Account] = {}
    for text in heard.texts:
        following = next_phase(text.article.text)
        for start, end in sentences(text.article.text):
            for one in _told(text.article.text[start:end], following):
                party = heard.party_before(text, start, start + one.verb) if one.governed else ""
                span = (start + one.start, start + one.end)
                made = heard.account(text, one.subject, one.what, span, start + one.verb, party)
                found.setdefault(made.id, made)
        for act in acts[text.article.id]:
            for made in _of_act(heard, text, act, terms):
                found.setdefault(made.id, made)
    return tuple(found.values())


def _by_article(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.article].append(row)
    return found


# ------------------------------------------------------------------ sentences


@cache
def _shapes(where: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(what, re.compile(shape, re.I)) for what, shape in vocabulary("agreement")[where]]


def _told(sentence: str, following: int) -> Iterator[_Found]:
    """What a sentence says of each subject that it names."""
    for subject in subjects(sentence, following):
        found = _before(sentence, subject) or _not_before(sentence, subject) or _behind(sentence, subject)
        if found:
            yield found
            yield from _also(sentence, found)


def _before(sentence: str, subject: Subject) -> _Found | None:
    """Words that govern a subject: "avoids talks on ...", "before starting talks on ..."."""
    floor = max(0, subject.start - REACH)
    for what, shape in _shapes("before"):
        matches = list(shape.finditer(sentence, floor, subject.start))
        if not matches or (what == "violated" and subject.key != AGREEMENT):
            continue
        match = matches[-1]
        clause = re.split(r"[,;:—–“”]", sentence[: match.start()])[-1]
        if pattern("gap_before").fullmatch(sentence[match.end() : subject.start]) and (
            what == "not_begun" or not pattern("unreal").search(clause)
        ):
            return _Found(subject.key, what, match.start(), subject.end, match.start(), True)
    return None


def _not_before(sentence: str, subject: Subject) -> _Found | None:
    """ "... before talks on the second phase are held": they have not begun."""
    before = pattern("before_it").search(sentence[: subject.start])
    behind = pattern("it_begins").match(sentence[subject.end :])
    if not before or not behind:
        return None
    return _Found(subject.key, "not_begun", before.start(), subject.end + behind.end(), before.start(), True)


def _also(sentence: str, found: _Found) -> Iterator[_Found]:
    """What another is said to say of the same: "the one that talks have begun, the other that they never did"."""
    for pronoun in pattern("that_they").finditer(sentence, found.end):
        if any(True for _ in subjects(sentence[found.end : pronoun.start()])):
            return
        for what, shape in _shapes("behind"):
            match = shape.match(sentence, pronoun.end())
            if match and what != found.what:
                yield _Found(found.subject, what, pronoun.start(), match.end(), match.start(), False)
                break


def _behind(sentence: str, subject: Subject) -> _Found | None:
    """Words behind a subject: "talks on ... have not begun"."""
    clause = re.split(r"[;:—–“”]", sentence[: subject.start])[-1]
    if pattern("unreal").search(clause):
        return None
    reach = pattern("gap_behind").match(sentence[subject.head :])
    limit = max(subject.end, subject.head + (reach.end() if reach else 0))
    best: tuple[int, int, str] | None = None
    for what, shape in _shapes("behind"):
        match = shape.search(sentence, subject.head)
        if match and match.start() <= limit and (best is None or match.start() < best[0]):
            best = match.start(), match.end(), what
    if best is None or pattern("unreal").search(sentence, subject.head, best[0]):
        return None
    between = sentence[subject.end : best[0]]
    others = any(True for _ in subjects(between)) and not re.match(r"\s+of\b|,", between)
    if others or pattern("another").search(between):
        return None
    return _Found(subject.key, best[2], subject.start, max(best[1], subject.end), best[0], False)


def _is_doer(statement: Statement, mentions: Sequence[Mention], at: int) -> bool:
    """Whether the words said are only what its speaker does, as others tell: "the team's insistence on avoiding talks"."""
    speaker = statement.speaker
    if speaker is None or speaker.end > at or all(piece.start != at for piece in statement.content):
        return False
    return not any(speaker.end <= mention.start < at for mention in mentions)


def _denies(cue: str) -> bool:
    return pattern("denies").search(cue) is not None


def _around(statements: Sequence[Statement], at: int) -> list[Statement]:
    """The statements that an offset stands in, the innermost first."""
    covering = [
        (piece.end - piece.start, statement.id, statement)
        for statement in statements
        for piece in statement.content
        if piece.start <= at < piece.end
    ]
    return [statement for _, _, statement in sorted(covering, key=lambda one: one[:2])]


def _time(text: str, times: Sequence[Time], verb: int, published: date | None) -> Time | None:
    """The day nearest to the words of state in their own clause, unless it is after the report's own."""
    near = []
    for time in times:
        first, last = sorted((verb, time.at[0]))
        if (
            time.start
            and last - first <= REACH
            and (published is None or time.start <= published)
            and not pattern("clause_break").search(text, first, last)
        ):
            near.append((last - first, time.id, time))
    return min(near, key=lambda one: one[:2])[2] if near else None


def _order(text: str, time: Time | None) -> str:
    """The part of day, or "earlier" and "later" before a day."""
    if time is None:
        return ""
    match = pattern("earlier_later").search(text[max(0, time.at[0] - 20) : time.at[0]])
    return time.part or (match["order"].lower() if match else "")


# ------------------------------------------------------------------ acts on provisions


@cache
def _of_words() -> list[tuple[str, re.Pattern[str]]]:
    """Words of deeds by what they say of a provision, from all domains; what is not done goes before what is."""
    found = []
    for what in ("discharged", "suspended", "ended", "partly", "begun", "done"):
        words = {str(word) for name in DOMAINS for word in vocabulary(f"domains/{name}").get(what, ())}
        longest = sorted(words, key=lambda word: (-len(word), word))
        found.append((what, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.I)))
    return found


def _of_act(heard: Heard, text: _Text, act: Act, terms: Provisions) -> Iterator[Account]:
    """What an act says of the provisions that it is about."""
    what = _what(act)
    before = re.split(r"[.;:—–“”]", text.article.text[max(0, act.start - REACH) : act.start])[-1]
    if not what or pattern("unreal").search(before) or pattern("planned").search(act.text):
        return
    party = heard.sides.of((act.target if what == "violated" else act.actor) or "", act.article)
    for term in terms.like(act.text):
        bearer = heard.sides.of(term.bearer or "", act.article)
        if bearer and party and bearer != party:
            continue
        if what == "done" and not is_way_of(term, key_words(act.text)):
            continue
        amount, of = _amount(text.figures, act), first_number(term.amount)
        partly = what == "done" and amount is not None and of is not None and amount < of
        yield heard.account(
            text,
            term.id,
            "partly" if partly else what,
            (act.start, act.end),
            act.start,
            party,
            (act.id,),
            amount,
            act.act != "DENY",
        )


def _what(act: Act) -> str:
    if act.act in OF_ACTS:
        return OF_ACTS[act.act]
    if act.act in {"ACCUSE", "DENY"}:
        return "violated" if pattern("breach").search(act.text) else ""
    if act.act != "PERFORM":
        return ""
    return next((what for what, shape in _of_words() if shape.search(act.text)), "done")


def first_number(text: str) -> float | None:
    """The first number in a provision's amount: "24 living prisoners"."""
    found = read_numbers(text)
    return found[0].value if found else None


def _amount(figures: Sequence[Figure], act: Act) -> float | None:
    """The first count of people or things inside an act, or that its words are the end of: "48 | prisoners were freed"."""
    at = bisect_right([figure.end for figure in figures], act.start)
    near = [one for one in figures[at:] if one.end <= act.end and one.low is not None]
    return near[0].low if near else None
