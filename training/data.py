"""Annotated texts as word labels: PolNeAR, and the dispatches of corpus/ by their split."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.corpus import load_corpus
from parley.reader.decoding import ACTS
from parley.reader.drafts import read_drafts
from parley.reader.names import read_names, roles
from parley.reader.units import Unit, read_units
from parley.reader.windows import GUIDE, NEWS, Pieces, pieces_of

Ints = NDArray[np.int64]
Words = tuple[int, int]  # word indices [start, end)

IGNORED = -100
SILVER = {"PERSON": 0, "ORGANIZATION": 1, "LOCATION": 2}
KINDS = {"person": 0, "organisation": 1, "state": 1, "group": 1, "unknown": 1, "place": 2, "role": 3}


@dataclass(frozen=True)
class Pair:
    """A statement as word ranges: cue, source, content."""

    cue: Words
    source: tuple[Words, ...]
    content: tuple[Words, ...]


@dataclass(frozen=True)
class Example:
    """A text with its labels: per word the begin / inside / outside of cue, source and content, of names, and acts."""

    id: str
    text: str
    units: list[Unit]
    pieces: Pieces
    scheme: int
    pairs: tuple[Pair, ...]
    tags: Ints  # words x 3 of 0 outside, 1 begin, 2 inside: cue, source, content
    names: Ints  # words of 0, 1 + 2k begin, 2 + 2k inside; IGNORED where nobody knows
    acts: NDArray[np.int8] | None  # words x 13 of 0, 1 begin, 2 inside; None where acts are not annotated
    gold: list[dict[str, Any]]  # as the scorer reads it
    vectors: NDArray[np.float16] | None = (
        None  # units x 384: each as the original model has it, of length one
    )


def data_folder() -> Path:
    """The folder of the evaluation data, named by PARLEY_DATA."""
    folder = Path(os.environ.get("PARLEY_DATA", ""))
    if not (folder / "data" / "attribution").is_dir():
        sys.exit("training: set PARLEY_DATA to the folder of evaluation data, which holds data/attribution")
    return folder


def news(split: str, tokenizer: Tokenizer) -> Iterator[Example]:
    """PolNeAR's train or dev articles, with CoreNLP's names as silver labels."""
    folder = data_folder() / "data" / "attribution"
    with gzip.open(folder / f"{split}.tok.jsonl.gz", "rt", encoding="utf-8") as lines:
        parsed = {row["id"]: row["tokens"] for row in map(json.loads, lines)}
    for line in (folder / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        tokens = parsed.get(row["id"]) or []
        named = [(start, end, SILVER[kind]) for start, end, kind in _runs(tokens) if kind in SILVER]
        yield example(row["id"], row["text"], NEWS, row["attributions"], named, None, tokenizer, bool(tokens))


def _runs(tokens: Sequence[Sequence[Any]]) -> list[tuple[int, int, str]]:
    """Neighbouring tokens of one sentence and one kind of name, joined."""
    found: list[tuple[int, int, str]] = []
    before: tuple[str, int] = ("O", -1)
    for token in tokens:
        start, end, kind, sentence = token[0], token[1], token[3], token[7]
        if kind != "O" and before == (kind, sentence):
            found[-1] = (found[-1][0], end, kind)
        elif kind != "O":
            found.append((start, end, kind))
        before = (kind, sentence)
    return found


def dispatches(split: str, tokenizer: Tokenizer) -> Iterator[Example]:
    """The corpus's texts of one split, their strings located by the scorer's own rules."""
    scorer = data_folder() / "bench" / "score_record.py"
    for process in load_corpus(split):
        command = [sys.executable, str(scorer), "--convert", str(process.folder / "gold")]
        record = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        kinds = alias_kinds(process.process["aliases"], [a["text"] for a in record["articles"]])
        for article in record["articles"]:
            mine = [s for s in record["statements"] if s["article"] == article["id"]]
            gold = [
                {
                    "cue": _offsets(s["cue"]),
                    "source": _offsets(s["speaker"]),
                    "content": [[piece["start"], piece["end"]] for piece in s["content"]],
                }
                for s in mine
            ]
            acts = [(a["start"], a["end"], a["act"]) for a in record["acts"] if a["article"] == article["id"]]
            named = located(article["text"], kinds)
            yield example(article["id"], article["text"], GUIDE, gold, named, acts, tokenizer, True)


def _offsets(span: dict[str, Any] | None) -> list[list[int]]:
    return [] if span is None else [[span["start"], span["end"]]]


def alias_kinds(groups: Sequence[Sequence[str]], texts: Sequence[str]) -> dict[str, int]:
    """Surface -> index in model.NAMES: what the rules most often take its group's surfaces for, else by its words."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for mention in read_names(text, ""):
            for surface in {mention.text, mention.name}:
                seen.setdefault(surface.casefold(), Counter())[mention.kind] += 1
    found = {}
    for group in groups:
        votes: Counter[str] = sum((seen.get(form.casefold(), Counter()) for form in group), Counter())
        head = re.split(r"\s(?:of|for|from|in|at|who|close)\s", group[0])[0].split()
        unnamed = not any(word[:1].isupper() for word in group[0].split()[1:])
        if unnamed and head and head[-1].lower().rstrip("s") in roles("persons"):
            kind = KINDS["role"]
        else:
            kind = KINDS[votes.most_common(1)[0][0]] if votes else KINDS["organisation"]
        found.update(dict.fromkeys(group, kind))
    return found


