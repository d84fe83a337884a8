"""Where the agreement, its phases, the talks and every provision stand, each in its own words and by whose account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parley.agreement.clocks import day_number
from parley.agreement.state import DISPUTED, STAGES, Clock, Standing, State, day_of, subject_of
from parley.agreement.subjects import key_of, subject_words
from parley.agreement.telling import WHOSE, due_words, headline, lateness, said_words
from parley.briefing.lookup import OWN_VOICE, Lookup, Source, Told, without_copies
from parley.briefing.wording import clipped, day, days, listed
from parley.model import Account, Phase, Record, Term
from parley.reader.sentences import paragraphs

LONGEST = 320  # characters of a provision's own words


@dataclass(frozen=True, slots=True)
class Words:
    """A text's own words with their source, if a report's page has them."""

    words: str
    source: Source | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one subject stands: a sentence that says whose account it is, and the accounts."""

    subject: str
    name: str
    says: str
    disputed: bool
    accounts: tuple[Told, ...]
    stages: str  # announced / agreed to / reported done, as far as any account says
    days: tuple[str, ...]  # when it is due, how late it was by whose account
    told_on: tuple[date, ...]  # the days that accounts give
    silent: bool  # no account and no day
    flag: str  # a violation alleged or acknowledged

    @property
    def only(self) -> bool:
        """Whether one account alone tells of it, which then says it all."""
        return len(self.accounts) == 1 and not self.disputed


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision in its text's own words with where it stands."""

    id: str
    name: str
    words: Words
    whose: str  # the agreement's own text, your terms, or as reported
    phase: str
    stand: Stand
    due: date | None
    passed: bool  # its day has passed and no account tells of it
    readings: tuple[str, ...]  # whose readings of it stand beside it

    @property
    def title(self) -> str:
        """Its words behind its number, which its text has or a person gave it."""
        words = self.words.words
        return words if words.startswith(self.name) else f"{self.name}. {words}"


@dataclass(frozen=True, slots=True)
class PhaseStand:
    """A phase: its days in the words of whoever gives them, where it and the talks on it stand, its provisions."""

    name: str
    clock: tuple[Words, ...]
    stand: Stand
    talks: Stand | None
    provisions: tuple[Provision, ...]
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """Everything that is known of the agreement in one frame."""

    agreement: Stand | None
    talks: Stand | None  # those of which no phase is told
    phases: tuple[PhaseStand, ...]
    others: tuple[Provision, ...]  # provisions of no phase that the record holds

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Every provision, phase by phase."""
        return (*(one for phase in self.phases for one in phase.provisions), *self.others)

    @property
    def every(self) -> Mapping[str, Stand]:
        """Subject -> where it stands."""
        found = [self.agreement, self.talks]
        found += [stand for phase in self.phases for stand in (phase.stand, phase.talks)]
        found += [one.stand for one in self.provisions]
        return {one.subject: one for one in found if one}


def agreed(look: Lookup, record: Record, now: State) -> Agreed:
    """The agreement as it stands; `record` has what a person entered beside the reports, too."""
    by_subject = {one: _stand(look, record, now, one) for one in now.standings}
    provisions = [_provision(look, record, now, term) for term in record.terms if not term.of]
    named = {key_of("phase", phase.name) for phase in record.phases}
    return Agreed(
        by_subject.get("agreement"),
        by_subject.get("talks"),
        tuple(_phase(look, phase, by_subject, provisions) for phase in _once(record.phases)),
        tuple(one for one in provisions if key_of("phase", one.phase) not in named),
    )


def _once(phases: Sequence[Phase]) -> list[Phase]:
    """Every phase once, one that a person entered before the reports' own."""
    found: dict[str, Phase] = {}
    for phase in phases:
        key = key_of("phase", phase.name)
        if key not in found or phase.source == "person":
            found[key] = phase
    return list(found.values())


def _phase(
    look: Lookup, phase: Phase, by_subject: Mapping[str, Stand], provisions: Sequence[Provision]
) -> PhaseStand:
    key = key_of("phase", phase.name)
    own = tuple(one for one in provisions if key_of("phase", one.phase) == key)
    empty = Stand(key, phase.name.capitalize(), "", False, (), "", (), (), True, "")
    return PhaseStand(
        look.veil(phase.name.capitalize()),
        tuple(_clock(look, phase)),
        by_subject.get(key, empty),
        by_subject.get(key_of("talks", phase.name)),
        own,
        phase.start,
        phase.end,
    )


def _clock(look: Lookup, phase: Phase) -> list[Words]:
    """The days of a phase: in a person's terms, else in the sentences that give them."""
    if phase.source == "person":
        length = f", {phase.days} days counted {phase.counting}" if phase.days else ""
        later = f", extended to {day(phase.extended_to[-1])}" if phase.extended_to else ""
        return [Words(days(phase.start, phase.end) + length + later, None, WHOSE["person"])]
    found = []
    for one in (look.times[item] for item in phase.evidence if item in look.times):
        if (phase.start and one.start == phase.start) or (phase.end and one.end == phase.end):
            sentence = clipped(look.veil(look.sentence(one.article, one.at[0])), 140)
            found.append(Words(sentence, look.source(one), days(one.start, one.end)))
    if not found and phase.days:
        length = f"{phase.days} days"
        first = day(phase.start) if phase.start else ""
        last = day(day_number(phase.start, phase.days, phase.counting)) if phase.start else ""
        found.append(Words(", ".join(filter(None, (length, first, last))), None, "as these texts give it"))
    return found


