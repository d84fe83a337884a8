"""Score a reader: `python -m training.score CHECKPOINT.pt` or `... reader.onnx` on PolNeAR's dev and a split of the corpus."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.attribution import Drafts, alone, score_news
from bench.corpus import load_corpus
from parley.model import Article, Statement
from parley.reader.decoding import Labelled, Scores
from parley.reader.drafts import read_drafts
from parley.reader.encoder import Encoder, Network, onnx_network, scores_of, tokenizer_of
from parley.reader.merging import read_cited
from parley.reader.names import read_names
from parley.reader.statements import resolve
from parley.reader.times import read_times
from parley.reader.units import Unit, read_units
from parley.reader.windows import Ints
from training.data import data_folder
from training.model import Reader, model_folder

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
    """The outputs that reader.onnx has: tags, acts, cues, roles, vectors."""
    words = reader.encode(inputs)
    tags = reader.tags(words)
    cues = (tags[:, :, :3].softmax(-1)[:, :, 1] > FAINTEST).nonzero()
    roles = reader.pair(words, cues[:, 0], cues[:, 1])
    return tags, reader.acts(words), cues, roles, reader.vector(words)


def encoder_of(path: Path) -> Encoder:
    """A reader from a checkpoint or an ONNX file."""
    network = torch_network(path) if path.suffix == ".pt" else onnx_network(path)
    return Encoder(network, tokenizer_of(model_folder() / "tokenizer.json"))


def with_rules(reader: Encoder) -> Drafts:
    """The drafts that a reading has: the rules' and the encoder's, put together."""
    return lambda text, units: read_cited(text, units, reader)[0]


def encoder_acts(reader: Encoder) -> Acts:
    """The acts that a reader finds in a text."""
    return lambda text, units: reader.spans(text, units, read_drafts(text, units)).acts


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
    name: str, on_news: Drafts, on_corpus: Drafts, acts: Acts | None, options: argparse.Namespace
) -> None:
    """One line per set: PolNeAR dev with the first reader of drafts, a split of the corpus with the second."""
    news = score_news(on_news, options.limit)
    parts = ("exact", "ov50", "joint", "direct", "mixed", "indirect")
    line = " ".join(f"{part} {news[part]['F1']}" for part in parts)
    print(
        f"{name}: PolNeAR dev {line} speaker {news['spk_ov']} predicted {news['pred']} of {news['gold']}"
        f" joint P {news['joint']['P']} R {news['joint']['R']}, {news['per_second']} articles/s",
        flush=True,
    )
    print(f"{name}: corpus {options.split}", score_corpus(on_corpus, acts, options.split), flush=True)


def main() -> None:
    """Read the command line; print the scores of the rules, or of each reader: alone on PolNeAR, with the rules on the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, help="only so many articles of PolNeAR dev")
    parser.add_argument("--split", default="dev", help="of the corpus")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not options.readers:
        show("rules", read_drafts, read_drafts, None, options)
    for path in options.readers:
        reader = encoder_of(path)
        show(path.name, alone(reader), with_rules(reader), encoder_acts(reader), options)


if __name__ == "__main__":
    main()