def located(text: str, kinds: dict[str, int]) -> list[tuple[int, int, int]]:
    """Where surfaces stand in a text, the longest first, none inside another."""
    found: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for surface in sorted(kinds, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not taken & set(range(*match.span())):
                taken.update(range(*match.span()))
                found.append((match.start(), match.end(), kinds[surface]))
    return found


def example(
    name: str,
    text: str,
    scheme: int,
    gold: list[dict[str, Any]],
    named: Sequence[tuple[int, int, int]],
    acts: Sequence[tuple[int, int, str]] | None,
    tokenizer: Tokenizer,
    has_names: bool,
) -> Example:
    """Character spans turned into word labels."""
    units = read_units(text)
    pieces = pieces_of(text, units, read_drafts(text, units), tokenizer)
    tags = np.zeros((len(pieces), 3), dtype=np.int64)
    pairs = []
    for item in gold:
        parts = [_words(text, pieces, item[key]) for key in ("cue", "source", "content")]
        for column, ranges in enumerate(parts):
            for start, end in ranges:
                tags[start:end, column] = 2
        if parts[0] and parts[2]:
            pairs.append(Pair(parts[0][0], tuple(parts[1]), tuple(parts[2])))
        for column, ranges in enumerate(parts):
            for start, _ in ranges:
                tags[start, column] = 1
    names = np.full(len(pieces), 0 if has_names else IGNORED, dtype=np.int64)
    if scheme == GUIDE:  # places are not annotated there: a capital outside a known name says nothing
        names[[text[start].isupper() for start in pieces.starts.tolist()]] = IGNORED
    for start, end, kind in named:
        for low, high in _words(text, pieces, [[start, end]]):
            names[low:high] = 2 + 2 * kind
            names[low] = 1 + 2 * kind
    return Example(
        name, text, units, pieces, scheme, tuple(pairs), tags, names, _acts(text, pieces, acts), gold
    )


def _acts(text: str, pieces: Pieces, acts: Sequence[tuple[int, int, str]] | None) -> NDArray[np.int8] | None:
    if acts is None:
        return None
    found = np.zeros((len(pieces), len(ACTS)), dtype=np.int8)
    spans = [(label, span) for start, end, label in acts for span in _words(text, pieces, [[start, end]])]
    for label, (start, end) in spans:
        found[start:end, ACTS.index(label)] = 2
    for label, (start, _) in spans:
        found[start, ACTS.index(label)] = 1
    return found


def _words(text: str, pieces: Pieces, spans: Sequence[Sequence[int]]) -> list[Words]:
    """The word ranges that character spans cover, marks at their edges left out unless there is nothing else."""
    found = []
    for start, end in spans:
        low = int(np.searchsorted(pieces.ends, start, side="right"))
        high = int(np.searchsorted(pieces.starts, end, side="left"))
        inner = [
            index for index in range(low, high) if text[pieces.starts[index] : pieces.ends[index]].isalnum()
        ]
        if inner:
            low, high = inner[0], inner[-1] + 1
        if low < high:
            found.append((low, high))
    return found
