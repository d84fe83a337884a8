"""Actors: who is who across reports, for a reason that is kept, and never against what a person decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import SourceError
from parley.linking.actors import MentionRef, link_actors
from parley.linking.aliases import Alias, read_aliases
from parley.linking.spelling import one_person, one_spelling, sounds
from parley.model import Actor, Article, Mention

GIVEN = ("Ama", "Kofi", "Tibor", "Qasim", "Kassem", "Lindiwe")
SURNAMES = ("Boateng", "Hadid", "Renner")
BODIES = ("Rill Movement", "the rebels", "Council of Sarn", "Movement", "Sarn", "the council", "RM")
UNNAMED = ("a senior official", "the envoy", "two diplomats", "a union official close to the talks")


def mention(text: str, kind: str = "person", where: str = "a", start: int = 0, **more: str) -> Mention:
    """A name that stands in an article."""
    return Mention(where, start, start + len(text), text, more.pop("name", text), kind, **more)


def names(actors: tuple[Actor, ...]) -> list[str]:
    """The names of actors in alphabetical order."""
    return sorted(actor.name for actor in actors)


def ref(one: Mention) -> MentionRef:
    """What a correction calls a mention by."""
    return one.article, one.start, one.end


@st.composite
def reports(draw: st.DrawFn) -> list[Mention]:
    """Mentions of people, bodies and unnamed speakers in a few reports, at places of their own."""
    people = st.tuples(st.sampled_from(GIVEN), st.sampled_from(SURNAMES)).map(" ".join)
    chosen = st.one_of(
        st.tuples(people, st.just("person")),
        st.tuples(st.sampled_from(SURNAMES), st.just("person")),
        st.tuples(st.sampled_from(BODIES), st.sampled_from(["organisation", "group"])),
        st.tuples(st.sampled_from(UNNAMED), st.just("role")),
    )
    drawn = draw(st.lists(st.tuples(chosen, st.sampled_from("abc")), max_size=14))
    return [mention(text, kind, where, 40 * at) for at, ((text, kind), where) in enumerate(drawn)]


def clusters(actors: tuple[Actor, ...]) -> set[frozenset[MentionRef]]:
    """The mentions that are taken together."""
    return {frozenset(map(ref, actor.mentions)) for actor in actors}


@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(found: list[Mention], chance) -> None:  # type: ignore[no-untyped-def]
    """Same mentions in any order, same actors to the last field; every mention is in exactly one."""
    mixed = list(found)
    chance.shuffle(mixed)
    actors = link_actors(found)
    assert actors == link_actors(mixed)
    assert sorted(map(ref, found)) == sorted(ref(one) for actor in actors for one in actor.mentions)
    assert len({actor.id for actor in actors}) == len(actors)


@given(reports(), st.data())
def test_apart_always_wins(found: list[Mention], data: st.DataObject) -> None:
    """Two mentions that a person set apart are two actors, whatever else says that they are one."""
    if len(found) < 2:
        return
    one, other = data.draw(st.permutations(found))[:2]
    pairs = [(ref(one), ref(other))]
    actors = link_actors(found, apart=pairs, together=pairs)
    assert not any({ref(one), ref(other)} <= cluster for cluster in clusters(actors))
    assert len({actor.id for actor in actors}) == len(actors)


@given(reports(), st.data())
def test_nobody_unnamed_is_made_out(found: list[Mention], data: st.DataObject) -> None:
    """An unnamed speaker shares no actor with another report nor with a name, not even if a person asks for it."""
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(found), st.sampled_from(found)))) if found else []
    for actor in link_actors(found, together=[(ref(one), ref(other)) for one, other in pairs]):
        unnamed = [one for one in actor.mentions if one.kind == "role"]
        if unnamed:
            assert len({one.article for one in actor.mentions}) == 1
            assert not any(one.kind == "person" for one in actor.mentions)


@given(reports())
def test_two_people_of_one_surname_stay_two(found: list[Mention]) -> None:
    """Full names with one surname and different given names are never one actor, through no chain of reasons."""
    for actor in link_actors(found):
        full = {one.name for one in actor.mentions if one.kind == "person" and " " in one.name}
        assert all(one_person(one, other) for one in full for other in full)


def test_a_surname_with_two_bearers_belongs_to_neither() -> None:
    """Ama and Kofi Boateng are two; what a report says of Boateng alone is left with neither."""
    assert len(link_actors([mention(n, where=n) for n in ("Ama Boateng", "Kofi Boateng", "Boateng")])) == 3
    assert len(link_actors([mention(n, where=n) for n in ("Ama Boateng", "Boateng")])) == 1


def test_two_spellings_of_one_person_are_one_actor() -> None:
    """Transliterations of one given name and surname merge; the reason and where it stands are kept."""
    spelt = [mention("Qasim al-Hadid"), mention("Kassem El Hadeed", where="b")]
    (actor,) = link_actors(spelt)
    assert set(actor.surfaces) == {"Qasim al-Hadid", "Kassem El Hadeed"}
    (merge,) = actor.merges
    assert merge.why == "two spellings of one name"
    assert set(merge.evidence) == set(map(ref, spelt))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention("Veskan Ore S.A.", "organisation"), mention("Veskan Ore", "organisation", "b")),
        (mention("Ministry of Defence", "organisation"), mention("Defense Ministry", "organisation", "b")),
        (mention("Kesht Relief Union", "organisation"), mention("KRU", "organisation", "b")),
        (mention("Rill Movement", "organisation"), mention("the rebels", "group", "a", 40)),
        (
            mention("Rill Movement", "organisation"),
            mention("the leadership of the Rill Movement", "group", "b"),
        ),
        (mention("Lesandra", "unknown"), mention("Lesandran authorities", "group", "b")),
        (mention("the Hadwell diocese", "group"), mention("the diocese of Hadwell", "group", "b")),
        (mention("Tekle Abreha"), mention("Tekle", where="b", role="Ato")),
        (mention("Naima Sol", role="Interior Minister"), mention("Interior Minister", "unknown", "b")),
        (mention("Ana Sol Prado"), mention("Ana Sol", where="b")),
        (mention("Norvik", "unknown"), mention("NORVIK Joint Stock Company", "organisation", "b")),
        (
            mention("the airline Norvik", "unknown", name="Norvik"),
            mention("the airline", "group", "b"),
        ),
        (mention("Ana Sol", role="state conciliator"), mention("the mediator", "role", "b")),
        (
            mention("Comandante Naira", name="Naira", role="Comandante"),
            mention("Nayra", where="b", role="Cmdte"),
        ),
    ],
)
def test_two_forms_of_one_actor_are_one(one: Mention, other: Mention) -> None:
    """Legal form, word order, initials, kind of body, leadership, adjective, courtesy title, office, second surname."""
    other = replace(other, role=other.role.replace("Cmdte", "Comandante"))
    (actor,) = link_actors([one, other])
    assert set(actor.mentions) == {one, other}


@pytest.mark.parametrize(
    "forms",
    [
        [("Rill Movement", "a"), ("Cassar Movement", "a"), ("Movement", "b")],
        [("Lesandran Defence Ministry", "a"), ("Tovian Defence Ministry", "a"), ("Defence Ministry", "b")],
        [("Halas Union", "a"), ("Hales Union", "a")],
        [("Niger", "a"), ("Nigeria", "b")],
    ],
)
def test_what_may_be_two_stays_two(forms: list[tuple[str, str]]) -> None:
    """A short form with two long ones, two spellings that one report has side by side, two states that sound alike."""
    found = [mention(text, "organisation", where, 40 * at) for at, (text, where) in enumerate(forms)]
    assert len(link_actors(found)) == len(forms)


def test_a_short_form_is_the_one_that_is_named_by_far_the_most() -> None:
    """ "Movement" of a record with two is the one that reports name three times as often."""
    often = [mention("Rill Movement", "organisation", "a", 40 * at) for at in range(3)]
    found = [
        *often,
        mention("Cassar Movement", "organisation", "b"),
        mention("Movement", "organisation", "c"),
    ]
    (actor,) = (one for one in link_actors(found) if "Movement" in one.surfaces)
    assert actor.name == "Rill Movement"


def test_one_who_speaks_for_both_shows_that_the_firm_is_the_body() -> None:
    """The firm's spokeswoman in one report is Hadwell Quay's in another; a ministry is no firm all the same."""
    firm = mention("the firm", "group", "b")
    tied = [
        mention("Ana Sol", affiliation="Hadwell Quay"),
        mention("Ana Sol", where="b", start=40, affiliation="the firm"),
    ]
    quay = mention("Hadwell Quay", "organisation", start=80)
    assert names(link_actors([firm, quay, *tied])) == ["Ana Sol", "Hadwell Quay"]
    ministry = replace(quay, text="Ministry", name="Ministry of Hadwell Quay")
    tied[0] = replace(tied[0], affiliation=ministry.name)
    assert len(link_actors([firm, ministry, *tied])) == 3


def test_a_person_joins_and_splits() -> None:
    """Together joins two names that nothing else joins; apart takes one name of two reports for two people."""
    one, other = mention("Ka Pedring"), mention("Pedro Alva", where="b")
    assert len(link_actors([one, other])) == 2
    (actor,) = link_actors([one, other], together=[(ref(one), ref(other))])
    assert actor.merges[0].why == "a person says so"
    twice = [mention("Ana Sol"), mention("Ana Sol", where="b"), mention("Ana Sol", where="c")]
    split = link_actors(twice, apart=[(ref(twice[0]), ref(twice[1]))])
    assert sorted(len(actor.mentions) for actor in split) == [1, 2]


def test_an_actors_id_does_not_hang_on_what_is_merged_into_it() -> None:
    """Another spelling joins; the id stays."""
    one = mention("Qasim al-Hadid")
    twice = replace(one, start=30, end=44)
    other = mention("Kassem El Hadeed", where="b")
    assert link_actors([one, twice])[0].id == link_actors([one, twice, other])[0].id


def test_roles_are_kept_with_their_days() -> None:
    """A deputy in March who is minister in May has held both, each with its reports' first and last day."""
    union = mention("Kesht Union", "organisation", start=40)
    days = {"a": date(2031, 3, 1), "b": date(2031, 3, 9), "c": date(2031, 5, 2)}
    roles = [("Deputy", "a"), ("Deputy", "b"), ("Minister", "c")]
    found = [mention("Ana Sol", where=where, role=role, affiliation="Kesht Union") for role, where in roles]
    (actor,) = [one for one in link_actors([union, *found], days=days) if one.kind == "person"]
    assert [(held.role, held.first, held.last) for held in actor.roles] == [
        ("deputy", days["a"], days["b"]),
        ("minister", days["c"], days["c"]),
    ]
    assert {held.affiliation for held in actor.roles} == {actor.affiliation}


