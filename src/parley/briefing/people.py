"""Do no harm: who gets no page and no name of their own, because the reports only tell what is done with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from parley.linking.text import fold, stem
from parley.model import Actor, Record
from parley.reader.names import roles
from parley.vocabulary import vocabulary

BODIES = frozenset({"organisation", "state"})
WITHHELD = "[name withheld]"
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
    """Ids of the actors who say or do something in the record."""
    names = by_name(record.actors)
    acting = {names.get(fold(act.actor)) for act in record.acts}
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

    The report's own text is shown as it was published; a role stands in for the name everywhere else.
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
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _handed_over(text: str, start: int, end: int) -> bool:
    """Whether words of release or captivity stand around a name, in its sentence."""
    before = re.split(r"[.!?]\s", text[max(0, start - AROUND) : start])[-1]
    after = re.split(r"[.!?]\s", text[end : end + AROUND])[0]
    verbs = {stem(verb) for verb in vocabulary("agreement")["handed_over"]} | {
        stem(word) for word in roles("captives")
    }
    return any(stem(word) in verbs for word in re.findall(r"\w+", fold(f"{before} {after}")))


def veil(text: str, names: dict[str, str]) -> str:
    """A text with a role in place of each veiled name."""
    words = set(re.findall(r"\w+", text)) if names else set()
    found = [name for name in names if re.match(r"\w*", name).group() in words] if words else []  # type: ignore[union-attr]
    if not found:
        return text
    pattern = r"\b(?:" + "|".join(map(re.escape, found)) + r")\b"

    def role(match: re.Match[str]) -> str:
        """The role, or that the name is withheld where the role stands before it already."""
        shown = names[match.group()]
        return WITHHELD if fold(text[: match.start()]).rstrip(" .").endswith(shown.strip("[]")) else shown

    return re.sub(pattern, role, text)


def in_captivity(speaker: str) -> bool:
    """Whether a speaker is somebody held, whose words are no position of a party."""
    said = set(re.findall(r"\w+", fold(speaker)))
    return bool(said & roles("captives")) and not said & set(vocabulary("people")["no_longer"])
