"""Conditions: what waits for what, in sentences; what would unlock it; what none of these reports answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.agreement.waits import answers_to, is_inside
from parley.briefing.drawings import draw_loop
from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.wording import clipped
from parley.model import Need, Wait


@dataclass(frozen=True, slots=True)
class Condition:
    """One precondition: what waits, what has to come first, whose it is, and what answers it."""

    id: str
    waits: str
    first: str
    told: Told
    answers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Unlocking:
    """Something that would free a loop, in a report's words: who asks for it or offers it, and where."""

    words: str
    who: str
    verb: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class EachWaits:
    """Deeds that wait for each other."""

    id: str
    steps: tuple[Condition, ...]
    carried_by: int
    copies: tuple[str, ...]  # marks of copies that carry it too
    unlocking: tuple[Unlocking, ...]
    offered: bool
    only_while_no_guarantor: bool
    drawing: str


def loops(look: Lookup) -> tuple[EachWaits, ...]:
    """Every loop of conditions, the most carried first."""
    found = [_loop(look, wait) for wait in look.record.waits]
    return tuple(sorted(found, key=lambda one: (-one.carried_by, one.id)))


def _loop(look: Lookup, wait: Wait) -> EachWaits:
    needs = _own(look, [look.needs[one] for one in wait.edges if one in look.needs])
    reports = {look.needs[one].article for one in wait.edges if one in look.needs}
    unlocking = tuple(_unlocking(look, wait, needs))
    return EachWaits(
        wait.id,
        tuple(_condition(look, need, ()) for need in needs),
        look.carried_by(reports),
        tuple(look.marks[one] for one in look.marks if one in reports and look.is_copy(one)),
        unlocking,
        any(one.verb == "offered" for one in unlocking),
        wait.conditional,
        draw_loop([clipped(look.veil(phrase), 120) for phrase in wait.loop]),
    )


def _own(look: Lookup, needs: list[Need]) -> list[Need]:
    """Conditions without those of copies that only repeat another's."""
    told = {(need.act_deed, need.needs_deed) for need in needs if not look.is_copy(need.article)}
    return [
        need
        for need in needs
        if not look.is_copy(need.article) or (need.act_deed, need.needs_deed) not in told
    ]


def _unlocking(look: Lookup, wait: Wait, shown: list[Need]) -> Iterator[Unlocking]:
    """What would unlock a loop, with who asks for it or has offered it; once where copies repeat it."""
    needs = [look.needs[one] for one in wait.edges if one in look.needs]
    for words in wait.breakers:
        asked = [need for need in needs if need.needs == words]
        offers = [
            act
            for act in look.record.acts
            if act.text == words and look.actor(act.actor) and not any(is_inside(act, need) for need in needs)
        ]
        repeated = any(
            act.text == words and any(is_inside(act, need) for need in needs) for act in look.record.acts
        )
        plain = clipped(look.veil(words))
        if offers:
            yield Unlocking(plain, look.veil(offers[0].actor), "offered", look.source(offers[0]))
        elif any(need in shown for need in asked):
            yield Unlocking(plain, look.told_need(asked[0]).who, "asked for", look.source(asked[0]))
        elif not asked and not repeated:
            yield Unlocking(plain, "", "", None)


def _condition(look: Lookup, need: Need, answers: tuple[Told, ...]) -> Condition:
    return Condition(
        need.id, clipped(look.veil(need.act)), clipped(look.veil(need.needs)), look.told_need(need), answers
    )


def conditions(look: Lookup) -> tuple[Condition, ...]:
    """Every condition, the latest report's first, with the deeds, promises, offers and consents that answer it."""
    answers = answers_to(look.record.needs, look.record.acts)
    found: dict[tuple[str, int, str, str], Condition] = {}
    for need in sorted(look.record.needs, key=lambda need: _latest_first(look, need)):
        condition = _condition(look, need, tuple(map(look.told_act, answers[need.id])))
        found.setdefault((need.article, need.start, condition.waits, condition.first), condition)
    return tuple(found.values())


def _latest_first(look: Lookup, need: Need) -> tuple[bool, int]:
    """An agreement's own conditions behind those that reports tell, the latest report first."""
    article = look.articles[need.article]
    return article.kind == "agreement", -(article.published.toordinal() if article.published else 0)
