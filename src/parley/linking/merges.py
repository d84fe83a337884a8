"""Merges: the reasons for which two names are one actor's, from the surest to the least sure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from parley.linking.clusters import Clusters, Name
from parley.linking.keys import BEHIND, OFFICE, bare, bodies, body_nouns, head_noun, people
from parley.linking.kinds import company_offices, kind_of_body, kinds, lone_noun, told_kinds
from parley.linking.places import Pair, adjectives, capitals, place_word, seats
from parley.linking.spelling import name_parts, one_person, one_spelling, rough, sounds
from parley.linking.text import fold
from parley.model import Mention
from parley.reader.grammar import words as grammar_words
from parley.reader.heads import purposes_in, rank_of, role_words, spelt_out
from parley.reader.names import nations, roles
from parley.reader.offices import same_office

OWNER = re.compile(r"[’']s?\s")
SMALL = frozenset({"of", "the", "for", "and", "in"})


def merge(clusters: Clusters) -> None:
    """Join what the reports show to be one, the surest first: each step sees what the steps before it joined."""
    for step in (
        _same_form,
        _spellings,
        _short_names,
        _acronyms,
        _same_words,
        _owned,
        adjectives,
        _short_forms,
        _definite,
        capitals,
        seats,
        _in_one_report,
        _offices,
        _holders,
        _tied,
    ):
        for pair in sorted(step(clusters)):
            clusters.join(*pair)


def _same_form(clusters: Clusters) -> Iterator[Pair]:
    """A phrase that reads as a body's own name: "the Relief Council" where a report has it in small letters."""
    for name in clusters.names.values():
        if name.article and name.kind == "group" and bare(name.form) in clusters.names:
            yield bare(name.form), name.key, "the same name"


def _spellings(clusters: Clusters) -> Iterator[Pair]:
    """Two spellings of one full name or of one body; a report that has both shows that they are two."""
    blocks: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in clusters.names.values():
        parts = name_parts(name.form)
        if name.article:
            continue
        blocks[("all", *map(rough, parts))].append(name)
        if len(parts) > 1:
            blocks["last", rough(parts[-1])].append(name)
            blocks["first", rough(parts[0]), rough(parts[1])].append(name)
    for block in blocks.values():
        for index, one in enumerate(block):
            for other in block[index + 1 :]:
                if _one_name(one, other):
                    yield one.key, other.key, "two spellings of one name"


def _one_name(one: Name, other: Name) -> bool:
    if bool(nations().get(one.key)) and bool(nations().get(other.key)):
        return False
    if one.is_full_name or other.is_full_name:
        return one_person(one.form, other.form) and not _body_words(one) and not _body_words(other)
    titled = _titled(one) and _titled(other) and sounds(one.form) == sounds(other.form)
    return (titled or one_spelling(one.form, other.form)) and not one.articles & other.articles


def _body_words(name: Name) -> bool:
    return bool({word.lower() for word in name.form.split()} & body_nouns())


def _short_names(clusters: Clusters) -> Iterator[Pair]:
    """A surname, or a titled given name, with the only full name of the record that has it."""
    bearers: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in people(clusters):
        if name.is_full_name:
            parts = name_parts(name.form)
            bearers["surname", sounds(parts[-1])].append(name)
            if len(parts) > 2:
                bearers["surname", sounds(parts[-2])].append(name)
            bearers["given", sounds(parts[0])].append(name)
    for name in clusters.names.values():
        if name.article or name.is_full_name or len(name_parts(name.form)) > 1:
            continue
        sound = sounds(name_parts(name.form)[0])
        surnames = [other for other in bearers["surname", sound] if _is_part(name, other)]
        given = [other for other in bearers["given", sound] if _is_part(name, other) and _titled(name)]
        found = clusters.only(other.key for other in surnames or given)
        if found and (name.kind == "person" or surnames):
            yield found, name.key, "the only full name of the record that has it"


def _is_part(name: Name, full: Name) -> bool:
    """Whether a lone name is spelt like a part of a full one."""
    return any(
        part == name_parts(name.form)[0] or one_spelling(part, name.form) for part in name_parts(full.form)
    )


def _titled(name: Name) -> bool:
    return any(
        word.lower().strip(".") in roles("courtesy")
        for mention in name.mentions
        for word in mention.role.split()
    )


def _acronyms(clusters: Clusters) -> Iterator[Pair]:
    """Capitals with the only name of the record that they are the initials of."""
    expansions: dict[str, list[str]] = defaultdict(list)
    for name in bodies(clusters):
        for initials in {_initials(name.form), _initials(name.form, all_words=True)}:
            if len(name.form.split()) > 1:
                expansions[initials].append(name.key)
    for name in bodies(clusters):
        found = clusters.only(expansions[name.form.lower().replace(".", "")]) if name.form.isupper() else None
        if found and len(name.key) > 1:
            yield found, name.key, "its initials"


def _initials(name: str, all_words: bool = False) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if all_words or word[0].isupper()).lower()


