"""Train the reader: `python -m training.train --out DIR`. Seeded; a checkpoint after every epoch."""

from __future__ import annotations

import argparse
import math
import pickle
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as fn

from parley.reader.decoding import ACTS
from parley.reader.windows import CAPACITY, CLOSING, packed, windows
from training.data import IGNORED, Example, dispatches, news
from training.model import Reader, dropped, model_folder, start
from training.teaching import Lesson

WEIGHT = {"tags": 1.0, "pair": 2.0, "names": 0.3, "acts": 0.5, "vector": 1.0}
FALSE_CUE = 0.15  # a word this likely to begin a cue, and does not, is shown to the pair head with no answer
# Share of the windows, by scheme, that are read without the rules' hints, lest these be trusted too far: on the corpus's train
# split, where the rules were made, they are better than anywhere else.
UNTOLD = (0.25, 0.5)
MASK = 103  # the tokenizer's id of a hidden piece
MASKED = 0.06  # share of the pieces that training hides
MEMORY = 0.998  # of the running mean of the weights, a step

Item = tuple[Example, int, int]  # a window: an example and a range of its words


@dataclass
class Batch:
    """Windows as tensors, with the labels of their words and the cues in them."""

    inputs: dict[str, Tensor]
    tags: Tensor  # rows x words x 3
    names: Tensor
    acts: Tensor  # rows x words x acts
    cues: list[tuple[int, int]]  # row, word
    answers: list[Tensor]  # per cue: words of 0..4
    units: list[tuple[int, int, int]]  # row, first word and end of each whole unit that has a vector
    vectors: Tensor  # units x 384


def load_examples(cache: Path, folder: Path) -> dict[str, list[Example]]:
    """Training texts by name of the set; read once, then from the cache."""
    if cache.exists():
        return dict(pickle.loads(cache.read_bytes()))  # noqa: S301 - our own file
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = {
        "news": list(news("train", tokenizer)),
        "corpus": list(dispatches("train", tokenizer)),
    }
    original = start(folder, 0.0)
    found = {name: [with_vectors(original, one) for one in some] for name, some in found.items()}
    cache.write_bytes(pickle.dumps(found))
    return found


