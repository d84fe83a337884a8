"""Allegations: which words of a report say that somebody broke what was agreed, who says so, and of whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from parley.agreement.accused import both_ways, directed
from parley.agreement.alleged import Allegation, Bound, Here, Told, pattern
from parley.agreement.parties import Sides, word_places
from parley.linking.actors import actor_id
from parley.linking.text import fold
from parley.model import Act, Article, Statement, Term, Time
from parley.reader.needs import innermost
from parley.reader.sentences import sentences

SIGNS = ("violation", "failing")  # the surest first
TAIL = 40  # characters from the last words of a statement to the end of its sentence: "..., he said."
DENIED = 220  # characters behind the sentence of an allegation within which its answer begins
Row = TypeVar("Row", Act, Statement, Time)


def find_allegations(told: Told, terms: Sequence[Term]) -> Iterator[Allegation]:
    """The allegations of every report in text order, each with accuser and accused, as far as the text points to them."""
    statements = by_article([one for one in told.statements if not _promises(one)])
    acts = by_article([act for act in told.acts if act.act == "ACCUSE" or _is_denial(act)])
    named = _named(told)
    bound = Bound(terms, told.sides)
    for article in told.articles:
        if article.kind not in {"report", "statement"}:
            continue
        here = Here(told.sides, named.get(article.id, []), bound, acts[article.id], {})
        for at in sentences(article.text):
            for one in _in_sentence(article, at, statements[article.id], here):
                for found in both_ways(one, here) or (directed(one, here),):
                    if found.accuser and found.accused:
                        here.before[here.side(found.accuser, article.id)] = found.accused
                        yield found


def _is_denial(act: Act) -> bool:
    """Whether an act answers an allegation: a denial, or a refusal of a claim."""
    return bool(act.actor) and (
        act.act == "DENY" or (act.act == "REJECT" and pattern("claim").search(act.text) is not None)
    )


def by_article(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by the id of their article."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.article].append(row)
    return found


def _in_sentence(
    article: Article, at: tuple[int, int], said: Sequence[Statement], here: Here
) -> Iterator[Allegation]:
    """What one sentence alleges: by each act of accusing that is about something agreed, else by its own words."""
    text = article.text[slice(*at)]
    sign = _sign(text, SIGNS)
    if sign and pattern("supposed").search(text[: sign.start()]):
        return
    inside = [act for act in here.acts if at[0] <= act.start < at[1]]
    denying = next((act for act in inside if act.act != "ACCUSE"), None)
    by_acts = [_by_act(article, at, act, said, here) for act in inside if act.act == "ACCUSE"]
    meant = [
        one
        for one in by_acts
        if one.speaker and not _is_answered(one, denying, here) and _is_about(one, sign is not None, here)
    ]
    yield from meant
    told_of = sign or pattern("alleged").search(text)
    if not meant:
        yield from _denied(article, at, denying, said, here)
    if told_of and not meant:
        where = (article, *at, at[0] + told_of.start(), at[1])
        yield from _by_words(Allegation(*where, "", only_called=sign is None), denying, said, here)


def _by_words(
    one: Allegation, denying: Act | None, said: Sequence[Statement], here: Here
) -> Iterator[Allegation]:
    """What a sentence alleges by its own words, with whose words they are."""
    inner = innermost(said, one.at)
    speaker = denying.actor if denying else inner.speaker_name if inner else _issuer(one.article, here.sides)
    sure = any(pattern(key).search(one.text) for key in ("violation", "accuse", "failing"))
    if speaker or sure:
        rows = tuple(row.id for row in (denying, inner) if row) or (one.article.id,)
        found = replace(
            one, speaker=speaker, said=inner, evidence=rows, denial=denying is not None, sure=sure
        )
        yield replace(found, denier="" if denying else _denier(found, here))


def _is_answered(one: Allegation, denying: Act | None, here: Here) -> bool:
    """Whether what looks like an accusation is what its speaker denies: "denied that it had violated the accord"."""
    return (
        denying is not None
        and denying.start <= one.at
        and here.side(denying.actor, one.article.id) == here.side(one.speaker, one.article.id)
        and not pattern("accuse").search(one.words)
    )


def _denied(
    article: Article, at: tuple[int, int], denial: Act | None, said: Sequence[Statement], here: Here
) -> Iterator[Allegation]:
    """What somebody else says in the sentence before a denial, which answers it: "told to report, he said. X denied it"."""
    if denial is None or denial.act != "DENY" or not pattern("denied").search(denial.text):
        return
    before = article.text[: at[0]].rstrip()
    if (
        not actor_id(here.sides.index, article.id, denial.actor)
        or "\n\n" in article.text[len(before) : at[0]]
    ):
        return
    told = [one for one in said if any(p.start < len(before) <= p.end + TAIL for p in one.content)]
    for one in told:
        side = here.side(denial.actor, article.id)
        if one.speaker_name and here.side(one.speaker_name, article.id) != side:
            first, last = one.content[0].start, one.content[-1].end
            start, end = next((s for s in sentences(article.text) if s[0] <= first < s[1]), (first, last))
            found = Allegation(
                article, start, end, first, last, one.speaker_name, "", one, (one.id, denial.id), True
            )
            yield replace(found, target=side, denier=side)


def _by_act(
    article: Article, at: tuple[int, int], act: Act, said: Sequence[Statement], here: Here
) -> Allegation:
    """The allegation that an act of accusing is.

    In somebody's words whoever does not accuse by a verb of their own is whom it is told of, not who says so.
    """
    inner = next((one for one in said if one.id == act.statement), None) or innermost(said, act.start)
    rows = tuple(row.id for row in (act, inner) if row)
    own = pattern("each").search(act.actor) or (
        actor_id(here.sides.index, article.id, act.actor)
        and (inner is None or pattern("accuse").search(act.text) or pattern("claim").search(act.text))
    )
    speaker = act.actor if own else inner.speaker_name if inner else _issuer(article, here.sides)
    found = Allegation(article, *at, act.start, act.end, speaker, act.target or "", inner, rows, True)
    return replace(found, denier=_denier(found, here))


def _denier(one: Allegation, here: Here) -> str:
    """The other side that denies an allegation in its sentence or right behind it; empty where none does."""
    speaker = here.side(one.speaker, one.article.id)
    sides = (
        here.side(act.actor, act.article)
        for act in here.acts
        if act.act != "ACCUSE" and one.start <= act.start < one.end + DENIED
    )
    return next((side for side in sides if side != speaker), "")


def _is_about(one: Allegation, signed: bool, here: Here) -> bool:
    """Whether an accusation is of something agreed: signs of it, a provision named or alike, or an answer as to a charge."""
    if pattern("of_words").search(one.words):
        return False
    if signed or pattern("each").search(one.speaker):
        return True
    behind = one.article.text[one.until : one.end + DENIED].split("\n")[0]
    answered = one.denier or pattern("deny").search(behind) or pattern("answers").search(behind)
    charged = answered and any(pattern(key).search(one.text) for key in ("charged", "accuse"))
    named = pattern("named").search(one.text) or pattern("charge").search(one.text)
    return bool(charged or named or here.bound.nearest(one))


def _promises(said: Statement) -> bool:
    """Whether a statement is itself the promise that is said to be broken: its speaker accuses nobody."""
    return said.cue is not None and pattern("promise").search(said.cue.text) is not None


def _issuer(article: Article, sides: Sides) -> str:
    """The party whose own statement an article is; empty for a report."""
    return next(
        (p for p in sides.parties if re.match(rf"{re.escape(fold(p))}(?:,|$)", fold(article.outlet))), ""
    )


@lru_cache(maxsize=100_000)
def _sign(text: str, signs: tuple[str, ...]) -> re.Match[str] | None:
    """The first of the words of some kinds that a sentence holds; kept, since every later build asks again."""
    return next((match for key in signs if (match := pattern(key).search(text))), None)


def _named(told: Told) -> dict[str, list[tuple[int, str]]]:
    """Per article where it names a body, or a party's person, and the side that it stands for, in order."""
    with_people = {actor.affiliation for actor in told.sides.actors.values()}
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for actor in told.sides.actors.values():
        is_body = actor.kind in {"organisation", "state"} or (
            actor.kind == "group" and actor.name[:1].isupper() and actor.id in with_people
        )
        for mention in actor.mentions:
            side = told.sides.of(mention.text, mention.article)
            if is_body or side in told.sides.parties:
                found[mention.article].add((mention.start, side or actor.name))
    for article in told.articles:
        for word, places in word_places(article.text).items():
            name = told.sides.party(word)
            if name:
                found[article.id].update((place, name) for place in places)
    return {article: sorted(places) for article, places in found.items()}
