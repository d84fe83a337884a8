"""Releases and handovers: how many went from whom to whom, as the reports tell it. Repeated reports count once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parley.linking.actors import actor_id, side_of, speaker_index
from parley.linking.text import content_words, stem
from parley.model import Act, Actor, Article, Figure, Tally, derived_id
from parley.vocabulary import vocabulary


def with_sides(figures: Sequence[Figure], acts: Sequence[Act], actors: Sequence[Actor]) -> tuple[Figure, ...]:
    """Figures with the body that gives, where an act around them says who; else the side stays unclear."""
    index = speaker_index(actors)
    known = {actor.id: actor for actor in actors}
    by_article: dict[str, list[Act]] = {}
    for act in acts:
        by_article.setdefault(act.article, []).append(act)

    def giver(figure: Figure) -> str | None:
        name = _giver(figure, by_article.get(figure.article, []))
        side = side_of(known.get(actor_id(index, figure.article, name) or ""), known)
        return side.name if side and side.kind != "person" else None

    return tuple(replace(f, from_=side, held_by=side) if (side := giver(f)) else f for f in figures)


def _giver(figure: Figure, acts: Sequence[Act]) -> str:
    """Who hands over, by the shortest act around a figure; empty where none says."""
    if figure.unit not in {"person", "body"} or figure.status not in {"released", "promised", "demanded"}:
        return ""
    around = [
        act
        for act in acts
        if act.act in {"PERFORM", "COMMIT", "OFFER"} and act.start <= figure.start and figure.end <= act.end
    ]
    nearest = min(around, key=lambda act: act.end - act.start, default=None)
    return nearest.actor if nearest and _hands_over(nearest.text) else ""


def _hands_over(text: str) -> bool:
    verbs = {stem(verb) for verb in vocabulary("agreement")["handed_over"]}
    return bool(verbs & {stem(word) for word in content_words(text)} or verbs & set(content_words(text)))


def tallies(
    articles: Sequence[Article], figures: Sequence[Figure], parties: Sequence[str]
) -> tuple[Tally, ...]:
    """One tally for each thing that one side is reported to have handed over: the largest count told, latest first."""
    published = {article.id: article.published for article in articles}
    done = [
        f for f in figures if f.status == "released" and f.unit in {"person", "body"} and f.low and f.from_
    ]
    groups: list[list[Figure]] = []
    for figure in done:
        for group in groups:
            if _one_series(group[0], figure):
                group.append(figure)
                break
        else:
            groups.append([figure])
    return tuple(sorted(_tally(groups, published, parties), key=lambda tally: tally.id))


def _one_series(one: Figure, other: Figure) -> bool:
    """Whether two counts are of one series: same giver, same unit, the same noun."""
    first, second = content_words(one.text), content_words(other.text)
    return (
        one.unit == other.unit
        and one.from_ == other.from_
        and bool(set(first) & set(second) or one.unit == "body")
    )


def _tally(
    groups: Sequence[Sequence[Figure]], published: Mapping[str, date | None], parties: Sequence[str]
) -> Iterator[Tally]:
    for group in groups:
        top = max(group, key=lambda figure: (figure.low or 0.0, figure.id))
        ids = tuple(figure.id for figure in group)
        receivers = [party for party in parties if party != top.from_]
        receiver = top.to or (receivers[0] if top.from_ in parties and len(parties) == 2 else None)
        what = _what(top)
        yield Tally(
            derived_id("tally", ids),
            what,
            top.from_,
            receiver,
            top.low or 0.0,
            published[top.article],
            "all",
            ids,
        )


def _what(figure: Figure) -> str:
    """What was handed over in a few words: the figure's own noun, else what it is said to count."""
    counting = set(map(str, vocabulary("deeds")["counting"]))
    noun = [word for word in figure.text.split() if word[0].isalpha() and word.lower() not in counting]
    named = (
        " ".join(noun) if set(map(str.lower, noun)) - {"the", "of", "them", "all", "those"} else figure.what
    )
    return f"{named} {'handed over' if figure.unit == 'body' else 'released'}"
