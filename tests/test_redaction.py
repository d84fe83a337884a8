"""Redaction: removed words stand nowhere in the file, don't come back by any door, and the record still proves itself."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley import store
from parley.cli import main
from parley.errors import ChangedError, RedactionError
from parley.model import BLOCK, Followed, Mark, Record
from parley.pipeline import build_record
from parley.proof import verify
from parley.reader.blocks import with_stand_ins
from parley.redaction import Redactor, Removal, marks_of, removal_of, standing_again
from tests.conftest import make_article

SALT = "11" * 16
NAME = "Mira Oduya"
WORD = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=8)


def run(*arguments: str | Path, ok: bool = True) -> Result:
    """One call of the command by Ada."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], env={"PARLEY_AUTHOR": "Ada"})
    assert (result.exit_code == 0) == ok, result.output
    return result


@pytest.fixture
def record(reports: Path, tmp_path: Path) -> Path:
    """A record's file in which a name stands wherever one can: texts, notes, codes, corrections, issues, sources."""
    path = tmp_path / "r.db"
    wire = reports / "wire.txt"
    wire.rename(reports / "mira-oduya.txt")
    table = reports / "sources.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("wire.txt", "mira-oduya.txt"), encoding="utf-8"
    )
    run("build", reports, "-o", path)
    held = store.load(path)
    store.save(held, path, followed=[Followed(f"https://wire.example/{NAME.replace(' ', '-')}")])
    said = next(one.id for one in held.statements if one.speaker_name == NAME)
    run("note", path, f"Spoke to ODUYA today. {NAME} is\nwell.", "--about", said)
    run("correct", path, said, "edit", f"speaker_name={NAME}", "--reason", f"{NAME} said it", "--yes")
    run("correct", path, NAME, "clear", "--yes")
    book = tmp_path / "book.csv"
    book.write_text(f"code,label,definition\nclose,Close,close to {NAME}\n", encoding="utf-8")
    run("codebook", path, "--import", book)
    run("code", path, said, "close", "--coder", NAME)
    run("sitrep", path, "--since", "2031-03-01", "--until", "2031-03-07", "-o", tmp_path / "s.md")
    return path


def holds(path: Path, *words: str) -> list[str]:
    """Which of the words stand in the bytes of a record's file, its log or its index, in any case."""
    files = sorted(path.parent.glob(f"{path.name}*"))
    data = b"\n".join(one.read_bytes() for one in files).lower()
    return [word for word in words if word.lower().encode() in data]


def test_a_name_is_nowhere_in_the_files_bytes(record: Path) -> None:
    """Before, it stands in the file; afterwards in no table, no free page, no log, while the record proves itself."""
    before = store.load(record)
    assert holds(record, NAME, "oduya") == [NAME, "oduya"]
    run("redact", record, NAME, "--reason", f"asked for by {NAME}", "--yes")
    assert holds(record, NAME, "oduya", "mira") == []
    after = store.load(record)
    assert verify(after).problems == ()
    assert [len(one.text) for one in after.articles] == [len(one.text) for one in before.articles]
    assert [one.id for one in after.articles] == [one.id for one in before.articles]
    assert [one.id for one in after.statements] == [one.id for one in before.statements]
    assert len(store.corrections(record)) == 2
    assert {one.outcome for one in after.outcomes} == {"applied"}
    listed = run("verify", record).output
    assert listed.startswith("redacted: a name, ")
    assert "no problems" in listed
    assert "issue 1" in run("sitrep", record, "--issues").output


def test_it_does_not_come_back_when_the_record_is_built(record: Path, reports: Path) -> None:
    """From its own texts and from the folder, which still has the name, comes the record that was redacted."""
    run("redact", record, NAME, "--yes")
    after = store.load(record)
    run("build", "-o", record)
    assert store.load(record) == after
    run("build", reports, "-o", record)
    assert store.load(record) == after
    assert holds(record, NAME, "oduya") == []
    assert "no problems" in run("verify", record).output


def test_no_door_lets_it_in_again(record: Path, reports: Path, tmp_path: Path) -> None:
    """A new report, watched or built, a note, rows, corrections and codes of a colleague: each comes in redacted."""
    copy = tmp_path / "colleague.db"
    copy.write_bytes(record.read_bytes())
    run("redact", record, NAME, "--yes")
    new = (
        "PORT SELDE, 8 March 2031 — MIRA ÓDUYA's union said on Saturday that Mira  Oduya would not come. "
        "Write to mira.oduya@selde.example.\n"
    )
    (reports / "new.txt").write_text(new, encoding="utf-8")
    run("watch", record, reports, "--once")
    assert any(BLOCK in one.text and one.file == "new.txt" for one in store.load(record).articles)
    run("note", record, f"{NAME} called.")
    (tmp_path / "rows.csv").write_text(f"words,speaker\nHello,{NAME}\n", encoding="utf-8")
    run("import-rows", record, tmp_path / "rows.csv")
    run("correct", record, "daily.txt", "outlet", f"{NAME} Daily", "--yes")
    for command in ("corrections", "codes"):
        run(command, copy, "--export", tmp_path / "theirs.jsonl")
        assert NAME in (tmp_path / "theirs.jsonl").read_text(encoding="utf-8")
        assert run(command, record, "--import", tmp_path / "theirs.jsonl").output == "0 new\n"
    run("build", reports, "-o", record)
    assert holds(record, NAME, "oduya") == []
    assert "no problems" in run("verify", record).output


