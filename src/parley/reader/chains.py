"""Chains: through whom an article has a statement, nearest to the article first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parley.model import Article, Mention, Statement
from parley.reader.events import RELATIVES
from parley.reader.extents import Draft, offsets
from parley.reader.grammar import words
from parley.reader.heads import can_act, plain
from parley.reader.media import Media
from parley.reader.nesting import depth
from parley.reader.phrases import subject_before
from parley.reader.relayed import is_passive
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary


@cache
def _relayed() -> re.Pattern[str]:
    """Words that name a medium in passing; the group is what may be its name."""
    return re.compile(rf"\b(?:{vocabulary('cues')['relayed']})\s+((?:the\s+)?(?:[\w.’'&-]+\s*){{1,6}})")


@cache
def _behind() -> re.Pattern[str]:
    """A medium that reports at the end of a sentence: "..., the agency Orbit reported"; the group is its name."""
    return re.compile(rf",[”\"’]?\s+((?:[\w’'-]+\s+){{1,6}}?)(?:{vocabulary('cues')['reported_behind']})\b")


@cache
def _voiced() -> re.Pattern[str]:
    """Words that name whoever reads out what another says; the group is the person."""
    return re.compile(
        rf"\b(?:{vocabulary('cues')['voiced']})\s+((?:\w+\s+)?(?:(?!(?:the|an?|he|she|it|they|that)\b)[\w’'-]+[^\S\n]*){{1,5}})"
    )


@cache
def _towards() -> re.Pattern[str]:
    """What leads to a medium that is spoken to or used, whatever the verb."""
    return re.compile(rf"\b(?:{vocabulary('cues')['towards']})\s+", re.I)


@cache
def _through() -> re.Pattern[str]:
    """Through whom somebody speaks; the group is the go-between."""
    return re.compile(r"\b[Tt]hrough\s+((?:(?!that\b)[\w’'-]+[^\S\n]*){1,6})")


def with_chains(
    article: Article,
    drafts: Sequence[Draft],
    outers: Sequence[int | None],
    units: Sequence[Unit],
    statements: Sequence[Statement],
    cast: Cast,
    mentions: Sequence[Mention],
) -> list[Statement]:
    """The statements, each with its chain; drafts[i] is what statements[i] was made of, outers[i] around it.

    What is told within another's words has that one's chain and speaker; what a speaker goes on to say, before
    anybody else speaks, has the chain of what went before.
    """
    media = Media(article, mentions)
    read_out = _read_out(article, units, cast)
    chains: dict[int, tuple[str, ...]] = {}
    before: int | None = None
    for at in (at for at, outer in enumerate(outers) if outer is None):
        draft = drafts[at]
        own = _own(article, draft, units[draft.unit], cast, media)
        own += [name for offset, noun, name in read_out if _is_text(article.text, draft, offset, noun)][-1:]
        if before is not None and not own and statements[before].speaker_name == statements[at].speaker_name:
            own = list(chains[before])
        chains[at] = _chain(own, statements[at])
        before = at
    nested = [(at, outer) for at, outer in enumerate(outers) if outer is not None]
    for at, outer in sorted(nested, key=lambda pair: (depth(outers, pair[0]), pair[0])):
        told_by = [*chains.get(outer, ()), _teller(statements[outer], media)]
        chains[at] = _chain(told_by + _addressed(article, drafts[at], cast, media), statements[at])
    return [replace(one, chain=chains[at]) for at, one in enumerate(statements)]


def _teller(outer: Statement, media: Media) -> str:
    """Who tells another's words: a medium by its name, "the same agency" too."""
    unnamed = outer.speaker is not None and outer.speaker_name.islower()
    return (media.known(outer.speaker.start) if unnamed and outer.speaker else "") or outer.speaker_name


def _chain(relays: Sequence[str], statement: Statement) -> tuple[str, ...]:
    """Relays, each once; nobody relays himself: "a clerk" is "a clerk at the gate" too."""
    speaker = statement.speaker_name
    return tuple(
        dict.fromkeys(one for one in relays if one and one != speaker and not speaker.startswith(f"{one} "))
    )


