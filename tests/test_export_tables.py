"""Tables as real readers open them: pandas, openpyxl; values typed, sources beside, no formula, other codebooks' names."""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from parley.contract import tables
from parley.errors import ParleyError
from parley.export import TABLES, write_tables
from parley.export.columns import SCHEMES, tables_in
from parley.export.csv import write_csv
from parley.export.flat import flat_tables
from parley.export.xlsx import MOST_ROWS, write_xlsx
from parley.model import ACTS, Act, Article, Record, Unread
from parley.vocabulary import vocabulary
from tests.conftest import make_article
from tests.exporting import built, write_reports

FORMULAS = st.text(alphabet="=+-@\t\r1A(\x01\"';,\n é", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of four reports."""
    return built(write_reports(tmp_path_factory.mktemp("tables") / "reports", "public"))


def frames(record: Record, form: str, folder: Path, scheme: str = "own") -> dict[str, pandas.DataFrame]:
    """The tables of a record as pandas reads them from a form."""
    target = folder / {"csv": "tables", "xlsx": "r.xlsx", "parquet": "columns"}[form]
    write_tables(record, form, target, scheme)
    if form == "xlsx":
        return dict(pandas.read_excel(target, sheet_name=None))
    read = pandas.read_csv if form == "csv" else pandas.read_parquet
    return {path.stem: read(path) for path in sorted(target.iterdir())}


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_pandas_reads_every_table_whole(record: Record, form: str, tmp_path: Path) -> None:
    """A table per table of the record, a row per row in order, numbers and days as such."""
    found = frames(record, form, tmp_path)
    assert set(found) == set(tables())
    for name, frame in found.items():
        rows = getattr(record, name)
        assert len(frame) == len(rows), name
        if rows and hasattr(rows[0], "id"):
            assert list(frame["id"]) == [row.id for row in rows]
    figures = found["figures"]
    assert list(figures["low"].fillna(-1)) == [-1 if row.low is None else row.low for row in record.figures]
    days = pandas.to_datetime(found["articles"]["published"]).dt.date
    assert list(days) == [article.published for article in record.articles]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_every_row_has_its_source_beside_it(record: Record, form: str, tmp_path: Path) -> None:
    """Words, outlet and day stand beside whatever was read from a text or rests on what was."""
    outlets = {article.outlet.lstrip("=") for article in record.articles}
    found = frames(record, form, tmp_path)
    for name in ("statements", "figures", "acts", "needs", "claims", "figure_relations", "actors"):
        for _, row in found[name].iterrows():
            if str(row.get("name", "")).startswith("["):
                continue  # a role in place of somebody's name leads to no words
            assert row["source_words"], name
            assert {one.lstrip("'=") for one in str(row["source_outlet"]).split(" | ")} <= outlets
            assert re.fullmatch(r"2031-03-0\d( \| 2031-03-0\d)*", str(row["source_day"]))


def test_csv_and_parquet_say_the_same(record: Record, tmp_path: Path) -> None:
    """Column for column, whatever the form."""
    csv, parquet = frames(record, "csv", tmp_path), frames(record, "parquet", tmp_path)
    for name, frame in csv.items():
        assert list(frame.columns) == list(parquet[name].columns)


def test_words_are_verbatim(record: Record, tmp_path: Path) -> None:
    """Offsets lead to the words in the text that the table of articles holds."""
    found = frames(record, "parquet", tmp_path)
    texts = dict(zip(found["articles"]["id"], found["articles"]["text"]))
    for name in ("figures", "needs", "places"):
        for _, row in found[name].iterrows():
            if "[" not in row["text"]:
                assert texts[row["article"]][row["start"] : row["end"]] == row["text"]


def test_people_who_are_only_told_of_are_roles(record: Record, tmp_path: Path) -> None:
    """Somebody who is only released has no name in any cell but the report's own text."""
    assert any("Wyk" in actor.name for actor in record.actors)
    for form in ("csv", "parquet"):
        for name, frame in frames(record, form, tmp_path).items():
            columns = [column for column in frame.columns if (name, column) != ("articles", "text")]
            assert "Wyk" not in frame[columns].to_csv(), name


def test_a_workbook_is_ready_to_read(record: Record, tmp_path: Path) -> None:
    """A sheet per table, the header frozen and bold, columns as wide as their words need."""
    write_tables(record, "xlsx", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == list(tables())
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        for number, cell in enumerate(sheet[1], start=1):
            assert sheet.column_dimensions[get_column_letter(number)].width >= len(str(cell.value))
    headers = {cell.value: get_column_letter(at) for at, cell in enumerate(book["articles"][1], start=1)}
    assert "text" not in headers
    assert book["articles"][f"{headers['outlet']}5"].value == "=Gate & <Post>"
    assert book["articles"][f"{headers['title']}5"].data_type == "s"


@given(st.lists(FORMULAS, min_size=1, max_size=6))
def test_no_cell_is_a_formula(words: list[str]) -> None:
    """Whatever a text begins with, a spreadsheet gets it as text; in CSV with an apostrophe before it."""
    record = Record(unread=tuple(Unread(word, word) for word in words))
    own = [table for table in flat_tables(record) if table.name == "unread"]
    with tempfile.TemporaryDirectory() as folder:
        write_xlsx(own, Path(folder) / "r.xlsx")
        for row in openpyxl.load_workbook(Path(folder) / "r.xlsx")["unread"].iter_rows(min_row=2, max_col=2):
            assert "f" not in {cell.data_type for cell in row}
            assert all(cell.value is None or isinstance(cell.value, str) for cell in row)
        write_csv(own, Path(folder) / "tables")
        frame = pandas.read_csv(Path(folder) / "tables" / "unread.csv", dtype=str, keep_default_na=False)
        for cell, word in zip(frame["file"], words):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.removeprefix("'") == word.removeprefix("'")


def test_a_cell_that_is_too_long_says_that_it_is_cut(tmp_path: Path) -> None:
    """A spreadsheet's cell holds 32,767 characters; days before 1900, which spreadsheets can't count, are text."""
    old = replace(make_article("text", day=date(1861, 4, 12)), title="x" * 40_000)
    write_tables(Record(articles=(old,)), "xlsx", tmp_path / "r.xlsx")
    frame = pandas.read_excel(tmp_path / "r.xlsx", sheet_name="articles")
    assert frame["title"][0].endswith("… [cut]")
    assert len(frame["title"][0]) == 32_767
    assert frame["published"][0] == "1861-04-12"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    """Nothing is cut off in silence; the error names the forms that hold any number."""
    (table,) = [one for one in flat_tables(Record()) if one.name == "times"]
    with pytest.raises(ParleyError, match="csv or --format parquet"):
        write_xlsx([replace(table, size=MOST_ROWS + 1)], tmp_path / "r.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "name"), [("xlsx", "r.xlsx"), ("csv", "r.zip")])
def test_same_record_same_bytes(record: Record, form: str, name: str, tmp_path: Path) -> None:
    """No clock gets into a packed file."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_tables(record, form, tmp_path / folder / name)
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    dates = {entry.date_time for entry in zipfile.ZipFile(tmp_path / "one" / name).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with the command, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ParleyError, match=r"pip install 'parley-record\[parquet\]'"):
        write_tables(Record(), "parquet", tmp_path / "columns")
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------- other codebooks


@pytest.mark.parametrize("scheme", SCHEMES[1:])
@pytest.mark.parametrize("form", sorted(TABLES))
def test_other_codebooks_have_their_columns(record: Record, scheme: str, form: str, tmp_path: Path) -> None:
    """One table, under the names that vocabulary/columns.yaml gives, in their order."""
    ((name, frame),) = frames(record, form, tmp_path, scheme).items()
    wanted = vocabulary("columns")["schemes"][scheme]
    assert name == wanted["table"]
    assert list(frame.columns) == list(wanted["columns"])


def test_every_act_has_its_plover_type(record: Record) -> None:
    """Labels map as docs/exports.md says; what was performed is aid, giving way or cooperation by its words."""
    article = make_article(
        "They released six men. They delivered flour. They opened talks. " + " ".join(sorted(ACTS))
    )

    def act(words: str, kind: str) -> Act:
        start = article.text.index(words)
        return Act(f"act-{words}", article.id, "they", kind, None, start, start + len(words), words)

    done = [
        act("They released six men", "PERFORM"),
        act("They delivered flour", "PERFORM"),
        act("MEET", "PERFORM"),
    ]
    rest = [act(kind, kind) for kind in sorted(ACTS - {"PERFORM"})]
    (table,) = tables_in(Record(articles=(article,), acts=(*done, *rest)), "plover")
    types = [row["Event Type"] for row in table.rows()]
    assert types[:3] == ["RETREAT", "AID", "COOPERATE"]
    assert dict(zip(sorted(ACTS - {"PERFORM"}), types[3:])) == {
        "ACCEPT": "AGREE",
        "ACCUSE": "ACCUSE",
        "COMMIT": "CONCEDE",
        "DEMAND": "REQUEST",
        "DENY": "REJECT",
        "MEDIATE": "CONSULT",
        "MEET": "CONSULT",
        "OFFER": "OFFER",
        "PRAISE": "SUPPORT",
        "REJECT": "REJECT",
        "SUSPEND": "SANCTION",
        "THREATEN": "THREATEN",
    }


def test_an_agreement_is_a_row_of_pax() -> None:
    """Agreements only, with the stage that the title's words tell, and none where they don't."""
    titles = {"Accord on a ceasefire": "Cea", "Extension of the accord": "Ren", "Accord of Selde": None}
    articles: tuple[Article, ...] = tuple(
        replace(make_article(title, f"{title}.txt"), title=title, kind="agreement") for title in titles
    )
    (table,) = tables_in(Record(articles=(*articles, make_article("A report."))), "pax")
    assert {row["Agt"]: row["Stage"] or None for row in table.rows()} == titles


def test_counts_of_the_dead_are_rows_of_ged(tmp_path: Path) -> None:
    """low, best and high as told, best only where one number is; whose words it is; the days of the act around it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    text = (
        "Six dockers were killed on Monday when the north gate collapsed, the union said.\n\n"
        "Between 10 and 12 dockers were killed in January, Paul Renner said.\n"
    )
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text(
        "file,outlet,published\na.txt,The Bell,2031-03-06\n", encoding="utf-8"
    )
    record = built(folder)
    (table,) = tables_in(record, "ged")
    dead = [figure for figure in record.figures if figure.status == "dead"]
    rows = list(table.rows())
    assert dead
    assert [row["id"] for row in rows] == [figure.id for figure in dead]
    for row, figure in zip(rows, dead):
        assert (row["low"], row["high"]) == (figure.low, figure.high)
        assert row["best"] == (figure.low if figure.low == figure.high else None)
        assert row["source_office"] == "The Bell"
        assert row["source_original"]
        assert row["date_prec"] in {None, 1, 2, 3, 4, 5}
