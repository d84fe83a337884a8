"""Ids derive from content; JSON data turns back into the same values."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from parley.contract import from_data, tables, to_data
from parley.export import as_json
from parley.model import (
    Act,
    Article,
    Figure,
    Lineage,
    Record,
    Span,
    Statement,
    Time,
    article_id,
    derived_id,
    digest,
    row_id,
)

texts = st.text(max_size=40)
days = st.none() | st.dates()
spans = st.builds(Span, st.integers(0, 99), st.integers(100, 199), texts)


@given(st.lists(texts, min_size=1), st.lists(texts, min_size=1))
def test_digests_of_different_parts_differ(one: list[str], other: list[str]) -> None:
    """Two lists of parts have one digest only if they are the same list: joins do not collide."""
    assert (digest(*one) == digest(*other)) == (one == other)


def test_an_article_id_hangs_on_outlet_place_day_and_text() -> None:
    """A copy in another outlet, folder or on another day is a second article."""
    ids = {
        article_id(outlet, where, day, text)
        for outlet in ("A", "B")
        for where in ("x.txt", "y.txt")
        for day in (None, date(2031, 1, 1))
        for text in ("one", "two")
    }
    assert len(ids) == 16


def test_a_row_id_does_not_hang_on_the_value() -> None:
    """Kind, article, spans, label and ordinal make a row's id; nothing else can."""
    assert row_id("act", "art-1", [(3, 9)], "DENY") == row_id("act", "art-1", [(3, 9)], "DENY")
    assert row_id("act", "art-1", [(3, 9)], "DENY") != row_id("act", "art-1", [(3, 9)], "DENY", 1)


@given(st.lists(texts))
def test_a_derived_id_does_not_hang_on_the_order_of_its_evidence(evidence: list[str]) -> None:
    """The same rows in another order give the same derived row."""
    assert derived_id("clm", evidence) == derived_id("clm", reversed(evidence))


@given(
    st.builds(
        Statement,
        texts,
        texts,
        st.none() | spans,
        texts,
        st.none() | spans,
        st.tuples(spans, spans),
        st.just("mixed"),
        st.tuples(texts),
        days,
        st.none() | texts,
    )
    | st.builds(
        Figure, texts, texts, st.integers(), st.integers(), texts, st.none() | st.floats(0, 1e9), st.none()
    )
    | st.builds(Time, texts, texts, texts, st.tuples(st.integers(), st.integers()), days, days)
    | st.builds(Act, texts, texts, texts, texts, st.none() | texts, st.integers(), st.integers(), texts, days)
    | st.builds(
        Lineage,
        texts,
        texts,
        texts,
        texts,
        st.floats(0, 1),
        st.tuples(st.tuples(spans, spans)),
        st.tuples(texts),
    )
)
def test_values_survive_json_data(value: object) -> None:
    """Whatever `to_data` gives, `from_data` turns back into an equal value."""
    assert from_data(type(value), to_data(value)) == value


def test_export_uses_the_names_of_the_contract() -> None:
    """`from_` is `from`, every table of the contract is there, and the schema is named."""
    article = Article("art-1", "x.txt", "A", "text")
    figure = Figure("f", "art-1", 0, 4, "text", 1.0, 1.0, from_="A")
    data = json.loads(as_json(Record(articles=(article,), figures=(figure,))))
    assert data["schema"] == "parley-record/1"
    assert set(tables()) < set(data)
    assert data["figures"][0]["from"] == "A"
    assert data["figures"][0]["low"] == 1
    assert data["independent"] == 1
