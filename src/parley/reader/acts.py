"""Acts: what parties do to one another, by a cue, told as having happened, or as the encoder holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from parley.model import Act, Article, Place, Statement, Time, row_id
from parley.reader.cues import cue_verbs
from parley.reader.decoding import ACTS, Labelled, Spans
from parley.reader.events import BE, Event, doer_of, is_undone, read_events
from parley.reader.extents import Draft, Range, trim
from parley.reader.grammar import Token, is_adverb, is_finite, words
from parley.reader.heads import can_act
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

DEADLINE = re.compile(r"\b(?:by|until|till|before|since|after|from)\s+(?:the\s+)?$", re.I)
LONG = 1.6  # how much longer than the words a clause may be to be shown whole
DONE = frozenset({"PERFORM", "MEET", "MEDIATE", "SUSPEND"})  # what is done; the other acts are said
OWNING = re.compile(r"[’']s?(?!\w)")  # behind the name of a doer
DOING = re.compile(r"\b(?:by|between)\s+(?:the\s+)?$")  # before it
LEAST_TOLD = 0.03  # how likely, by the encoder, a deed must be that the outlet tells
LEAST_INSIDE = 0.2  # and any event that somebody tells
LEAST_SAID = 0.4  # and an act for which somebody's words are taken where nothing else was found in them
SPEAKER = frozenset({"i", "me", "we", "us"})  # whoever is speaking
SAME = 0.3  # the part of two stretches together that both have, from which they tell one act


@dataclass(frozen=True, slots=True)
class Told:
    """A text with what is said in it and who is in it."""

    article: Article
    units: Sequence[Unit]
    statements: Sequence[Statement]
    cast: Cast


def read_acts(
    told: Told, drafts: Sequence[Draft], spans: Spans, times: Sequence[Time], places: Sequence[Place]
) -> tuple[Act, ...]:
    """Act rows in text order; `drafts` are the statements', `spans` what the encoder finds in the text."""
    found = [act for draft, one in zip(drafts, told.statements) if (act := _cue_act(told, draft, one))]
    for unit in told.units:
        events = (
            _event_act(told, unit, event, times) for event in read_events(told.article, unit, told.cast)
        )
        found += [act for act in events if _is_likely(act, spans)]
    found += _others(told, spans.acts, found)
    found += _worded(told, drafts, spans, found)
    found = list(_acted(told, found))
    found.sort(key=lambda act: (act.start, act.end, act.act))
    return tuple(_numbered(told.article, _placed(_distinct(found), told.units, places)))


def _cue_act(told: Told, draft: Draft, statement: Statement) -> Act | None:
    """The act that a cue is by itself, if it is one."""
    text = told.article.text
    label = _by_words(draft, text)
    if not label:
        return None
    target = told.cast.resolve(text[slice(*draft.target)], *draft.target) if draft.target else None
    return replace(
        _act(told.article, statement.speaker_name, label, _extent(draft), statement),
        target=target,
        date=statement.date,
    )


def _is_likely(act: Act, spans: Spans) -> bool:
    """Whether the encoder holds it possible that an event is told."""
    likely = float(spans.doing((act.start, act.end))[ACTS.index(act.act)])
    if act.statement is not None:
        return likely >= LEAST_INSIDE
    return act.act != "PERFORM" or likely >= LEAST_TOLD  # deeds have everyday verbs: "opened", "paid"


def _event_act(told: Told, unit: Unit, event: Event, times: Sequence[Time]) -> Act:
    """The act that an event is, with its day."""
    inside = next((one for one in told.statements if _tells(one, event.verb)), None)
    told_in = told.article.text[event.start : event.end].casefold().split()
    doers = {event.actor.casefold()} | (
        set() if BE & set(told_in) else set(told_in[:1])
    )  # not "we were freed"
    if inside and (event.label == "ACCUSE" or doers & SPEAKER):
        event = replace(event, actor=inside.speaker_name)  # whoever says that another broke his word accuses
    act = _act(told.article, event.actor, event.label, (event.start, event.end), inside)
    return replace(act, date=_day(told.article, unit, event, inside, times))


