"""No export and no page shows what is not public, unless it is asked for by name; files are whole or not there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas
import pytest

from parley import store
from parley.errors import ParleyError
from parley.export import SCHEMES, write_tables
from parley.export.flat import files_of
from parley.files import replaced_file, replaced_folder
from parley.model import Record
from tests.exporting import SUM, built, planted_in, run, write_handovers, write_reports
from tests.serving import served

EXPORTS = [
    (("--format", form, *more), name)
    for form, name in (
        ("json", "r.json"),
        ("annotations", "r.jsonld"),
        ("ftm", "r.jsonl"),
        ("ftm", "r.csv"),
        ("atom", "r.atom"),
        ("xlsx", "r.xlsx"),
        ("csv", "tables"),
        ("csv", "r.zip"),
        ("parquet", "columns"),
    )
    for more in ((), ("--excerpts-only",))
] + [
    (("--format", form, "--columns", scheme), name)
    for scheme in SCHEMES[1:]
    for form, name in (("csv", "tables"), ("xlsx", "r.xlsx"))
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a confidential report."""
    folder = tmp_path_factory.mktemp("walk")
    store.save(built(write_reports(folder / "reports")), folder / "selde.db")
    return folder / "selde.db"


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which a sum follows only from a confidential report."""
    folder = tmp_path_factory.mktemp("handed")
    store.save(built(write_handovers(folder / "reports")), folder / "gate.db")
    return folder / "gate.db"


def everything_in(path: Path) -> str:
    """All text that a file or folder holds: packed files unpacked, columns read, names of files too."""
    if path.is_dir():
        return " ".join(everything_in(one) for one in sorted(path.rglob("*")) if one.is_file())
    return f"{path.name} {_text(path.suffix, path.read_bytes())}"


def _text(suffix: str, data: bytes) -> str:
    if suffix in {".zip", ".xlsx", ".docx"}:
        packed = zipfile.ZipFile(io.BytesIO(data))
        return " ".join(f"{name} {packed.read(name).decode(errors='replace')}" for name in packed.namelist())
    if suffix == ".parquet":
        frame = pandas.read_parquet(io.BytesIO(data))
        return " ".join([*frame.columns, *(str(cell) for column in frame for cell in frame[column])])
    return data.decode()


@pytest.mark.parametrize(("options", "name"), EXPORTS)
def test_no_export_shows_what_is_planted(
    record: Path, options: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    """Neither words, names, figures, title, outlet nor file of the confidential report, in any form."""
    result = run("export", record, *options, "-o", tmp_path / name)
    assert result.exit_code == 0, result.output
    assert planted_in(everything_in(tmp_path / name)) == []
    if "--columns" not in options:
        assert (
            run("export", record, *options, "--include", "confidential", "-o", tmp_path / name).exit_code == 0
        )
        assert "zanquor" in planted_in(everything_in(tmp_path / name))


def summed_in(text: str) -> bool:
    """Whether a text holds the sum, however its thousands are set apart."""
    return SUM in text.replace(",", "").replace("\u202f", "").replace("\u00a0", "")


@pytest.mark.parametrize(("options", "name"), EXPORTS)
def test_no_export_shows_what_follows_from_it(
    handed: Path, options: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    """A number that is in no text and follows only from the confidential one is in no export, in none of its forms."""
    assert run("export", handed, *options, "-o", tmp_path / name).exit_code == 0
    assert not summed_in(everything_in(tmp_path / name))
    if options[1] in {"json", "csv", "xlsx"} and "--columns" not in options:
        run("export", handed, *options, "--include", "confidential", "-o", tmp_path / name)
        assert summed_in(everything_in(tmp_path / name))


ASKED = (
    ("show",),
    ("check",),
    ("claim", "31,731 prisoners were released"),
    ("state",),
    ("diff", "2031-03-08", "2031-03-12"),
    ("waits",),
    ("handovers",),
    ("positions",),
    ("proposals",),
    ("terms", "list"),
)


@pytest.mark.parametrize("command", ASKED)
def test_no_command_shows_it_unless_asked_by_name(
    record: Path, handed: Path, command: tuple[str, ...]
) -> None:
    """What a terminal prints is what may be shown, and it says on standard error that something is left out."""
    at = 2 if command[0] == "terms" else 1  # the record's place among the arguments
    for file in (record, handed):
        arguments: list[str | Path] = [*command[:at], file, *command[at:]]
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        assert planted_in(result.stdout) == []
        assert not summed_in(result.stdout)
        assert "17,290" not in result.stdout
        assert result.stderr == "not shown, as not public: 1 text; see --include\n"
        assert run(*arguments, "--include", "confidential").stderr == ""


def test_handovers_are_summed_up_for_whoever_asks_for_them(handed: Path) -> None:
    """With the confidential report named the sum is there."""
    assert summed_in(run("handovers", handed, "--include", "confidential").stdout)
    wanted = next(one.id for one in store.load(handed).tallies if one.sum)
    assert run("why", handed, wanted).exit_code == 1
    assert run("why", handed, wanted, "--include", "confidential").exit_code == 0


@pytest.mark.parametrize("form", ["json", "annotations", "ftm", "atom"])
def test_standard_output_shows_the_same(record: Path, form: str, tmp_path: Path) -> None:
    """What goes to standard output is what goes to a file."""
    run("export", record, "--format", form, "-o", tmp_path / "file")
    assert run("export", record, "--format", form).stdout == (tmp_path / "file").read_text(encoding="utf-8")


def test_no_page_shows_what_follows_from_it(handed: Path, tmp_path: Path) -> None:
    """The sum is on no page, in no situation report and in none that is served; named, it is on several."""
    for more, shows in (((), False), (("--include", "confidential"), True)):
        run("briefing", handed, *more, "-o", tmp_path / "pages")
        assert summed_in(everything_in(tmp_path / "pages")) is shows
        period = ("--since", "2031-03-08", "--until", "2031-03-12", "--draft")
        for name in ("report.md", "report.docx"):
            run("sitrep", handed, *period, *more, "-o", tmp_path / name)
        assert summed_in((tmp_path / "report.md").read_text(encoding="utf-8")) is shows
        assert summed_in(everything_in(tmp_path / "report.docx")) is shows
    with served(handed) as site:
        for page in [one.name for one in (tmp_path / "pages").glob("*.html")]:
            assert not summed_in(site.ask(f"/{page}").text)


def test_no_page_of_the_briefing_shows_what_is_planted(record: Path, tmp_path: Path) -> None:
    """Every page is searched; with --include the report has its page."""
    assert run("briefing", record, "-o", tmp_path / "pages").exit_code == 0
    assert len(list((tmp_path / "pages").glob("report-*.html"))) == 3
    assert planted_in(everything_in(tmp_path / "pages")) == []
    run("briefing", record, "--include", "confidential", "-o", tmp_path / "pages")
    assert len(list((tmp_path / "pages").glob("report-*.html"))) == 4


def test_an_embargo_is_reckoned_from_the_day_given(tmp_path: Path) -> None:
    """--day is the day on which it is shown; --include embargoed shows it before."""
    store.save(built(write_reports(tmp_path / "reports", "public", "2031-04-02")), tmp_path / "r.db")
    for day, more, shows in (
        ("2031-04-01", (), False),
        ("2031-04-02", (), True),
        ("2031-04-01", ("--include", "embargoed"), True),
        ("2031-04-01", ("--include", "confidential"), False),
    ):
        assert bool(planted_in(run("export", tmp_path / "r.db", "--day", day, *more).stdout)) == shows


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "xlsx"], "-o"),
        (["--format", "csv"], "-o"),
        (["--format", "parquet"], "-o"),
        (["--format", "json", "--columns", "plover"], "--format csv"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(record: Path, options: list[str], said: str) -> None:
    """Tables need a place to go, and other codebooks have columns for tables only."""
    result = run("export", record, *options)
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert said in result.stderr


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    """Where writing fails half way the old file is still there and nothing else is."""
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ParleyError, match=r"r\.json.*-o"), replaced_file(path) as made:  # noqa: PT012 - it is the block
        made.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")
    assert [one.name for one in tmp_path.iterdir()] == ["r.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_folder_is_whole_or_as_it_was(tmp_path: Path) -> None:
    """The same for a folder of tables, whatever goes wrong."""
    write_tables(Record(), "csv", tmp_path / "tables")
    before = everything_in(tmp_path / "tables")
    with (  # noqa: PT012 - the block itself fails
        pytest.raises(ValueError, match="half way"),
        replaced_folder(tmp_path / "tables", files_of(".csv")) as made,
    ):
        (made / "unread.csv").write_text("half", encoding="utf-8")
        raise ValueError("half way")
    assert [one.name for one in tmp_path.iterdir()] == ["tables"]
    assert everything_in(tmp_path / "tables") == before


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """Nobody's own files are replaced; an earlier export is."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(ParleyError, match=r"thesis\.csv"):
        write_tables(Record(), "csv", own)
    with pytest.raises(ParleyError, match="is a file"):
        write_tables(Record(), "csv", own / "thesis.csv")
    write_tables(Record(), "csv", tmp_path / "tables")
    write_tables(Record(), "csv", tmp_path / "tables")
    assert (own / "thesis.csv").read_text(encoding="utf-8") == "mine"
