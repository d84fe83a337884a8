"""What the period's texts say: what is new, alleged violations, figures, issues, positions that shifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from parley.agreement.breaches import NO_TERM, conduct
from parley.agreement.positions import issue_of
from parley.agreement.telling import day_words
from parley.briefing.wording import act_word, counted, day, listed, named
from parley.model import Act, Breach, Claim, FigureRelation, Position, Shift, Statement
from parley.sitrep.period import Period, quoted
from parley.sitrep.values import Line, Section
from parley.vocabulary import vocabulary

MOST_NEW = 12  # statements under "What is new"; the record has the others
MOST_OF_A_TEXT = 6  # ... of one text
MOST_DEEDS = 8
MOST_OF_AN_ISSUE = 4
MOST_FIGURES = 8  # sums, and older conflicts
DEEDS = frozenset({"PERFORM", "SUSPEND", "MEET", "ACCEPT", "COMMIT"})
KNOWN_FROM = {"seen": "says that it was seen", "heard": "has it from hearsay", "told": "was told so"}


def what_is_new(period: Period) -> Section:
    """Deeds that the period's texts tell in their own voice, and what is said for the first time."""
    deeds = [
        one
        for one in period.record.acts
        if one.act in DEEDS and not one.statement and period.look.actor(one.actor)
    ]
    told = [one for one in deeds if period.adds([one.id])]
    new = [_deed(period, one) for one in told[:MOST_DEEDS]]
    claims = [one for one in period.record.claims if _is_news(period, one)]
    shown = _of_every_text(period, sorted(claims, key=lambda one: _weight(period, one)))
    new += [_claim(period, one) for one in shown]
    more = [counted(len(told) - MOST_DEEDS, "more deed")] if len(told) > MOST_DEEDS else []
    more += [counted(len(claims) - len(shown), "more statement")] if len(claims) > len(shown) else []
    if more:
        new.append(period.line(f"And {listed(more)}, which the record lists."))
    return period.section("new", "What is new", new)


def _is_news(period: Period, claim: Claim) -> bool:
    """Whether a claim is first made in the period, or first denied."""
    return (period.is_new(claim.says) and period.adds(claim.says)) or period.is_new(claim.denied_by)


def _of_every_text(period: Period, claims: Sequence[Claim]) -> list[Claim]:
    """The weightiest claims, so many of one text at most that other texts have room."""
    found: list[Claim] = []
    taken: Counter[str] = Counter()
    for claim in claims:
        text = period.look.statements[claim.says[0]].article
        taken[text] += 1
        if taken[text] <= MOST_OF_A_TEXT and len(found) < MOST_NEW:
            found.append(claim)
    return found


def _deed(period: Period, one: Act) -> Line:
    """A deed in the sentence that tells it."""
    where = period.look.articles[one.article]
    words = quoted(period.look.sentence(one.article, one.start) or one.text)
    days = period.late(one.date)
    return period.line(
        f"{where.outlet}, in its own voice ({one.actor}, {act_word(one)}): {words}{days}.", [one.id]
    )


def _weight(period: Period, claim: Claim) -> tuple[bool, int, bool, bool, int]:
    """Disputed first, then carried by most, then by a party, then what is said in so many words, then the latest."""
    first = period.look.statements[claim.says[0]]
    party = period.look.side(first.speaker_name) in period.look.parties
    known = period.known(claim.says) or period.since
    indirect = first.kind == "indirect"
    return not claim.denied_by, -len(claim.carried_by), not party, indirect, -known.toordinal()


def _claim(period: Period, claim: Claim) -> Line:
    """A claim by whoever says it first, with its two counts and who denies it."""
    said = [period.look.statements[one] for one in claim.says]
    first = next((one for one in said if not period.copied(one.id)), said[0])
    denials = [period.look.statements[one] for one in claim.denied_by]
    denied = (
        f" Denied by {listed(tuple(dict.fromkeys(map(period.look.speaker, denials))))}." if denials else ""
    )
    counts = (
        f" (carried by {len(claim.carried_by)}, voices {len(claim.voices)})"
        if len(claim.carried_by) > 1
        else ""
    )
    earlier = period.first_told(claim.says)
    words = f"{statement_words(period, first)}{counts}{earlier}{period.late(claim.happened)}.{denied}"
    return period.line(words, [*claim.says, *claim.denied_by])


