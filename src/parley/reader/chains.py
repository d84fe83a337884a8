"""Chains: through whom an article has a statement, nearest to the article first."""

from __future__ import annotations

import re
from functools import cache

from parley.model import Article, Statement
from parley.reader.extents import Draft
from parley.reader.grammar import PARTICLE, words
from parley.reader.names import roles, strip_genitive
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary


@cache
def _relayed() -> re.Pattern[str]:
    """Words that name a medium in passing; the group is what may be its name."""
    return re.compile(rf"\b(?:{vocabulary('cues')['relayed']})\s+((?:the\s+)?(?:[\w.’'-]+\s*){{1,5}})")


def chain_of(
    article: Article, draft: Draft, unit: Unit, outer: Statement | None, cast: Cast
) -> tuple[str, ...]:
    """Whoever tells it, an agency named in passing, the medium it was told to."""
    relays: list[str] = []
    if outer is not None:
        relays += [*outer.chain, outer.speaker_name]
    else:
        found = _relayed().finditer(article.text, unit.start, unit.end)
        relays += [medium(match.group(1)) for match in found if not within(match.start(1), draft)]
    for start, end in draft.relays:
        surface = article.text[start:end]
        if _is_medium(surface, article):
            relays.append(medium(surface))
        elif draft.verb not in words("telling"):
            relays.append(cast.resolve(surface, start, end))
    return tuple(dict.fromkeys(relay for relay in relays if relay))


def within(offset: int, draft: Draft) -> bool:
    """Whether an offset lies in what a draft says."""
    return any(start <= offset < end for start, end in draft.content)


def medium(surface: str) -> str:
    """A medium's name: its capitals if it has any ("the daily Orbit"), else the whole ("state television")."""
    kept: list[str] = []
    named: list[str] = []
    for word in surface.split():
        bare = strip_genitive(word.strip(".,;"))
        if (bare[:1].isupper() or PARTICLE.match(bare)) and bare.lower() not in words("days") | words(
            "months"
        ):
            named.append(bare)
        elif named or (kept and bare.lower() not in words("around_media") | roles("relays")):
            break
        kept.append(bare)
        if word[-1] in ".,;":
            break
    if named and named != ["The"]:
        return " ".join(word for word in named if word != "The")
    while kept and kept[-1].lower() not in roles("relays"):
        kept.pop()
    return " ".join(kept).removeprefix("the ").removeprefix("The ")


def _is_medium(surface: str, article: Article) -> bool:
    """Whether an addressee or a source is a medium: this outlet, or a name with a medium's word."""
    found = surface.split()
    if surface.lower() in article.outlet.lower() or {word.lower() for word in found} & roles("relays"):
        return True
    return bool(set(found) & roles("outlets"))
