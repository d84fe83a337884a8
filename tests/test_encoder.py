"""The trained reader as it ships: the same alone and in company, small, and put together with the rules."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.model import Article
from parley.pipeline import read_all
from parley.reader import read
from parley.reader.decoding import Spans
from parley.reader.drafts import read_drafts
from parley.reader.encoder import encoder
from parley.reader.extents import Draft
from parley.reader.merging import read_cited
from parley.reader.units import read_units
from parley.reader.vectors import as_text, from_text
from parley.readings import code_digest
from parley.settings import Settings
from tests.conftest import ROOT

WEIGHTS = ROOT / "src" / "parley" / "weights"
LIMIT = 40_000_000  # bytes

TELLS = [
    "Ana Sol said the road to Talma would open on Friday.",
    '"The list was late," Ben Ro told reporters, "and nobody had read it."',
    "The Ovrel Council put the number of men at forty.",
    "According to the Kesht Front, the gate is shut.",
    "Rain fell on Talma all day.",
    "The mayor accused the council of hiding the list, which the council denies.",
]
reports = st.lists(st.sampled_from(TELLS), min_size=1, max_size=60).map("\n\n".join)


def spans_of(text: str) -> Spans:
    """What the encoder finds in a text."""
    units = read_units(text)
    return encoder().spans(text, units, read_drafts(text, units))


def drafts_of(text: str) -> list[Draft]:
    """The drafts of a text by the rules and the encoder together."""
    return read_cited(text, read_units(text), encoder())[0]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_report_reads_the_same_alone_and_in_company(processes: int) -> None:
    """No report changes how another is read, in one process or in several."""
    texts = ["\n\n".join(TELLS[number % 6 :] * (1 + number % 3)) for number in range(26)]
    articles = [Article(f"art-{n}", f"{n}.txt", "The Talma Bell", text) for n, text in enumerate(texts)]
    together = list(read_all(articles, Settings(processes=processes)))
    assert together == [read(article) for article in reversed(articles)][::-1]


@settings(max_examples=15, deadline=None)
@given(reports)
def test_what_the_encoder_finds_lies_in_the_text(text: str) -> None:
    """Every stretch holds something, begins and ends within the text, and a second reading gives the same drafts."""
    found = spans_of(text)
    stretches = [(one.start, one.end) for one in found.acts]
    for one in found.cited:
        stretches += [one.cue, *one.content, *([one.source] if one.source else [])]
    assert all(0 <= start < end <= len(text) for start, end in stretches)
    drafts = drafts_of(text)
    assert drafts == drafts_of(text)
    assert all(
        text[start:end].strip() == text[start:end] != "" for one in drafts for start, end in one.content
    )


@given(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=384).filter(any))
def test_a_vector_kept_as_text_comes_back(numbers: list[float]) -> None:
    """Eight bits a number change the direction of a vector hardly, and what comes back has length one."""
    vector = np.array(numbers, dtype=np.float32)
    back = from_text(as_text(vector))
    assert abs(float(np.linalg.norm(back)) - 1) < 1e-3
    assert float(back @ vector) > 0.99 * float(np.linalg.norm(vector))


def test_one_thing_in_other_words_is_nearer_than_another() -> None:
    """The vectors of what is said tell meanings apart that share no word."""
    text = (
        "Ana Sol said the captives would be freed within a week.\n\n"
        "Ben Ro said the prisoners were to be released in seven days.\n\nIda Vo said the price of bread had doubled."
    )
    vectors = [from_text(kept) for _, kept in read(Article("art", "a.txt", "The Bell", text)).vectors]
    assert len(vectors) == 3
    assert vectors[0] @ vectors[1] > max(vectors[0] @ vectors[2], vectors[1] @ vectors[2]) + 0.2


def test_a_text_without_words_has_nothing() -> None:
    """An empty text and one of blanks are read as holding nothing."""
    assert drafts_of("") == drafts_of("\n\n \n") == []


def test_a_cue_that_no_rule_knows() -> None:
    """Words that the vocabulary lacks attribute where the encoder is sure of them."""
    text = "Talks go on. In a speech that took an hour, Ana Sol bragged that nobody in Talma had ever opened the road."
    assert "bragged" in [text[slice(*draft.cue)].split()[-1] for draft in drafts_of(text) if draft.cue]
    assert not read_drafts(text, read_units(text))


def test_a_label_is_read_by_rule() -> None:
    """The turn of a speaker is one draft, whatever the encoder takes the mark behind the label for."""
    text = "HOST: Whose is the road?\n\nSOL: It is ours. Ro said it was his.\n\nHOST: And now?\n\nSOL: Now we wait."
    assert [draft.verb for draft in drafts_of(text)] == [":", ":"]


def test_a_relay_is_no_second_speaker() -> None:
    """A medium that the rules have as a relay gets no statement of its own from the encoder."""
    text = "Ana Sol had denied that the list was late, the agency Orbit reported."
    (draft,) = drafts_of(text)
    assert draft.speaker is not None
    assert text[slice(*draft.speaker)] == "Ana Sol"
    assert [text[slice(*relay)] for relay in draft.relays] == ["the agency Orbit"]


def test_nothing_is_cut_out_of_a_quotation() -> None:
    """Marks that no text of news holds leave what stands in quotation marks whole."""
    words = "We kept *every* [line](http://x.example) <b>of</b> the truce"
    (draft,) = drafts_of(f'"{words}," said Ana Sol, the mayor of Talma.')
    assert draft.content == [(1, 1 + len(words))]


def test_what_is_said_ends_with_its_paragraph() -> None:
    """Unquoted words of the next paragraph are nobody's, though no full stop stands between."""
    text = "Mayor says road is open\n\nTALMA - The road to the sea has been open since noon, and carts go both ways."
    ends = [end for draft in drafts_of(text) for _, end in draft.content]
    assert all(end <= text.index("\n") for end in ends)


def test_weights_are_small_and_named_by_their_card() -> None:
    """The files keep within their budget, and the card gives the digest of each."""
    card = (WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")
    files = [WEIGHTS / "reader.onnx", WEIGHTS / "tokenizer.json"]
    assert sum(file.stat().st_size for file in files) < LIMIT
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() in card for file in files)


def test_other_weights_make_another_reader() -> None:
    """What a reading depends on includes the weights, so that none is used again under others."""
    assert code_digest("reader", "weights") != code_digest("reader")


@pytest.mark.slow
def test_reading_needs_neither_torch_nor_a_network() -> None:
    """A fresh interpreter that may open no connection reads a report without torch."""
    program = (
        "import socket, sys\n"
        "def refuse(*_: object) -> None: raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from parley.model import Article\n"
        "from parley.reader import read\n"
        "found = read(Article('a', 'a.txt', 'Bell', 'Ana Sol said the road would open.'))\n"
        "assert len(found.statements) == 1 and 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
