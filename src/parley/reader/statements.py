"""Statements: drafts with their speakers resolved, their relays, their kind and the day the words were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from parley.model import Article, Mention, Span, Statement, Time, row_id, span_of
from parley.reader.extents import Draft
from parley.reader.grammar import words
from parley.reader.names import roles, strip_genitive
from parley.reader.quotes import Quoted, quotations
from parley.reader.speakers import Cast
from parley.reader.units import Unit

RELAYED = re.compile(
    r"\b(?:quoted|cited|carried|published|broadcast|relayed|reported|aired|posted|distributed|circulated|seen)\s+(?:\w+\s+)?(?:by|on|in)\s+"
    r"((?:the\s+)?(?:[\w.’'-]+\s*){1,5})"
)
LETTERS = re.compile(r"\w")


def resolve(
    article: Article,
    drafts: Sequence[Draft],
    units: Sequence[Unit],
    mentions: Sequence[Mention],
    times: Sequence[Time],
) -> tuple[Statement, ...]:
    """Statement rows, one per draft, in text order; drafts whose content is empty are left out."""
    cast = Cast(article.text, mentions, article.outlet)
    quoted = Quoted(quotations(article.text))
    found: list[Statement] = []
    placed: list[Draft] = []
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    for draft in drafts:
        if not draft.content:
            continue
        outer = _outer(draft, placed, found)
        name = _name(article.text, draft, cast, found)
        if outer is None and draft.speaker:
            cast.hear(draft.speaker[0], name, article.text[slice(*draft.speaker)])
        spans = tuple(draft.content)
        seen[spans] = seen.get(spans, -1) + 1
        found.append(
            Statement(
                row_id("stm", article.id, spans, "statement", seen[spans]),
                article.id,
                _span(article.text, draft.speaker),
                name,
                _span(article.text, draft.cue),
                tuple(span_of(article.text, *piece) for piece in spans),
                _kind(article.text, spans, quoted, draft),
                _chain(article, draft, units[draft.unit], outer, cast),
                _day(draft, units[draft.unit], times),
            )
        )
        placed.append(draft)
    return tuple(found)


def _span(text: str, at: tuple[int, int] | None) -> Span | None:
    return None if at is None else span_of(text, *at)


def _name(text: str, draft: Draft, cast: Cast, found: list[Statement]) -> str:
    if draft.speaker is None:
        return found[-1].speaker_name if found else ""
    return cast.resolve(text[slice(*draft.speaker)], *draft.speaker)


def _outer(draft: Draft, placed: Sequence[Draft], found: Sequence[Statement]) -> Statement | None:
    """The statement inside whose content this one is told."""
    if draft.cue is None:
        return None
    for other, statement in zip(reversed(placed), reversed(found)):
        if draft.unit - other.unit > 1:
            return None
        if any(start <= draft.cue[0] < end for start, end in other.content):
            return statement
    return None


def _kind(text: str, spans: Sequence[tuple[int, int]], quoted: Quoted, draft: Draft) -> str:
    """direct: all of it in quotation marks; mixed: some; indirect: none."""
    letters = sum(len(LETTERS.findall(text[start:end])) for start, end in spans)
    inside = [part for start, end in spans for part in quoted.within(start, end)]
    marked = sum(len(LETTERS.findall(text[start:end])) for start, end in inside)
    if draft.verb == ":" and not marked:
        return "direct"
    if marked >= 0.97 * letters:
        return "direct"
    return "mixed" if any(len(text[start:end].split()) > 1 for start, end in inside) else "indirect"


def _chain(
    article: Article, draft: Draft, unit: Unit, outer: Statement | None, cast: Cast
) -> tuple[str, ...]:
    """The relays, nearest to the article first: whoever tells it, an agency named in passing, the medium it was told to."""
    relays: list[str] = []
    if outer is not None:
        relays += [*outer.chain, outer.speaker_name]
    outside = [
        match
        for match in RELAYED.finditer(article.text, unit.start, unit.end)
        if not _inside(match.start(1), draft)
    ]
    relays += [_medium(match.group(1)) for match in outside if outer is None]
    for start, end in draft.relays:
        surface = article.text[start:end]
        told = draft.verb in words("telling")
        if not told or _is_medium(surface, article):
            relays.append(_medium(surface) if told else cast.resolve(surface, start, end))
    return tuple(dict.fromkeys(relay for relay in relays if relay))


def _inside(offset: int, draft: Draft) -> bool:
    return any(start <= offset < end for start, end in draft.content)


def _medium(surface: str) -> str:
    """A medium's name, cut where the words after it no longer belong to it."""
    kept: list[str] = []
    for word in surface.split():
        bare = strip_genitive(word.strip(".,;"))
        if kept and not (
            bare[:1].isupper() or bare.lower() in roles("relays") or bare.lower() in {"the", "of"}
        ):
            break
        kept.append(bare)
        if word[-1] in ".,;":
            break
    while kept and kept[-1].lower() in {"of", "the"}:
        kept.pop()
    name = " ".join(kept)
    capital = any(word[:1].isupper() for word in kept)
    return (
        name.removeprefix("the ").removeprefix("The ")
        if capital or set(name.lower().split()) & roles("relays")
        else ""
    )


def _is_medium(surface: str, article: Article) -> bool:
    """Whether an addressee is a medium: this outlet, or a name with a medium's word, or a bare name."""
    found = set(surface.split())
    if surface.lower() in article.outlet.lower() or set(surface.lower().split()) & roles("relays"):
        return True
    return bool(found & roles("outlets"))


def _day(draft: Draft, unit: Unit, times: Sequence[Time]) -> date | None:
    """The day on which it was said, where a time outside the content names a single one."""
    for time in times:
        if (
            unit.start <= time.at[0] < unit.end
            and time.start is not None
            and time.start == time.end
            and not _inside(time.at[0], draft)
        ):
            return time.start
    return None
