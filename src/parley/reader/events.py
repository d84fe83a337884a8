"""Events: what a text tells as having happened, in the outlet's own voice or inside somebody's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.model import Article
from parley.reader.extents import Range
from parley.reader.grammar import QUOTES, Token, forms, is_adverb, is_finite, is_time_word, words
from parley.reader.phrases import skip_left, subject_before
from parley.reader.speakers import Cast
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

BE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
RELATIVES = frozenset({"who", "whom", "which"})
HAVE = frozenset({"has", "have", "had"})
NEGATED = frozenset({"not", "never", "n't", "no"})
AHEAD = 9  # tokens behind "and" among which the verb of a new clause stands
PASSIVE = 4  # tokens from a finite verb on among which the participle of a passive stands
PARTICIPLE = ("ed", "en", "wn", "ne")
REACH = 12  # tokens before a present passive in which a condition may open


@dataclass(frozen=True, slots=True)
class Kind:
    """One verb that is an act: its label, the words behind it, the objects it needs, and whether it takes none."""

    label: str
    rest: tuple[str, ...]
    objects: frozenset[str]
    intransitive: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An act as told: label, actor, and offsets of its clause; `verb` is the verb's offset."""

    label: str
    actor: str
    start: int
    end: int
    verb: int


@cache
def _kinds(headline: bool) -> dict[str, tuple[Kind, ...]]:
    """First word of each event verb's form -> what it may be; a headline tells the past in the present."""
    found: dict[str, list[Kind]] = {}
    groups = [(act, group) for act, listed in vocabulary("acts")["events"].items() for group in listed]
    for act, group in groups:
        for verb in group["verbs"]:
            head, *rest = verb.split("_")
            inflected = forms(head)
            kind = Kind(
                act, tuple(rest), frozenset(group.get("objects", ())), bool(group.get("intransitive"))
            )
            tenses = ("ed", "en", "s", "base") if headline else ("ed", "en")
            for form in dict.fromkeys(inflected[tense] for tense in tenses):
                found.setdefault(form, []).append(kind)
    return {form: tuple(sorted(kinds, key=lambda kind: -len(kind.rest))) for form, kinds in found.items()}


def read_events(article: Article, unit: Unit, cast: Cast) -> list[Event]:
    """The events of a unit, in order."""
    tokens = unit.tokens
    kinds = _kinds(_is_headline(article.text, unit))
    found = []
    for index, token in enumerate(tokens):
        for kind in kinds.get(token.lower, ()):
            last = index + len(kind.rest)
            if tuple(t.lower for t in tokens[index + 1 : last + 1]) == kind.rest:
                event = _event(article, unit, index, last, kind, cast)
                if event:
                    found.append(event)
                    break
    return found


def _is_headline(text: str, unit: Unit) -> bool:
    """Whether a unit is a whole line near the head of the text that ends without a stop."""
    whole = (unit.start, unit.end) == unit.paragraph
    return whole and unit.start < 400 and text[unit.end - 1] not in ".!?:" and len(unit.tokens) < 24


def _event(article: Article, unit: Unit, index: int, last: int, kind: Kind, cast: Cast) -> Event | None:
    """The event that a verb tells, if it is told as having happened."""
    tokens = unit.tokens
    before, helpers = _helpers(tokens, index)
    if before < 0 or _unreal(tokens, before, index, helpers):
        return None
    passive = bool(helpers & BE)
    subject = subject_before(tokens, index)
    if subject is None or any(
        unit.quoted[i] != unit.quoted[index] for i in range(subject[0], subject[1] + 1)
    ):
        return None
    end = clause_end(unit, last)
    clause = {token.lower for token in tokens[subject[0] : end + 1]}
    if kind.objects and not clause & kind.objects:
        return None
    if not passive and not kind.intransitive and not _takes_object(tokens, last, helpers):
        return None
    start, stop = tokens[subject[0]].start, tokens[end].end
    if passive:
        return Event(kind.label, _agent(article, unit, last, end, cast), start, stop, tokens[index].start)
    doing = _doing(tokens, index) or subject
    surface = (tokens[doing[0]].start, tokens[doing[1]].end)
    actor = cast.resolve(article.text[slice(*surface)], *surface)
    return Event(kind.label, actor, start, stop, tokens[index].start)


def doer_of(article: Article, unit: Unit, index: int, end: int, cast: Cast) -> str | None:
    """Who does what a finite verb tells, up to an offset; empty where a passive does not say, None without a subject."""
    tokens = unit.tokens
    subject = _doing(tokens, index)
    if subject is None:
        return None
    behind = [token.lower for token in tokens[index : index + PASSIVE]]
    if BE & set(behind) and any(word.endswith(PARTICIPLE) for word in behind[1:]):
        last = sum(token.start < end for token in tokens) - 1
        return _agent(article, unit, index, last, cast)
    surface = tokens[subject[0]].start, tokens[subject[1]].end
    return cast.resolve(article.text[slice(*surface)], *surface)


