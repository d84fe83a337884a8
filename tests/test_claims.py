"""Claims: who says the same thing, who denies it, and the claim nearest to a pasted sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.cli import main
from parley.linking.claims import gist, link_claims
from parley.linking.nearest import claim_of, nearest_claims
from parley.model import Act, Article, SharedPassage, Span, Statement, span_of
from parley.pipeline import build_record
from parley.reader.vectors import as_text
from parley.settings import Settings
from tests.conftest import make_article, unwrapped

RIDGE = "the convoy was fired on from the Teshi ridge"


def article(name: str, day: int = 4) -> Article:
    """A report of March 2031."""
    return make_article("x", name, name.title(), date(2031, 3, day))


def statement(text: str, where: str, actor: str, cue: str = "") -> Statement:
    """A statement whose whole article is its words."""
    verb = Span(0, len(cue), cue) if cue else None
    content = (span_of(text, 0, len(text)),)
    return Statement(f"{where}-{actor}", where, None, actor, verb, content, "indirect", actor=actor)


def test_other_words_with_one_meaning_are_one_claim() -> None:
    """Two wordings are one claim where their vectors are close, and two where these are far apart or not known."""
    articles = [article("a"), article("b", 5)]
    rows = [
        statement("the gate at Teshi stays shut until all 40 herders are home", "a", "actor-1"),
        statement(
            "the 40 shepherds have to come back first, then the barrier at Teshi opens", "b", "actor-1"
        ),
    ]
    rows = [replace(row, article=one.id, id=f"stm-{one.file}") for row, one in zip(rows, articles)]

    def claims(*vectors: tuple[float, float]) -> int:
        known = {row.id: as_text(np.array(one, dtype=np.float32)) for row, one in zip(rows, vectors)}
        return len(link_claims(articles, rows, (), frozenset(), vectors=known))

    assert claims() == claims((1, 0)) == claims((1, 0), (0, 1)) == 2
    assert claims((1, 0), (0.9, 0.1)) == 1


def linked(*told: tuple[str, str, str]) -> list[tuple[set[str], set[str]]]:
    """(who says, who denies) of every claim, for one report per (actor, cue, words)."""
    articles = [article(f"r{number}") for number, _ in enumerate(told)]
    rows = [statement(words, one.id, actor, cue) for one, (actor, cue, words) in zip(articles, told)]
    acts = [
        Act(f"act-{row.id}", row.article, "x", "DENY", None, 0, 1, "x", statement=row.id)
        for row, (_, cue, _) in zip(rows, told)
        if cue == "denied"
    ]
    names = {row.id: row.speaker_name for row in rows}
    return [
        ({names[one] for one in claim.says}, {names[one] for one in claim.denied_by})
        for claim in link_claims(articles, rows, acts, frozenset())
    ]


def test_carried_by_and_voices_are_two_counts() -> None:
    """Four outlets quote one spokesman: carried by four, voices one; a derived report counts for neither."""
    words = "the convoy was turned back at the Teshi ford with sixty sacks of seed"
    articles = [article(name) for name in ("a", "b", "c", "d", "copy")]
    statements = [replace(statement(words, one.id, "actor-1"), id=f"stm-{one.file}") for one in articles]
    (claim,) = link_claims(articles, statements, (), frozenset({articles[-1].id}))
    assert len(claim.says) == 5
    assert len(claim.carried_by) == 4
    assert claim.voices == ("actor-1",)


def test_a_claim_knows_when_it_was_first_and_last_seen() -> None:
    """The days of the earliest and of the latest report that has it."""
    articles = [article("a", 9), article("b", 4), article("c", 6)]
    (claim,) = link_claims(
        articles, [statement(RIDGE, one.id, "actor-1") for one in articles], (), frozenset()
    )
    assert (claim.reported, claim.last_reported) == (date(2031, 3, 4), date(2031, 3, 9))


def test_a_communique_in_many_outlets_is_one_claim() -> None:
    """However many reports carry the same words, they are one claim: carried by all, voices one."""
    articles = [article(f"outlet{number}") for number in range(150)]
    (claim,) = link_claims(
        articles, [statement(RIDGE, one.id, "actor-1") for one in articles], (), frozenset()
    )
    assert (len(claim.carried_by), len(claim.voices)) == (150, 1)


def test_a_denial_belongs_to_what_it_denies() -> None:
    """A says X, B denies X: one claim with a denial, not two."""
    assert linked(("guild", "said", RIDGE), ("board", "denied", RIDGE)) == [({"guild"}, {"board"})]


def test_who_says_that_it_is_not_so_denies() -> None:
    """A plain "no convoy was fired on" is the opposite of the claim, whatever the verb."""
    contrary = "no convoy was ever fired on from the Teshi ridge"
    assert linked(("guild", "said", RIDGE), ("board", "said", contrary)) == [({"guild"}, {"board"})]


def test_a_denied_negation_asserts() -> None:
    """Who denies that no convoy was fired on says that one was."""
    negated = "no convoy was fired on from the Teshi ridge"
    assert linked(("guild", "said", RIDGE), ("board", "denied", negated)) == [({"guild", "board"}, set())]


def test_nobody_answers_himself() -> None:
    """Two statements of one side that contradict each other are no dispute between sides."""
    assert linked(("guild", "said", RIDGE), ("guild", "denied", RIDGE)) == [
        ({"guild"}, set()),
        ({"guild"}, set()),
    ]


def test_what_both_sides_deny_disputes_nothing() -> None:
    """A denial of something that nobody else asserts answers no claim."""
    claims = linked(
        ("guild", "denied", RIDGE), ("board", "said", "no convoy was fired on from the Teshi ridge")
    )
    assert claims == [({"guild", "board"}, set())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the board suspended 120 deckhands of the ferry line",
            "the board suspended 140 deckhands of the ferry line",
        ),
        (
            "the board met envoy Kelda Marrow at the ferry pier",
            "the board met envoy Ivo Lantry at the ferry pier",
        ),
        (
            "the ferry line reopens to passengers on Monday",
            "the ferry line reopens to passengers on Thursday",
        ),
    ],
)
def test_other_figures_names_or_days_are_other_claims(one: str, other: str) -> None:
    """Sentences that differ in a number, a name or a day only are not the same claim."""
    assert len(linked(("guild", "said", one), ("board", "said", other))) == 2


def test_who_only_retells_is_no_voice() -> None:
    """A leader who tells what the other side demands adds no second voice to that demand."""
    where = article("a").id
    text = "the board is demanding that the crews return to the night timetable in June"
    outer = replace(statement(text, where, "actor-1"), speaker_name="Kelda Marrow")
    inner = replace(
        outer, id="stm-in", actor="actor-2", chain=("Kelda Marrow",), content=(span_of(text, 13, len(text)),)
    )
    (claim,) = link_claims([article("a")], [outer, inner], (), frozenset())
    assert claim.voices == ("actor-2",)


@given(st.lists(st.sampled_from([RIDGE, "no gate opens", "the gate opens on Monday", ""]), max_size=8))
def test_no_statement_is_said_twice(texts: list[str]) -> None:
    """Every statement stands in at most one claim, and no claim is empty."""
    articles = [article(f"r{number}") for number, _ in enumerate(texts)]
    rows = [statement(text, one.id, f"actor-{len(text)}") for one, text in zip(articles, texts)]
    claims = link_claims(articles, rows, (), frozenset())
    said = [one for claim in claims for one in claim.says]
    assert len(said) == len(set(said))
    assert all(claim.says for claim in claims)


@given(st.text(max_size=60))
def test_any_text_has_a_gist(text: str) -> None:
    """No text is too strange to be compared, and every text fits itself."""
    assert gist(text).of_one(gist(text))
    assert gist(claim_of(text)).so in (True, False)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Three outlets confirm that the north gate reopens.", "the north gate reopens"),
        ("It is now confirmed that the north gate reopens", "the north gate reopens"),
        ("Several independent media reports say the north gate reopens", "the north gate reopens"),
        ("All major newspapers report: the north gate reopens", "the north gate reopens"),
        ("the union says that the north gate reopens", "the union says that the north gate reopens"),
    ],
)
def test_the_frame_of_a_pasted_sentence_is_set_aside(sentence: str, claim: str) -> None:
    """Who is said to carry a claim is no part of it; a party that says it is."""
    assert claim_of(sentence) == claim


WIRE = """The Selde ferry crews will not sail at night until two lookouts stand on each bridge, said Mira Oduya, the
president of the crews' union.

