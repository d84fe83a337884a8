"""The briefing as a whole: every row leads to its words, every link resolves, nothing hostile gets through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from parley.briefing import write_briefing
from parley.briefing.pages import pages
from parley.errors import ParleyError
from parley.model import (
    Act,
    Actor,
    Article,
    Breach,
    Claim,
    Figure,
    FigureRelation,
    Lineage,
    Mention,
    Need,
    Phase,
    Place,
    Proposal,
    Record,
    Statement,
    Tally,
    Term,
    Time,
    Unread,
    Wait,
    article_id,
    derived_id,
    row_id,
    span_of,
)
from parley.pipeline import build_record
from parley.settings import Settings
from parley.sources import collect
from tests.conftest import ROOT

MARCH = date(2031, 3, 4)
GAZETTE = """Wharf talks stall again

The Selde Union said it will open the gate only after the Owners’ League signs. “We have waited long enough,” she added.

The Owners’ League, as told by Oduya, demands that the gate opens before it signs. It freed 12 dockers Monday; 30 stay.

The union accused the league of breaking the January accord. The league would free Sergeant Tomas Wyk, the union heard.

Oduya offered a harbour plan in a statement. The second phase would begin in April."""
MIRROR = """Wharf talks stall once more

The union will open the gate only after the league signs, the Gazette reported. It freed 14 dockers on Monday."""
ACCORD = """Accord of Selde