def _doing(tokens: Sequence[Token], index: int) -> Range | None:
    """The subject of a verb; of a relative clause what it belongs to: "Ana Sol, who signed"."""
    last = skip_left(tokens, index - 1)
    if last > 0 and tokens[last].lower in RELATIVES:
        return subject_before(tokens, last - (tokens[last - 1].lower == ","))
    return subject_before(tokens, index)


def is_undone(unit: Unit, start: int, end: int) -> bool:
    """Whether the first finite verb of a stretch tells what has not happened: "has not freed", "would withdraw"."""
    tokens = unit.tokens
    for index, token in enumerate(tokens):
        if start <= token.start < end and is_finite(token):
            group = {token.lower}
            while index + 1 < len(tokens) and (
                is_adverb(token := tokens[index + 1]) or token.lower in words("auxiliaries") | NEGATED
            ):
                group.add(token.lower)
                index += 1
            return bool(group & (words("auxiliaries") - BE - HAVE | NEGATED))
    return False


def _helpers(tokens: tuple[Token, ...], index: int) -> tuple[int, set[str]]:
    """The token before a verb's auxiliaries and adverbs, and those words."""
    before = index - 1
    helpers = set()
    while before >= 0 and (is_adverb(tokens[before]) or tokens[before].lower in words("auxiliaries")):
        helpers.add(tokens[before].lower)
        before -= 1
    return before, helpers


def _unreal(tokens: tuple[Token, ...], before: int, index: int, helpers: set[str]) -> bool:
    """Whether a verb tells no event: a modal, a negation, an infinitive, a condition, a noun's participle."""
    if helpers & (words("auxiliaries") - BE - HAVE) or helpers & NEGATED or "be" in helpers:
        return True
    previous = tokens[before].lower
    if previous in {"to", "be"} | words("determiners") or tokens[before].possessive:
        return True
    if helpers & BE:
        opens = words("conditions" if helpers & {"is", "are"} else "open_conditions")
        return any(token.lower in opens for token in tokens[max(0, index - REACH) : index])
    return previous in words("prepositions")


def _takes_object(tokens: tuple[Token, ...], last: int, helpers: set[str]) -> bool:
    """Whether something that can be an object follows: "signed by" and "freed on Friday" are participles of a noun."""
    if last + 1 >= len(tokens):
        return False
    following = tokens[last + 1]
    if following.text in QUOTES or (following.text not in ",.;:" and not following.is_word):
        return True
    if not following.is_word or following.lower in words("prepositions") | words("subordinators"):
        return False
    time = is_time_word(following) and not following.text.isdigit()
    return not (time and following.lower not in words("determiners")) and not (
        is_finite(following) or (following.lower in {"it", "him", "her"} and not helpers & HAVE)
    )


def clause_end(unit: Unit, index: int) -> int:
    """The last word before a mark, a subordinate clause or a change in or out of quotation marks."""
    tokens = unit.tokens
    end = index
    for position in range(index + 1, len(tokens)):
        token = tokens[position]
        closes = token.text in ",;:.—–()" or token.lower in {"while", "but", "which", "who"}
        if unit.quoted[position] != unit.quoted[index] or closes or _opens_clause(unit, position):
            break
        if token.is_word:
            end = position
    return end


def _opens_clause(unit: Unit, position: int) -> bool:
    """Whether "and" opens a clause with a subject of its own: "and the government freed 48 prisoners"."""
    tokens = unit.tokens
    if tokens[position].lower != "and" or position + 2 >= len(tokens):
        return False
    first = tokens[position + 1]
    if not (first.is_name or first.lower in words("determiners") | words("pronouns")):
        return False
    for token in tokens[position + 2 : position + AHEAD]:
        if not token.is_word or token.lower in words("subordinators") | {"and"}:
            return False
        if is_finite(token):
            return True
    return False


def _agent(article: Article, unit: Unit, last: int, end: int, cast: Cast) -> str:
    """Who did it by a passive's "by"; empty where the text does not say."""
    tokens = unit.tokens
    closed = words("prepositions") - {"of"}
    for index in range(last + 1, end):
        if tokens[index].lower == "by":
            stop = index + 1
            while stop < end and tokens[stop + 1].lower not in closed and tokens[stop + 1].is_word:
                stop += 1
            if any(token.possessive for token in tokens[index + 1 : stop]):  # by the ministry's count
                continue
            at = (tokens[index + 1].start, tokens[stop].end)
            return cast.resolve(article.text[slice(*at)], *at)
    return ""
