"""Drift: what a retelling changed, kind by kind, and what it only worded otherwise."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.linking.drift import find_drifts
from parley.linking.lineage import link_lineage
from parley.model import Article, Drift, Lineage, Record
from parley.pipeline import build_record
from parley.proof import verify
from parley.settings import Settings
from parley.vocabulary import vocabulary
from tests.conftest import make_article, unwrapped

WIRE = unwrapped(
    """SELDE, 4 March (Coastal Wire) — The Owners' Federation said on Tuesday that it would reopen the north gate of Port
    Selde within nine days of a signed accord.

    Mira Oduya, president of the Selde Dockers' Union, said the dockers would not lift the blockade before the lawsuit
    was withdrawn. “Paper first, gates second and not the other way round,” she said.

    The union said 120 dockers had been suspended since Monday without pay.

    Paul Renner, a spokesman for the federation, said that the government had reportedly offered to mediate in the
    dispute before Easter.

    The harbour chaplain, Odo Prenn, has opened his kitchen on Cable Street to families of dockers who have no wages this
    month, and feeds about ninety of them a day.

    Talks are set to resume at the customs house on 11 March, the federation said.
    """
)


def retold(*swaps: tuple[str, str]) -> str:
    """The wire's report with some of its words replaced; each has to stand in it."""
    text = WIRE
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def drifts(text: str) -> list[Drift]:
    """The drifts of a later retelling of the wire's report."""
    articles = [
        make_article(WIRE, "wire", "Coastal Wire", date(2031, 3, 4)),
        make_article(text, "retold", "Selde Echo", date(2031, 3, 6)),
    ]
    record = build_record(articles, Settings(processes=1))
    assert [edge.derived for edge in record.lineage] == [articles[1].id]
    return list(record.drifts)


@pytest.mark.parametrize(
    ("kind", "old", "new", "before", "after"),
    [
        (
            "quote_paraphrased",
            "“Paper first, gates second and not the other way round,” she said.",
            "She added that paper came first and the gates second.",
            "Paper first, gates second and not the other way round,",
            "She added that paper came first and the gates second.",
        ),
        ("figure_changed", "120 dockers had", "140 dockers had", "120 dockers", "140 dockers"),
        ("hedge_dropped", "had reportedly offered", "had offered", None, None),
        ("hedge_added", "had been suspended since", "had allegedly been suspended since", None, None),
        ("attribution_dropped", "The union said 120", "Some 120", None, None),
        (
            "attribution_moved",
            "Paul Renner, a spokesman for the federation, said",
            "Ivo Lantry, a clerk of the customs house, said",
            None,
            None,
        ),
        ("word_loaded", "that the government had", "that the regime had", None, None),
    ],
)
def test_each_kind_is_found_alone(
    kind: str, old: str, new: str, before: str | None, after: str | None
) -> None:
    """One change in an otherwise faithful copy gives one drift of its kind, with both passages."""
    (found,) = drifts(retold((old, new)))
    assert found.kind == kind
    assert found.before
    assert found.after
    if before:
        assert (found.before.text, found.after.text) == (before, after)


def test_a_paragraph_that_is_gone_is_told_where_its_neighbours_stand_side_by_side() -> None:
    """A left-out paragraph is given whole; there is nothing behind it in the retelling."""
    gone = next(part for part in WIRE.split("\n\n") if part.startswith("The harbour chaplain"))
    (found,) = drifts(retold((gone + "\n\n", "")))
    assert (found.kind, found.after) == ("paragraph_gone", None)
    assert found.before
    assert found.before.text == gone


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("120 dockers", "one hundred and twenty dockers"),
        ("had reportedly offered", "had apparently offered"),
        ("The union said 120", "According to the union, 120"),
        ("that the government had", "that the authorities had"),
        ("that the government had", "that the government had by then"),
    ],
)
def test_other_words_for_the_same_are_no_drift(old: str, new: str) -> None:
    """A number in words, another hedge, another way to attribute and a neutral synonym change nothing."""
    assert drifts(retold((old, new))) == []


def test_an_exact_copy_has_no_drift() -> None:
    """Where nothing changed, nothing is listed."""
    assert drifts(WIRE) == []


def test_where_the_direction_is_unknown_nothing_is_called_drift() -> None:
    """Of two reports of one day neither is the other's original: before and after cannot be told."""
    articles = [make_article(WIRE, name, name, date(2031, 3, 4)) for name in ("Post", "Echo")]
    edges = link_lineage(articles)
    assert [edge.directed for edge in edges] == [False]
    assert find_drifts(articles, edges, (), ()) == ()


