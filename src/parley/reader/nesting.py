"""Nesting: which statement is told within another's words."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reader.extents import Draft


def size(draft: Draft) -> int:
    """How many characters a draft says."""
    return sum(end - start for start, end in draft.content)


def outer_drafts(text: str, drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the index of the one in whose words it is told: the shortest; None where there is none."""
    return [_outer(text, drafts, at) for at in range(len(drafts))]


def depth(outers: Sequence[int | None], at: int) -> int:
    """How many drafts stand around one, each once: a colon may lead from shorter words into longer ones, even round."""
    around: list[int] = []
    outer = outers[at]
    while outer is not None and outer not in around:
        around.append(outer)
        outer = outers[outer]
    return len(around)


def _outer(text: str, drafts: Sequence[Draft], at: int) -> int | None:
    draft = drafts[at]
    around = [other for other in _near(drafts, at) if _tells(drafts[other], draft)]
    if around:
        return min(around, key=lambda other: size(drafts[other]))
    ahead = [other for other in _near(drafts, at) if other < at and _leads_to(text, drafts[other], draft)]
    return ahead[-1] if ahead else None


def _near(drafts: Sequence[Draft], at: int) -> list[int]:
    """The drafts of the same unit, and those before it that may reach into it."""
    first, last = at, at
    while first > 0 and drafts[at].unit - drafts[first - 1].unit <= 1:
        first -= 1
    while last + 1 < len(drafts) and drafts[last + 1].unit == drafts[at].unit:
        last += 1
    return [other for other in range(first, last + 1) if other != at]


def _tells(outer: Draft, inner: Draft) -> bool:
    """Whether the cue of one draft stands in the longer words of another."""
    return size(outer) > size(inner) and _holds(outer, inner) and not _holds(inner, outer)


def _holds(one: Draft, other: Draft) -> bool:
    """Whether the cue of one draft stands in what another says."""
    return any(other.cue is not None and start <= other.cue[0] < end for start, end in one.content)


def _leads_to(text: str, outer: Draft, inner: Draft) -> bool:
    """Whether nothing but a colon stands between what one says and the clause of another: "he added: they had asked"."""
    if outer.cue is None or inner.cue is None or outer.unit != inner.unit or outer.verb == ":":
        return False
    said = max([outer.cue[1], *(end for _, end in outer.content)])
    return said <= inner.clause[0] and text[said : inner.clause[0]].strip() == ":"
