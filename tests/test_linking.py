"""Across reports: who is who, who copies whom, what is said by how many, which figures agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.corpus import load_corpus
from parley.linking.actors import link_actors
from parley.linking.claims import link_claims
from parley.linking.deeds import is_guarantee, same_deed
from parley.linking.figures import relate_figures
from parley.linking.lineage import link_lineage
from parley.linking.spelling import one_person, sounds
from parley.linking.text import content_words, fold, overlap
from parley.model import Act, Article, Figure, Mention, Statement, span_of
from tests.conftest import make_article, unwrapped

BASE = unwrapped(
    """The ferry crews of Orrin Sound voted on Monday by 214 to 96 to refuse the night timetable that the harbour
    board had published in May.

    Kelda Marrow, who chairs the crews' committee, said nobody would sail after ten until two lookouts stood on each
    bridge, and pointed to the grounding of the Tern in 2028.

    The board's engineer, Ivo Lantry, answered that radar made a second lookout a luxury. He put the yearly cost at 1.3
    million crowns.

    Fishermen on the outer skerries have had no mail for nine days. Their cooperative asked the bishop of Orrin to carry
    letters between the two sides.

    A hearing before the maritime court is set for 19 June.
    """
)
RETOLD = unwrapped(
    """By a margin of 214 against 96, those who work the boats across Orrin Sound turned down on Monday a schedule for
    the dark hours, made public by the port authority in May.

    Committee head Kelda Marrow declared that no vessel is going to leave beyond ten before a pair of watchkeepers is
    posted on every bridge; the Tern running aground in 2028 was her example.

    To this Ivo Lantry, an engineer with the authority, replied that with radar another watchkeeper is superfluous. Some
    1.3 million crowns a year is what he reckons it would take.

    For nine days now, letters have not reached those fishing off the outer skerries. It was the bishop of Orrin whom
    their cooperative requested to pass messages among both camps.

    The maritime court is due to listen to the matter on 19 June.
    """
)
OTHER = unwrapped(
    """On the quay at Orrin the talk was of the bishop, who arrived on Sunday with two sacks of letters for the outer
    skerries and a joke about radar.

    The maritime court confirmed that it would sit on 19 June. Ivo Lantry was not on the witness list, a clerk said.

    Shops have run out of flour. Kelda Marrow, met outside the chandler's, would say only that 214 votes were enough.

    The grounding of the Tern, which nobody died in, still divides families here.
    """
)


def article(text: str, name: str, day: int) -> Article:
    """A report of March 2031."""
    return make_article(text, name, name.title(), date(2031, 3, day))


def test_a_rewrite_is_found_with_its_direction() -> None:
    """Hardly a word in a row is shared, but the facts stand in the same order; the later report derives."""
    (edge,) = link_lineage(
        [article(BASE, "base", 4), article(OTHER, "other", 5), article(RETOLD, "retold", 6)]
    )
    assert edge.kind == "rewrite"
    assert edge.derived == article(RETOLD, "retold", 6).id
    assert edge.from_ == article(BASE, "base", 4).id
    assert len(edge.passages) >= 4


def test_two_reports_of_one_event_are_no_copies() -> None:
    """The same names, figures and day in another order and in other words are no lineage."""
    assert link_lineage([article(BASE, "base", 4), article(OTHER, "other", 5)]) == ()


def test_a_copy_and_an_excerpt_are_told_apart() -> None:
    """The whole text in another outlet is a copy; two of its paragraphs among others are an excerpt."""
    paragraphs = BASE.split("\n\n")
    excerpt = OTHER + "\n" + "\n\n".join(paragraphs[1:3]) + "\n"
    edges = link_lineage([article(BASE, "base", 4), article(BASE, "copy", 5), article(excerpt, "part", 7)])
    assert {(edge.kind, edge.derived) for edge in edges} >= {("copy", article(BASE, "copy", 5).id)}
    (part,) = [edge for edge in edges if edge.derived == article(excerpt, "part", 7).id]
    assert part.kind == "excerpt"


def test_a_shared_quotation_is_no_lineage() -> None:
    """One long official statement in quotation marks in two reports makes neither a copy of the other."""
    quote = (
        "“The authority will publish the timetable again in autumn, will hear the crews before it does, and will "
        "not ask the court for costs whatever the court decides in June,” the authority said.\n"
    )
    assert link_lineage([article(BASE + quote, "base", 4), article(OTHER + quote, "other", 5)]) == ()


def mention(text: str, name: str, kind: str, where: str, start: int = 0, **more: str) -> Mention:
    """A name that stands in an article."""
    return Mention(where, start, start + len(text), text, name, kind, **more)


def test_two_spellings_of_one_person_are_one_actor() -> None:
    """Transliterations of one given name and surname merge, surname-only mentions with them."""
    actors = link_actors(
        [
            mention("Qasim al-Hadid", "Qasim al-Hadid", "person", "a"),
            mention("Kassem El Hadeed", "Kassem El Hadeed", "person", "b"),
        ]
    )
    assert len(actors) == 1
    assert set(actors[0].surfaces) == {"Qasim al-Hadid", "Kassem El Hadeed"}


def test_two_people_of_one_surname_stay_two() -> None:
    """Other given names, other people; a surname alone belongs to neither."""
    actors = link_actors(
        [
            mention("Ama Boateng", "Ama Boateng", "person", "a"),
            mention("Kofi Boateng", "Kofi Boateng", "person", "a", 40),
            mention("Boateng", "Boateng", "person", "b"),
        ]
    )
    assert len(actors) == 3


def test_unnamed_speakers_are_never_merged_across_reports() -> None:
    """A senior official here and a senior official there are two actors."""
    actors = link_actors(
        [
            mention("a senior official", "a senior official", "role", "a"),
            mention("a senior official", "a senior official", "role", "b"),
        ]
    )
    assert len(actors) == 2


def test_a_bodys_short_form_joins_its_only_long_one() -> None:
    """The Movement is the Rill Movement where there is no other; with two movements it stays alone."""
    one = mention("Rill Movement", "Rill Movement", "organisation", "a")
    short = mention("Movement", "Movement", "organisation", "b")
    other = mention("Cassar Movement", "Cassar Movement", "organisation", "b", 40)
    assert len(link_actors([one, short])) == 1
    assert len(link_actors([one, short, other])) == 3


def test_an_actors_id_does_not_hang_on_what_is_merged_into_it() -> None:
    """Another spelling joins; the id stays."""
    one = mention("Qasim al-Hadid", "Qasim al-Hadid", "person", "a")
    twice = replace(one, start=30, end=44)
    other = mention("Kassem El Hadeed", "Kassem El Hadeed", "person", "b")
    assert link_actors([one, twice])[0].id == link_actors([one, twice, other])[0].id


@pytest.mark.parametrize(
    ("one", "other"), [("Qassem", "Qasim"), ("Shahin", "Chaheen"), ("Juravsky", "Zhuravskiy")]
)
def test_romanisations_sound_alike(one: str, other: str) -> None:
    """Consonants with like sounds made one let two romanisations meet."""
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Abd Al-Qadir Al-Nasuri", "Abdelqader Nassouri", True),
        ("P. Renner", "Paul Renner", True),
        ("Ama Boateng", "Kofi Boateng", False),
        ("Tibor Halasz", "Tomas Halasz", False),
    ],
)
def test_given_names_tell_people_of_one_surname_apart(one: str, other: str, same: bool) -> None:
    """Written together or apart, one spelling or another, an initial - but not another name."""
    assert one_person(one, other) is same


def statement(text: str, where: str, actor: str) -> Statement:
    """A statement whose whole article is its words."""
    return Statement(
        f"{where}-{actor}", where, None, actor, None, (span_of(text, 0, len(text)),), "indirect", actor=actor
    )


def test_carried_by_and_voices_are_two_counts() -> None:
    """Four outlets quote one spokesman: carried by four, voices one; a derived report counts for neither."""
    words = "the convoy was turned back at the Teshi ford with sixty sacks of seed"
    articles = [article(words, name, 4) for name in ("a", "b", "c", "d", "copy")]
    statements = [replace(statement(words, one.id, "actor-1"), id=f"stm-{one.file}") for one in articles]
    (claim,) = link_claims(articles, statements, (), frozenset({articles[-1].id}))
    assert len(claim.says) == 5
    assert len(claim.carried_by) == 4
    assert claim.voices == ("actor-1",)


def figure(number: float, text: str, where: str, status: str = "held") -> Figure:
    """A count of people."""
    return Figure(
        f"{where}-{text}", where, 0, len(text), text, number, number, unit="person", what=text, status=status
    )


def test_a_sum_is_marked_as_ours() -> None:
    """58 held less 34 dead makes 24: the reason says whose sum it is."""
    articles = [article("x", "a", 4), article("x", "b", 5)]
    found = relate_figures(
        articles,
        [
            figure(58, "58 captives", articles[0].id),
            figure(34, "34 dead captives", articles[0].id, "dead"),
            figure(24, "24 living captives", articles[1].id),
        ],
    )
    (relation,) = [one for one in found if one.relation == "adds_up"]
    assert relation.why == "our sum: 58 - 34 = 24"


def test_equal_figures_about_one_thing_agree_as_a_group() -> None:
    """Three reports of one count are one row, not three pairs."""
    articles = [article("x", name, 4) for name in ("a", "b", "c")]
    found = relate_figures(articles, [figure(120, "120 suspended dockers", one.id) for one in articles])
    assert [(one.relation, len(one.figures)) for one in found] == [("agree", 3)]


def test_different_counts_of_one_thing_conflict() -> None:
    """118 and 121 bodies in two reports conflict; a report that gives both speaks of two things."""
    articles = [article("x", "a", 4), article("x", "b", 5)]
    one, other = (
        figure(118, "118 suspended dockers", articles[0].id),
        figure(121, "121 suspended dockers", articles[1].id),
    )
    assert [relation.relation for relation in relate_figures(articles, [one, other])] == ["conflict"]
    both = replace(other, id="again", article=articles[0].id)
    assert all(relation.relation != "conflict" for relation in relate_figures(articles, [one, both, other]))


def test_a_guarantee_of_a_deed_is_not_the_deed() -> None:
    """Written guarantees that talks begin are no beginning of talks."""
    assert same_deed("the withdrawal of the lawsuit", "withdrawing its lawsuit")
    assert not same_deed("guarantees that the lawsuit is withdrawn", "withdrawing its lawsuit")
    assert is_guarantee("written assurances that talks resume")


@given(st.text(max_size=80))
def test_words_fold_to_a_fixed_point(text: str) -> None:
    """Folding twice is folding once, and a phrase shares all of its words with itself."""
    assert fold(fold(text)) == fold(text)
    words = content_words(text)
    assert overlap(words, words) == (1.0 if words else 0.0)


@pytest.mark.parametrize("process", list(load_corpus("train")), ids=lambda process: process.name)
def test_the_corpus_lineage_is_found(process) -> None:  # type: ignore[no-untyped-def]
    """In every training process the two derived reports are found with source, direction and kind, and nothing else is."""
    articles = [
        replace(make_article(row["text"], stem, row["outlet"], date.fromisoformat(row["published"])), id=stem)
        for stem, row in process.articles.items()
        if row.get("kind") != "agreement"
    ]
    found = {(edge.derived, edge.from_, edge.kind) for edge in link_lineage(articles)}
    assert found == {(edge["derived"], edge["from"], edge["kind"]) for edge in process.process["lineage"]}


def test_a_person_counts_for_the_body_that_most_reports_name() -> None:
    """One misread tie among three doesn't move a spokesman to the other side; two against two ties him to nobody."""
    bodies = [
        mention("Rill Movement", "Rill Movement", "organisation", "a"),
        mention("Council of Sarn", "Council of Sarn", "organisation", "a", 40),
    ]

    def person(*ties: str) -> str | None:
        named = [
            mention("Ana Sol", "Ana Sol", "person", "a", 80 + 20 * place, affiliation=tie)
            for place, tie in enumerate(ties)
        ]
        actors = {actor.name: actor for actor in link_actors([*bodies, *named])}
        names = {actor.id: actor.name for actor in actors.values()}
        return names.get(actors["Ana Sol"].affiliation or "")

    assert person("Council of Sarn", "Rill Movement", "Council of Sarn") == "Council of Sarn"
    assert person("Council of Sarn", "Rill Movement") is None


