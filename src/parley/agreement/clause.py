"""The clause of one count: whether it hands anything over, who to whom, on which day, by whose account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.handed import CONDITION, Handed, noun_of, own_noun, unit_of, words
from parley.agreement.parties import NAME, Sides
from parley.agreement.verbs import AROUND, Frame, frame_of
from parley.model import Article, Figure, Statement, Time

PHRASE = 45  # characters behind a count in which its own noun phrase says whose people they are
PRONOUNS = frozenset({"we", "it", "they", "he", "she", "i", ""})
SPEAKERS = frozenset({"we", "i"})
BY, TO, FROM = (
    re.compile(rf"(?<!according )\b{word}\s+((?:the\s+)?[\w’' -]{{3,50}})")
    for word in ("by", "to", "from(?: the territory of)?")
)
ALL_OF = re.compile(r"all\b", re.I)
ITS = re.compile(r"\b(?:its|our|their)\b")
DATELINE = re.compile(r"[A-Z][^a-z\n]{3,}[^\n–—-]{0,60}?\s[-–—]+\s")
SINCE = re.compile(r"\bsince\s+[^,;:]{0,60}$")
ENDS_PHRASE = re.compile(
    r"\b(?:has|have|had|was|were|is|are|will|would|to|on|in|at|by|through|since|who|went|came|each)\b|[,.;:]"
)


@dataclass(frozen=True)
class Look:
    """What is looked up while the counts of an article are read."""

    sides: Sides
    counts: Mapping[str, list[Figure]]
    statements: Mapping[str, list[Statement]]
    times: Mapping[str, list[Time]]


@dataclass(frozen=True)
class _Clause:
    """One count in its sentence: the words of its clause before and behind it, and what its verb tells."""

    article: Article
    figure: Figure
    sentence: tuple[int, int]
    before: str
    behind: str
    frame: Frame


def read_clause(article: Article, figure: Figure, start: int, end: int, look: Look) -> Iterator[Handed]:
    """What the clause of one count tells; both directions where each side does the same."""
    clause = _clause(article, figure, start, end)
    row = _one_way(clause, look) if clause else None
    if clause is None or row is None:
        return
    if not _is_mutual(clause) or len(look.sides.parties) != 2:
        yield row
        return
    one, other = look.sides.parties
    yield replace(row, from_=one, to=other, at_once=True, inferred="")
    yield replace(row, from_=other, to=one, at_once=True, inferred="")


def _clause(article: Article, figure: Figure, start: int, end: int) -> _Clause | None:
    """The clause of a count; none where no verb of it hands anything over."""
    before = words("breaks").split(article.text[start : figure.start])[-1]
    behind = words("breaks").split(article.text[figure.end : end])[0]
    frame = frame_of(before, behind, figure)
    return None if frame is None else _Clause(article, figure, (start, end), before, behind, frame)


def _one_way(clause: _Clause, look: Look) -> Handed | None:
    """What a clause tells of its count, in one direction; none of what merely moved, on no day and not so far."""
    article, figure, frame = clause.article, clause.figure, clause.frame
    start, end = clause.sentence
    told = teller(article, figure.start, look)
    from_, to, inferred = _giver_and_getter(clause, told, look)
    whole = (start, figure.end + len(clause.behind))
    day, day_told = _day(article, whole, figure.start, look, past=frame.done)
    running = _is_running(clause, day_told)
    if frame.way == "moved" and not (running or day_told):
        return None
    return Handed(
        article.id,
        figure.id,
        figure.low or 0.0,
        unit_of(figure),
        noun_of(figure),
        from_,
        to,
        day,
        day_told,
        frame.done,
        frame.way == "counted" or running,
        bool(words("at_once").search(article.text[start:end])),
        told,
        bool(own_noun(figure)),
        frame.back and unit_of(figure) not in CONDITION,
        frame.returned,
        inferred,
    )


def _giver_and_getter(clause: _Clause, told: str, look: Look) -> tuple[str, str, str]:
    """(giver, receiver, which is inferred) of a clause; its subject hands over only where it names one, or people."""
    article, figure, frame = clause.article, clause.figure, clause.frame
    start, end = clause.sentence
    is_told = (
        frame.subject or figure.unit in CONDITION
    )  # goods move by nobody's hands, as far as a clause says
    who = _subject(frame, article, start, figure.start, told, look) if is_told else ""
    return _ends(frame, who, figure, clause.behind, article.text[figure.end : end], look.sides)


def _is_running(clause: _Clause, day_told: bool) -> bool:
    """Whether a clause tells the count so far, not one round."""
    near = clause.before[-AROUND:] + clause.behind[:AROUND]
    return bool(
        words("running").search(near)
        or (not day_told and (clause.frame.perfect or ALL_OF.match(clause.figure.text)))
    )


def _is_mutual(clause: _Clause) -> bool:
    """Whether each side does what a clause tells."""
    parts = (clause.frame.subject, clause.before, clause.behind)
    return any(words("both_ways").search(part) for part in parts) or clause.behind.lstrip().startswith("each")


def _subject(frame: Frame, article: Article, start: int, at: int, told: str, look: Look) -> str:
    """The body that acts: the verb's subject; behind a pronoun the party named last before it, or whoever speaks."""
    if words("other_side").search(frame.subject):
        return look.sides.other(look.sides.of(told, article.id))
    if frame.subject.lower() not in PRONOUNS:
        return _body(frame.subject, article.id, look.sides)
    clauses = re.split(r"[,;:]|\band\b|\bthat\b", article.text[start:at].rsplit(";", 1)[-1])
    named = [party for clause in clauses if (party := look.sides.party(clause))]
    if frame.subject.lower() in SPEAKERS or not named:
        return look.sides.of(told, article.id) if told != article.outlet else ""
    return named[-1]


