"""Codes: a codebook of one's own, two coders, and how far they agree by published figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from parley import store
from parley.byhand.codes import read_codebook, standing, write_codebook
from parley.byhand.kappa import agreement, cohens_kappa, krippendorffs_alpha
from parley.cli import main
from parley.errors import EnteredError
from parley.model import Code, CodeDefinition

AT = "2031-03-07T06:30:00+00:00"
BOOK = (
    "code,label,definition,values\nstance,Stance,How yielding the words are,hard|soft\non_topic,On topic,,\n"
)
VALUES = st.sampled_from(["hard", "soft", "mixed"])


def run(*arguments: str | Path, ok: bool = True) -> Result:
    """One call of the command."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert (result.exit_code == 0) == ok, result.output
    return result


@pytest.fixture
def record(reports: Path, tmp_path: Path) -> Path:
    """A record's file with a codebook."""
    run("build", reports, "-o", tmp_path / "r.db")
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    run("codebook", tmp_path / "r.db", "--import", tmp_path / "book.csv")
    return tmp_path / "r.db"


def table(cells: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The pairs of a table of counts."""
    return [pair for pair, count in cells.items() for _ in range(count)]


def test_kappa_is_that_of_cohen_1960() -> None:
    """Cohen 1960, table 2 in counts of 200: observed .70, by chance .41, kappa .492."""
    rows = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    pairs = table({(str(a), str(b)): count for a, row in enumerate(rows) for b, count in enumerate(row)})
    assert cohens_kappa(pairs) == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert round(cohens_kappa(pairs) or 0, 3) == 0.492


def test_alpha_is_that_of_krippendorff_2011() -> None:
    """The two worked examples of "Computing Krippendorff's alpha-reliability": .095 for binary, .692 for nominal values."""
    binary = list(zip("0100000010", "1110010000"))
    nominal = list(zip("aabbdcccedda", "babbbccceddd"))
    assert round(krippendorffs_alpha(binary) or 0, 3) == 0.095
    assert round(krippendorffs_alpha(nominal) or 0, 3) == 0.692


@given(st.lists(st.tuples(VALUES, VALUES)))
def test_coefficients_do_not_depend_on_who_is_first(pairs: list[tuple[str, str]]) -> None:
    """Symmetric, at most 1, 1 where two agree throughout, and none where one value explains all."""
    swapped = [(b, a) for a, b in pairs]
    for coefficient in (cohens_kappa, krippendorffs_alpha):
        value = coefficient(pairs)
        assert (
            value == pytest.approx(coefficient(swapped))
            if value is not None
            else coefficient(swapped) is None
        )
        same = coefficient([(a, a) for a, _ in pairs])
        assert same == (1 if len({a for a, _ in pairs}) > 1 else None)
        assert value is None or value <= 1


def test_only_what_both_coded_is_compared() -> None:
    """n counts rows with both coders' value; what one coded alone is said, and a third coder makes pairs of its own."""
    said = [("Ada", "r1", "hard"), ("Ben", "r1", "soft"), ("Ada", "r2", "hard"), ("Cy", "r9", "hard")]
    codes = [Code(f"c{n}", row, "stance", value, coder, AT) for n, (coder, row, value) in enumerate(said)]
    found = {one.coders: (one.n, one.one_only) for one in agreement(codes)}
    assert found == {("Ada", "Ben"): (1, 1), ("Ada", "Cy"): (0, 3), ("Ben", "Cy"): (0, 2)}


def test_a_codebook_comes_back_from_either_form() -> None:
    """What is written reads as the same definitions; what is known already isn't added again."""
    made = read_codebook("b.csv", BOOK, (), AT)
    assert [(one.code, one.values) for one in made] == [("stance", ("hard", "soft")), ("on_topic", ())]
    for name in ("b.csv", "b.yaml"):
        again = read_codebook(name, write_codebook(made, name), (), AT)
        assert again == made
        assert read_codebook(name, write_codebook(made, name), made, "later") == []


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("b.csv", "name\nx\n", "row 1: there is no column 'code'"),
        ("b.csv", "code\ntwo words\n", "row 2, code: 'two words'"),
        ("b.csv", "code,values\nx,a|a\n", "row 2, values: one stands there twice"),
        ("b.yaml", "- code: x\n- code: x\n", "entry 2, code: 'x' stands there twice"),
        ("b.yaml", "code: x\n", "give a list of entries"),
        ("b.yaml", "- code: x\n  values: 3\n", "entry 1, values: give a list"),
        ("b.txt", "", "comes as .csv or .yaml"),
    ],
)
def test_errors_of_a_codebook_name_the_entry(file: str, text: str, says: str) -> None:
    """File, row or entry, and field."""
    with pytest.raises(EnteredError) as error:
        read_codebook(file, text, (), AT)
    assert says in str(error.value)


def test_a_coders_last_word_stands_and_all_are_kept(record: Path, reports: Path) -> None:
    """A later value takes the place of the earlier, one taken back is gone, and the file keeps each through builds."""
    row = store.load(record).statements[0].id
    run("code", record, row, "stance", "hard", "--coder", "Ada")
    run("code", record, row, "stance", "soft", "--coder", "Ada")
    run("code", record, "wire.txt", "on_topic", "--coder", "Ada")
    run("code", record, "wire.txt", "on_topic", "--coder", "Ada", "--take-back")
    run("build", reports, "-o", record)
    held = store.load(record)
    assert [(one.row, one.value) for one in standing(held.codes)] == [(row, "soft")]
    assert len(held.codes) == 4
    assert isinstance(held.codebook[0], CodeDefinition)


