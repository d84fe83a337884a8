"""Check annotated dispatches: verbatim strings, dates, references, sums, required features, no borrowed phrases.

    python -m bench.check_corpus [FOLDER ...]      all of corpus/, or the process folders named

Exit status 1 and one line per problem where anything is wrong.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from bench.corpus import ROOT, Gold, Process, load_corpus, load_process, splits
from parley.model import ACTS

STATUSES = {"released", "held", "dead", "promised", "demanded", "other"}
FIELDS = {
    "statements": ["speaker", "speaker_name", "cue", "content", "kind", "chain", "date"],
    "figures": ["text", "low", "high", "approx", "unit", "what", "held_by", "from", "to", "status"],
    "times": ["text", "start", "end"],
    "acts": ["actor", "act", "target", "text"],
    "needs": ["holder", "act", "needs", "text"],
}
ARTICLE = re.compile(r"^(the|an?) ", re.IGNORECASE)
PROPER = re.compile(
    r"[A-Z]{2,}|[A-Z]\S*(?: (?:of|for|and|the|[A-Z]\S*))+"
)  # an acronym, or words in capitals
EVERY_PROCESS = {
    "spun_rewrite",
    "partial_copy",
    "two_spellings",
    "figure_conflict",
    "figure_sum",
    "circular_wait",
    "proposal_changes_term",
    "denied_breach",
    "relayed_statement",
    "anonymous_official",
    "omission",
}
SOMEWHERE = {
    "three_step_wait",
    "conditional_wait",
    "simultaneous_exchange",
    "third_party_guarantee",
    "phase_extended",
    "missed_deadline_read_differently",
    "accepted_with_reservations",
    "stale_figure",
    "scope_same_difference",
    "same_noun_both_sides",
    "side_unclear",
    "statement_withdrawn",
    "mistranslation_corrected",
    "retraction",
    "rewrite_changes_accuser",
    "background_formula",
    "official_statement_four_outlets",
    "two_people_one_surname",
    "headline_credits_wrong_side",
    "quotes_inside_quotes",
    "words_in_captivity",
    "two_unnamed_maybe_one",
    "agreement_text",
}
SHINGLE = 9  # words in a row that two processes may not share


def in_text(needle: str, text: str) -> bool:
    """Whether the string stands in the text at word edges, character for character."""
    edge_left = r"(?<!\w)" if needle[:1].isalnum() else ""
    edge_right = r"(?!\w)" if needle[-1:].isalnum() else ""
    return bool(needle) and re.search(edge_left + re.escape(needle) + edge_right, text) is not None


def is_day(value: object) -> bool:
    """Whether the value is an ISO date."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def check_rows(article: Gold) -> Iterator[str]:
    """Problems in one dispatch's rows: missing fields, strings that are not in the text, bad dates."""
    text = article["text"]
    for kind, fields in FIELDS.items():
        for number, row in enumerate(article.get(kind, [])):
            where = f"{kind}[{number}]"
            missing = [name for name in fields if name not in row]
            if missing:
                yield f"{where}: lacks {', '.join(missing)}"
                continue
            strings = [row["text"]] if "text" in row else [*row["content"], row["cue"], row["speaker"]]
            for string in strings:
                if string and not in_text(string, text):
                    yield f"{where}: not in the text: {string!r}"
            yield from (f"{where}: {problem}" for problem in check_values(kind, row))


def check_values(kind: str, row: Gold) -> Iterator[str]:
    """Problems of one row's values."""
    if kind == "statements":
        if row["kind"] not in {"direct", "indirect", "mixed"}:
            yield f"kind {row['kind']!r}"
        if not row["content"] or not all(row["content"]):
            yield "no content"
        if row["date"] is not None and not is_day(row["date"]):
            yield f"date {row['date']!r}"
    if kind == "acts" and row["act"] not in ACTS:
        yield f"act {row['act']!r}"
    if kind == "figures":
        if row["status"] not in STATUSES:
            yield f"status {row['status']!r}"
        if not isinstance(row["approx"], bool):
            yield "approx is neither true nor false"
        low, high = row["low"], row["high"]
        if (low is None and high is None) or (low is not None and high is not None and low > high):
            yield f"low {low} and high {high}"
    if kind == "times":
        days = [row[end] for end in ("start", "end") if row[end] is not None]
        if not days or not all(map(is_day, days)) or days != sorted(days):
            yield f"days {row['start']}..{row['end']} of {row['text']!r}"


def check_article(process: Process, stem: str) -> Iterator[str]:
    """Problems of one dispatch."""
    article = process.articles[stem]
    path = process.folder / f"{stem}.txt"
    if not path.exists():
        yield f"{stem}: no {path.name}"
        return
    if article.get("text") != process.text(stem):
        yield f"{stem}: gold text differs from {path.name}"
        return
    if article.get("id") != stem or article.get("file") != path.name:
        yield f"{stem}: id or file is not the stem"
    if not is_day(article.get("published")):
        yield f"{stem}: published {article.get('published')!r}"
    words = len(article["text"].split())
    if article.get("kind") != "agreement" and not 250 <= words <= 650:
        yield f"{stem}: {words} words, not 250 to 650"
    yield from (f"{stem}: {problem}" for problem in check_rows(article))


def loci(process: Process) -> Iterator[tuple[str, Gold]]:
    """Every {"article", ...} reference in process.json with the key it stands under."""
    for key in ("figure_conflicts", "figure_agreements"):
        for group in process.process.get(key, []):
            yield from ((key, item) for item in group)
    for key in ("breaches", "omissions"):
        yield from ((key, item) for item in process.process.get(key, []))
    for feature, items in process.process.get("features", {}).items():
        yield from ((f"features.{feature}", item) for item in items)