@cache
def _heading() -> re.Pattern[str]:
    """A text that a paragraph names at its head: "Minutes of the council, Friday:"; the group is the text."""
    return re.compile(rf"((?:the\s+)?(?:{'|'.join(sorted(words('texts')))})\b[^,:.\n]*)[^:.\n]*:\s", re.I)


def _own(article: Article, draft: Draft, unit: Unit, cast: Cast, media: Media) -> list[str]:
    """The relays that a sentence itself names."""
    text = article.text
    relays = _addressed(article, draft, cast, media)
    if draft.speaker:
        relays.append(media.cites(unit.start, unit.end, draft.speaker[0]))
    for match in _relayed().finditer(text, unit.start, unit.end):
        if not within(match.start(1), draft):
            place = text[match.start() : match.start(1)].split()[-1] in {"in", "on"}  # "published in Ovrel"
            relays.append(media.addressed(match.start(1)) if place else media.passing(match.start(1)))
    for match in _behind().finditer(text, unit.start, unit.end):
        if not within(match.start(1), draft) and (
            draft.speaker is None or draft.speaker[0] != match.start(1)
        ):
            relays.append(media.addressed(match.start(1)))
    for match in _voiced().finditer(text, unit.start, unit.end):
        if not within(match.start(1), draft):
            relays.append(cast.resolve(match.group(1), *match.span(1)))
    for match in _towards().finditer(text, unit.start, unit.end):
        if not within(match.start(), draft):
            name = media.known(match.end())
            relays.append("" if name in words("texts") else name)  # "went home with the paper"
    for match in _through().finditer(text, draft.clause[0], draft.content[0][0]):
        if not within(match.start(), draft):
            medium, go_between = media.known(match.start(1)), match.group(1).strip()
            if medium or can_act(go_between):  # not "through the night"
                relays.append(medium or cast.resolve(go_between, *match.span(1)))
    headed = _heading().match(text, unit.paragraph[0])
    if headed and headed.end() < draft.clause[1] and draft.verb != ":":
        relays.append(plain(headed.group(1)))
    return [relay for relay in relays if relay]


def _addressed(article: Article, draft: Draft, cast: Cast, media: Media) -> list[str]:
    """Whom a draft has as its relays, or is told to: media; other people only where they are no mere audience."""
    if draft.cue and not draft.relays and draft.verb in words("telling"):
        return [media.addressed(draft.cue[1])]
    relays = []
    for start, end in draft.relays:
        if article.text[start:end].split()[0].lower() in RELATIVES:  # "according to whom"
            continue
        audience = draft.cue and draft.cue[1] <= start < draft.content[0][0]
        name = media.addressed(start)
        relays.append(name if name or audience else cast.resolve(article.text[start:end], start, end))
    return relays


def _read_out(article: Article, units: Sequence[Unit], cast: Cast) -> list[tuple[int, str, str]]:
    """Where somebody reads out a text: the offset, the text's noun, and who: "the secretary read out a letter"."""
    found = []
    for unit in units:
        tokens = unit.tokens
        for at, (verb, behind) in enumerate(pairwise(tokens)):
            if (verb.lower, behind.lower) != ("read", "out") or unit.quoted[at] or is_passive(tokens, at):
                continue
            if at + 2 < len(tokens) and tokens[at + 2].lower == "by":
                continue
            reader = offsets(tokens, subject_before(tokens, at))
            nouns = [token.lower for token in tokens if token.lower in words("texts")]
            if reader and nouns:
                found.append((unit.start, nouns[-1], cast.resolve(article.text[slice(*reader)], *reader)))
    return found


def _is_text(text: str, draft: Draft, offset: int, noun: str) -> bool:
    """Whether a text that was read out at an offset, or before, is what speaks."""
    return (
        draft.speaker is not None
        and offset <= draft.speaker[0]
        and noun in text[slice(*draft.speaker)].lower().split()
    )


def within(offset: int, draft: Draft) -> bool:
    """Whether an offset lies in what a draft says."""
    return any(start <= offset < end for start, end in draft.content)