def statement_words(period: Period, one: Statement) -> str:
    """A statement in a sentence: who says it through whom in which outlet, and whether the words are the speaker's."""
    told = period.look.told(one)
    outlet = told.source.outlet
    relays = [name for name in told.via if name != outlet]
    via = f", via {listed(relays)}" if relays else ""
    captive = " (in captivity; no position of a party)" if told.captive else ""
    how = f"quoted in {outlet}" if told.quoted else f"in the words of {outlet}"
    where = "in its own text" if told.who == outlet else how
    words = quoted(" … ".join(piece.text for piece in one.content))
    return f"{told.who}{captive}{via}, {where}: {words}"


def allegations(period: Period) -> Section:
    """Alleged violations in every direction, with zeros between the parties, and the answers to them."""
    breaches = {one.id: one for one in period.record.breaches}
    sided: dict[tuple[str, str], list[Breach]] = {
        (one, other): [] for one, other in conduct((), period.look.parties)
    }
    for one in breaches.values():
        sided.setdefault((period.look.side(one.accuser), period.look.side(one.accused)), []).append(one)
    new: list[Line] = []
    tallied: list[Line] = []
    for (accuser, accused), rows in sided.items():
        own = period.own(rows)
        fresh = [one for one in own if period.is_new([one.id])]
        new += [_breach(period, one) for one in fresh]
        counts = f"{len(fresh)} in this period, {len(own) - len(fresh)} before"
        words = f"{accuser} against {accused}, as far as the texts held tell: {counts}."
        tallied.append(period.line(words))
    return period.section("allegations", "Alleged violations, both ways", new, always=tallied)


def _breach(period: Period, one: Breach) -> Line:
    """An allegation in its text's words, the provision, what it rests on, and the answers."""
    no_term = one.term == NO_TERM or one.term_from == "deed"
    term = "no provision named" if no_term else f"provision: {quoted(one.term, 120)}"
    of_whom = f"; we infer who is accused: {one.inferred}" if one.inferred else ""
    known = f"; {KNOWN_FROM[one.known_from]}" if one.known_from in KNOWN_FROM else ""
    denied = (
        f"; denied by {listed(one.denied_by)}"
        if one.denied_by
        else "; none of the texts held tells an answer"
    )
    admitted = f"; admitted by {listed(one.admitted_by)}" if one.admitted_by else ""
    answers = denied if one.denied_by or not admitted else ""
    where = period.outlets([one.id])
    alleged = f"{one.accuser} against {one.accused}, in the words of {where}: {quoted(one.text)}"
    words = f"{alleged} ({term}{of_whom}{known}{answers}{admitted}){period.late(one.when)}."
    return period.line(words, [one.id, *one.evidence])


def figures(period: Period) -> Section:
    """Figures that are told differently, and sums that are ours."""
    relations = period.record.figure_relations
    conflicts = [one for one in relations if one.relation == "conflict"]
    sums = [one for one in relations if one.relation == "adds_up" and _told_now(period, one)]
    fresh = [one for one in conflicts if _told_now(period, one)]
    known = {one.id for one in fresh}
    new = [_conflict(period, one) for one in fresh]
    new += [_sum(period, one) for one in sums[:MOST_FIGURES]]
    older = [one for one in conflicts if one.id not in known]
    standing = [_conflict(period, one) for one in older[:MOST_FIGURES]]
    if len(older) > MOST_FIGURES:
        standing.append(period.line(f"And {len(older) - MOST_FIGURES} older conflicts more."))
    return period.section("figures", "Figures", new, standing)


def _told_now(period: Period, one: FigureRelation) -> bool:
    """Whether one of the values of a relation is first told in the period."""
    return any(period.is_new([row]) for row in _first_of_each(period, one))


def _conflict(period: Period, one: FigureRelation) -> Line:
    """Figures told differently, each value once with who gives it."""
    return period.line(f"Told differently: {_given(period, one)}.", _first_of_each(period, one))


