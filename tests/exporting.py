"""What the tests of sensitivity and exports share: a folder in which one report is not for everybody."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

import parley
from parley.cli import main
from parley.incremental import Held
from parley.model import Correction, Record
from parley.settings import Settings
from tests.conftest import DAILY, WIRE, unwrapped

# Every one of these stands in the confidential report, its title, its outlet or its file name, and nowhere else.
PLANTED = ("zanquor", "7,417", "7417", "quillmar", "ferrowick", "tembrath")
MEMO = """Zanquor memo on the gate

Ilva Zanquor, the union's treasurer in Quillmar, said on Wednesday that 7,417 lanterns would be handed over only after
the Owners' Federation released Tembrath Osk, a docker held in Ferrowick.

The Owners' Federation denied that it had broken the January accord. The Selde Dockers' Union said on Tuesday it would
reopen the north gate only if the Owners' Federation dropped its lawsuit.

Zanquor said that 120 dockers had been suspended since Monday.
"""
HANDOVER = """Federation frees docker

PORT SELDE, 7 March (Coastal Wire) — The Owners' Federation released Sergeant Tomas Wyk on Friday, a day after the union
had demanded it. "Tomas Wyk is home," said Mira Oduya, the union's president.

=Nobody= was charged. The release of Wyk ended a week in which 140 dockers had been suspended, Paul Renner said.
"""
FIRST = """First group home

PORT SELDE, 8 March (Coastal Wire) — The Harbour Front released 31,731 prisoners to the Selde Republic on Saturday.

"We have released 31,731 prisoners today," said Mira Oduya, a spokeswoman for the Harbour Front.
"""
SECOND = """Second group home

PORT SELDE, 12 March (Selde Daily) — The Harbour Front released 17,290 prisoners to the Selde Republic on Wednesday.

"We have released 17,290 prisoners today," said Mira Oduya, a spokeswoman for the Harbour Front.
"""
SUM = "49021"  # of both; no text says it
TABLE = """file,outlet,published,title,sensitivity,embargo
wire.txt,Coastal Wire,2031-03-04,Harbour union and owners set to meet,,
daily.txt,Selde Daily,2031-03-06,,public,
handover.txt,=Gate & <Post>,2031-03-07,"=1+1",,
zanquor.txt,Zanquor Desk,2031-03-05,Zanquor memo on the gate,{},{}
"""


def write_reports(folder: Path, sensitivity: str = "confidential", embargo: str = "") -> Path:
    """Three public reports and one that is not."""
    folder.mkdir()
    texts = {"wire": WIRE, "daily": DAILY, "handover": HANDOVER, "zanquor": MEMO}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(unwrapped(text), encoding="utf-8")
    (folder / "sources.csv").write_text(TABLE.format(sensitivity, embargo), encoding="utf-8")
    return folder


def write_handovers(folder: Path) -> Path:
    """Two reports of releases, of which the second is confidential: the sum follows only from both."""
    folder.mkdir()
    for name, text in (("first", FIRST), ("second", SECOND)):
        (folder / f"{name}.txt").write_text(unwrapped(text), encoding="utf-8")
    (folder / "sources.csv").write_text(
        "file,outlet,published,sensitivity\nfirst.txt,Coastal Wire,2031-03-08,\nsecond.txt,Selde Daily,2031-03-12,confidential\n",
        encoding="utf-8",
    )
    return folder


def built(folder: Path) -> Record:
    """The record of a folder."""
    return parley.build([str(folder)], Settings(processes=1))


def held_of(record: Record, *corrections: Correction) -> Held:
    """A record as a file would hold it."""
    return Held(Path("selde.db"), 0, record, {}, corrections)


def run(*arguments: str | Path) -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def planted_in(text: str) -> list[str]:
    """Which of the planted strings a text holds."""
    return [word for word in PLANTED if word in text.lower()]
