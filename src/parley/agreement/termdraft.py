"""A terms file written from what the record has, for a person to correct; it loads again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import yaml

from parley.agreement.needs import needs_text
from parley.agreement.termfile import FIELDS
from parley.model import Phase, Term, ThirdParty, Window

HEAD = (
    "# Read by a machine in the record's texts: correct it, delete what is wrong, fill in what is empty.\n"
    "# Then: parley terms load RECORD FILE. What each field means: docs/terms.md\n"
)
EDITABLE = (
    "name",
    "kind",
    "bearer",
    "beneficiary",
    "act",
    "object",
    "amount",
    "phase",
    "due",
)  # shown though empty


def draft(phases: Sequence[Phase], terms: Sequence[Term], third: Sequence[ThirdParty]) -> str:
    """The file; of two phases or third parties with one name and role the later counts, as a person's does."""
    by_name = {phase.name: phase for phase in phases}
    content = {
        "phases": [_phase(phase) for phase in by_name.values()],
        "terms": [_term(term, number, set(by_name)) for number, term in enumerate(_named_once(terms), 1)],
        "third_parties": [
            _filled("third_parties", name=one.name, role=one.role, start=one.start, end=one.end)
            for one in {(one.name, one.role): one for one in third}.values()
        ],
    }
    filled = {part: rows for part, rows in content.items() if rows}
    return HEAD + (yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=100) if filled else "")


def _named_once(terms: Sequence[Term]) -> list[Term]:
    """Terms, none of which only repeats another's name and words."""
    return list({(term.name, term.act, term.object, term.phase): term for term in terms}.values())


def _phase(phase: Phase) -> dict[str, str]:
    return _filled(
        "phases",
        name=phase.name,
        start=phase.start,
        days=phase.days,
        counting=phase.counting,
        extended=", ".join(day.isoformat() for day in phase.extended_to),
    )


def _term(term: Term, number: int, phases: set[str]) -> dict[str, str]:
    fields = {
        "name": f"T{number}" if term.source != "person" else term.name,
        "kind": term.kind,
        "bearer": term.bearer,
        "beneficiary": term.beneficiary,
        "act": term.act,
        "object": term.object,
        "amount": term.amount,
        "phase": term.phase,
        "needs": needs_text(term.needs) if term.needs else "",
        "due": due_text(term.window, phases) if term.window else "",
        "verification": term.verification,
        "on_breach": term.on_breach,
        "version": term.version,
        "of": term.of,
        "reading": term.reading,
    }
    return _filled("terms", **fields) | {key: "" for key in EDITABLE if not fields[key]}


def due_text(window: Window, anchors: set[str] | None = None) -> str:
    """A window as the file has it; empty where its anchor is none of these."""
    try:
        date.fromisoformat(window.anchor)
    except ValueError:
        if anchors is not None and window.anchor not in anchors and not window.day:
            return ""
        if anchors is not None and window.anchor not in anchors:
            return f"{window.edge} {window.day}"
        if window.counting == "exclusive":
            return f"{window.edge} {window.offset} days after {window.anchor}"
        return f"{window.edge} day {window.offset} of {window.anchor}"
    return f"{window.edge} {window.day or window.anchor}"


def _filled(part: str, **values: object) -> dict[str, str]:
    """The fields of a part that have a value, in the file's order, each on one line."""
    return {field: " ".join(str(values[field]).split()) for field in FIELDS[part] if values.get(field)}