def _sum(period: Period, one: FigureRelation) -> Line:
    """A sum of ours with whose figures it adds up."""
    given = _given(period, one)
    return period.line(
        f"{one.why.replace(' - ', ' − ').capitalize()}; from {given}.", _first_of_each(period, one)
    )


def _given(period: Period, one: FigureRelation) -> str:
    """Each value of a relation in a text's words, by whoever gives it first."""
    told = []
    for row in _first_of_each(period, one):
        figure = period.look.figures[row]
        outlet = period.look.articles[figure.article].outlet
        giver = period.look.giver(figure)
        whose = f"{outlet}, own voice" if giver == "own voice" else f"{giver} in {outlet}"
        told.append(f"“{' '.join(figure.text.split())}” ({whose})")
    return listed(told)


def _first_of_each(period: Period, one: FigureRelation) -> list[str]:
    """Of each value the first figure that stands in no copy, in the order of the values."""
    rows = sorted(one.figures, key=lambda row: (period.copied(row), str(period.known([row]))))
    found: dict[tuple[float | None, float | None], str] = {}
    for row in rows:
        found.setdefault((period.look.figures[row].low, period.look.figures[row].high), row)
    return list(found.values())


def issues(period: Period) -> Section:
    """Aid and every other issue of the vocabulary that the record touches: the period's positions and what others say."""
    positions: dict[str, list[Position]] = defaultdict(list)
    for one in period.record.positions:
        positions[one.issue].append(one)
    said = _said_by_others(period)
    new: list[Line] = []
    unchanged = []
    for issue in (name for domain in vocabulary("issues").values() for name in domain):
        lines = [_position(period, one) for one in positions[issue] if period.is_new(one.evidence)]
        lines += [period.line(f"{statement_words(period, one)}.", [one.id], 1) for one in said[issue]]
        if lines:
            new.append(period.line(f"{issue.capitalize()}:"))
            new += lines[:MOST_OF_AN_ISSUE]
            if len(lines) > MOST_OF_AN_ISSUE:
                new.append(
                    period.line(f"and {len(lines) - MOST_OF_AN_ISSUE} more, which the record lists.", (), 1)
                )
        elif positions[issue]:
            unchanged.append(issue)
    always = [period.line(f"No change on: {'; '.join(unchanged)}.")] if new and unchanged else []
    return period.section("issues", "Aid and other issues", new, always=always)


def _said_by_others(period: Period) -> dict[str, list[Statement]]:
    """Issue -> what is said on it for the first time by somebody who is no party."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for claim in period.record.claims:
        one = period.look.statements[claim.says[0]]
        other = period.look.side(one.speaker_name) not in period.look.parties
        if other and period.is_new(claim.says) and period.adds(claim.says):
            found[issue_of(" ".join(piece.text for piece in one.content))].append(one)
    return found


def _position(period: Period, one: Position) -> Line:
    return period.line(f"{_position_words(period, one)}.", one.evidence, 1)


def _position_words(period: Period, one: Position) -> str:
    """A position in a sentence: whose, by whose account, in which words."""
    outlets = period.outlets(one.evidence)
    told = f"as told by {one.told_by} in {outlets}" if one.told_by not in {"", outlets} else f"in {outlets}"
    fresh = " that no earlier text had" if one.new else ""
    return f"{named(one.party)} {one.stance}{fresh}, {told}, {day(one.day)}: {quoted(one.act)}"


def shifts(period: Period) -> Section:
    """Turns from one position of a party on an issue to its next, told in the period."""
    by_id = {one.id: one for one in period.record.positions}
    new = [
        line
        for one in period.record.shifts
        if period.is_new(by_id[one.after].evidence)
        for line in _shift(period, one, (by_id[one.before], by_id[one.after]))
    ]
    return period.section("shifts", "Positions that shifted", new)


def _shift(period: Period, one: Shift, ways: Sequence[Position]) -> Iterator[Line]:
    rows = [row for way in ways for row in way.evidence]
    first, last = (day_words(way.day) for way in ways)
    outlets = period.outlets(rows)
    words = f"{one.party} on {one.issue}, by the words that {outlets} print: {one.why} ({first}, {last})."
    yield period.line(words, rows)
    yield from (_position(period, way) for way in ways)
