"""Two reports side by side: passages, what changed in retelling, claims and figures that both have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from parley.briefing.first import KINDS, FigureTold, figure_told, title_of
from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.retelling import Retelling, passages, retellings, without_counterpart
from parley.briefing.wording import DRIFTS, RELATIONS, clipped, counted, day
from parley.model import Claim, Drift, FigureRelation, Lineage, SharedPassage, derived_id

TOLD_BY_WHY = frozenset({"agree", "adds_up"})  # relations whose reason says which they are
PAIRED = 6  # reports of one claim or figure of which each two get a page
Pair = tuple[str, str]  # article ids, the earlier in the record first


@dataclass(frozen=True, slots=True)
class Beside:
    """One of two reports: its mark, title and day."""

    source: Source
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that changed on the way: what kind, the words before and after, a remark."""

    kind: str
    before: str
    before_at: Source | None
    after: str
    after_at: Source | None
    note: str


@dataclass(frozen=True, slots=True)
class BothSay:
    """A claim that both reports have: its statements in each, and those that deny it."""

    one: tuple[Told, ...]
    other: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class BothCount:
    """Figures of one thing in both reports, and how they stand to one another."""

    how: str
    one: tuple[FigureTold, ...]
    other: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of reports in a list: its page, the other report, why the two stand together."""

    href: str
    one: Source
    other: Source
    why: str


@dataclass(frozen=True, slots=True)
class Retold:
    """How one report retells another: what changed, passage by passage, and what only one of them has."""

    edge: Lineage
    changed: tuple[Changed, ...]
    passages: tuple[Retelling, ...]
    left_out: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SidePage:
    """Everything that the page of two reports shows; `retold` where the other derives from the one."""

    one: Beside
    other: Beside
    retold: Retold | None
    claims: tuple[BothSay, ...]
    figures: tuple[BothCount, ...]
    background: tuple[tuple[Source, str, Source, str], ...]


class Pairs:
    """Which reports stand side by side, and what each two of them share."""

    def __init__(self, look: Lookup) -> None:
        """Find every pair: by lineage, by a claim, by figures, by a shared passage."""
        self.order = {article: at for at, article in enumerate(look.articles)}
        self.edges: dict[Pair, Lineage] = {}
        self.claims: dict[Pair, list[Claim]] = defaultdict(list)
        self.figures: dict[Pair, list[FigureRelation]] = defaultdict(list)
        self.passages: dict[Pair, list[SharedPassage]] = defaultdict(list)
        for edge in look.record.lineage:
            self.edges.setdefault(self.pair(edge.from_, edge.derived), edge)
        for claim in look.record.claims:
            rows = (*claim.says, *claim.denied_by)
            for pair in self._pairs(look.statements[one].article for one in rows):
                self.claims[pair].append(claim)
        for relation in look.record.figure_relations:
            for pair in self._pairs(look.figures[one].article for one in relation.figures):
                self.figures[pair].append(relation)
        for passage in look.record.shared_passages:
            for pair in self._pairs(article for article, _ in passage.spans):
                self.passages[pair].append(passage)
        found = {*self.edges, *self.claims, *self.figures, *self.passages}
        self.all = sorted(found, key=lambda pair: (self.order[pair[0]], self.order[pair[1]]))

    def pair(self, one: str, other: str) -> Pair:
        """Two reports in the order of the record."""
        return (one, other) if self.order[one] <= self.order[other] else (other, one)

    def _pairs(self, articles: Iterable[str]) -> Iterator[Pair]:
        different = sorted(set(articles), key=self.order.__getitem__)[:PAIRED]
        yield from combinations(different, 2)

    def why(self, pair: Pair) -> str:
        """What two reports share, in words."""
        edge = self.edges.get(pair)
        counts = (
            (self.claims.get(pair, ()), "claim", "claims"),
            (self.figures.get(pair, ()), "relation between figures", "relations between figures"),
            (self.passages.get(pair, ()), "background passage", "background passages"),
        )
        parts = [edge.kind] if edge else []
        parts += [counted(len(rows), one, many) for rows, one, many in counts if rows]
        return ", ".join(parts)


def side_file(pair: Pair) -> str:
    """The file name of the page of two reports."""
    return f"{derived_id('side', pair)}.html"


def tie(look: Lookup, pairs: Pairs, pair: Pair) -> Tie:
    """A pair of reports with a link to its page."""
    return Tie(side_file(pair), look.report(pair[0]), look.report(pair[1]), pairs.why(pair))


def ties(look: Lookup, pairs: Pairs) -> dict[str, list[Tie]]:
    """Article id -> the pairs in which it stands, the other report second."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for pair in pairs.all:
        made = tie(look, pairs, pair)
        found[pair[0]].append(made)
        found[pair[1]].append(replace(made, one=made.other, other=made.one))
    return found


