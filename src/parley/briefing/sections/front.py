"""The first page, and what is new since a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from parley.agreement.alerts import alerts
from parley.agreement.positions import PRECONDITION, STANCES
from parley.briefing import first, thirds
from parley.briefing.handovers import by_direction, last_round
from parley.briefing.new import moved
from parley.briefing.page import Content, Page, Shown
from parley.briefing.positions import OTHER, Issue, Stance, promised
from parley.briefing.tables import anchors
from parley.briefing.wording import day

ELSEWHERE = frozenset({PRECONDITION, STANCES["THREATEN"]})  # stances told as conditions and warnings
WEIGHTY = 4  # issues that the first page shows
CONDITIONS = 4  # ... conditions beside those of loops
PROMISES = 2


def pages(shown: Shown) -> Iterator[Page]:
    """The first page, then what is new."""
    yield Page("index.html", "index.html", lambda: _first(shown))
    yield Page("new.html", "new.html", lambda: _new(shown))


def _first(shown: Shown) -> Content:
    look = shown.look
    above = [step for one in shown.loops for step in one.steps]
    looped = {step.id for step in above}
    open_conditions = [
        one
        for one in shown.conditions
        if one.id not in looped and not one.answers and not one.told.source.copy_of and not one.of_agreement
    ]
    promises = promised(look)[:PROMISES]
    told = [one.told for one in (*above, *open_conditions[:CONDITIONS])] + [one.told for one in promises]
    weighty = _weighty(shown, {one.source.href for one in told}, {(one.who, one.verb) for one in told})
    on_table = sorted(shown.proposals, key=lambda one: not one.told)
    return {
        "agreed": shown.agreed,
        "talks_shown": {phase.talks.subject for phase in shown.agreed.phases if phase.talks},
        "totals": by_direction(shown.totals),
        "last_rounds": last_round(shown.rounds),
        "announced": [one for one in shown.rounds if not one.done],
        "proposals": on_table,
        "loops": shown.loops,
        "open_conditions": open_conditions[:CONDITIONS],
        "open_total": len(open_conditions),
        "conduct": shown.conduct,
        "refusals": shown.refusals,
        "warnings": shown.warnings,
        "issues": weighty,
        "other_issues": [
            one for one in shown.issues if one.name not in {OTHER, *(i.name for i, _ in weighty)}
        ],
        "promised": promises,
    } | _around(shown)


def _around(shown: Shown) -> Content:
    """What the first page says of the reports themselves: who is heard, figures, what to check, what is not held."""
    look = shown.look
    return {
        "reports": shown.reports,
        "through_others": first.only_through_others(look, shown.heard),
        "unheard": thirds.unheard(look),
        "own_texts": first.own_texts(shown.reports),
        "disputed": shown.disputed,
        "check": first.check_first(look, shown.queue, shown.reports, shown.shared),
        "not_held": shown.not_held,
        "unread": look.record.unread,
        "relations": shown.relations,
        "since": day(shown.since, short=True),
        "new_reports": len(shown.fresh.marks),
    }


Cells = list[tuple[str, int, Stance | None]]  # party, its positions in all, the one shown


def _weighty(
    shown: Shown, above: Collection[str], promised_by: Collection[tuple[str, str]]
) -> list[tuple[Issue, Cells]]:
    """Issues with each party's latest position that does not stand above; those without any such are only linked."""
    found = []
    for issue in [one for one in shown.issues if one.name != OTHER]:
        cells: Cells = []
        for party in issue.parties[:2]:
            further = [
                one
                for one in party.stances
                if one.told.source.href not in above and (party.party, one.told.verb) not in promised_by
            ]
            cells.append((party.party, len(party.stances), next(iter(further), None)))
        found += [(issue, cells)] if any(one for _, _, one in cells) else []
    return found[:WEIGHTY]


def _new(shown: Shown) -> Content:
    """Heading by heading what stands in the reports from the day on; a copy or rewrite brings nothing new."""
    fresh, since = shown.fresh, shown.since
    beside = anchors("beside", shown.relations)
    return {
        "since": day(since),
        "reports": [one for one in shown.reports if one.source.mark in fresh.marks],
        "undated": sum(one.published is None for one in shown.look.record.articles),
        "moved": moved(shown.look, shown.whole, shown.agreed, since, shown.now, fresh) if since else (),
        "rounds": [one for one in shown.rounds if fresh.marks >= {count.source.mark for count in one.told}],
        "proposals": [
            one for one in shown.proposals if fresh.marks >= {source.mark for source in one.sources}
        ],
        "stances": _new_stances(shown),
        "conditions": [
            one for one in shown.conditions if fresh.has(one.told.source) and not one.of_agreement
        ],
        "allegations": [
            (row, one)
            for row in shown.conduct
            for one in row.allegations
            if any(fresh.has(told.source) for told in (one.told, *one.answers, *one.findings))
        ],
        "warnings": [one for one in shown.warnings if fresh.has(one.told.source)],
        "relations": [
            one
            for one in shown.relations
            if one.relation == "conflict" and any(fresh.has(figure.source) for figure in one.figures)
        ],
        "alerts": [
            (shown.look.veil(one.words), beside.get(one.subject, "agreement.html"))
            for one in alerts(shown.whole, shown.now)
        ],
    }


def _new_stances(shown: Shown) -> list[tuple[Issue, list[Stance]]]:
    """New positions by issue; conditions and warnings stand under headings of their own."""
    found = []
    for issue in shown.issues:
        stances = [stance for party in issue.parties for stance in party.stances]
        some = [one for one in stances if shown.fresh.has(one.told.source) and one.told.verb not in ELSEWHERE]
        found += [(issue, some)] if some else []
    return found
