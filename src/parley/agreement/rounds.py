"""Handovers as told: which counts a report says were handed over, by whom to whom, on which day, by whose account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.handed import CONDITION, Handed, noun_of, own_noun, unit_of, with_givers, words
from parley.agreement.parties import NAME, Sides
from parley.agreement.verbs import AROUND, Frame, frame_of
from parley.linking.text import content_words, overlap
from parley.model import Article, Figure, Lineage, Span, Statement, Time
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

PHRASE = 45  # characters behind a count in which its own noun phrase says whose people they are
PRONOUNS = frozenset({"we", "it", "they", "he", "she", "i", ""})
SPEAKERS = frozenset({"we", "i"})
BY, TO, FROM = (
    re.compile(rf"(?<!according )\b{word}\s+((?:the\s+)?[\w’' -]{{3,50}})")
    for word in ("by", "to", "from(?: the territory of)?")
)
ALL_OF = re.compile(r"all\b", re.I)
COUNTER = re.compile(r"\b(?:against|in\s+(?:return|exchange)\s+for)\s+$")
ALSO = re.compile(r"(?:\band|[,:])\s+$")
TO_NAMED = re.compile(r"\s*(?:[a-z-]+\s+){0,3}?to\s+(?:the\s+)?([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)")
GAP = re.compile(r"[,;]\s+(?:and\s+|while\s+)?((?:the\s+)?[A-Z][\w’' -]{2,40}?)\s+$")
ITS = re.compile(r"\b(?:its|our|their)\b")
DATELINE = re.compile(r"[A-Z][^a-z\n]{3,}[^\n–—-]{0,60}?\s[-–—]+\s")
RETOLD = 0.8  # share of words from which a passage is another report's
SINCE = re.compile(r"\bsince\s+[^,;:]{0,60}$")
ENDS_PHRASE = re.compile(
    r"\b(?:has|have|had|was|were|is|are|will|would|to|on|in|at|by|through|since|who|went|came|each)\b|[,.;:]"
)


@dataclass(frozen=True)
class _Look:
    """What is looked up while the counts of an article are read."""

    sides: Sides
    counts: Mapping[str, list[Figure]]
    statements: Mapping[str, list[Statement]]
    times: Mapping[str, list[Time]]


def read_handed(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    times: Sequence[Time],
    lineage: Sequence[Lineage],
    sides: Sides,
) -> tuple[Handed, ...]:
    """Every count that its own clause tells to be handed over, in the order of the reports; retold passages left out."""
    look = _Look(sides, defaultdict(list), defaultdict(list), defaultdict(list))
    for figure in figures:
        look.counts[figure.article].append(figure)
    for statement in statements:
        look.statements[statement.article].append(statement)
    for time in times:
        look.times[time.article].append(time)
    whole = {edge.derived for edge in lineage if edge.kind != "excerpt"}
    passages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for edge in lineage:
        passages[edge.derived] += [
            (own.start, own.end) for own, other in edge.passages if _retold(own, other)
        ]
    found: list[Handed] = []
    owed: list[Handed] = []
    for article in articles:
        if article.id in whole:
            continue
        if article.kind == "agreement":
            owed += (row for at in sentences(article.text) for row in _in_sentence(article, *at, look))
            continue
        for start, end in sentences(article.text):
            if not any(first < end and start < last for first, last in passages[article.id]):
                told = _so_far(list(_in_sentence(article, start, end, look)))
                for row in told:
                    found.append(_same_day(row, found, article, article.text[start:end]))
    return with_givers(found, owed)


def _retold(own: Span, other: Span) -> bool:
    """Whether a passage is taken over: nearly all its words, numbers among them, stand in the other."""
    return overlap(content_words(own.text), content_words(other.text)) >= RETOLD


def _so_far(rows: list[Handed]) -> list[Handed]:
    """The counts of one sentence: the living beside the dead without a day is the count so far, and no new round."""
    both = {row.unit for row in rows if row.done} >= set(CONDITION)
    return [replace(row, running=row.running or (both and row.done and not row.day_told)) for row in rows]


def _same_day(row: Handed, before: Sequence[Handed], article: Article, sentence: str) -> Handed:
    """A round without a day of its own with that of the one told before it; behind "in return" it is told outright."""
    last = before[-1] if before else None
    if row.day_told or row.running or not row.done or last is None:
        return row
    if last.article != row.article or last.running or last.day == article.published:
        return row
    return replace(row, day=last.day, day_told=bool(words("follows").search(sentence)))


def _in_sentence(article: Article, start: int, end: int, look: _Look) -> Iterator[Handed]:
    found: list[Handed] = []
    for figure in look.counts[article.id]:
        if start <= figure.start < end and _is_goods(figure):
            own = list(_handed(article, figure, start, end, look))
            found += own or _like_last(article, figure, (start, end), look, found)
    yield from _both_ways(_without_wholes(found))
    for match in words("none").finditer(article.text[start:end]):
        told = _teller(article, start + match.start(), look)
        to = look.sides.party(match["what"])
        if to:
            ends = (look.sides.other(to), to, article.published)
            yield Handed(
                article.id, article.id, 0.0, "person", match["what"], *ends, False, True, True, False, told
            )


def _like_last(
    article: Article,
    figure: Figure,
    sentence: tuple[int, int],
    look: _Look,
    found: Sequence[Handed],
) -> list[Handed]:
    """A count without a verb of its own, by that of the count before it: "and 11 to Toria", "for 75 rifles", "the union 40"."""
    lead, rest = article.text[sentence[0] : figure.start], article.text[figure.end : sentence[1]]
    if not found:
        return []
    same = replace(found[-1], row=figure.id, count=figure.low or 0.0)
    if COUNTER.search(lead):
        giver = same.to or look.sides.other(same.from_)
        to = same.from_ if figure.unit in CONDITION else ""
        own = replace(same, unit=unit_of(figure), noun=noun_of(figure), own_noun=bool(own_noun(figure)))
        return [replace(own, from_=giver, to=to, at_once=True, running=False, inferred="")]
    named = TO_NAMED.match(rest)
    if named and ALSO.search(lead):
        to = look.sides.of(named[1], article.id)
        return [replace(same, from_=look.sides.other(to), to=to, inferred="giver")] if to else []
    gap = GAP.search(lead)
    if gap and unit_of(figure) != same.unit:  # "Toria shall free 40 men, and Brena 9 tonnes of grain"
        giver = look.sides.of(gap[1], article.id)
        own = replace(same, unit=unit_of(figure), noun=noun_of(figure), own_noun=bool(own_noun(figure)))
        return (
            [replace(own, from_=giver, to=same.from_, inferred="receiver" if same.from_ else "")]
            if giver not in {"", same.from_}
            else []
        )
    if gap and not rest.strip(' .”"’'):
        return [replace(same, told_by=look.sides.of(gap[1], article.id) or gap[1])]
    return []


def _both_ways(rows: Sequence[Handed]) -> list[Handed]:
    """The counts of one sentence; of two receivers each gives what the other gets, and of two givers each gets it."""
    getters = list(dict.fromkeys(row.to for row in rows if row.inferred == "giver" and row.to))
    if len(getters) == 2:
        other = dict(zip(getters, reversed(getters)))
        return [replace(row, from_=row.from_ or other.get(row.to, "")) for row in rows]
    answered = {row.to: row.from_ for row in rows if row.inferred == "receiver" and row.from_}
    return [
        row
        if row.to or row.from_ not in answered
        else replace(row, to=answered[row.from_], inferred="receiver")
        for row in rows
    ]


def _without_wholes(rows: Sequence[Handed]) -> list[Handed]:
    """The counts of one sentence less one that the others of it add up to: "88 have crossed: 57 to Toria and 31 to Brena"."""
    wholes = {
        row.row
        for row in rows
        if len(rows) > 2 and row.count == sum(one.count for one in rows if one is not row)
    }
    return [row for row in rows if row.row not in wholes]


def _is_goods(figure: Figure) -> bool:
    """Whether a count is of something that one side can hand to another."""
    return (
        bool(figure.low) and "/" not in figure.unit and figure.unit not in vocabulary("handovers")["no_goods"]
    )


def _handed(article: Article, figure: Figure, start: int, end: int, look: _Look) -> Iterator[Handed]:
    """What the clause of one count tells; both directions where each side does the same."""
    before = words("breaks").split(article.text[start : figure.start])[-1]
    behind = words("breaks").split(article.text[figure.end : end])[0]
    frame = frame_of(before, behind, figure)
    if frame is None:
        return
    told = _teller(article, figure.start, look)
    is_told = (
        frame.subject or figure.unit in CONDITION
    )  # goods move by nobody's hands, as far as a clause says
    who = _subject(frame, article, start, figure.start, told, look) if is_told else ""
    from_, to, inferred = _ends(frame, who, figure, behind, article.text[figure.end : end], look.sides)
    clause = (start, figure.end + len(behind))
    day, day_told = _day(article, clause, figure.start, look, past=frame.done)
    running = words("running").search(before[-AROUND:] + behind[:AROUND]) or (
        not day_told and (frame.perfect or ALL_OF.match(figure.text))
    )
    if frame.way == "moved" and not (running or day_told):
        return
    row = Handed(
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
        frame.way == "counted" or bool(running),
        bool(words("at_once").search(article.text[start:end])),
        told,
        bool(own_noun(figure)),
        frame.back and unit_of(figure) not in CONDITION,
        frame.returned,
        inferred,
    )
    each = any(words("both_ways").search(part) for part in (frame.subject, before, behind)) or (
        behind.lstrip().startswith("each")
    )
    if not each or len(look.sides.parties) != 2:
        yield row
        return
    one, other = look.sides.parties
    yield replace(row, from_=one, to=other, at_once=True, inferred="")
    yield replace(row, from_=other, to=one, at_once=True, inferred="")


def _subject(frame: Frame, article: Article, start: int, at: int, told: str, look: _Look) -> str:
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
    article: Article, clause: tuple[int, int], at: int, look: _Look, past: bool
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


def _teller(article: Article, at: int, look: _Look) -> str:
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