"The board has suspended 120 deckhands since Monday," she said.

The harbour board denied that it had suspended any deckhands. "Nobody has been suspended," its spokesman, Paul Renner,
told Coastal Wire.
"""
DAILY = """Mira Oduya, the president of the crews' union, said on Wednesday that the board had suspended 120 deckhands
since Monday.

Shops in Selde have run out of flour, a grocer said. The fish market opened late.
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of three reports: two that quote one union leader, and a verbatim copy of the first."""
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = {"wire.txt": WIRE, "daily.txt": DAILY, "mirror.txt": WIRE}
    for name, text in texts.items():
        (folder / name).write_text(unwrapped(text), encoding="utf-8")
    rows = [
        "file,outlet,published",
        "wire.txt,Coastal Wire,2031-03-04",
        "daily.txt,Selde Daily,2031-03-06",
        "mirror.txt,The Mirror,2031-03-07",
    ]
    (folder / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    out = tmp_path / "selde.db"
    assert CliRunner().invoke(main, ["build", str(folder), "-o", str(out)]).exit_code == 0
    return out


def asked(record: Path, sentence: str, *options: str) -> str:
    """What the command answers."""
    done = CliRunner().invoke(main, ["claim", str(record), sentence, *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_answer_has_both_counts_and_the_words(record: Path) -> None:
    """Two of three reports carry it, one voice says it, a third is a copy; the denial stands beside it."""
    out = asked(record, "Three outlets confirm that the board suspended 120 deckhands since Monday")
    first, *rest = out.splitlines()
    assert first == (
        "Carried by 2 of these 3 reports, that are no copies of one another; voices 1: Mira Oduya."
    )
    assert rest[0].startswith("A 3rd report, The Mirror (mirror.txt), is a copy of Coastal Wire")
    said = "  Mira Oduya: “The board has suspended 120 deckhands since Monday” (Coastal Wire, 4 March 2031, wire.txt)"
    assert said in rest
    assert "Denied by" in out
    assert not {"true", "false", "confirmed"} & set(out.lower().split())


def test_what_no_report_says_is_said_precisely(record: Path) -> None:
    """Another figure is another claim: none of these reports says it, and the nearest that one says is shown."""
    out = asked(record, "Media report that the board suspended 340 deckhands since Monday")
    assert out.startswith("None of these 3 reports has anybody say that.\nNearest, with other figures:\n")
    assert (
        asked(record, "A comet was seen over the lighthouse")
        == "None of these 3 reports has anybody say that.\n"
    )


def test_the_answer_as_data(record: Path) -> None:
    """The same as one JSON object: files that carry it, voices, words, days."""
    found = json.loads(asked(record, "the board suspended 120 deckhands since Monday", "--json"))
    first = found["claims"][0]
    assert (sorted(first["carried_by"]), first["voices"]) == (["daily.txt", "wire.txt"], ["Mira Oduya"])
    assert (first["differs"], first["reported"]) == ("", "2031-03-04")


def test_an_empty_sentence_is_an_error_in_one_line(record: Path) -> None:
    """A frame with nothing in it asks nothing; the message says what to write."""
    done = CliRunner().invoke(main, ["claim", str(record), "Three outlets confirm that "])
    assert done.exit_code == 1
    assert done.output.startswith("parley: ")
    assert done.output.count("\n") == 1


def test_pages_ask_the_same_way(record: Path) -> None:
    """The library gives the claims nearest to a sentence, those that say it before those that do not."""
    found = nearest_claims(parley.store.load(record), "the board has suspended 120 deckhands since Monday")
    assert [near.differs for near in found][:1] == [""]
    assert all(0 < near.score <= 1 for near in found)


def test_a_background_passage_that_recurs_corroborates_nothing() -> None:
    """A formula that untied reports share counts as the first one's alone; words told outside it count as ever."""
    articles = [article("a"), article("b"), article("own")]
    rows = [replace(statement(RIDGE, one.id, f"actor-{one.file}"), id=f"stm-{one.file}") for one in articles]
    whole = span_of(RIDGE, 0, len(RIDGE))
    formula = SharedPassage("shp-1", tuple((one.id, whole) for one in articles[:2]))
    (claim,) = link_claims(articles, rows, (), frozenset(), background=[formula])
    assert len(claim.says) == 3
    assert claim.carried_by == (articles[0].id, articles[2].id)
    assert claim.voices == (rows[0].actor, rows[2].actor)


