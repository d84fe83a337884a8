"""Notes and codes on the pages: where their row stands, on pages of their own, entered and taken back from the desk."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from parley import store
from parley.briefing.pages import pages
from parley.pipeline import build_record
from parley.settings import Settings
from parley.sources import collect
from tests.exporting import run
from tests.serving import served

BOOK = "code,label,definition,values\ntone,Tone,How it sounds,mild|harsh\nkept,Kept,,\n"


@pytest.fixture
def file(reports: Path, tmp_path: Path) -> Path:
    """A record with a codebook, in its file."""
    made = tmp_path / "gate-talks.db"
    store.save(build_record(collect([str(reports)], Settings()), Settings()), made)
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    assert run("codebook", made, "--import", tmp_path / "book.csv").exit_code == 0
    return made


def written(file: Path, folder: Path, *more: str) -> dict[str, str]:
    """The pages of a briefing by name."""
    assert run("briefing", file, *more, "-o", folder).exit_code == 0
    return {one.name: one.read_text(encoding="utf-8") for one in folder.glob("*.html")}


def page_of(file: Path, row: str) -> str:
    """The name of the page of the report in which a statement stands."""
    article = next(one.article for one in store.load(file).statements if one.id == row)
    return f"report-{article.removeprefix('art-')}.html"


def test_notes_and_codes_stand_where_their_row_stands(file: Path, tmp_path: Path) -> None:
    """On the report's page beside the row and on pages of their own, with who and when; private ones only if named."""
    row = store.load(file).statements[0].id
    for words, sensitivity in (("Seen at the gate & heard", "public"), ("Ask the clerk", "internal")):
        run("note", file, words, "--about", row, "--author", "Ada", "--sensitivity", sensitivity)
    run("code", file, row, "tone", "harsh", "--coder", "Ada")
    run("code", file, row, "tone", "mild", "--coder", "Ben")
    run("code", file, "daily.txt", "kept", "--coder", "Ben")
    shown = written(file, tmp_path / "pages")
    beside = shown[page_of(file, row)]
    assert "Seen at the gate &amp; heard" in beside
    assert "entered by hand, Ada" in beside
    assert (
        '<abbr class="code" title="Tone. How it sounds. Ada: harsh; Ben: mild">tone: harsh / mild</abbr>'
        in beside
    )
    assert re.search(r'<a href="report-\w+\.html#' + row + '">', shown["byhand.html"])
    assert shown["codes.html"].count("<bdi>Ben</bdi>") == 2
    assert "How it sounds" in shown["codes.html"]
    assert "Ask the clerk" not in " ".join(shown.values())
    named = written(file, tmp_path / "pages", "--include", "internal")
    assert "Ask the clerk" in named["byhand.html"]
    assert "internal" in named["byhand.html"]
    assert "Ask the clerk" in named[page_of(file, row)]


def test_pages_say_that_nothing_was_entered(file: Path) -> None:
    """Without notes and codes the two pages say so, and the codebook is there."""
    shown = dict(pages(store.load(file)))
    assert "No note that may be shown here" in shown["byhand.html"]
    assert "No row that may be shown here was coded" in shown["codes.html"]
    assert "mild and harsh" in shown["codes.html"]


def test_a_note_is_entered_from_its_row(file: Path) -> None:
    """Public, it stands on the row's page at once; internal, the desk says why it does not, and the file has it."""
    row = store.load(file).statements[0].id
    form = {"about": row, "kind": "observation", "words": "Heard it myself", "author": "Ada"}
    with served(file) as site:
        answer = site.post("/note.html", urlencode(form | {"sensitivity": "public"}))
        assert answer.status == 303
        assert answer.headers["location"].startswith(f"/correct.html?row={row}&saved=note-")
        assert "Heard it myself" in site.ask(answer.headers["location"]).text
        assert "Heard it myself" in site.ask(f"/{page_of(file, row)}").text
        private = site.post("/note.html", urlencode(form | {"words": "For us", "sensitivity": "internal"}))
        after = site.ask(private.headers["location"]).text
        assert "it is not public" in after
        assert "For us" not in after
    assert [(one.text, one.about, one.entered_by) for one in store.load(file).notes] == [
        ("Heard it myself", row, "Ada"),
        ("For us", row, "Ada"),
    ]


