"""Folders, files, tables and pasted text become articles, in order, each with where its details come from."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import SourceError
from parley.model import Article, Unread, article_id
from parley.settings import Settings
from parley.sources import NO_OUTLET, collect

BODY = "The delegation of Kesht said on Friday that it would return to the table within days.\n"


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def articles(*inputs: Path | str, pasted: str | None = None) -> list[Article]:
    """The articles among what comes in."""
    found = collect([str(item) for item in inputs], Settings(), pasted)
    return [item for item in found if isinstance(item, Article)]


def unread(*inputs: Path | str, settings: Settings | None = None) -> dict[str, str]:
    """Reasons by file."""
    found = collect([str(item) for item in inputs], settings or Settings())
    return {item.file: item.reason for item in found if isinstance(item, Unread)}


def test_folder_is_read_recursively_in_the_order_of_relative_paths(tmp_path: Path) -> None:
    """Order doesn't hang on the file system: sorted by relative path, sub-folders included."""
    put(tmp_path, {name: f"{BODY}{name}" for name in ("b.txt", "a/z.md", "a.txt", "c/d/e.txt")})
    assert [item.file for item in articles(tmp_path)] == ["a.txt", "a/z.md", "b.txt", "c/d/e.txt"]


def test_hidden_files_gold_tables_and_readmes_are_left_out(tmp_path: Path) -> None:
    """What lies beside the texts is neither read nor listed as unread."""
    names = [
        ".hidden.txt",
        ".git/x.txt",
        "gold/a.txt",
        "sub/gold/b.txt",
        "README.md",
        "~$a.docx",
    ]
    put(
        tmp_path,
        {"a.txt": BODY, "sources.csv": "file,outlet\na.txt,Ovrel Post\n", **dict.fromkeys(names, BODY)},
    )
    assert [(item.file, type(item)) for item in collect([str(tmp_path)], Settings())] == [("a.txt", Article)]


def test_other_kinds_of_file_are_listed_as_unread(tmp_path: Path) -> None:
    """A file that no reader takes is named, with its ending."""
    put(tmp_path, {"talks.xyz": BODY, "NOTES": BODY, "SHOUT.TXT": BODY})
    assert unread(tmp_path) == {
        "talks.xyz": "no reader for .xyz files",
        "NOTES": "no reader for unnamed kinds of files",
    }


def test_a_bad_text_is_unread_and_the_others_go_on(tmp_path: Path) -> None:
    """Empty, blank, binary and oversized files each have their reason; the good one is still read."""
    put(
        tmp_path,
        {"a.txt": "", "b.txt": " \n\t\n", "c.txt": b"\x7fELF\0\0\1", "d.txt": "Long. " * 50, "e.txt": BODY},
    )
    found = unread(tmp_path, settings=Settings(largest_text=200))
    assert found["a.txt"] == found["b.txt"] == "it is empty"
    assert "binary" in found["c.txt"]
    assert found["d.txt"] == "it has 300 bytes, more than the limit of 200; split it"
    assert [item.file for item in articles(tmp_path)] == ["d.txt", "e.txt"]


def test_links_that_lead_nowhere_or_to_folders_are_listed(tmp_path: Path) -> None:
    """Nothing vanishes in silence, and a link to the folder itself is no endless walk."""
    put(tmp_path, {"a.txt": BODY})
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "missing")
    assert set(unread(tmp_path)) == {"loop", "gone.txt"}


def test_no_such_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """A mistyped path stops the build at once; the message names it and the next step."""
    put(tmp_path, {"a.txt": BODY})
    for wrong in (str(tmp_path / "missing"), "", "x" * 5000):
        with pytest.raises(SourceError, match=r"no such file or folder; give a folder, a file or"):
            collect([str(tmp_path), wrong], Settings())


def test_nothing_readable_is_no_error_here(tmp_path: Path) -> None:
    """An empty folder gives nothing; what to make of it is the caller's business."""
    assert list(collect([str(tmp_path)], Settings())) == []
    assert list(collect([], Settings())) == []


def test_inputs_keep_their_order_and_a_single_file_has_its_name(tmp_path: Path) -> None:
    """Inputs come in the order given, the pasted text last."""
    put(tmp_path, {"b.txt": "Second. " + BODY, "x/a.txt": "First. " + BODY})
    found = articles(tmp_path / "b.txt", tmp_path / "x", pasted="Third. " + BODY)
    assert [item.file for item in found] == ["b.txt", "a.txt", "-"]


