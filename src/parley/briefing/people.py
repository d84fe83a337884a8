"""Names: who speaks or acts, how they are written and why that is one name, their roles, words and acts; places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.said import in_full
from parley.briefing.spots import first_spots
from parley.briefing.wording import clipped, days
from parley.linking.text import fold
from parley.model import Act, Actor, Merge, RoleHeld, Statement
from parley.reader.names import roles

LEADING = frozenset({"the", "a", "an", "this", "that", "these", "those"})
KINDS = {"role": "unnamed, in one report"}


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody who speaks or acts."""

    id: str
    name: str
    href: str  # their page; where they are unnamed, their words
    kind: str
    role: str
    stands_for: str
    surfaces: tuple[str, ...]
    statements: int
    told_by_others: int
    acts: int
    reports: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A form in which reports write a name, with how often and where each report first does."""

    form: str
    count: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TakenAsOne:
    """Two forms that were taken as one name's, and why."""

    form: str
    other: str
    why: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A role that reports give somebody, with the days of the first and last that does."""

    role: str
    body: str
    days: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class NamePage:
    """Everything that a name's page shows."""

    name: str
    kind: str
    stands_for: str
    stands_for_href: str
    written: tuple[Written, ...]
    merges: tuple[TakenAsOne, ...]
    roles: tuple[Held, ...]
    statements: tuple[Told, ...]
    acts: tuple[Told, ...]
    toward: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that reports name, with where each first does and the acts that happen there."""

    name: str
    count: int
    sources: tuple[Source, ...]
    acts: tuple[Told, ...]


def plain_form(form: str) -> str:
    """A form without its article, genitive and letter case."""
    words = re.sub(r"[’']s\b", "", fold(form)).split()
    while words and words[0] in LEADING:
        words.pop(0)
    return " ".join(words)


class Deeds:
    """What every actor of a record says and does, and what is done or said to them."""

    def __init__(self, look: Lookup) -> None:
        """Index a record's statements and acts by actor."""
        self.order = {article: at for at, article in enumerate(look.articles)}
        self.paged = {actor.id for actor in with_page(look)}
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        self.acts: dict[str, list[Act]] = defaultdict(list)
        self.toward: dict[str, list[Act]] = defaultdict(list)
        for statement in look.record.statements:
            if statement.actor:
                self.statements[statement.actor].append(statement)
        for act in look.record.acts:
            for name, rows in ((act.actor, self.acts), (act.target, self.toward)):
                actor = look.actor(name)
                if actor:
                    rows[actor.id].append(act)


def with_page(look: Lookup) -> tuple[Actor, ...]:
    """Who has a page: bodies, and whoever speaks or acts by name; no unnamed speaker, nobody who is only told of."""
    return tuple(actor for actor in look.shown if actor.kind != "role")


def page_of(actor: Actor) -> str:
    """The file name of a name's page."""
    return f"name-{actor.id.removeprefix('actor-')}.html"


def name_rows(look: Lookup, deeds: Deeds) -> tuple[NameRow, ...]:
    """Whoever speaks or acts, the most heard first; people who are only told of are left out."""
    rows = [_row(look, actor, deeds) for actor in look.shown]
    return tuple(sorted(rows, key=lambda row: (-row.statements - row.acts, fold(row.name), row.id)))


def _row(look: Lookup, actor: Actor, deeds: Deeds) -> NameRow:
    said, done = deeds.statements[actor.id], deeds.acts[actor.id]
    others = dict.fromkeys(form for form in actor.surfaces if fold(form) != fold(actor.name))
    rows: list[Statement | Act] = [*said, *done]
    reports = {row.article for row in rows} | {mention.article for mention in actor.mentions}
    words = [look.source(row).href for row in rows]
    return NameRow(
        actor.id,
        actor.name,
        page_of(actor) if actor.kind != "role" else next(iter(words), ""),
        KINDS.get(actor.kind, actor.kind),
        actor.role,
        _stands_for(look, actor, deeds)[0],
        tuple(clipped(form, 60) for form in others),
        len(said),
        sum(bool(one.chain) for one in said),
        len(done),
        tuple(look.report(article) for article in sorted(reports, key=deeds.order.__getitem__)),
    )


def _stands_for(look: Lookup, actor: Actor, deeds: Deeds) -> tuple[str, str]:
    """The body that somebody stands for, and its page where it has one."""
    body = look.actors.get(actor.affiliation or "")
    if body is None:
        return "", ""
    return look.veil(body.name), page_of(body) if body.id in deeds.paged else ""


def name_page(look: Lookup, actor: Actor, deeds: Deeds) -> NamePage:
    """The page of one name."""
    return NamePage(
        actor.name,
        KINDS.get(actor.kind, actor.kind),
        *_stands_for(look, actor, deeds),
        _written(look, actor),
        tuple(_merge(look, merge) for merge in _telling(actor.merges)),
        tuple(_held(look, held) for held in actor.roles if _is_role(held.role)),
        tuple(in_full(look, one) for one in deeds.statements[actor.id]),
        tuple(look.told_act(one) for one in deeds.acts[actor.id]),
        tuple(look.told_act(one) for one in deeds.toward[actor.id]),
    )


def _written(look: Lookup, actor: Actor) -> tuple[Written, ...]:
    """The forms, those that differ in letter case or article only as one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in actor.mentions:
        counts[plain_form(mention.text)][mention.text] += 1
    places: dict[str, dict[str, Source]] = defaultdict(dict)
    for (article, form), spot in first_spots(actor).items():
        places[plain_form(form)].setdefault(article, look.at(*spot))
    written = [
        Written(
            look.veil(clipped(forms.most_common(1)[0][0], 80)), forms.total(), tuple(places[key].values())
        )
        for key, forms in counts.items()
    ]
    return tuple(sorted(written, key=lambda one: (-one.count, one.form)))


def _telling(merges: Sequence[Merge]) -> list[Merge]:
    """Each pair of forms once; two forms that differ in letter case or article only need no reason."""
    found: dict[tuple[str, str], Merge] = {}
    for merge in merges:
        one, other = sorted((plain_form(merge.surface), plain_form(merge.other)))
        if one != other:
            found.setdefault((one, other), merge)
    return list(found.values())


def _merge(look: Lookup, merge: Merge) -> TakenAsOne:
    sources = tuple(look.at(*spot) for spot in merge.evidence)
    return TakenAsOne(look.veil(merge.surface), look.veil(merge.other), merge.why, sources)


def _is_role(role: str) -> bool:
    """Whether a role says more than a form of address does."""
    return bool(set(fold(role).split()) - roles("courtesy"))


def _held(look: Lookup, held: RoleHeld) -> Held:
    body = look.actors.get(held.affiliation or "")
    sources = tuple(dict.fromkeys(look.at(*spot) for spot in held.evidence))
    return Held(
        held.role, look.veil(body.name) if body else "", days(held.first, held.last, short=True), sources
    )


def place_rows(look: Lookup) -> tuple[PlaceRow, ...]:
    """Every place, those that most reports name first."""
    sources: dict[str, dict[str, Source]] = defaultdict(dict)
    counts = Counter(place.name for place in look.record.places)
    for place in look.record.places:
        sources[place.name].setdefault(place.article, look.source(place))
    acts: dict[str, list[Told]] = defaultdict(list)
    for act in look.record.acts:
        if act.place:
            acts[fold(act.place)].append(look.told_act(act))
    rows = [
        PlaceRow(look.veil(name), counts[name], tuple(found.values()), tuple(acts[fold(name)]))
        for name, found in sources.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.sources), -row.count, fold(row.name))))
