"""The trained network: loaded once from the package's weights, it reads one text a call, the same alone and in company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from parley.reader.decoding import ACTS, Floats, Scores, Spans, decode
from parley.reader.extents import Draft
from parley.reader.units import Unit
from parley.reader.windows import GUIDE, Ints, packed, pieces_of, windows

OUTPUTS = ("tags", "acts", "cues", "roles", "vectors")
WIDTH = 384  # of a vector

Network = Callable[[dict[str, Ints]], Scores]  # from a `packed` window and its scheme


class Encoder:
    """The network and its tokenizer. Deterministic; linear in the length of a text."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        self._network, self._tokenizer = network, tokenizer

    def spans(self, text: str, units: Sequence[Unit], drafts: Sequence[Draft], scheme: int = GUIDE) -> Spans:
        """Attributions and acts of a text; `drafts` are the rules', which the network takes as a hint."""
        pieces = pieces_of(text, units, drafts, self._tokenizer)
        if not len(pieces):
            nothing = np.zeros((0, WIDTH), dtype=np.float32)
            return Spans((), (), pieces.starts, nothing[:, 0], nothing, nothing[:, : len(ACTS)])
        at = windows(pieces)
        # One window a call: memory does not grow with the text, and nothing beside a window can change its reading.
        scores = [
            self._network(packed([(pieces, *window)]) | {"scheme": np.array([scheme])}) for window in at
        ]
        return decode(text, pieces, at, scores, scheme)


@cache
def encoder() -> Encoder:
    """The encoder of the package's own weights; loaded on the first call."""
    folder = files("parley") / "weights"
    return Encoder(onnx_network(folder / "reader.onnx"), tokenizer_of(folder / "tokenizer.json"))


def onnx_network(file: Traversable) -> Network:
    """A network from an ONNX file, on one thread: reports are read side by side, not faster each."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])
    return lambda inputs: scores_of(*session.run(OUTPUTS, inputs))


def tokenizer_of(file: Traversable) -> Tokenizer:
    """A tokenizer that neither pads nor cuts."""
    tokenizer = Tokenizer.from_str(file.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def scores_of(tags: Floats, acts: Floats, cues: Ints, roles: Floats, vectors: Floats) -> Scores:
    """The network's outputs for one window, without their first axis."""
    return Scores(tags[0], acts[0], cues[:, 1], roles, vectors[0])
