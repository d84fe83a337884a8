"""Lineage: who copies, excerpts, rewrites or translates whom, which way round, and what is only background."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.corpus import load_corpus
from parley.linking.background import find_shared
from parley.linking.lineage import link_lineage
from parley.linking.tellings import aligned, telling
from parley.model import Article, Lineage
from tests.conftest import make_article, unwrapped

BASE = unwrapped(
    """The ferry crews of Orrin Sound voted on Monday by 214 to 96 to refuse the night timetable that the harbour
    board had published in May.

    Kelda Marrow, who chairs the crews' committee, said nobody would sail after ten until two lookouts stood on each
    bridge, and pointed to the grounding of the Tern in 2028.

    The board's engineer, Ivo Lantry, answered that radar made a second lookout a luxury. He put the yearly cost at 1.3
    million crowns.

    Fishermen on the outer skerries have had no mail for nine days. Their cooperative asked the bishop of Orrin to carry
    letters between the two sides.

    A hearing before the maritime court is set for 19 June.
    """
)
RETOLD = unwrapped(
    """By a margin of 214 against 96, those who work the boats across Orrin Sound turned down on Monday a schedule for
    the dark hours, made public by the port authority in May.

    Committee head Kelda Marrow declared that no vessel is going to leave beyond ten before a pair of watchkeepers is
    posted on every bridge; the Tern running aground in 2028 was her example.

    To this Ivo Lantry, an engineer with the authority, replied that with radar another watchkeeper is superfluous. Some
    1.3 million crowns a year is what he reckons it would take.

    For nine days now, letters have not reached those fishing off the outer skerries. It was the bishop of Orrin whom
    their cooperative requested to pass messages among both camps.

    The maritime court is due to listen to the matter on 19 June.
    """
)
OTHER = unwrapped(
    """On the quay at Orrin the talk was of the bishop, who arrived on Sunday with two sacks of letters for the outer
    skerries and a joke about radar.

    The maritime court confirmed that it would sit on 19 June. Ivo Lantry was not on the witness list, a clerk said.

    Shops have run out of flour. Kelda Marrow, met outside the chandler's, would say only that 214 votes were enough.

    The grounding of the Tern, which nobody died in, still divides families here.
    """
)


ORDINARY = unwrapped(
    """Port Selde woke to fog on Wednesday. The tram drivers of line 7 went back to work after two hours, the depot said.

    A baker on Cable Street, Odo Prenn, has put his oven at the service of the school kitchen until Easter.

    The town library lends 40 umbrellas; 11 came back last year.
    """
)
BACKGROUND = (
    "The quarrel began in 2026, when the board took the crews’ second boat off the winter line, and has cost the "
    "sound two pilots, a bishop’s patience and some 300 nights without a ferry.\n"
)


def article(text: str, name: str, day: int | None, outlet: str = "") -> Article:
    """A report of March 2031, or one whose day is not known."""
    return make_article(text, name, outlet or name.title(), date(2031, 3, day) if day else None)


def only(*articles: Article) -> Lineage:
    """The one edge among articles."""
    (edge,) = link_lineage(articles)
    return edge


def test_a_rewrite_is_found_with_its_direction() -> None:
    """Hardly a word in a row is shared, but the facts stand in the same order; the later report derives."""
    edge = only(article(BASE, "base", 4), article(OTHER, "other", 5), article(RETOLD, "retold", 6))
    assert edge.kind == "rewrite"
    assert edge.directed
    assert edge.derived == article(RETOLD, "retold", 6).id
    assert edge.from_ == article(BASE, "base", 4).id
    assert len(edge.passages) >= 6


def test_two_reports_of_one_event_are_no_copies() -> None:
    """The same names, figures and day in another order and in other words are no lineage."""
    assert link_lineage([article(BASE, "base", 4), article(OTHER, "other", 5)]) == ()


def test_a_copy_and_an_excerpt_are_told_apart() -> None:
    """The whole text in another outlet is a copy; two of its paragraphs among others are an excerpt."""
    paragraphs = BASE.split("\n\n")
    excerpt = OTHER + "\n" + "\n\n".join(paragraphs[1:3]) + "\n"
    edges = link_lineage([article(BASE, "base", 4), article(BASE, "copy", 5), article(excerpt, "part", 7)])
    assert {(edge.kind, edge.derived) for edge in edges} >= {("copy", article(BASE, "copy", 5).id)}
    (part,) = [edge for edge in edges if edge.derived == article(excerpt, "part", 7).id]
    assert part.kind == "excerpt"


def test_a_shared_quotation_is_no_lineage() -> None:
    """One long official statement in quotation marks in two reports makes neither a copy of the other."""
    quote = (
        "“The authority will publish the timetable again in autumn, will hear the crews before it does, and will "
        "not ask the court for costs whatever the court decides in June,” the authority said.\n"
    )
    assert link_lineage([article(BASE + quote, "base", 4), article(OTHER + quote, "other", 5)]) == ()


def test_a_statement_quoted_over_paragraphs_is_no_lineage() -> None:
    """Two reports that print the whole of a declaration, each in marks and with words of their own, are no kin."""
    declaration = "“" + "\n\n“".join(BASE.strip().split("\n\n")) + "”\n"
    one, other = "The crews declared:\n\n" + declaration + "\n" + OTHER, ORDINARY + "\n" + declaration
    assert link_lineage([article(one, "one", 4), article(other, "other", 5)]) == ()


def test_a_translation_says_so() -> None:
    """A retelling that calls itself a translation is one; without the words it is a rewrite."""
    said = RETOLD + "\nTranslated from the Norrish by the harbour desk.\n"
    assert only(article(BASE, "base", 4), article(said, "said", 6)).kind == "translation"
    assert only(article(BASE, "base", 4), article(RETOLD, "retold", 6)).kind == "rewrite"


def test_without_day_and_credit_what_only_one_has_tells_the_source() -> None:
    """The report that keeps a quotation and names that the other lacks is the source, whichever is longer."""
    exact = BASE.replace(
        "answered that radar made a second lookout a luxury",
        "answered from Varn Hill: “Radar has made every second lookout aboard a luxury”",
    ).replace("Fishermen on", "Fishermen of Sennet and Ulla on")
    padded = (
        BASE + "\nWhat comes of it nobody on the quay could say, and nobody there seemed in a hurry to.\n"
    )
    for names in (("a", "b"), ("b", "a")):
        one, other = article(exact, names[0], None), article(padded, names[1], None)
        edge = only(*sorted((one, other), key=lambda item: item.id))
        assert (edge.derived, edge.from_, edge.directed) == (other.id, one.id, True)


def test_a_direction_that_nothing_tells_is_said_to_be_unknown() -> None:
    """Two equal texts of one day: one is a copy, which of them nobody can say; the order of input changes nothing."""
    one, other = article(BASE, "one", 4), article(BASE, "other", 4)
    edge = only(one, other)
    assert edge.kind == "copy"
    assert not edge.directed
    assert edge == only(other, one)


def test_a_credit_tells_the_direction_within_a_day() -> None:
    """Of two reports of one day the one that names the other's outlet derives from it."""
    one, other = (
        article(BASE, "one", 4, "Skerry Post"),
        article(RETOLD + "\nSource: Skerry Post.\n", "two", 4),
    )
    edge = only(one, other)
    assert (edge.derived, edge.directed, edge.evidence[1]) == (other.id, True, "names Skerry Post")


