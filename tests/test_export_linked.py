"""Annotations, FollowTheMoney statements, the Atom feed and excerpts, each as a real reader of its form takes it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV

from parley.contract import SCHEMA, to_data
from parley.export import TEXTS, as_json, text_parts
from parley.export.annotations import CONTEXT
from parley.export.tags import TAG, tag
from parley.model import Article, Claim, Lineage, Record, Statement, article_id, span_of
from tests.conftest import make_article
from tests.exporting import built, write_reports

DAY = date(2031, 4, 1)
OA = Namespace("http://www.w3.org/ns/oa#")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of four reports, one of them made a copy of another."""
    made = built(write_reports(tmp_path_factory.mktemp("linked") / "reports", "public"))
    first, second = made.articles[:2]
    return replace(made, lineage=(Lineage("lin-1", second.id, first.id, "copy", 0.9),))


def text_of(record: Record, form: str, full_texts: bool = True) -> str:
    """A record as text in one of the forms."""
    return "".join(text_parts(record, form, "Selde talks", DAY, full_texts))


@pytest.fixture(scope="module")
def graph(record: Record) -> Graph:
    """The annotations as RDF; rdflib is given the text alone, and the context is in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parser uses what rdflib deprecates
        return Graph().parse(data=text_of(record, "annotations"), format="json-ld")


# -------------------------------------------------------------------- annotations


def test_every_row_of_a_text_is_an_annotation(record: Record, graph: Graph) -> None:
    """One annotation with body, motivation and a target in its report for each row that stands in a text."""
    rows: list[Any] = [
        *record.statements,
        *record.figures,
        *record.times,
        *record.places,
        *record.acts,
        *record.needs,
    ]
    articles = {row.id: row.article for row in rows}
    assert len(articles) > 20
    for row, article in articles.items():
        one = URIRef(tag(f"{row}#annotation"))
        assert (one, RDF.type, OA.Annotation) in graph
        assert (one, OA.motivatedBy, OA.describing) in graph
        assert all((body, RDF.value, None) in graph for body in graph.objects(one, OA.hasBody))
        targets = list(graph.objects(one, OA.hasTarget))
        assert {graph.value(target, OA.hasSource) for target in targets} == {URIRef(tag(article))}


def test_selectors_lead_to_the_words(record: Record, graph: Graph) -> None:
    """Positions cut out exactly what the quotation says, and prefix and suffix are what stands beside it."""
    texts = {tag(article.id): article.text for article in record.articles}
    quoted = 0
    for target, source in graph.subject_objects(OA.hasSource):
        text = texts[str(source)]
        (place,) = [one for one in graph.objects(target, OA.hasSelector) if (one, OA.start, None) in graph]
        assert (place, RDF.type, OA.TextPositionSelector) in graph
        start, end = (int(str(graph.value(place, key))) for key in (OA.start, OA.end))
        for quote in graph.subjects(RDF.type, OA.TextQuoteSelector):
            if (target, OA.hasSelector, quote) in graph:
                quoted += 1
                assert graph.value(quote, OA.exact) == Literal(text[start:end])
                prefix, suffix = (str(graph.value(quote, key) or "") for key in (OA.prefix, OA.suffix))
                assert text[:start].endswith(prefix)
                assert text[end:].startswith(suffix)
    assert quoted > 20


def test_what_derives_from_what_is_prov(record: Record, graph: Graph) -> None:
    """A copy is quoted from its original, a claim derived from its statements; both are PROV entities."""
    first, second = (URIRef(tag(article.id)) for article in record.articles[:2])
    assert (second, PROV.wasQuotedFrom, first) in graph
    assert (first, RDF.type, PROV.Entity) in graph
    for claim in record.claims:
        rests_on = set(graph.objects(URIRef(tag(claim.id)), PROV.wasDerivedFrom))
        assert rests_on == {URIRef(tag(one)) for one in claim.evidence}


def test_terms_are_those_of_the_specifications(graph: Graph) -> None:
    """Each oa: and prov: term that stands in the export is defined by the vocabularies' own documents."""
    known = {  # https://www.w3.org/TR/annotation-vocab/ and https://www.w3.org/TR/prov-o/
        str(
            OA
        ): "Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector motivatedBy hasPurpose "
        "hasBody hasTarget hasSource hasSelector exact prefix suffix start end classifying describing",
        str(PROV): "Entity Agent SoftwareAgent wasAttributedTo wasDerivedFrom wasQuotedFrom",
    }
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    for namespace, words in known.items():
        assert {one.removeprefix(namespace) for one in terms if one.startswith(namespace)} <= set(
            words.split()
        )
    assert all(PROV[word] in PROV for word in known[str(PROV)].split())


