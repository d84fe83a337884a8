"""What a stretch of text means, as a vector of length one: kept as text of eight bits a number, compared by cosine."""

from __future__ import annotations

from base64 import b64decode, b64encode

import numpy as np

from parley.reader.decoding import Floats

SCALE = 127.0


def as_text(vector: Floats) -> str:
    """A vector as text, each number in eight bits of the largest."""
    most = float(np.abs(vector).max(initial=0.0)) or 1.0
    return b64encode(np.round(vector / most * SCALE).astype(np.int8).tobytes()).decode("ascii")


def from_text(kept: str) -> Floats:
    """The vector that `as_text` kept, of length one."""
    found = np.frombuffer(b64decode(kept), dtype=np.int8).astype(np.float32)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), dtype=np.float32)