def test_a_text_goes_with_what_rests_on_it_and_stays_away(record: Path, reports: Path) -> None:
    """Its rows go, corrections and notes lose its words, and neither it nor the same text under another name comes back."""
    held = store.load(record)
    daily = next(one for one in held.articles if one.file == "daily.txt")
    row = next(one for one in held.statements if one.article == daily.id)
    quoted = "accused the Owners' Federation of breaking the January accord"
    run("note", record, f"They {quoted}, it says.")
    run("correct", record, row.id, "wrong", "--reason", f"it {quoted}", "--yes")
    shown = run("redact", record, "daily.txt", "--yes").output
    assert "The whole text daily.txt (Selde Daily) goes." in shown
    after = store.load(record)
    assert all(one.id != daily.id for one in after.articles)
    assert holds(record, quoted, "Dockers and owners dig in", "140 dockers") == []
    (reports / "daily.txt").rename(reports / "other.txt")
    table = reports / "sources.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("daily.txt", "other.txt"), encoding="utf-8")
    run("build", reports, "-o", record)
    assert [one.file for one in store.load(record).texts] == ["mira-oduya.txt"]
    assert "redacted: a whole text, 1 place" in run("verify", record).output


def test_the_words_of_a_row_go_wherever_they_stand(record: Path) -> None:
    """A statement's content is blocked in its report; the rest of the report stays."""
    held = store.load(record)
    row = next(one for one in held.statements if "honoured every clause" in one.content[0].text)
    run("redact", record, row.id, "--yes")
    assert holds(record, "honoured every clause") == []
    assert holds(record, "north gate", "Paul Renner") == ["north gate", "Paul Renner"]
    assert run("verify", record).output.startswith("redacted: words, 1 place, by Ada on ")


def test_what_goes_is_shown_first(record: Path) -> None:
    """Forms and places are listed, and nothing is written unless somebody says so."""
    before = record.read_bytes()
    shown = run("redact", record, NAME, "--also", "M. Oduya", "--keep", "Oduya", "--dry-run").output
    assert shown.startswith(f"These words go: “{NAME}”; “M. Oduya”\n")
    assert "mira-oduya.txt: " in shown
    refused = CliRunner().invoke(main, ["redact", str(record), NAME, "--author", "Ada"], input="n\n")
    assert refused.exit_code == 1
    assert record.read_bytes() == before


def test_what_cannot_be_redacted_is_said_in_one_line(record: Path) -> None:
    """Nobody of that name, a row without words, no author, and a program that keeps the file's log open."""
    assert "no name, report, row or words" in run("redact", record, "Tomas Brill", "--yes", ok=False).output
    actor = store.load(record).claims[0].id
    assert "no name, report, row or words" in run("redact", record, actor, "--yes", ok=False).output
    result = CliRunner().invoke(main, ["redact", str(record), NAME, "--yes"], env={"PARLEY_AUTHOR": ""})
    assert "needs an author" in result.output


def test_a_log_that_another_program_holds_is_said(reports: Path, tmp_path: Path) -> None:
    """As long as old words may stand in the log the command fails; redacting again when it is free wipes them."""
    record = tmp_path / "r.db"
    run("build", reports, "-o", record)
    other = sqlite3.connect(record)
    other.execute("BEGIN")
    other.execute("SELECT * FROM row").fetchone()
    result = run("redact", record, NAME, "--yes", ok=False)
    assert "nother program" in result.output
    other.close()
    run("redact", record, "--wipe")
    assert holds(record, NAME, "oduya") == []
    assert run("verify", record).output.startswith("redacted: a name")


def test_what_was_saved_meanwhile_is_not_lost(record: Path) -> None:
    """A redaction or note that was worked out on an older state of the file writes nothing and says so."""
    number, held = store.saved_number(record), store.load(record)
    run("correct", record, held.figures[0].id, "right", "--yes")
    before = store.corrections(record)
    with pytest.raises(ChangedError, match="Run the command again"):
        store.redact(record, number, Record(), (), (), Redactor(()).anew)
    with pytest.raises(ChangedError, match="Run the command again"):
        store.enter_notes(record, number, (), held, Record())
    assert store.corrections(record) == before
    assert store.load(record).articles == held.articles


