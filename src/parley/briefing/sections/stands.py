"""Pages of where it stands: the agreement, handovers, the table, positions, topics, conditions, conduct."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from parley.briefing.drawings_stands import DueLane, draw_provisions
from parley.briefing.page import Content, Page, Shown, table_pages
from parley.briefing.positions import OTHER, topic, topic_file


def pages(shown: Shown) -> Iterator[Page]:
    """One page each, conditions over several where there are many, a topic page for each issue."""
    yield Page("agreement.html", "agreement.html", lambda: _agreement(shown))
    yield Page("handovers.html", "handovers.html", lambda: {"rounds": shown.rounds, "totals": shown.totals})
    yield Page("table.html", "table.html", lambda: {"proposals": shown.proposals})
    yield Page("positions.html", "positions.html", lambda: {"issues": shown.issues})
    yield Page("conduct.html", "conduct.html", lambda: _conduct(shown))
    yield from table_pages("conditions", shown.conditions, lambda rows: {"loops": shown.loops})
    for issue in sorted({one.issue for one in shown.look.record.positions} - {OTHER}):
        yield Page(topic_file(issue), "topic.html", partial(_topic, shown, issue))


def _agreement(shown: Shown) -> Content:
    """Phases and provisions with their drawing, and who stands beside the parties."""
    lanes = []
    for phase in shown.agreed.phases:
        lanes.append(DueLane(phase.name, phase.start, phase.end, None, phase.stand.told_on))
        if phase.talks:
            due = next((one.due for one in shown.agreed.provisions if one.stand == phase.talks), None)
            lanes.append(DueLane(phase.talks.subject.capitalize(), None, None, due, phase.talks.told_on))
        lanes += [
            DueLane(one.title, None, None, one.due, one.stand.told_on)
            for one in phase.provisions
            if one.stand != phase.talks
        ]
    as_of = shown.now.as_of
    return {
        "agreed": shown.agreed,
        "drawing": draw_provisions(lanes, as_of if as_of.year < 9999 else None),
        "thirds": shown.third_parties,
    }


def _conduct(shown: Shown) -> Content:
    return {"conduct": shown.conduct, "refusals": shown.refusals, "warnings": shown.warnings}


def _topic(shown: Shown, name: str) -> Content:
    issue = next(one for one in shown.issues if one.name == name)
    found = topic(shown.look, issue, shown.conditions, shown.agreed.provisions, shown.conduct)
    return {"topic": found, "further": [one for one in shown.issues if one.name not in {name, OTHER}]}
