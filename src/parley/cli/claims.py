"""The command that finds a claim: claim."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from parley.briefing.wording import day as day_words
from parley.briefing.wording import listed
from parley.cli.door import counted, load_shown, main, one_line, record_argument, shown_options
from parley.errors import ParleyError
from parley.harm import veil, veiled
from parley.linking.claims import denies
from parley.linking.nearest import Near, claim_of, nearest_claims
from parley.model import Article, Claim, Record, Statement

ARTICLES = {"copy": "a", "rewrite": "a", "excerpt": "an", "translation": "a"}
DIFFERS = {
    "figures": "with other figures",
    "days": "with other days",
    "opposite": "saying the opposite",
    "words": "in other words and perhaps something else",
}
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


@main.command()
@record_argument
@click.argument("sentence")
@click.option("--json", "as_data", is_flag=True, help="One JSON object instead of lines.")
@shown_options
@one_line
def claim(record: Path, sentence: str, as_data: bool, include: tuple[str, ...], day: date) -> None:
    """Find the claim nearest to SENTENCE: how many of the reports carry it, who says it, who denies it.

    Words such as "three outlets confirm that" are set aside: what counts is what they are said to confirm.

    \b
    parley claim truce.db "Three outlets confirm that the north gate reopens on Monday"
    """
    if not claim_of(sentence):
        raise ParleyError("the sentence says nothing: write what is claimed, in quotation marks")
    told = _Told.of(load_shown(record, include, day))
    found = nearest_claims(told.record, sentence)
    if as_data:
        rows = [told.row(near) for near in found]
        click.echo(json.dumps({"sentence": claim_of(sentence), "claims": rows}, ensure_ascii=False, indent=1))
        return
    said = [near for near in found if not near.differs]
    lines = told.answer(said[0].claim) if said else told.none_says(found)
    click.echo("\n".join(lines))


@dataclass(frozen=True)
class _Told:
    """A record with its indexes, and what is said of a claim in it."""

    record: Record
    articles: Mapping[str, Article]
    statements: Mapping[str, Statement]
    names: Mapping[str, str]  # actor id -> name
    hidden: dict[str, str]

    @classmethod
    def of(cls, record: Record) -> _Told:
        """The record with its indexes."""
        return cls(
            record,
            {article.id: article for article in record.articles},
            {statement.id: statement for statement in record.statements},
            {actor.id: actor.name for actor in record.actors},
            veiled(record),
        )

    def answer(self, claim: Claim) -> list[str]:
        """Both counts, what is derived from what, and the words with outlet and day."""
        carried = len(claim.carried_by)
        among = ", that are no copies of one another" if carried > 1 else ""
        if carried:
            reports = counted(len(self.record.texts), "report")
            lines = [f"Carried by {carried} of these {reports}{among}; {self._voices(claim)}."]
        else:
            lines = [f"Carried only by reports that derive from another; {self._voices(claim)}."]
        lines += self._derived(claim)
        lines += ["Said by", *(f"  {self._words(one)}" for one in claim.says)]
        if claim.denied_by:
            lines += ["Denied by", *(f"  {self._words(one)}" for one in claim.denied_by)]
        return lines

    def _voices(self, claim: Claim) -> str:
        names = [veil(self.names[voice], self.hidden) for voice in claim.voices]
        return f"voices {len(names)}" + (f": {listed(names)}" if names else ": who says it is not resolved")

    def _derived(self, claim: Claim) -> list[str]:
        """One line for each further report that has the claim from another."""
        held = dict.fromkeys(self.statements[one].article for one in claim.says)
        edges = {edge.derived: edge for edge in reversed(self.record.lineage)}
        retold = [edges[article] for article in held if article in edges]
        return [
            f"A {_ordinal(number)} report, {self._report(edge.derived)}, is "
            f"{ARTICLES[edge.kind]} {edge.kind} of {self._report(edge.from_)}."
            for number, edge in enumerate(retold, start=len(claim.carried_by) + 1)
        ]

    def _report(self, article: str) -> str:
        return f"{self.articles[article].outlet} ({self.articles[article].file})"

    def _words(self, statement: str) -> str:
        """Who says what in which words, with outlet and day."""
        one = self.statements[statement]
        article = self.articles[one.article]
        words = " … ".join(" ".join(piece.text.split()) for piece in one.content)
        where = ", ".join(filter(None, [article.outlet, day_words(article.published), article.file]))
        via = f", through {listed(one.chain)}" if one.chain else ""
        verb = " denies" if denies(one) else ""
        return f"{veil(one.speaker_name, self.hidden)}{via}{verb}: “{veil(words, self.hidden)}” ({where})"

    def none_says(self, found: tuple[Near, ...]) -> list[str]:
        """That no report says it, and the nearest that one says."""
        lines = [f"None of these {counted(len(self.record.texts), 'report')} has anybody say that."]
        if found:
            near = found[0]
            lines += [f"Nearest, {DIFFERS[near.differs]}:", f"  {self._words(near.claim.says[0])}"]
            lines += [f"  denied by {self._words(one)}" for one in near.claim.denied_by]
        return lines

    def row(self, near: Near) -> dict[str, Any]:
        """A claim near the sentence as data."""
        claim = near.claim
        return {
            "id": claim.id,
            "score": near.score,
            "differs": near.differs,
            "reports": len(self.record.texts),
            "carried_by": [self.articles[one].file for one in claim.carried_by],
            "voices": [veil(self.names[one], self.hidden) for one in claim.voices],
            "says": [self._words(one) for one in claim.says],
            "denied_by": [self._words(one) for one in claim.denied_by],
            "derived": self._derived(claim),
            "reported": claim.reported.isoformat() if claim.reported else None,
            "last_reported": claim.last_reported.isoformat() if claim.last_reported else None,
        }


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else ORDINALS.get(number % 10, 'th')}"