def test_nothing_derives_from_what_was_published_later() -> None:
    """A report that names an outlet of which only a later text is here is not derived from that text."""
    later = article(BASE, "later", 6, "Skerry Post")
    earlier = article(BASE + "\nThe Skerry Post had warned of it.\n", "earlier", 4)
    assert only(earlier, later).derived == later.id


def test_a_background_passage_of_three_is_shared_and_no_lineage() -> None:
    """A formula that stands in reports of different outlets ties none of them, and is listed with every place."""
    texts = [BASE, OTHER, ORDINARY]
    articles = [article(text + "\n" + BACKGROUND, f"n{place}", 4 + place) for place, text in enumerate(texts)]
    assert link_lineage(articles) == ()
    (passage,) = find_shared(articles, ())
    assert [where for where, _ in passage.spans] == [one.id for one in articles]
    for one, (_, span) in zip(articles, passage.spans):
        assert one.text[span.start : span.end] == span.text
        assert span.text == BACKGROUND.strip().rstrip(".")


def test_what_a_copy_keeps_and_what_is_quoted_is_no_background() -> None:
    """Passages within one family of reports, or inside quotation marks, are not listed as shared."""
    copies = [article(BASE, "base", 4), article(BASE, "copy", 5)]
    assert find_shared(copies, link_lineage(copies)) == ()
    quoted = f"The clerk read it out: “{BACKGROUND.strip()}”\n"
    assert (
        find_shared([article(BASE + "\n" + quoted, "a", 4), article(OTHER + "\n" + quoted, "b", 5)], ()) == ()
    )