def test_a_person_counts_for_the_body_that_most_reports_name() -> None:
    """One misread tie among three doesn't move a spokesman to the other side; two against two ties him to nobody."""
    bodies = [
        mention("Rill Movement", "organisation"),
        mention("Council of Sarn", "organisation", start=40),
    ]

    def person(*ties: str) -> str | None:
        named = [mention("Ana Sol", start=80 + 20 * at, affiliation=tie) for at, tie in enumerate(ties)]
        actors = {actor.name: actor for actor in link_actors([*bodies, *named])}
        by_id = {actor.id: actor.name for actor in actors.values()}
        return by_id.get(actors["Ana Sol"].affiliation or "")

    assert person("Council of Sarn", "Rill Movement", "Council of Sarn") == "Council of Sarn"
    assert person("Council of Sarn", "Rill Movement") is None


def table(text: str) -> list[Article]:
    """A table of aliases as it comes in."""
    return [Article("art-t", "aliases.csv", "", text, kind="aliases")]


def test_a_table_of_aliases_seeds_the_linking() -> None:
    """The table's name, kind, side and original script hold for whoever bears one of its forms."""
    rows = read_aliases(
        table("name,alias,script,kind,affiliation\nQasim al-Hadid,قاسم الحديد,ar,person,Rill Movement\n")
        + table("name,alias\nQasim al-Hadid,Abu Rill\n")
    )
    body = mention("Rill Movement", "organisation", start=40)
    actors = link_actors([mention("Abu Rill"), mention("Kassem Hadid", where="b"), body], aliases=rows)
    person = next(actor for actor in actors if actor.kind == "person")
    assert person.name == "Qasim al-Hadid"
    assert {"قاسم الحديد", "Abu Rill", "Kassem Hadid"} <= set(person.surfaces)
    assert person.affiliation == next(actor.id for actor in actors if actor.name == "Rill Movement")
    assert len(actors) == 2