def test_a_statement_is_entered_with_its_translation(file: Path) -> None:
    """About no row: the words in their own language, the translation and who made it, on the page of notes."""
    form = {
        "about": "",
        "kind": "statement",
        "words": "O portão fica fechado",
        "author": "Ada",
        "speaker": "M. Oduya",
    }
    more = {
        "language": "pt",
        "translation": "The gate stays shut",
        "translator": "J. Reyes",
        "sensitivity": "public",
    }
    with served(file) as site:
        saved = site.post("/note.html", urlencode(form | more))
        assert "Saved" in site.ask(saved.headers["location"]).text
        page = site.ask("/byhand.html").text
    assert "“O portão fica fechado”" in page
    assert "translated by <bdi>J. Reyes</bdi>" in page


@pytest.mark.parametrize(
    ("path", "form", "told"),
    [
        ("/note.html", {"words": "x", "sensitivity": "public", "kind": "note"}, "nobody is named"),
        (
            "/note.html",
            {"words": "kept words", "author": "A", "sensitivity": "secret", "kind": "note"},
            "none of public",
        ),
        (
            "/note.html",
            {"words": "x", "author": "A", "sensitivity": "public", "kind": "statement"},
            "whose words",
        ),
        (
            "/note.html",
            {"words": "x", "author": "A", "sensitivity": "public", "kind": "note", "embargo": "soon"},
            "no day",
        ),
        ("/code.html", {"row": "ROW", "code": "tone", "coder": "A"}, "none is chosen"),
        ("/code.html", {"row": "ROW", "code": "tone", "coder": "", "value": "mild"}, "needs a coder"),
        ("/code.html", {"row": "ROW", "code": "size", "coder": "A", "value": "mild"}, "no such code"),
        ("/code.html", {"row": "stm-0", "code": "tone", "coder": "A", "value": "mild"}, "no such row"),
    ],
)
def test_what_does_not_fit_is_one_line(file: Path, path: str, form: dict[str, str], told: str) -> None:
    """The desk says what is wrong, keeps what was typed, and saves nothing."""
    row = store.load(file).statements[0].id
    with served(file) as site:
        answer = site.post(path, urlencode({name: value.replace("ROW", row) for name, value in form.items()}))
    assert answer.status == 400
    assert told in answer.text.replace("&#39;", "'")
    if form.get("words") == "kept words":
        assert "kept words" in answer.text
    assert not store.load(file).notes
    assert not store.load(file).codes


def test_a_row_is_coded_and_the_code_taken_back(file: Path) -> None:
    """From a row's page, a claim's too; a coder's later word stands, taken back it is gone, and all of them are kept."""
    record = store.load(file)
    with served(file) as site:
        for row in (record.statements[0].id, record.claims[0].id):
            form = {"row": row, "code": "tone", "coder": "Ada"}
            for value in ("mild", "harsh"):
                assert site.post("/code.html", urlencode(form | {"value": value})).status == 303
            assert "tone: harsh" in site.ask(f"/correct.html?row={row}").text
            assert site.post("/code.html", urlencode(form | {"back": "yes"})).status == 303
            assert "tone: harsh" not in site.ask(f"/correct.html?row={row}").text
    assert len(store.load(file).codes) == 6


def test_the_desk_lists_corrections_in_words(file: Path) -> None:
    """Who decided what about which row, that two disagree, and that one was undone; never one of a text not shown."""
    figure = next(one for one in store.load(file).figures if one.text.startswith("120"))
    run("correct", file, figure.id, "edit", "low=7", "--author", "Ada", "--yes")
    differs = run("correct", file, figure.id, "edit", "low=8", "--author", "Ben", "--yes")
    assert "This is kept, but not applied: it disagrees" in differs.stdout
    run("correct", file, "daily.txt", "outlet", "The Selde Post", "--author", "Ada", "--yes")
    outlet = store.corrections(file)[-1].id
    run("correct", file, outlet, "undo", "--author", "Ben", "--yes")
    with served(file) as site:
        page = site.ask("/corrections.html").text
        row = site.ask(f"/correct.html?row={figure.id}").text
    assert page.count("it disagrees with another") == 2
    assert "undo: outlet: The Selde Post (Ada’s, " in page
    assert ">undone<" in page
    assert row.count("Settle on this") == 2
    told = run("corrections", file).stdout
    assert "edit: low = 7 [not applied: it disagrees" in told
    assert "figure “120 dockers" in told
