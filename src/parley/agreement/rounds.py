"""Handovers as told: which counts a report says were handed over, by whom to whom, on which day, by whose account."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from parley.agreement.parties import NAME, Sides
from parley.linking.deeds import key_words
from parley.linking.text import content_words, overlap
from parley.model import Article, Figure, Lineage, Span, Statement, Time
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

NEAR = 75  # characters between a verb of handing over and the count behind it
BEHIND = 70  # ... and between the count and the verb behind that
PHRASE = 45  # characters behind a count in which its own noun phrase says whose people they are
PRONOUNS = frozenset({"we", "it", "they", "he", "she", "i", ""})
AROUND = 50  # characters around a count in which a word says that it is the count so far
SMALL = frozenset({"the", "of", "them", "all", "those", "others", "our", "their", "its", "other"})
SPEAKERS = frozenset({"we", "i"})
MODALS = frozenset({"to", "will", "would", "shall", "must", "should", "may", "can", "could"})
AUXILIARY = re.compile(r"\s*\b(?:has|have|had|be|been|was|were|also|so far|already|in turn|then|only)\b.*$")
CONDITION = {"person": "living", "body": "dead"}
SUBJECT_STARTS = re.compile(r"[,;:“”\"]|\b(?:and|but|that|while|when|after|as|who|which)\b")
BY, TO, FROM = (
    re.compile(rf"(?<!according )\b{word}\s+((?:the\s+)?[\w’' -]{{3,50}})")
    for word in ("by", "to", "from(?: the territory of)?")
)
PART = re.compile(r"(?<!total )\bof\s+(?:the\s+)?$")
DATELINE = re.compile(r"[A-Z][^a-z\n]{3,}[^\n–—-]{0,60}?\s[-–—]+\s")
RETOLD = 0.8  # share of words from which a passage is another report's
SAYS_ITSELF = re.compile(
    r"\bthat\s+(?:it|they|he|she)\b[^,;]*$"
)  # "the movement that it has received only 40"
THEIRS_TOO = re.compile(r"\b(?:its|their|our)\b.*\band\b", re.I)  # "its crews and the union's": of both
SINCE = re.compile(r"\bsince\s+(?:\w+\s+){0,3}$")
OF_ALL = re.compile(
    r"(?:^|[.:;]\s+)\W*Of\s+(?:the|these|those|all|its)\b[^,]*,\s*$"
)  # "Of the cargo shipped, 40 tonnes was"
ENDS_PHRASE = re.compile(
    r"\b(?:has|have|had|was|were|is|are|will|would|to|on|in|at|by|through|since|who|went|came|each)\b|[,.;:]"
)


@dataclass(frozen=True)
class Handed:
    """What one count in one report tells of a handover."""

    article: str
    row: str  # the figure's id; the article's where no figure stands
    count: float
    unit: str
    noun: str
    from_: str
    to: str
    day: date | None
    day_told: bool  # the sentence itself names the day
    done: bool
    running: bool  # the count so far, not one round
    at_once: bool  # with what the other side gives
    told_by: str
    own_noun: bool = False  # the count's own words hold its noun
    inferred: str = ""  # giver or receiver, where no report names that end and there is but one other party

    @property
    def series(self) -> tuple[str, str, str]:
        """What counts are added up by: giver, receiver, and living, dead or the unit of the goods."""
        return self.from_, self.to, CONDITION.get(self.unit, self.unit)


@dataclass(frozen=True)
class _Look:
    """What is looked up while the counts of an article are read."""

    sides: Sides
    counts: Mapping[str, list[Figure]]
    statements: Mapping[str, list[Statement]]
    times: Mapping[str, list[Time]]


@dataclass(frozen=True)
class _Frame:
    """How a clause tells of a count: which way things go, by which subject."""

    way: str  # gave | got | given | received | came | counted | moved
    subject: str
    done: bool
    perfect: bool = False  # "has freed": so far, unless a day is named


@cache
def words(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/handovers.yaml; a group of forms matches whole words only."""
    found = str(vocabulary("handovers")[key])
    return re.compile(rf"\b{found}\b" if found.startswith("(?:") else found, re.I)


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
    for article in articles:
        if article.kind == "agreement" or article.id in whole:
            continue
        for start, end in sentences(article.text):
            if not any(first < end and start < last for first, last in passages[article.id]):
                for row in _so_far(list(_in_sentence(article, start, end, look))):
                    found.append(_same_day(row, found, article, article.text[start:end]))
    return _with_givers(found, sides)


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
    for figure in look.counts[article.id]:
        if start <= figure.start < end and _is_goods(figure):
            yield from _handed(article, figure, start, end, look)
    for match in words("none").finditer(article.text[start:end]):
        told = _teller(article, start + match.start(), look)
        to = look.sides.party(match["what"])
        if to:
            ends = (look.sides.other(to), to, article.published)
            yield Handed(
                article.id, article.id, 0.0, "person", match["what"], *ends, False, True, True, False, told
            )


