"""Acts: what parties do to one another, read off what they say and off what is told as having happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from parley.model import Act, Article, Place, Statement, Time, row_id
from parley.reader.extents import Draft
from parley.reader.grammar import forms, is_adverb, words
from parley.reader.phrases import subject_before
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

NEGATED = {"not", "never", "n't", "no"}
BE = {"was", "were", "been", "being", "is", "are", "be"}
HAVE = {"has", "have", "had"}


@cache
def _said() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.I), act) for pattern, act in vocabulary("acts")["said"])


@cache
def _events() -> dict[str, tuple[tuple[str, str, tuple[str, ...], frozenset[str]], ...]]:
    """First word of each event verb's past form -> (act, tense, particles, objects)."""
    found: dict[str, list[tuple[str, str, tuple[str, ...], frozenset[str]]]] = {}
    for act, group in vocabulary("acts")["events"].items():
        for verb in group["verbs"]:
            head, *rest = verb.split("_")
            inflected = forms(head)
            for form in dict.fromkeys((inflected["ed"], inflected["en"])):
                found.setdefault(form, []).append((act, "ed", tuple(rest), frozenset(group["objects"])))
    return {form: tuple(sorted(entries, key=lambda entry: -len(entry[2]))) for form, entries in found.items()}


def read_acts(
    article: Article,
    units: Sequence[Unit],
    drafts: Sequence[Draft],
    statements: Sequence[Statement],
    cast: Cast,
    times: Sequence[Time],
    places: Sequence[Place],
) -> tuple[Act, ...]:
    """Act rows in text order: one for each speech act, and one for each event that is told."""
    found: list[Act] = []
    for draft, statement in zip(drafts, statements):
        found += _speech_acts(article, units[draft.unit], draft, statement, cast)
    for unit in units:
        found += _event_acts(article, unit, statements, cast)
    found.sort(key=lambda act: (act.start, act.end, act.act))
    return tuple(_numbered(article, _placed(_distinct(found), units, times, places)))


def _speech_acts(
    article: Article, unit: Unit, draft: Draft, statement: Statement, cast: Cast
) -> Iterator[Act]:
    if draft.act:
        content = article.text[slice(*draft.content[0])]
        label = _by_frame(draft, content)
        target = cast.resolve(article.text[slice(*draft.target)], *draft.target) if draft.target else None
        yield _act(article, statement.speaker_name, label, target, *draft.clause, statement.id)
        return
    whole = statement.kind == "indirect" and len(draft.content) == 1
    for piece in draft.content:
        for start, end in _clauses(article.text, *piece):
            label = next((act for pattern, act in _said() if pattern.search(article.text[start:end])), "")
            if label:
                at = draft.clause if whole else (start, end)
                yield _act(article, statement.speaker_name, label, None, *at, statement.id)
                if whole:
                    return


