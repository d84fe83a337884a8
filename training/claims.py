"""Fit the odds by which two statements say one thing: `python -m training.claims`.

Logistic regression (ridge, by Newton's method) over the pairs that share two words or are near in meaning, on the train
split's processes whose claims are annotated. Prints the weights for `ODDS` in linking/claims.py, and for each least
sum how many pairs would be right.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bench.claims import clusters, read_as
from bench.corpus import Process, load_corpus
from parley.linking.claims import alike, likeness, statement_gist, traits
from parley.pipeline import build
from parley.reader.vectors import from_text
from parley.settings import Settings
from parley.sources import collect

RIDGE = 1.0
WIDELY = 0.5  # cosine of meaning from which pairs teach: the far ones show how much nearness counts
STEPS = 50

Floats = NDArray[np.float64]


def pairs(process: Process) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The traits of each pair of statements that is compared, and whether they are of one claim by gold."""
    built = build(collect([str(process.folder)], Settings()), Settings())
    record = built.record
    vectors = dict(pair for reading in built.readings.values() for pair in reading.vectors)
    names = read_as(process, record)
    of = {
        names.get((one["article"], one["n"])): number
        for number, some in enumerate(clusters(process.name))
        for one in some
    }
    told = [one for one in record.statements if one.id in set(names.values())]
    denials = {act.statement for act in record.acts if act.act == "DENY" and act.statement}
    gists = [statement_gist(one, one.id in denials) for one in told]
    meanings = [from_text(vectors[one.id]) for one in told]
    for at, to, words, held in alike(gists, meanings, WIDELY):
        one, other = told[at], told[to]
        if gists[at].so == gists[to].so:
            meaning = likeness(meanings[at], meanings[to])
            figures = gists[at].numbers == gists[to].numbers != frozenset()
            same = one.id in of and of[one.id] == of.get(other.id)
            yield traits(meaning, words, held, one, other, figures), same


def fitted(given: Floats, right: Floats) -> Floats:
    """Weights of a logistic regression, the constant last."""
    with_one = np.column_stack([given, np.ones(len(given))])
    weights = np.zeros(with_one.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-with_one @ weights))
        slope = with_one.T @ (right - likely) - RIDGE * weights
        bend = (with_one * (likely * (1 - likely))[:, None]).T @ with_one + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Print the weights, and what each least sum of them gives."""
    found = [pair for process in load_corpus("train") if clusters(process.name) for pair in pairs(process)]
    given = np.array([told for told, _ in found])
    right = np.array([float(same) for _, same in found])
    weights = fitted(given, right)
    print(
        "odds",
        weights[:-1].round(1),
        "constant",
        weights[-1].round(1),
        f"{int(right.sum())} of {len(right)} pairs",
    )
    sums = given @ weights[:-1].round(1)
    for least in np.arange(float(np.quantile(sums, 0.8)), float(sums.max()), 0.5).round(1):
        kept = right[sums >= least]
        print(
            f"least {least}: {kept.mean():.2f} right of {len(kept)}, {kept.sum() / right.sum():.2f} of all found"
        )


if __name__ == "__main__":
    main()
