"""What is kept is used only where it would be found again, and nothing depends on whether it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from parley import Settings, incremental, store
from parley.contract import from_data, to_data
from parley.export import as_json
from parley.kept import kept, opened
from parley.linking.tellings import aligned, retold, telling
from parley.pipeline import build, build_record
from tests.test_incremental import texts

SETTINGS = Settings(processes=1)


@dataclass(frozen=True)
class Found:
    """An answer with all that answers are made of."""

    spans: tuple[tuple[int, int], ...]
    words: frozenset[str]
    share: float | None = None


def counting() -> tuple[Callable[[str], Found], list[str]]:
    """A kept function, and what it was asked so far."""
    asked: list[str] = []

    @kept
    def words_in(text: str) -> Found:
        asked.append(text)
        return Found(((0, len(text)),), frozenset(text.split()), 0.5)

    return words_in, asked


def as_stored(answers: dict[str, object]) -> dict[str, str]:
    """Answers as a record's file has them."""
    return {key: json.dumps(to_data(one)) for key, one in answers.items()}


def test_an_answer_is_found_once_and_noted_each_time() -> None:
    """A second question is answered from memory; each open book notes the answer."""
    words_in, asked = counting()
    with opened({}) as first:
        words_in("the gate stays shut")
    with opened({}) as second:
        words_in("the gate stays shut")
    assert asked == ["the gate stays shut"]
    assert first.used == second.used
    assert list(first.used.values()) == [words_in("the gate stays shut")]


def test_an_answer_of_the_file_is_used_as_it_stands() -> None:
    """What a file holds is taken for the answer, with sets, tuples and numbers as they were; another question isn't."""
    words_in, _ = counting()
    with opened({}) as book:
        given = words_in("the gate stays shut")
    again, asked_again = counting()
    with opened(as_stored(book.used)):
        assert again("the gate stays shut") == given
        assert asked_again == []
        again("the gate opens")
    assert asked_again == ["the gate opens"]


def test_what_has_a_key_goes_by_it() -> None:
    """Two values of one key are one question, whatever else differs."""
    asked: list[object] = []

    class Keyed:
        key = "one"

    @kept
    def number_of(one: Keyed) -> int:
        asked.append(one)
        return len(asked)

    assert number_of(Keyed()) == number_of(Keyed()) == 1


def test_answers_about_real_reports_come_back_from_their_json() -> None:
    """What is kept of two reports is the same value when it is read from the file."""
    one, other = telling(texts()[0]), telling(texts()[3])
    for function, asked in ((aligned, (one, other)), (retold, (one, other, 0.25))):
        with opened({}) as book:
            given = function(*asked)
        (data,) = as_stored(book.used).values()
        assert from_data(get_type_hints(function)["return"], json.loads(data)) == given


def test_the_file_holds_what_the_last_build_asked_for(tmp_path: Path) -> None:
    """A record's file has the answers of its build and no others; saved again without change, they stay."""
    path = tmp_path / "r.db"
    built = build(texts(), SETTINGS)
    store.save(built.record, path, built.readings, kept=built.answers)
    assert store.load_kept(path).keys() == built.answers.keys()
    fewer = build(texts()[:2], SETTINGS)
    store.save(fewer.record, path, fewer.readings, kept=fewer.answers)
    assert store.load_kept(path).keys() == fewer.answers.keys()
    held = incremental.open_record(path)
    incremental.save(held, held)
    assert store.load_kept(path).keys() == fewer.answers.keys()


@pytest.mark.slow
def test_a_program_that_starts_gives_what_a_whole_build_gives(tmp_path: Path) -> None:
    """Another process, which has only what the file keeps, adds a report: the same bytes as building at once."""
    path = tmp_path / "r.db"
    built = build(texts()[:4], SETTINGS)
    store.save(built.record, path, built.readings, kept=built.answers)
    code = (
        "import sys; from pathlib import Path; from parley import Settings, incremental;"
        "from tests.test_incremental import texts; held = incremental.open_record(Path(sys.argv[1]));"
        "incremental.save(held, incremental.add(held, texts()[4:], Settings(processes=1)))"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=Path(__file__).parent.parent)
    assert as_json(store.load(path)) == as_json(build_record(texts(), SETTINGS))
