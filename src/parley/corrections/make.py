"""Makes a correction out of what a person typed or clicked, checked against the record; nothing is saved here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from parley.contract import from_data, tables, to_data
from parley.corrections.apply import READ, spans_of
from parley.corrections.decisions import ACTIONS
from parley.errors import CorrectionError
from parley.model import Actor, Article, Correction, Figure, Record, correction_id

FIXED = frozenset({"id", "article", "start", "end", "text", "at", "content", "speaker", "cue", "actor"})
RELATIONS = ("agree", "conflict", "adds_up", "superseded", "different_scope", "unrelated")
SIDES = ("held_by", "from", "to", "affiliation")
QUOTED = 90  # characters of a row's words that a correction keeps


def make_correction(
    record: Record, row: str, action: str, words: Iterable[str], author: str, at: str, reason: str
) -> Correction:
    """A correction of a row. Raises CorrectionError with the next step where row, action or value don't fit.

    `words` are the action's values as typed: "kind=direct" for edit, a day for date, another row for merge.
    """
    if not author.strip():
        raise CorrectionError("a correction needs an author. Give --author NAME, or set PARLEY_AUTHOR.")
    if action not in ACTIONS:
        raise CorrectionError(f"{action!r} is no correction. Known are: {', '.join(ACTIONS)}.")
    typed = [word for word in words if word.strip()]
    target = find_row(record, row) if action not in {"undo", "settle", "clear", "withhold"} else None
    value, about = _value(record, row, target, action, typed), _about(record, row, target)
    made = correction_id(row, action, value, author, at)
    named = target.id if target is not None else row
    return Correction(made, named, action, value, author, at, reason, about)


def find_row(record: Record, row: str) -> Any:  # noqa: ANN401 - a row of any table
    """The row of an id, or the report of a file. Raises CorrectionError."""
    for name in tables():
        for one in getattr(record, name):
            if getattr(one, "id", None) == row or (isinstance(one, Article) and one.file == row):
                return one
    struck = next((one for one in record.struck if one.row == row), None)
    if struck is not None:
        return struck
    raise CorrectionError(
        f"{row}: no row of this record has that id. Look it up with: parley export, or on a page."
    )


def _value(record: Record, row: str, target: Any, action: str, typed: list[str]) -> str:  # noqa: ANN401
    """The value that is kept: plain text, or JSON where it has parts."""
    if action in {"right", "wrong"}:
        return ""
    if action in {"clear", "withhold"}:
        return _a_name(record, row)
    if not typed:
        raise CorrectionError(f"{action}: no value given. See: parley correct --help")
    if action in {"date", "outlet", "archived"}:
        return _of_a_report(target, action, " ".join(typed))
    if action in {"edit", "side"}:
        fields = dict(_field(record, target, action, one) for one in _both_ends(target, typed))
        _check_range(target, fields)
        return json.dumps(fields, sort_keys=True)
    if action in {"merge", "split"}:
        return _pair(record, target, action, " ".join(typed))
    if action == "relate":
        return _related(record, target, typed)
    if action == "bind" and typed[0] not in {term.id for term in record.terms}:
        raise CorrectionError(f"{typed[0]}: no provision of this record. List them with: parley terms list")
    return typed[0]


def _a_name(record: Record, row: str) -> str:
    if not any(row in (actor.name, *actor.surfaces) for actor in record.actors):
        raise CorrectionError(
            f"{row!r}: nobody in this record bears that name. Give it as a report writes it."
        )
    return ""


def _of_a_report(target: Any, action: str, value: str) -> str:  # noqa: ANN401
    if not isinstance(target, Article):
        raise CorrectionError(f"{target.id}: {action} corrects a report. Give a report's id or file.")
    if action == "date":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise CorrectionError(f"{value!r} is no day. Give it as YYYY-MM-DD.") from None
    if action == "archived" and not value.startswith(("http://", "https://")):
        raise CorrectionError(f"{value!r} is no address. Give the archive's copy: https://...")
    return value


def _field(record: Record, target: Any, action: str, typed: str) -> tuple[str, Any]:  # noqa: ANN401
    """(field, value) of "field=value", checked by the type of the field."""
    name, sign, value = typed.partition("=")
    allowed = SIDES if action == "side" else _editable(record, target)
    if not sign or name not in allowed:
        raise CorrectionError(f"{typed!r}: give FIELD=VALUE with one of: {', '.join(allowed)}.")
    if name == "span":
        return name, _span(record, target, value)
    if name == "affiliation":
        return name, _body(record, target, value)
    try:
        plain: Any = json.loads(value) if value[:1].isdigit() or value in {"null", "true", "false"} else value
        made = from_data(type(target), to_data(target) | {name: plain})
    except (ValueError, TypeError, AttributeError):
        raise CorrectionError(
            f"{typed!r}: the value is of the wrong kind for {name} of {target.id}."
        ) from None
    old, new = to_data(target)[name], to_data(made)[name]
    if (
        old is not None
        and new is not None
        and not isinstance(new, type(old))
        and not isinstance(old, int | float)
    ):
        raise CorrectionError(f"{typed!r}: {name} of {target.id} is {old!r}, which is another kind of value.")
    return name, new


def _both_ends(target: Any, typed: list[str]) -> list[str]:  # noqa: ANN401
    """What was typed with the value of a figure, "value=24", as both of its ends."""
    if not isinstance(target, Figure):
        return typed
    ends = (
        [one.replace("value", name, 1) for name in ("low", "high")] if one.startswith("value=") else [one]
        for one in typed
    )
    return [end for some in ends for end in some]


def _check_range(target: Any, fields: dict[str, Any]) -> None:  # noqa: ANN401
    """Raise CorrectionError where the low end of a figure would be above the high one."""
    after = to_data(target) | fields
    low, high = after.get("low"), after.get("high")
    if low is not None and high is not None and low > high:
        raise CorrectionError(
            f"{target.id}: it would be from {low} to {high}. Give both ends, or the value, as in: value={high}"
        )


def _editable(record: Record, target: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not any(target in getattr(record, name) for name in READ):
        raise CorrectionError(f"{target.id}: edit what was read from a report; this row follows from others.")
    return ("span", *(field.name.rstrip("_") for field in fields(target) if field.name not in FIXED))


def _span(record: Record, target: Any, value: str) -> list[int]:  # noqa: ANN401
    text = next(one.text for one in record.articles if one.id == target.article)
    start, _, end = value.partition("-")
    if not (start.isdigit() and end.isdigit() and 0 <= int(start) < int(end) <= len(text)):
        raise CorrectionError(
            f"span={value}: give START-END in characters, up to {len(text)} in this report."
        )
    return [int(start), int(end)]


def _body(record: Record, target: Any, value: str) -> str:  # noqa: ANN401
    body = next((one for one in record.actors if value in (one.id, one.name)), None)
    if body is None or not isinstance(target, Actor):
        raise CorrectionError(f"affiliation={value}: give a name's id, and as value the body's id or name.")
    return body.id


def _pair(record: Record, target: Any, action: str, value: str) -> str:  # noqa: ANN401
    """The two mentions that a merge or split is about, as JSON."""
    if not isinstance(target, Actor):
        raise CorrectionError(f"{target.id}: {action} is about names. Give a name's id.")
    if action == "merge":
        other = next(
            (one for one in record.actors if one.id != target.id and value in (one.id, one.name)), None
        )
        found = other.mentions[0] if other else None
    else:
        found = next((one for one in target.mentions if value in (one.text, one.name)), None)
    first = next(
        (one for one in target.mentions if found and value not in (one.text, one.name)), target.mentions[0]
    )
    if found is None or found is first:
        raise CorrectionError(
            f"{value!r}: {target.name} has no such {'other name' if action == 'merge' else 'form'}."
        )
    refs = sorted([first.article, first.start, first.end] for first in (first, found))
    return json.dumps(refs)


def _related(record: Record, target: Any, typed: list[str]) -> str:  # noqa: ANN401
    other, relation = typed[0], " ".join(typed[1:]) or "agree"
    if not isinstance(target, Figure) or other not in {figure.id for figure in record.figures}:
        raise CorrectionError(f"{other}: relate two figures, by their ids.")
    if relation not in RELATIONS:
        raise CorrectionError(f"{relation!r}: a relation is one of {', '.join(RELATIONS)}.")
    return json.dumps([other, relation])


def _about(record: Record, row: str, target: Any) -> str:  # noqa: ANN401
    """Outlet, file and words of a row, readable when the row is gone."""
    if target is None:
        earlier = next((one for one in record.outcomes if one.correction == row), None)
        return f"correction {row}" if earlier else row
    article = next(
        (one for one in record.articles if one.id in (target.id, getattr(target, "article", ""))), None
    )
    where = f"{article.outlet}, {article.file}" if article else ""
    words = ""
    if article is not None and any(target in getattr(record, name) for name in READ):
        words = article.text[slice(*spans_of(target)[0])]
    words = words or getattr(target, "text", "") or getattr(target, "name", "")
    plain = " ".join(words.split())[:QUOTED] if target is not article else (article.title if article else "")
    return ": ".join(part for part in (where, plain) if part)
