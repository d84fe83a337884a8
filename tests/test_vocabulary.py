"""The vocabulary is data, so it is linted: words are words, patterns compile, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import load_corpus
from parley.errors import VocabularyError
from parley.model import ACTS
from parley.vocabulary import vocabulary

FOLDER = files("parley.vocabulary")
NAMES = sorted(path.name[:-5] for path in FOLDER.iterdir() if path.name.endswith(".yaml"))
NAMES_OF_STATES = "nations"  # every state of the world, as a list; the one place where states stand


def leaves(value: Any) -> Iterator[Any]:
    """Every key and value of a nested structure that is neither mapping nor list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("name", NAMES)
def test_no_word_was_read_as_a_truth_value(name: str) -> None:
    """YAML 1.1 reads on, off, yes and no as booleans: each has to be quoted."""
    words = [leaf for leaf in leaves(vocabulary(name)) if isinstance(leaf, bool)]
    assert words == []


@pytest.mark.parametrize("name", NAMES)
def test_patterns_compile(name: str) -> None:
    """Every string that looks like a regular expression is one."""
    for leaf in leaves(vocabulary(name)):
        if isinstance(leaf, str) and "\\" in leaf:
            re.compile(leaf)


def test_acts_carry_the_labels_of_the_contract() -> None:
    """Cue verbs and events name no other act than the thirteen, and each of the thirteen has its PLOVER name."""
    cues = {entry.get("act") for entry in vocabulary("cues")["verbs"].values()} - {None}
    acts = vocabulary("acts")
    assert cues | set(acts["events"]) <= ACTS
    assert set(acts["plover"]) == ACTS


def test_no_party_or_outlet_is_named() -> None:
    """No party, person or outlet of the corpus stands in the vocabulary, nor a state outside the list of all states."""
    texts = [article["text"] for process in load_corpus() for article in process.articles.values()]
    common = {word for text in texts for word in re.findall(r"\b[a-z]{5,}", text)}
    ours = {
        word
        for process in load_corpus()
        for group in (process.process["parties"], [row["name"] for row in process.process["third_parties"]])
        for name in group
        for word in re.findall(r"[A-Z]\w{4,}", str(name))
        if word.lower() not in common
    }
    outlets = {article["outlet"] for process in load_corpus() for article in process.articles.values()}
    general = {str(word) for leaf in leaves(vocabulary("roles")) for word in str(leaf).split()}
    general |= {"Northern"}  # a language's name has it
    states = {str(state).lower() for state in vocabulary(NAMES_OF_STATES)} - {
        "georgia",
        "chad",
        "jordan",
        "turkey",
    }
    for name in NAMES:
        if name == NAMES_OF_STATES:
            continue
        words = {word for leaf in leaves(vocabulary(name)) for word in re.findall(r"\w+", str(leaf))}
        capitals = {word for word in words if word[:1].isupper()}
        assert not (capitals & ours) - general, name
        assert not words & outlets, name
        assert not {word.lower() for word in words} & states, name


def test_a_missing_file_is_said_in_one_line() -> None:
    """A vocabulary that is not there is an error that names the file."""
    with pytest.raises(VocabularyError, match=r"vocabulary/nowhere\.yaml"):
        vocabulary("nowhere")


@pytest.mark.parametrize("name", [name for name in NAMES if name != NAMES_OF_STATES])
def test_every_entry_is_read(name: str) -> None:
    """A list or pattern that no rule goes by is dead."""
    package = Path(str(FOLDER)).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    used = {"plover"}  # what other programs call our acts: data for exports
    assert [
        key for key in vocabulary(name) if key not in used and not re.search(rf"[\"']{key}[\"']", code)
    ] == []
