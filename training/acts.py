"""Acts in PLOVER's sentences: `python -m training.acts CHECKPOINT.pt`, TF-IDF with logistic regression beside it in the same run.

Five folds, equal texts in one fold. The sentence vector, the words between actor and target and the act head come from the
encoder, which never saw these sentences; a logistic regression over them and TF-IDF is fitted on the other folds. Needs
scikit-learn besides what training needs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer

from parley.reader.drafts import read_drafts
from parley.reader.encoder import tokenizer_of
from parley.reader.units import read_units
from parley.reader.windows import GUIDE, packed, pieces_of, windows
from training.data import data_folder
from training.model import Reader, model_folder

Floats = NDArray[np.float32]
Row = dict[str, Any]

OTHER = "OTHER"  # sentences of none of the six classes
SHARE = 0.04  # by which standardised numbers are made as small as TF-IDF's


def sentences() -> list[Row]:
    """The annotated sentences of plv_dev: text, source, target, six."""
    lines = (data_folder() / "data" / "acts" / "plv_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def between(row: Row) -> tuple[int, int] | None:
    """Where the words between actor and target stand; None where one of them is not in the text."""
    spans = []
    for name in (row["source"], row["target"]):
        at = row["text"].find(name) if name else -1
        if at < 0:
            return None
        spans.append((at, at + len(name)))
    return min(spans)[1], max(spans)[0]


def vector(reader: Reader, tokenizer: Tokenizer, row: Row) -> Floats:
    """What the encoder makes of a sentence: the mean of its words, of actor, target and those between, and its acts."""
    text, units = row["text"], read_units(row["text"])
    pieces = pieces_of(text, units, read_drafts(text, units), tokenizer)
    window = windows(pieces)[0]
    inputs = {name: torch.from_numpy(array) for name, array in packed([(pieces, *window)]).items()}
    with torch.no_grad():
        words = reader.encode(inputs | {"scheme": torch.tensor([GUIDE])})
        acts = reader.acts(words)[0].unflatten(-1, (-1, 3)).softmax(-1)[:, :, 1:].sum(-1)
    means = [words[0].mean(0)]
    spans = [_found(text, row["source"]), _found(text, row["target"]), between(row)]
    for span in spans:
        low, high = np.searchsorted(pieces.starts[: window[1]], span or (0, 0)).tolist()
        means.append(words[0, low:high].mean(0) if low < high else torch.zeros_like(means[0]))
    parts = [*means, 5 * acts.max(0).values, 5 * acts.mean(0)]
    return np.concatenate([part.numpy() for part in parts])


def _found(text: str, name: str | None) -> tuple[int, int] | None:
    at = text.find(name) if name else -1
    return None if at < 0 else (at, at + len(name or ""))


def predicted(rows: Sequence[Row], vectors: Floats | None) -> list[str]:
    """The class of each sentence by a logistic regression on the other folds: TF-IDF alone, or with vectors."""
    texts = np.array([row["text"] for row in rows])
    gaps = np.array([row["text"][slice(*(between(row) or (0, 0)))] for row in rows])
    classes = np.array([row["six"] for row in rows])
    found = np.empty(len(rows), dtype=object)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    for fitted, left in folds.split(texts, classes, texts):
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        known, asked = [words.fit_transform(texts[fitted])], [words.transform(texts[left])]
        if vectors is not None:
            near, scale = TfidfVectorizer(sublinear_tf=True, min_df=2), StandardScaler()
            scale.fit(vectors[fitted])
            known += [near.fit_transform(gaps[fitted]), csr_matrix(SHARE * scale.transform(vectors[fitted]))]
            asked += [near.transform(gaps[left]), csr_matrix(SHARE * scale.transform(vectors[left]))]
        model = LogisticRegression(C=10, max_iter=3000, class_weight="balanced")
        model.fit(hstack(known).tocsr(), classes[fitted])
        found[left] = model.predict(hstack(asked).tocsr())
    return [str(one) for one in found]


def main() -> None:
    """Print macro F1 over the six classes: among their own sentences, and among those of other classes too."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    torch.set_num_threads(1)
    reader = Reader(model_folder())
    reader.load_state_dict(torch.load(parser.parse_args().checkpoint, weights_only=True))
    reader.eval()
    tokenizer = tokenizer_of(model_folder() / "tokenizer.json")
    rows = sentences()
    vectors = np.array([vector(reader, tokenizer, row) for row in rows])
    for name, kept in (("the six", [row["six"] != OTHER for row in rows]), ("all", [True] * len(rows))):
        chosen = [row for row, keep in zip(rows, kept) if keep]
        classes = [row["six"] for row in chosen]
        for method, given in (("TF-IDF", None), ("encoder and TF-IDF", vectors[kept])):
            six = sorted(set(classes) - {OTHER})
            score = f1_score(classes, predicted(chosen, given), labels=six, average="macro")
            print(f"{name:8} {len(chosen):5} sentences  {method:20} macro F1 {score:.3f}")


if __name__ == "__main__":
    main()
