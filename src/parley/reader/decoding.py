"""The encoder's scores turned into spans: who is cited by which words for what, and acts. Arrays in, ranges out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray

from parley.reader.extents import Range
from parley.reader.windows import GUIDE, Ints, Pieces

Floats = NDArray[np.float32]
Words = tuple[int, int]  # word indices [start, end)

ACTS = (
    *("DEMAND", "OFFER", "ACCEPT", "REJECT", "ACCUSE", "DENY", "THREATEN", "COMMIT"),
    *("PERFORM", "MEET", "MEDIATE", "SUSPEND", "PRAISE"),
)
LEAST_CUE = 0.3  # how likely a word must be to begin a cue
LEAST_ACT = 3  # words
# Mean log odds from which a tagged stretch goes to the cue that claims it most.
FAINTEST, FAINTEST_SOURCE = -3.0, -3.0
UNSEEN = -9.0  # the log odds of words that a window does not hold
CUT = 1.0  # what it costs, in log odds, to begin or end a content
CUT_ACT = 3.0  # and to begin or end an act


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window, as logits."""

    tags: Floats  # words x 9: outside, begins, goes on, for cue, source and content
    acts: Floats  # words x 39: outside, begins, goes on, for each act
    cues: Ints  # the words that may begin a cue
    roles: Floats  # cues x words x 5: neither, source begins, goes on, content begins, goes on
    vectors: Floats  # words x 384: what each word adds to the vector of a stretch that holds it


