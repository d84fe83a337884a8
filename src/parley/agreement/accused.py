"""Who alleges a violation and of whom, as far as the text points to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.agreement.alleged import Allegation, Here, pattern
from parley.agreement.parties import Sides
from parley.linking.actors import actor_id

NEAR = 120  # characters before the words of a complaint within which a body is their subject
IN_PARAGRAPH = "named before in the paragraph"
AS_BEFORE = "as of the same speaker's allegation before"
BEARER = "whom alone of the parties the provision binds or names"
DENIER = "who denies it"


def both_ways(one: Allegation, here: Here) -> tuple[Allegation, ...]:
    """The two allegations that "each side accused the other" is; empty for any other."""
    if len(here.sides.parties) != 2 or not (_is_of_both(one, here) and pattern("other").search(one.text)):
        return ()
    first, second = sorted(here.sides.parties, key=one.article.text.find)  # as the report names them
    return replace(one, accuser=first, accused=second), replace(one, accuser=second, accused=first)


def _is_of_both(one: Allegation, here: Here) -> bool:
    """Whether "each side" speaks, or the two parties together."""
    named = {here.side(name, one.article.id) for name in one.speaker.split(" and ")}
    return bool(pattern("each").search(one.speaker)) or named == set(here.sides.parties)


def directed(one: Allegation, here: Here) -> Allegation:
    """An allegation with who alleges it and of whom, as far as the text points to them; never a party of itself.

    No side is filled in because the other is known: a denial that names no accuser has none.
    """
    by, of = "", ""
    if not one.by_act or pattern("accused_by").search(one.text):
        by, of = _of_another(one, here)
    inferred = ""
    speaker = here.side(one.speaker, one.article.id)
    if not by and not one.only_called:
        if not one.by_act and _answers(one, speaker, here):
            by, of = _charged_before(one, speaker, here), speaker
        elif one.speaker:
            by = one.speaker
            of, inferred = _accused(one, speaker, here)
        else:
            by, of = _told_by_report(one, here)
    if not by or not of or here.side(by, one.article.id) == here.side(of, one.article.id):
        return one
    return replace(
        one, accuser=_shown(by, one, here), accused=here.side(of, one.article.id), inferred=inferred
    )


def _shown(phrase: str, one: Allegation, here: Here) -> str:
    """Who says so by the name that the record has for them: the person, or the side for a nameless group of its own."""
    actor = here.sides.actors.get(actor_id(here.sides.index, one.article.id, phrase) or "")
    side = here.side(phrase, one.article.id)
    if actor is not None and actor.name[:1].isupper():
        return actor.name
    return side if here.is_party(side) else phrase


def _answers(one: Allegation, speaker: str, here: Here) -> bool:
    """Whether the words are the speaker's answer to an allegation and bring none of their own."""
    if not denies(one, speaker, here.sides):
        return False
    before = here.between(one.start, one.at)
    return one.denial or not any(here.is_party(name) and name != speaker for _, name in before)


def denies(one: Allegation, accused: str, sides: Sides) -> bool:
    """Whether a sentence is the accused's own denial."""
    speaker = sides.of(one.speaker, one.article.id) or one.speaker
    return speaker == accused and (one.denial or pattern("deny").search(one.text) is not None)


def _charged_before(one: Allegation, speaker: str, here: Here) -> str:
    """Who alleged what a sentence answers: who accused the speaker before, a party that it names, else its paragraph does."""
    accusers = [by for by, of in here.before.items() if of == speaker]
    if accusers:
        return accusers[-1]
    inside = [name for _, name in here.between(one.start, one.end)]
    before = [name for _, name in reversed(here.between(one.paragraph, one.start))]
    return next((name for name in (*inside, *before) if here.is_party(name) and name != speaker), "")


def _accused(one: Allegation, speaker: str, here: Here) -> tuple[str, str]:
    """(whom the speaker accuses, how that was inferred): named in the words first, then nearest before them."""
    whom = pattern("whom").search(one.text)
    direct = one.target or (whom["whom"] if whom and one.by_act else "")
    side = here.side(direct, one.article.id)
    if side and side != speaker and not pattern("pronoun").match(side):
        return side, ""
    if pattern("other_side").search(one.words) and here.sides.other(speaker):
        return here.sides.other(speaker), ""
    inside = _agents_first(here.between(one.at, one.until), one.article.text)
    around = sorted(here.between(one.start, one.end), key=lambda pair: abs(pair[0] - one.at))
    first, last = (one.at, one.until) if one.by_act else (max(one.start, one.at - NEAR), one.at)
    subject = [pair for pair in here.between(first, last) if not _led(one.article.text, pair[0])]
    before = [name for _, name in reversed(here.between(one.paragraph, one.start))]
    term, _ = here.bound.of(one)
    ways = (
        ([name for _, name in inside if here.is_party(name)], ""),
        ([one.denier] if one.by_act else [], DENIER),
        ([name for _, name in reversed(subject) if name != one.article.outlet], ""),
        ([name for _, name in around if here.is_party(name)], ""),
        ([one.denier], DENIER),
        ([name for name in before if here.is_party(name)] if one.sure else [], IN_PARAGRAPH),
        ([here.bound.bearer(term)], BEARER),
        ([here.before.get(speaker, "")] if one.by_act else [], AS_BEFORE),
    )
    others = ((name, how) for names, how in ways for name in names if name not in {"", speaker})
    return next(others, ("", ""))


def _led(text: str, place: int) -> re.Match[str] | None:
    """What leads a name: by whom something is done, or to whom or where."""
    return pattern("led_by").search(text[max(0, place - 12) : place])


def _agents_first(named: Sequence[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    """What some words name: by whom something is done first, to whom it is told last."""
    led = {place: _led(text, place) for place, _ in named}
    rank = {place: 1 if match is None else 0 if match["agent"] else 2 for place, match in led.items()}
    return sorted(named, key=lambda pair: (rank[pair[0]], pair[0]))


def _told_by_report(one: Allegation, here: Here) -> tuple[str, str]:
    """(who alleges, of whom) where the report itself tells it: "X accused Y of ..."."""
    whom = pattern("whom").search(one.text)
    charged = here.side(whom["whom"], one.article.id) if whom else ""
    by = next((name for _, name in here.between(one.start, one.at)), "")
    return (by, charged) if charged else ("", "")


def _of_another(one: Allegation, here: Here) -> tuple[str, str]:
    """(who alleges, of whom) where the sentence names an allegation as somebody's: "the union's complaint that"."""
    passive = pattern("accused_by").search(one.text)
    match = passive or pattern("claim_of").search(one.text)
    by = _last_body(next(filter(None, match.groupdict().values())), one, here) if match else ""
    if not match or not by:
        return "", ""
    start, end = one.start + match.start(), one.start + match.end()
    others = [(place, name) for place, name in here.between(one.start, one.end) if name != by]
    near = [name for place, name in others if end <= place <= end + NEAR]
    subject = [name for place, name in others if place < start]
    speaker = here.side(one.speaker, one.article.id)
    if passive:
        return by, subject[-1] if subject else ""
    if pattern("itself").match(one.text, match.end()):
        return by, speaker
    parties = [name for name in near if here.is_party(name)]
    return by, next((name for name in (*parties, speaker, *near) if name not in {"", by}), "")


def _last_body(phrase: str, one: Allegation, here: Here) -> str:
    """The body that the last words of a phrase name, the longest run of them first."""
    words = phrase.split()
    runs = (here.sides.of(" ".join(words[at:]), one.article.id) for at in range(len(words)))
    return next(filter(None, runs), "")
