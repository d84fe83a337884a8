"""Situation reports: the same headings every day, words behind every line, issues that print again byte for byte."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley import store
from parley.agreement.views import parse_view
from parley.cli import main
from parley.contract import tables
from parley.corrections import make_correction
from parley.errors import ParleyError, StoreError
from parley.model import Correction, Note, Record, Span, correction_id
from parley.pipeline import build_record
from parley.sitrep import (
    Head,
    Issue,
    default_template,
    document,
    frozen,
    issues_touched,
    markdown,
    situation_report,
    thawed,
)
from parley.sitrep.period import quoted
from parley.sitrep.text import escaped
from parley.sitrep.word import UNPRINTABLE, plain
from parley.store.issues import KeptIssue, add_issue, kept_issues

FIRST, LAST = date(2031, 3, 4), date(2031, 3, 6)
AT = "2031-03-07T06:30:00+00:00"
TRUCE = """RIVA, 5 May (River Wire) — The Northern Council freed Sergeant Tomas Arel and five prisoners on Monday.

"We kept every line of the truce," said Ilse Brandt, the council's spokeswoman. The Southern League accused the council
of breaking the truce at Riva. The league said it would free nine captives on 8 May.
"""


@pytest.fixture
def record(reports: Path) -> Record:
    """The two example reports, built."""
    return parley.build([str(reports)])


@pytest.fixture
def kept(reports: Path, tmp_path: Path) -> Path:
    """The two example reports as a record's file."""
    path = tmp_path / "strike.db"
    assert run("build", str(reports), "-o", str(path)).exit_code == 0
    return path


def run(*words: str) -> Result:
    """What the command line answers."""
    return CliRunner().invoke(main, list(words))


def printed(record: Record, since: date = FIRST, until: date = LAST, template: str = "") -> str:
    """A draft as Markdown."""
    return markdown(
        situation_report(record, since, until, Head("Gate strike")), template or default_template()
    )


def sitrep(path: Path, out: Path, *more: str) -> bytes:
    """The bytes that the command wrote for the whole period."""
    done = run("sitrep", str(path), "--since", "2031-03-04", "--until", "2031-03-06", "-o", str(out), *more)
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def of_people(tmp_path: Path, text: str = TRUCE) -> Record:
    """A record of one report about people who were freed."""
    folder = tmp_path / "people"
    folder.mkdir(exist_ok=True)
    (folder / "wire.txt").write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text(
        "file,outlet,published\nwire.txt,River Wire,2031-05-05\n", encoding="utf-8"
    )
    return parley.build([str(folder)])


def test_the_headings_are_the_same_every_day(record: Record) -> None:
    """A full period and an empty one have the same headings in the same order; the empty one says so under each."""
    full = situation_report(record, FIRST, LAST)
    empty = situation_report(record, date(2031, 3, 8), date(2031, 3, 9))
    assert [one.heading for one in full.sections] == [one.heading for one in empty.sections]
    assert all(not one.new for one in empty.sections)
    assert "No change: the record holds no text of this period." in printed(
        record, date(2031, 3, 8), date(2031, 3, 9)
    )


def test_what_was_reported_later_leaves_no_trace(record: Record) -> None:
    """A report up to a day is the one that a record without the later texts gives."""
    early = replace(record, articles=tuple(one for one in record.articles if one.published == FIRST))
    alone = build_record(early.articles, parley.Settings())
    assert printed(record, FIRST, FIRST) == printed(alone, FIRST, FIRST)
    assert "140 dockers" not in printed(record, FIRST, FIRST)
    assert "140 dockers" in printed(record, LAST, LAST)


def test_a_period_before_any_text_has_a_report(record: Record) -> None:
    """Nothing held by then is said, not failed on."""
    text = printed(record, date(2030, 1, 1), date(2030, 1, 2))
    assert "Rests on 0 texts held by the last day" in text


def test_new_is_what_was_first_reported_in_the_period(record: Record) -> None:
    """A statement of the first day is new on the first day only."""
    said = "We will not lift the blockade until the suit is withdrawn"

    def new(since: date, until: date) -> list[str]:
        return [line.text for line in situation_report(record, since, until).sections[0].new]

    assert any(said in text for text in new(FIRST, FIRST))
    assert not any(said in text for text in new(LAST, LAST))