def test_the_context_is_inside(record: Record) -> None:
    """No address of a context, so that nothing is fetched; every key of every node is a term or an absolute name."""
    data = json.loads(text_of(record, "annotations"))
    assert data["@context"] == CONTEXT

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for one in value.values() for key in keys(one)}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert keys(data["@graph"]) <= set(CONTEXT)


def test_the_names_of_those_only_told_of_are_not_quoted(record: Record) -> None:
    """Where a quotation or what stands beside it would give the name, the position stands alone."""
    assert any("Wyk" in actor.name for actor in record.actors)
    for form in TEXTS[1:]:
        assert "Wyk" not in text_of(record, form), form
    data = json.loads(text_of(record, "json"))
    (handover,) = [article for article in data["articles"] if article["file"] == "handover.txt"]
    assert "Wyk" in handover["text"]
    assert not [actor for actor in data["actors"] if "Wyk" in json.dumps(actor)]


# -------------------------------------------------------------------- JSON and excerpts


def test_json_keeps_the_contract(record: Record) -> None:
    """Roles stand in names only: every offset still reproduces its words."""
    data = json.loads(text_of(record, "json"))
    texts = {article["id"]: article["text"] for article in data["articles"]}
    for name in ("figures", "places", "acts", "needs"):
        for row in data[name]:
            assert texts[row["article"]][row["start"] : row["end"]] == row["text"]
    for row in data["statements"]:
        for piece in row["content"]:
            assert texts[row["article"]][piece["start"] : piece["end"]] == piece["text"]


