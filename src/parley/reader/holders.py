"""Holders: whose condition it is, as far as one article says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from parley.model import Article, Mention, Statement
from parley.reader.extents import Range
from parley.reader.grammar import Token, is_finite, tokenize, words
from parley.reader.heads import head_of, is_body
from parley.reader.phrases import subject_before
from parley.reader.sentences import sentences
from parley.reader.speakers import Cast
from parley.vocabulary import vocabulary

OWNED = re.compile(r"(?P<owner>.*\w)[’'](?:s\s|\s)")
PARTY_TO_A_TEXT = "the Parties"
BODIES = frozenset({"organisation", "state"})


@dataclass(frozen=True)
class Heard:
    """An article with who speaks and who is named in it."""

    article: Article
    statements: Sequence[Statement]
    cast: Cast
    mentions: Sequence[Mention]

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The names of bodies and states; a single name that no list knows is one where it speaks."""
        speakers = {statement.speaker_name for statement in self.statements}
        speakers = {name for name in speakers if " " not in name or is_body(name)}
        return frozenset(
            m.name for m in self.mentions if m.kind in BODIES or (m.kind == "unknown" and m.name in speakers)
        )

    @cached_property
    def people(self) -> frozenset[str]:
        """The names of the people."""
        return frozenset(m.name for m in self.mentions if m.kind == "person") - self.bodies

    @cached_property
    def sentences(self) -> tuple[Range, ...]:
        """Where the sentences stand."""
        return tuple(sentences(self.article.text))


def holder_of(heard: Heard, at: Range, inner: Statement | None, act: Range, by: int | None) -> str:
    """Whose condition it is: that of whoever demands it, else of who states it and whom he stands for, else of who acts."""
    tokens = tokenize(heard.article.text, *at)
    if heard.article.kind == "agreement":
        return _of_a_text(heard, act)
    if by is not None:
        place = next(index for index, token in enumerate(tokens) if token.start >= by)
        demanding = _subject(heard, tokens, place)
        if demanding:
            return demanding
    if inner:
        return _stated_by(heard, inner, act)
    found = (_subject(heard, tokens, i) for i, token in enumerate(tokens) if i and is_finite(token))
    acting = next((name for name in found if _body(heard, name) or name in heard.people), "")
    return _body(heard, acting) or acting or _spoken_of(heard, at[0])


def _of_a_text(heard: Heard, act: Range) -> str:
    """Whom a provision's condition binds: the party that acts by it, else all that signed."""
    other = _pattern("other_party").search(heard.article.text, *act)
    if other:
        return other.group()
    parties = _pattern("parties").search(heard.article.text)
    return _body(heard, _doer(heard, act)) or (parties.group() if parties else PARTY_TO_A_TEXT)


def _stated_by(heard: Heard, statement: Statement, act: Range) -> str:
    """Who states a condition; where nothing ties him to a body, the one beside his name, or that does what waits."""
    speaker = _principal(heard, statement.speaker_name)
    own = [mention for mention in heard.mentions if mention.name == speaker]
    tied = any(mention.affiliation in heard.bodies for mention in own)
    if tied or speaker in heard.bodies or (speaker not in heard.people and is_body(head_of(speaker))):
        return speaker
    beside = next(filter(None, (_beside(heard, mention) for mention in own)), "")
    return beside or _body(heard, _doer(heard, act)) or speaker


def _beside(heard: Heard, mention: Mention) -> str:
    """The body that a name's own sentence ties it to: "Ana Sol, speaking for the front", "Veska: its envoy, Ana Sol"."""
    text = heard.article.text
    first = max((at for at, end in heard.sentences if at <= mention.start), default=0)
    owned = _pattern("owned_by").search(text[first : mention.start])
    if owned:
        return _body(heard, heard.cast.body_in(first, first + owned.start("owner")))
    behind = _pattern("stands_for").match(text, mention.end)
    before = _pattern("figure_for").search(text[first : mention.start])
    for match, offset in ((behind, 0), (before, first)):
        if match:
            start, end = match.start("body") + offset, match.end("body") + offset
            return _body(
                heard, heard.cast.body_in(start, end) or heard.cast.resolve(text[start:end], start, end)
            )
    return ""


def _principal(heard: Heard, name: str) -> str:
    """The person whom a role speaks for: "a spokesman for Sol", "Sol's office"; else the name itself."""
    if name in heard.people or name in heard.bodies:
        return name
    behind = _pattern("speaks_for").search(name)
    person = behind["person"] if behind else ""
    return next((m.name for m in heard.mentions if m.kind == "person" and person in (m.name, m.text)), name)


def _spoken_of(heard: Heard, start: int) -> str:
    """Who spoke last before an offset: what the outlet tells behind it is his; the outlet itself where nobody did."""
    before = [s for s in heard.statements if s.content and s.content[0].start < start]
    last = max(before, key=lambda s: s.content[0].start, default=None)
    return last.speaker_name if last else heard.article.outlet


def _doer(heard: Heard, act: Range) -> str:
    """The name of the subject of what waits; empty where it has none to be seen, or one that does not name it."""
    tokens = tokenize(heard.article.text, *act)
    modal = [i for i, token in enumerate(tokens) if token.lower in vocabulary("tenses")["modals"]]
    finite = [i for i, token in enumerate(tokens) if i and is_finite(token)]
    span = _subject_at(tokens, (modal or finite)[-1]) if modal or finite else None
    if span is None:
        return ""
    name = heard.cast.resolve(heard.article.text[slice(*span)], *span)
    own = {word.lower() for word in re.findall(r"\w+", name)}
    last = re.findall(r"\w+", heard.article.text[slice(*span)])[-1:]
    return name if last and last[0].lower() in own else ""


def _subject(heard: Heard, tokens: Sequence[Token], verb: int) -> str:
    """Who the subject of the verb at a token is; empty where there is none to be seen."""
    span = _subject_at(tokens, verb)
    return heard.cast.resolve(heard.article.text[slice(*span)], *span) if span else ""


def _subject_at(tokens: Sequence[Token], verb: int) -> Range | None:
    """The offsets of the subject of the verb at a token; None where there is none to be seen."""
    subject = subject_before(tokens, verb)
    if subject is None or tokens[subject[1]].lower in words("subordinators"):
        return None
    return tokens[subject[0]].start, tokens[subject[1]].end


def _body(heard: Heard, name: str) -> str:
    """The body that a name is, or that owns what it names; empty where there is none."""
    if name in heard.bodies:
        return name
    owned = OWNED.match(name)
    return owned["owner"] if owned and owned["owner"] in heard.bodies else ""


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """A pattern of vocabulary/needs.yaml."""
    return re.compile(vocabulary("needs")[key])
