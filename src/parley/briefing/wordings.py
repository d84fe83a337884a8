"""Wording: which outlet calls the same thing what - names, things counted, deeds - and what copies put in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source
from parley.briefing.people import page_of, plain_form, with_page
from parley.briefing.spots import first_spots
from parley.briefing.wording import clipped, value
from parley.linking.counted import counted
from parley.linking.text import fold
from parley.model import Act

FORMS = 12  # forms of one name that a row shows


@dataclass(frozen=True, slots=True)
class Called:
    """A form, and where each outlet first has it."""

    form: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing and what it is called."""

    kind: str  # names | things counted | deeds
    name: str
    href: str
    forms: tuple[Called, ...]


def wordings(look: Lookup) -> tuple[Wording, ...]:
    """Names, things counted and deeds that outlets call differently; those with most forms first."""
    return (
        *sorted(_names(look), key=_order),
        *sorted(_figures(look), key=_order),
        *sorted(_deeds(look), key=_order),
    )


def _order(one: Wording) -> tuple[int, str, str]:
    outlets = {source.outlet for form in one.forms for source in form.sources}
    return -len(outlets) * len(one.forms), one.name, one.href


Found = tuple[str, str, Source]  # (what makes two forms the same, the form, where it stands)


def _called(found: list[Found]) -> tuple[Called, ...]:
    """The forms with their outlets, those of most outlets first; empty where every outlet has the same."""
    shown: dict[str, str] = {}
    outlets: dict[str, dict[str, Source]] = defaultdict(dict)
    for key, form, source in found:
        shown.setdefault(key, form)
        outlets[key].setdefault(source.outlet, source)
    every = {outlet for sources in outlets.values() for outlet in sources}
    if len(every) < 2 or all(sources.keys() == every for sources in outlets.values()):
        return ()
    ordered = sorted(outlets.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Called(shown[key], tuple(sources.values())) for key, sources in ordered[:FORMS])


def _names(look: Lookup) -> Iterator[Wording]:
    for actor in with_page(look):
        found = [
            (key, look.veil(" ".join(form.split())), look.at(*spot))
            for (_, form), spot in first_spots(actor).items()
            if (key := plain_form(form))
        ]
        forms = _called(found)
        if len(forms) > 1:
            yield Wording("names", look.veil(actor.name), page_of(actor), forms)


def _figures(look: Lookup) -> Iterator[Wording]:
    """Counts of one value of one thing whose nouns differ."""
    for relation in look.record.figure_relations:
        if relation.relation != "agree":
            continue
        found = []
        for figure in (look.figures[one] for one in relation.figures):
            nouns = " ".join(sorted(counted(figure).nouns))
            if nouns:
                found.append((nouns, clipped(look.veil(figure.text), 80), look.source(figure)))
        forms = _called(found)
        if len(forms) > 1:
            name = value(look.figures[relation.figures[0]])
            yield Wording("things counted", name, found[0][2].href, forms)


def _deeds(look: Lookup) -> Iterator[Wording]:
    """Acts about one deed that outlets word differently."""
    acts: dict[str, list[Act]] = defaultdict(list)
    for act in look.record.acts:
        if act.deed:
            acts[act.deed].append(act)
    deeds = {deed.id: deed for deed in look.record.deeds}
    for deed, told in acts.items():
        found = [(fold(act.text), clipped(look.veil(act.text)), look.source(act)) for act in told]
        forms = _called(found)
        if len(forms) > 1 and deed in deeds:
            one = deeds[deed]
            name = " ".join(filter(None, (one.actor, one.verb, one.object)))
            yield Wording("deeds", clipped(look.veil(name), 80), found[0][2].href, forms)