def _is_goods(figure: Figure) -> bool:
    """Whether a count is of something that one side can hand to another."""
    return (
        bool(figure.low) and "/" not in figure.unit and figure.unit not in vocabulary("handovers")["no_goods"]
    )


def _handed(article: Article, figure: Figure, start: int, end: int, look: _Look) -> Iterator[Handed]:
    """What the clause of one count tells; both directions where each side does the same."""
    before = words("breaks").split(article.text[start : figure.start])[-1]
    behind = words("breaks").split(article.text[figure.end : end])[0]
    frame = _frame(before, behind, figure) or _moved(before, behind, article.text[figure.end : end], figure)
    if frame is None:
        return
    told = _teller(article, figure.start, look)
    is_told = (
        frame.subject or figure.unit in CONDITION
    )  # goods move by nobody's hands, as far as a clause says
    who = _subject(frame, article, start, figure.start, told, look) if is_told else ""
    if who and frame.subject and SAYS_ITSELF.search(before):
        told = who
    from_, to, inferred = _ends(frame, who, figure, behind, article.text[figure.end : end], look.sides)
    clause = (start, figure.end + len(behind))
    day, day_told = _day(article, clause, figure.start, look, past=frame.done)
    running = words("running").search(before[-AROUND:] + behind[:AROUND]) or (frame.perfect and not day_told)
    if frame.way == "moved" and not (running or day_told):
        return
    row = Handed(
        article.id,
        figure.id,
        figure.low or 0.0,
        figure.unit,
        _noun(figure),
        from_,
        to,
        day,
        day_told,
        frame.done,
        frame.way == "counted" or bool(running),
        bool(words("at_once").search(article.text[start:end])),
        told,
        bool(_own_noun(figure)),
        inferred,
    )
    each = any(words("both_ways").search(part) for part in (frame.subject, before, behind))
    if not each or len(look.sides.parties) != 2:
        yield row
        return
    one, other = look.sides.parties
    yield replace(row, from_=one, to=other, at_once=True, inferred="")
    yield replace(row, from_=other, to=one, at_once=True, inferred="")


def _frame(before: str, behind: str, figure: Figure) -> _Frame | None:
    """The verb of handing over that governs a count: before it, behind it, or a count that is brought up to it."""
    if words("counted").search(before):
        return None if words("held").search(before + behind) else _Frame("counted", "", True)
    if PART.search(before) or OF_ALL.search(before):
        return None
    ways = ("gave", "give", "got")
    verbs = [(m, way) for way in ways for m in words(way).finditer(before) if len(before) - m.end() <= NEAR]
    if verbs:
        return _active(before, *max(verbs, key=lambda pair: pair[0].end()))
    near = behind[:BEHIND]
    passive = _passive().search(near)
    if passive:
        way = "given" if passive["gave"] else "received"
        done = not words("announced").search(near[: passive.start(2)])
        return _Frame(way, "", done, bool(words("perfect").search(near[: passive.start()])))
    came = words("came" if figure.unit in CONDITION else "went").search(near)
    if came:
        lead = near[: came.start()]
        done = not (words("announced").search(lead) or words("not_done").search(lead))
        return _Frame("came", "", done, bool(words("perfect").search(lead)))
    return None


def _moved(before: str, behind: str, rest: str, figure: Figure) -> _Frame | None:
    """How a clause tells that goods went through, so far or on a day, by whosever hands: "has moved 40 tonnes"."""
    if figure.unit not in vocabulary("handovers")["moved_units"] or words("held").search(before + behind):
        return None
    them = words("moved_them").search(rest)
    if them:
        return _Frame("gave", them["who"], True)
    verbs = [m for m in words("moved").finditer(before) if len(before) - m.end() <= NEAR]
    if verbs:
        frame = _active(before, verbs[-1], "moved")
        return frame if frame.done else None
    passive = re.match(
        rf"[^,;]{{0,{BEHIND}}}?\b(?:was|were|been)\s+(?:\w+\s+)?{vocabulary('handovers')['moved']}\b", behind
    )
    if passive and not words("announced").search(passive.group()):
        return _Frame("moved", "", True, bool(words("perfect").search(passive.group())))
    return None


