"""Ties: the body that an article itself ties a person to: "Ana Sol, who speaks for the union", "the front's envoy, Ben Ro"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parley.model import Mention
from parley.reader.grammar import words
from parley.reader.names import roles, strip_genitive
from parley.reader.offices import office_words
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

REACH = 110  # characters beside a name that an apposition may take up
SENTENCES = 2  # sentences before its own in which the owner of "its envoy" is looked for
ACRONYM = 6  # letters up to which capitals throughout are a name's and no date line's
OPENER = re.compile(
    r"(?P<name>[A-Z][\w’'-]{3,}(?<!ing)(?<!ly)(?<!s))\s+(?:[a-z]+(?<!s)s|has|may|might|will|would|must)\s"
)
QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of vocabulary/ties.yaml, with their parts filled in."""
    ties = vocabulary("ties")
    parts = {
        "narrowing": _any_of(office_words()),
        "role": f"(?:{_any_of(roles('persons'))})",
        "group": _any_of(
            roles("institutions") | {word for noun in ties["groups"] for word in (noun, noun.title())}
        ),
    }
    for name, part in ties["parts"].items():
        parts[name] = _filled(part, parts)
    return tuple(re.compile(_filled(pattern, parts)) for pattern in ties[key])


def _any_of(nouns: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, nouns), key=lambda noun: (-len(noun), noun)))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda match: parts[match[1]], pattern)


def tied(text: str, mentions: Sequence[Mention], cast: Cast) -> tuple[Mention, ...]:
    """The mentions, people with the body that stands beside their name."""
    ties = _Ties(text, mentions, cast)
    return tuple(
        replace(mention, affiliation=ties.body(mention)) if mention.kind == "person" else mention
        for mention in mentions
    )


class _Ties:
    """What ties people to bodies in one article."""

    def __init__(self, text: str, mentions: Sequence[Mention], cast: Cast) -> None:
        self._text, self._cast = text, cast
        self._people = {mention.name for mention in mentions if mention.kind == "person"}
        self._named = [m for m in mentions if m.kind not in {"person", "place"} and _may_own(m.text)]
        self._places = [mention for mention in mentions if mention.kind == "place"]
        self._bodies = {mention.name for mention in self._named}
        self._sentences = list(sentences(text))

    def body(self, mention: Mention) -> str:
        """The body beside one mention, resolved as far as the article allows; empty if there is none."""
        text = self._text
        line_end = text.find("\n", mention.end)
        stop = min(len(text) if line_end < 0 else line_end, mention.end + REACH)
        first = max(text.rfind("\n", 0, mention.start) + 1, mention.start - REACH)
        behind = (pattern.match(text, mention.end, stop) for pattern in _patterns("behind"))
        before = (pattern.search(text[first : mention.start]) for pattern in _patterns("before"))
        found = [
            *((match.start("body"), match.end("body")) for match in behind if match),
            *((first + match.start("body"), first + match.end("body")) for match in before if match),
        ]
        return next((name for start, end in found if (name := self._resolved(start, end))), "")

    def _resolved(self, start: int, end: int) -> str:
        """The body that text[start:end] names: "the group's" is the group that was named; empty if it names none."""
        surface = strip_genitive(self._text[start:end])
        bare = re.sub(r"^(?:the|an?)\s+", "", surface, flags=re.I)
        if surface.lower() in words("owners"):
            return self._owner(surface, start, end) if surface.lower() in {"its", "their"} else ""
        if bare[:1].isupper() and " " not in bare and self._cast.state_of(bare):
            return self._cast.state_of(bare)
        inside = [m.name for m in self._named if start <= m.start and m.end <= end]
        if bare.lower() in roles("one_holder"):
            return self._cast.resolve(f"the {bare.lower()}", start, start)
        if bare.lower() in roles("groups") | roles("institutions") | roles("persons"):
            meant = self._body_only(self._cast.resolve(f"the {bare.lower()}", start, start))
            known = meant if bare.lower() not in roles("persons") or meant in self._bodies else ""
            return known if known[:1].isupper() or not inside else inside[-1]
        return inside[-1] if inside else ""

    def _body_only(self, name: str) -> str:
        """A name unless it is a person's."""
        return "" if name in self._people else name

    def _owner(self, pronoun: str, start: int, end: int) -> str:
        """Whose person "its envoy" is: the first body of its sentence, else the topic, else one of a sentence before."""
        place = next((i for i, (first, last) in enumerate(self._sentences) if first <= start < last), 0)
        topic = self._cast.resolve(pronoun, start, end)
        topic = topic if topic in self._bodies else ""
        if pronoun.lower() == "their":
            return topic
        own, *before = reversed(self._sentences[max(0, place - SENTENCES) : place + 1])
        opens = pronoun[0].isupper()
        found = (self._first_body(*one) for one in before)
        own_body = self._first_body(own[0], start) or ("" if opens else topic)
        return own_body or next(filter(None, found), topic)

    def _first_body(self, start: int, end: int) -> str:
        """The body that text[start:end] names first, outside quotations, by name or by "the union"; else its first place."""
        quoted = [match.span() for match in QUOTED.finditer(self._text, start, end)]
        found = [(m.start, m.name) for m in self._named if start <= m.start and m.end <= end]
        found += [(m.start, m.name) for m in self._places if m.start == start and m.end <= end]
        for match in _small_body().finditer(self._text, start, end):
            found.append((match.start(), self._body_only(self._cast.resolve(match.group(), *match.span()))))
        found = [(at, name) for at, name in sorted(found) if name] + [
            (m.start, m.name) for m in self._places if start <= m.start and m.end <= end
        ]
        named = (name for at, name in found if not any(one <= at < last for one, last in quoted))
        return next(named, "") or self._opener(start, end)

    def _opener(self, start: int, end: int) -> str:
        """The lone word with a capital that opens a sentence before its verb: "Toria turns it round: its envoy"."""
        opener = OPENER.match(self._text, start, end)
        known = roles("anyone") | roles("groups") | roles("crowds") | roles("persons") | words("pronouns")
        return opener["name"] if opener and opener["name"].lower() not in known else ""


@cache
def _small_body() -> re.Pattern[str]:
    """ "The union", "the fire brigade": a body by a noun, which no name follows."""
    return re.compile(rf"\b[Tt]he\s+(?:[a-z]+\s+)?(?:{_any_of(_small_nouns())})\b(?![’']|\s+[A-Z])")


@cache
def _small_nouns() -> frozenset[str]:
    """Nouns in small letters that name a body behind "the": no relay, which is no owner of whom it quotes."""
    return (roles("institutions") | frozenset(vocabulary("ties")["groups"])) - roles("relays")


def _may_own(name: str) -> bool:
    """Whether a name can be a body's: not only words of offices, as in "Managing director", nor a text's or a headline's."""
    if name.isupper() and len(name) > ACRONYM:
        return False
    small = {word.lower() for word in re.findall(r"[\w’'-]+", name)}
    closed = office_words() | words("days") | words("openers") | words("pronouns")
    return not small <= closed and not small & set(vocabulary("ties")["no_bodies"])