def _by_frame(draft: Draft, content: str) -> str:
    """ "agreed to a plan" accepts it; "agreed to open" commits; everything else is what its verb is."""
    if draft.verb == "agree" and re.match(r"(?:the|a|an|this|that|these|those|its|his|her|their)\s", content):
        return "ACCEPT"
    return draft.act or ""


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a content, edges trimmed of marks."""
    for first, last in sentences(text[start:end]):
        stop = last
        while stop > first and text[start + stop - 1] in ' .,;:!?"”’':
            stop -= 1
        yield start + first, start + stop


def _event_acts(article: Article, unit: Unit, statements: Sequence[Statement], cast: Cast) -> Iterator[Act]:
    tokens = unit.tokens
    for index, token in enumerate(tokens):
        for label, _, rest, objects in _events().get(token.lower, ()):
            last = index + len(rest)
            if tuple(t.lower for t in tokens[index + 1 : last + 1]) != rest:
                continue
            event = _event(article, unit, index, last, objects, cast)
            if event:
                actor, start, end = event
                inside = next(
                    (s.id for s in statements if any(p.start <= token.start < p.end for p in s.content)), None
                )
                yield _act(article, actor, label, None, start, end, inside)
            break


def _event(
    article: Article, unit: Unit, index: int, last: int, objects: frozenset[str], cast: Cast
) -> tuple[str, int, int] | None:
    """Actor and extent of an event, if it is told as having happened."""
    tokens = unit.tokens
    before = index - 1
    helpers = []
    while before >= 0 and (is_adverb(tokens[before]) or tokens[before].lower in words("auxiliaries")):
        helpers.append(tokens[before].lower)
        before -= 1
    modal = set(helpers) & (words("auxiliaries") - BE - HAVE)
    if (
        modal
        or set(helpers) & NEGATED
        or before < 0
        or tokens[before].lower in {"to", "be"} | words("determiners")
    ):
        return None
    passive = bool(set(helpers) & BE)
    if not passive and "'s" not in tokens[before].lower and tokens[before].lower in words("prepositions"):
        return None
    subject = subject_before(tokens, index)
    if subject is None or any(
        unit.quoted[i] != unit.quoted[index] for i in range(subject[0], subject[1] + 1)
    ):
        return None
    end = _clause_end(unit, last)
    clause = {token.lower for token in tokens[subject[0] : end + 1]}
    if objects and not clause & objects:
        return None
    start, stop = tokens[subject[0]].start, tokens[end].end
    if passive:
        return _agent(article, unit, last, end, cast), start, stop
    surface = (tokens[subject[0]].start, tokens[subject[1]].end)
    return cast.resolve(article.text[slice(*surface)], *surface), start, stop


def _clause_end(unit: Unit, index: int) -> int:
    """The last word before a mark, a subordinate clause or a change in or out of quotation marks."""
    tokens = unit.tokens
    end = index
    for position in range(index + 1, len(tokens)):
        token = tokens[position]
        if (
            unit.quoted[position] != unit.quoted[index]
            or token.text in ",;:.—–()"
            or token.lower in {"while", "but", "which", "who"}
        ):
            break
        if token.is_word:
            end = position
    return end


def _agent(article: Article, unit: Unit, last: int, end: int, cast: Cast) -> str:
    """Who did it by a passive's "by"; empty where the text does not say."""
    tokens = unit.tokens
    for index in range(last + 1, end):
        if tokens[index].lower == "by":
            stop = index + 1
            while (
                stop < end
                and tokens[stop + 1].lower not in words("prepositions") - {"of"}
                and tokens[stop + 1].is_word
            ):
                stop += 1
            at = (tokens[index + 1].start, tokens[stop].end)
            return cast.resolve(article.text[slice(*at)], *at)
    return ""


def _act(
    article: Article, actor: str, label: str, target: str | None, start: int, end: int, statement: str | None
) -> Act:
    return Act("", article.id, actor, label, target, start, end, article.text[start:end], statement=statement)


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


def _placed(
    found: list[Act], units: Sequence[Unit], times: Sequence[Time], places: Sequence[Place]
) -> Iterator[Act]:
    """Each act with the single day and the place that its sentence names."""
    unit_of = iter(units)
    unit = next(unit_of, None)
    for act in found:
        while unit is not None and unit.end <= act.start:
            unit = next(unit_of, None)
        if unit is None:
            yield act
            continue
        day = next(
            (t.start for t in times if unit.start <= t.at[0] < unit.end and t.start == t.end and t.start),
            None,
        )
        place = next((p.name for p in places if unit.start <= p.start < unit.end), None)
        yield replace(act, date=day, place=place)


def _numbered(article: Article, found: Iterator[Act]) -> Iterator[Act]:
    seen: dict[tuple[int, int, str], int] = {}
    for act in found:
        key = (act.start, act.end, act.act)
        seen[key] = seen.get(key, -1) + 1
        yield replace(act, id=row_id("act", article.id, [key[:2]], act.act, seen[key]))
