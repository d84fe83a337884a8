"""Score a reader: `python -m training.score CHECKPOINT.pt` or `... reader.onnx` on PolNeAR's dev and the corpus's dev."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.corpus import load_corpus
from parley.model import Article, Statement
from parley.reader.drafts import read_drafts
from parley.reader.extents import Draft
from parley.reader.names import read_names
from parley.reader.statements import resolve
from parley.reader.times import read_times
from parley.reader.units import Unit, read_units
from training.data import data_folder
from parley.reader.decoding import Labelled, Scores
from parley.reader.encoder import OUTPUTS, Encoder, Network, combined, drafts_of, scores_of
from training.model import Reader
from training.train import model_folder
from parley.reader.windows import GUIDE, NEWS, Ints

Drafts = Callable[[str, Sequence[Unit]], list[Draft]]
Acts = Callable[[str, Sequence[Unit]], Sequence[Labelled]]
FAINTEST = 0.15  # words less likely to begin a cue than this are never looked at


def torch_network(checkpoint: Path) -> Network:
    """A trained network as the encoder calls it, in torch."""
    reader = Reader(model_folder())
    reader.load_state_dict(torch.load(checkpoint, weights_only=True))
    reader.eval()

    def network(inputs: dict[str, Ints]) -> Scores:
        with torch.no_grad():
            outputs = forward(reader, {name: torch.from_numpy(array) for name, array in inputs.items()})
        return scores_of(*(one.numpy() for one in outputs))

    return network


def forward(reader: Reader, inputs: dict[str, torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """The outputs that reader.onnx has: tags, names, acts, cues, roles."""
    words = reader.encode(inputs)
    tags = reader.tags(words)
    cues = (tags[:, :, :3].softmax(-1)[:, :, 1] > FAINTEST).nonzero()
    return tags, reader.names(words), reader.acts(words), cues, reader.pair(words, cues[:, 0], cues[:, 1])


def onnx_network(path: Path) -> Network:
    """The same from an ONNX file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda inputs: scores_of(*session.run(OUTPUTS, inputs))


def encoder_of(path: Path) -> Encoder:
    """A reader from a checkpoint or an ONNX file."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(torch_network(path) if path.suffix == ".pt" else onnx_network(path), tokenizer)


def encoder_drafts(reader: Encoder, scheme: int) -> Drafts:
    """The drafts of a reader, as the rules' own `read_drafts` gives them."""
    return lambda text, units: drafts_of(
        text, units, reader.spans(text, units, read_drafts(text, units), scheme).cited
    )


def encoder_acts(reader: Encoder) -> Acts:
    """The acts that a reader finds in a text."""
    return lambda text, units: reader.spans(text, units, read_drafts(text, units)).acts


def attribution_scorer() -> ModuleType:
    """The module score_attribution of the evaluation data."""
    path = data_folder() / "bench" / "score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_news(drafts: Drafts, limit: int | None = None) -> dict[str, Any]:
    """Scores on PolNeAR dev, and articles per second."""
    path = data_folder() / "data" / "attribution" / "dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:limit]
    found, spent = [], 0.0
    for row in rows:
        units = read_units(row["text"])
        begun = time.perf_counter()
        read = drafts(row["text"], units)
        spent += time.perf_counter() - begun
        found.append(
            {
                "id": row["id"],
                "attributions": [
                    {
                        "cue": [list(one.cue)] if one.cue else [],
                        "source": [list(one.speaker)] if one.speaker else [],
                        "content": [list(piece) for piece in one.content],
                    }
                    for one in read
                ],
            }
        )
    return {**attribution_scorer().score(rows, found), "per_second": round(len(rows) / spent, 1)}