1. The League shall free forty dockers in the second phase."""


def article(text: str, outlet: str, name: str, **more: object) -> Article:
    """An article of ours, its day from the table."""
    made = Article(
        article_id(outlet, name, MARCH, text), name, outlet, text, published=MARCH, published_from="table"
    )
    return replace(made, **more)  # type: ignore[arg-type]


def made_record() -> Record:
    """A record with a row of every kind, made by hand so that it does not depend on what the reader finds."""
    gazette = article(
        GAZETTE, "Selde Gazette", "gazette.txt", url="https://gazette.example/talks", byline="Ida Brand"
    )
    mirror = article(MIRROR, "Wharf Mirror", "mirror.txt")
    accord = article(ACCORD, "Port Office", "accord.txt", kind="agreement")
    g, m = gazette.id, mirror.id

    def at(text: str, of: Article = gazette) -> tuple[int, int]:
        start = of.text.index(text)
        return start, start + len(text)

    def statement(
        text: str, name: str, actor: str | None, chain: tuple[str, ...] = (), kind: str = "indirect"
    ) -> Statement:
        span = at(text)
        return Statement(
            row_id("stm", g, [span], "s"),
            g,
            None,
            name,
            None,
            (span_of(GAZETTE, *span),),
            kind,
            chain,
            MARCH,
            actor,
        )

    def act(
        text: str,
        name: str,
        kind: str,
        target: str | None = None,
        said: str | None = None,
        of: Article = gazette,
    ) -> Act:
        span = at(text, of)
        return Act(
            row_id("act", of.id, [span], kind), of.id, name, kind, target, *span, text, MARCH, None, said
        )

    def need(text: str, holder: str, waits: str, first: str, of: Article = gazette) -> Need:
        span = at(text, of)
        deeds = ("deed-" + waits[:8].strip(), "deed-" + first[:8].strip())
        return Need(row_id("need", of.id, [span], "need"), of.id, holder, waits, first, *span, text, *deeds)

    def figure(text: str, value: float, of: Article = gazette, status: str = "released") -> Figure:
        span = at(text, of)
        return Figure(
            row_id("fig", of.id, [span]),
            of.id,
            *span,
            text,
            value,
            value,
            False,
            "person",
            "dockers",
            None,
            None,
            None,
            status,
        )

    def actor(name: str, kind: str, affiliation: str | None = None, role: str = "", *surfaces: str) -> Actor:
        forms = (name, *surfaces)
        mentions = tuple(
            Mention(g, found.start(), found.end(), form, name, kind)
            for form in forms
            for found in re.finditer(re.escape(form), GAZETTE)
        )
        return Actor(f"actor-{name.replace(' ', '-')}", name, kind, affiliation, role, forms, mentions)

    union = actor("Selde Union", "organisation", None, "", "The union")
    league = actor("Owners’ League", "organisation", None, "", "the league", "The league")
    oduya = actor("Mira Oduya", "person", union.id, "president", "Oduya")
    wyk = actor("Tomas Wyk", "person", None, "Sergeant")
    opens = statement("it will open the gate only after the Owners’ League signs", "Selde Union", union.id)
    waited = statement("We have waited long enough", "Mira Oduya", oduya.id, kind="direct")
    demands = statement("the gate opens before it signs", "Owners’ League", league.id, ("Oduya",))
    broke = statement("breaking the January accord", "The union", union.id)
    plan = statement("The second phase would begin in April", "Mira Oduya", oduya.id)
    first = need(
        "The Selde Union said it will open the gate only after the Owners’ League signs.",
        "Selde Union",
        "open the gate",
        "signs",
    )
    second = need(
        "The Owners’ League, as told by Oduya, demands that the gate opens before it signs.",
        "Owners’ League",
        "signs",
        "open the gate",
    )
    copied = need(
        "The union will open the gate only after the league signs, the Gazette reported.",
        "union",
        "open the gate",
        "signs",
        mirror,
    )
    accused = act(
        "The union accused the league of breaking the January accord",
        "Selde Union",
        "ACCUSE",
        "Owners’ League",
        broke.id,
    )
    freed = act("It freed 12 dockers Monday", "Owners’ League", "PERFORM")
    offered = act("Oduya offered a harbour plan in a statement", "Mira Oduya", "OFFER")
    refused = act("The league would free Sergeant Tomas Wyk", "Owners’ League", "REJECT", None, None)
    twelve, fourteen, thirty = (
        figure("12 dockers", 12),
        figure("14 dockers", 14, mirror),
        figure("30", 30, status="held"),
    )
    monday = Time(
        row_id("time", g, [at("Monday")]), g, "Monday", at("Monday"), date(2031, 3, 3), date(2031, 3, 3)
    )
    april = Time(
        row_id("time", g, [at("April")]), g, "April", at("April"), date(2031, 4, 1), date(2031, 4, 30)
    )
    gate = Place(row_id("plc", g, [at("Selde")], "place"), g, *at("Selde"), "Selde", "Selde")
    words = "forty dockers in the second phase."
    ids = (row_id("term", accord.id, [(20, 30)], "1"), "obligation", "The League", None, "free")
    provision = Term(*ids, words, "", "second phase", "text", (accord.id,))
    passage = (
        span_of(MIRROR, *at("It freed 14 dockers on Monday.", mirror)),
        span_of(GAZETTE, *at("It freed 12 dockers Monday; 30 stay.")),
    )
    needs = (first.id, second.id, copied.id)
    return Record(
        articles=(gazette, mirror, accord),
        unread=(Unread("scan.pdf", "a scan <without> text"),),
        statements=(opens, waited, demands, broke, plan),
        figures=(twelve, fourteen, thirty),
        times=(monday, april),
        places=(gate,),
        acts=(accused, freed, offered, refused),
        needs=(first, second, copied),
        actors=(union, league, oduya, wyk),
        claims=(
            Claim(derived_id("clm", [opens.id]), (opens.id, broke.id), (demands.id,), (g,), (union.id,)),
            Claim(derived_id("clm", [waited.id]), (waited.id,), (), (g,), (oduya.id,)),
        ),
        lineage=(Lineage(derived_id("lin", [m, g]), m, g, "rewrite", 0.6, (passage,), ("1 passage",)),),
        figure_relations=(FigureRelation("rel-1", (twelve.id, fourteen.id), "conflict", "12 and 14"),),
        tallies=(
            Tally(
                "tally-1",
                "dockers freed",
                "Owners’ League",
                "Selde Union",
                26.0,
                MARCH,
                "all",
                (twelve.id, fourteen.id),
                sum="our sum: 12 + 14 = 26",
            ),
        ),
        phases=(Phase("phase-1", "second phase", date(2031, 4, 1), None, (provision.id,), (april.id,)),),
        terms=(provision,),
        waits=(Wait("wait-1", ("open the gate", "signs"), needs, ("a harbour guarantee",), True, needs),),
        proposals=(
            Proposal(
                "prop-1",
                "harbour plan",
                "Mira Oduya",
                ("The second phase would begin in April",),
                (),
                (offered.id, plan.id),
            ),
        ),
        breaches=(
            Breach(
                "breach-1",
                "Selde Union",
                "Owners’ League",
                "no term named",
                g,
                (),
                (accused.id,),
                accused.start,
                accused.end,
                accused.text,
            ),
        ),
    )


class Page(HTMLParser):
    """Ids, links and visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a page defines and what it points to."""
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]


def shown(html: str) -> str:
    """A page's text on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages of the record made by hand."""
    return dict(pages(made_record(), "wharf-talks"))


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    """The pages of the corpus process that the documentation shows."""
    came_in = collect([str(ROOT / "corpus" / "qasr-truce")], Settings(processes=1))
    return dict(pages(build_record(came_in, Settings(processes=1)), "qasr-truce"))


