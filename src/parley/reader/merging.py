"""What the rules and the encoder find, put together: of two readings of a cue, the one that the encoder holds likelier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from parley.reader.cues import cue_verbs
from parley.reader.decoding import Cited, Spans
from parley.reader.drafts import read_drafts
from parley.reader.encoder import Encoder
from parley.reader.extents import Draft, Range, trim
from parley.reader.quotes import Quoted, quotations
from parley.reader.units import Unit
from parley.vocabulary import vocabulary

LINE = re.compile(r"[^\n]+")

LEAST_RULED = 0.1  # how likely the cue of a draft that only the rules have must be
# And one that only the encoder has, cue, source and content together: by a word of the vocabulary, by any other.
LEAST_KNOWN, LEAST_NEW = 0.25, 0.4
TELLS_AHEAD = 5.0  # log odds, summed over words, by which the encoder's content must beat the rules'
SPEAKS_AHEAD = 2.0  # and its speaker, on average over words
BEFORE = 2  # words before a cue that the encoder may take for its beginning: "has also" said

Trained = tuple[Cited, Draft]


def read_cited(text: str, units: Sequence[Unit], encoder: Encoder) -> tuple[list[Draft], Spans]:
    """Every attribution in a text, in the order of their cues, and what the encoder finds in it."""
    ruled = [draft for draft in read_drafts(text, units) if draft.content]
    spans = encoder.spans(text, units, ruled)
    return merged(text, units, ruled, spans), spans


def merged(text: str, units: Sequence[Unit], ruled: Sequence[Draft], spans: Spans) -> list[Draft]:
    """The rules' drafts and the encoder's, each cue once, in order."""
    of_unit: dict[int, list[Trained]] = {}
    quoted = Quoted(quotations(text))
    trained = trained_drafts(text, units, spans, quoted)
    for pair in trained:
        of_unit.setdefault(pair[1].unit, []).append(pair)
    told = _covered(text, (piece for _, draft in trained for piece in draft.content))
    found = []
    for draft in ruled:
        near = of_unit.get(draft.unit, [])
        twin = None if draft.verb == ":" else _twin(draft, near)
        if twin is not None:
            near.remove(twin)
            found.append(_settled(draft, *twin, quoted))
        elif _holds(draft, spans) or (
            _is_quoted(draft, quoted) and not any(told[slice(*piece)].any() for piece in draft.content)
        ):
            found.append(draft)
    left = [draft for near in of_unit.values() for one, draft in near if _counts(text, one)]
    return sorted(found + _news(text, left, found), key=lambda draft: draft.cue or draft.clause)


def _covered(text: str, ranges: Iterable[Range]) -> NDArray[np.bool_]:
    """For each character of a text whether one of some ranges holds it."""
    found = np.zeros(len(text) + 1, dtype=bool)
    for start, end in ranges:
        found[start:end] = True
    return found


def _news(text: str, trained: Sequence[Draft], found: Sequence[Draft]) -> list[Draft]:
    """The encoder's drafts that say what no draft says yet.

    Not so: what a medium hands on that the rules have as a relay; what is told in the turn of a label; and the words
    of another draft again, unless one of the two is told within the other.
    """
    relays = _covered(text, (relay for draft in found for relay in draft.relays))
    turns = _covered(text, (piece for draft in found if draft.verb == ":" for piece in draft.content))
    told = _covered(text, (piece for draft in found for piece in draft.content))
    cues = _covered(text, (draft.cue for draft in found if draft.cue))
    new = []
    for draft in trained:
        source, cue = draft.speaker, draft.cue
        if source is None or cue is None or relays[slice(*source)].any() or turns[cue[0]]:
            continue
        said = sum(int(told[slice(*piece)].sum()) for piece in draft.content)
        again = 2 * said > sum(end - start for start, end in draft.content)
        nested = told[cue[0]] or any(cues[slice(*piece)].any() for piece in draft.content)
        if nested or not again:
            new.append(draft)
    return new


def trained_drafts(text: str, units: Sequence[Unit], spans: Spans, quoted: Quoted) -> list[Trained]:
    """The encoder's attributions, each with its draft: edges trimmed, verb and act by the vocabulary."""
    starts = np.array([unit.start for unit in units], dtype=np.int64)
    found = []
    for one in spans.cited:
        unit = max(int(np.searchsorted(starts, one.cue[0], side="right")) - 1, 0)
        home = units[unit].paragraph
        lines = [line for piece in one.content for line in _lines(text, *piece)]
        content = [line for line in lines if home[0] <= line[0] < home[1] or quoted.at(line[0])]
        source = next(reversed(_lines(text, *one.source)), None) if one.source else None
        if content:
            verb, act = _verb(text[slice(*one.cue)])
            named = [one.cue] + ([source] if source else [])
            content = _unbroken(content, named, quoted)
            parts = [*named, *content]
            clause = min(start for start, _ in parts), max(end for _, end in parts)
            found.append((one, Draft(unit, source, one.cue, content, verb, act, clause=clause)))
    return found