def _others(told: Told, labelled: Sequence[Labelled], found: Sequence[Act]) -> Iterator[Act]:
    """The acts that only the encoder finds; where a cue or an event tells the same stretch, that stands."""
    starts = np.array([unit.start for unit in told.units], dtype=np.int64)
    left = list(found)
    for one in labelled:
        start, end = trim(told.article.text, one.start, one.end)
        same = next((act for act in left if _shared((start, end), (act.start, act.end)) >= SAME), None)
        if same is not None:
            left.remove(same)
            continue
        unit = told.units[max(int(np.searchsorted(starts, start, side="right")) - 1, 0)]
        label = label_of(told.article.text[start:end], "plain") or one.label
        if start < end and not (label in DONE and is_undone(unit, start, end)):
            inside = _innermost(told.statements, start, end)
            actor = _doer(told, unit, label, (start, end), inside)
            act = _act(told.article, actor, label, (start, end), inside)
            yield replace(act, date=inside.date if inside is not None and label not in DONE else None)


def _worded(told: Told, drafts: Sequence[Draft], spans: Spans, found: Sequence[Act]) -> Iterator[Act]:
    """The acts that the words of a content make where nothing else was found in it: "we will not negotiate"."""
    text, leaning = told.article.text, vocabulary("acts")["leaning"]
    for draft, statement in zip(drafts, told.statements):
        for piece in draft.content:
            for first, last in sentences(text[slice(*piece)]):
                start, end = trim(text, piece[0] + first, piece[0] + last)
                if start < end and not any(act.start < end and start < act.end for act in found):
                    label = label_of(text[start:end], "plain", "said") or _likeliest(spans, (start, end))
                    label = label or leaning.get(draft.verb, "")
                    if label:
                        yield _act(told.article, statement.speaker_name, label, (start, end), statement)


def _acted(told: Told, found: Sequence[Act]) -> Iterator[Act]:
    """The acts, each with somebody who can act; a deed in the passive may go without."""
    said = {one.id: one for one in told.statements}
    for act in found:
        inside = said.get(act.statement or "")
        passive = not act.actor and act.act in DONE and BE & set(act.text.lower().split())
        if passive or can_act(act.actor) or (inside and inside.speaker_name == act.actor):
            yield act
        else:
            yield replace(act, actor=_somebody(told, act, inside) or act.actor)


def _somebody(told: Told, act: Act, inside: Statement | None) -> str:
    """Who says an act that is said; whose it is by its own words, "the Front's", "by the Front", if it is done."""
    if inside and act.act not in DONE:
        return inside.speaker_name
    text, named = told.article.text, told.cast.mentions_in(act.start, act.end)
    if act.act in DONE:
        named = [m for m in named if OWNING.match(text, m.end) or DOING.search(text, act.start, m.start)]
    return named[0].name if named else ""


def _likeliest(spans: Spans, at: Range) -> str:
    """The act that the encoder holds likeliest of some words; empty if it holds none likely."""
    doing = spans.doing(at)
    best = int(doing.argmax())
    return ACTS[best] if doing[best] >= LEAST_SAID else ""


@cache
def _patterns(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.I), act) for pattern, act in vocabulary("acts")[key])


def label_of(said: str, *keys: str) -> str:
    """The act that words make by the patterns under some keys of vocabulary/acts.yaml; empty if none."""
    patterns = (pair for key in keys for pair in _patterns(key))
    return next((act for pattern, act in patterns if pattern.search(said)), "")


def _shared(one: Range, other: Range) -> float:
    """The part of two stretches together that both have."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def _innermost(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The shortest statement whose words and cue hold most of a stretch."""
    found = []
    for one in statements:
        pieces = [*one.content, *([one.cue] if one.cue else [])]
        held = sum(max(0, min(end, piece.end) - max(start, piece.start)) for piece in pieces)
        if 2 * held > end - start:
            found.append((sum(piece.end - piece.start for piece in pieces), one.id, one))
    return min(found)[2] if found else None


