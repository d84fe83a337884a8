"""Where the agreement stands, what was released, what is on the table and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from parley.agreement.alerts import alerts
from parley.agreement.state import Standing, State, state
from parley.agreement.telling import account_words, headline, order_words, subject_name
from parley.briefing import conditions
from parley.briefing.conditions import EachWaits, Unlocking
from parley.briefing.wording import counted, day, listed, named, number
from parley.model import Need, Proposal, Round, Tally, Wait
from parley.sitrep.period import Period, quoted
from parley.sitrep.values import Line, Section

MOST_CONDITIONS = 8
OUR_REASONING = "what would unlock it, by our reasoning from these conditions"


def stands(period: Period) -> Section:
    """Where the agreement, its phases, the talks and every provision stand, each by whose account."""
    now = _state(period, 0)
    before = _state(period, (period.until - period.since).days + 1)
    new: list[Line] = []
    standing: list[Line] = []
    silent = 0
    for subject, one in now.standings.items():
        if not (one.live or one.unreported or one.by_clock):
            silent += 1
            continue
        rows = [account.id for account in one.live]
        fresh = period.adds(rows) or _moved(before.standings.get(subject), one)
        (new if fresh else standing).extend(_standing(period, now, subject, one))
    new += _near(period, now)
    texts = counted(len(period.record.texts), "text")
    what = counted(silent, "provision or phase more", "provisions and phases more")
    words = f"Of {what} none of the {texts} held says how far it has come."
    always = [period.line(words)] if silent else []
    return period.section("stands", "Where it stands, and by whose account", new, standing, always)


def _state(period: Period, days: int) -> State:
    """The state as it was known so many days before the period's last."""
    whole, on = period.whole, period.until - timedelta(days=days)
    return state(whole.accounts, whole.terms, whole.phases, as_of=on, known_by=on)


def _moved(before: Standing | None, now: Standing) -> bool:
    return before is not None and (before.state, before.unreported) != (now.state, now.unreported)


def _standing(period: Period, now: State, subject: str, one: Standing) -> Iterator[Line]:
    """A subject's line, and below it the accounts where there are several."""
    name = subject_name(period.whole, subject)
    named_so = quoted(name) if subject in period.look.terms else name
    says = headline(now, one, len(period.record.texts))
    rows = [account.id for account in one.live]
    several = len(rows) > 1
    words = f"{named_so} – {says}."
    yield _head(period, words, rows) if several else period.line(words, rows)
    for account in one.live if several else ():
        yield period.line(f"{account_words(account)}.", [account.id], level=1)


def _near(period: Period, now: State) -> Iterator[Line]:
    """Days that are near and accounts that a voice turned round, from the alerts."""
    for alert in alerts(period.whole, now):
        rows = [one for one in alert.evidence if one in period.rows]
        if alert.kind == "day near":
            yield period.line(f"{alert.words}, by the days that the texts or your terms give.", rows)
        elif alert.kind == "position reversed" and period.adds(rows):
            yield period.line(f"{alert.words}.", rows)


def releases(period: Period) -> Section:
    """Releases and handovers by whose account, announced ones with what became of them, and the tallies."""
    new: list[Line] = []
    standing: list[Line] = []
    for one in period.record.rounds:
        line = period.line(_round(period, one), one.evidence)
        missed = one.status == "not_reported" and one.day is not None
        if period.is_new(one.evidence) or (missed and period.holds(_day_after(one.day))):
            new.append(line)
        elif missed or one.status == "announced":
            standing.insert(0, line)
    totals: list[Line] = []
    for tally in _latest(period.record.tallies):
        line = period.line(_tally(period, tally), tally.evidence)
        (new if period.is_new(tally.evidence) or period.holds(tally.as_of) else totals).append(line)
    return period.section("releases", "Releases and handovers", new, (*totals, *standing))


def _day_after(when: date | None) -> date | None:
    return when + timedelta(days=1) if when else None


def _round(period: Period, one: Round) -> str:
    """A handover in a sentence: whose account, how many of what, from whom to whom, when."""
    told = listed(one.told_by) or period.outlets(one.evidence)
    what = f"{number(one.count)} {one.what}{_way(one.from_, one.to)}"
    if one.status == "reported_done":
        ratio = f" ({one.ratio})" if one.ratio else ""
        at_once = ", at once with the other side’s" if one.simultaneous_with else ""
        when = f", {day(one.day)}" if one.day else ""
        return f"By the account of {told}: {what}{when}{ratio}{at_once}{period.late(one.day)}."
    said = f"By the account of {told}: {what}, announced for {day(one.day) or 'a day not given'}"
    if one.status == "announced":
        return f"{said}."
    texts = counted(len(period.record.texts), "text")
    return f"{said}; none of the {texts} held says that it took place then."


def _way(giver: str | None, getter: str | None) -> str:
    if not giver and not getter:
        return ", from whom to whom is not said"
    return f", {giver or 'from whom is not said'} to {getter or 'whom is not said'}"


