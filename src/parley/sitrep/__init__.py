"""Situation reports: the same headings for every period, numbered issues that print again byte for byte."""

from parley.sitrep.issues import frozen, issues_touched, thawed, touched_since
from parley.sitrep.report import Head, as_known, situation_report
from parley.sitrep.text import default_template, markdown
from parley.sitrep.values import Issue, Sitrep, Touched
from parley.sitrep.word import document

__all__ = [
    "Head",
    "Issue",
    "Sitrep",
    "Touched",
    "as_known",
    "default_template",
    "document",
    "frozen",
    "issues_touched",
    "markdown",
    "situation_report",
    "thawed",
    "touched_since",
]