def broken_links(made: dict[str, str]) -> Iterator[str]:
    """Links that lead to no page or to no id of a page."""
    parsed = {name: Page(html) for name, html in made.items()}
    for name, page in parsed.items():
        for link in page.links:
            file, _, row = link.partition("#")
            if link.startswith(("http://", "https://")) or link == "briefing.css":
                continue
            if (file or name) not in parsed or (row and row not in parsed[file or name].ids):
                yield f"{name}: {link}"


def test_every_link_resolves(made: dict[str, str], example: dict[str, str]) -> None:
    """Every link on every page leads to a page of the briefing and to an id that it has."""
    assert list(broken_links(made)) == []
    assert list(broken_links(example)) == []


def test_ids_are_unique_on_a_page(example: dict[str, str]) -> None:
    """No page gives an id twice, so that a link has one goal."""
    for name, html in example.items():
        ids = Page(html).ids
        assert len(ids) == len(set(ids)), name


def test_every_row_leads_to_its_words(made: dict[str, str]) -> None:
    """Each row read from a text is linked, and the link's goal is an element around its words."""
    record = made_record()
    linked = {link.partition("#")[2] for html in made.values() for link in Page(html).links}
    rows: list[Any] = [
        *record.statements,
        *record.figures,
        *record.times,
        *record.places,
        *record.acts,
        *record.needs,
        *record.terms,
    ]
    assert [row.id for row in rows if row.id not in linked] == []
    read: list[Any] = [*record.figures, *record.acts, *record.needs]
    for row in read:
        html = made[f"report-{row.article.removeprefix('art-')}.html"]
        assert row.text[:12] in shown(html[html.index(f'id="{row.id}"') - 60 :])


def test_derived_rows_have_a_place(made: dict[str, str]) -> None:
    """Claims, relations, waits, proposals and lineage stand under their ids on some page."""
    ids = {one for html in made.values() for one in Page(html).ids}
    record = made_record()
    derived: list[Any] = [
        *record.waits,
        *record.proposals,
        *record.lineage,
        *record.figure_relations,
        record.claims[0],
    ]
    assert {row.id for row in derived} <= ids


def test_first_page_keeps_its_order(made: dict[str, str]) -> None:
    """The sections stand in the order that the first page is known for."""
    order = [
        "reports",
        "heard",
        "stands",
        "table",
        "waits",
        "conduct",
        "figures",
        "disputed",
        "check",
        "named",
        "unread",
    ]
    assert [one for one in Page(made["index.html"]).ids if one in order] == order


def test_attribution_stands_in_the_cell(made: dict[str, str]) -> None:
    """Who says it, through whom, our own sums, copies and silence are all said in words."""
    text = shown(made["index.html"])
    assert "2 reports and 1 agreement text, 1 with no copying found among these texts" in text
    assert "rewrite of SG" in text
    assert "Owners’ League, as told by Oduya: ‘signs’ only after ‘open the gate’" in text
    assert "26 dockers freed our sum: 12 + 14 = 26" in text
    assert "None of these 3 texts has Owners’ League accuse Selde Union, as far as Parley can tell." in text
    assert "By Selde Union against Owners’ League: 1" in text
    assert "Given by anyone? None of these 3 texts says." in text
    assert "not stated" in text
    assert "Selde Union 4" in text
    assert "Heard only through others: Owners’ League." in text


def test_people_who_are_only_told_of_get_no_name(made: dict[str, str]) -> None:
    """Somebody who is only freed is a role on every page but the report's own text; nobody's entry is theirs."""
    for name, html in made.items():
        if not name.startswith("report-"):
            assert "Wyk" not in html, name
    assert "free Sergeant [name withheld]" in made["index.html"]
    assert "Ida Brand" not in made["names.html"]


