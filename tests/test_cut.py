"""A frame's cut: derived rows lose the members that are gone, or go where nothing is left to carry them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parley.briefing.cut import without
from parley.contract import tables
from parley.model import (
    Actor,
    Claim,
    Deed,
    Figure,
    FigureRelation,
    Lineage,
    Mention,
    NameShown,
    Need,
    Phase,
    Record,
    Statement,
    Tally,
    Time,
    derived_id,
    span_of,
)
from tests.conftest import make_article


def harbour() -> Record:
    """A record made by hand in which everything rests on two reports, of which one names more than the other."""
    full = make_article(
        "Mira Oduya said the gate opens. It opens if they pay. 12 dockers by May.", "full.txt"
    )
    short = make_article(
        "Oduya said the gate opens. It opens if they pay. 12 dockers by May.", "short.txt", "The Post"
    )
    third = make_article("The gate opens, Oduya said. 14 dockers.", "third.txt", "The Bell")
    rows: dict[str, list[object]] = {name: [] for name in ("statements", "figures", "needs", "times")}
    mentions = []
    for number, one in enumerate((full, short, third)):
        name = "Mira Oduya" if one is full else "Oduya"
        at = one.text.index(name)
        mentions.append(
            Mention(one.id, at, at + len(name), name, name, "person", "head" if one is full else "")
        )
        start = one.text.lower().index("the gate opens")
        words = span_of(one.text, start, start + 14)
        rows["statements"].append(
            Statement(f"s{number}", one.id, None, name, None, (words,), "indirect", actor="actor-o")
        )
        count = "14" if one is third else "12"
        low = one.text.index(count)
        rows["figures"].append(
            Figure(f"f{number}", one.id, low, low + 2, count, float(count), float(count), from_="Mira Oduya")
        )
    for number, one in enumerate((full, short)):
        start = one.text.index("It opens")
        phrase = "open it" if one is full else "it opens"
        rows["needs"].append(
            Need(
                f"n{number}",
                one.id,
                "they",
                phrase,
                "they pay",
                start,
                start + 21,
                "It opens if they pay.",
                "d1",
                "d2",
            )
        )
        at = one.text.index("May")
        rows["times"].append(
            Time(f"t{number}", one.id, "May", (at, at + 3), date(2031, 5, 1), date(2031, 5, 31))
        )
    return Record(
        articles=(full, short, third),
        **{name: tuple(found) for name, found in rows.items()},  # type: ignore[arg-type]
        deeds=(Deed("d1", "they", "open", "it"), Deed("d2", "", "they", "pay")),
        actors=(
            Actor("actor-o", "Mira Oduya", "person", None, "head", ("Mira Oduya", "Oduya"), tuple(mentions)),
        ),
        claims=(
            Claim(
                derived_id("clm", ["s0"]),
                ("s0", "s1", "s2"),
                (),
                (full.id, third.id),
                ("actor-o",),
                evidence=("s0", "s1", "s2"),
            ),
        ),
        lineage=(Lineage("lin-1", short.id, full.id, "copy", 0.9),),
        figure_relations=(
            FigureRelation("rel-1", ("f0", "f1"), "agree", "12", ("f0", "f1")),
            FigureRelation("rel-2", ("f1", "f2"), "conflict", "12 and 14", ("f1", "f2")),
        ),
        tallies=(Tally("tally-1", "dockers", "Mira Oduya", None, 12.0, None, evidence=("f0", "f1")),),
        phases=(Phase("phase-1", "first phase", date(2031, 5, 1), None, (), ("t0", "t1")),),
    )


HARBOUR = harbour()


def cut(file: str, record: Record = HARBOUR) -> Record:
    """The record without one of its reports."""
    return without(record, {one.id for one in record.articles if one.file == file})


def test_derived_rows_lose_what_is_hidden() -> None:
    """A claim keeps its other statements, a copy becomes a carrier, an actor is named as the others name him."""
    shown = cut("full.txt")
    (claim,), (actor,) = shown.claims, shown.actors
    assert claim.says == ("s1", "s2")
    assert claim.id == derived_id("clm", ["s1"])
    assert set(claim.carried_by) == {article.id for article in shown.articles}
    assert (actor.name, actor.role, actor.surfaces) == ("Oduya", "", ("Oduya",))
    assert shown.lineage == ()
    assert [relation.id for relation in shown.figure_relations] == ["rel-2"]
    assert shown.tallies == ()
    assert shown.phases[0].start == date(2031, 5, 1)
    assert shown.phases[0].evidence == ("t1",)
    assert [(deed.verb, deed.object) for deed in shown.deeds] == [("it", "opens"), ("they", "pay")]


def test_a_decision_about_a_name_goes_with_the_name() -> None:
    """That somebody cleared or withheld a name that only a hidden report has would tell the name."""
    decided = tuple(NameShown(f"shown-{name}", name, False, "cor-1") for name in ("Oduya", "Mira Oduya"))
    shown = cut("full.txt", replace(HARBOUR, names_shown=decided))
    assert [one.name for one in shown.names_shown] == ["Oduya"]


def test_derived_rows_go_where_nothing_carries_them() -> None:
    """With both reports hidden that a phase, a deed and a tally rest on, these are gone; so is an actor nobody names."""
    shown = without(HARBOUR, {one.id for one in HARBOUR.articles[:2]})
    assert (shown.phases, shown.deeds, shown.tallies, shown.figure_relations) == ((), (), (), ())
    assert shown.claims[0].says == ("s2",)
    nothing = without(HARBOUR, {one.id for one in HARBOUR.articles})
    assert all(not getattr(nothing, name) for name in tables())