def test_a_new_denial_of_an_old_claim_is_news(record: Record) -> None:
    """The claim stands under what is new on the day of the denial, with the day on which it was first told."""
    old, new = (next(s for s in record.statements if s.article == a.id) for a in record.articles)
    claim = next(one for one in record.claims if old.id in one.says)
    claims = tuple(replace(one, denied_by=(new.id,)) if one is claim else one for one in record.claims)
    news = situation_report(replace(record, claims=claims), LAST, LAST).sections[0].new
    line = next(one for one in news if old.id in one.rows)
    assert "first told on 4 March 2031" in line.text
    assert "Denied by" in line.text
    assert new.id in line.rows


def test_allegations_stand_both_ways_with_zeros(record: Record) -> None:
    """Each party has a count against the other, in a period without any too."""
    for since, until in ((FIRST, LAST), (date(2031, 3, 8), date(2031, 3, 9))):
        section = next(
            one for one in situation_report(record, since, until).sections if one.key == "allegations"
        )
        counts = [line.text for line in section.always]
        assert len(counts) >= 2
        assert all("in this period" in text for text in counts)
    assert all("0 in this period" in text for text in counts)


def test_every_footnote_has_the_text_s_own_words(record: Record) -> None:
    """Quotes are verbatim stretches of the text that they name, and every line's rows are in the record."""
    texts = {one.id: " ".join(one.text.split()) for one in record.articles}
    report = situation_report(record, FIRST, LAST)
    notes = [note for section in report.sections for line in section.lines for note in line.footnotes]
    assert notes
    for note in notes:
        pieces = note.quote.removesuffix(" …").split(" … ")
        assert all(" ".join(piece.split()) in texts[note.article] for piece in pieces)
        assert note.cited.startswith(next(one.outlet for one in record.articles if one.id == note.article))
    ids = {row.id for table in tables() for row in getattr(record, table) if hasattr(row, "id")}
    assert {row for section in report.sections for line in section.lines for row in line.rows} <= ids


def test_every_line_of_the_news_says_whose_word_it_is(record: Record) -> None:
    """No line under what is new, releases, waits or allegations stands without an outlet or speaker."""
    report = situation_report(record, FIRST, LAST)
    outlets = {one.outlet for one in record.articles}
    for section in report.sections[:6]:
        for line in section.new:
            assert line.level or any(one in line.text for one in outlets) or "account" in line.text, line.text


def test_a_name_of_somebody_who_is_only_freed_is_not_printed(tmp_path: Path) -> None:
    """A role stands in the lines and in the footnotes."""
    record = of_people(tmp_path)
    text = printed(record, date(2031, 5, 5), date(2031, 5, 5))
    assert "Arel" in record.articles[0].text
    assert "Arel" not in text
    assert "Brandt" in text


def test_a_withheld_name_touches_the_issues_that_print_it(tmp_path: Path) -> None:
    """A decision about a name reaches every line that prints it, and no issue that doesn't."""
    record = of_people(tmp_path)
    report = situation_report(record, date(2031, 5, 5), date(2031, 5, 5))
    issue = Issue(replace(report, number=1), "", 0)
    empty = Issue(replace(report, number=2, sections=()), "", 0)
    made = make_correction(record, "Ilse Brandt", "withhold", (), "Ada", AT, "")
    assert [one.number for one in issues_touched(made, [issue, empty])] == [1]


