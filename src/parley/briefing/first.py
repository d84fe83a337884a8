"""What stands on the first page, in its order, as small values that a template prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Source, Told
from parley.briefing.wording import DAY_FROM, clipped, day
from parley.check import Check
from parley.model import Article, Claim, Figure, FigureRelation
from parley.summary import who_is_heard

KINDS = ("conflict", "adds_up", "different_scope", "superseded", "agree")
OWN_TEXTS = frozenset({"statement", "agreement"})


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as lists show it."""

    source: Source
    title: str
    day: str
    day_from: str
    day_in_text: bool
    kind: str
    language: str
    retold_as: str  # copy, rewrite ... of the report that `source.copy_of` marks
    statements: int
    figures: int


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A side with how many statements of it the record holds."""

    name: str
    statements: int
    told_by_others: int


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure with its source and who gives it."""

    words: str
    giver: str
    source: Source


@dataclass(frozen=True, slots=True)
class Relation:
    """Figures about one thing and how they stand to one another."""

    id: str
    relation: str
    why: str
    figures: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One thing said in reports: who says it and where, the two counts, who denies it."""

    id: str
    says: tuple[Told, ...]
    denied_by: tuple[Told, ...]
    carried_by: int
    voices: int


@dataclass(frozen=True, slots=True)
class CheckFirst:
    """What a person should look at before using the record."""

    days: tuple[ReportLine, ...]
    one_voice: tuple[SaidBy, ...]
    sides: tuple[FigureTold, ...]
    speakers: tuple[Told, ...]


def report_lines(look: Lookup) -> tuple[ReportLine, ...]:
    """Every report in the record's order."""
    said = Counter(statement.article for statement in look.record.statements)
    counts = Counter(figure.article for figure in look.record.figures)
    return tuple(
        ReportLine(
            look.report(article.id),
            title_of(article),
            day(article.published, short=True) or "day not known",
            day_from(article),
            article.published is not None and article.published_from == "text",
            article.kind,
            article.language,
            look.retold_as.get(article.id, ""),
            said[article.id],
            counts[article.id],
        )
        for article in look.record.articles
    )


def day_from(article: Article) -> str:
    """Where a report's day comes from, in words."""
    return DAY_FROM.get(article.published_from, article.published_from) if article.published else "none found"


def title_of(article: Article) -> str:
    """A report's title, else the first words of its text."""
    return clipped(article.title or article.text.strip().split("\n")[0], 120) or article.file


def heard_lines(look: Lookup) -> tuple[HeardLine, ...]:
    """Who is heard, the names of people who are only handed over veiled."""
    return tuple(
        HeardLine(look.veil(one.name), one.statements, one.told_by_others)
        for one in who_is_heard(look.record)
    )


def only_through_others(look: Lookup, heard: tuple[HeardLine, ...]) -> tuple[str, ...]:
    """Sides every statement of whom came through somebody else."""
    bodies = {actor.name for actor in look.record.actors if actor.kind != "role"}
    return tuple(one.name for one in heard if one.name in bodies and one.told_by_others == one.statements)


def own_texts(reports: tuple[ReportLine, ...]) -> tuple[ReportLine, ...]:
    """The texts that a side published itself, and agreements."""
    return tuple(line for line in reports if line.kind in OWN_TEXTS)


def relations(look: Lookup) -> tuple[Relation, ...]:
    """Relations between figures: conflicts first, then sums, then the others; those between most reports first."""
    found = sorted(
        look.record.figure_relations,
        key=lambda one: (
            KINDS.index(one.relation),
            -len({look.figures[f].article for f in one.figures}),
            one.id,
        ),
    )
    return tuple(_relation(look, relation) for relation in found)


def _relation(look: Lookup, relation: FigureRelation) -> Relation:
    figures = tuple(figure_told(look, look.figures[one]) for one in relation.figures)
    return Relation(
        relation.id, relation.relation.replace("_", " "), relation.why.replace(" - ", " − "), figures
    )


def figure_told(look: Lookup, figure: Figure) -> FigureTold:
    """A figure's words with who gives it."""
    return FigureTold(clipped(look.veil(figure.text), 80), look.giver(figure), look.source(figure))


def disputed_claims(look: Lookup) -> tuple[SaidBy, ...]:
    """Claims that somebody denies, the most carried first."""
    return _ranked([said_by(look, claim) for claim in look.record.claims if claim.denied_by])


def shared_claims(look: Lookup) -> tuple[SaidBy, ...]:
    """Claims that several statements make and nobody denies, the most carried first."""
    return _ranked(
        [said_by(look, claim) for claim in look.record.claims if len(claim.says) > 1 and not claim.denied_by]
    )


def _ranked(claims: list[SaidBy]) -> tuple[SaidBy, ...]:
    return tuple(sorted(claims, key=lambda one: (-one.carried_by, one.voices, one.id)))


def said_by(look: Lookup, claim: Claim) -> SaidBy:
    """A claim as a row."""
    says = tuple(look.told(look.statements[one]) for one in claim.says)
    denied = tuple(
        look.told(one, one.cue.text if one.cue else "answered")
        for one in map(look.statements.__getitem__, claim.denied_by)
    )
    return SaidBy(claim.id, says, denied, len(claim.carried_by), len(claim.voices))


def check_first(
    look: Lookup, queue: Sequence[Check], reports: tuple[ReportLine, ...], shared: tuple[SaidBy, ...]
) -> CheckFirst:
    """The queue by what it asks, in its order; figures and speakers of copies are left to the page of the queue."""
    lines = dict(zip(look.articles, reports))
    first = {claim.id: claim.says[0] for claim in look.record.claims}
    rows = {kind: [one.row for one in queue if one.what == kind] for kind in ("claim", "figure", "speaker")}
    asked = set(rows["claim"])
    figures = (look.figures[row] for row in rows["figure"])
    speakers = (look.statements[row] for row in rows["speaker"])
    return CheckFirst(
        tuple(lines[one.row] for one in queue if one.row in lines),
        tuple(claim for claim in shared if first[claim.id] in asked),
        tuple(figure_told(look, one) for one in figures if not look.is_copy(one.article)),
        tuple(look.told(one) for one in speakers if not look.is_copy(one.article)),
    )
