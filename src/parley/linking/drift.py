"""Drift: what changed on the way from one report into the one that derives from it.

Read off the aligned passages of an edge whose direction is known. Each kind is taken only where nothing else in the
counterpart, or in the whole of the other report, keeps what seems to be gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from parley.kept import kept
from parley.linking.tellings import Telling, aligned, alike, telling
from parley.linking.text import content_words, fold, overlap
from parley.model import Article, Drift, Figure, Lineage, Span, Statement, derived_id, digest, span_of
from parley.reader.cues import cue_verbs
from parley.reader.quotes import Quoted, quotations
from parley.reader.sentences import paragraphs
from parley.vocabulary import vocabulary

QUOTED = 4  # words in quotation marks that make a quotation, no term
CLOSE = 0.25  # cosine of two sentences before a word that only one has means anything
GONE = 0.2  # ... below which a sentence has no counterpart
SAME = 0.5  # share of the words for what is counted that two figures of one thing have in common
RETOLD = 0.2  # share of a quotation's own words that its paraphrase keeps at least
LONG = 12  # words of a paragraph that can be gone
WHOLE = frozenset({"copy", "rewrite", "translation"})  # they tell a report from end to end, an excerpt a part
Found = tuple[str, Span | None, Span | None, str]


@dataclass(frozen=True, eq=False)
class _Side:
    """One report of an edge with what the reader found in it."""

    telling: Telling
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]

    @cached_property
    def key(self) -> str:
        """Stands for all of it."""
        return digest(self.text, self.figures, self.statements)

    @property
    def text(self) -> str:
        """Its text."""
        return self.telling.article.text

    @cached_property
    def quoted(self) -> Quoted:
        """Its quotations."""
        return Quoted(quotations(self.text))

    def figures_in(self, span: Span) -> list[Figure]:
        """The figures of a passage, outside quotation marks or inside."""
        return [one for one in self.figures if span.start <= one.start and one.end <= span.end]

    def said_in(self, span: Span) -> list[Statement]:
        """The statements of which any part stands in a passage."""
        return [
            one
            for start, end, one in self.extents
            if start < span.end
            and span.start < end
            and any(part.start < span.end and span.start < part.end for part in _parts(one))
        ]

    @cached_property
    def extents(self) -> list[tuple[int, int, Statement]]:
        """Its statements with where each begins and ends."""
        return [
            (min(part.start for part in _parts(one)), max(part.end for part in _parts(one)), one)
            for one in self.statements
        ]

    def own_words(self, span: Span) -> str:
        """A passage with blanks for what stands in quotation marks."""
        plain = list(span.text)
        for start, end in self.quoted.within(span.start, span.end):
            plain[start - span.start : end - span.start] = " " * (end - start)
        return fold("".join(plain))


def _parts(statement: Statement) -> Iterator[Span]:
    yield from statement.content
    yield from (part for part in (statement.speaker, statement.cue) if part)


def find_drifts(
    articles: Iterable[Article],
    lineage: Sequence[Lineage],
    figures: Iterable[Figure],
    statements: Iterable[Statement],
) -> tuple[Drift, ...]:
    """Every change that can be read off the aligned passages of the edges, in their order."""
    wanted = {article for edge in lineage if edge.directed for article in (edge.derived, edge.from_)}
    counts, said = defaultdict(list), defaultdict(list)
    for figure in figures:
        counts[figure.article].append(figure)
    for statement in statements:
        said[statement.article].append(statement)
    sides = {
        article.id: _Side(telling(article), tuple(counts[article.id]), tuple(said[article.id]))
        for article in articles
        if article.id in wanted
    }
    return tuple(
        Drift(
            derived_id("drf", (edge.id,), f"{kind} {_place(old)} {_place(new)} {note}"),
            edge.id,
            kind,
            old,
            new,
            note,
        )
        for edge in lineage
        if edge.directed
        for kind, old, new, note in _drifts(
            edge.kind,
            tuple((old.start, new.start) for new, old in edge.passages),
            sides[edge.from_],
            sides[edge.derived],
        )
    )


def _place(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span else "-"


@kept
def _drifts(kind: str, places: tuple[tuple[int, int], ...], before: _Side, after: _Side) -> tuple[Found, ...]:
    """The changes along one edge, by where its passages begin; where a report is added, most edges stay as they are."""
    return tuple(_found(kind, places, before, after))


def _found(kind: str, places: Sequence[tuple[int, int]], before: _Side, after: _Side) -> Iterator[Found]:
    rows = {span[0]: index for index, span in enumerate(before.telling.spans)}
    columns = {span[0]: index for index, span in enumerate(after.telling.spans)}
    cell = alike(before.telling, after.telling)
    for row, column in ((rows[start], columns[again]) for start, again in places):
        old, new = before.telling.passage(row), after.telling.passage(column)
        if kind in WHOLE:
            yield from _paraphrased(before, old, after, new)
        if cell(row, column) >= CLOSE:
            yield from _changed_figures(before, old, after, new)
            yield from _hedged(before, old, after, new)
            yield from _reattributed(before, old, after, new)
            yield from _loaded(before, old, after, new)
    if kind in WHOLE:
        yield from _gone(before.telling, after.telling, cell)


def _paraphrased(before: _Side, old: Span, after: _Side, new: Span) -> Iterator[Found]:
    """Quotations of a passage whose counterpart tells them without marks."""
    if after.quoted.within(new.start, new.end):
        return
    elsewhere = set(content_words(before.own_words(old)))
    for start, end in before.quoted.within(old.start, old.end):
        quote = span_of(before.text, start, end)
        words = set(content_words(quote.text)) - elsewhere
        told = words & set(content_words(new.text))
        if len(quote.text.split()) >= QUOTED and told and len(told) >= RETOLD * len(words):
            yield "quote_paraphrased", quote, new, ""


def _changed_figures(before: _Side, old: Span, after: _Side, new: Span) -> Iterator[Found]:
    """A count of one thing in a passage that is another in its counterpart and stands nowhere else."""
    known = {(one.low, one.high) for one in before.figures}
    kept = {(one.low, one.high) for one in after.figures}
    gone = [one for one in before.figures_in(old) if (one.low, one.high) not in kept]
    fresh = [one for one in after.figures_in(new) if (one.low, one.high) not in known]
    for figure in gone:
        alike_ = [one for one in fresh if _of_one_thing(figure, one)]
        if len(alike_) == 1 and sum(_of_one_thing(one, alike_[0]) for one in gone) == 1:
            (other,) = alike_
            yield (
                "figure_changed",
                span_of(before.text, figure.start, figure.end),
                span_of(after.text, other.start, other.end),
                "",
            )


def _of_one_thing(one: Figure, other: Figure) -> bool:
    return (
        bool(one.unit)
        and one.unit == other.unit
        and one.what != ""
        and overlap(content_words(one.what), content_words(other.what)) >= SAME
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Any word of a list, whole."""
    words = vocabulary("drift")[name]
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))})\b")


