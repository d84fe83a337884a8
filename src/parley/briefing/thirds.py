"""Who stands beside the parties, and which sides publish nothing in a record themselves."""

from __future__ import annotations

from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source
from parley.briefing.wording import day, days
from parley.model import Record


@dataclass(frozen=True, slots=True)
class Third:
    """Somebody who is no party and has a role in the agreement."""

    name: str
    role: str
    days: str
    words: str
    source: Source | None  # None where a person entered it


def thirds(look: Lookup, record: Record) -> tuple[Third, ...]:
    """Mediators, guarantors, monitors and others; `record` has what a person entered, too."""
    return tuple(
        Third(
            look.veil(one.name),
            one.role,
            days(one.start, one.end, short=True) if one.end else f"from {day(one.start)}" * bool(one.start),
            "" if one.source == "person" else look.veil(" ".join(one.text.split())),
            look.place(one.article, *one.at) if one.article in look.articles else None,
        )
        for one in record.third_parties
    )


def unheard(look: Lookup) -> tuple[str, ...]:
    """Parties and those who stand beside them of whom the record holds no text of their own and no outlet."""
    own = {look.side(article.outlet) for article in look.record.articles}
    sides = [*look.parties, *(look.side(one.name) for one in look.record.third_parties)]
    return tuple(look.veil(side) for side in dict.fromkeys(sides) if side not in own)