@given(st.lists(st.sampled_from(["A", "B", "C", "D", "E"]), min_size=3, max_size=5, unique=True), st.data())
def test_nothing_derives_from_itself(names: list[str], data: st.DataObject) -> None:
    """Among copies that name one another's outlets in any way, following the sources always comes to an end."""
    outlets = {name: f"Skerry {name}" for name in names}
    articles = [
        article(
            f"{BASE}\nSource: {data.draw(st.sampled_from(sorted(outlets.values())))}.\n",
            name,
            4,
            outlets[name],
        )
        for name in names
    ]
    origin = {edge.derived: edge.from_ for edge in link_lineage(articles)}
    for start in origin:
        seen = {start}
        while (start := origin.get(start, "")) and start not in seen:
            seen.add(start)
        assert start not in seen


@given(st.permutations(range(4)))
def test_the_order_of_reports_changes_nothing(order: list[int]) -> None:
    """However the reports come, the same edges and the same shared passages are found."""
    texts = [BASE, OTHER + "\n" + BACKGROUND, RETOLD, ORDINARY + "\n" + BACKGROUND]
    articles = [article(text, f"n{place}", 4 + place) for place, text in enumerate(texts)]
    shuffled = [articles[place] for place in order]
    edges = link_lineage(articles)
    assert set(link_lineage(shuffled)) == set(edges)
    shared = {frozenset(passage.spans) for passage in find_shared(shuffled, edges)}
    assert shared == {frozenset(passage.spans) for passage in find_shared(articles, edges)}


@given(st.lists(st.sampled_from(BASE.split(". ") + RETOLD.split(". ")), max_size=8))
def test_passages_are_verbatim_and_in_order(sentences: list[str]) -> None:
    """Whatever is aligned stands in both texts as it is given, in the order of both."""
    one, other = telling(article(BASE, "one", 4)), telling(article(". ".join(sentences), "other", 5))
    pairs = aligned(one, other)
    assert tuple(pairs) == tuple(sorted(pairs))
    assert len({b for _, b in pairs}) == len(pairs)
    for a, b in pairs:
        for text, place in ((one, a), (other, b)):
            span = text.passage(place)
            assert text.article.text[span.start : span.end] == span.text


def test_empty_and_wordless_texts_have_no_lineage() -> None:
    """Texts without a word to compare are taken and tie to nothing."""
    assert (
        link_lineage([article(text, f"n{place}", 4) for place, text in enumerate(["", "—\n", "…", BASE])])
        == ()
    )
    assert link_lineage([]) == ()
    assert find_shared([], ()) == ()
    assert find_shared([article("", "empty", 4)], ()) == ()


# What is not found: rewrites that add names of their own, and short excerpts that are mostly quotation.
MISSED = {"brig-reelskim", "cord-borsa", "hall-kvn", "toli-daily", "yaqs-courier", "yaqs-steppe"}


@pytest.mark.parametrize("process", list(load_corpus("train")), ids=lambda process: process.name)
def test_the_corpus_lineage_is_found(process) -> None:  # type: ignore[no-untyped-def]
    """In every training process derived reports are found with source, direction and kind, but for six, and no others are."""
    articles = [
        replace(make_article(row["text"], stem, row["outlet"], date.fromisoformat(row["published"])), id=stem)
        for stem, row in process.articles.items()
        if row.get("kind") != "agreement"
    ]
    found = {(edge.derived, edge.from_, edge.kind) for edge in link_lineage(articles)}
    gold = {(edge["derived"], edge["from"], edge["kind"]) for edge in process.process["lineage"]}
    assert found == {edge for edge in gold if edge[0] not in MISSED}


def test_a_paragraph_taken_over_is_an_excerpt() -> None:
    """Thirty words in a row make a long report with other news an excerpt, though they are a small part of it."""
    told = (
        "The bridge at Selde was shut at dawn after a lorry with seed for eleven villages had broken through the "
        "planks, and nobody in the town hall could say on Friday who would pay for the repair."
    )
    other = " ".join(
        f"On day {number} the herd of farm {number * 7} crossed ford {number * 3}." for number in range(60)
    )
    pair = [article(f"{BASE}\n\n{told}", "first", 4), article(f"{other}\n\n{told}", "second", 5)]
    assert [(edge.derived, edge.kind) for edge in link_lineage(pair)] == [(pair[1].id, "excerpt")]