def score_corpus(drafts: Drafts, acts: Acts | None = None, split: str = "dev") -> dict[str, Any]:
    """Scores of statements on the corpus's processes of a split, through the whole `resolve`, summed over processes.

    Acts, where given, are scored by their extent and label alone: who acts is not the network's to say.
    """
    sums: dict[str, np.ndarray[Any, Any]] = {}
    for process in load_corpus(split):
        rows: list[dict[str, Any]] = []
        told: list[dict[str, Any]] = []
        articles = []
        for stem, gold in process.articles.items():
            text = process.text(stem)
            day = date.fromisoformat(gold["published"]) if gold["published"] else None
            article = Article(stem, f"{stem}.txt", gold["outlet"], text, published=day)
            units = read_units(text)
            names = read_names(text, stem)
            found = resolve(article, drafts(text, units), units, names, read_times(article))
            articles.append({"id": stem, "file": article.file, "text": text})
            rows += map(as_row, found)
            for number, one in enumerate(acts(text, units) if acts else ()):
                span = {"start": one.start, "end": one.end, "text": text[one.start : one.end]}
                told.append(
                    {
                        "id": f"{stem}-{number}",
                        "article": stem,
                        "actor": "",
                        "act": one.label,
                        "target": None,
                        **span,
                    }
                )
        record = {"schema": "parley-record/1", "articles": articles, "statements": rows, "acts": told}
        for name, row in scored(process.folder, record).items():
            wanted = name.startswith("statements") or (acts and name == "acts.label")
            if wanted and "tp" in row:
                sums[name] = sums.get(name, np.zeros(3)) + np.array([row["tp"], row["pred"], row["gold"]])
    return {
        name.removeprefix("statements."): float(round(200 * tp / (pred + gold), 1))
        for name, (tp, pred, gold) in sums.items()
    }


def as_row(statement: Statement) -> dict[str, Any]:
    """A statement as the scorer reads it."""

    def span(one: Any) -> dict[str, Any] | None:  # noqa: ANN401
        return None if one is None else {"start": one.start, "end": one.end, "text": one.text}

    return {
        "id": statement.id,
        "article": statement.article,
        "speaker": span(statement.speaker),
        "speaker_name": statement.speaker_name,
        "cue": span(statement.cue),
        "content": [span(piece) for piece in statement.content],
        "kind": statement.kind,
        "chain": list(statement.chain),
        "date": None,
    }


def scored(folder: Path, record: dict[str, Any]) -> dict[str, Any]:
    """What score_record.py says of a record of one process."""
    scorer = data_folder() / "bench" / "score_record.py"
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(record, file)
        file.flush()
        command = [sys.executable, str(scorer), str(folder / "gold"), file.name, "--json"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(output)["scores"])


def show(
    name: str, drafts: tuple[Drafts, Drafts], acts: Acts | None = None, limit: int | None = None
) -> None:
    """One line per set: PolNeAR with the first reader of drafts, the corpus with the second."""
    news = score_news(drafts[0], limit)
    parts = ("exact", "ov50", "joint", "direct", "mixed", "indirect")
    line = " ".join(f"{part} {news[part]['F1']}" for part in parts)
    print(
        f"{name}: PolNeAR dev {line} speaker {news['spk_ov']} predicted {news['pred']} of {news['gold']}"
        f" joint P {news['joint']['P']} R {news['joint']['R']}, {news['per_second']} articles/s",
        flush=True,
    )
    print(f"{name}: corpus dev", score_corpus(drafts[1], acts), flush=True)


def both(trained: Drafts) -> Drafts:
    """The drafts of a trained reader and of the rules, put together."""
    return lambda text, units: combined(text, trained(text, units), read_drafts(text, units))


def main() -> None:
    """Read the command line and print the scores of each reader, alone and with the rules, and of the rules alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, help="only so many articles of PolNeAR dev")
    parser.add_argument(
        "--table", action="store_true", help="the rules, and the rules combined with each reader, too"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.table or not options.readers:
        show("rules", (read_drafts, read_drafts), limit=options.limit)
    for path in options.readers:
        reader = encoder_of(path)
        pair = encoder_drafts(reader, NEWS), encoder_drafts(reader, GUIDE)
        show(path.name, pair, encoder_acts(reader), options.limit)
        if options.table:
            show(f"{path.name} and rules", (both(pair[0]), both(pair[1])), limit=options.limit)


if __name__ == "__main__":
    main()
