"""verify() finds every kind of damage that it says it looks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import parley
from parley.model import FigureRelation, Record, Span


@pytest.fixture
def record(reports: Path) -> Record:
    """The record of the two example reports."""
    return parley.build([str(reports)])


def test_a_built_record_is_whole(record: Record) -> None:
    """Nothing that Parley builds fails its own proof, and the proof looked at something."""
    report = parley.verify(record)
    assert report.problems == ()
    assert report.spans > 50
    assert report.ids > 20


def test_a_moved_span_is_found(record: Record) -> None:
    """A row whose text is not what stands at its offsets is named."""
    moved = replace(record.times[0], at=(record.times[0].at[0] + 1, record.times[0].at[1] + 1))
    assert any(moved.id in problem for problem in parley.verify(replace(record, times=(moved,))).problems)


def test_a_changed_article_is_found(record: Record) -> None:
    """An article whose text was changed no longer derives to its id."""
    changed = replace(record.articles[0], text=record.articles[0].text + "!")
    problems = parley.verify(replace(record, articles=(changed, *record.articles[1:]))).problems
    assert any(problem.startswith(changed.id) for problem in problems)


def test_a_changed_id_and_a_lost_row_are_found(record: Record) -> None:
    """A statement under another id, and evidence that names no row."""
    lost = replace(record, statements=(replace(record.statements[0], id="stm-0"), *record.statements[1:]))
    problems = parley.verify(lost).problems
    assert any(problem.startswith("stm-0") for problem in problems)
    assert any("is no row" in problem for problem in problems)


def test_an_unanchored_statement_is_found(record: Record) -> None:
    """A content that names an article the record does not hold."""
    strange = replace(record.statements[0], article="art-none", content=(Span(0, 1, "x"),))
    assert any("does not hold" in p for p in parley.verify(replace(record, statements=(strange,))).problems)


def test_a_wrong_sum_is_found(record: Record) -> None:
    """A relation that says figures add up when they do not."""
    ids = tuple(figure.id for figure in record.figures[:3])
    relation = FigureRelation("rel-x", ids, "adds_up", "our sum", ids)
    problems = parley.verify(replace(record, figure_relations=(relation,))).problems
    assert any("is not the sum" in problem for problem in problems)