@dataclass(frozen=True, slots=True, eq=False)
class Cited:
    """An attribution as offsets into the text, with what tells how well other words would do in their place."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    likely: float  # how likely its cue, its source and its content are all right
    starts: Ints  # offset of each word of the window that it was read in
    speaking: Floats  # log odds of each of these words to be its source
    told: Floats  # and to be its content

    def speaks(self, source: Range) -> float:
        """The mean log odds of the words in a range to be its source."""
        low, high = np.searchsorted(self.starts, source).tolist()
        return float(self.speaking[low:high].mean()) if low < high else UNSEEN

    def tells(self, content: Sequence[Range]) -> float:
        """The summed log odds of the words in some ranges to be its content."""
        bounds = [np.searchsorted(self.starts, piece).tolist() for piece in content]
        return float(sum(self.told[low:high].sum() for low, high in bounds))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of the text that tells an act."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Spans:
    """Everything that the encoder finds in one text."""

    cited: tuple[Cited, ...]
    acts: tuple[Labelled, ...]
    starts: Ints  # offset of each word
    opens: Floats  # how likely each word is to begin a cue
    vectors: Floats  # words x 384
    acting: Floats  # words x 13: how likely each word is to tell each of ACTS

    def doing(self, at: Range) -> Floats:
        """How likely the words in a range are to tell each of ACTS, on average; zeros where there are no words."""
        low, high = np.searchsorted(self.starts, at).tolist()
        return np.asarray(self.acting[low:high].sum(0) / max(high - low, 1), dtype=np.float32)

    def vector(self, ranges: Sequence[Range]) -> Floats:
        """What the words in some ranges mean: the sum of their vectors, of length one; zeros where there are no words."""
        bounds = [np.searchsorted(self.starts, piece).tolist() for piece in ranges]
        total = np.zeros(self.vectors.shape[1], dtype=np.float32)
        for low, high in bounds:
            total += self.vectors[low:high].sum(0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-6), dtype=np.float32)


def decode(
    text: str,
    pieces: Pieces,
    at: Sequence[Words],
    scores: Sequence[Scores],
    scheme: int = GUIDE,
) -> Spans:
    """Spans from the scores of each window; `at` gives its words. A word is read where it stands farthest from an edge.

    Words may be content of more than one cue where the scheme of annotation counts speech within speech.
    """
    owner = owners(len(pieces), at)
    kept = [owner[start:end] == index for index, (start, end) in enumerate(at)]
    tags = np.concatenate([one.tags[keep] for one, keep in zip(scores, kept)])
    acts = np.concatenate([one.acts[keep] for one, keep in zip(scores, kept)])
    likely = softmax(tags[:, :3])
    cues = _cues(at, owner, likely, scores)
    linked = _linked(cues, tags, nested=scheme == GUIDE)
    return Spans(
        tuple(
            _cited(text, pieces, cue, *linked[index]) for index, cue in enumerate(cues) if linked[index][1]
        ),
        tuple(_acts(pieces, acts)),
        pieces.starts,
        likely[:, 1],
        np.concatenate([one.vectors[keep] for one, keep in zip(scores, kept)]),
        1 - softmax(acts.reshape(len(acts), len(ACTS), 3))[:, :, 0],
    )


def _acts(pieces: Pieces, logits: Floats) -> Iterator[Labelled]:
    """The stretches that tell an act; of one act none overlap, of two they may."""
    for index, label in enumerate(ACTS):
        mine = logits[:, 3 * index : 3 * index + 3]
        if (mine[:, 1:].max(-1) > mine[:, 0]).any():
            for span in runs(smooth(mine, CUT_ACT), 1, 2):
                if span[1] - span[0] >= LEAST_ACT:
                    yield Labelled(*_offsets(pieces, span), label)


def owners(count: int, at: Sequence[Words]) -> Ints:
    """For each word the window in which it stands farthest from a cut edge."""
    best = np.full(count, -1, dtype=np.int64)
    owner = np.zeros(count, dtype=np.int64)
    for index, (start, end) in enumerate(at):
        words = np.arange(start, end)
        before = words - start + 1 if start else np.full(end - start, count + 1)
        behind = end - words if end < count else np.full(end - start, count + 1)
        margin = np.minimum(before, behind)
        better = margin > best[start:end]
        best[start:end][better] = margin[better]
        owner[start:end][better] = index
    return owner


def smooth(logits: Floats, cost: float) -> Ints:
    """The likeliest row of labels outside, begins, goes on, where leaving or cutting a stretch has a cost.

    Nothing goes on that has not begun.
    """
    shifted = logits - logits.max(-1, keepdims=True)
    likely = (shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))).tolist()
    if not likely:
        return np.zeros(0, dtype=np.int64)
    outside, begins, goes_on = likely[0][0], likely[0][1], -1e9
    back = []
    for now in likely[1:]:
        left, stayed = (
            max((begins, 1), (goes_on, 2)),
            max((outside, 0), (begins - cost, 1), (goes_on - cost, 2)),
        )
        new = max((outside - cost, 0), (begins - cost, 1), (goes_on - cost, 2))
        back.append((stayed[1], new[1], left[1]))
        outside, begins, goes_on = stayed[0] + now[0], new[0] + now[1], left[0] + now[2]
    labels = [max((outside, 0), (begins, 1), (goes_on, 2))[1]]
    for step in reversed(back):
        labels.append(step[labels[-1]])
    return np.array(labels[::-1], dtype=np.int64)


def runs(labels: Ints, begins: int, goes_on: int) -> list[Words]:
    """The stretches that begin with one label and go on with another; one that lacks its beginning counts too."""
    inside = (labels == begins) | (labels == goes_on)
    before = np.concatenate([[False], inside[:-1]])
    starts = np.flatnonzero(inside & ((labels == begins) | ~before))
    after = np.concatenate([(labels == begins)[1:] | ~inside[1:], [True]])
    ends = np.flatnonzero(inside & after) + 1
    return list(zip(starts.tolist(), ends.tolist()))


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue's words, the window that it is read in, and the logits that tell its source and content there."""

    words: Words
    window: Words
    likely: float
    logits: Floats

    def certain(self, label: int) -> Floats:
        """Log odds, over the words of the window, that a word is this cue's source (1) or content (3)."""
        odds = self.logits - self.logits.max(-1, keepdims=True)
        shares = np.exp(odds)
        inside = shares[:, label] + shares[:, label + 1]
        return np.asarray(np.clip(np.log(inside + 1e-6) - np.log(shares.sum(-1) - inside + 1e-6), -6, 6))

    def over(self, odds: Floats, ranges: Sequence[Words]) -> list[float]:
        """The mean of log odds over each range, as far as the window sees it; -9 where it sees none of it."""
        start, end = self.window
        sums = np.concatenate([[0.0], np.cumsum(odds)])
        cut = [(min(max(a, start), end) - start, min(max(b, start), end) - start) for a, b in ranges]
        return [float(sums[b] - sums[a]) / (b - a) if a < b else UNSEEN for a, b in cut]