def _worded(clusters: Clusters) -> dict[tuple[str, ...], list[Name]]:
    """Bodies with more than one word, by the sounds of their words in no order."""
    blocks: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in clusters.names.values():
        words = tuple(sorted(map(sounds, _plain_words(name.form))))
        if name.kind != "person" and len(words) > 1 and (not name.article or _is_institution(name)):
            blocks[words].append(name)
    return blocks


def _same_words(clusters: Clusters) -> Iterator[Pair]:
    """Bodies named by the same words in another order: "Ministry of Defence", "the Defense Ministry"."""
    for first, *others in _worded(clusters).values():
        for other in others:
            spelt = sorted(_plain_words(first.form)) == sorted(_plain_words(other.form))
            if spelt or not first.articles & other.articles:
                yield first.key, other.key, "the same words in another order"


def _owned(clusters: Clusters) -> Iterator[Pair]:
    """A body with the only one that has an owner or a quality besides: "the federal Commission for the Fallen"."""
    blocks = _worded(clusters)
    longer: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for names in blocks.values():
        for name in names:
            parts, head = [sounds(word) for word in _plain_words(name.form)], sounds(head_noun(name.form))
            for rest in (parts[1:], parts[:-1]) if len(parts) > 2 else ():
                if head in rest:
                    longer[tuple(sorted(rest))].add(name.key)
    for words, names in blocks.items():
        found = clusters.only(longer.get(words, ()))
        if found:
            yield found, names[0].key, "the only such body with an owner"


def _plain_words(form: str) -> list[str]:
    """The words of a body's name without small words and endings; an adjective of a state as the state."""
    found = [fold(nations().get(word, word)) for word in re.sub(r"[’']s?\b", "", fold(form)).split()]
    return [place_word(word) for word in found if word not in SMALL]


def _is_institution(name: Name) -> bool:
    """Whether a phrase names one body: "the Lembayan embassy", "the trade ministry", not "the embassy's guards"."""
    owned = any(word[0].isupper() for word in name.form.split()) or bool(purposes_in(name.form))
    return name.kind == "group" and owned and head_noun(name.form) in kind_of_body()


def _short_forms(clusters: Clusters) -> Iterator[Pair]:
    """A body's short form with its only long one: "movement" or "manara" with "manara movement"."""
    names = {name.key: name for name in bodies(clusters)}
    longer: dict[str, set[str]] = defaultdict(set)
    for key in names:
        parts = key.split()
        if all(part in SMALL or part in body_nouns() for part in parts):
            continue  # "the Government of the Republic" names no other than "the Government" does
        for body in body_nouns() & set(parts) if len(parts) > 1 else ():
            if body in {parts[0], parts[-1]} or parts[parts.index(body) + 1] in SMALL:
                longer[body].add(key)
            rest = " ".join(part for part in parts if part not in {body, "of", "the"})
            if rest in names and len(parts) - len(rest.split()) <= 3:
                longer[rest].add(key)
    begun: dict[str, set[str]] = defaultdict(set)
    for key in names:
        parts = key.split()
        for end in range(2, len(parts)) if parts[-1] in body_nouns() else ():
            begun[" ".join(parts[:end])].add(key)
    for short in names:
        parts = short.split()
        plain = all(part in SMALL or part in body_nouns() for part in parts)
        found = clusters.leading(longer.get(parts[0] if plain else short, ())) or clusters.only(
            begun.get(short, ())
        )
        if found:
            yield found, short, "its short form"
    for name in clusters.names.values():
        match = re.match(r"(?:the\s+)?(\w+) of (?:the )?([A-Z].*)$", name.form, re.I)
        speaks = name.kind == "group" and match and match.group(1).lower() in roles("for_the_body")
        if speaks and match and bare(match.group(2)) in names:
            yield bare(match.group(2)), name.key, "it speaks as the body"


def _definite(clusters: Clusters) -> Iterator[Pair]:
    """ "the company" with the one such body that its report names, or else the record."""
    named: dict[str, set[str]] = defaultdict(set)
    here: dict[tuple[str, str], set[str]] = defaultdict(set)
    offices = company_offices(clusters)
    owned = {
        (one.article, bare(one.form).partition(" of ")[0])
        for one in clusters.names.values()
        if " of " in one.form
    }
    for name in bodies(clusters):
        own = kinds(name) if len(name.key.split()) > 1 else set()
        for kind in own | told_kinds(name) | ({"company"} if name.key in offices and not own else set()):
            named[kind].add(name.key)
            for article in name.articles:
                here[article, kind].add(name.key)
    for name in clusters.names.values():
        if name.article and _is_institution(name):  # a phrase with an owner: the Lesandran army
            named[kind_of_body()[head_noun(name.form)]].add(name.key)
    for name in clusters.names.values():
        noun = lone_noun(name)
        kind = kind_of_body().get(noun, "")
        if not name.article or not kind:
            continue
        by_word = [key for key in named[kind] if noun in key.split()]
        told = (name.article, noun) in owned  # "the regime" of a report that has "the regime of Sarn"
        nearby = [key for key in by_word if name.article in clusters.names[key].articles]
        found = (
            clusters.only(nearby)
            or clusters.only(here[name.article, kind])
            or (clusters.leading(by_word or named[kind]) if not nearby and not told else None)
        )
        if found:
            yield found, name.key, "the one such body that is named"