def test_text_is_the_decoded_file_with_nothing_stripped(tmp_path: Path) -> None:
    """Blanks stay, line ends become newlines, the byte order mark goes; the digest is the file's."""
    raw = b"\xef\xbb\xbf  Talks resume \r\n\r\n" + BODY.encode() + b"\rEnd. \n\n"
    put(tmp_path, {"a.txt": raw})
    (article,) = articles(tmp_path)
    assert article.text == f"  Talks resume \n\n{BODY}\nEnd. \n\n"
    assert article.title == "Talks resume"
    assert article.raw_digest == hashlib.sha256(raw).hexdigest()


def test_table_gives_details_in_any_order_and_extra_columns_are_ignored(tmp_path: Path) -> None:
    """The table's word stands over the text's; its day is marked as the table's."""
    text = "Talks resume\n\nTALMA, 6 September 2031 (Agency) - " + BODY
    header = "title,colour,published,Outlet,file,kind,language,url"
    row = '"Talks, again",red,2031-09-07,Ovrel Post,a.txt,note,en-GB,https://ovrel.example/1'
    put(tmp_path, {"a.txt": text, "sources.csv": f"{header}\n{row}\n"})
    (article,) = articles(tmp_path)
    assert (article.outlet, article.title, article.kind, article.language) == (
        "Ovrel Post",
        "Talks, again",
        "note",
        "en",
    )
    assert (article.published, article.published_from) == (date(2031, 9, 7), "table")
    assert (article.url, article.dateline, article.credit) == ("https://ovrel.example/1", "TALMA", "Agency")
    assert article.text == text


def test_what_the_table_leaves_open_is_read_from_the_text(tmp_path: Path) -> None:
    """An empty cell is filled from the text, and the day is then marked as the text's."""
    put(tmp_path, {"a.txt": "Talks resume\n\nTALMA, 6 September 2031 (Agency) - " + BODY})
    put(tmp_path, {"sources.csv": "file,outlet,published,title\na.txt,Ovrel Post,,\n"})
    (article,) = articles(tmp_path)
    assert (article.title, article.published, article.published_from) == (
        "Talks resume",
        date(2031, 9, 6),
        "text",
    )


def test_nothing_is_made_up_where_nobody_says(tmp_path: Path) -> None:
    """No outlet, no day: it is said so, and neither file name nor modification time stands in for them."""
    put(tmp_path, {"ovrel-post-2031-09-06.txt": BODY})
    (before,) = articles(tmp_path)
    os.utime(tmp_path / "ovrel-post-2031-09-06.txt", (1e9, 1e9))
    (after,) = articles(tmp_path)
    assert (before.outlet, before.published, before.published_from) == (NO_OUTLET, None, "guess")
    assert before == after


@pytest.mark.parametrize(
    "table",
    [
        "\ufefffile;outlet;published\na.txt;Ovrel Post;2031-09-06\n".encode(),
        b"file\toutlet\tpublished\r\n\r\na.txt\tOvrel Post\t6 September 2031\r\n",
        b"file,outlet,published\n.\\a.txt,Ovrel Post,2031-09-06T23:30:00+03:00",
        b'"file","outlet","published"\n"a.txt","Ovrel Post","Saturday, Sept. 6, 2031"\n,,\n',
        "file;outlet;published;url\na.txt;Ovrel Post;06.09.2031\n".encode("utf-16"),
    ],
)
def test_table_as_office_programs_write_it(tmp_path: Path, table: bytes) -> None:
    """Byte order marks, semicolons, tabs, quotes, blank rows and usual ways to write a day are understood."""
    put(tmp_path, {"a.txt": BODY, "sources.csv": table})
    (article,) = articles(tmp_path)
    assert (article.outlet, article.published, article.published_from) == (
        "Ovrel Post",
        date(2031, 9, 6),
        "table",
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("outlet,published\nOvrel Post,2031-09-06\n", r"line 1: no column file"),
        ("file,outlet,file\na.txt,x,y\n", r"line 1: column file stands there twice"),
        ("file,published\na.txt,2031-09-06\nb.txt,soon\n", r"line 3, column published: 'soon' is no day"),
        (
            "file,published\na.txt,03/04/2031\n",
            r"line 2, column published: '03/04/2031' is no day.*2031-09-06",
        ),
        ("file,published\na.txt,2031-02-30\n", r"line 2, column published"),
        ("file,kind\na.txt,poem\n", r"line 2, column kind: 'poem' is none of report, statement"),
        ("file,outlet\n,Ovrel Post\n", r"line 2, column file: it is empty"),
        ('file,outlet\n"a.txt","Ovrel\nPost"\na.txt,x\n', r"line 4, column file: a.txt stands in line 2 too"),
        ("file,outlet\na.txt,Ovrel Post, Talma\n", r"line 2: 3 cells under 2 columns"),
        ('file,outlet\na.txt,"Ovrel Post\nb.txt,x\n', r"line 2: .*quotation marks"),
        ("", r"sources.csv: the table is empty"),
    ],
)
def test_malformed_table_is_an_error_that_names_line_and_column(
    tmp_path: Path, table: str, message: str
) -> None:
    """The person who wrote the table finds the spot in one look."""
    put(tmp_path, {"a.txt": BODY, "b.txt": BODY, "sources.csv": table})
    with pytest.raises(SourceError, match=message) as caught:
        collect([str(tmp_path)], Settings())
    assert "sources.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_row_for_a_missing_file_is_unread(tmp_path: Path) -> None:
    """A row without its file, or with one that is left out, is listed; the others are read."""
    table = "file,outlet\na.txt,Ovrel Post\ngone.txt,Kesht Daily\ngold/x.txt,Y\n"
    put(tmp_path, {"a.txt": BODY, "gold/x.txt": BODY, "sources.csv": table})
    assert unread(tmp_path) == {
        "gone.txt": "sources.csv names it, but there is no such file",
        "gold/x.txt": "sources.csv names it, but it is hidden or in a folder gold",
    }
    assert [item.file for item in articles(tmp_path)] == ["a.txt"]