def test_what_no_report_names_makes_no_actor() -> None:
    """A row of the table about somebody whom no report names adds nobody."""
    assert names(link_actors([mention("Ana Sol")], aliases=[Alias("Ben Ro", "Benno")])) == ["Ana Sol"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alias\nBenno\n", "row 1: no column 'name'"),
        ("name,alias\nBen Ro,\n", "row 2: alias is empty"),
        ("name,alias,kind\nBen Ro,Benno,ship\n", "row 2: kind 'ship' is none of"),
        ('name,alias\n"Ben Ro,Benno\n', "check its quotation marks"),
    ],
)
def test_a_malformed_table_is_told_by_row_and_field(text: str, said: str) -> None:
    """One line that names the file, the row and the field."""
    with pytest.raises(SourceError, match=said) as error:
        read_aliases(table(text))
    assert str(error.value).startswith("aliases.csv, row ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Qassem", "Qasim"), ("Shahin", "Chaheen"), ("Juravsky", "Zhuravskiy"), ("Zelenin", "Zelennin")],
)
def test_romanisations_sound_alike(one: str, other: str) -> None:
    """Consonants with like sounds made one let two romanisations meet."""
    assert sounds(one) == sounds(other)
    assert one_spelling(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Abd Al-Qadir Al-Nasuri", "Abdelqader Nassouri", True),
        ("P. Renner", "Paul Renner", True),
        ("Yelena Pavlovna Orlova", "Elena Orlova", True),
        ("Josefa “Pina” Almar", "Josefa Almar", True),
        ("Aidan Berkowitz", "Edan Berkovits", True),
        ("Gebre-Kidan Tesfu", "Gebrekidan Tesfu", True),
        ("Ama Boateng", "Kofi Boateng", False),
        ("Tibor Halasz", "Tomas Halasz", False),
        ("Ana Sol Prado", "Ana Lux Prado", False),
    ],
)
def test_given_names_tell_people_of_one_surname_apart(one: str, other: str, same: bool) -> None:
    """Written together or apart, one spelling or another, an initial - but not another name."""
    assert one_person(one, other) is same
    assert one_person(other, one) is same


