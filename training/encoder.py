"""The trained reader: one small network, loaded once, that reads one article a call, the same alone and in company."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from parley.reader.cues import cue_verbs
from parley.reader.drafts import read_drafts
from parley.reader.extents import Draft, Range
from parley.reader.quotes import DOUBLE_CLOSE, DOUBLE_OPEN, Quoted, quotations
from parley.reader.units import Unit
from training.decoding import Cited, Floats, Scores, Spans, decode
from training.windows import GUIDE, Ints, packed, pieces_of, windows

OUTPUTS = ("tags", "names", "acts", "cues", "roles")
EDGES = " \n,;:—–-.…\"'’‘" + DOUBLE_OPEN + DOUBLE_CLOSE
ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$")

Network = Callable[[dict[str, Ints]], Scores]  # from a `packed` window and its scheme


class Encoder:
    """The network and its tokenizer. Deterministic; linear in the length of a text."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        self._network, self._tokenizer = network, tokenizer

    def spans(self, text: str, units: Sequence[Unit], drafts: Sequence[Draft], scheme: int = GUIDE) -> Spans:
        """Attributions, names and acts of a text; `drafts` are the rules', which the network takes as a hint."""
        pieces = pieces_of(text, units, drafts, self._tokenizer)
        if not len(pieces):
            return Spans((), (), ())
        at = windows(pieces)
        # One window a call: memory does not grow with the text, and nothing beside a window can change its reading.
        scores = [
            self._network(packed([(pieces, *window)]) | {"scheme": np.array([scheme])}) for window in at
        ]
        return decode(text, pieces, at, scores, nested=scheme == GUIDE)


@cache
def encoder(folder: Path) -> Encoder:
    """The encoder whose weights lie in a folder, as `training.export` writes them; loaded on the first call."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = str(folder / "reader.onnx")
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def network(inputs: dict[str, Ints]) -> Scores:
        return scores_of(*session.run(OUTPUTS, inputs))

    return Encoder(network, tokenizer)


def scores_of(tags: Floats, names: Floats, acts: Floats, cues: Ints, roles: Floats) -> Scores:
    """The network's outputs for one window, without their first axis."""
    return Scores(tags[0], names[0], acts[0], cues[:, 1], roles)


def drafts_of(text: str, units: Sequence[Unit], cited: Sequence[Cited]) -> list[Draft]:
    """Attributions as drafts of statements, in the order of their cues, edges trimmed; verb and act by the vocabulary."""
    starts = np.array([unit.start for unit in units], dtype=np.int64)
    found = []
    for one in cited:
        content = [piece for piece in (trim(text, *piece) for piece in one.content) if piece[0] < piece[1]]
        if not content:
            continue
        verb, act = _verb(text[slice(*one.cue)])
        parts = [one.cue, *content] + ([one.source] if one.source else [])
        found.append(
            Draft(
                max(int(np.searchsorted(starts, one.cue[0], side="right")) - 1, 0),
                one.source,
                one.cue,
                content,
                verb,
                act,
                clause=(min(start for start, _ in parts), max(end for _, end in parts)),
            )
        )
    return found


def read_spans(text: str, units: Sequence[Unit], reader: Encoder) -> tuple[list[Draft], Spans]:
    """The drafts of a text's statements, the rules' put together with the encoder's, and all that the encoder finds."""
    ruled = read_drafts(text, units)
    spans = reader.spans(text, units, ruled)
    return combined(text, drafts_of(text, units, spans.cited), ruled), spans


def trim(text: str, start: int, end: int) -> Range:
    """A stretch without the marks and blanks at its edges; the full stop of an abbreviation stays."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES and not ABBREVIATION.search(text, start, end):
        end -= 1
    return start, end


def _verb(cue: str) -> tuple[str, str | None]:
    """The lemma and the act of a cue: of its first word that is a known verb, else its first word itself."""
    words = cue.lower().replace("’", "'").split()
    for word in words:
        verbs = cue_verbs().get(word)
        if verbs:
            return verbs[-1].lemma, verbs[-1].act
    return words[0], None


def combined(text: str, trained: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The encoder's drafts, with addressees and relays that the rules find for the same cue.

    Added are the rules' quotations and label turns whose words the encoder gives to nobody.
    """
    by_cue = {draft.cue[0]: draft for draft in ruled if draft.cue}
    found = [_completed(draft, by_cue.get(draft.cue[0]) if draft.cue else None) for draft in trained]
    said = np.zeros(len(text) + 1, dtype=np.int64)
    for draft in trained:
        for start, end in _spoken(draft):
            said[start:end] = 1
    quoted = Quoted(quotations(text))
    for draft in ruled:
        unclaimed = not any(said[start:end].any() for start, end in _spoken(draft))
        if unclaimed and (draft.verb == ":" or _is_quoted(quoted, draft)):
            found.append(draft)
    return sorted(found, key=lambda draft: draft.cue or draft.clause)


def _completed(draft: Draft, twin: Draft | None) -> Draft:
    """A draft with what the rules know of its cue."""
    if twin is None:
        return draft
    return replace(
        draft,
        verb=twin.verb,
        act=twin.act,
        target=twin.target,
        relays=list(twin.relays),
        speaker=draft.speaker or twin.speaker,
    )


def _spoken(draft: Draft) -> list[Range]:
    """The stretches of a draft that no other draft shares: content and cue."""
    return [*draft.content, *([draft.cue] if draft.cue else [])]


def _is_quoted(quoted: Quoted, draft: Draft) -> bool:
    """Whether most of a draft's content stands in quotation marks."""
    whole = sum(end - start for start, end in draft.content)
    inside = sum(b - a for start, end in draft.content for a, b in quoted.within(start, end))
    return 2 * inside > whole
