"""What is said of the other's conduct: alleged violations in every direction, the answers, refusals, warnings."""

from __future__ import annotations

from dataclasses import dataclass

from parley.briefing.lookup import Lookup, Told, without_copies
from parley.briefing.standing import Words, own_words
from parley.briefing.wording import clipped, day
from parley.linking.text import content_words, overlap
from parley.model import Act, Breach, Threat

SAME = 0.7  # share of words from which an answer stands in the words of the allegation
KNOWN_FROM = {"seen": "says that it was seen", "heard": "has it from hearsay", "told": "was told so"}


@dataclass(frozen=True, slots=True)
class Allegation:
    """What one side says of another's conduct, and the answers to it."""

    id: str
    told: Told
    term: Words | None  # the provision that it would break
    no_term: bool
    when: str  # the day on which it is said to have happened
    known_from: str
    denied_by: tuple[str, ...]
    admitted_by: tuple[str, ...]
    answers: tuple[Told, ...]
    findings: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """Everything that one side says of another's conduct."""

    accuser: str
    accused: str
    allegations: tuple[Allegation, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A threat: who warns whom, of what, and what would bring it about."""

    told: Told
    against: str
    trigger: str


def conduct(look: Lookup) -> tuple[Conduct, ...]:
    """Allegations by direction: between the leading parties first, both ways even if none; then others."""
    found: dict[tuple[str, str], list[Allegation]] = {}
    if len(look.parties) == 2:
        found = {(one, other): [] for one, other in (look.parties, look.parties[::-1])}
    used = {one for breach in look.record.breaches for one in breach.evidence}
    for breach in look.record.breaches:
        way = look.party(breach.accuser, breach.article), look.party(breach.accused, breach.article)
        found.setdefault(way, []).append(_allegation(look, breach))
    for act in look.record.acts:
        if act.act == "ACCUSE" and act.id not in used and act.actor:
            way = look.party(act.actor, act.article), look.party(act.target or "", act.article)
            found.setdefault(way, []).append(_accused(look, act))
    told = {(accused, row.told.source.mark) for (_, accused), rows in found.items() for row in rows}
    for (_, accused), rows in found.items():
        # a report that retells another brings no allegation of its own, however it words it
        rows[:] = [row for row in rows if (accused, row.told.source.copy_of) not in told]
    return tuple(
        Conduct(look.veil(accuser), look.veil(accused), tuple(rows))
        for (accuser, accused), rows in found.items()
        if rows or {accuser, accused} == {*look.parties}
    )


def _accused(look: Lookup, act: Act) -> Allegation:
    return Allegation(act.id, look.told_act(act), None, False, "", "", (), (), (), ())


def _allegation(look: Lookup, breach: Breach) -> Allegation:
    """An alleged violation in the words that allege it; an act of denying beside it is an answer."""
    acts = [look.acts[one] for one in breach.evidence if one in look.acts]
    denials = [act for act in acts if act.act == "DENY"]
    term = look.terms.get(breach.term_id)
    told = _told(look, breach)
    findings = [look.statements[one] for one in breach.findings if one in look.statements]
    return Allegation(
        breach.id,
        told,
        own_words(look, term) if term else None,
        term is None and breach.term_from in {"", "deed"},
        day(breach.when, short=True),
        "; ".join(
            filter(
                None,
                (
                    breach.inferred and f"we infer who is accused: {breach.inferred}",
                    KNOWN_FROM.get(breach.known_from),
                ),
            )
        ),
        tuple(look.veil(name) for name in breach.denied_by),
        tuple(look.veil(name) for name in breach.admitted_by),
        tuple(look.told_act(act) for act in denials if not _same(told, act)),
        tuple(look.told(one, "found") for one in findings),
    )


def _same(told: Told, denial: Act) -> bool:
    """Whether a denial is told in the words that tell the allegation."""
    return overlap(content_words(told.words), content_words(denial.text)) >= SAME


def _told(look: Lookup, breach: Breach) -> Told:
    """The words of an allegation: its act's, else the sentence that the report alleges it in."""
    act = next((look.acts[one] for one in breach.evidence if one in look.acts), None)
    if act is not None and act.act != "DENY":
        return look.told_act(act)
    around = look.statement_around(breach.article, breach.start, breach.end) if breach.text else None
    words = breach.text or (act.text if act else "")
    speaker = look.speaker(around) if around else ""
    who = look.veil(breach.accuser)
    via = (speaker,) if speaker and look.side(speaker) != look.side(breach.accuser) else ()
    source = look.source(breach) if breach.text else look.source(act) if act else look.report(breach.article)
    return Told(who, "", clipped(look.veil(words)), False, via, "", source)


def refusals(look: Lookup) -> tuple[Told, ...]:
    """What is refused by somebody known, without copies of what the original has."""
    rows = [look.told_act(act) for act in look.record.acts if act.act == "REJECT" and act.actor]
    return tuple(without_copies(rows))


def warnings(look: Lookup) -> tuple[Warned, ...]:
    """Threats with their triggers; where the record has none, acts of threatening."""
    rows = [_warned(look, threat) for threat in look.record.threats]
    told = {one for threat in look.record.threats for one in threat.evidence}
    rows += [
        Warned(look.told_act(act), "", "")
        for act in look.record.acts
        if act.act == "THREATEN" and act.actor and act.id not in told
    ]
    told = {row.told.source.mark for row in rows}
    return tuple(row for row in rows if row.told.source.copy_of not in told)


def _warned(look: Lookup, threat: Threat) -> Warned:
    act = next((look.acts[one] for one in threat.evidence if one in look.acts), None)
    if act is not None:
        told = look.told_act(act)
    else:
        who, words = look.veil(threat.by), clipped(look.veil(threat.consequence))
        told = Told(who, "warned", words, False, (), "", look.report(threat.article))
    trigger = "" if threat.trigger in told.words else clipped(look.veil(threat.trigger), 120)
    return Warned(told, look.veil(look.side(threat.against)) if threat.against else "", trigger)
