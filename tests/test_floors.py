"""Quality floors: the gate itself, and today's scores where the evaluation data is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.floors import FILE, below, raised, today

OLD = {"set": {"gold": "1", "scores": {"statements.joint": 70.0, "acts.label": 40.0}}}


def scores(joint: float, label: float, gold: str = "1") -> dict[str, object]:
    """Scores of one set."""
    return {"set": {"gold": gold, "scores": {"statements.joint": joint, "acts.label": label}}}


def test_a_fallen_score_is_named() -> None:
    """The gate says which measure of which set fell, and nothing where none did."""
    assert below(OLD, scores(70.0, 41.0)) == []
    (problem,) = below(OLD, scores(69.9, 41.0))
    assert "statements.joint is 69.9, under its floor of 70.0" in problem


def test_floors_rise_and_do_not_fall_in_silence() -> None:
    """Raising takes what is higher; only a measure named to be lowered goes down."""
    assert raised(OLD, scores(60.0, 50.0)) == scores(70.0, 50.0)
    assert raised(OLD, scores(60.0, 50.0), "statements.joint") == scores(60.0, 50.0)


def test_changed_gold_is_no_floor() -> None:
    """A floor holds for the data that it was measured on; new gold has to be measured again."""
    assert below(OLD, scores(99.0, 99.0, "2"))
    assert raised(OLD, scores(10.0, 10.0, "2")) == scores(10.0, 10.0, "2")


@pytest.mark.slow
def test_no_score_is_below_its_floor(evaluation: Path) -> None:
    """Today's scores on corpus dev and on the real reports stand at or above the pinned ones."""
    assert evaluation.is_dir()
    assert below(json.loads(FILE.read_text(encoding="utf-8")), today()) == []
