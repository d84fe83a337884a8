"""Issues: a report frozen under a number, the same content under the same number, and what later corrections touch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from parley.contract import from_data, to_data
from parley.corrections.listed import root_of
from parley.model import Correction
from parley.sitrep.values import Issue, Line, Section, Sitrep, Touched
from parley.store.issues import KeptIssue

ID = re.compile(r"\b[a-z]+-[0-9a-f]{16}\b")  # a row's id, wherever a correction's value names one
DATED = "date"  # the correction that moves a report into another period


def frozen(report: Sitrep, template: str) -> str:
    """A report and its template as the JSON that is kept, without the number, which the store gives."""
    kept = {"report": to_data(replace(report, number=0)), "template": template}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(kept: KeptIssue) -> Issue:
    """The issue that was frozen."""
    data = json.loads(kept.data)
    report = replace(from_data(Sitrep, data["report"]), number=kept.number)
    return Issue(report, data["template"], kept.corrections)


def earlier_issues(issues: Iterable[Issue], report: Sitrep) -> list[Issue]:
    """The issues of earlier periods that rest on no more than a report does, so that it may speak of them."""
    return [
        one
        for one in issues
        if one.report.until < report.until and {*one.report.included} <= {*report.included}
    ]


def issues_touched(
    correction: Correction, issues: Iterable[Issue], corrections: Iterable[Correction] = ()
) -> tuple[Touched, ...]:
    """The issues that a correction touches, with the headings under which its rows stand behind a line.

    `corrections`: those among which an undone or settled one is looked up. A date also touches every issue whose
    period its report now falls into; a name, every line that prints it.
    """
    root = root_of(correction, {one.id: one for one in corrections})
    return tuple(touched for issue in issues if (touched := _touched(root, issue)))


def _touched(correction: Correction, issue: Issue) -> Touched | None:
    rows = {correction.row, *ID.findall(correction.value)}
    hit: list[tuple[Section, Line]] = [
        (section, line)
        for section in issue.report.sections
        for line in section.lines
        if rows & {*line.rows} or _prints(line, correction)
    ]
    headings = list(dict.fromkeys(section.heading for section, _ in hit))
    if not hit and _falls_in(correction, issue.report):
        headings = ["a report that now falls into its period"]
    return Touched(issue.report.number, tuple(headings), len(hit)) if headings else None


def _prints(line: Line, correction: Correction) -> bool:
    """Whether a line prints the name that a correction clears or withholds."""
    if correction.action not in {"clear", "withhold"}:
        return False
    name = re.compile(rf"\b{re.escape(correction.row)}\b")
    return any(name.search(text) for text in (line.text, *(note.cited for note in line.footnotes)))


def _falls_in(correction: Correction, report: Sitrep) -> bool:
    return correction.action == DATED and report.since <= date.fromisoformat(correction.value) <= report.until


def made_since(issues: Sequence[Issue], corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections that none of some issues knew of, in the order in which the record took them in."""
    return tuple(corrections[max((one.corrections for one in issues), default=len(corrections)) :])


def touched_since(
    issues: Sequence[Issue], corrections: Sequence[Correction]
) -> Iterator[tuple[Issue, list[tuple[Correction, Touched]]]]:
    """Every issue with the corrections made since that touch it, and where."""
    for issue in issues:
        later = corrections[issue.corrections :]
        found = ((one, issues_touched(one, [issue], corrections)) for one in later)
        yield issue, [(one, touched[0]) for one, touched in found if touched]