def test_only_the_other_sides_denial_of_something_asserted_answers_it() -> None:
    """A spokesman who denies what his own side denies disputes nothing; the other side's denial does."""
    articles = [article("x", name, 4) for name in ("a", "b", "c")]
    asserted = statement("the convoy was fired on from the Teshi ridge", articles[0].id, "actor-1")
    denial = statement("that any convoy was fired on from the Teshi ridge", articles[1].id, "actor-2")
    agreeing = statement("no convoy was ever fired on from the Teshi ridge", articles[2].id, "actor-3")
    acts = [Act("act-1", articles[1].id, "two", "DENY", None, 0, 1, "x", statement=denial.id)]
    claims = link_claims(articles, [asserted, denial, agreeing], acts, frozenset())
    answered = {claim.says[0]: claim.denied_by for claim in claims}
    assert answered[asserted.id] == (denial.id,)
    assert answered[agreeing.id] == ()


def test_who_only_retells_is_no_voice() -> None:
    """A leader who tells what the other side demands adds no second voice to that demand."""
    where = article("x", "a", 4).id
    text = "the board is demanding that the crews return to the night timetable in June"
    outer = replace(statement(text, where, "actor-1"), speaker_name="Kelda Marrow")
    inner = replace(
        outer, id="stm-in", actor="actor-2", chain=("Kelda Marrow",), content=(span_of(text, 13, len(text)),)
    )
    (claim,) = link_claims([article("x", "a", 4)], [outer, inner], (), frozenset())
    assert claim.voices == ("actor-2",)


def test_an_adjective_joins_its_place() -> None:
    """What is Lesandran is Lesandra's; an adjective whose place the record doesn't name stays alone."""
    place = mention("Lesandra", "Lesandra", "unknown", "a")
    ours = mention("Lesandran", "Lesandran", "unknown", "b")
    other = mention("Tovian", "Tovian", "unknown", "b", 30)
    actors = link_actors([place, ours, other])
    assert sorted(actor.name for actor in actors) == ["Lesandra", "Tovian"]