def test_the_same_record_and_options_give_the_same_bytes(record: Record) -> None:
    """Markdown and Word document alike, and the archive names no clock."""
    text = printed(record)
    assert text == printed(record)
    made = [document(text, "Gate strike", "Ada", LAST) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(BytesIO(made[0])) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_word_document_has_real_footnotes(record: Record) -> None:
    """python-docx opens it; each reference has its footnote with the quote; headings and properties are there."""
    report = situation_report(record, FIRST, LAST, Head("Gate strike", prepared_by="Ada"))
    text = markdown(report, default_template())
    content = document(text, report.title, report.prepared_by, report.until)
    opened = Document(BytesIO(content))
    assert [one.text for one in opened.paragraphs if one.style and one.style.name == "Heading 1"] == [
        section.heading for section in report.sections
    ]
    assert opened.core_properties.author == "Ada"
    assert opened.core_properties.created.date() == LAST
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    assert body.count("w:footnoteReference ") == notes.count("<w:footnote ") - 2 > 0
    assert "We will not lift the blockade until the suit is withdrawn" in notes
    assert "[^" not in body
    assert (
        body.count("NOTEREF") == text.split("\n[^1]:")[0].count("[^") - body.count("w:footnoteReference ") > 0
    )


@pytest.mark.slow
def test_a_word_processor_opens_the_document(record: Record, tmp_path: Path) -> None:
    """LibreOffice turns it into a PDF with the heads and the footnotes' words."""
    soffice, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or reader is None:
        pytest.skip("soffice or pdftotext is not installed")
    path = tmp_path / "report.docx"
    path.write_bytes(document(printed(record), "Gate strike", "", LAST))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    done = subprocess.run([reader, tmp_path / "report.pdf", "-"], check=True, capture_output=True, text=True)
    assert "What waits for what" in done.stdout
    assert "Coastal Wire, “HARBOUR UNION" in " ".join(done.stdout.split())


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    """Nothing of a text is a mark of Markdown: read again it is the text, on one line."""
    assert plain(escaped(text)) == UNPRINTABLE.sub("", " ".join(text.split()))


def test_a_word_document_shows_what_a_text_says() -> None:
    """Marks, entities and characters that XML can't hold don't change a paragraph's words."""
    nasty = "1. *a* _b_ [c](d) <e> `f` # & &amp; \\ ~g~ \x00\x0b[^1]"
    opened = Document(BytesIO(document(f"- {escaped(nasty)}\n", "t", "", LAST)))
    assert [one.text for one in opened.paragraphs] == [plain(escaped(nasty))]


@given(st.text(alphabet="ab “”.,", max_size=40))
def test_quoted_words_have_one_pair_of_marks(text: str) -> None:
    """Marks inside are single ones, so that a reader sees where the words begin and end."""
    made = quoted(text)
    assert made.startswith("“")
    assert made.endswith("”")
    assert not set("“”") & set(made[1:-1])


def test_marks_in_a_text_do_not_reach_the_page(tmp_path: Path) -> None:
    """A report that holds Markdown, HTML and a footnote's mark prints them as words."""
    text = TRUCE.replace(
        "every line of the truce", "*every* [line](http://x.example) <b>of</b> the truce[^1]"
    )
    lines = printed(of_people(tmp_path, text), date(2031, 5, 5), date(2031, 5, 5)).splitlines()
    said = next(line for line in lines if "every" in line)
    assert r"\*every\* \[line\](http://x.example) \<b\>of\</b\> the truce\[^1" in said


def test_a_user_s_template_is_used(record: Record) -> None:
    """A template may pick sections by their key; footnotes follow whatever it prints."""
    template = "# Mine\n{% for line in sections.new.new[:1] %}\n* {{ line }}\n{% endfor %}"
    text = printed(record, template=template)
    assert text.startswith("# Mine\n* ")
    assert text.count("[^1]") == 2
    assert "What is new" not in text


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ report.title.__class__ }}", "unsafe"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ report.nothing }}", "nothing"),
        ("\n{% for %}", "line 2"),
        ("{{ 1 / 0 }}", "zero"),
        ("{% include '/etc/passwd' %}", "loader"),
    ],
)
def test_a_template_that_does_not_fit_is_one_line(record: Record, template: str, says: str) -> None:
    """It is run in a sandbox: no internals, no files; the error says what and where, and how to get the default."""
    with pytest.raises(ParleyError, match=says) as caught:
        printed(record, template=template)
    assert "--write-template" in str(caught.value)