def test_hostile_text_shows_as_text() -> None:
    """Markup in texts, outlets, names, titles and addresses is shown, never obeyed."""
    bad = "<script>alert(1)</script>"
    text = f"Talks {bad} resume\n\n“We {bad} agree,” said <b>Mira</b> & co."
    hostile = article(text, f"Out{bad}", f"{bad}.txt", url="javascript:alert(1)", title=f"T{bad}", byline=bad)
    start = text.index("We ")
    span = span_of(text, start, text.index(",”"))
    said = Statement(
        row_id("stm", hostile.id, [(span.start, span.end)], "s"),
        hostile.id,
        None,
        bad,
        span,
        (span,),
        "direct",
        (bad, bad),
    )
    made = dict(pages(Record(articles=(hostile,), statements=(said,), unread=(Unread(bad, bad),)), bad))
    for name, html in made.items():
        page = Page(html)
        assert "script" not in page.tags, name
        assert not any(link.startswith("javascript:") for link in page.links), name
    report = next(html for name, html in made.items() if name.startswith("report-"))
    assert shown(report).count("<script>") >= 4
    assert list(broken_links(made)) == []


def test_no_script_and_nothing_from_a_network(made: dict[str, str]) -> None:
    """Pages hold no script, no inline handler, and load nothing but their own style sheet."""
    for html in made.values():
        assert "<script" not in html
        assert not re.search(r"<[^>]+\son\w+=", html)
        assert re.findall(r'<link[^>]+href="([^"]+)"', html) == ["briefing.css"]
        assert "<img" not in html


def test_landmarks_headings_and_tables(made: dict[str, str], example: dict[str, str]) -> None:
    """Every page has its landmarks, one h1, headings without a gap, tables with captions and scoped headings."""
    for name, html in (made | example).items():
        page = Page(html)
        assert '<html lang="en">' in html, name
        assert [page.tags.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1], name
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert page.tags.count("table") == page.tags.count("caption"), name
        assert not re.search(r"<th(?![^>]*scope=)[ >]", html), name
        assert 'class="skip" href="#main"' in html, name
        assert "Record as of" in html, name


def test_empty_record_says_so() -> None:
    """A record without a row says what none of its reports says, on every page."""
    made = dict(pages(Record(), ""))
    text = shown(made["index.html"])
    assert "This record holds no report." in text
    assert text.count("None of these 0 reports") >= 7
    for name in (
        "statements.html",
        "figures.html",
        "conditions.html",
        "timeline.html",
        "agreement.html",
        "names.html",
    ):
        assert "None of these 0 reports" in shown(made[name]), name
    assert list(broken_links(made)) == []


def test_same_record_same_bytes(tmp_path: Path) -> None:
    """Writing a record twice gives the same files."""
    first, second = tmp_path / "a" / "talks", tmp_path / "b" / "talks"
    assert write_briefing(made_record(), first) == first / "index.html"
    write_briefing(made_record(), second)
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in second.iterdir()
    }


def test_a_briefing_is_replaced_whole(tmp_path: Path) -> None:
    """Pages that the new record no longer has are gone, and nothing is left beside the folder."""
    folder = tmp_path / "talks"
    write_briefing(made_record(), folder)
    write_briefing(Record(), folder)
    assert not list(folder.glob("report-*"))
    assert [path.name for path in tmp_path.iterdir()] == ["talks"]


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds anything which no briefing wrote is refused by name and stays as it is."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ParleyError, match=r"notes\.txt"):
        write_briefing(Record(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    written = tmp_path / "talks"
    write_briefing(Record(), written)
    (written / "own.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ParleyError, match=r"own\.txt"):
        write_briefing(Record(), written)
    with pytest.raises(ParleyError, match="is a file"):
        write_briefing(Record(), written / "own.txt")


def test_a_failed_run_leaves_the_old_pages(tmp_path: Path) -> None:
    """A record that cannot be shown to its end leaves the earlier pages whole and nothing beside them."""
    folder = tmp_path / "talks"
    write_briefing(made_record(), folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(KeyError):
        write_briefing(replace(made_record(), articles=()), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["talks"]


def test_first_page_of_the_example_is_small(example: dict[str, str]) -> None:
    """The first page of the example stays under 200 kilobytes."""
    assert len(example["index.html"].encode()) < 200_000


def test_long_tables_are_split() -> None:
    """More than 200 rows go to further pages, each linked from the others."""
    record = made_record()
    figure = record.figures[0]
    many = tuple(replace(figure, id=f"{figure.id}-{number}") for number in range(450))
    made = dict(pages(replace(record, figures=(*record.figures, *many), figure_relations=(), tallies=()), ""))
    assert {"figures.html", "figures-2.html", "figures-3.html"} <= set(made)
    assert 'href="figures-3.html"' in made["figures.html"]
    assert list(broken_links(made)) == []
