"""What is dear to find out about a text, or about two, found out once: kept in the process and in the record's file.

A function that is `kept` is pure. What it gave goes by a key of its name, of what it was asked and of the code and words
that it goes by, so that it is used again only where it would be found again. Nothing depends on whether it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, get_type_hints

from parley.contract import from_data
from parley.model import digest
from parley.readings import code_digest

Asked = ParamSpec("Asked")
Given = TypeVar("Given")
MOST = 250_000  # answers of one function that a process keeps
GOES_BY = ("agreement", "contract.py", "linking", "model", "reader", "vocabulary")  # besides what is asked


@dataclass(frozen=True)
class Book:
    """Answers by key: those that a record's file holds, as JSON, and those that were asked for since it was opened."""

    known: Mapping[str, str]
    used: dict[str, Any] = field(default_factory=dict)


_open: ContextVar[Book | None] = ContextVar("_open", default=None)


@contextmanager
def opened(known: Mapping[str, str]) -> Iterator[Book]:
    """A book in which answers are looked up, and noted as they are used, until the end of the block."""
    book = Book(known)
    token = _open.set(book)
    try:
        yield book
    finally:
        _open.reset(token)


def kept(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """A pure function of strings, numbers and whatever has a `key` that stands for all of it; its answers are kept."""
    name = f"{function.__module__}.{function.__qualname__}"
    memory: dict[tuple[Any, ...], tuple[str, Given]] = {}

    def answer(marks: tuple[object, ...], *asked: Asked.args, **named: Asked.kwargs) -> tuple[str, Given]:
        key = digest(name, code_digest(*GOES_BY), *marks)
        book = _open.get()
        told = book.known.get(key) if book else None
        if told is None:
            return key, function(*asked, **named)
        return key, from_data(_hint(function), json.loads(told))

    @wraps(function)
    def ask(*asked: Asked.args, **named: Asked.kwargs) -> Given:
        marks = (*map(_mark, asked), *sorted((word, _mark(one)) for word, one in named.items()))
        found = memory.get(marks)
        if found is None:
            if len(memory) >= MOST:
                memory.clear()
            found = memory[marks] = answer(marks, *asked, **named)
        key, given = found
        book = _open.get()
        if book is not None:
            book.used[key] = given
        return given

    return ask


def _mark(asked: object) -> object:
    """What stands for all of a value: its `key`, if it has one."""
    return getattr(asked, "key", asked)


@cache
def _hint(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - whatever a kept function gives
    """What a function gives, as its signature says."""
    return get_type_hints(function)["return"]