def _active(before: str, verb: re.Match[str], way: str) -> _Frame:
    """A verb in front of the count, with its subject."""
    clause = SUBJECT_STARTS.split(before[: verb.start()])[-1].strip()
    subject = AUXILIARY.sub("", clause)
    if way == "give":
        head = verb.group().split()[0]
        is_noun = head.lower() not in MODALS
        return _Frame("gave", f"{subject} {head}" if is_noun else subject, is_noun)
    done = not words("not_done").search(before[: verb.start()])
    return _Frame(way, subject, done, bool(words("perfect").search(clause)))


@cache
def _passive() -> re.Pattern[str]:
    gave, got = (str(vocabulary("handovers")[key]) for key in ("gave", "got"))
    return re.compile(rf"\b(was|were|been|be|being)\s+(?:\w+\s+)?((?P<gave>{gave})|{got})\b", re.I)


def _subject(frame: _Frame, article: Article, start: int, at: int, told: str, look: _Look) -> str:
    """The body that acts: the verb's subject; behind a pronoun the party named last before it, or whoever speaks."""
    if THEIRS_TOO.search(frame.subject):
        return ""
    if frame.subject.lower() not in PRONOUNS:
        return look.sides.of(frame.subject, article.id)
    clauses = re.split(r"[,;:]|\band\b|\bthat\b", article.text[start:at].rsplit(";", 1)[-1])
    named = [party for clause in clauses if (party := look.sides.party(clause))]
    if frame.subject.lower() in SPEAKERS or not named:
        return look.sides.of(told, article.id) if told != article.outlet else ""
    return named[-1]


def _ends(
    frame: _Frame, who: str, figure: Figure, behind: str, rest: str, sides: Sides
) -> tuple[str, str, str]:
    """(giver, receiver, which is inferred): by the verb's subject, by "to", "from" and "by", by whose people they are."""
    owner = _owner(figure, behind, rest, sides) if figure.unit in CONDITION else ""
    named = {
        key: sides.of(match.group(1), figure.article) if (match := way.search(behind)) else ""
        for key, way in (("by", BY), ("to", TO), ("from", FROM))
    }
    giver = who if frame.way in {"gave", "moved"} else named["by"] if frame.way == "given" else named["from"]
    getter = who if frame.way == "got" else named["to"]
    getter = getter or (owner if owner != giver else "")
    giver = giver or named["from"]
    if figure.unit not in CONDITION:  # goods go to anybody
        return giver, getter, ""
    if giver and not getter:
        return giver, sides.other(giver), "receiver"
    return giver or sides.other(getter), getter, "" if giver else "giver"


def _owner(figure: Figure, behind: str, rest: str, sides: Sides) -> str:
    """Whose people they are: by the count's own phrase, a name in it, or for bodies the rest of the sentence."""
    phrase = figure.text + ENDS_PHRASE.split(behind[:PHRASE])[0]
    noun = _own_noun(figure)
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


def _noun(figure: Figure) -> str:
    """What is counted, in a few words: the count's own noun, else the first words of what it is said to count."""
    named = re.match(r"\w+(?: of \w+)?", figure.what)
    return _own_noun(figure) or (named.group() if named else "")


def _own_noun(figure: Figure) -> str:
    counting = set(map(str, vocabulary("deeds")["counting"])) | SMALL
    own = figure.text.split()
    while own and (not own[0][0].isalpha() or set(re.split(r"[-’']", own[0].lower())) <= counting):
        del own[0]
    numbers = set(map(str, vocabulary("deeds")["counting"]))
    kept = [word for word in own if not set(re.split(r"[-’']", word.lower())) <= numbers]
    return " ".join(kept).removesuffix(" of")  # "the remains of four hostages"


def _with_givers(found: Sequence[Handed], sides: Sides) -> tuple[Handed, ...]:
    """Where a report does not say who gives: whoever gives such things elsewhere in the record."""
    givers: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in found:
        if row.from_ and row.own_noun:
            for word in _kinds_of(row):
                givers[word][row.from_, row.to] += 1
    made = []
    for row in found:
        votes = sum((givers[word] for word in _kinds_of(row)), Counter()) if not row.from_ else Counter()
        if votes:
            (from_, to), _ = max(votes.items(), key=lambda item: (item[1], item[0]))
            row = replace(row, from_=from_, to=row.to or to)
        made.append(row)
    return tuple(made)


def _kinds_of(row: Handed) -> frozenset[str]:
    return key_words(row.noun) - frozenset(content_words(" ".join(map(str, vocabulary("deeds")["counting"]))))