def _unbroken(pieces: Sequence[Range], named: Sequence[Range], quoted: Quoted) -> list[Range]:
    """Pieces of a content; two in one quotation are one, unless its cue or its source stands between them."""
    found: list[Range] = []
    for start, end in pieces:
        between = (found[-1][1], start) if found else (0, 0)
        apart = any(between[0] <= at < between[1] for at, _ in named)
        if not apart and quoted.within(*between) == [between]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _lines(text: str, start: int, end: int) -> list[Range]:
    """The lines of a stretch, edges trimmed, those that hold nothing else left out."""
    found = []
    for line in LINE.finditer(text, start, end):
        low, high = trim(text, *line.span())
        if low < high:
            found.append((low, high))
    return found


def _verb(cue: str) -> tuple[str, str | None]:
    """The lemma and the act of a cue: of its first word that is a known verb, else its first word itself."""
    words = cue.lower().replace("’", "'").split()
    for word in words:
        verbs = cue_verbs().get(word)
        if verbs:
            return verbs[-1].lemma, verbs[-1].act
    return words[0], None


def _twin(draft: Draft, trained: Sequence[Trained]) -> Trained | None:
    """The likeliest of the encoder's attributions whose cue overlaps a draft's."""
    cue = draft.cue
    if cue is None:
        return None
    over = [pair for pair in trained if pair[0].cue[0] < cue[1] and cue[0] < pair[0].cue[1]]
    return max(over, key=lambda pair: pair[0].likely, default=None)


def _settled(draft: Draft, one: Cited, trained: Draft, quoted: Quoted) -> Draft:
    """A draft of the rules, with the encoder's content or speaker where that is clearly likelier.

    Of quoted words nothing is cut out.
    """
    content, clause, speaker = list(draft.content), draft.clause, draft.speaker
    within = all(any(low <= start < high for low, high in content) for start, _ in trained.content)
    cut = within and _is_quoted(draft, quoted)
    if not cut and one.tells(trained.content) > one.tells(content) + TELLS_AHEAD:
        content, clause = trained.content, trained.clause
    if trained.speaker and not draft.relays:
        likelier = speaker is None or one.speaks(trained.speaker) > one.speaks(speaker) + SPEAKS_AHEAD
        speaker = trained.speaker if likelier else speaker
    return replace(draft, content=content, clause=clause, speaker=speaker)


def _holds(draft: Draft, spans: Spans) -> bool:
    """Whether a draft is the turn of a label, or the encoder holds it possible that its cue is one."""
    if draft.verb == ":" or draft.cue is None:
        return draft.verb == ":"
    low, high = np.searchsorted(spans.starts, draft.cue).tolist()
    return bool(spans.opens[max(low - BEFORE, 0) : high].max(initial=0) >= LEAST_RULED)


def _is_quoted(draft: Draft, quoted: Quoted) -> bool:
    """Whether most of what a draft holds is quoted."""
    whole = sum(end - start for start, end in draft.content)
    inside = sum(b - a for start, end in draft.content for a, b in quoted.within(start, end))
    return 2 * inside > whole


def _counts(text: str, one: Cited) -> bool:
    """Whether a cue that the rules have not found is likely enough; a mark alone is none."""
    cue = text[slice(*one.cue)].lower()
    if not any(char.isalpha() for char in cue):
        return False
    known = any(word in cue_verbs() or word in vocabulary("cues")["nouns"] for word in cue.split())
    return one.likely >= (LEAST_KNOWN if known or cue in vocabulary("cues")["according"] else LEAST_NEW)