def test_an_office_is_its_only_holders_and_an_official_is_nobodys() -> None:
    """ "The health minister" of another report is the one person who is called so; "the official" stays unnamed."""
    held = mention("Ama Boateng", role="Health Minister")
    office = mention("the health minister", "role", "b")
    official = mention("the official", "role", "b", 40)
    assert clusters(link_actors([held, office, official])) == {
        frozenset({ref(held), ref(office)}),
        frozenset({ref(official)}),
    }


def test_an_office_with_two_holders_is_nobodys() -> None:
    """Where the reports know two ministers, "the minister" is neither; a deputy is no holder at all."""
    first, second = (
        mention("Ama Boateng", role="Minister"),
        mention("Tibor Renner", role="Minister", start=40),
    )
    office = mention("the minister", "role", "b")
    assert len(link_actors([first, second, office])) == 3
    deputy = mention("Tibor Renner", role="Deputy Minister", start=40)
    assert clusters(link_actors([first, deputy, office])) == {
        frozenset({ref(first), ref(office)}),
        frozenset({ref(deputy)}),
    }


def test_a_long_name_has_a_short_one_at_its_head() -> None:
    """A body's first words stand for it where it is the only one that begins so."""
    short = mention("Corrie Mutual", "unknown")
    long = mention("Corrie Mutual War Risks Association", "organisation", "b")
    assert len(link_actors([short, long])) == 1
    assert len(link_actors([short, long, mention("Corrie Mutual Savings Bank", "organisation", "c")])) == 3


def capital(city: str, state: str, where: str = "a") -> Mention:
    """A phrase that calls a city the capital of a state."""
    text = f"{city}, the capital of {state}"
    return mention(text, "place", where, 200, name=city, role="capital", affiliation=state)


def test_a_capital_that_speaks_stands_for_its_state_where_a_report_shows_it() -> None:
    """Shown in one report, speaking in another: one actor under the state's name, and the merge says where it is shown."""
    shown = capital("Vell", "Lesandra")
    speaks, state = mention("Vell", "unknown", "b"), mention("Lesandra", "unknown", start=40)
    (actor,) = link_actors([shown, speaks, state])
    assert actor.name == "Lesandra"
    (merge,) = actor.merges
    assert merge.why == "a report calls it the capital"
    assert ref(shown) in merge.evidence
    assert len(link_actors([shown, speaks, state], apart=[(ref(speaks), ref(state))])) == 2


def test_a_capital_that_nobody_quotes_is_no_actor() -> None:
    """What shows a capital makes no actor of a city that neither speaks nor acts, and no state is guessed."""
    assert names(link_actors([capital("Vell", "Lesandra"), mention("Lesandra", "unknown", start=40)])) == [
        "Lesandra"
    ]
    assert len(link_actors([mention("Vell", "unknown"), mention("Lesandra", "unknown", start=40)])) == 2


def test_a_city_where_a_body_of_one_state_sits_may_stand_for_it() -> None:
    """ "The ministry in Vell" is the Lesandran ministry's other name, so Vell is Lesandra's; with two states it is neither's."""
    speaks, state = mention("Vell", "unknown", "b"), mention("Lesandra", "unknown")
    ministry = mention("Lesandran Defence Ministry", "organisation", start=40)
    sits = mention("the ministry in Vell", "group", "b", 40)
    found = link_actors([speaks, state, ministry, sits])
    assert clusters(found) == {frozenset({ref(speaks), ref(state)}), frozenset({ref(ministry), ref(sits)})}
    (merge,) = next(actor for actor in found if actor.name == "Lesandra").merges
    assert ref(sits) in merge.evidence
    other = mention("Tovian Defence Ministry", "organisation", start=120)
    assert (
        len(link_actors([speaks, state, ministry, sits, other, mention("Tovia", "unknown", start=160)])) == 6
    )


def test_her_staff_is_not_the_staff_that_is_named() -> None:
    """ "The staff" that a named body is called by isn't joined with somebody's own staff."""
    body = mention("Relief Staff", "organisation")
    found = link_actors(
        [body, mention("the staff", "group", start=40), mention("Ana Sol's staff", "group", start=80)]
    )
    assert len(found) == 2