def test_the_record_carries_its_drifts_and_verifies() -> None:
    """A build lists drifts of its lineage, and verify finds every passage in its text."""
    changed = retold(
        ("120 dockers had", "140 dockers had"), ("that the government had", "that the regime had")
    )
    articles = [
        make_article(WIRE, "wire", "Coastal Wire", date(2031, 3, 4)),
        make_article(changed, "retold", "Selde Echo", date(2031, 3, 6)),
    ]
    record = build_record(articles, Settings(processes=1))
    assert [drift.kind for drift in record.drifts] == ["figure_changed", "word_loaded"]
    assert {drift.lineage for drift in record.drifts} == {edge.id for edge in record.lineage}
    assert verify(record).problems == ()


@given(st.lists(st.sampled_from(WIRE.split("\n\n")), max_size=6), st.text("ab “”.\n", max_size=40))
def test_whatever_is_retold_the_passages_are_verbatim(parts: list[str], noise: str) -> None:
    """However a text was cut and mixed, drifts stand in the texts that they name, and every id is another."""
    original = make_article(WIRE, "wire", "Coastal Wire", date(2031, 3, 4))
    derived = make_article("\n\n".join([*parts, noise]), "retold", "Selde Echo", date(2031, 3, 6))
    edges = link_lineage([original, derived])
    record = Record(
        (original, derived), lineage=edges, drifts=find_drifts([original, derived], edges, (), ())
    )
    assert verify(record).problems == ()


def test_an_edge_is_read_in_its_direction() -> None:
    """Before stands in the original, after in the derived report, whichever comes first in the record."""
    changed = retold(("that the government had", "that the regime had"))
    articles: list[Article] = [
        make_article(changed, "retold", "Selde Echo", date(2031, 3, 6)),
        make_article(WIRE, "wire", "Coastal Wire", date(2031, 3, 4)),
    ]
    edges: tuple[Lineage, ...] = link_lineage(articles)
    (found,) = find_drifts(articles, edges, (), ())
    assert found.note == "government > regime"


def test_a_loaded_word_is_found_beside_a_plain_one() -> None:
    """That a passage has a plain word of its own hides no swap of another."""
    both = ("reopen the north gate", "reopen the north gate, as its leadership told the regime,")
    plain = ("reopen the north gate", "reopen the north gate, as its leadership told the administration,")
    articles = [
        make_article(retold(both), "wire", "Coastal Wire", date(2031, 3, 4)),
        make_article(retold(plain), "retold", "Selde Echo", date(2031, 3, 6)),
    ]
    edges = link_lineage(articles)
    found = find_drifts(articles, edges, (), ())
    assert [(one.kind, one.note) for one in found] == [("word_loaded", "regime > administration")]


PARTIES = {"federation": "union", "Federation": "Union", "Owners'": "Dockers'"}
PARTIES |= {there: here for here, there in PARTIES.items()}


def swapped(text: str) -> str:
    """A text in which the two parties change places."""
    return re.sub("|".join(sorted(PARTIES, key=len, reverse=True)), lambda found: PARTIES[found[0]], text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The union said 120", "The union boasted that 120"),
        ("the federation said.", "the federation admitted."),
        ("of a signed accord", "of a signed surrender"),
        ("that the government had", "that the regime had"),
        ("had reportedly offered", "had offered"),
        ("120 dockers had", "140 dockers had"),
    ],
)
def test_the_same_words_drift_whichever_party_they_are_about(old: str, new: str) -> None:
    """With the parties' names exchanged in both texts the same drifts are found, kind by kind; and so backwards."""

    def kinds(told: str, again: str) -> list[str]:
        articles = [
            make_article(told, "wire", "Coastal Wire", date(2031, 3, 4)),
            make_article(again, "retold", "Selde Echo", date(2031, 3, 6)),
        ]
        return [one.kind for one in build_record(articles, Settings(processes=1)).drifts]

    text = retold((old, new))
    assert kinds(WIRE, text) == kinds(swapped(WIRE), swapped(text))
    if "word_loaded" in kinds(WIRE, text):
        assert "word_loaded" in kinds(text, WIRE)


def test_every_plain_word_has_its_loaded_ones_in_both_directions() -> None:
    """A row has both kinds, none of them in both, and each word is one of general English: lower case, no name."""
    for row in vocabulary("drift")["loaded"]:
        assert row["plain"]
        assert row["loaded"]
        assert not set(row["plain"]) & set(row["loaded"])
        assert all(word == word.lower() for word in (*row["plain"], *row["loaded"]))
