"""Cues: the verbs that attribute, where they stand in a sentence, and the frames that their content may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.reader.grammar import QUOTES, Token, forms, is_adverb, words
from parley.vocabulary import vocabulary

HAVE = frozenset({"has", "have", "had", "having"})
PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being", "as"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb in one of its forms."""

    lemma: str
    tense: str  # base | s | ed | ing | en
    rest: tuple[str, ...]  # particles that follow: ("out",), ("clear",)
    frames: frozenset[str]
    act: str | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb at token indices first..last of a unit."""

    first: int
    last: int
    verb: Verb


@cache
def cue_verbs() -> dict[str, tuple[Verb, ...]]:
    """Every form of every cue verb, by its first word."""
    found: dict[str, list[Verb]] = {}
    for lemma, entry in vocabulary("cues")["verbs"].items():
        if not entry["frames"]:
            continue
        head, *rest = lemma.split("_")
        for tense, form in forms(head).items():
            if tense not in entry.get("tenses", (tense,)):
                continue
            verb = Verb(lemma, tense, tuple(rest), frozenset(entry["frames"]), entry.get("act"))
            found.setdefault(form, []).append(verb)
    # Longest first: "made it clear" before "made clear"; past before participle of one form.
    return {form: tuple(sorted(verbs, key=lambda verb: -len(verb.rest))) for form, verbs in found.items()}


def find_cues(tokens: Sequence[Token], quoted: Sequence[bool]) -> list[Cue]:
    """The cues of a unit outside quotation marks, in order; forms that are nouns here are passed over."""
    found = []
    for index, token in enumerate(tokens):
        if quoted[index] or (token.is_name and index > 0 and tokens[index - 1].is_name):
            continue
        for verb in cue_verbs().get(token.lower, ()):
            last = _particles(tokens, index, verb)
            if last is not None and _is_verb(tokens, index, verb):
                found.append(Cue(index, last, verb))
                break
    return found


def _particles(tokens: Sequence[Token], index: int, verb: Verb) -> int | None:
    """The index of the last word of the cue, adverbs among its particles passed over; None if they are not there."""
    last = index
    for particle in verb.rest:
        last += 1
        if (
            particle == "know"
            and last + 1 < len(tokens)
            and tokens[last].lower == "it"
            and tokens[last + 1].lower == "be"
        ):
            last += 2
        while last < len(tokens) and is_adverb(tokens[last]):
            last += 1
        if last >= len(tokens) or tokens[last].lower not in {
            particle,
            "known" if particle == "know" else particle,
        }:
            return None
    return last


def _is_verb(tokens: Sequence[Token], index: int, verb: Verb) -> bool:
    """Whether the form stands as a verb here, by the word before it."""
    before = index - 1
    while before >= 0 and is_adverb(tokens[before]):
        before -= 1
    previous = tokens[before] if before >= 0 else None
    if previous is None:
        return verb.tense in {"ing", "en", "ed"} or (verb.tense == "s" and "that" in verb.frames)
    lower = previous.lower
    if verb.tense == "en" and lower not in HAVE | PASSIVE:
        return False
    if verb.tense in {"base", "s"}:
        if lower in words("determiners") or lower in words("prepositions") or previous.possessive:
            return False
        if verb.tense == "base":
            if lower in {"will", "would"}:
                return verb.frames == {"that"} or verb.frames == {"told"}
            if lower == ",":
                return _plural_before(tokens, before)
            explicit = index + 1 < len(tokens) and tokens[index + 1].lower == "that" and "that" in verb.frames
            if explicit and verb.lemma not in vocabulary("cues")["nouns"]:
                return True
            return lower in words("bare_subjects") or lower.endswith("s") or lower in words("collectives")
        return True
    if verb.tense in {"ed", "en"} and lower in PASSIVE:
        by_agent = index + 1 < len(tokens) and tokens[index + 1].lower == "by"
        return lower != "as" and (by_agent or bool(verb.frames & {"objof", "objfor", "objas"}))
    if lower in words("determiners") - {"all", "both", "this", "that"} and verb.tense != "ing":
        return False
    return not (
        verb.tense == "ing"
        and (lower in words("determiners") or previous.possessive or previous.text in QUOTES)
    )


def _plural_before(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the head of an apposition that ends at a comma is a plural: "the deputies, for their part, say"."""
    opening = comma - 1
    while opening > 0 and tokens[opening].text != ",":
        opening -= 1
    return opening > 0 and tokens[opening - 1].lower.endswith("s")