def check_process(process: Process) -> Iterator[str]:
    """Problems of what holds across a process's dispatches."""
    record = process.process
    reports = {stem for stem, article in process.articles.items() if article.get("kind") != "agreement"}
    if not 5 <= len(reports) <= 7:
        yield f"{len(reports)} dispatches, not 5 to 7"
    with (process.folder / "sources.csv").open(encoding="utf-8", newline="") as handle:
        files = {row["file"] for row in csv.DictReader(handle)}
    if files != {f"{stem}.txt" for stem in process.articles}:
        yield "sources.csv and gold name different files"
    derived = {edge["derived"] for edge in record.get("lineage", [])}
    ends = derived | {edge["from"] for edge in record.get("lineage", [])}
    yield from (f"lineage names {stem}, which is no dispatch" for stem in sorted(ends - reports))
    if record.get("independent") != len(reports - derived):
        yield f"independent {record.get('independent')}, but {len(reports - derived)} dispatches derive from no other"
    for key, item in loci(process):
        stem = item.get("article")
        if stem not in process.articles:
            yield f"{key}: no dispatch {stem!r}"
        elif "text" in item and not in_text(item["text"], process.articles[stem]["text"]):
            yield f"{key}: not in {stem}: {item['text']!r}"
    yield from check_figures(process)
    seen: dict[str, int] = {}
    for number, group in enumerate(record.get("aliases", [])):
        for form in group:
            if seen.setdefault(form, number) != number:
                yield f"aliases: {form!r} stands in two groups"
            elif not any(in_text(form, article["text"]) for article in process.articles.values()):
                yield f"aliases: {form!r} is in no dispatch"
    yield from check_names(process)
    missing = EVERY_PROCESS - set(record.get("features", {}))
    if missing:
        yield f"features missing: {', '.join(sorted(missing))}"


def check_names(process: Process) -> Iterator[str]:
    """Speakers told by a proper name of an alias group whose `speaker_name` is no form of that group."""
    group_of = {
        ARTICLE.sub("", form): group for group in process.process.get("aliases", []) for form in group
    }
    known = {form.casefold() for form in group_of}
    for stem, article in process.articles.items():
        for row in article["statements"]:
            form, name = (ARTICLE.sub("", row[key] or "") for key in ("speaker", "speaker_name"))
            if form in group_of and PROPER.fullmatch(form) and name.casefold() not in known:
                yield f"{stem}: {row['speaker']!r} is called {name!r}, no form of {group_of[form][0]!r}"


def check_figures(process: Process) -> Iterator[str]:
    """Problems of figure groups: not annotated, a conflict of equal values, a sum that does not add up."""
    for key in ("figure_conflicts", "figure_agreements"):
        for group in process.process.get(key, []):
            found = [
                next(
                    (
                        row
                        for row in process.articles[item["article"]]["figures"]
                        if row["text"] == item["text"]
                    ),
                    None,
                )
                for item in group
                if item["article"] in process.articles
            ]
            if None in found or len(found) < 2:
                yield f"{key}: a group names a figure that no dispatch annotates: {group}"
                continue
            values = [row["low"] if row["low"] is not None else row["high"] for row in found if row]
            distinct = set(values)
            if (
                key == "figure_conflicts"
                and len(distinct) == 1
                and len({row["high"] for row in found if row}) == 1
            ):
                yield f"{key}: equal values {values}"
            if key == "figure_agreements" and len(distinct) > 1 and not adds_up(values):
                yield f"{key}: neither equal nor a sum: {values}"


def adds_up(values: list[float]) -> bool:
    """Whether one value is the sum of some of the others, repeated ones counted once or each time."""
    for pool in (values, sorted(set(values))):
        for index, total in enumerate(pool):
            rest = pool[:index] + pool[index + 1 :]
            if any(
                sum(part) == total for size in range(2, len(rest) + 1) for part in combinations(rest, size)
            ):
                return True
    return False


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of SHINGLE words, case and punctuation aside."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def check_borrowing(processes: list[Process]) -> Iterator[str]:
    """Runs of words that two processes share, and dispatches that open alike."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    openings: dict[str, set[str]] = defaultdict(set)
    for process in processes:
        for article in process.articles.values():
            for shingle in shingles(article["text"]):
                owners[shingle].add(process.name)
            openings[" ".join(re.findall(r"\w+", article["text"].lower())[:4])].add(process.name)
    for shared, names in sorted(owners.items()):
        if len(names) > 1:
            yield f"{' and '.join(sorted(names))} share: {' '.join(shared)}"
    for opening, names in sorted(openings.items()):
        if len(names) > 1:
            yield f"{' and '.join(sorted(names))} open alike: {opening}"


def check_splits(processes: list[Process]) -> Iterator[str]:
    """Every process is in exactly one split, and the splits name no other."""
    named = [name for names in splits().values() for name in names]
    if sorted(named) != sorted(process.name for process in processes):
        yield "splits.json does not name each process once"


def main(arguments: list[str]) -> int:
    """Print every problem; 0 where there is none."""
    processes = [load_process(Path(name)) for name in arguments] or list(load_corpus())
    problems = []
    for process in processes:
        found = [problem for stem in process.articles for problem in check_article(process, stem)]
        problems += [f"{process.name}: {problem}" for problem in [*found, *check_process(process)]]
    problems += check_borrowing(processes)
    if not arguments:
        problems += check_splits(processes)
        have = {feature for process in processes for feature in process.process.get("features", {})}
        problems += [f"corpus: no process shows {feature}" for feature in sorted(SOMEWHERE - have)]
    print("\n".join(problems) or f"{ROOT.name}: {len(processes)} processes, no problem found")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
