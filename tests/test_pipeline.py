"""The way of the data: any order of input gives one record, one process or several the same."""

from __future__ import annotations

import random
from pathlib import Path

from bench.corpus import ROOT, load_corpus, splits
from parley import Settings, build, verify
from parley.export import as_json
from parley.model import Article
from parley.pipeline import POOLED, build_record, read_all
from parley.reader import read
from parley.sources import collect
from parley.summary import who_is_heard


def train_articles() -> list[Article]:
    """Every article of the training split."""
    folders = [str(ROOT / name) for name in splits()["train"]]
    return [one for one in collect(folders, Settings()) if isinstance(one, Article)]


def test_the_order_of_reports_does_not_matter(reports: Path) -> None:
    """Shuffled input gives the same bytes."""
    articles = list(collect([str(reports)], Settings()))
    shuffled = articles[:]
    random.Random(4).shuffle(shuffled)
    assert as_json(build_record(articles, Settings())) == as_json(build_record(shuffled, Settings()))


def test_a_report_reads_the_same_alone_and_in_company() -> None:
    """Several processes give what one gives, article by article."""
    articles = train_articles()
    assert len(articles) >= POOLED
    together = list(read_all(articles, Settings(processes=2)))
    assert together == [read(article) for article in articles]


def test_every_process_of_the_corpus_builds_whole() -> None:
    """All twelve processes: nothing unread, no problem found by the proof, every derived row with evidence."""
    for process in load_corpus():
        record = build([str(process.folder)])
        assert record.unread == ()
        assert verify(record).problems == ()
        assert len(record.articles) == len(process.articles)
        assert all(claim.evidence for claim in record.claims)
        assert all(relation.evidence for relation in record.figure_relations)
        assert all(wait.evidence for wait in record.waits)
        assert all(breach.evidence for breach in record.breaches)


def test_agreement_texts_are_no_reports() -> None:
    """An agreement's own text gives terms and no statements, and counts for no independent report."""
    record = build([str(ROOT / "qasr-truce")])
    (pact,) = [article for article in record.articles if article.kind == "agreement"]
    assert not [row for row in record.statements if row.article == pact.id]
    assert [term for term in record.terms if pact.id in term.evidence]
    assert record.independent == len(record.articles) - 1 - len(record.derived)


def test_who_is_heard_counts_every_statement_once() -> None:
    """The sides' counts add up to the statements of the record, told by others included."""
    record = build([str(ROOT / "qasr-truce")])
    heard = who_is_heard(record)
    assert sum(side.statements for side in heard) == len(record.statements)
    assert all(side.told_by_others <= side.statements for side in heard)