def test_two_of_one_surname_have_to_be_told_apart() -> None:
    """A name that several bear alone is refused with their ids; the full name of one is enough."""
    text = "“No,” said Mira Oduya of the union. “Yes,” said Lena Brandt of the owners.\n"
    record = build_record([make_article(text)], parley.Settings())
    first, second = record.actors[0], record.actors[1]
    twins = Record(
        articles=record.articles, actors=(first, second.__class__(second.id, first.name, second.kind))
    )
    with pytest.raises(RedactionError, match="several bear that name"):
        removal_of(twins, first.name)
    assert removal_of(twins, first.id).what == "name"


def test_an_export_tells_of_a_redaction_and_not_of_whom(record: Path) -> None:
    """The tombstone is in the export, neither salt nor hash is; both stay in the record's own file."""
    run("redact", record, NAME, "--reason", "asked for", "--yes")
    exported = run("export", record, "--include", "internal").output
    assert [one["reason"] for one in json.loads(exported)["tombstones"]] == ["asked for"]
    for mark in store.entered(record, Mark):
        assert mark.salt not in exported
        assert mark.sha256 not in exported


def test_whoever_spoke_is_not_taken_for_another() -> None:
    """Their words stay theirs: nobody else, no outlet and no other removed person is given as the speaker."""
    text = (
        "PORT SELDE, 4 March - The gate stays shut, said Mira Oduya, president of the Dockers' Union. "
        "“We will not pay,” said Lena Brandt, head of the Owners' Federation.\n"
    )
    articles = [make_article(text, f"{n}.txt", f"Outlet {n}", date(2031, 3, 4 + n)) for n in range(2)]
    record = build_record(articles, parley.Settings())
    marks = [
        mark for name in (NAME, "Lena Brandt") for mark in marks_of(removal_of(record, name), SALT, "tomb-1")
    ]
    after = build_record(Redactor(marks).arrivals(articles), parley.Settings())
    assert standing_again(after, marks) == []
    assert standing_again(record, marks) != []
    (whose,) = {one.speaker_name for one in after.statements if one.content[0].text == "We will not pay"}
    assert whose == BLOCK * len("Lena Brandt")
    assert {one.speaker_name.strip(BLOCK) for one in after.statements} == {""}
    blocked = [one for one in after.actors if BLOCK in one.name]
    assert all(len({mention.article for mention in one.mentions}) == 1 for one in blocked)
    assert all(one.affiliation not in {actor.id for actor in blocked} for one in after.actors)


@given(st.lists(WORD, min_size=1, max_size=3), st.lists(WORD, max_size=12), st.integers(0, 12))
def test_a_block_is_as_long_as_what_it_stands_for(name: list[str], words: list[str], at: int) -> None:
    """Whatever the words: the length stays, the name is found, and a second pass changes nothing."""
    form = " ".join(word.title() for word in name)
    text = " ".join([*words[:at], form, *words[at:], "and more."])
    redactor = Redactor(marks_of(Removal("name", (form,)), SALT, "tomb-1"))
    blocked = redactor.blocked(text)
    assert len(blocked) == len(text) == len(with_stand_ins(blocked))
    if not (len(form.split()) == 1 and form.islower()):
        assert BLOCK * len(form) in blocked
    assert redactor.blocked(blocked) == blocked


def test_an_ordinary_word_is_no_name() -> None:
    """A single word in small letters stays, unless it stands in an address."""
    redactor = Redactor(marks_of(Removal("name", ("Will",)), SALT, "tomb-1"))
    assert (
        redactor.blocked("Will said they will come, WILL's too.") == "████ said they will come, ████'s too."
    )
    assert redactor.blocked("https://x.example/will") == "https://x.example/████"


@pytest.mark.slow
def test_a_killed_redaction_leaves_a_whole_record(reports: Path, tmp_path: Path) -> None:
    """Killed at any moment: the record has the name or the tombstone, never half, and wiping it leaves no old word."""
    whole = tmp_path / "whole.db"
    run("build", reports, "-o", whole)
    for attempt in range(10):
        path = tmp_path / f"r{attempt}.db"
        path.write_bytes(whole.read_bytes())
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, env=os.environ
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.004 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        held = store.load(path)
        assert verify(held).problems == ()
        assert bool(held.tombstones) == all(NAME not in one.text for one in held.articles)
        store.wipe(path)
        assert bool(held.tombstones) == (holds(path, NAME) == [])


KILLED = """
import sys
from pathlib import Path
from parley import store
from parley.model import Tombstone
from parley.pipeline import build_record
from parley.redaction import Redactor, marks_of, remainder, removal_of
from parley.settings import Settings
path = Path(sys.argv[1])
record = store.load(path)
removal = removal_of(record, "Mira Oduya")
marks = marks_of(removal, "11" * 16, "tomb-1")
left = remainder(record, (), (), removal, marks)
after = build_record(left.came_in, Settings())
stone = Tombstone("tomb-1", "name", 1, "Ada", "2031-03-07T06:30:00+00:00")
print("ready", flush=True)
store.redact(path, store.saved_number(path), after, (), [stone, *marks], Redactor(marks).anew)
print("done", flush=True)
"""