def _stand(look: Lookup, record: Record, now: State, subject: str) -> Stand:
    standing = now.standings[subject]
    told = without_copies([told_account(look, one) for one in standing.live])
    says = headline(now, standing, len(look.record.articles))
    if any(one.kind != "report" for one in look.record.articles):
        says = says.replace(" reports says", " texts says")
    due = [
        f"{WHOSE[term.source]}: {due_words(term)}"
        for term in record.terms
        if term.window and subject_of(term) == subject
    ]
    clock = now.clocks.get(subject, Clock())
    term = next((term for term in record.terms if term.id == subject), None)
    return Stand(
        subject,
        own_words(look, term).words if term else _name(look, standing),
        look.veil(says),
        standing.state == DISPUTED,
        _once_worded(told),
        _stages(standing) if term else "",
        tuple(map(look.veil, (*dict.fromkeys(due), *lateness(standing)))),
        tuple(dict.fromkeys(day_of(one) for one in standing.live if day_of(one) != date.min)),
        not (standing.live or standing.due or standing.by_clock or clock.start),
        "alleged, not acknowledged"
        if standing.alleged
        else "acknowledged by its own side"
        if standing.acknowledged
        else "",
    )


def _once_worded(told: Sequence[Told]) -> tuple[Told, ...]:
    """Accounts of which no two give the same words of one report; those who say them stand together."""
    found: dict[tuple[str, str, str], list[Told]] = {}
    for one in told:
        found.setdefault((one.verb, one.words, one.source.mark), []).append(one)
    return tuple(
        replace(some[0], who=listed(list(dict.fromkeys(one.who for one in some)))) for some in found.values()
    )


def _stages(standing: Standing) -> str:
    """Announced, agreed to, reported done: what any account says of a thing announced, and what none does."""
    if "announced" not in standing.told and "accepted" not in standing.told:
        return ""
    words = dict(zip(STAGES, ("announced", "agreed to", "reported done")))
    said = [words[one] for one in STAGES if one in standing.told]
    return " / ".join([*said, *([] if "done" in standing.told else ["not reported done"])])


def _name(look: Lookup, standing: Standing) -> str:
    """What a phase, talks or the agreement is called; a question where it is disputed whether talks have begun."""
    name = subject_words(standing.subject)
    if standing.state == DISPUTED and standing.subject.startswith("talks"):
        return f"Have {name[0].lower()}{name[1:]} begun?"
    return look.veil(name)


def told_account(look: Lookup, account: Account) -> Told:
    """An account as a cell shows it: what it says, in which words, by whom or in the outlet's own voice."""
    verb = said_words(account)
    if account.party and not account.told_by and account.what != "not_begun":
        verb += f" by {look.veil(account.party)}" if account.polarity else f" ({look.veil(account.party)})"
    who = look.veil(" ".join(account.by.split())) or f"{account.outlet}, {OWN_VOICE}"
    via = tuple(look.veil(name) for name in account.through if name not in {account.by, account.outlet})
    if account.told_by and account.party:
        who, via = look.veil(account.party), (look.veil(account.told_by), *via)
    when = days(account.happened, account.happened_end or account.happened, short=True)
    return Told(
        who,
        verb,
        clipped(look.veil(account.text)),
        False,
        tuple(dict.fromkeys(via)),
        when or f"reported {day(account.reported, short=True)}".removesuffix("reported "),
        look.source(account),
    )


def _provision(look: Lookup, record: Record, now: State, term: Term) -> Provision:
    subject = subject_of(term)
    standing = now.standings[subject]
    return Provision(
        term.id,
        term.name,
        own_words(look, term),
        WHOSE[term.source],
        term.phase,
        _stand(look, record, now, subject),
        term.window.day if term.window else None,
        standing.unreported,
        tuple(
            f"{look.veil(one.reading or 'another reading')}: {own_words(look, one).words}"
            for one in record.terms
            if one.of and one.of == term.name
        ),
    )


def own_words(look: Lookup, term: Term) -> Words:
    """A provision in the words of its text: the whole numbered paragraph, or the report's or the person's own phrase."""
    article = look.articles.get(term.article)
    if term.source == "person" or not (article or term.evidence):
        whose = f"{term.bearer}: " if term.bearer else ""
        return Words(look.veil(f"{whose}{term.act} {term.object}"), None, WHOSE["person"])
    at = look.term_at(term)
    if at is None:
        held = next((one for one in (term.article, *term.evidence) if one in look.articles), "")
        words = term.text or f"{term.act} {term.object}"
        return Words(clipped(look.veil(words), LONGEST), look.report(held) if held else None, "as reported")
    text = look.articles[at[0]].text
    start, end = at[1:]
    if term.source == "text":
        start, end = next((one for one in paragraphs(text) if one[0] <= start < one[1]), (start, end))
    report = look.report(at[0])
    words = term.text if term.text and term.source != "text" else text[start:end]
    return Words(
        clipped(look.veil(words), LONGEST),
        replace(report, href=f"{report.href}#{term.id}"),
        "" if term.source == "text" else "as reported",
    )
