"""What is worth a person's look first, ordered by what would change: days of reports, then disputed, then one voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parley.contract import tables
from parley.model import Article, Figure, Record, Statement

GUESSED = {"guess": 0, "table": 1, "page": 2}  # how far a day is from what the text itself says
COUNTED = frozenset({"person", "body"})
SIDED = frozenset({"released", "held", "promised", "demanded"})


@dataclass(frozen=True, slots=True)
class Check:
    """A row worth a look: what to look at, why, and how many rows would change with it."""

    row: str
    what: str
    words: str
    why: str
    rank: int
    hangs: int = 0


def check_first(record: Record) -> tuple[Check, ...]:
    """The queue: by rank, then by how much hangs on it. What a person has decided about already is left out."""
    decided = {one.row for one in record.outcomes if one.outcome == "applied"}
    onto = _resting(record)
    compared = {one.id: one.figures for one in record.figure_relations}
    found = [*_days(record), *_disputed(record), *_one_voice(record), *_unclear(record)]
    queue = [
        replace(one, hangs=len(_reached(onto, one.row, compared.get(one.row, ()))))
        for one in found
        if one.row not in decided
    ]
    return tuple(sorted(queue, key=lambda one: (one.rank, -one.hangs, one.row)))


def _resting(record: Record) -> dict[str, list[str]]:
    """Row id -> rows that name it as evidence, member, statement or report."""
    onto: dict[str, list[str]] = defaultdict(list)
    for name in tables():
        for place, row in enumerate(getattr(record, name)):
            here = getattr(row, "id", f"{name} {place}")
            named = {
                getattr(row, "article", None),
                getattr(row, "statement", None),
                *getattr(row, "evidence", ()),
                *getattr(row, "figures", ()),
            }
            for one in named:
                if one and one != here:
                    onto[one].append(here)
    return onto


def _reached(onto: Mapping[str, Sequence[str]], row: str, compared: Sequence[str]) -> set[str]:
    """The rows that rest on a row, on what rests on it, and so on; of a comparison those that rest on its figures."""
    seen = {row, *compared}
    todo = [row, *compared]
    while todo:
        for one in onto.get(todo.pop(), ()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen - {row, *compared}


def _days(record: Record) -> Iterator[Check]:
    for article in record.texts:
        if article.published_from in GUESSED:
            day = str(article.published or "no day")
            yield Check(
                article.id,
                "day of a report",
                f"{article.outlet}, {article.file}: {day}",
                f"the day is not in the text ({article.published_from}); every weekday in it counts from there",
                GUESSED[article.published_from],
            )


def _disputed(record: Record) -> Iterator[Check]:
    statements = {one.id: one for one in record.statements}
    for claim in record.claims:
        if claim.denied_by:
            yield _of_claim(claim.says[0], statements, f"denied by {len(claim.denied_by)}", 3)
    figures = {one.id: one for one in record.figures}
    for relation in record.figure_relations:
        if relation.relation == "conflict":
            words = " / ".join(f"“{figures[one].text}”" for one in relation.figures if one in figures)
            yield Check(relation.id, "figures told differently", words, relation.why, 3)


def _one_voice(record: Record) -> Iterator[Check]:
    statements = {one.id: one for one in record.statements}
    for claim in record.claims:
        if len(claim.carried_by) > 1 and len(claim.voices) == 1:
            yield _of_claim(claim.says[0], statements, f"carried by {len(claim.carried_by)}, voices 1", 4)


def _of_claim(row: str, statements: dict[str, Statement], why: str, rank: int) -> Check:
    said = statements[row]
    words = f"{said.speaker_name}: “{' '.join(said.content[0].text.split())[:90]}”"
    return Check(row, "claim", words, why, rank)


def _unclear(record: Record) -> Iterator[Check]:
    """Where the reading itself leaves something open: whose people, who speaks."""
    articles = {one.id: one for one in record.articles}
    for figure in record.figures:
        if (
            figure.unit in COUNTED
            and figure.status in SIDED
            and not (figure.held_by or figure.from_ or figure.to)
        ):
            yield Check(figure.id, "figure", _placed(figure, articles), "side unclear", 5)
    for statement in record.statements:
        if statement.actor is None:
            words = f"{statement.speaker_name or 'nobody named'}: {_placed(statement, articles)}"
            yield Check(statement.id, "speaker", words, "speaker not resolved", 6)


def _placed(row: Figure | Statement, articles: dict[str, Article]) -> str:
    words = row.text if isinstance(row, Figure) else row.content[0].text
    return f"“{' '.join(words.split())[:80]}” ({articles[row.article].outlet})"
