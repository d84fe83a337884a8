"""A person's terms file: YAML or CSV to phases, provisions and third parties, each with the stretch it stands in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

import yaml

from parley.agreement.clocks import COUNTINGS, due, with_end
from parley.agreement.needs import parse_needs
from parley.errors import TermsError
from parley.model import Article, Phase, Term, ThirdParty, Window, row_id

KINDS = ("obligation", "prohibition", "power", "condition")
ROLES = ("mediator", "facilitator", "guarantor", "witness", "observer", "monitor")
TERM_FIELDS: tuple[str, ...] = (
    *("kind", "name", "bearer", "beneficiary", "act", "object", "amount", "phase", "needs", "due"),
    *("verification", "on_breach", "version", "of", "reading"),
)
FIELDS = {
    "phases": ("name", "start", "days", "counting", "extended"),
    "terms": TERM_FIELDS,
    "third_parties": ("name", "role", "start", "end"),
}
REQUIRED = {"phases": ("name",), "terms": ("kind", "act"), "third_parties": ("name", "role")}
COLUMNS = tuple(dict.fromkeys((*TERM_FIELDS, *FIELDS["phases"], *FIELDS["third_parties"])))
DUE = re.compile(
    r"(?P<edge>by|from|on)\s+(?:(?P<day>\d{4}-\d\d-\d\d)|day\s+(?P<number>\d+)\s+of\s+(?P<of>.+)"
    r"|(?P<after>\d+)\s+days?\s+after\s+(?P<anchor>.+))$",
    re.IGNORECASE,
)
Entered = tuple[tuple[Phase, ...], tuple[Term, ...], tuple[ThirdParty, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file: which list it is in, its filled fields, where it stands."""

    file: str
    part: str  # phases | terms | third_parties
    fields: dict[str, str]
    where: str  # "line 12"
    start: int
    end: int

    def wrong(self, field: str, why: str) -> TermsError:
        """The error that names the file, the line and the field."""
        return TermsError(f"{self.file} {self.where}, field {field}: {why}")


def read_term_file(article: Article) -> Entered:
    """Phases, provisions and third parties of an article of the kind terms. Raises TermsError."""
    as_table = article.file.lower().endswith((".csv", ".xlsx"))
    entries = list(_table(article) if as_table else _yaml(article))
    if not entries:
        raise TermsError(
            f"{article.file}: it has no entries; see docs/terms.md, or: parley terms draft RECORD"
        )
    for entry in entries:
        _check(entry)
    phases = tuple(_phase(article, entry) for entry in entries if entry.part == "phases")
    terms = [_term(article, entry) for entry in entries if entry.part == "terms"]
    starts = {phase.name: phase.start for phase in phases if phase.start}
    counting = {phase.name: phase.counting for phase in phases}
    _check_names([entry for entry in entries if entry.part == "terms"], counting)
    made = tuple(
        replace(term, window=due(_counted(term.window, counting), starts)) if term.window else term
        for term in terms
    )
    third = tuple(_third_party(article, entry) for entry in entries if entry.part == "third_parties")
    phases = tuple(replace(p, terms=tuple(t.id for t in made if t.phase == p.name)) for p in phases)
    return phases, made, third


# ------------------------------------------------------------------ files to entries


