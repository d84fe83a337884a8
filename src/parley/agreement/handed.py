"""What one count of a report tells of a handover, and who gives to whom where the report leaves an end open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar

from parley.linking.deeds import key_words
from parley.linking.text import content_words
from parley.model import Figure
from parley.vocabulary import vocabulary

SMALL = frozenset({"the", "of", "them", "all", "those", "others", "our", "their", "its", "other"})
CONDITION = {"person": "living", "body": "dead"}
ALIKE = 0.7  # the smaller of two counts of one day is at least so much of the larger if they are two accounts of one thing
Ends = tuple[str, str]  # giver, receiver
Key = TypeVar("Key")


@dataclass(frozen=True)
class Handed:
    """What one count in one report tells of a handover."""

    article: str
    row: str  # the figure's id; the article's where no figure stands
    count: float
    unit: str
    noun: str
    from_: str
    to: str
    day: date | None
    day_told: bool  # the sentence itself names the day
    done: bool
    running: bool  # the count so far, not one round
    at_once: bool  # with what the other side gives
    told_by: str
    own_noun: bool = False  # the count's own words hold its noun
    back: bool = False  # taken back from whoever it had gone to
    returned: bool = False  # given back to whoever it had come from
    inferred: str = ""  # giver or receiver, where no report names that end and there is but one other party

    @property
    def series(self) -> tuple[str, str, str]:
        """What counts are added up by: giver, receiver, and living, dead or the unit of the goods."""
        return self.from_, self.to, CONDITION.get(self.unit, self.unit)


@cache
def words(key: str) -> re.Pattern[str]:
    """One of the patterns of vocabulary/handovers.yaml; a group of forms matches whole words only."""
    found = str(vocabulary("handovers")[key])
    return re.compile(rf"\b{found}\b" if found.startswith("(?:") else found, re.I)


def unit_of(figure: Figure) -> str:
    """The unit under which a count is added up: words for one kind of goods are one."""
    return str(vocabulary("handovers")["one_unit"].get(figure.unit, figure.unit))


def noun_of(figure: Figure) -> str:
    """What is counted, in a few words: the count's own noun, else the first words of what it is said to count."""
    named = re.match(r"\w+(?: of \w+)?", figure.what)
    return own_noun(figure) or (named.group() if named else "")


def own_noun(figure: Figure) -> str:
    """The noun in a count's own words; empty where it is left out."""
    counting = set(map(str, vocabulary("deeds")["counting"])) | SMALL
    own = figure.text.split()
    while own and (not own[0][0].isalpha() or set(re.split(r"[-’']", own[0].lower())) <= counting):
        del own[0]
    numbers = set(map(str, vocabulary("deeds")["counting"]))
    kept = [word for word in own if not set(re.split(r"[-’']", word.lower())) <= numbers]
    return " ".join(kept).removesuffix(" of")  # "the remains of four hostages"


def with_givers(found: Sequence[Handed], owed: Sequence[Handed]) -> tuple[Handed, ...]:
    """Where a report leaves an end open: the ends of the same count, of a near one that day, or of most such things.

    `owed` are the counts that an agreement says who is to hand over to whom.
    """
    known: dict[str | tuple[str, float], Counter[Ends]] = defaultdict(Counter)
    of_day: dict[tuple[str, date | None], list[Handed]] = defaultdict(list)
    partners: dict[str, Counter[str]] = defaultdict(Counter)
    for row in (*found, *owed):
        if (row.from_ or (row.unit not in CONDITION and row.to)) and row.own_noun and not row.back:
            for kind in _kinds_of(row):
                known[kind][row.from_, row.to] += 1
        if row.from_ and row.to:
            known[row.unit, row.count][row.from_, row.to] += 1
            of_day[row.unit, row.day].append(row)
            partners[row.from_][row.to] += 1
    made = []
    for row in found:
        votes = (
            known[row.unit, row.count]
            or Counter((one.from_, one.to) for one in of_day[row.unit, row.day] if is_alike(one, row))
            or sum((known[kind] for kind in _kinds_of(row)), Counter())
        )
        made.append(_given_back(_with_ends(row, votes), partners))
    return tuple(made)


def _given_back(row: Handed, partners: Mapping[str, Counter[str]]) -> Handed:
    """A count given back, by a body that the record tells to hand things to one other above all, goes to that one."""
    to = _most(partners[row.from_].items()) if row.returned and not row.to and row.from_ in partners else ""
    return replace(row, to=to, inferred="receiver") if to else row


def is_alike(one: Handed, other: Handed) -> bool:
    """Whether two counts are near enough to be two accounts of one thing."""
    return min(one.count, other.count) >= ALIKE * max(one.count, other.count)


def _with_ends(row: Handed, votes: Mapping[Ends, int]) -> Handed:
    """A count with the ends that most others of its kind have, where they do not speak against its own."""
    if row.from_ and (row.to or row.unit in CONDITION):
        return row
    if row.back:
        keeper = _most((to, n) for (_, to), n in votes.items() if to not in {"", row.to}) or ""
        return replace(row, from_=keeper, inferred="giver" if keeper else "")
    fitting = {
        (from_, to): n
        for (from_, to), n in votes.items()
        if from_ and row.from_ in {"", from_} and from_ != row.to and not (row.to and to and row.to != to)
    }
    both = {ends: n for ends, n in fitting.items() if ends[1]}
    if row.from_ and not both:  # whoever else hands such goods in, they go to the same hands
        keeper = _most((to, n) for (_, to), n in votes.items() if to not in {"", row.from_}) or ""
        return replace(row, to=keeper, inferred="receiver" if keeper else "")
    from_, to = _most((both or fitting).items()) or ("", "")
    return replace(row, from_=row.from_ or from_, to=row.to or to)


def _most(votes: Iterable[tuple[Key, int]]) -> Key | None:
    """What most speaks for; none where as much speaks for something else."""
    added: Counter[Key] = Counter()
    for key, count in votes:
        added[key] += count
    ranked = added.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _kinds_of(row: Handed) -> frozenset[str]:
    goods = frozenset({row.unit} - {"person"}) | key_words(row.noun)
    return goods - frozenset(content_words(" ".join(map(str, vocabulary("deeds")["counting"]))))