def _doer(told: Told, unit: Unit, label: str, at: Range, inside: Statement | None) -> str:
    """Who does it, empty where nobody is named: of words said whoever says them, of a deed the subject of its verb.

    Inside somebody's words the subject of a verb that is an act by itself: "the Council has refused", she said.
    """
    said = inside is not None and label not in DONE
    for index, token in enumerate(unit.tokens):
        if at[0] <= token.start < at[1] and is_finite(token):
            if said and not any(verb.act for verb in cue_verbs().get(_main(unit.tokens, index), ())):
                continue
            doer = doer_of(told.article, unit, index, at[1], told.cast)
            if doer is not None:
                return inside.speaker_name if inside and doer.casefold() in SPEAKER else doer
    return inside.speaker_name if inside is not None and said else ""


def _main(tokens: Sequence[Token], index: int) -> str:
    """The verb that a finite form leads to: "refused" of "has since refused"."""
    while index + 1 < len(tokens) and (
        tokens[index].lower in words("auxiliaries") or is_adverb(tokens[index])
    ):
        index += 1
    return tokens[index].lower


def _day(
    article: Article, unit: Unit, event: Event, inside: Statement | None, times: Sequence[Time]
) -> date | None:
    """The day of an event: the single past day that stands nearest to its verb, in the same words or outside as it is."""
    found = [
        (abs(time.at[0] - event.verb), time.start)
        for time in times
        if unit.start <= time.at[0] < unit.end
        and time.start is not None
        and time.start == time.end
        and (article.published is None or time.start <= article.published)
        and (inside is not None) == _tells_any(inside, time.at[0])
        and not DEADLINE.search(article.text[unit.start : time.at[0]])
    ]
    return min(found)[1] if found else None


def _tells_any(statement: Statement | None, offset: int) -> bool:
    return statement is not None and _tells(statement, offset)


def _tells(statement: Statement, offset: int) -> bool:
    """Whether an offset lies in what a statement says."""
    return any(piece.start <= offset < piece.end for piece in statement.content)


def _extent(draft: Draft) -> Range:
    """The clause from its subject on; where an apposition makes it much longer than what is said, from the cue or content."""
    start, end = draft.clause
    said = draft.content[0][0], max(piece[1] for piece in draft.content)
    if end - start <= LONG * (said[1] - said[0]):
        return start, end
    return (min(draft.cue[0], said[0]) if draft.cue else said[0]), max(end, said[1])


@cache
def _turned() -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    rows = vocabulary("acts")["turned"]
    return tuple((frozenset(of), re.compile(pattern, re.I), act) for of, pattern, act in rows)


def _by_words(draft: Draft, text: str) -> str:
    """The act that a cue is, given what it governs: "rejected the charge" denies, "rejected the plan" does not."""
    label = draft.act or ""
    start, end = draft.content[0]
    governed = text[min(draft.cue[0] if draft.cue else start, start) : end]
    for of, pattern, act in _turned():
        if label and (label in of or draft.verb in of) and pattern.search(governed):
            return act
    return label


def _act(article: Article, actor: str, label: str, at: Range, statement: Statement | None) -> Act:
    words = article.text[slice(*at)]
    return Act("", article.id, actor, label, None, *at, words, statement=statement.id if statement else None)


def _distinct(found: Sequence[Act]) -> list[Act]:
    """One act per label where extents overlap by half or more."""
    kept: list[Act] = []
    for act in found:
        twin = any(
            other.act == act.act
            and min(other.end, act.end) - max(other.start, act.start)
            > 0.5 * min(other.end - other.start, act.end - act.start)
            and other.actor == act.actor
            for other in kept[-4:]
        )
        if not twin:
            kept.append(act)
    return kept


def _placed(found: list[Act], units: Sequence[Unit], places: Sequence[Place]) -> Iterator[Act]:
    """Each act with the place that its sentence names."""
    unit_of = iter(units)
    unit = next(unit_of, None)
    for act in found:
        while unit is not None and unit.end <= act.start:
            unit = next(unit_of, None)
        if unit is None:
            yield act
            continue
        place = next((p.name for p in places if unit.start <= p.start < unit.end), None)
        yield replace(act, place=place)


def _numbered(article: Article, found: Iterator[Act]) -> Iterator[Act]:
    seen: dict[tuple[int, int, str], int] = {}
    for act in found:
        key = (act.start, act.end, act.act)
        seen[key] = seen.get(key, -1) + 1
        yield replace(act, id=row_id("act", article.id, [key[:2]], act.act, seen[key]))