def test_a_formula_counts_for_the_first_report_that_copies_nobody() -> None:
    """Where the first report with a background passage derives from another, the next one carries the claim."""
    articles = [article("a"), article("b")]
    rows = [replace(statement(RIDGE, one.id, "actor-1"), id=f"stm-{one.file}") for one in articles]
    whole = span_of(RIDGE, 0, len(RIDGE))
    formula = SharedPassage("shp-1", tuple((one.id, whole) for one in articles))
    (claim,) = link_claims(articles, rows, (), frozenset({articles[0].id}), background=[formula])
    assert claim.carried_by == (articles[1].id,)


ASKED = (
    (
        "one.txt",
        "Coastal Wire",
        "Ana Maro, the harbour minister, said on Monday that 52 drivers had been freed since the first round.",
    ),
    (
        "two.txt",
        "Selde Daily",
        "Ana Maro, the harbour minister, said on Tuesday that 52 drivers have been set free in four rounds, nine of them on "
        "Monday. Ivo Tal, a spokesman for the union, said that the gate would be opened only after the guards had left the pier.",
    ),
)


def test_all_that_say_a_sentence_are_counted_together() -> None:
    """Two reports have one speaker say it, each with more that the other has not: carried by 2, voices 1."""
    record = build_record(
        [make_article(text + "\n", file, outlet) for file, outlet, text in ASKED], Settings()
    )
    first = nearest_claims(record, "52 drivers had been freed")[0]
    assert first.differs == ""
    assert (len(first.claim.carried_by), len(first.claim.voices)) == (2, 1)


def test_what_comes_first_is_not_told_to_be_so() -> None:
    """Of "only after the guards had left the pier" nobody says that the guards have left; asked as told it is found."""
    record = build_record(
        [make_article(text + "\n", file, outlet) for file, outlet, text in ASKED], Settings()
    )
    found = nearest_claims(record, "the guards have left the pier")
    assert all(one.differs for one in found)
    (same, *_) = nearest_claims(record, "the gate would not be opened before the guards had left the pier")
    assert same.differs == ""