def test_json_in_parts_is_json(record: Record) -> None:
    """Row by row the same bytes as all at once; so is an empty record's."""
    for one in (record, Record()):
        whole = {"schema": SCHEMA} | to_data(one) | {"independent": one.independent}
        assert as_json(one) == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def test_excerpts_leave_the_texts_out(record: Record) -> None:
    """Quoted words and a digest by which whoever has the text can tell that it is the same; no text, no passages."""
    data = json.loads(text_of(record, "json", full_texts=False))
    for row, article in zip(data["articles"], record.articles):
        assert row["text"] == ""
        assert row["text_sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
        assert row["characters"] == len(article.text)
    assert all(edge["passages"] == [] for edge in data["lineage"])
    assert [row["id"] for row in data["statements"]] == [row.id for row in record.statements]
    for form in TEXTS:
        made = text_of(record, form, full_texts=False)
        assert not [one for one in record.articles if one.text in made or json.dumps(one.text)[1:-1] in made]
    for node in json.loads(text_of(record, "annotations", full_texts=False))["@graph"]:
        assert "prefix" not in json.dumps(node)


# -------------------------------------------------------------------- FollowTheMoney


def test_followthemoney_reads_the_statements(record: Record) -> None:
    """Every line is a statement that followthemoney takes, with the id that it would give; entities are whole."""
    pytest.importorskip("followthemoney")
    from followthemoney import model
    from followthemoney.statement import Statement as Line
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements, read_json_statements

    from parley.export.ftm import COLUMNS

    assert list(COLUMNS) == CSV_COLUMNS
    lines = list(read_json_statements(io.BytesIO(text_of(record, "ftm").encode())))
    table = list(read_csv_statements(io.BytesIO(text_of(record, "ftm-csv").encode())))
    assert [line.to_dict() for line in table] == [line.to_dict() for line in lines]
    entities: dict[str, Any] = {}
    for line in lines:
        assert line.id == Line.make_key(line.dataset, line.entity_id, line.prop, line.value, False)
        entity = entities.setdefault(line.entity_id, model.make_entity(line.schema))
        entity.id = line.entity_id
        assert entity.schema.name == line.schema
        if line.prop != "id":
            prop = entity.schema.get(line.prop)
            assert prop is not None, line.prop
            assert prop.type.clean(line.value) == line.value
            entity.add(line.prop, line.value, cleaned=True)
    by_schema = {
        name: [one for one in entities.values() if one.schema.name == name]
        for name in ("Article", "Person", "Organization", "Documentation")
    }
    assert len(by_schema["Article"]) == len(record.articles)
    assert all(by_schema.values())
    for entity in entities.values():
        entity.schema.validate(entity.to_dict())
    for one in by_schema["Documentation"]:
        assert entities[one.get("document")[0]].schema.name == "Article"
        assert one.get("entity")[0] in entities
    with_types = {row["prop"]: row["prop_type"] for row in csv_rows(text_of(record, "ftm-csv"))}
    assert with_types == {line.prop: line.prop_type for line in lines}


def csv_rows(text: str) -> list[dict[str, str]]:
    """Rows of CSV by the names in its first line."""
    return list(csv.DictReader(io.StringIO(text)))


# -------------------------------------------------------------------- Atom


def test_feedparser_reads_the_feed(record: Record) -> None:
    """An entry for every report that says something new, the latest first, with tag: ids and days."""
    feed = feedparser.parse(text_of(record, "atom"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == TAG + "feed:Selde-talks"
    assert feed.feed.title == "Selde talks"
    entries = feed.entries
    assert entries
    assert {entry.id for entry in entries} <= {tag(article.id) for article in record.articles}
    days = [entry.updated for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.feed.updated == max(days)
    (gate,) = [entry for entry in entries if entry.author == "=Gate & <Post>"]
    assert gate.content[0].value
    assert gate.content[0].type == "text/plain"


def test_the_feed_has_what_rfc_4287_asks_for(record: Record) -> None:
    """Feed and entries have one id, title and updated each; an entry has an author, and content or a link."""
    root = ElementTree.fromstring(text_of(record, "atom"))  # noqa: S314 - our own output
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
        assert entry.find(f"{ATOM}content") is not None


def test_an_entry_holds_only_what_is_new() -> None:
    """What an earlier report has said is not news; that it is denied is told with the word that says so."""
    first = make_article("The gate opened, Ada said.", "a.txt", day=date(2031, 3, 1))
    later = make_article(
        "Ada said: the gate opened. Bo denied the gate opened.", "b.txt", day=date(2031, 3, 2)
    )
    none = make_article("Ada said: the gate opened.", "c.txt", day=None)

    def said(row: str, article: Article, who: str, cue: str) -> Statement:
        start = article.text.lower().rindex("the gate opened")
        at = article.text.index(cue)
        words, by = span_of(article.text, start, start + 15), span_of(article.text, at, at + len(cue))
        return Statement(row, article.id, None, who, by, (words,), "indirect")

    rows = (
        said("s1", first, "Ada", "said"),
        said("s2", later, "Ada", "said"),
        said("s3", later, "Bo", "denied"),
        said("s4", none, "Ada", "said"),
    )
    record = Record(
        articles=(first, later, none), statements=rows, claims=(Claim("c", ("s1", "s2", "s4"), ("s3",)),)
    )
    entries = {entry.id: entry for entry in feedparser.parse(text_of(record, "atom")).entries}
    assert set(entries) == {tag(first.id), tag(later.id)}
    assert entries[tag(later.id)].content[0].value == "Bo (“denied”): the gate opened"
    assert entries[tag(first.id)].updated == "2031-03-01T00:00:00Z"


@given(st.text(max_size=40), st.text(min_size=1, max_size=40).filter(str.strip))
def test_any_text_makes_well_formed_xml(title: str, outlet: str) -> None:
    """Control characters, markup and lone surrogates in titles and outlets never break the feed."""
    article = Article(
        "art-1", "a.txt", outlet, "The gate opened.", "https://x.example/?a=1&b=<2>", title=title
    )
    said = Statement("s1", "art-1", None, outlet, None, (span_of(article.text, 0, 15),), "direct")
    record = Record(articles=(article,), statements=(said,), claims=(Claim("c", ("s1",)),))
    root = ElementTree.fromstring(text_of(record, "atom"))  # noqa: S314 - our own output
    assert root.find(f"{ATOM}entry/{ATOM}updated").text == "2031-04-01T00:00:00Z"  # type: ignore[union-attr]


def test_ids_hold_across_builds(record: Record, tmp_path: Path) -> None:
    """The same report has the same tag: URI in every export of every build."""
    again = built(write_reports(tmp_path / "reports", "public"))
    assert [tag(article.id) for article in again.articles] == [
        tag(article_id(a.outlet, a.url or a.file, a.published, a.text)) for a in record.articles
    ]
