"""Speakers: who "he", "the group" or "the senior official" is, as far as one article says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from parley.model import Mention
from parley.reader.antecedents import ARTICLE, Antecedents
from parley.reader.grammar import words
from parley.reader.heads import (
    BY_NOUN_ALONE,
    BY_WIDER_NOUN,
    body_noun,
    company_among,
    ends_with,
    head_of,
    holds,
    is_body,
    is_union,
    issuer_at,
    offices_of,
    plain,
    purposes_in,
    rank_of,
    role_of,
)
from parley.reader.names import nations, roles, strip_genitive
from parley.reader.nouns import is_plural
from parley.reader.several import both, in_full, one_of_them
from parley.reader.topics import unnamed_people
from parley.vocabulary import vocabulary

OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we"}
POINTING = re.compile(r"(?:this|that|(?:the|this|that) same)\s", re.I)
DEFINITE = re.compile(r"(?:the|this|that|its|his|her|their)\s", re.I)
OWNED_TEXT = re.compile(
    r"(?P<owner>.+\w[’']s?)\s+(?:[\w-]+\s+){0,2}?(?P<text>\w+)(?:\s+(?:of|on|to|for|about)\s.*)?"
)
LED_BODY = re.compile(r"(?P<owner>(?:[\w-]+\s+){0,4}[\w-]+)[’']s?\s+(?:[a-z-]+\s+)?(?P<noun>[a-z]+)")
ABOUT = re.compile(r"(?P<who>(?:an?|one|two|another)\s.+\s(?:to|of|for|with|near))\s+(?P<whom>him|her)")
CUT = re.compile(r"\w\s+(?P<pronoun>he|she|it|they|we)$")
FAR = 60  # characters behind an article in which the noun of its phrase is looked for


class Cast:
    """Who each noun phrase of an article stands for, by everybody whom it names or lets speak."""

    def __init__(self, text: str, mentions: Sequence[Mention], outlet: str = "") -> None:
        self._text = text
        self._antecedents = Antecedents(text, mentions, outlet)
        self._mentions = self._antecedents.mentions
        self._body_topics = self._antecedents.body_topics
        self._unnamed = [
            (at, name, surface)
            for at, name, surface in unnamed_people(text)
            if not self._antecedents.within(at + len(surface), at + len(surface) + len(", a "))
        ]

    def hear(self, offset: int, name: str, surface: str) -> None:
        """Remember that `name` spoke at an offset; speakers are remembered in text order."""
        self._antecedents.hear(offset, name, surface)

    def resolve(self, surface: str, start: int, end: int) -> str:
        """Who the noun phrase text[start:end] is: a name, else the phrase itself with a small first letter."""
        cut = CUT.search(surface)
        if cut:  # in "to the pilots it offered" what stands before the pronoun is no part of the subject
            return self.resolve(cut["pronoun"], start + cut.start("pronoun"), end)
        surface = surface.strip()
        lower = surface.lower()
        whole = self._behind_article(lower, start, end)
        if whole > end:
            return self.resolve(self._text[start:whole], start, whole)
        lower = OWNERS.get(lower, str(vocabulary("cues")["objects"].get(lower, lower)))
        if lower in words("pronouns"):
            return self._antecedents.meant_by(lower, start) or surface
        named = (
            self._named_behind(surface, end)
            or self._named_last(surface, start)
            or one_of_them(self._antecedents, lower, start)
            or both(self._text, self._mentions, lower, start)
        )
        if named:
            return named
        about = ABOUT.fullmatch(surface)
        if about:
            meant = self._antecedents.meant_by(str(vocabulary("cues")["objects"][about["whom"]]), start)
            return f"{plain(about['who'])} {meant}" if meant else plain(surface)
        owner = re.match(r"(?:his|her|its|their|our)\s+", lower)
        if owner:
            last = next((m for m in self._antecedents.within(start, end) if m.end == end), None)
            if last and last.kind == "person":  # "its representative Ana Sol"
                return last.name
            possessor = self._antecedents.meant_by(OWNERS[owner.group().strip()], start)
            if possessor and lower.split()[-1] in words("texts") | roles("drafted"):
                return possessor
            if possessor:
                return self._owned(possessor, surface[owner.end() :], start)
            return (self._by_body(head_of(surface), start) if is_body(surface) else "") or plain(surface)
        owner = OWNED_TEXT.fullmatch(surface)
        if owner and owner.group("text").lower() in words("texts") | roles("drafted"):
            owned = start + owner.end("owner")
            held = strip_genitive(owner.group("owner"))
            return self._settle(held, self._antecedents.within(start, owned), start)
        led = LED_BODY.fullmatch(surface)
        if led and led["noun"] in roles("for_the_body") and not set(lower.split()) & words("prepositions"):
            return self.resolve(led["owner"], start, start + led.end("owner"))
        issued = issuer_at(lower)
        if issued:
            behind = self._antecedents.within(start + issued, end)
            issuer = surface[issued:].strip()
            return self._settle(issuer, behind, start + issued) if behind else plain(issuer)
        inside = self._antecedents.within(start, end)
        return in_full(self._settle(surface, inside, start), inside)

    def _behind_article(self, lower: str, start: int, end: int) -> int:
        """Where a phrase ends of which no more than its article was found: behind a name or a noun for people."""
        if lower not in {"the", "a", "an"}:
            return end
        named = next(iter(self._antecedents.within(end, end + 2)), None)
        words_behind = re.finditer(r"\s+([\w’'-]+)", self._text[end : end + FAR])
        people = roles("persons") | roles("groups")
        noun = next((one for one in islice(words_behind, 3) if one.group(1).lower() in people), None)
        return named.end if named else end + (noun.end() if noun else 0)

    def _settle(self, surface: str, inside: list[Mention], start: int) -> str:
        head = head_of(surface)
        people = [m for m in inside if m.kind == "person" and m.start - start < len(head)]
        if people and not is_body(head):
            owner = people[-1]
            rest = surface[owner.end - start :]
            if rest[:3] in {"'s ", "’s "} and role_of(head):
                return self._owned(owner.name, rest[3:], start)
            names = dict.fromkeys(m.name for m in people)
            return people[-1].name if len(people) == 1 else " and ".join(names)
        state = self._state(surface, inside)
        if state:
            return state
        if role_of(head) and not (
            surface.lower().startswith("the ") and role_of(head) in roles("things_too")
        ):
            return self._by_role(surface, head, inside, start)
        name = ends_with(head, inside) or self._medium(head, inside)
        if name in roles("bodies"):
            return self._by_body(head, start) or name
        if name:
            return name
        loose = inside and inside[0].kind == "unknown" and " from " in surface
        if inside and inside[0].text == strip_genitive(ARTICLE.sub("", head if loose else surface)):
            return inside[0].name
        if re.match(r"(?:the|that|this)\s", surface, re.I) and is_body(head):
            return self._by_body(head, start) or plain(surface)
        return self._text_or_phrase(surface, head, start)

    def _text_or_phrase(self, surface: str, head: str, start: int) -> str:
        """Whoever issued "the statement", if somebody was heard before; else the phrase."""
        if DEFINITE.match(surface) and head.split()[-1].lower() in words("texts"):
            issuer = self._antecedents.issuer_of(head.split()[-1], start)
            if issuer:
                return issuer
            topical = [(at, name) for at, name, _ in self._body_topics if at < start]
            heard = [(at, name) for at, name, _, _ in self._antecedents.before(start)]
            return max(heard[:1] or topical, default=(0, plain(surface)))[1]
        return plain(surface)

    def _named_behind(self, surface: str, end: int) -> str:
        """The name in apposition to a role: "the union's treasurer, Ana Sol, said"."""
        opens = role_of(head_of(surface)) or surface.lower() in words("one_of_several")
        if not opens or self._text[end : end + 2] != ", ":
            return ""
        small = roles("persons") | roles("before_titles")
        for mention in self._antecedents.within(end, end + 40):
            between = self._text[end + 2 : mention.start].replace(".", "").split()
            closed = re.match(r"[,.\n]|\s+(?:of|for|from)\s|$", self._text[mention.end : mention.end + 8])
            if (
                mention.kind in {"person", "unknown"}
                and closed
                and all(word in roles("titles") or word in small for word in between)
            ):
                return mention.name
        return ""

    def _named_last(self, surface: str, start: int) -> str:
        """The person whom a phrase ends in behind a comma: "the head of the opposition, Ana Sol"."""
        told, comma, _ = surface.partition(", ")
        last = self._antecedents.within(start + len(told), start + len(surface)) if comma else []
        ends = [m for m in last if m.kind == "person" and m.end == start + len(surface)]
        return ends[0].name if ends and role_of(head_of(told)) else ""

    def _state(self, surface: str, inside: list[Mention]) -> str:
        """The state that "the Xish government" or "Xland" stands for."""
        found = ARTICLE.sub("", surface).split()
        if not inside or not found:
            return ""
        rest = [word.lower() for word in found[1:]]
        governs = bool(rest) and rest[-1] in roles("for_the_state")
        if inside[0].kind == "state" and (not rest or (governs and len(rest) <= 3)):
            return nations().get(inside[0].text.lower(), inside[0].name)
        return self._state_of_adjective(strip_genitive(found[0])) if governs and len(rest) <= 2 else ""

    def _medium(self, head: str, inside: Sequence[Mention]) -> str:
        """The medium that "the Norvik agency" names; a state's is none: "Veskan television"."""
        named, _, noun = ARTICLE.sub("", head).rpartition(" ")
        if noun not in roles("relays") or self.state_of(named):
            return ""
        return next((one.name for one in inside if one.text == named and one.kind != "state"), "")

    def body_in(self, start: int, end: int) -> str:
        """The last body or state that is named in text[start:end]; empty if there is none."""
        bodies = [m for m in self._antecedents.within(start, end) if m.kind != "person"]
        return bodies[-1].name if bodies else ""

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The names that begin in text[start:end], in order."""
        return self._antecedents.within(start, end)

    def state_of(self, word: str) -> str:
        """The state that an adjective or name stands for; empty if it stands for none that is named here."""
        return nations().get(word.lower(), "") or self._state_of_adjective(word)

    def _state_of_adjective(self, adjective: str) -> str:
        """The name in this article that an adjective is made from: "Veskan" from "Veska"."""
        stem = adjective[: max(4, len(adjective) - 4)]
        for mention in self._mentions:
            other = mention.text
            shorter = other != adjective and len(other) <= len(adjective)
            if shorter and other.startswith(stem) and adjective.startswith(other[:4]):
                return other
        return ""

    def _owned(self, owner: str, rest: str, start: int) -> str:
        """Whom "its leader" or "her counterpart" means, where only one such person is named; else the phrase."""
        bodies = {tie for m in self._mentions if m.name == owner and (tie := m.affiliation)} or {owner}
        bodies = {owner} if self._antecedents.kind_of(owner, owner) != "person" else bodies - {owner}
        if is_body(rest) and " " not in rest:
            return self._by_body(rest, start) or f"{owner}'s {rest}"
        if is_plural(rest.split()[-1]):
            return f"{owner}'s {rest}"
        fitting = {name: fit for name, fit in self._holders(head_of(rest)).items() if name != owner}
        known = [name for name in fitting if "counterpart" in rest or self._may_belong(name, bodies)]
        return known[0] if len(known) == 1 else f"{owner}'s {rest}"

    def _by_role(self, surface: str, head: str, inside: list[Mention], start: int) -> str:
        """The one whom "the spokesman" means: the last person of that role; unnamed ones stay a role."""
        role = role_of(head)
        if surface.split()[0].lower() in words("indefinite") or is_plural(head.split()[-1]):
            body = self._antecedents.body_heard(start) if role in roles("spokespeople") and not inside else ""
            return f"{plain(surface)} of {body}" if body and len(surface.split()) == 2 else plain(surface)
        if POINTING.match(surface) and role in roles("anybody"):
            return self._last_unnamed(role, start) or plain(surface)
        bodies = {m.name for m in inside if m.kind != "person"} or self._owner_in(head, start)
        definite = DEFINITE.match(surface) is not None
        holders = self._holders(head, wide=definite or bool(bodies))
        named = {m.name for m in self._mentions if m.start < start}
        holders = {
            name: fit for name, fit in holders.items() if fit > BY_NOUN_ALONE or name in named
        }  # a deputy is not "the minister" before he is named
        for _, name, _, heard in self._antecedents.people(start):
            alike = role == role_of(head_of(heard)) and rank_of(heard) == rank_of(head)
            if (alike or name in holders) and self._may_belong(name, bodies):
                return name
        fitting = [
            name for name in holders if not bodies or (self._ties(name) and self._may_belong(name, bodies))
        ]
        if len(fitting) == 1:
            return fitting[0]
        before = [m.name for m in self._mentions if m.start < start and m.name in holders]
        if definite and before and not bodies:
            return before[-1]
        if definite and not bodies and role in roles("anybody"):
            return next(
                (name for _, name, kind, _ in self._antecedents.before(start) if kind in {"person", "role"}),
                plain(surface),
            )
        brought_in = [n for at, n, s in self._unnamed if at < start and role == role_of(head_of(s))]
        return brought_in[-1] if definite and not inside and brought_in else plain(surface)

    def _owner_in(self, head: str, start: int) -> set[str]:
        """The body that "the union's spokesman" or "army officer" says in small letters, where one is named."""
        owned = re.match(
            r"(?:the\s+)?(?:[\w-]+\s+)*?([\w-]+)(?:[’']s?)?\s+(?:[\w-]+\s+)*?[\w-]+$", head, re.I
        )
        nouns = [word for word in re.findall(r"[\w-]+", head.lower())[:-1] if word in roles("groups")]
        body = self._by_body(nouns[-1], start) if owned and nouns else ""
        return {body} if body else set()

    def _holders(self, head: str, wide: bool = True) -> dict[str, int]:
        """The people who hold the office that a phrase names, as well as any does: of its rank, where there are any."""
        fits: dict[str, int] = {}
        for mention in self._mentions:
            if mention.kind == "person":
                fit = max((holds(office, head) for office in offices_of(mention)), default=0)
                fits[mention.name] = max(fit, fits.get(mention.name, 0))
        best = max(fits.values(), default=0)
        return {
            name: fit for name, fit in fits.items() if fit == best and fit and (wide or fit != BY_WIDER_NOUN)
        }

    def _ties(self, name: str) -> set[str]:
        """The bodies that the article ties a person to."""
        return {m.affiliation for m in self._mentions if m.name == name and m.affiliation}

    def _may_belong(self, name: str, bodies: set[str]) -> bool:
        """Whether nothing ties a person to another body than the ones that a phrase names."""
        ties = self._ties(name)
        return not bodies or not ties or any(self._one_body(tie, body) for tie in ties for body in bodies)

    def _one_body(self, one: str, other: str) -> bool:
        """Whether two names are one body's: the one ends in the other, or is its adjective."""
        return one.endswith(other) or other in {one, self.state_of(one)} or one == self.state_of(other)

    def _last_unnamed(self, role: str, start: int) -> str:
        """Whom "this official" or "the same insider" means: the last unnamed one of that role, or of any such role."""
        brought_in = [(at, name, "role", surface) for at, name, surface in self._unnamed if at < start]
        heard = [entry for entry in self._antecedents.before(start) if entry[2] == "role"]
        for _, name, _, _ in sorted(brought_in + heard, reverse=True):
            found = role_of(head_of(name))
            if found == role or (found in roles("anybody") and role in roles("faceless")):
                return name
        return next((name for _, name, _, _ in [*heard, *reversed(brought_in)]), "")

    def _by_body(self, head: str, start: int) -> str:
        """The body that "the group" or "the union" means: by a word of its name, else the last one heard."""
        word = head.split()[-1].lower()
        bodies = [m for m in self._mentions if m.kind in {"organisation", "unknown", "state"}]
        named = [m for m in bodies if m.start < start]
        told = purposes_in(head)
        with_word = [
            m.name
            for m in reversed(named)
            if " " in m.name
            and word in re.findall(r"\w+", m.name.lower())
            and (told <= purposes_in(m.name) or not purposes_in(m.name))
        ]
        with_word += [m.name for m in reversed(named) if word == "union" and is_union(m.name)]
        about = [name for name in with_word if body_noun(name) == word]
        if with_word:
            return (about or with_word)[0]
        later = {m.name for m in bodies if m.start > start and body_noun(m.name) == word != m.name.lower()}
        if len(later) == 1 and not told:
            return later.pop()
        if word in vocabulary("roles")["kinds_of_bodies"]["company"]:
            return company_among(named)
        if word not in roles("any_body") or (word in roles("for_the_state") and len(head.split()) > 2):
            return ""
        heard = [
            (at, name)
            for at, name, kind, _ in self._antecedents.before(start)
            if kind in {"organisation", "unknown"} and _may_be_called(name, word)
        ]
        topical = [
            (at, name)
            for at, name, kind in self._body_topics
            if at < start and kind == "organisation" and _may_be_called(name, word)
        ]
        return max(heard[:1] or topical, default=(0, ""))[1]


def _may_be_called(name: str, noun: str) -> bool:
    """Whether a body may be meant by "the group" or "the movement": no government is, and no institution a movement."""
    found = {word.lower() for word in name.split()}
    if found & {*vocabulary("roles")["kinds_of_bodies"]["government"], "ministry"}:
        return noun in roles("for_the_state")
    movement = noun in vocabulary("roles")["kinds_of_bodies"]["movement"] and noun != "group"
    return not movement or not found & roles("institutions")