def _hedged(before: _Side, old: Span, after: _Side, new: Span) -> Iterator[Found]:
    """A hedge that only one of two passages has, where the other has nothing of its own like it."""
    told, retold = before.own_words(old), after.own_words(new)
    for kind, one, other, span in (("hedge_dropped", told, retold, old), ("hedge_added", retold, told, new)):
        found = _pattern("hedges").search(one)
        if not found or _pattern("hedges").search(other):
            continue
        if not set(_pattern("soft_hedges").findall(other)) - set(_pattern("soft_hedges").findall(one)):
            yield kind, old, new, span.text[found.start() : found.end()]


def _reattributed(before: _Side, old: Span, after: _Side, new: Span) -> Iterator[Found]:
    """Words that one passage gives to somebody and its counterpart to nobody, or to somebody else."""
    said, again = _reporting(before, old), _reporting(after, new)
    if len(said) != 1:
        return
    (one,) = said
    if not one.speaker or set(content_words(one.speaker.text) or content_words(one.speaker_name)) & set(
        content_words(new.text)
    ):
        return
    if not again and not _attributes(new.text):
        yield "attribution_dropped", old, new, one.speaker_name
    elif len(again) == 1 and again[0].speaker and _named(one.speaker) and _named(again[0].speaker):
        other = set(content_words(again[0].speaker_name))
        if one.actor != again[0].actor and not other & set(content_words(old.text)):
            yield "attribution_moved", old, new, f"{one.speaker_name} > {again[0].speaker_name}"


