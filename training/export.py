"""Export a checkpoint: `python -m training.export CHECKPOINT.pt --out DIR` writes DIR/reader.onnx and DIR/tokenizer.json.

Word vectors are kept in 8 bits a number with a scale for each word; the encoder's dense layers in 7 bits, since 8 overflow on
processors without VNNI, with a scale for each column; everything else stays in 32 bits. Activations are scaled per call: one
window a call reads the same always.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from parley.reader.encoder import OUTPUTS
from training.model import Reader, model_folder
from training.score import forward

INPUTS = ("ids", "looks", "ruled", "scheme", "heads", "lengths")


class Small(nn.Module):
    """An embedding table in 8 bits with a scale for each row."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.table: Tensor
        self.scale: Tensor
        self.register_buffer("table", (table.weight.detach() / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """The vectors of pieces."""
        return self.table[ids].float() * self.scale[ids]


class Exported(nn.Module):
    """The network as a graph of arrays."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Inputs and outputs as encoder.py names them."""
        return forward(self.reader, dict(zip(INPUTS, inputs)))


def as_onnx(reader: Reader, path: Path) -> None:
    """Write the network as it is, in 32 bits where its tables are not small."""
    two, one = torch.ones(2, 12, dtype=torch.long), torch.zeros(2, dtype=torch.long)
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "looks", "ruled")}
    axes |= {name: {0: "windows"} for name in ("scheme", "lengths")} | {"heads": {0: "windows", 1: "words"}}
    axes |= {name: {0: "windows", 1: "words"} for name in ("tags", "acts", "vectors")}
    axes |= {"cues": {0: "cues"}, "roles": {0: "cues", 1: "words"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Exported(reader),
            (two, two, two, one, two[:, :9], one + 12),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def quantise(path: Path, out: Path, hidden: int) -> None:
    """Put the dense layers of the encoder in 7 bits; the heads stay."""
    graph = onnx.load(str(path)).graph
    shapes = {one.name: tuple(one.dims) for one in graph.initializer}
    inside = {(hidden, 3 * hidden), (hidden, hidden), (hidden, 4 * hidden), (4 * hidden, hidden)}
    spared = [
        node.name
        for node in graph.node
        if node.op_type == "MatMul" and shapes.get(node.input[1]) not in inside
    ]
    quantize_dynamic(
        path,
        out,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=spared,
    )


def export(checkpoint: Path, out: Path, plain: bool = False) -> None:
    """Write reader.onnx (in 32 bits if `plain`) and tokenizer.json to a folder, and print their digests."""
    out.mkdir(parents=True, exist_ok=True)
    reader = Reader(model_folder())
    reader.load_state_dict(torch.load(checkpoint, weights_only=True))
    reader.eval()
    target = out / "reader.onnx"
    if plain:
        as_onnx(reader, target)
    else:
        hidden = reader.norm.weight.shape[0]
        reader.pieces = Small(reader.pieces)  # type: ignore[assignment]
        with tempfile.TemporaryDirectory() as folder:
            as_onnx(reader, Path(folder) / "plain.onnx")
            quantise(Path(folder) / "plain.onnx", target, hidden)
    tokenizer = json.loads((model_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.update(truncation=None, padding=None)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    for path in (target, out / "tokenizer.json"):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{digest}  {path.name}  {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="no quantisation")
    options = parser.parse_args()
    export(options.checkpoint, options.out, options.plain)


if __name__ == "__main__":
    main()
