"""Where removed words stand, known by their salted hashes, and a text, a row or what comes in without them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from parley.byhand.codes import code_id
from parley.contract import from_data, to_data
from parley.linking.text import fold
from parley.model import BLOCK, Article, Code, Correction, Mark, Unread, correction_id

LEAD = 3  # words that are looked up before a longer window is hashed
WORD = re.compile(rf"[\w\u0300-\u036f]+|{BLOCK}+")  # accents set apart, too; no name goes on behind a block
FIXED = frozenset(
    {
        "id",
        "article",
        "kind",
        "published_from",
        "language",
        "sensitivity",
        "action",
        "at",
        "raw_digest",
        "salt",
    }
)
ADDRESS = re.compile(r"\S*\w[./:@_-]\S*")  # of a page, a person or a file
Row = TypeVar("Row")
Words = list[tuple[int, int, str]]  # where each word stands, and its folded form


def hashed(salt: str, words: Sequence[str]) -> str:
    """The salted SHA-256 of folded words."""
    return hashlib.sha256("\0".join((salt, *words)).encode()).hexdigest()


def words_of(text: str) -> Words:
    """The words of a text, folded."""
    return [(m.start(), m.end(), _folded_word(m.group())) for m in WORD.finditer(text)]


_folded_word = lru_cache(100_000)(fold)


class Redactor:
    """Takes what marks know out of texts, articles and rows."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Order marks by how many words have to be looked up first."""
        self.salt = ""
        self.whole: set[str] = set()
        self.leads: dict[int, dict[str, set[tuple[int, str]]]] = defaultdict(lambda: defaultdict(set))
        for mark in marks:
            self.salt = mark.salt
            if mark.words:
                self.leads[min(mark.words, LEAD)][mark.lead].add((mark.words, mark.sha256))
            else:
                self.whole.add(mark.sha256)
        self.looked_up: dict[tuple[str, ...], str] = {}

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where words stand that are to be taken out. A single word in small letters is the name only in an address."""
        if not self.leads:
            return []
        words, found = words_of(text), []
        in_address = ADDRESS.fullmatch(text) is not None
        for first in range(len(words)):
            for size, marks in self.leads.items():
                for length, sha256 in marks.get(self._lead(words[first : first + size]), ()):
                    window = words[first : first + length]
                    start, end = window[0][0], window[-1][1]
                    if hashed(self.salt, [word for _, _, word in window]) == sha256 and (
                        in_address or length > 1 or not text[start:end].islower()
                    ):
                        found.append((start, end))
        return found

    def _lead(self, words: Words) -> str:
        key = tuple(word for _, _, word in words)
        if key not in self.looked_up:
            self.looked_up[key] = hashed(self.salt, key)
        return self.looked_up[key]

    def blocked(self, text: str) -> str:
        """A text with a block of the same length wherever words are to be taken out."""
        for start, end in self.places(text):
            text = text[:start] + re.sub(r"[^\n]", BLOCK, text[start:end]) + text[end:]
        return text

    def anew(self, value: Any) -> Any:  # noqa: ANN401 - JSON data
        """Plain data with every string of it blocked, JSON in a string too; ids, days and kinds stay."""
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, list):
            return [self.anew(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {name: item if name in FIXED else self.anew(item) for name, item in value.items()}

    def _string(self, value: str) -> str:
        if value[:1] not in {"{", "["}:
            return self.blocked(value)
        try:
            data = json.loads(value)
        except ValueError:
            return self.blocked(value)
        clean = self.anew(data)
        return value if clean == data else json.dumps(clean, ensure_ascii=False, sort_keys=True)

    def row(self, row: Row) -> Row:
        """A row with every string of it blocked; its id stays."""
        data = to_data(row)
        changed = self.anew(data)
        return row if changed == data else from_data(type(row), changed)

    def arrivals(self, came_in: Iterable[Article | Unread]) -> list[Article | Unread]:
        """What comes in without what was taken out: whole texts go, and reports keep their ids."""
        found: list[Article | Unread] = []
        if not self.leads and not self.whole:
            return list(came_in)
        for one in came_in:
            if isinstance(one, Unread):
                found.append(replace(one, file=self.blocked(one.file), reason=self.blocked(one.reason)))
            elif not self.removes(one):
                made = self.row(one)
                # what was removed can be guessed from a digest of the bytes as they came
                found.append(one if made == one else replace(made, raw_digest=""))
        return found

    def removes(self, article: Article) -> bool:
        """Whether the whole text is to go."""
        return bool(self.whole and self.whole & set(whole_hashes(self.salt, article)))

    def corrections(self, made: Iterable[Correction]) -> list[Correction]:
        """Corrections without what was taken out, in their order; where words went the id is derived again."""
        new_ids: dict[str, str] = {}
        found = []
        for one in made:
            clean = self.row(one)
            clean = replace(
                clean, row=new_ids.get(clean.row, clean.row), value=new_ids.get(clean.value, clean.value)
            )
            if clean != one:
                new_ids[one.id] = correction_id(clean.row, clean.action, clean.value, clean.author, clean.at)
                clean = replace(clean, id=new_ids[one.id])
            found.append(clean)
        return found

    def codes(self, codes: Iterable[Code]) -> list[Code]:
        """Codes without what was taken out; where words went the id is derived again."""
        clean = map(self.row, codes)
        return [replace(one, id=code_id(one.row, one.code, one.value, one.coder, one.at)) for one in clean]


def whole_hashes(salt: str, article: Article) -> tuple[str, str]:
    """What a whole text is known by: its id, and its outlet with its words."""
    words = [word for _, _, word in words_of(article.text)]
    return hashed(salt, [article.id]), hashed(salt, [fold(article.outlet), *words])