def test_a_code_outside_the_codebook_is_refused(record: Path) -> None:
    """Code, value, row and coder are checked, each in one line with what to do."""
    row = store.load(record).statements[0].id
    for words, says in (
        (("mood", "good", "--coder", "Ada"), "Its codes are: stance, on_topic"),
        (("stance", "firm", "--coder", "Ada"), "stance takes one of: hard, soft"),
        (("stance", "hard"), "a code needs a coder"),
    ):
        assert says in run("code", record, row, *words, ok=False).output
    assert "no row" in run("code", record, "stm-none", "stance", "hard", "--coder", "Ada", ok=False).output
    assert store.load(record).codes == ()


def test_two_coders_exchange_and_agree(record: Path, tmp_path: Path) -> None:
    """Ben codes a copy of the record and hands his codes over; taken in twice they count once."""
    copy = tmp_path / "ben.db"
    copy.write_bytes(record.read_bytes())
    rows = [one.id for one in store.load(record).statements[:4]]
    for row, mine, his in zip(rows, ("hard", "hard", "soft", "soft"), ("hard", "soft", "soft", "soft")):
        run("code", record, row, "stance", mine, "--coder", "Ada")
        run("code", copy, row, "stance", his, "--coder", "Ben")
    run("codes", copy, "--export", tmp_path / "ben.jsonl")
    assert "4 new" in run("codes", record, "--import", tmp_path / "ben.jsonl").output
    assert "0 new" in run("codes", record, "--import", tmp_path / "ben.jsonl").output
    # observed 3/4; by chance (2*1 + 2*3)/16 = 1/2; kappa (3/4 - 1/2) / (1/2)
    assert "stance: Ada and Ben, n = 4: agreed 0.750, kappa 0.500" in run("kappa", record).output
    assert "Ada" not in run("codes", record, "--coder", "Ben").output


def test_a_code_on_a_hidden_row_is_hidden(reports: Path, tmp_path: Path) -> None:
    """A code on a row of a confidential report reaches no export that isn't asked for it."""
    table = reports / "sources.csv"
    table.write_text(
        table.read_text(encoding="utf-8")
        .replace("url\n", "sensitivity\n")
        .replace("-04,", "-04,confidential"),
        encoding="utf-8",
    )
    path = tmp_path / "r.db"
    run("build", reports, "-o", path)
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    run("codebook", path, "--import", tmp_path / "book.csv")
    run("code", path, "wire.txt", "stance", "soft", "--coder", "Ada")
    assert '"coder"' not in run("export", path).output
    assert '"coder"' in run("export", path, "--include", "confidential").output


@pytest.mark.parametrize("name", ["codes.jsonl", "codes.csv", "codes.xlsx"])
def test_codes_come_back_from_each_form(record: Path, tmp_path: Path, name: str) -> None:
    """What is exported is taken in by another copy with the same ids, also out of the export of the whole record."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(record.read_bytes())
    rows = [one.id for one in store.load(record).statements[:2]]
    for row, value in zip(rows, ("hard", "soft")):
        run("code", record, row, "stance", value, "--coder", "=Ada, the first")
    run("codes", record, "--export", tmp_path / name)
    assert "2 new" in run("codes", copy, "--import", tmp_path / name).output
    assert "0 new" in run("codes", copy, "--import", tmp_path / name).output
    assert store.load(copy).codes == store.load(record).codes
    if name.endswith(".xlsx"):
        run("export", record, "--format", "xlsx", "-o", tmp_path / "all.xlsx")
        assert "0 new" in run("codes", copy, "--import", tmp_path / "all.xlsx").output


def test_many_rows_are_coded_from_a_sheet_or_none(record: Path, tmp_path: Path) -> None:
    """Row and code are enough; a row that doesn't fit is named with its line, and nothing is saved."""
    first, second = (one.id for one in store.load(record).statements[:2])
    sheet = tmp_path / "monday.csv"
    sheet.write_text(f"row,code,value,coder\n{first},stance,hard,\n{second},stance,firm,\n", encoding="utf-8")
    said = run("code", record, "--rows", sheet, "--coder", "Ada", ok=False).output
    assert "monday.csv, row 3: 'firm': stance takes one of: hard, soft" in said
    assert store.load(record).codes == ()
    sheet.write_text(
        f"row,code,value,coder\n{first},stance,hard,\nwire.txt,on_topic,,Ben\n", encoding="utf-8"
    )
    assert "2 codes saved" in run("code", record, "--rows", sheet, "--coder", "Ada").output
    assert [(one.code, one.value, one.coder) for one in standing(store.load(record).codes)] == [
        ("on_topic", "yes", "Ben"),
        ("stance", "hard", "Ada"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("c.csv", "row,code,value,at\n", "row 1: there is no column 'coder'"),
        ("c.csv", "row,code,value,coder,at\nstm-1,stance,hard,Ada,\n", "c.csv, row 2: is no code as"),
        (
            "c.csv",
            "row,code,value,coder,at,id\nstm-1,stance,hard,Ada,2031,code-0\n",
            "row 2: is no code as",
        ),
        ("c.csv", "", "it has no rows"),
        ("c.jsonl", '{"row": "stm-1"}\n', "c.jsonl, line 1: is no code as"),
        ("c.xlsx", "row,code\n", "damaged or no workbook"),
    ],
)
def test_a_file_of_codes_that_does_not_fit_is_named(
    record: Path, tmp_path: Path, name: str, text: str, says: str
) -> None:
    """File, line and the next step; nothing is added."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert says in run("codes", record, "--import", tmp_path / name, ok=False).output
    assert store.load(record).codes == ()