def _body(phrase: str, article: str, sides: Sides) -> str:
    """The party, or other body with a name of its own, that a phrase stands for: nobody hands over to "a stranger"."""
    name = sides.of(phrase, article)
    return name if name in sides.parties or name[:1].isupper() else ""


def _ends(
    frame: Frame, who: str, figure: Figure, behind: str, rest: str, sides: Sides
) -> tuple[str, str, str]:
    """(giver, receiver, which is inferred): by the verb's subject, by "to", "from" and "by", by whose people they are."""
    owner = _owner(figure, behind, rest, sides) if figure.unit in CONDITION else ""
    named = {
        key: _body(match.group(1), figure.article, sides)
        if (match := way.search(behind)) and not ITS.match(match.group(1))
        else ""
        for key, way in (("by", BY), ("to", TO), ("from", FROM))
    }
    giver = who if frame.way in {"gave", "moved"} else named["by"] if frame.way == "given" else named["from"]
    getter = who if frame.way == "got" else named["to"]
    getter = getter or (owner if owner != giver else "")
    giver = giver or named["from"]
    if figure.unit not in CONDITION and not frame.let_go:  # goods go to anybody
        return giver, getter, ""
    if giver and not getter:
        return giver, sides.other(giver), "receiver"
    getter = getter if getter != giver else ""
    return giver or sides.other(getter), getter, "" if giver else "giver"


def _owner(figure: Figure, behind: str, rest: str, sides: Sides) -> str:
    """Whose people they are: by the count's own phrase, a name in it, or for bodies the rest of the sentence."""
    phrase = figure.text + ENDS_PHRASE.split(behind[:PHRASE])[0]
    noun = own_noun(figure)
    named = next((name for name in map(str.strip, NAME.findall(noun)) if name != noun), "")
    found = sides.party(phrase) or (sides.of(named, figure.article) if named else "")
    return found or (sides.party(re.split(r"[;:]", rest)[0]) if figure.unit == "body" else "")


def _day(
    article: Article, clause: tuple[int, int], at: int, look: Look, past: bool
) -> tuple[date | None, bool]:
    """The day named nearest to the count, up to its clause's end, and whether one is named; else the report's."""
    published = article.published
    line = DATELINE.match(article.text, clause[0])
    start = line.end() if line else clause[0]
    days = [
        time
        for time in look.times[article.id]
        if start <= time.at[0] < clause[1]
        and time.start
        and time.start == time.end
        and not SINCE.search(article.text[start : time.at[0]])
        and (published is None or (time.start <= published) is past)
    ]
    nearest = min(days, key=lambda time: (abs(time.at[0] - at), time.at[0]), default=None)
    return (nearest.start, True) if nearest else (published, False)


def teller(article: Article, at: int, look: Look) -> str:
    """By whose account: the speaker of the narrowest statement around an offset, else the outlet."""
    around = [
        statement
        for statement in look.statements[article.id]
        if any(piece.start <= at < piece.end for piece in statement.content) and statement.speaker_name
    ]
    narrowest = min(around, key=lambda s: s.content[-1].end - s.content[0].start, default=None)
    if narrowest is None:
        return article.outlet
    actor = look.sides.actors.get(narrowest.actor or "")
    return actor.name if actor else narrowest.speaker_name
