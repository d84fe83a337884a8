"""Lessons from unlabelled news: what several readers, averaged, say of texts that nobody has annotated.

    python -m training.teaching LESSONS.pickle ONE.pt TWO.pt ...

Soft labels, as in Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015): the means of the
readers' probabilities, for a student to learn. The texts are those of the sets for stories and rewrites.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from parley.reader.decoding import ACTS
from parley.reader.drafts import read_drafts
from parley.reader.encoder import tokenizer_of
from parley.reader.units import read_units
from parley.reader.windows import CAPACITY, GUIDE, NEWS, Ints, Pieces, packed, pieces_of, windows
from training.data import data_folder
from training.model import Reader, model_folder

FAINTEST = 0.08  # words less likely to begin a cue than this have no lesson of their own
TOGETHER = 16  # windows read at once
SHORTEST = 60  # words of a text that is worth reading

Half = NDArray[np.float16]


@dataclass(frozen=True)
class Lesson:
    """A window of a text and what the teachers say of it, as probabilities."""

    pieces: Pieces
    low: int
    high: int
    scheme: int
    tags: Half  # words x 3 x 3
    names: Half  # words x names
    acts: Half  # words x acts x 3
    cues: Ints  # words that may begin a cue
    roles: Half  # cues x words x 5


def unlabelled(every: int) -> Iterator[str]:
    """News texts without annotation, each once; of these every so-manieth."""
    folder = data_folder() / "data"
    lines = (folder / "rewrites" / "sheepdog_dev.jsonl").read_text(encoding="utf-8").splitlines()
    stories = json.loads((folder / "stories" / "basil_dev.json").read_text(encoding="utf-8"))
    texts = [json.loads(line)["original"] for line in lines] + ["\n\n".join(one["paras"]) for one in stories]
    yield from [text for text in dict.fromkeys(texts) if len(text.split()) >= SHORTEST][::every]


def lessons(
    readers: Sequence[Reader], tokenizer: Tokenizer, every: int = 1, seed: int = 0
) -> Iterator[Lesson]:
    """What readers say, on average, of unlabelled texts: of a third of them by GUIDE.md's scheme, of the others by PolNeAR's."""
    rng = random.Random(seed)  # noqa: S311 - where windows are cut, no secret
    rows: list[tuple[Pieces, int, int, int]] = []
    for number, text in enumerate(unlabelled(every)):
        units = read_units(text)
        pieces = pieces_of(text, units, read_drafts(text, units), tokenizer)
        scheme = GUIDE if number % 3 == 0 else NEWS
        at = windows(pieces, rng.randint(CAPACITY // 2, CAPACITY), 0)
        rows += [(pieces, low, high, scheme) for low, high in at]
    rows.sort(key=lambda row: row[2] - row[1])
    for first in range(0, len(rows), TOGETHER):
        yield from _read(readers, rows[first : first + TOGETHER])


def _read(readers: Sequence[Reader], rows: Sequence[tuple[Pieces, int, int, int]]) -> Iterator[Lesson]:
    arrays = packed([row[:3] for row in rows]) | {"scheme": np.array([row[3] for row in rows])}
    inputs = {name: torch.from_numpy(array) for name, array in arrays.items()}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        words = [one.encode(inputs) for one in readers]
        tags = _mean([one.tags(x).unflatten(-1, (3, 3)) for one, x in zip(readers, words)])
        names = _mean([one.names(x) for one, x in zip(readers, words)])
        acts = _mean([one.acts(x).unflatten(-1, (len(ACTS), 3)) for one, x in zip(readers, words)])
        at = (tags[:, :, 0, 1] > FAINTEST).nonzero()
        roles = _mean([one.pair(x, at[:, 0], at[:, 1]) for one, x in zip(readers, words)])
    for index, (pieces, low, high, scheme) in enumerate(rows):
        size = high - low
        mine = (at[:, 0] == index) & (at[:, 1] < size)
        yield Lesson(
            pieces,
            low,
            high,
            scheme,
            _half(tags[index, :size]),
            _half(names[index, :size]),
            _half(acts[index, :size]),
            at[mine, 1].numpy(),
            _half(roles[mine, :size]),
        )


def _mean(logits: Sequence[Tensor]) -> Tensor:
    return torch.stack([one.float().softmax(-1) for one in logits]).mean(0)


def _half(tensor: Tensor) -> Half:
    return np.asarray(tensor.numpy(), dtype=np.float16)


def main() -> None:
    """Read the command line and write the lessons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("teachers", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="read only every so-manieth text")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    readers = []
    for path in options.teachers:
        reader = Reader(model_folder(), 0.0)
        reader.load_state_dict(torch.load(path, weights_only=True), strict=False)
        readers.append(reader.eval())
    tokenizer = tokenizer_of(model_folder() / "tokenizer.json")
    found = list(lessons(readers, tokenizer, options.every))
    options.out.write_bytes(pickle.dumps(found))
    print(f"{len(found)} windows, {sum(len(one.cues) for one in found)} words that may begin a cue")


if __name__ == "__main__":
    main()
