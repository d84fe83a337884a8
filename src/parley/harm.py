"""Do no harm: who gets no page and no name of their own, because the reports only tell what is done with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from parley.contract import tables
from parley.linking.text import fold, stem
from parley.model import Actor, Article, Record
from parley.reader.names import roles
from parley.vocabulary import vocabulary

BODIES = frozenset({"organisation", "state"})
WITHHELD = "[name withheld]"
AS_PUBLISHED = frozenset({"file", "url", "text", "byline"})  # fields of a report that no role enters
AROUND = 90  # characters on either side of a name in which words of release make it one of a captive


def by_name(actors: Iterable[Actor]) -> dict[str, str]:
    """Folded surface form -> actor id: the one bearer of the form, else the bearer named oftenest if it is no role."""
    bearers: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for form in {fold(actor.name), *map(fold, actor.surfaces)}:
            bearers[form].append(actor)
    found = {}
    for form, alike in bearers.items():
        named = [actor for actor in alike if actor.kind != "role"] if len(alike) > 1 else alike
        if named:
            found[form] = max(named, key=lambda actor: (len(actor.mentions), actor.id)).id
    return found


def speaking_or_acting(record: Record) -> frozenset[str]:
    """Ids of the actors who say, do or propose something in the record."""
    names = by_name(record.actors)
    acting = {names.get(fold(act.actor)) for act in record.acts}
    acting |= {names.get(fold(proposal.by)) for proposal in record.proposals}
    return frozenset(one for one in {*(s.actor for s in record.statements), *acting} if one)


def shown_by_name(record: Record) -> tuple[Actor, ...]:
    """Actors that may have an entry: bodies that the reports name, and whoever speaks or acts; no journalists."""
    active = speaking_or_acting(record)
    journalists = fold(" ".join(article.byline for article in record.articles))
    return tuple(
        actor
        for actor in record.actors
        if (actor.id in active or actor.kind in BODIES)
        and not (actor.kind != "state" and fold(actor.name) in journalists)
    )


def veiled(record: Record) -> dict[str, str]:
    """Name -> role in brackets, for people without an office who only are released, returned or held.

    The report's own text is shown as it was published; a role stands in for the name everywhere else. A person may
    clear a name or withhold it.
    """
    active = speaking_or_acting(record)
    texts = {article.id: article.text for article in record.articles}
    heard = {
        word
        for actor in record.actors
        if actor.id in active
        for form in (actor.name, *actor.surfaces)
        for word in fold(form).split()
    }
    found: dict[str, str] = {}
    for actor in record.actors:
        offices = set(fold(actor.role).split()) & set(vocabulary("people")["offices"])
        if actor.kind != "person" or actor.id in active or offices:
            continue
        if any(_handed_over(texts[m.article], m.start, m.end) for m in actor.mentions):
            role = f"[{actor.role.lower()}]" if actor.role else "[a person]"
            forms = (
                form
                for form in (actor.name, *actor.surfaces)
                if form[:1].isupper() and not heard & set(fold(form).split())
            )
            found |= dict.fromkeys(forms, role)
    for decided in record.names_shown:
        for form in _forms(record, decided.name):
            if decided.shown:
                found.pop(form, None)
            else:
                found[form] = WITHHELD
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _forms(record: Record, name: str) -> set[str]:
    """The forms of whoever bears a name."""
    bearers = ({actor.name, *actor.surfaces} for actor in record.actors)
    return {name}.union(*(forms for forms in bearers if name in forms))


def _handed_over(text: str, start: int, end: int) -> bool:
    """Whether words of release or captivity stand around a name, in its sentence."""
    before = re.split(r"[.!?]\s", text[max(0, start - AROUND) : start])[-1]
    after = re.split(r"[.!?]\s", text[end : end + AROUND])[0]
    verbs = {stem(verb) for verb in vocabulary("agreement")["handed_over"]} | {
        stem(word) for word in roles("captives")
    }
    return any(stem(word) in verbs for word in re.findall(r"\w+", fold(f"{before} {after}")))


def names_in(text: str, names: Mapping[str, str]) -> re.Pattern[str] | None:
    """A pattern of those of the names that may stand in a text; None if there is none."""
    by_word = _by_first_word(tuple(names)) if names else {}
    found = [name for word in set(re.findall(r"\w+", text)) & by_word.keys() for name in by_word[word]]
    longest = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b") if found else None


@lru_cache(maxsize=8)
def _by_first_word(names: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found["".join(re.findall(r"\w+", name)[:1])].append(name)
    return found


def veil(text: str, names: dict[str, str]) -> str:
    """A text with a role in place of each veiled name."""
    pattern = names_in(text, names)
    if pattern is None:
        return text

    def role(match: re.Match[str]) -> str:
        """The role, or that the name is withheld where the role stands before it already."""
        shown = names[match.group()]
        return WITHHELD if fold(text[: match.start()]).rstrip(" .").endswith(shown.strip("[]")) else shown

    return pattern.sub(role, text)


def in_captivity(speaker: str) -> bool:
    """Whether a speaker is somebody held, whose words are no position of a party."""
    said = set(re.findall(r"\w+", fold(speaker)))
    return bool(said & roles("captives")) and not said & set(vocabulary("people")["no_longer"])


def with_roles(record: Record, *, words: bool) -> Record:
    """A record in which a role stands for the name of people who are only told of; their forms and mentions go.

    Texts and offsets stay as they are. `words`: the role stands in the words that rows quote, too, which are then no
    longer those of the text.
    """
    names = veiled(record)
    if not names:
        return record
    made: dict[str, Any] = {
        table: tuple(_with_role(row, names, words) for row in getattr(record, table)) for table in tables()
    }
    made["actors"] = tuple(
        replace(made_one, surfaces=(), mentions=(), merges=(), roles=()) if one.name in names else made_one
        for one, made_one in zip(record.actors, made["actors"])
    )
    return replace(record, **made)


def _with_role(value: object, names: dict[str, str], words: bool) -> object:
    """A value with roles in every string of it, what is to stay as published left out."""
    if isinstance(value, str):
        return veil(value, names)
    if isinstance(value, tuple):
        return tuple(_with_role(item, names, words) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kept = _kept(value, words)
    changed = {}
    for field in fields(value):
        old = getattr(value, field.name)
        new = old if field.name in kept else _with_role(old, names, words)
        if new != old:
            changed[field.name] = new
    return replace(value, **changed) if changed else value


def _kept(value: object, words: bool) -> frozenset[str]:
    """The fields of a row that stay as published."""
    if isinstance(value, Article):
        return AS_PUBLISHED if words else AS_PUBLISHED | {"title"}
    return frozenset() if words else frozenset({"text"})