def _cues(at: Sequence[Words], owner: Ints, tags: Floats, scores: Sequence[Scores]) -> list[_Cue]:
    """The words likely enough to begin a cue, each read in its own window, in order."""
    goes_on = tags.argmax(-1) == 2
    found = []
    for row, (window, given) in enumerate(zip(at, scores)):
        for word, logits in zip(given.cues.tolist(), given.roles):
            cue = window[0] + word
            if owner[cue] != row or tags[cue, 1] < LEAST_CUE:
                continue
            last = cue + 1
            while last < len(goes_on) and goes_on[last]:
                last += 1
            found.append(_Cue((cue, last), window, float(tags[cue, 1]), logits))
    return sorted(found, key=lambda cue: cue.words)


def _linked(cues: Sequence[_Cue], tags: Floats, nested: bool) -> list[tuple[Words | None, list[Words]]]:
    """The source and the content of each cue: tagged stretches go to the cues that claim them; failing these, its own."""
    content = runs(smooth(tags[:, 6:], CUT), 1, 2)
    sources = runs(smooth(tags[:, 3:6], 0.0), 1, 2)
    starts = [start for start, _ in content], [start for start, _ in sources]
    claims: dict[int, list[tuple[float, int]]] = {}
    found: list[tuple[Words | None, list[Words]]] = []
    for index, cue in enumerate(cues):
        odds = cue.certain(3)
        near = _near(content, starts[0], cue.window)
        for place, value in zip(near, cue.over(odds, [content[place] for place in near])):
            claims.setdefault(place, []).append((value, index))
        found.append((_source(cue, [sources[place] for place in _near(sources, starts[1], cue.window)]), []))
    for place, claimed in claims.items():
        best = max(claimed)
        for value, index in claimed:
            if ((value, index) == best and value > FAINTEST) or (nested and value > 0):
                found[index][1].append(content[place])
    for cue, (_, own) in zip(cues, found):
        if not own:
            spans = runs(cue.logits.argmax(-1), 3, 4)
            own += [(a + cue.window[0], b + cue.window[0]) for a, b in spans if b - a > 1]
    return [(source, sorted(own)) for source, own in found]


def _near(ranges: Sequence[Words], starts: Sequence[int], window: Words) -> range:
    """Indices of the ranges that a window sees something of."""
    first = bisect_left(starts, window[0])
    while first > 0 and ranges[first - 1][1] > window[0]:
        first -= 1
    return range(first, bisect_left(starts, window[1]))


def _source(cue: _Cue, sources: Sequence[Words]) -> Words | None:
    """The tagged source that a cue is surest of, or else the words that it takes for its source by itself."""
    odds = cue.certain(1)
    apart = [span for span in sources if span[1] <= cue.words[0] or cue.words[1] <= span[0]]
    value, best = max(zip(cue.over(odds, apart), apart), default=(UNSEEN, None))
    if best is not None and value > FAINTEST_SOURCE:
        return best
    start = cue.window[0]
    own = [(a + start, b + start) for a, b in runs(cue.logits.argmax(-1), 1, 2)]
    return max(zip(cue.over(odds, own), own), default=(UNSEEN, None))[1]


def _cited(text: str, pieces: Pieces, cue: _Cue, source: Words | None, content: Sequence[Words]) -> Cited:
    found = Cited(
        _offsets(pieces, cue.words),
        _offsets(pieces, source) if source else None,
        tuple(_joined(text, [_offsets(pieces, piece) for piece in content])),
        cue.likely,
        pieces.starts[slice(*cue.window)],
        cue.certain(1),
        cue.certain(3),
    )
    words = sum(end - start for start, end in content)
    told = found.tells(found.content) / max(words, 1)
    speaks = found.speaks(found.source) if found.source else 0.0  # as likely as not that there is none
    return replace(found, likely=cue.likely / (1 + exp(-told)) / (1 + exp(-speaks)))


def _offsets(pieces: Pieces, words: Words) -> Range:
    return int(pieces.starts[words[0]]), int(pieces.ends[words[1] - 1])


def _joined(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Stretches of one line with nothing but marks and blanks between them, as one."""
    found: list[Range] = []
    for start, end in ranges:
        between = text[found[-1][1] : start] if found else ""
        if found and "\n" not in between and not any(char.isalnum() for char in between):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)