def _yaml(article: Article) -> Iterator[Entry]:
    try:
        root = yaml.compose(article.text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        where = f" line {at.line + 1}" if at else ""
        why = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise TermsError(f"{article.file}{where}: it is no YAML ({why}); check indents and quotes") from None
    version = ""
    for key, value in _pairs(article.file, root, "the file"):
        line = f"line {key.start_mark.line + 1}"
        if key.value in {"agreement", "version"}:
            version = str(value.value) if key.value == "version" else version
        elif key.value not in FIELDS:
            known = ", ".join(("agreement", "version", *FIELDS))
            raise TermsError(f"{article.file} {line}: {key.value!r} is none of {known}")
        elif isinstance(value, yaml.SequenceNode):
            for item in value.value:
                yield _item(article.file, key.value, item, version)
        elif value.value:
            raise TermsError(f"{article.file} {line}: {key.value} is a list; begin each entry with a dash")


def _pairs(file: str, node: yaml.Node | None, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise TermsError(
            f"{file} line {node.start_mark.line + 1}: {what} has to be of lines like 'name: value'"
        )
    return list(node.value)


def _item(file: str, part: str, node: yaml.Node, version: str) -> Entry:
    where = f"line {node.start_mark.line + 1}"
    fields = {"version": version} if version and part == "terms" else {}
    end = node.end_mark.index if isinstance(node, yaml.MappingNode) and node.flow_style else 0
    for key, value in _pairs(file, node, "an entry"):
        if isinstance(value, yaml.SequenceNode) and all(isinstance(v, yaml.ScalarNode) for v in value.value):
            text = ", ".join(str(one.value) for one in value.value)
        elif isinstance(value, yaml.ScalarNode):
            text = "" if value.tag.endswith(":null") else " ".join(value.value.split())
        else:
            raise TermsError(
                f"{file} line {key.start_mark.line + 1}, field {key.value}: write it on one line"
            )
        end = max(end, value.end_mark.index)
        if text:
            fields[str(key.value)] = text
    return Entry(file, part, fields, where, node.start_mark.index, end)


def _table(article: Article) -> Iterator[Entry]:
    """The rows of a CSV: what a row's kind is says which list it belongs to."""
    lines = article.text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    header: list[str] = []
    first = 0
    try:
        for row in reader:
            begun, first = first, reader.line_num
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells):
                continue
            if not header:
                header = _header(article.file, [cell.lower() for cell in cells])
                continue
            where = f"row {begun + 1}"
            if any(cells[len(header) :]):
                raise TermsError(
                    f"{article.file} {where}: more cells than columns; put quotes around a cell with {delimiter!r}"
                )
            end = min(offsets[reader.line_num] - 1, len(article.text))
            yield _row(article.file, {k: v for k, v in zip(header, cells) if v}, where, offsets[begun], end)
    except csv.Error as error:
        raise TermsError(f"{article.file} row {first + 1}: {error}; check the quotation marks") from None


def _header(file: str, header: list[str]) -> list[str]:
    for name in header:
        if name and name not in COLUMNS:
            raise TermsError(f"{file} row 1: {name!r} is no column{_nearest(name, COLUMNS)}")
    if "kind" not in header:
        raise TermsError(
            f"{file} row 1: no column kind; the first row names the columns: {', '.join(COLUMNS)}"
        )
    return header


def _row(file: str, cells: dict[str, str], where: str, start: int, end: int) -> Entry:
    kind = cells.get("kind", "").lower()
    if kind == "phase":
        part = "phases"
    elif kind in ROLES:
        part = "third_parties"
        cells["role"] = kind
    else:
        return Entry(file, "terms", cells, where, start, end)
    return Entry(file, part, {k: v for k, v in cells.items() if k != "kind"}, where, start, end)


# ------------------------------------------------------------------ entries to rows


def _check(entry: Entry) -> None:
    known = FIELDS[entry.part]
    for field in entry.fields:
        if field not in known:
            raise entry.wrong(field, f"no such field of {entry.part}{_nearest(field, known)}")
    for field in REQUIRED[entry.part]:
        if field not in entry.fields:
            raise entry.wrong(field, "it is missing; fill it in, or delete the entry")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"


def _one_of(entry: Entry, field: str, known: Sequence[str], default: str = "") -> str:
    value = entry.fields.get(field, default).lower()
    if value not in known:
        raise entry.wrong(field, f"{value!r} is none of {', '.join(known)}")
    return value


def _day(entry: Entry, field: str, value: str | None = None) -> date | None:
    text = entry.fields.get(field, "") if value is None else value
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise entry.wrong(field, f"{text!r} is no day; write it as 2031-03-01") from None


def _whole(entry: Entry, field: str) -> int | None:
    text = entry.fields.get(field, "")
    if text and not (text.isdecimal() and 0 < int(text) < 10_000):
        raise entry.wrong(field, f"{text!r} is no number of days; write a whole number from 1 on")
    return int(text) if text else None


def _phase(article: Article, entry: Entry) -> Phase:
    start, days = _day(entry, "start"), _whole(entry, "days")
    extended = [part.strip() for part in entry.fields.get("extended", "").split(",") if part.strip()]
    at = (entry.start, entry.end)
    return with_end(
        Phase(
            row_id("phase", article.id, [at]),
            entry.fields["name"],
            start,
            evidence=(article.id,),
            source="person",
            days=days,
            counting=_one_of(entry, "counting", COUNTINGS, "inclusive"),
            extended_to=tuple(day for part in extended if (day := _day(entry, "extended", part))),
            article=article.id,
            at=at,
            text=article.text[entry.start : entry.end],
        )
    )


def _term(article: Article, entry: Entry) -> Term:
    fields = entry.fields
    try:
        needs = parse_needs(fields.get("needs", ""))
    except ValueError as error:
        raise entry.wrong("needs", f"{error}; write it like: a AND (b OR c)") from None
    return Term(
        row_id("term", article.id, [(entry.start, entry.end)]),
        _one_of(entry, "kind", KINDS),
        fields.get("bearer"),
        fields.get("beneficiary"),
        fields["act"],
        fields.get("object", ""),
        fields.get("amount", ""),
        fields.get("phase", ""),
        "person",
        (article.id,),
        article.id,
        entry.start,
        entry.end,
        article.text[entry.start : entry.end],
        fields.get("name", ""),
        needs,
        _window(entry),
        fields.get("verification", ""),
        fields.get("on_breach", ""),
        fields.get("version", ""),
        fields.get("of", ""),
        fields.get("reading", ""),
    )


def _window(entry: Entry) -> Window | None:
    """What "by day 7 of first phase", "from 3 days after T1" or "on 2031-03-01" says."""
    text = entry.fields.get("due", "")
    if not text:
        return None
    match = DUE.match(text)
    if not match:
        raise entry.wrong(
            "due",
            f"{text!r} can't be read; write: by 2031-03-01, from day 16 of first phase, by 3 days after T1",
        )
    edge = match["edge"].lower()
    if match["day"]:
        _day(entry, "due", match["day"])
        return Window(match["day"], 1, "inclusive", edge)
    if match["number"]:
        return Window(match["of"].strip(), int(match["number"]), "inclusive", edge)
    return Window(match["anchor"].strip(), int(match["after"]), "exclusive", edge)


def _counted(window: Window, counting: dict[str, str]) -> Window:
    """A window with its phase's own way of counting; "days after" is exclusive in any."""
    own = counting.get(window.anchor, window.counting)
    return replace(window, counting=own) if window.counting == "inclusive" else window


def _check_names(entries: Sequence[Entry], phases: dict[str, str]) -> None:
    """Raise TermsError where a name stands twice, or a due names no phase, provision or day of the file."""
    seen: dict[str, str] = {}
    for entry in entries:
        name = entry.fields.get("name", "")
        if name and name in seen:
            raise entry.wrong("name", f"{name!r} stands in {seen[name]} too; give each provision its own")
        seen[name] = entry.where
    known = [*phases, *(name for name in seen if name)]
    for entry in entries:
        window = _window(entry)
        if window and window.anchor not in known and not window.anchor[:4].isdecimal():
            raise entry.wrong(
                "due", f"{window.anchor!r} is no phase or provision here{_nearest(window.anchor, known)}"
            )


def _third_party(article: Article, entry: Entry) -> ThirdParty:
    at = (entry.start, entry.end)
    role = _one_of(entry, "role", ROLES)
    start, end = _day(entry, "start"), _day(entry, "end")
    if start and end and end < start:
        raise entry.wrong("end", f"{end} is before the start, {start}; check both")
    return ThirdParty(
        row_id("third", article.id, [at]),
        entry.fields["name"],
        role,
        start,
        end,
        "person",
        article.id,
        at,
        article.text[entry.start : entry.end],
        (article.id,),
    )