def test_tables_in_sub_folders_and_beside_single_files_count(tmp_path: Path) -> None:
    """Each table speaks of its own folder's files, whether folder, parent or one file is given."""
    put(tmp_path, {"one/a.txt": BODY, "one/sources.csv": "file,outlet\na.txt,Ovrel Post\n"})
    for given_path in (tmp_path, tmp_path / "one", tmp_path / "one" / "a.txt"):
        assert [item.outlet for item in articles(given_path)] == ["Ovrel Post"]


def test_a_readme_that_the_table_names_is_a_text(tmp_path: Path) -> None:
    """A person's word stands over the rule that leaves README files out."""
    put(tmp_path, {"README.md": BODY, "sources.csv": "file,outlet\nREADME.md,Ovrel Post\n"})
    assert [item.file for item in articles(tmp_path)] == ["README.md"]


def test_names_in_composed_and_decomposed_letters_are_one(tmp_path: Path) -> None:
    """A table typed on one system finds a file that was named on another."""
    put(
        tmp_path,
        {"re\u0301sume\u0301.txt": BODY, "sources.csv": "file,outlet\nr\u00e9sum\u00e9.txt,Ovrel Post\n"},
    )
    assert [item.outlet for item in articles(tmp_path)] == ["Ovrel Post"]


def test_file_names_that_are_no_text_still_have_an_id(tmp_path: Path) -> None:
    """A name in a foreign encoding is shown with U+FFFD, and nothing breaks on it."""
    path = os.fsencode(tmp_path) + b"/tal\xff.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a Path can't hold the bytes
        file.write(BODY)
    assert [item.file for item in articles(tmp_path)] == ["tal\ufffd.txt"]


def test_the_same_outlets_same_text_is_taken_once(tmp_path: Path) -> None:
    """A second copy of one outlet is unread and names the first; another outlet's copy is an article."""
    table = "file,outlet\na.txt,Ovrel Post\nb.txt,Ovrel Post\nc.txt,Kesht Daily\n"
    put(tmp_path, {"a.txt": BODY, "b.txt": BODY.replace("\n", "\r\n"), "c.txt": BODY, "sources.csv": table})
    assert [item.file for item in articles(tmp_path)] == ["a.txt", "c.txt"]
    assert unread(tmp_path) == {"b.txt": "same text by the same outlet as a.txt"}


def test_the_same_text_without_an_outlet_is_taken_once_too(tmp_path: Path) -> None:
    """Where nobody names an outlet the reason doesn't say that it is the same one."""
    put(tmp_path, {"a.txt": BODY, "b.txt": BODY})
    assert unread(tmp_path) == {"b.txt": "same text as a.txt, and the outlet of neither is given"}


def test_other_languages_are_named_as_unread(tmp_path: Path) -> None:
    """A text in French is named as such in words; the table's language wins over what the words show."""
    french = (
        "Le ministère a déclaré que les pourparlers reprendraient vendredi à Talma, après trois semaines. "
        * 2
    )
    put(tmp_path, {"a.txt": french, "b.txt": BODY, "c.txt": french + "Fin."})
    put(tmp_path, {"sources.csv": "file,language\nb.txt,German\nc.txt,en\n"})
    assert unread(tmp_path) == {
        "a.txt": "the text is in French (fr); Parley reads English only",
        "b.txt": "the text is in German (de); Parley reads English only",
    }


