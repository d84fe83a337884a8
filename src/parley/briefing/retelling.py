"""What changed between a passage and the one that retells it, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from parley.linking.text import content_words, overlap
from parley.model import Article, Lineage, Span
from parley.reader.quotes import quotations
from parley.reader.sentences import sentences

WORD = re.compile(r"\w+(?:[-’'.,]\w+)*|[^\w\s]")
VERBATIM = frozenset({"copy", "excerpt"})  # kinds of lineage that keep whole sentences
ALIKE = 0.5  # share of their words from which two passages of such an edge belong together
CHANCE = 4  # letters up to which a single word that both passages share is chance


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in both passages ("same") or only in this one ("gone" or "new")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Retelling:
    """A passage of the original beside the one that retells it."""

    original: Span
    derived: Span
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    unquoted: bool  # words in quotation marks became a paraphrase


def retellings(
    edge: Lineage, original: Article, derived: Article, veil: Callable[[str], str]
) -> Iterator[Retelling]:
    """Every aligned passage of an edge with its changes; `veil` puts roles in place of names that are not shown."""
    spans = [part for quotation in quotations(original.text) for part in quotation.parts]
    kept = [part for quotation in quotations(derived.text) for part in quotation.parts]
    for new, old in passages(edge):
        before, after = changes(veil(old.text), veil(new.text))
        yield Retelling(old, new, before, after, _quoted(old, spans) > 3 and not _quoted(new, kept))


def passages(edge: Lineage) -> tuple[tuple[Span, Span], ...]:
    """The aligned passages of an edge; of a copy or an excerpt only those that have most words in common."""
    if edge.kind not in VERBATIM:
        return edge.passages
    return tuple(
        (new, old)
        for new, old in edge.passages
        if overlap(content_words(new.text), content_words(old.text)) >= ALIKE
    )


def _quoted(passage: Span, quoted: list[tuple[int, int]]) -> int:
    """Number of words of a passage that stand in quotation marks."""
    inside = [(max(start, passage.start), min(end, passage.end)) for start, end in quoted]
    return sum(len(passage.text[s - passage.start : e - passage.start].split()) for s, e in inside if s < e)


def changes(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two passages as runs of same and changed words; joined, each gives its passage back."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(
        None, [t.strip().lower() for t in old], [t.strip().lower() for t in new], autojunk=False
    )
    left: list[Run] = []
    right: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        one, other = "".join(old[a:b]), "".join(new[c:d])
        same = tag == "equal" and (b - a > 1 or len(one.strip()) > CHANCE)
        _extend(left, "same" if same else "gone", one)
        _extend(right, "same" if same else "new", other)
    return tuple(left), tuple(right)


def _tokens(text: str) -> list[str]:
    """Words and marks, each with the space behind it; the first with the space before it."""
    starts = [match.start() for match in WORD.finditer(text)]
    if not starts:
        return [text] if text else []
    starts[0] = 0
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)])]


def _extend(runs: list[Run], kind: str, text: str) -> None:
    if text and runs and runs[-1].kind == kind:
        runs[-1] = Run(kind, runs[-1].text + text)
    elif text:
        runs.append(Run(kind, text))


def without_counterpart(article: Article, passages: Iterable[Span]) -> tuple[Span, ...]:
    """Sentences of a text that no aligned passage covers; lines without an end mark (headings) are left out."""
    covered = [(passage.start, passage.end) for passage in passages]
    return tuple(
        Span(start, end, article.text[start:end])
        for start, end in sentences(article.text)
        if article.text[start:end].rstrip("\"'”’»)")[-1:] in {".", "!", "?", "…"}
        and not any(start < last and end > first for first, last in covered)
    )