def test_an_issue_prints_again_byte_for_byte(kept: Path, tmp_path: Path) -> None:
    """After a correction and a new template, in both forms; the same call takes the same number again."""
    first = [sitrep(kept, tmp_path / name) for name in ("one.md", "one.docx")]
    done = run("correct", str(kept), "daily.txt", "date", "2031-03-05", "--author", "Ada", "--yes")
    assert done.exit_code == 0, done.output
    for name, content in zip(("again.md", "again.docx"), first):
        assert run("sitrep", str(kept), "--issue", "1", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes() == content
    assert [one.number for one in kept_issues(kept)] == [1]
    assert b"no. 2" in sitrep(kept, tmp_path / "two.md")


def test_a_rebuild_keeps_the_issues(kept: Path, reports: Path, tmp_path: Path) -> None:
    """Issues stand in a table that no build touches."""
    content = sitrep(kept, tmp_path / "one.md")
    assert run("build", str(reports), "-o", str(kept)).exit_code == 0
    assert run("sitrep", str(kept), "--issue", "1", "-o", str(tmp_path / "again.md")).exit_code == 0
    assert (tmp_path / "again.md").read_bytes() == content


def test_a_draft_takes_no_number(kept: Path, tmp_path: Path) -> None:
    """Nothing is kept of it, and its head says draft."""
    assert b"(draft)" in sitrep(kept, tmp_path / "draft.md", "--draft")
    assert kept_issues(kept) == ()


def test_prepared_and_cleared_are_empty_until_somebody_fills_them(kept: Path, tmp_path: Path) -> None:
    """A line to fill in, else the names."""
    assert "Cleared by: …………" in sitrep(kept, tmp_path / "one.md").decode()
    named = sitrep(kept, tmp_path / "two.md", "--prepared-by", "Ada", "--cleared-by", "Bo*").decode()
    assert "Prepared by: Ada" in named
    assert r"Cleared by: Bo\*" in named


def test_a_later_correction_lists_the_issues_that_it_touches(kept: Path, tmp_path: Path) -> None:
    """`--issues` names it with its headings, the next report says so, and an issue made after it is not touched."""
    first = ["--since", "2031-03-04", "--until", "2031-03-04", "-o", str(tmp_path / "one.md")]
    assert run("sitrep", str(kept), *first).exit_code == 0
    said = next(one for one in store.load(kept).statements if "blockade" in one.content[0].text)
    done = run("correct", str(kept), said.id, "wrong", "--author", "Ada", "--reason", "misread", "--yes")
    assert done.exit_code == 0, done.output
    text = sitrep(kept, tmp_path / "two.md").decode()
    assert "It touches issue 1 (What is new" in text
    assert "misread" in text
    listed = run("sitrep", str(kept), "--issues").output.splitlines()
    assert "touched since by 1 correction" in listed[0]
    assert "Ada: wrong - What is new" in listed[1]
    assert "issue 2: 2031-03-04 to 2031-03-06; touched since by 0 corrections" in listed[2]
    assert sitrep(kept, tmp_path / "again.md").decode() == text


def test_an_undone_correction_touches_what_the_first_did(record: Record) -> None:
    """Undo and settle stand for the correction that they name; a date, for the period that its report falls into."""
    report = replace(situation_report(record, FIRST, FIRST), number=1)
    issue = Issue(report, "", 0)
    made = make_correction(record, record.statements[0].id, "wrong", (), "Ada", AT, "")
    undo = Correction(correction_id(made.id, "undo", made.id, "Bo", AT), made.id, "undo", made.id, "Bo", AT)
    assert issues_touched(undo, [issue], [made, undo]) == issues_touched(made, [issue])
    daily = next(one for one in record.articles if one.published == LAST)
    moved = make_correction(record, daily.id, "date", [FIRST.isoformat()], "Ada", AT, "")
    assert issues_touched(moved, [issue])[0].headings == ("a report that now falls into its period",)
    other = make_correction(record, daily.id, "outlet", ["The Selde Daily"], "Ada", AT, "")
    assert issues_touched(other, [issue]) == ()


def test_a_frozen_report_is_the_report(record: Record) -> None:
    """Frozen and thawed, a report is the same value."""
    report = situation_report(record, FIRST, LAST, Head("Gate strike", "Ada", "Bo"))
    made = thawed(KeptIssue(7, 3, frozen(report, "template")))
    assert made == Issue(replace(report, number=7), "template", 3)


def test_issues_are_append_only_and_proved(kept: Path) -> None:
    """None can be changed or deleted by SQL; one that was changed all the same is refused; numbers go on from 1."""
    assert [add_issue(kept, data, 0) for data in ("a", "b", "a", "c")] == [1, 2, 1, 3]
    with sqlite3.connect(kept) as connection:
        for command in ("DELETE FROM issue", "UPDATE issue SET data = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(command)
        connection.execute("DROP TRIGGER issue_fixed")
        connection.execute("UPDATE issue SET data = 'x' WHERE number = 2")
    connection.close()
    with pytest.raises(StoreError, match="issue 2"):
        kept_issues(kept)


def test_what_is_not_public_needs_to_be_asked_for_by_name(tmp_path: Path, reports: Path) -> None:
    """A planted word reaches no report without --include, and an issue that holds it does not print without it."""
    table = "file,outlet,published,sensitivity\nwire.txt,Coastal Wire,2031-03-04,\n"
    (reports / "sources.csv").write_text(
        f"{table}daily.txt,Selde Daily,2031-03-06,confidential\n", encoding="utf-8"
    )
    path = tmp_path / "strike.db"
    assert run("build", str(reports), "-o", str(path)).exit_code == 0
    assert "Selde Daily" not in sitrep(path, tmp_path / "public.md").decode()
    assert "Selde Daily" in sitrep(path, tmp_path / "all.md", "--include", "confidential").decode()
    refused = run("sitrep", str(path), "--issue", "2", "-o", str(tmp_path / "again.md"))
    assert refused.exit_code == 1
    assert "--include confidential" in refused.output
    listed = run("sitrep", str(path), "--issues").output
    assert "issue 2: 2031-03-04 to 2031-03-06; holds confidential texts" in listed
    assert "Selde Daily" not in listed


def test_a_correction_of_a_hidden_report_is_not_told(tmp_path: Path, reports: Path) -> None:
    """Its day moved into an earlier public issue: the next one names neither the report nor its outlet unless asked."""
    table = "file,outlet,published,sensitivity\nwire.txt,Coastal Wire,2031-03-04,\n"
    (reports / "sources.csv").write_text(
        f"{table}daily.txt,Selde Daily,2031-03-06,confidential\n", encoding="utf-8"
    )
    path = tmp_path / "strike.db"
    run("build", str(reports), "-o", str(path))
    first = ["--since", "2031-03-04", "--until", "2031-03-04", "-o", str(tmp_path / "one.md")]
    assert run("sitrep", str(path), *first).exit_code == 0
    moved = run("correct", str(path), "daily.txt", "date", "2031-03-04", "--author", "Ada", "--yes")
    assert moved.exit_code == 0, moved.output
    assert "Selde Daily" not in sitrep(path, tmp_path / "public.md").decode()
    named = sitrep(path, tmp_path / "all.md", "--include", "confidential").decode()
    assert "Ada" in named.partition("Corrections to earlier issues")[2]


def test_redaction_reaches_the_frozen_copies(kept: Path, tmp_path: Path) -> None:
    """A name that is taken out of the record is taken out of the issues that were frozen with it, which still prove."""
    assert b"Oduya" in sitrep(kept, tmp_path / "one.md")
    done = run("redact", str(kept), "Mira Oduya", "--author", "Ada", "--also", "Oduya", "--yes")
    assert done.exit_code == 0, done.output
    assert run("sitrep", str(kept), "--issue", "1", "-o", str(tmp_path / "again.md")).exit_code == 0
    assert b"Oduya" not in (tmp_path / "again.md").read_bytes()
    assert b"Oduya" not in kept.read_bytes()


def test_what_people_entered_is_said_to_be_entered(record: Record) -> None:
    """An observation of the period stands under its own heading with who entered it, a later one not at all."""
    note = Note("note-1", "art-1", 0, 5, "The north gate was open at noon", "observation", "Ada", AT)
    early = replace(note, id="note-2", text="The gate was shut", entered_at="2031-03-05T06:30:00+00:00")
    said = replace(early, id="note-3", kind="statement", speaker="R. Vale", translator="Bo", text="Hier")
    made = replace(said, translation=Span(0, 4, "Here we stay"))
    report = situation_report(replace(record, notes=(note, early, made)), FIRST, LAST)
    section = next(one for one in report.sections if one.key == "by_hand")
    assert [line.text for line in section.new] == [
        "Observation entered by hand by Ada: “The gate was shut”.",
        "R. Vale, statement entered by hand by Ada, translated by Bo: “Here we stay”.",
    ]


def test_a_view_says_whose_account_counts(record: Record) -> None:
    """Only what the chosen outlet reports is in the report, and its head says so."""
    head = Head("Gate strike", view=parse_view("outlet:Selde Daily"))
    text = markdown(situation_report(record, FIRST, LAST, head), default_template())
    assert "Whose account counts: outlet Selde Daily" in text
    assert "Coastal Wire" not in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--since", "2031-03-06", "--until", "2031-03-04", "-o", "x.md"), "is after"),
        (("--since", "2031-03-04", "--until", "2031-03-06", "-o", "x.pdf"), ".docx or .md"),
        (("--since", "2031-03-04", "-o", "x.md"), "--until DAY"),
        (("--issue", "9", "-o", "x.md"), "no issue 9"),
        (
            ("--since", "2031-03-04", "--until", "2031-03-06", "-o", "x.md", "--template", "none.j2"),
            "none.j2",
        ),
    ],
)
def test_a_call_that_does_not_fit_is_one_line(kept: Path, words: tuple[str, ...], says: str) -> None:
    """It says what to give, and takes no number."""
    done = run("sitrep", str(kept), *words)
    assert done.exit_code == 1
    assert says in done.output
    assert done.output.count("\n") == 1
    assert kept_issues(kept) == ()


def test_the_default_template_is_handed_out(tmp_path: Path) -> None:
    """--write-template needs no record; what it writes is the default."""
    assert run("sitrep", "--write-template", str(tmp_path / "mine.j2")).exit_code == 0
    assert (tmp_path / "mine.j2").read_text(encoding="utf-8") == default_template()
    assert "name its file" in run("sitrep").output.lower()
