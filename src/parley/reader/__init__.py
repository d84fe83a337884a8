"""Article -> Reading, one article at a time. Nothing here knows of other articles or of storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.model import BLOCK, ENTERED, Article, Mention, Reading, Statement
from parley.reader.acts import Told, read_acts
from parley.reader.blocks import with_blocks, with_stand_ins
from parley.reader.capitals import capitals
from parley.reader.descriptions import with_descriptions
from parley.reader.encoder import encoder
from parley.reader.figures import read_figures
from parley.reader.heads import apposed, kind_of_phrase
from parley.reader.merging import read_cited
from parley.reader.names import read_names
from parley.reader.needs import read_needs
from parley.reader.places import read_places
from parley.reader.speakers import Cast
from parley.reader.statements import resolve
from parley.reader.ties import tied
from parley.reader.times import read_times
from parley.reader.units import read_units
from parley.reader.vectors import as_text


def read(article: Article) -> Reading:
    """Everything that is found in one article. A pure function: the same alone and in company."""
    if article.kind in ENTERED:
        return Reading(article.id)
    if BLOCK in article.text:
        return with_blocks(_read(replace(article, text=with_stand_ins(article.text))))
    return _read(article)


def _read(article: Article) -> Reading:
    units = read_units(article.text)
    names = tuple(name for name in read_names(article.text, article.id) if not _in_date_line(article, name))
    names = tied(article.text, names, Cast(article.text, names, article.outlet))
    times = read_times(article)
    places = read_places(article, names)
    agreement = article.kind == "agreement"
    drafts, spans = ([], None) if agreement else read_cited(article.text, units, encoder())
    statements = resolve(article, drafts, units, names, times)
    cast = Cast(article.text, names, article.outlet)
    for statement in statements:
        if statement.speaker:
            cast.hear(statement.speaker.start, statement.speaker_name, statement.speaker.text)
    told = Told(article, units, statements, cast)
    acts = read_acts(told, drafts, spans, times, places) if spans else ()
    mentions = _with_speakers(tied(article.text, names, cast), statements)
    mentions += capitals(article.text, names, cast)
    return Reading(
        article.id,
        statements,
        read_figures(article),
        times,
        places,
        acts,
        read_needs(article, statements, cast, mentions),
        with_descriptions(article, mentions, cast.resolve),
        tuple((one.id, as_text(spans.vector(_ranges(one)))) for one in statements) if spans else (),
    )


def _ranges(statement: Statement) -> list[tuple[int, int]]:
    return [(piece.start, piece.end) for piece in statement.content]


def _in_date_line(article: Article, name: Mention) -> bool:
    """Whether a name is the date line's own place, written before the first words of the text."""
    return name.text.isupper() and name.text.casefold() in article.dateline.casefold()


def _with_speakers(names: Sequence[Mention], statements: Sequence[Statement]) -> list[Mention]:
    """The names, and every phrase that stands for a speaker: "the group", "a senior official"."""
    kinds = {mention.name: mention.kind for mention in names}
    known = {(mention.start, mention.end) for mention in names}
    heard = {(one.speaker.start, one.speaker.end) for one in statements if one.speaker}
    found = [
        replace(mention, kind="unknown") if mention.kind == "place" else mention
        for mention in names
        if mention.kind != "place" or (mention.start, mention.end) in heard  # a capital that speaks
    ]
    for statement in statements:
        speaker = statement.speaker
        if speaker and (speaker.start, speaker.end) not in known and len(speaker.text.split()) > 1:
            name = apposed(speaker, names) or statement.speaker_name
            kind = kinds.get(name) or kind_of_phrase(name)
            found.append(Mention(statement.article, speaker.start, speaker.end, speaker.text, name, kind))
    return found
