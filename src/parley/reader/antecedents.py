"""Antecedents: whom an article names or lets speak, and who of them "he", "it" or "we" means at any point of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parley.model import Mention
from parley.reader.heads import head_of, is_body, role_of, role_words
from parley.reader.names import roles
from parley.reader.nouns import is_plural
from parley.reader.sentences import sentences
from parley.reader.topics import body_topics, topics
from parley.vocabulary import vocabulary

ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|another)\s+", re.I)
ISSUED = re.compile(
    r"\b(?:issued|released|published|statement|communiqué|communique|declaration)\s+(?:by|of|from)\s+(?:the\s+)?",
    re.I,
)
PRESS_OFFICE = re.compile(
    r"(?:[’']s?)?\s+(?:(?:Media|Press|News|Information)\s+)?(?:Office|Service|Bureau|Cent(?:re|er)|Bulletin|Newsletter)$"
)
ONE_OF = re.compile(r"^(?:one|another|the other) of (?:the )?")
HEAD = 400  # characters in which a text says who issued it
NEAR = 500  # characters within which an unnamed person may still be meant by a pronoun


class Antecedents:
    """Everybody whom an article names, and who was last spoken of at any point of it."""

    def __init__(self, text: str, mentions: Sequence[Mention], outlet: str = "") -> None:
        self._text = text
        self._outlet = outlet
        self.mentions = [mention for mention in mentions if mention.kind != "place"]
        self._starts = [mention.start for mention in self.mentions]
        self._topics = topics(text, self.mentions)
        self.body_topics = body_topics(text, self.mentions)
        self._sentences = [start for start, _ in sentences(text)]
        self._named = {mention.name for mention in self.mentions}
        self._issuer = self._issued_by() or outlet
        self._heard: list[tuple[int, str, str, str]] = []  # (offset, name, kind, surface)

    def hear(self, offset: int, name: str, surface: str) -> None:
        """Remember that `name` spoke at an offset; speakers are remembered in text order."""
        if not name.isdigit():
            self._heard.append((offset, name, self.kind_of(name, surface), surface))

    def _issued_by(self) -> str:
        """The body that says "we": the one that the outlet is called by, else the one that a text's head says issued it."""
        bodies = [m for m in self.mentions if m.kind in {"organisation", "state"}]
        own = next((m.name for m in bodies if " " in m.name and m.name.lower() in self._outlet.lower()), "")
        speaks_for = PRESS_OFFICE.sub("", own or self._outlet)
        owner = next((m.name for m in bodies if m.text == speaks_for), "")
        issued = ISSUED.search(self._text, 0, HEAD)
        by = self.within(issued.end(), issued.end() + 1) if issued else []
        return owner or own or next((m.name for m in by if m.kind in {"organisation", "state"}), "")

    def before(self, start: int) -> list[tuple[int, str, str, str]]:
        """Who was heard before an offset, the last one first."""
        return [heard for heard in reversed(self._heard) if heard[0] < start]

    def issuer_of(self, noun: str, start: int) -> str:
        """Who was heard in the sentence that first brings in "a circular"; empty where nobody was."""
        brought_in = re.compile(rf"\b(?:an?|its|his|her|their)\s+(?:[\w-]+\s+){{0,2}}{re.escape(noun)}\b")
        first = brought_in.search(self._text, 0, start)
        sentence = self._sentence(first.start()) if first else -1
        return next((name for at, name, _, _ in self.before(start) if self._sentence(at) == sentence), "")

    def body_heard(self, start: int) -> str:
        """The body that was heard last, if that is not long before an offset and nobody was heard since."""
        last = next(iter(self.before(start)), None)
        near = last is not None and last[2] in {"organisation", "state"} and start - last[0] < NEAR
        return last[1] if last is not None and near else ""

    def within(self, start: int, end: int) -> list[Mention]:
        """The names that begin in text[start:end]."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def meant_by(self, pronoun: str, start: int) -> str:
        """Whom a pronoun at an offset means; empty if that is not known."""
        if pronoun in {"he", "she"}:
            return self._person(pronoun, start)
        if pronoun == "they":
            return next((name for _, name, kind, _ in self.before(start) if kind != "person"), "")
        if pronoun == "it":
            heard = [
                (at, name)
                for at, name, kind, _ in self.before(start)
                if kind not in {"person", "role"} and not _are_several(name)
            ]
            topical = [(at, name) for at, name, _ in self.body_topics if at < start]
            return max(heard + topical, default=(0, ""))[1]
        return self._issuer if pronoun == "we" else ""

    def _person(self, pronoun: str, start: int) -> str:
        """The last person or unnamed role that "he" or "she" may mean."""
        wanted, barred = roles("female"), roles("male")
        if pronoun == "he":
            wanted, barred = barred, wanted
        endings = vocabulary("roles")["female_endings" if pronoun == "she" else "male_endings"]
        against = vocabulary("roles")["male_endings" if pronoun == "she" else "female_endings"]
        for sure, name, surface in self._meant(start):
            about = {word.lower().rstrip(".") for word in surface.split()} | self._about(name)
            fits = bool(about & wanted) or name.lower().endswith(tuple(endings))
            if fits or (sure and not about & barred and not name.lower().endswith(tuple(against))):
                return name
        return ""

    def _meant(self, start: int) -> list[tuple[bool, str, str]]:
        """Whom "he" may mean, the likeliest first, with surface, and whether no word has to show that he fits."""
        now = self._sentence(start)
        subjects = [(self._sentence(at), 1, at, True, name, said) for at, name, _, said in self.people(start)]
        with_subject = {sentence for sentence, *_ in subjects}
        named = self._named_before(start)
        others = [
            (
                now - 1,
                0,
                at,
                now - 1 in with_subject or self._text.startswith(", who", at + len(said)),
                name,
                said,
            )
            for at, name, _, said in named
            if self._sentence(at) == now - 1
        ]
        likely = sorted(subjects + others, reverse=True)
        return [(sure, name, said) for *_, sure, name, said in likely] + [
            (True, n, said) for _, n, _, said in named
        ]

    def _sentence(self, offset: int) -> int:
        """The number of the sentence that an offset lies in."""
        return bisect_right(self._sentences, offset) - 1

    def _named_before(self, start: int) -> list[tuple[int, str, str, str]]:
        """Everybody named before an offset, the last one first."""
        people = [m for m in self.mentions if m.start < start and m.kind == "person"]
        return [(m.start, m.name, m.kind, m.text) for m in reversed(people)]

    def people(self, start: int) -> list[tuple[int, str, str, str]]:
        """Those who spoke or were the subject of a sentence before an offset, the last one first."""
        heard = [
            entry
            for entry in self.before(start)
            if entry[2] in {"person", "role"} or (entry[2] == "unknown" and _may_be_person(entry[1]))
        ]
        topical = [
            (at, name, "topic", surface)
            for at, name, surface in self._topics
            if at < start and (start - at < NEAR or name in self._named)
        ]
        if heard or topical:
            return sorted(heard + topical, reverse=True)
        unsure = [entry for entry in self.before(start) if entry[2] == "unknown"]
        return self._named_before(start) or unsure

    def _about(self, name: str) -> set[str]:
        """The words of a name's titles and roles, and of what it was heard as: "he", "the spokeswoman"."""
        titles = {word for m in self.mentions if m.name == name for word in role_words(m)}
        heard = [ARTICLE.sub("", surface) for _, one, _, surface in self._heard if one == name]
        return titles | {word.lower().rstrip(".") for surface in heard for word in surface.split()}

    def kind_of(self, name: str, surface: str) -> str:
        """The kind of a name by its mentions, else by its words: person, organisation, state, unknown or role."""
        kinds = {mention.kind for mention in self.mentions if mention.name == name}
        if kinds == {"unknown"} and role_of(head_of(surface)):
            return "person"
        for kind in ("person", "organisation", "state", "unknown"):
            if kind in kinds:
                return kind
        if ONE_OF.match(name):
            return "role"
        head = head_of(name)
        return "role" if role_of(head) and not is_body(head) else "organisation"


def _are_several(name: str) -> bool:
    """Whether an unnamed speaker is more than one: "two mediators", "Defence officials", whom "it" can't mean."""
    last = head_of(name).split()[-1:]
    return any(word[0].islower() and is_plural(word) for word in last)


def _may_be_person(name: str) -> bool:
    """Whether a name of two or three words has no word of a body's or a company's."""
    parts = name.split()
    bodies = {part.lower() for part in parts} & roles("company_words") or set(parts) & roles("bodies")
    return 2 <= len(parts) <= 3 and not bodies
