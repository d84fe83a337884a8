"""The copy index: hashes that are the same everywhere, and candidates that are copies."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.linking.shingles import BLOCK, SHINGLE, CopyIndex, shingle_hashes

WORDS = [f"word{number}" for number in range(4000)]
words = st.lists(st.text("abcdeéß0123", min_size=1, max_size=6), max_size=40)


def made(chance: Random, length: int = 400) -> list[str]:
    """A document of made-up words."""
    return chance.choices(WORDS, k=length)


def edited(document: list[str], rate: float, chance: Random) -> list[str]:
    """The document with a share of its words replaced."""
    return [chance.choice(WORDS) if chance.random() < rate else word for word in document]


def test_hashes_are_pinned() -> None:
    """A hash hangs on the words alone: not on the machine, the process or its seed."""
    (one,) = shingle_hashes(["the", "ferry", "sails", "at", "noon"]).tolist()
    assert one == 7643380903388911197


@given(words, words, st.integers(1, SHINGLE))
def test_a_shingle_hashes_the_same_wherever_it_stands(before: list[str], run: list[str], size: int) -> None:
    """The hashes of a run of words are found unchanged behind any other words."""
    alone = shingle_hashes(run, size).tolist()
    assert len(alone) == max(len(run) - size + 1, 0)
    assert shingle_hashes([*before, *run], size).tolist()[len(before) :] == alone or not alone


def test_long_texts_are_hashed_in_blocks_without_a_seam() -> None:
    """What is hashed at once and what is hashed over a block's end are the same shingles."""
    text = made(Random(5), 2 * BLOCK + 77)
    middle = BLOCK - 20
    assert len(shingle_hashes(text)) == len(text) - SHINGLE + 1
    assert (
        shingle_hashes(text)[middle : middle + 36].tolist()
        == shingle_hashes(text[middle : middle + 40]).tolist()
    )


def test_different_shingles_hash_differently() -> None:
    """Among a hundred thousand different shingles no two share a hash."""
    text = [str(number) for number in range(100_000)]
    assert len(np.unique(shingle_hashes(text))) == len(text) - SHINGLE + 1


def test_every_copy_is_a_candidate_and_nothing_else() -> None:
    """Of 300 documents and their versions with a fifth of the words edited, each finds its original alone."""
    chance = Random(11)
    index = CopyIndex()
    found = 0
    for place in range(300):
        original = made(chance)
        assert index.add(original) == []
        candidates = index.add(edited(original, 0.2, chance))
        found += [one.document for one in candidates] == [2 * place]
    assert found >= 0.97 * 300


def test_an_excerpt_is_found_by_what_it_contains() -> None:
    """A hundred words of one report inside another make it a candidate with about that share of the smaller one."""
    chance = Random(2)
    index = CopyIndex()
    original = made(chance)
    index.add(original)
    (found,) = index.add([*made(chance, 300), *original[100:200]])
    assert found.document == 0
    assert 0.1 < found.containment < 0.45


def test_one_by_one_is_the_same_as_in_any_company() -> None:
    """What a document finds among the earlier ones doesn't hang on how often the index had to grow."""
    chance = Random(7)
    documents = [made(chance, 200) for _ in range(400)]
    late, index = edited(documents[3], 0.05, chance), CopyIndex()
    for document in documents:
        index.add(document)
    assert len(index) == 400
    assert [one.document for one in index.add(late)] == [3]
    small = CopyIndex()
    small.add(documents[3])
    assert [one.containment for one in small.add(late)] == [
        one.containment for one in index.add(late) if one.document == 3
    ]


def test_a_report_takes_less_than_two_kilobytes() -> None:
    """At every size up to 1,500 reports of 400 words the arrays, spare room included, stay under 2 KB a report."""
    chance = Random(4)
    index = CopyIndex()
    sizes = []
    for _ in range(1500):
        index.add(made(chance))
        sizes.append(index.nbytes / len(index))
    assert max(sizes[200:]) < 2048


def test_a_formula_of_all_reports_costs_no_more_than_a_look() -> None:
    """A shingle of thousands of reports leads to the newest of them only."""
    formula = made(Random(9), 60)
    index = CopyIndex()
    counts = [len(index.add(formula)) for _ in range(200)]
    assert max(counts) == counts[-1] < 60
    assert all(later >= earlier for earlier, later in pairwise(counts))


def test_short_and_empty_texts_find_nothing() -> None:
    """Texts shorter than a shingle are taken in and match nothing."""
    index = CopyIndex()
    assert [index.add(text) for text in ([], ["one"], ["one"] * 4, ["one"] * 4)] == [[]] * 4
    assert len(index) == 4