def side_page(look: Lookup, pairs: Pairs, pair: Pair) -> SidePage:
    """The page of two reports; where one derives from the other, the original is the first."""
    edge = pairs.edges.get(pair)
    one, other = (edge.from_, edge.derived) if edge else pair
    return SidePage(
        _report(look, one),
        _report(look, other),
        _retold(look, edge) if edge else None,
        tuple(_both_say(look, claim, one, other) for claim in pairs.claims.get(pair, ())),
        tuple(
            _both_count(look, relation, one, other)
            for relation in sorted(pairs.figures.get(pair, ()), key=_by_kind)
        ),
        tuple(_background(look, passage, one, other) for passage in pairs.passages.get(pair, ())),
    )


def _report(look: Lookup, article: str) -> Beside:
    found = look.articles[article]
    return Beside(look.report(article), title_of(found), day(found.published) or "day not known")


def _retold(look: Lookup, edge: Lineage) -> Retold:
    original, derived = look.articles[edge.from_], look.articles[edge.derived]
    left_out = without_counterpart(original, [old for _, old in passages(edge)])
    added = without_counterpart(derived, [new for new, _ in passages(edge)])
    return Retold(
        edge,
        tuple(_changed(look, edge, drift) for drift in look.drifts_of.get(edge.id, ())),
        tuple(retellings(edge, original, derived, look.veil)),
        tuple(look.veil(sentence.text) for sentence in left_out),
        tuple(look.veil(sentence.text) for sentence in added),
    )


def _changed(look: Lookup, edge: Lineage, drift: Drift) -> Changed:
    before, after = drift.before, drift.after
    return Changed(
        DRIFTS.get(drift.kind, drift.kind),
        clipped(look.veil(before.text), 400) if before else "",
        look.at(edge.from_, before.start, before.end) if before else None,
        clipped(look.veil(after.text), 400) if after else "",
        look.at(edge.derived, after.start, after.end) if after else None,
        look.veil(drift.note.replace(" > ", " → ")),
    )


def _both_say(look: Lookup, claim: Claim, one: str, other: str) -> BothSay:
    says = [look.statements[row] for row in claim.says]
    denied = [look.statements[row] for row in claim.denied_by]
    rows = [(said.article, look.told(said)) for said in says]
    rows += [(said.article, look.told(said, said.cue.text if said.cue else "answered")) for said in denied]
    first, second = (tuple(told for article, told in rows if article == at) for at in (one, other))
    return BothSay(first, second)


def _both_count(look: Lookup, relation: FigureRelation, one: str, other: str) -> BothCount:
    figures = [look.figures[figure] for figure in relation.figures]
    sides = [tuple(figure_told(look, f) for f in figures if f.article == at) for at in (one, other)]
    why = relation.why.replace(" - ", " − ")
    how = why if relation.relation in TOLD_BY_WHY else f"{RELATIONS[relation.relation]}: {why}"
    return BothCount(how, sides[0], sides[1])


def _by_kind(relation: FigureRelation) -> tuple[int, str]:
    return KINDS.index(relation.relation), relation.id


def _background(
    look: Lookup, passage: SharedPassage, one: str, other: str
) -> tuple[Source, str, Source, str]:
    spans = dict(passage.spans)
    first, second = spans[one], spans[other]
    return (
        look.at(one, first.start, first.end),
        look.veil(first.text),
        look.at(other, second.start, second.end),
        look.veil(second.text),
    )
