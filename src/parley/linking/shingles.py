"""The copy index: which earlier reports share runs of words with a new one, streaming, in flat arrays.

A shingle is a few words in a row. Of all shingles a fixed share is kept, by hash, so that the same ones are kept of
every report; how many of the kept ones a report finds again says how much of it stands in an earlier one (containment,
Broder 1997). Hashes are polynomial over the bytes, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

SHINGLE = 5  # words in a row that count as copied
SAMPLED = 6  # one shingle in so many is kept
SHARED = 3  # kept shingles that two reports share before one is a candidate of the other
CONTAINED = (
    0.08  # ... and the share of the smaller one's: at 20% edited words a third of the shingles survive
)
NEWEST = 48  # reports with a shingle that are looked at, newest first: what stands in more is a formula
BLOCK = 4096  # words that are hashed at once
BASE = 0x9E3779B97F4A7C15  # odd, so that its powers have inverses
UNIT = 1 << 64

Hashes = NDArray[np.uint64]
Number = TypeVar("Number", np.int32, np.uint32)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier report, by its place in the order of adding, and the share of the smaller one that both have."""

    document: int
    containment: float


def shingle_hashes(words: Sequence[str], size: int = SHINGLE) -> Hashes:
    """A 64-bit hash of every `size` words in a row; words hold no blank. Shorter texts have none."""
    if len(words) < size:
        return np.empty(0, np.uint64)
    if len(words) < BLOCK + size:
        return _block_hashes(words, size)
    starts = range(0, len(words) - size + 1, BLOCK)
    return np.concatenate([_block_hashes(words[start : start + BLOCK + size - 1], size) for start in starts])


def _block_hashes(words: Sequence[str], size: int) -> Hashes:
    """Differences of a running sum of byte * BASE ** place, each shifted back to place 0 and mixed."""
    letters = np.frombuffer(" ".join(words).encode(), np.uint8)
    rising, falling = _powers(max(len(letters) + 1, 1 << 12).bit_length())
    blanks = np.empty(len(words) + 1, np.int64)
    blanks[0], blanks[-1] = -1, len(letters)
    blanks[1:-1] = (letters == 32).nonzero()[0]
    begins, ends = blanks[:-size] + 1, blanks[size:]
    sums = np.empty(len(letters) + 1, np.uint64)
    sums[0] = 0
    np.multiply(letters, rising[: len(letters)], out=sums[1:])
    sums.cumsum(out=sums)
    mixed: Hashes = (sums[ends] - sums[begins]) * falling[begins]
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    return mixed


@cache
def _powers(bits: int) -> tuple[Hashes, Hashes]:
    """Powers of BASE and of its inverse, modulo 2 ** 64, for 2 ** bits places."""
    tables = []
    for base in (BASE, pow(BASE, -1, UNIT)):
        table = np.full(1 << bits, base, np.uint64)
        table[0] = 1
        tables.append(np.cumprod(table))
    return tables[0], tables[1]


class CopyIndex:
    """An inverted index of kept shingles: chains of postings, newest first, in arrays that grow."""

    def __init__(self) -> None:
        self._heads = np.full(1 << 12, -1, np.int32)  # by slot, the newest posting
        self._tags = np.empty(1 << 11, np.uint32)  # of each posting: its shingle,
        self._nexts = np.empty(1 << 11, np.int32)  # the posting before it in its slot,
        self._owners = np.empty(1 << 11, np.int32)  # and the report that has it
        self._sizes = np.empty(1 << 8, np.int32)  # of each report: how many kept shingles it has
        self._postings = 0
        self._documents = 0

    def __len__(self) -> int:
        return self._documents

    @property
    def nbytes(self) -> int:
        """Bytes that the index holds, spare room included."""
        arrays = (self._heads, self._tags, self._nexts, self._owners, self._sizes)
        return sum(array.nbytes for array in arrays)

    def add(self, words: Sequence[str]) -> list[Candidate]:
        """Take a report in; the earlier ones that share much of it or of themselves with it, in order."""
        return self.add_hashes(shingle_hashes(words))

    def add_hashes(self, hashes: Hashes) -> list[Candidate]:
        """The same for a report whose shingles are hashed already."""
        kept = _kept(hashes)
        found = list(self._candidates(kept))
        self._insert(kept)
        return found

    def _candidates(self, kept: NDArray[np.uint32]) -> Iterator[Candidate]:
        owners = self._owners[self._found(kept)]
        if len(owners) < SHARED:
            return
        for owner, count in zip(*(part.tolist() for part in np.unique(owners, return_counts=True))):
            share = count / min(len(kept), int(self._sizes[owner]))
            if count >= SHARED and share >= CONTAINED:
                yield Candidate(owner, share)

    def _found(self, kept: NDArray[np.uint32]) -> NDArray[np.int32]:
        """The postings of these shingles, the newest of each."""
        at = self._heads[self._slots(kept)]
        found = []
        for _ in range(NEWEST):
            live = (at >= 0).nonzero()[0]
            if not live.size:
                break
            at, kept = at[live], kept[live]
            found.append(at[self._tags[at] == kept])
            at = self._nexts[at]
        return np.concatenate(found) if found else np.empty(0, np.int32)

    def _insert(self, kept: NDArray[np.uint32]) -> None:
        first, last = self._postings, self._postings + len(kept)
        if last > len(self._tags):
            self._tags = _longer(self._tags, last)
            self._nexts = _longer(self._nexts, last)
            self._owners = _longer(self._owners, last)
        if self._documents == len(self._sizes):
            self._sizes = _longer(self._sizes, self._documents + 1)
        self._tags[first:last] = kept
        self._owners[first:last] = self._documents
        self._sizes[self._documents] = len(kept)
        self._postings = last
        self._documents += 1
        if last > len(self._heads):
            self._heads = np.full(2 * len(self._heads), -1, np.int32)
            self._chain(np.argsort(self._tags[:last], kind="stable").astype(np.int32))
        else:
            self._chain(np.arange(first, last, dtype=np.int32))

    def _chain(self, postings: NDArray[np.int32]) -> None:
        """Put postings that stand in the order of their tags at the heads of their slots' chains."""
        if not postings.size:
            return
        slots = self._slots(self._tags[postings])
        self._nexts[postings[1:]] = np.where(slots[1:] == slots[:-1], postings[:-1], self._heads[slots[1:]])
        self._nexts[postings[0]] = self._heads[slots[0]]
        self._heads[slots] = postings  # of equal slots the last one stays

    def _slots(self, tags: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The slot of each tag: its leading bits, so that sorted tags have sorted slots."""
        return tags >> np.uint32(33 - len(self._heads).bit_length())


def _kept(hashes: Hashes) -> NDArray[np.uint32]:
    """The sampled shingles, each once, in order, as 32-bit tags."""
    kept = hashes[hashes < np.uint64(UNIT // SAMPLED)].astype(np.uint32)
    kept.sort()
    again = kept[1:] == kept[:-1]
    return np.unique(kept) if again.any() else kept


def _longer(array: NDArray[Number], least: int) -> NDArray[Number]:
    """The array with room for at least so many, a quarter more than it had."""
    longer = np.empty(max(least, len(array) * 5 // 4), array.dtype)
    longer[: len(array)] = array
    return longer
