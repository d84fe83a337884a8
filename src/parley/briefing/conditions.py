"""Conditions: what waits for what, in sentences; what would unlock it; what none of these reports answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from parley.agreement.telling import order_words
from parley.agreement.unlock import REPEATED
from parley.agreement.waits import answers_to, is_inside
from parley.briefing.drawings import draw_loop
from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.wording import clipped
from parley.linking.deeds import key_words, likeness
from parley.model import Need, Wait


@dataclass(frozen=True, slots=True)
class Condition:
    """One precondition: what waits, what has to come first, whose it is, and what answers it."""

    id: str
    waits: str
    first: str
    told: Told
    answers: tuple[Told, ...]
    of_agreement: bool  # it stands in the agreement's own text

    @property
    def order(self) -> str:
        """The word between what waits and what comes first."""
        return order_words(self.waits)


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
    reasoned: tuple[str, ...]  # what else would free it, by our own reasoning from its conditions
    offered: bool
    only_while_no_guarantor: bool
    drawing: Markup

    @property
    def nearest(self) -> tuple[Unlocking, ...]:
        """What somebody asks for or offers that would unlock it; where nobody does, the first that a report names."""
        return tuple(one for one in self.unlocking if one.who) or self.unlocking[:1]


def loops(look: Lookup) -> tuple[EachWaits, ...]:
    """Every loop of conditions, the most carried first."""
    found = [_loop(look, wait) for wait in look.record.waits]
    return tuple(sorted(found, key=lambda one: (-one.carried_by, one.id)))


def _loop(look: Lookup, wait: Wait) -> EachWaits:
    needs = [look.needs[one] for one in dict.fromkeys(wait.edges) if one in look.needs]
    own = _without_copies(look, needs)
    reports = {need.article for need in needs}
    unlocking = tuple(_unlocking(look, wait, needs, own))
    asked = {need.needs for need in needs}
    reasoned = [" together with ".join(steps) for steps in wait.unlocks if not asked & {*steps}]
    return EachWaits(
        wait.id,
        tuple(_condition(look, need, ()) for need in own),
        look.carried_by(reports),
        tuple(look.marks[one] for one in look.marks if one in reports and look.is_copy(one)),
        unlocking,
        tuple(map(look.veil, reasoned)),
        any(one.verb == "offered" for one in unlocking),
        wait.conditional,
        draw_loop([clipped(look.veil(phrase), 120) for phrase in wait.loop]),
    )


def _without_copies(look: Lookup, needs: list[Need]) -> list[Need]:
    """Conditions without those of copies, unless only copies tell them; each said once."""
    own = [need for need in needs if not look.is_copy(need.article)] or needs
    kept: dict[tuple[str, str, str], Need] = {}
    for need in own:
        kept.setdefault((need.article, need.act, need.needs), need)
    return list(kept.values())


def _unlocking(look: Lookup, wait: Wait, needs: list[Need], own: list[Need]) -> Iterator[Unlocking]:
    """What would unlock a loop, with who asks for it or has offered it; one guarantee once, however often worded."""
    seen: list[frozenset[str]] = []
    for words in wait.breakers:
        key = key_words(words)
        source = _stands(look, words)
        if source is None and any(words in steps for steps in wait.unlocks):
            continue  # our own reasoning, which stands apart
        copied = (
            source is not None and source.copy_of != "" and any(not look.is_copy(n.article) for n in needs)
        )
        if copied or any(likeness(key, other) > REPEATED for other in seen):
            continue
        offers = [
            act
            for act in look.record.acts
            if act.text == words and look.actor(act.actor) and not any(is_inside(act, need) for need in needs)
        ]
        asked = [need for need in own if need.needs == words]
        if not offers and not asked and source is not None and any(words in need.text for need in needs):
            continue
        seen.append(key)
        plain = clipped(look.veil(words))
        if offers:
            yield Unlocking(plain, look.veil(offers[0].actor), "offered", look.source(offers[0]))
        elif asked:
            yield Unlocking(plain, look.told_need(asked[0]).who, "asked for", look.source(asked[0]))
        else:
            yield Unlocking(plain, "", "", source)


def _stands(look: Lookup, words: str) -> Source | None:
    """Where words stand, in a report that is no copy if one has them; None where none has."""
    found = [one for one in look.record.articles if words in one.text]
    article = min(found, key=lambda one: look.is_copy(one.id), default=None)
    if article is None:
        return None
    at = article.text.index(words)
    return look.place(article.id, at, at + len(words))


def _condition(look: Lookup, need: Need, answers: tuple[Told, ...]) -> Condition:
    return Condition(
        need.id,
        clipped(look.veil(need.act)),
        clipped(look.veil(need.needs)),
        look.told_need(need),
        answers,
        look.articles[need.article].kind == "agreement",
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