def _latest(tallies: Sequence[Tally]) -> list[Tally]:
    """Of each kind of thing, way and account the last tally."""
    last = {(one.from_, one.to, one.condition, one.view): one for one in tallies}
    return list(last.values())


def _tally(period: Period, one: Tally) -> str:
    told = listed(one.told_by) or period.outlets(one.evidence)
    ours = f" ({one.sum})" if one.sum else ""
    when = f", as of {day(one.as_of)}" if one.as_of else ""
    return f"In all, by the account of {told}: {number(one.total)} {one.what}{_way(one.from_, one.to)}{when}{ours}."


def on_the_table(period: Period) -> Section:
    """Every proposal with what it would change and each party's answer, or that none is told."""
    new: list[Line] = []
    standing: list[Line] = []
    for one in period.record.proposals:
        (new if period.adds(one.evidence) else standing).extend(_proposal(period, one))
    return period.section("table", "On the table", new, standing)


def _proposal(period: Period, one: Proposal) -> Iterator[Line]:
    outlets, articles = period.outlets(one.evidence), period.reports(one.evidence)
    told = f"as told by {outlets}{period.first_told(one.evidence)}"
    yield _head(period, f"{one.name.capitalize()} of {named(one.by)}, {told}:", one.evidence)
    for change in one.changes:
        words = f"it would change, in the words of {outlets}: {quoted(change)}."
        yield period.quoting(words, change, articles)
    answered = set()
    for response in one.responses:
        party, _, said = response.partition(": ")
        answered.add(party)
        yield period.quoting(f"answer of {party}, as told by {outlets}: {quoted(said)}.", said, articles)
    silent = listed([party for party in one.awaited if party not in answered])
    if silent:
        texts = counted(len(period.record.texts), "text")
        yield period.line(f"answer of {silent}: none of the {texts} held tells of one.", level=1)


def waits(period: Period) -> Section:
    """Deeds that wait for each other with what would unlock them, and the period's other conditions."""
    new: list[Line] = []
    standing: list[Line] = []
    loops = {one.id: one for one in conditions.loops(period.look)}
    for wait in period.record.waits:
        (new if period.adds(wait.edges) else standing).extend(_wait(period, wait, loops[wait.id]))
    bound = {edge for wait in period.record.waits for edge in wait.edges}
    texts = {article.id for article in period.record.articles if article.kind == "agreement"}
    told = [one for one in period.record.needs if one.id not in bound and one.article not in texts]
    rest = period.own(told)
    fresh = [one for one in rest if period.is_new([one.id])]
    new += [_condition(period, one, 0) for one in fresh[:MOST_CONDITIONS]]
    if len(fresh) > MOST_CONDITIONS:
        more = counted(len(fresh) - MOST_CONDITIONS, "more condition")
        new.append(period.line(f"And {more}, which the record lists."))
    earlier = len(rest) - len(fresh)
    told_before = f"Told before this period: {counted(earlier, 'other condition')}."
    always = [period.line(told_before)] if earlier else []
    return period.section("waits", "What waits for what", new, standing, always)


def _wait(period: Period, wait: Wait, told: EachWaits) -> Iterator[Line]:
    """A loop: its deeds, the conditions by whose account, and what would unlock it by whom."""
    chain = ", and ".join(
        f"{quoted(one)} for {quoted(other)}" for one, other in zip(wait.loop, (*wait.loop[1:], wait.loop[0]))
    )
    holds = "; it holds only while nobody else gives the guarantee" if wait.conditional else ""
    by = f"by the accounts in {period.outlets(wait.edges)}{period.first_told(wait.edges)}"
    yield _head(period, f"Each waits for the other, {by}: {chain}{holds}.", wait.edges)
    for step in told.steps:
        yield _condition(period, period.look.needs[step.id], 1)
    for way in told.unlocking:
        yield _unlocking(period, way)
    for words in told.reasoned:
        yield period.line(f"{OUR_REASONING}: {words.rstrip('.')}.", level=1)


def _unlocking(period: Period, way: Unlocking) -> Line:
    """What would free a loop: who asks for it or offers it and where, else that it is our reasoning."""
    if way.source is None:
        return period.line(f"{OUR_REASONING}: {way.words}.", level=1)
    outlet = way.source.outlet
    whose = f"{way.verb} by {way.who} in {outlet}" if way.who else f"in the words of {outlet}"
    text = f"what would unlock it, {whose}: {quoted(way.words)}."
    return period.quoting(text, way.words.removesuffix(" …"), tuple(period.look.articles))


def _head(period: Period, words: str, rows: Sequence[str]) -> Line:
    """A line whose footnotes stand at the lines that belong to it."""
    return replace(period.line(words, rows), footnotes=())


def _condition(period: Period, need: Need, level: int) -> Line:
    told = period.look.told_need(need)
    outlet = told.source.outlet
    via = [one for one in told.via if one != outlet]
    as_told = f", as told by {outlet}" if told.via else f" in {outlet}"
    whose = f", as told by {listed(via)} in {outlet}" if via else as_told
    words = f"{told.who}{whose}: {quoted(need.act)} {order_words(need.act)} {quoted(need.needs)}."
    return period.line(words, [need.id], level)