def _in_one_report(clusters: Clusters) -> Iterator[Pair]:
    """Unnamed ones of one report by a longer and a shorter phrase: "the depot" with "the motor depot" alone."""
    longer: dict[tuple[str, str], set[str]] = defaultdict(set)
    phrases = [name for name in clusters.names.values() if name.article and len(bare(name.form).split()) > 1]
    for name in phrases:
        words = bare(name.form).split()
        for end in range(1, len(words)):
            if words[end] in grammar_words("prepositions") | grammar_words("behind_role"):
                longer[name.article, " ".join(words[:end])].add(name.key)
        if name.kind == "group" and words[-1] in kind_of_body():
            longer[name.article, words[-1]].add(name.key)
    for name in clusters.names.values():
        definite = name.article and name.form.lower().startswith(("the ", "this ", "that ", "a ", "an "))
        found = clusters.only(longer[name.article, bare(name.form)]) if definite else None
        named = any(not one.article for one in clusters.members(clusters.of(name.key)))
        if found and not (
            named and OWNER.search(clusters.names[found].form)
        ):  # "the staff" is the Staff, not hers
            yield found, name.key, "the only longer form in its report"


def _offices(clusters: Clusters) -> Iterator[Pair]:
    """An office written as a name, "the Interior Minister", with the only person of the record who holds it."""
    holders: dict[str, set[str]] = defaultdict(set)
    for person in people(clusters):
        for mention in person.mentions:
            words = fold(mention.role).split()
            for first in range(len(words) - 1):
                for end in range(first + 2, len(words) + 1):
                    holders[" ".join(words[first:end])].add(person.key)
    for name in bodies(clusters):
        found = clusters.only(holders.get(name.key, ()))
        if found and fold(name.form).split()[-1] in roles("persons"):
            yield found, name.key, "the only one of the record who holds the office"


def _holders(clusters: Clusters) -> Iterator[Pair]:
    """ "the health minister" of a report that names none with the only person of the record who holds the office."""
    bearers: dict[str, list[tuple[set[str], str]]] = defaultdict(list)
    for person in people(clusters):
        if not person.article:
            held = set().union(*(role_words(m) | _words_before_name(m) for m in person.mentions))
            held = {same_office().get(word, word) for word in held}
            for noun in held & _one_holder():
                bearers[noun].append((held, person.key))
    for name in clusters.names.values():
        if name.kind != OFFICE:
            continue
        office = spelt_out(bare(name.form))
        words = {same_office().get(word, word) for word in office.split()}
        noun = head_noun(office)
        fitting = [key for held, key in bearers[same_office().get(noun, noun)] if words <= held]
        found = clusters.only(fitting) if len(words) > 1 else _only_plain(clusters, bearers, words)
        if found:
            yield found, name.key, "the only one of the record who holds the office"


@cache
def _one_holder() -> frozenset[str]:
    """The offices that one person holds at a time, several nouns for one by the first."""
    return frozenset(same_office().get(noun, noun) for noun in roles("one_holder"))


def _words_before_name(mention: Mention) -> set[str]:
    """The words of an office in apposition: "the union's general secretary, Ana Sol"."""
    office, comma, _ = mention.text.partition(", ")
    return set(BEHIND.split(fold(office))[0].split()) if comma else set()


def _only_plain(
    clusters: Clusters, bearers: dict[str, list[tuple[set[str], str]]], words: set[str]
) -> str | None:
    """Who alone holds an office that is named by one word: a deputy is no holder of it."""
    return clusters.only(key for noun in words for held, key in bearers[noun] if not rank_of(" ".join(held)))


def _tied(clusters: Clusters) -> Iterator[Pair]:
    """ "the firm" with the body that other reports tie the firm's spokesman to."""
    by_form = {name.key: name for name in clusters.names.values()}
    ties: dict[str, set[str]] = defaultdict(set)
    loose: list[tuple[str, str]] = []
    for person in people(clusters):
        for mention in person.mentions:
            key = bare(mention.affiliation)
            if not key:
                continue
            scoped = f"{mention.article}:{key}"
            if scoped in by_form and lone_noun(by_form[scoped]):
                loose.append((clusters.of(person.key), scoped))
            elif key in by_form:
                ties[clusters.of(person.key)].add(key)
    for person_cluster, scoped in loose:
        found = clusters.only(ties[person_cluster])
        if not found:
            continue
        own = {kind for name in clusters.members(clusters.of(found)) for kind in kinds(name)}
        if not own or kind_of_body().get(lone_noun(by_form[scoped])) in own:
            yield found, scoped, "one person speaks for both"
