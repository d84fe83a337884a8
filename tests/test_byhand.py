"""By hand: what people enter is kept in their words, marked as entered, private by default, and never counted as told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import parley
from parley import store
from parley.byhand import note_article, read_notes, with_notes
from parley.byhand.notes import Typed
from parley.byhand.rows import read_mapping, read_rows
from parley.cli import main
from parley.errors import EnteredError
from parley.export import as_json
from parley.model import Article
from parley.pipeline import build_record
from parley.proof import verify
from parley.sensitivity import visible
from tests.exporting import held_of

AT = "2031-03-07T06:30:00+00:00"
DAY = date(2031, 3, 8)
TYPED = {"kind": "note", "words": "The gate was shut.", "entered_by": "Ada", "entered_at": AT}


def run(*arguments: str | Path, ok: bool = True) -> Result:
    """One call of the command by Ada."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], env={"PARLEY_AUTHOR": "Ada"})
    assert (result.exit_code == 0) == ok, result.output
    return result


@pytest.fixture
def record(reports: Path, tmp_path: Path) -> Path:
    """A record's file of the two example reports."""
    run("build", reports, "-o", tmp_path / "r.db")
    return tmp_path / "r.db"


@given(
    st.lists(
        st.fixed_dictionaries(
            {"words": st.text(min_size=1).filter(str.strip)},
            optional={"source": st.text(), "about": st.text(), "own.grade": st.text()},
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_typed_comes_back_verbatim(typed: list[dict[str, str]]) -> None:
    """Any characters, any number of lines and notes: the fields come back, and every span reproduces its text."""
    whole: list[Typed] = [{**TYPED, **one} for one in typed]
    article = note_article(whole, "notes")
    notes = read_notes([article])
    assert len(notes) == len(typed)
    for note, given_fields in zip(notes, typed):
        assert article.text[note.start : note.end] == note.text
        lines = given_fields["words"].strip().replace("\r\n", "\n").replace("\r", "\n")
        assert note.text == lines
        assert (note.entered_by, note.entered_at, note.kind) == ("Ada", AT, "note")
        assert bool(note.own) == bool(given_fields.get("own.grade", "").strip())


def test_a_note_changes_nothing_that_is_told(reports: Path) -> None:
    """No report, no statement, no voice, no name comes of a note, and adding one gives what a whole build gives."""
    record = parley.build([str(reports)])
    article = note_article(
        [{**TYPED, "words": '"We will not pay," said Lena Brandt of the Owners\' Federation.'}], "n"
    )
    after = with_notes(record, [article])
    assert after == build_record([*record.articles, article, *record.unread], parley.Settings())
    assert replace(after, articles=record.articles, notes=()) == record
    assert (after.texts, after.independent) == (record.texts, record.independent)
    assert verify(after).problems == ()


def test_a_note_is_internal_until_somebody_says_otherwise(reports: Path) -> None:
    """It isn't in what may be shown unless asked for by name; a public one about a hidden report isn't either."""
    record = parley.build([str(reports)])
    hidden = replace(record.articles[0], sensitivity="confidential")
    mine = note_article([TYPED], "mine")
    about = note_article([{**TYPED, "about": hidden.id}], "about", "public")
    whole = with_notes(replace(record, articles=(hidden, *record.articles[1:])), [mine, about])
    assert mine.sensitivity == "internal"
    assert [note.article for note in visible(held_of(whole), DAY, ["internal"]).notes] == [mine.id]
    assert visible(held_of(whole), DAY).notes == ()
    assert mine.id not in as_json(visible(held_of(whole), DAY))
    later = note_article([TYPED], "later", "public", embargo=date(2031, 3, 9))
    assert visible(held_of(with_notes(record, [later])), DAY).notes == ()


def test_notes_outlive_every_build(record: Path, reports: Path) -> None:
    """A note stays when the record is built again, from its own texts or from the folder, and verify proves it."""
    run("note", record, "The gate was shut at noon.", "--kind", "observation", "--about", "wire.txt")
    before = store.load(record)
    run("build", "-o", record)
    assert store.load(record) == before
    run("build", reports, "-o", record)
    assert store.load(record) == before
    assert [(one.kind, one.text) for one in before.notes] == [("observation", "The gate was shut at noon.")]
    assert "no problems" in run("verify", record).output


def test_a_statement_keeps_original_words_translation_and_translator(record: Path) -> None:
    """Both stand verbatim in the note's text, in any script, and the list says who translated."""
    original, english = "لن نفتح البوابة.\nأبدا.", "We won't open the gate.\nNever."
    options = ("--speaker", "Salma Terrin", "--words", original, "--language", "ar", "--translation", english)
    run("enter", record, *options, "--translator", "J. Reyes", "--sensitivity", "public")
    (note,) = store.load(record).notes
    assert (note.kind, note.text, note.speaker, note.translator) == (
        "statement",
        original,
        "Salma Terrin",
        "J. Reyes",
    )
    assert note.translation is not None
    assert note.translation.text == english
    listed = run("notes", record).output
    assert "translated by J. Reyes" in listed
    assert "entered by hand, public" in listed
    assert "Salma Terrin" not in run("show", record).output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--words", " "), "words: they are empty"),
        (("--words", "Não.", "--translation", "No."), "together with its translator"),
        (("--words", "Não.", "--translation", "No.", "--translator", "J."), "language: give that"),
        (("--words", "Não.", "--about", "stm-none"), "about stm-none: no row"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(record: Path, options: tuple[str, ...], says: str) -> None:
    """The field, why and what to do; nothing is added."""
    result = run("enter", record, "--speaker", "Salma Terrin", *options, ok=False)
    assert says in result.output
    assert result.output.count("\n") == 1
    assert store.load(record).notes == ()


def workbook(path: Path) -> Path:
    """A sheet of incidents beside an empty one."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Incidents"
    for row in (
        ("Date", "What was seen", "Grade"),
        (date(2031, 3, 5), "Two lorries turned back", 2),
        (),
        (None, "Gate open", None),
    ):
        sheet.append(row)
    book.create_sheet("Empty")
    book.save(path)
    return path


MAP = ("--map", "What was seen=words", "--map", "Date=day", "--map", "Grade=own.grade")


def test_rows_of_a_workbook_come_in_with_their_place(record: Path, tmp_path: Path) -> None:
    """Each row says its file, sheet and row; own columns are kept; taking it in again adds nothing."""
    book = workbook(tmp_path / "seen.xlsx")
    run("import-rows", record, book, *MAP)
    notes = store.load(record).notes
    assert [(one.text, one.day, one.own, one.row) for one in notes] == [
        (
            "Two lorries turned back",
            date(2031, 3, 5),
            (("grade", "2"),),
            "seen.xlsx, sheet 'Incidents', row 2",
        ),
        ("Gate open", None, (), "seen.xlsx, sheet 'Incidents', row 4"),
    ]
    assert {one.kind for one in notes} == {"row"}
    assert "Nothing new" in run("import-rows", record, book, *MAP).output
    assert store.load(record).notes == notes


def test_a_mapping_file_does_what_options_do(record: Path, tmp_path: Path) -> None:
    """A line of YAML per column."""
    mapping = tmp_path / "columns.yaml"
    mapping.write_text("What was seen: words\nDate: day\nGrade: own.grade\n", encoding="utf-8")
    assert read_mapping((), "columns.yaml", mapping.read_text(encoding="utf-8")) == read_mapping(MAP[1::2])
    run("import-rows", record, workbook(tmp_path / "seen.xlsx"), "--mapping", mapping)
    assert len(store.load(record).notes) == 2


@pytest.mark.parametrize(
    ("content", "pairs", "says"),
    [
        ("Date;Seen\nsoon;x\n", ("Seen=words", "Date=day"), "r.csv, row 2, column 'Date': 'soon' is no day"),
        (
            "Date,Seen\n2031-03-05,x\n2031-03-06,\n",
            ("Seen=words",),
            "r.csv, row 3, column 'Seen': they are empty",
        ),
        (
            "Date,Seen\n",
            ("See=words",),
            "r.csv, row 1: there is no column 'See'; its columns are: Date, Seen",
        ),
        ("Date,Seen\n", ("Date=day",), "no column is mapped to words"),
        ("", ("Seen=words",), "r.csv: it has no rows"),
        ('Seen\n"open', ("Seen=words",), "check its quotation marks"),
    ],
)
def test_errors_of_a_sheet_name_row_and_column(content: str, pairs: tuple[str, ...], says: str) -> None:
    """As the person's own program shows them."""
    with pytest.raises(EnteredError) as error:
        read_rows("r.csv", content.encode(), read_mapping(pairs), "Ada", AT)
    assert says in str(error.value)


def test_a_workbook_error_names_the_sheet(tmp_path: Path) -> None:
    """A bad day in a workbook, a sheet that isn't there, and a file that is no workbook."""
    raw = workbook(tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(EnteredError, match="sheet 'Incidents', row 4, column 'Grade': they are empty"):
        read_rows("b.xlsx", raw, {"Grade": "words"}, "Ada", AT)
    with pytest.raises(EnteredError, match="its sheets are: Incidents, Empty"):
        read_rows("b.xlsx", raw, {}, "Ada", AT, sheet="Other")
    with pytest.raises(EnteredError, match="is damaged or no workbook"):
        read_rows("b.xlsx", raw[:100], {}, "Ada", AT)


def test_a_field_that_is_none_is_named() -> None:
    """A misspelt field doesn't become an own column."""
    with pytest.raises(EnteredError, match="'wrods' is no field"):
        read_mapping(["Seen=wrods"])


def test_a_folder_may_call_a_text_a_note(reports: Path, tmp_path: Path) -> None:
    """A text that a table calls a note is one note as a whole, internal, in any language, and no report."""
    (reports / "log.txt").write_text("Portão fechado ao meio-dia, segundo o vigia.\n", encoding="utf-8")
    table = reports / "sources.csv"
    table.write_text("file,outlet,kind\nlog.txt,Our log,note\n", encoding="utf-8")
    record = parley.build([str(reports)])
    (note,) = record.notes
    (article,) = (one for one in record.articles if one.id == note.article)
    assert isinstance(article, Article)
    assert (note.text, note.entered_by, article.sensitivity) == (article.text, "Our log", "internal")
    assert len(record.texts) == 2