def with_vectors(original: Reader, one: Example) -> Example:
    """An example with the sentence vector that the original model has for each of its units, read alone."""
    edges = list(zip(one.pieces.units[:-1].tolist(), one.pieces.units[1:].tolist()))
    rows = [(one.pieces, low, min(high, low + CAPACITY // 2)) for low, high in edges]
    order = sorted(range(len(rows)), key=lambda index: rows[index][2] - rows[index][1])
    found = np.zeros((len(rows), original.norm.weight.shape[0]), dtype=np.float16)
    for at in range(0, len(order), 32):
        some = order[at : at + 32]
        inputs = {name: torch.from_numpy(array) for name, array in packed([rows[i] for i in some]).items()}
        inputs["scheme"] = torch.zeros(len(some), dtype=torch.long)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            x = original.encode_pieces(inputs).float()
        inside = (torch.arange(x.shape[1])[None] < inputs["lengths"][:, None])[:, :, None]
        found[some] = fn.normalize((x * inside).sum(1), dim=-1).numpy()
    return replace(one, vectors=found)


def collate(items: Sequence[Item]) -> Batch:
    """Windows with their labels, padded to the longest."""
    arrays = packed([(one.pieces, low, high) for one, low, high in items])
    arrays["scheme"] = np.array([one.scheme for one, _, _ in items])
    rows, width = arrays["heads"].shape
    tags = np.full((rows, width, 3), IGNORED, dtype=np.int64)
    names = np.full((rows, width), IGNORED, dtype=np.int64)
    acts = np.full((rows, width, len(ACTS)), IGNORED, dtype=np.int64)
    cues: list[tuple[int, int]] = []
    answers = []
    units: list[tuple[int, int, int]] = []
    vectors: list[NDArray[np.float16]] = []
    for row, (one, low, high) in enumerate(items):
        size = high - low
        tags[row, :size] = one.tags[low:high]
        names[row, :size] = one.names[low:high]
        if one.acts is not None:
            acts[row, :size] = one.acts[low:high]
        if one.vectors is not None:
            for (first, last), vector in zip(pairwise(one.pieces.units.tolist()), one.vectors):
                if low <= first and last <= high:
                    units.append((row, first - low, last - low))
                    vectors.append(vector)
        for pair in one.pairs:
            if low <= pair.cue[0] < high:
                answer = np.zeros(width, dtype=np.int64)
                answer[size:] = IGNORED
                for ranges, label in ((pair.source, 1), (pair.content, 3)):
                    for first, last in ranges:
                        a, b = max(first, low) - low, min(last, high) - low
                        if a < b:
                            answer[a:b] = label + 1
                            answer[a] = label
                cues.append((row, pair.cue[0] - low))
                answers.append(torch.from_numpy(answer))
    inputs = {name: torch.from_numpy(array) for name, array in arrays.items()}
    labels = [torch.from_numpy(one) for one in (tags, names, acts)]
    wanted = torch.from_numpy(np.array(vectors, dtype=np.float32).reshape(len(units), -1))
    return Batch(inputs, labels[0], labels[1], labels[2], cues, answers, units, wanted)


def encoded(reader: Reader, inputs: dict[str, Tensor], rng: random.Random) -> Tensor:
    """Words of windows, read with some pieces and some of the rules' hints hidden."""
    untold = torch.tensor([rng.random() < UNTOLD[scheme] for scheme in inputs["scheme"].tolist()])
    hidden = (torch.rand(inputs["ids"].shape) < MASKED) & (inputs["ids"] > CLOSING)
    seen = inputs | {
        "ruled": inputs["ruled"].masked_fill(untold[:, None], 0),
        "ids": inputs["ids"].masked_fill(hidden, MASK),
    }
    return dropped(reader.encode(seen), reader.dropout, reader.training)


def losses(reader: Reader, items: Sequence[Item | Lesson], rng: random.Random) -> dict[str, Tensor]:
    """The loss of each head over a batch of annotated windows, or of lessons."""
    taught = [one for one in items if isinstance(one, Lesson)]
    if taught:
        return lesson_losses(reader, taught, rng)
    batch = collate([one for one in items if not isinstance(one, Lesson)])
    words = encoded(reader, batch.inputs, rng)
    tags = reader.tags(words).float().unflatten(-1, (3, 3))
    found = {"tags": 3 * cross(tags, batch.tags)}
    found["names"] = cross(reader.names(words).float(), batch.names)
    if bool((batch.acts != IGNORED).any()):
        found["acts"] = cross(reader.acts(words).float().unflatten(-1, (len(ACTS), 3)), batch.acts) * len(
            ACTS
        )
    if batch.units:
        found["vector"] = 1 - fn.cosine_similarity(unit_vectors(reader, words, batch), batch.vectors).mean()
    cues, answers = list(batch.cues), list(batch.answers)
    with torch.no_grad():
        likely = tags[:, :, 0].softmax(-1)[:, :, 1]
        wrong = ((likely > FALSE_CUE) & (batch.tags[:, :, 0] != 1) & (batch.tags[:, :, 0] >= 0)).nonzero()
    for row, word in rng.sample(wrong.tolist(), min(len(wrong), len(cues) // 4 + 1)):
        cues.append((row, word))
        answers.append(torch.where(batch.tags[row, :, 0] == IGNORED, IGNORED, 0))
    if cues:
        row, word = torch.tensor(cues).unbind(1)
        found["pair"] = cross(reader.pair(words, row, word).float(), torch.stack(answers))
    return found


def lesson_losses(reader: Reader, some: Sequence[Lesson], rng: random.Random) -> dict[str, Tensor]:
    """The loss of each head over windows that teachers have read."""
    arrays = packed([(one.pieces, one.low, one.high) for one in some])
    arrays["scheme"] = np.array([one.scheme for one in some])
    inputs = {name: torch.from_numpy(array) for name, array in arrays.items()}
    words = encoded(reader, inputs, rng)
    sizes = [one.high - one.low for one in some]
    logits = {
        "tags": reader.tags(words).unflatten(-1, (3, 3)),
        "names": reader.names(words),
        "acts": reader.acts(words).unflatten(-1, (len(ACTS), 3)),
    }
    found = {}
    for name, given in logits.items():
        mine = torch.cat([one[:size] for one, size in zip(given, sizes)])
        found[name] = soft(mine, torch.from_numpy(np.concatenate([getattr(one, name) for one in some])))
    found["tags"], found["acts"] = 3 * found["tags"], len(ACTS) * found["acts"]
    at = [(row, word) for row, one in enumerate(some) for word in one.cues.tolist()]
    if at:
        row, word = torch.tensor(at).unbind(1)
        given = reader.pair(words, row, word)
        mine = torch.cat([one[: sizes[index]] for one, index in zip(given, row.tolist())])
        roles = [torch.from_numpy(one.roles).float().flatten(0, 1) for one in some]
        found["pair"] = soft(mine, torch.cat(roles))
    return found


def soft(logits: Tensor, probabilities: Tensor) -> Tensor:
    """Mean cross entropy against a teacher's probabilities."""
    return -(probabilities.float() * logits.float().log_softmax(-1)).sum(-1).mean()


def unit_vectors(reader: Reader, words: Tensor, batch: Batch) -> Tensor:
    """The vectors of whole units: the mean over their words."""
    row, first, last = torch.tensor(batch.units).unbind(1)
    at = torch.arange(words.shape[1])[None]
    inside = ((first[:, None] <= at) & (at < last[:, None])).float() / (last - first)[:, None]
    spread = torch.zeros(len(row), words.shape[0], words.shape[1])
    spread[torch.arange(len(row)), row] = inside
    mean = spread.flatten(1) @ words.float().flatten(0, 1)
    vectors: Tensor = reader.vector(mean).float()
    return vectors


def cross(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross entropy over the labels that are known."""
    if not bool((labels != IGNORED).any()):
        return logits.sum() * 0.0
    return fn.cross_entropy(logits.flatten(0, -2), labels.flatten(), ignore_index=IGNORED)


def epoch_items(
    sets: dict[str, list[Example]],
    share: float,
    repeat: int,
    rng: random.Random,
    lessons: Sequence[Lesson] = (),
) -> list[list[Item | Lesson]]:
    """Windows of one epoch in batches of like length: a share of the news, the corpus `repeat` times, and all lessons.

    Annotated texts are cut anew each time.
    """
    items: list[Item] = []
    for one in rng.sample(sets["news"], round(share * len(sets["news"]))) + sets["corpus"] * repeat:
        items += [(one, low, high) for low, high in windows(one.pieces, rng.randint(60, CAPACITY), 0)]
    length = {id(item): item[0].pieces.first[item[2]] - item[0].pieces.first[item[1]] for item in items}
    items.sort(key=lambda item: length[id(item)] + rng.random() * 24)
    batches: list[list[Item | Lesson]] = [list(items[at : at + 8]) for at in range(0, len(items), 8)]
    batches += [list(lessons[at : at + 8]) for at in range(0, len(lessons), 8)]
    rng.shuffle(batches)
    return batches


def groups(reader: Reader, rate: float, decay: float, embeddings: float) -> list[dict[str, object]]:
    """Parameters with their rates: each layer a little slower than the one above it, heads at 1e-3."""
    depth = len(reader.layers)
    found: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (depth - 1 - index)}
        for index, layer in enumerate(reader.layers)
    ]
    low = [reader.places.weight, *reader.norm.parameters()]
    found.append({"params": low, "lr": rate * decay**depth, "weight_decay": 0.0})
    reader.pieces.weight.requires_grad_(embeddings > 0)
    if embeddings > 0:
        found.append({"params": [reader.pieces.weight], "lr": embeddings, "weight_decay": 0.0})
    known = {id(one) for group in found for one in group["params"]}  # type: ignore[attr-defined]
    known.add(id(reader.pieces.weight))
    found.append({"params": [one for one in reader.parameters() if id(one) not in known], "lr": 1e-3})
    return found


def train(options: argparse.Namespace) -> None:
    """Run the epochs; write DIR/epoch-N.pt after each."""
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311 - an order of batches, no secret
    folder = model_folder()
    sets = load_examples(options.cache or options.out / "examples.pickle", folder)
    reader = start(folder, options.dropout)
    if options.resume:
        reader.load_state_dict(torch.load(options.resume, weights_only=True), strict=False)
    optimiser = torch.optim.AdamW(
        groups(reader, options.rate, options.decay, options.embeddings),
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    mean = torch.optim.swa_utils.AveragedModel(
        reader, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEMORY)
    )
    base = [group["lr"] for group in optimiser.param_groups]
    lessons: list[Lesson] = pickle.loads(options.lessons.read_bytes()) if options.lessons else []  # noqa: S301
    plan = sets, options.news, options.repeat
    total = len(epoch_items(*plan, random.Random(0), lessons)) * options.epochs  # noqa: S311
    step = 0
    for epoch in range(options.epochs):
        reader.train()
        begun = time.perf_counter()
        sums: dict[str, float] = {}
        batches = epoch_items(*plan, rng, lessons)
        for number, items in enumerate(batches, start=1):
            warm = min(1.0, (step + 1) / (0.06 * total))
            share = warm * max(0.01, 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))
            for group, rate in zip(optimiser.param_groups, base):
                group["lr"] = rate * share
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(reader, items, rng)
            sum(WEIGHT[name] * loss for name, loss in found.items()).backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_([p for p in reader.parameters() if p.requires_grad], 1.0)
            optimiser.step()
            mean.update_parameters(reader)
            optimiser.zero_grad(set_to_none=True)
            step += 1
            for name, loss in found.items():
                sums[name] = sums.get(name, 0.0) + loss.item()
            if number % 50 == 0 or number == len(batches):
                shown = {name: round(value / number, 4) for name, value in sums.items()}
                print(
                    f"epoch {epoch} {number}/{len(batches)} {time.perf_counter() - begun:.0f} s",
                    shown,
                    flush=True,
                )
        torch.save(mean.module.state_dict(), options.out / f"epoch-{epoch}.pt")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--cache", type=Path, help="read texts, kept for the next run; delete it when data change"
    )
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--lessons", type=Path, help="what training.teaching wrote")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--news", type=float, default=1.0, help="share of PolNeAR's articles in an epoch")
    parser.add_argument("--repeat", type=int, default=5, help="how often the corpus comes in an epoch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--embeddings", type=float, default=0.0)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