def test_pasted_text_keeps_its_title_and_date_line() -> None:
    """Title, day, place and agency are details and stay in the text."""
    text = "Talks resume\n\nTALMA, 6 September 2031 (Agency) - " + BODY
    (article,) = articles(pasted="\ufeff" + text.replace("\n", "\r\n"))
    assert (article.file, article.text, article.outlet) == ("-", text, NO_OUTLET)
    assert (article.title, article.dateline, article.credit) == ("Talks resume", "TALMA", "Agency")
    assert [item.reason for item in collect([], Settings(), "") if isinstance(item, Unread)] == [
        "it is empty"
    ]


def test_jsonl_is_one_article_a_line(tmp_path: Path) -> None:
    """Keys are the table's columns; a bad line is unread with its number, the others are read."""
    lines = [
        json.dumps({"text": BODY, "outlet": "Ovrel Post", "published": "2031-09-06", "kind": "statement"}),
        "{not json",
        "",
        json.dumps(
            {"text": "Another. " + BODY, "url": "https://ovrel.example/2", "title": "T", "language": "en"}
        ),
        json.dumps(["text"]),
        json.dumps({"text": 7}),
        json.dumps({"text": BODY, "outlet": 3}),
        json.dumps({"text": BODY, "published": "soon"}),
        json.dumps({"text": BODY, "outlet": "Ovrel Post"}),
        "[" * 100_000,
    ]
    put(tmp_path, {"x.jsonl": "\n".join(lines)})
    first, second = articles(tmp_path)
    assert (first.file, first.outlet, first.published, first.published_from, first.kind) == (
        "x.jsonl",
        "Ovrel Post",
        date(2031, 9, 6),
        "table",
        "statement",
    )
    assert (second.url, second.title) == ("https://ovrel.example/2", "T")
    reasons = unread(tmp_path)
    assert list(reasons) == [f"x.jsonl line {number}" for number in (2, 5, 6, 7, 8, 9, 10)]
    assert reasons["x.jsonl line 2"].startswith("it is no JSON")
    assert reasons["x.jsonl line 7"] == "outlet: 3 is no string"
    assert reasons["x.jsonl line 8"].startswith("published: 'soon' is no day")
    assert reasons["x.jsonl line 9"] == "same text by the same outlet as x.jsonl line 1"


def test_a_row_for_a_file_of_many_texts_speaks_for_all_of_them(tmp_path: Path) -> None:
    """The table's outlet and language hold for each line; its title, day and address can't."""
    lines = [json.dumps({"text": f"{number}. {BODY}"}) for number in (1, 2)]
    table = "file,outlet,title,published\nx.jsonl,Ovrel Post,One title,2031-09-06\n"
    put(tmp_path, {"x.jsonl": "\n".join(lines), "sources.csv": table})
    assert [(item.outlet, item.title, item.published) for item in articles(tmp_path)] == [
        ("Ovrel Post", "", None)
    ] * 2


def test_half_characters_become_marks_and_offsets_stay(tmp_path: Path) -> None:
    """JSON can hold half a character, a record can't: it becomes U+FFFD, one for one."""
    put(tmp_path, {"x.jsonl": '{"text": "Talma \\ud800 said so.", "outlet": "Ovrel\\udfff"}'})
    (article,) = articles(tmp_path)
    assert (article.text, article.outlet) == ("Talma \ufffd said so.", "Ovrel\ufffd")


def test_ids_hold_across_places_and_rest_on_address_or_path(tmp_path: Path) -> None:
    """The same folder elsewhere gives the same ids; the address stands in for the path where there is one."""
    table = "file,outlet,published,url\na.txt,Ovrel Post,2031-09-06,\nb.txt,Ovrel Post,2031-09-06,https://o.example/b\n"
    files: dict[str, str | bytes] = {"a.txt": BODY, "b.txt": "B. " + BODY, "sources.csv": table}
    here, there = put(tmp_path / "here", files), put(tmp_path / "there", files)
    first, second = articles(here)
    assert [first, second] == articles(there)
    assert first.id == article_id("Ovrel Post", "a.txt", date(2031, 9, 6), BODY)
    assert second.id == article_id("Ovrel Post", "https://o.example/b", date(2031, 9, 6), "B. " + BODY)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)


@given(texts=st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_every_text_comes_back_unchanged_under_a_stable_id(texts: list[str]) -> None:
    """Whatever is pasted is the article's text, character for character, and twice the same id."""
    for text in texts:
        twice = [list(collect([], Settings(), text)) for _ in range(2)]
        assert twice[0] == twice[1]
        (article,) = twice[0]
        if isinstance(article, Article):
            assert article.text == text.removeprefix("\ufeff")
            assert article.id == article_id(article.outlet, "-", article.published, article.text)