def _reporting(side: _Side, passage: Span) -> list[Statement]:
    """The statements whose cue stands in a passage and reports speech, no act done by speaking."""
    return [one for one in side.said_in(passage) if one.cue and _reports(one.cue, passage)]


def _reports(cue: Span, passage: Span) -> bool:
    if not passage.start <= cue.start < passage.end:
        return False
    verbs = [verb for word in fold(cue.text).split() for verb in cue_verbs().get(word, ())]
    return "according" in fold(cue.text) or any(verb.act is None and "that" in verb.frames for verb in verbs)


def _named(speaker: Span) -> bool:
    """Whether a speaker stands with a name: a capital behind the first word."""
    return any(word[:1].isupper() for word in speaker.text.split()[1:])


def _attributes(passage: str) -> bool:
    """Whether a passage has any word that may attribute."""
    words = fold(passage)
    hedged = any(_pattern(name).search(words) for name in ("hedges", "soft_hedges"))
    return hedged or any(word in cue_verbs() for word in re.findall(r"\w+", words))


def _loaded(before: _Side, old: Span, after: _Side, new: Span) -> Iterator[Found]:
    """A plain word that became one that judges, or the other way round."""
    told, retold = before.own_words(old), after.own_words(new)
    if not (_any_swap().search(told) and _any_swap().search(retold)):
        return
    for plain, loaded in _swaps():
        for first, second in ((plain, loaded), (loaded, plain)):
            one = first.search(told)
            if not one or first.search(retold):
                continue
            known = set(second.findall(told))
            other = next((word for word in second.finditer(retold) if word.group() not in known), None)
            if other:
                yield "word_loaded", old, new, f"{_words(old, one)} > {_words(new, other)}"


@cache
def _swaps() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    def pattern(words: Iterable[str]) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")

    return tuple((pattern(row["plain"]), pattern(row["loaded"])) for row in vocabulary("drift")["loaded"])


@cache
def _any_swap() -> re.Pattern[str]:
    """Any word of any swap: most passages have none."""
    return re.compile("|".join(pattern.pattern for pair in _swaps() for pattern in pair))


def _words(span: Span, found: re.Match[str]) -> str:
    return span.text[found.start() : found.end()]


def _gone(before: Telling, after: Telling, cell: Callable[[int, int], float]) -> Iterator[Found]:
    """Paragraphs without counterpart where what stands around them has counterparts side by side."""
    pairs = dict(aligned(before, after))
    text = before.article.text
    for start, end in paragraphs(text):
        inside = [index for index, span in enumerate(before.spans) if start <= span[0] < end]
        if len(text[start:end].split()) < LONG or any(index in pairs for index in inside) or not inside:
            continue
        ahead = max((pairs[index] for index in pairs if index < inside[0]), default=None)
        behind = min((pairs[index] for index in pairs if index > inside[-1]), default=None)
        if ahead is None or behind is None or behind - ahead > 1:
            continue
        if max(cell(index, column) for index in inside for column in (ahead, behind)) < GONE:
            yield "paragraph_gone", span_of(text, start, end), None, ""
