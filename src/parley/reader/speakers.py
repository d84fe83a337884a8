"""Speakers: who "he", "the group" or "the senior official" is, as far as one article says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from parley.model import Mention
from parley.reader.grammar import words
from parley.reader.names import nations, roles, strip_genitive
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|another)\s+", re.I)


class Cast:
    """Everybody whom an article names, and who was last spoken of at any point of it."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._mentions = [mention for mention in mentions if mention.kind != "place"]
        self._topics = _topics(text, self._mentions)
        self._starts = [mention.start for mention in self._mentions]
        self._heard: list[tuple[int, str, str, str]] = []  # (offset, name, kind, surface)

    def hear(self, offset: int, name: str, surface: str) -> None:
        """Remember that `name` spoke at an offset; speakers are remembered in text order."""
        self._heard.append((offset, name, self._kind_of(name, surface), surface))

    def _before(self, start: int) -> list[tuple[int, str, str, str]]:
        """Who was heard before an offset, the last one first."""
        return [heard for heard in reversed(self._heard) if heard[0] < start]

    def resolve(self, surface: str, start: int, end: int) -> str:
        """Who the noun phrase text[start:end] is: a name, else the phrase itself with a small first letter."""
        surface = surface.strip()
        lower = surface.lower()
        lower = vocabulary("cues")["objects"].get(lower, lower)
        if lower in words("pronouns"):
            return self._pronoun(lower, start) or surface
        owner = re.match(r"(?:his|her|its|their)\s+", lower)
        if owner:
            possessor = self._pronoun(OWNERS[owner.group().strip()], start)
            return f"{possessor}'s {surface[owner.end() :]}" if possessor else _plain(surface)
        inside = self._within(start, end)
        if lower.split()[0] not in {"a", "an"} or self._issuer(lower):
            issued = self._issuer(lower)
            if issued:
                behind = [m for m in inside if m.start >= start + issued]
                return (
                    self._settle(surface[issued:].strip(), behind, start + issued)
                    if behind
                    else _plain(surface[issued:])
                )
        return self._settle(surface, inside, start)

    def _settle(self, surface: str, inside: list[Mention], start: int) -> str:
        head = _head(surface)
        people = [
            mention for mention in inside if mention.kind == "person" and mention.start - start < len(head)
        ]
        if people and not _is_body(head):
            return (
                people[-1].name if len(people) == 1 else " and ".join(dict.fromkeys(m.name for m in people))
            )
        state = self._state(surface, inside)
        if state:
            return state
        if _role(head):
            return self._by_role(surface, head, inside, start)
        if inside and _ends_with(head, inside):
            return _ends_with(head, inside)
        if re.match(r"(?:the|that|this)\s", surface, re.I) and _is_body(head):
            return self._by_body(head, start) or _plain(surface)
        if inside and inside[0].text == strip_genitive(ARTICLE.sub("", surface)):
            return inside[0].name
        return self._text_or_phrase(surface, head, start)

    def _text_or_phrase(self, surface: str, head: str, start: int) -> str:
        """Whoever issued "the statement", if somebody was heard before; else the phrase."""
        if re.match(r"(?:the|that|this|its)\s", surface, re.I) and head.split()[-1].lower() in words("texts"):
            return next((name for _, name, _, _ in self._before(start)), _plain(surface))
        return _plain(surface)

    def _within(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return self._mentions[first:last]

    @staticmethod
    def _issuer(lower: str) -> int:
        """Where the issuer begins in "a statement from the office"; 0 where the phrase is no such thing."""
        kinds = "|".join(sorted(words("texts"), key=len, reverse=True))
        match = re.match(
            rf"(?:(?:a|an|the|its|his|her|their)\s+)?(?:[\w-]+\s+){{0,2}}(?:{kinds})\s+(?:from|by|of|issued by|released by|signed by)\s+",
            lower,
        )
        return match.end() if match else 0

    def _state(self, surface: str, inside: list[Mention]) -> str:
        """The state that "the Xish government" or "Xland" stands for."""
        found = ARTICLE.sub("", surface).split()
        if not inside or not found:
            return ""
        first = strip_genitive(found[0])
        rest = [word.lower() for word in found[1:]]
        if inside[0].kind == "state" and (
            not rest or (rest[-1] in roles("for_the_state") and len(rest) <= 3)
        ):
            return nations().get(inside[0].text.lower(), inside[0].name)
        if rest and rest[-1] in roles("for_the_state") and len(rest) <= 2:
            stem = first[: max(4, len(first) - 4)]
            for mention in self._mentions:
                if (
                    mention.text != first
                    and mention.text.startswith(stem)
                    and len(mention.text) <= len(first)
                    and first.startswith(mention.text[:4])
                ):
                    return mention.text
        return ""

    def _by_role(self, surface: str, head: str, inside: list[Mention], start: int) -> str:
        """The one whom "the spokesman" means: the last person of that role; unnamed ones stay a role."""
        role = _role(head)
        definite = re.match(r"(?:the|this|that|its|his)\s", surface, re.I) is not None
        named = [m for m in self._mentions if m.kind == "person" and role in m.role.lower().split()]
        if surface.split()[0].lower() in {"a", "an", "one", "another", "some", "two", "three", "several"}:
            return _plain(surface)
        for _, name, _, heard in self._before(start):
            if role and (
                role == _role(_head(heard))
                or any(m.name == name and role in m.role.lower().split() for m in named)
            ):
                return name
        bodies = {m.name for m in inside if m.kind != "person"}
        fitting = [
            m.name
            for m in named
            if not bodies or m.affiliation in bodies or any(m.affiliation.endswith(b) for b in bodies)
        ]
        if len(set(fitting)) == 1:
            return fitting[0]
        before = [m.name for m in named if m.start < start]
        if definite and before and not bodies:
            return before[-1]
        heard_person = next((name for _, name, kind, _ in self._before(start) if kind == "person"), "")
        if (
            definite
            and heard_person
            and not inside
            and role in {"official", "leader", "source", "head", "chief", "figure"}
        ):
            return heard_person
        return _plain(surface)

    def _by_body(self, head: str, start: int) -> str:
        """The body that "the group" or "the union" means: by a word of its name, else the last one heard."""
        word = head.split()[-1].lower()
        named = [
            m for m in self._mentions if m.start < start and m.kind in {"organisation", "unknown", "state"}
        ]
        for mention in reversed(named):
            if word in re.findall(r"\w+", mention.name.lower()):
                return mention.name
        if word not in roles("any_body"):
            return ""
        return next(
            (name for _, name, kind, _ in self._before(start) if kind in {"organisation", "unknown"}), ""
        )

    def _pronoun(self, pronoun: str, start: int) -> str:
        if pronoun in {"he", "she"}:
            wanted = roles("female") if pronoun == "she" else roles("male")
            barred = roles("male") if pronoun == "she" else roles("female")
            for name, surface in self._people_before(start):
                about = {w.lower().rstrip(".") for w in surface.split()} | self._titles(name)
                if about & wanted or not about & (barred - {"he", "she"}):
                    return name
            return ""
        if pronoun == "they":
            return next((name for _, name, kind, _ in self._before(start) if kind != "person"), "")
        if pronoun == "it":
            return next(
                (name for _, name, kind, _ in self._before(start) if kind not in {"person", "role"}), ""
            )
        return ""

    def _people_before(self, start: int) -> list[tuple[str, str]]:
        """(name, surface) of those who spoke or were the subject of a sentence before an offset, the last one first."""
        heard = [
            (at, name, surface)
            for at, name, kind, surface in self._before(start)
            if kind in {"person", "role"}
        ]
        named = [(m.start, m.name, m.text) for m in self._mentions if m.start < start and m.kind == "person"]
        topical = [(at, name, surface) for at, name, surface in named if at in self._topics]
        found = sorted(heard + topical, reverse=True) or sorted(named, reverse=True)
        return [(name, surface) for _, name, surface in found]

    def _titles(self, name: str) -> set[str]:
        return {w.lower().rstrip(".") for m in self._mentions if m.name == name for w in m.role.split()}

    def _kind_of(self, name: str, surface: str) -> str:
        kinds = {mention.kind for mention in self._mentions if mention.name == name}
        for kind in ("person", "organisation", "state", "unknown"):
            if kind in kinds:
                return kind
        return "role" if _role(_head(name)) and not _is_body(_head(name)) else "organisation"


def _topics(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Offsets of the names that open a sentence, titles and a leading phrase aside."""
    found = []
    for start, end in sentences(text):
        inside = [
            mention.start for mention in mentions if start <= mention.start < end and mention.kind == "person"
        ]
        if (
            inside
            and not re.search(
                r"\b(?:of|by|with|to|for|from|against|than|said|told)\s+$", text[start : inside[0]]
            )
            and inside[0] - start < 70
        ):
            found.append(inside[0])
    return frozenset(found)


def _plain(surface: str) -> str:
    """A phrase with a small article at its head, "unnamed" aside, as a role is written."""
    found = surface.strip().rstrip(",")
    if found[:1].isupper() and found.split()[0].lower() in words("determiners"):
        found = found[0].lower() + found[1:]
    return found


def _head(surface: str) -> str:
    """The part of a noun phrase that carries its head: up to "of", "for", "from", "in", a comma."""
    return (
        re.split(
            r"\s+(?:of|for|from|in|on|at|to|with|who|whose|close|familiar|\w+(?<!senior)(?:ed|ing))\s+|,",
            strip_genitive(surface),
        )[0].strip()
        or surface
    )


def _role(head: str) -> str:
    """The role noun that a head ends in, or an empty string."""
    last = re.findall(r"[\w-]+", head.lower())
    for word in (last[-1], last[-1].rstrip("s")) if last else ():
        if word in roles("persons"):
            return word
    return ""


def _is_body(head: str) -> bool:
    """Whether a head names a body of people: "the group", "the Dockers' Union"."""
    last = re.findall(r"[\w-]+", head)
    return bool(last) and (last[-1].lower() in roles("groups") or last[-1] in roles("bodies"))


def _ends_with(head: str, inside: list[Mention]) -> str:
    """The name that a head ends in, if it does."""
    for mention in reversed(inside):
        if strip_genitive(head).endswith(mention.text):
            return mention.name
    return ""
