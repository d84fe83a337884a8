"""What the encoder sees of a text: word pieces, what each word looks like, and windows of whole units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.reader.extents import Draft
from parley.reader.quotes import Quoted, quotations
from parley.reader.units import Unit

if TYPE_CHECKING:  # the tests of windows need no tokenizer
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

CAPACITY = 254  # pieces of a window, the marks at its two ends left out
CONTEXT = 64  # pieces, at most, that a window shares with the one before it
LOOKS = (
    36  # how a word is written (6), whether it is quoted (2), whether it opens a paragraph or the text (3)
)
NEWS, GUIDE = 0, 1  # schemes of annotation: PolNeAR's, and bench/GUIDE.md's
OPENING, CLOSING = 101, 102  # the tokenizer's ids of the marks at a window's ends


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the encoder's vocabulary cuts it. Words are runs of letters and digits, or single marks."""

    ids: Ints  # of every piece
    word: Ints  # index of the word that each piece belongs to
    first: Ints  # index of each word's first piece; at the end, the number of pieces
    starts: Ints  # offset of each word
    ends: Ints  # offset behind each word
    looks: Ints  # of each word, below LOOKS
    ruled: Ints  # what the rules take each word for: 1 a cue, 2 a speaker, 4 content, or a sum of these
    units: Ints  # index of the word that opens each unit; at the end, the number of words

    def __len__(self) -> int:
        return len(self.starts)


def pieces_of(text: str, units: Sequence[Unit], drafts: Sequence[Draft], tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text, each word with its look and what the rules' drafts take it for, each unit with its first word."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    word_of = np.array(encoded.word_ids, dtype=np.int64)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    opens = np.flatnonzero(np.diff(word_of, prepend=-1) != 0)
    first = np.append(opens, len(word_of))
    starts, ends = offsets[opens, 0], offsets[first[1:] - 1, 1]
    unit_starts = np.array([unit.start for unit in units], dtype=np.int64)
    paragraphs = np.array(sorted({unit.paragraph[0] for unit in units}), dtype=np.int64)
    heads = np.zeros(len(starts) + 1, dtype=np.int64)
    heads[np.searchsorted(starts, paragraphs)] = 1
    heads[0] = 2
    quoted = Quoted(quotations(text))
    looks = [
        6 * written(text[start:end]) + 3 * (quoted.at(start) is not None) + int(head)
        for start, end, head in zip(starts.tolist(), ends.tolist(), heads)
    ]
    edges = np.unique(np.concatenate([[0], np.searchsorted(starts, unit_starts), [len(starts)]]))
    return Pieces(
        np.array(encoded.ids, dtype=np.int64),
        np.repeat(np.arange(len(starts)), np.diff(first)),
        first,
        starts,
        ends,
        np.array(looks, dtype=np.int64),
        _ruled(starts, drafts),
        edges.astype(np.int64),
    )


def _ruled(starts: Ints, drafts: Sequence[Draft]) -> Ints:
    """What drafts take the words at these offsets for."""
    found = np.zeros(len(starts), dtype=np.int64)
    for draft in drafts:
        for bit, ranges in ((1, [draft.cue]), (2, [draft.speaker]), (4, draft.content)):
            for span in ranges:
                if span:
                    low, high = np.searchsorted(starts, span)
                    found[low:high] |= bit
    return found


def written(word: str) -> int:
    """How a word is written: 0 mark, 1 number, 2 small letters, 3 first capital, 4 capitals, 5 mixed."""
    if not any(char.isalpha() for char in word):
        return int(any(char.isdigit() for char in word))
    if word.islower():
        return 2
    if word.isupper():
        return 4 if len(word) > 1 else 3
    return 3 if word[0].isupper() else 5


def windows(pieces: Pieces, lead: int = CAPACITY, context: int = CONTEXT) -> list[tuple[int, int]]:
    """Word ranges that cover a text in order: whole units, at most CAPACITY pieces, `lead` in the first window.

    Each window but the first begins with as many of the units before it as `context` pieces hold.
    """
    atoms = _atoms(pieces)
    first = pieces.first
    found: list[tuple[int, int]] = []
    index, room = 0, lead
    while index < len(atoms):
        last = index
        while last + 1 < len(atoms) and first[atoms[last + 1][1]] - first[atoms[index][0]] <= room:
            last += 1
        found.append((atoms[index][0], atoms[last][1]))
        if last + 1 == len(atoms):
            break
        room, following = CAPACITY, last + 1
        while (
            following - 1 > index
            and first[atoms[last][1]] - first[atoms[following - 1][0]] <= context
            and first[atoms[last + 1][1]] - first[atoms[following - 1][0]] <= CAPACITY
        ):
            following -= 1
        index = following
    return found


def _atoms(pieces: Pieces) -> list[tuple[int, int]]:
    """The word ranges of the units; a unit longer than a window is cut into windows."""
    first = pieces.first
    found = []
    for start, end in zip(pieces.units[:-1].tolist(), pieces.units[1:].tolist()):
        while first[end] - first[start] > CAPACITY:
            cut = int(np.searchsorted(first, first[start] + CAPACITY, side="right")) - 1
            cut = max(cut, start + 1)
            found.append((start, cut))
            start = cut
        if end > start:
            found.append((start, end))
    return found


def packed(items: Sequence[tuple[Pieces, int, int]]) -> dict[str, Ints]:
    """Windows as rows: ids, looks and ruled of their pieces, each word's first piece (heads; 0: no word), lengths."""
    lengths = np.array([p.first[end] - p.first[start] + 2 for p, start, end in items], dtype=np.int64)
    ids = np.zeros((len(items), int(lengths.max())), dtype=np.int64)
    looks, ruled = np.zeros_like(ids), np.zeros_like(ids)
    heads = np.zeros((len(items), max(end - start for _, start, end in items)), dtype=np.int64)
    for row, (p, start, end) in enumerate(items):
        low, high = p.first[start], p.first[end]
        ids[row, 0], ids[row, 1 + high - low] = OPENING, CLOSING
        ids[row, 1 : 1 + high - low] = p.ids[low:high]
        looks[row, 1 : 1 + high - low] = p.looks[p.word[low:high]]
        ruled[row, 1 : 1 + high - low] = p.ruled[p.word[low:high]]
        heads[row, : end - start] = p.first[start:end] - low + 1
    return {"ids": ids, "looks": looks, "ruled": ruled, "heads": heads, "lengths": lengths}
