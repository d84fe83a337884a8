"""Counts: the numbers of a text that say how many or how much, with hedge, noun and unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from parley.reader.countwords import GAP, WORD, counting_of, idle_words, patterns
from parley.reader.nouns import is_plural, rate_of, singular, unit_of
from parley.reader.numbers import Number, number_of, read_numbers
from parley.reader.times import time_spans
from parley.vocabulary import vocabulary

HEDGES = ("approx", "least", "most")
LEAD = 60  # characters before a number in which its hedge is looked for
LONGEST = 7  # words of a noun phrase behind its number
BESIDE = 25  # characters between two counts of one list
SMALL = 12  # structural nouns say how a thing is built up to so many
LARGE = 1000  # behind such a number a lone word is its noun, plural or not ("45,000 pilak")
LARGEST_RATIO = 10  # "four in ten" is a share, "four in 2031" is none
OLDEST = 110  # years; a bare number between commas behind a name is an age up to here


@dataclass(frozen=True, slots=True)
class Count:
    """A number or range with what stands around it."""

    first: int  # of the number itself
    last: int
    low: float | None
    high: float | None
    approx: bool
    share: bool  # a fraction; a percentage has the unit share too, with the number of per cent
    start: int  # with hedge and noun
    end: int
    noun: str = ""  # the head noun in the singular, lower case; "" where it is elided
    phrase: str = ""  # the head noun with its modifiers, as it stands
    unit: str = ""


def read_counts(text: str) -> list[Count]:
    """The numbers that are counts, with their phrases, in text order and apart from each other."""
    dates, found = time_spans(text), []
    ends = [end for _, end in dates]
    floor = 0
    for number in _ranges(text, _numbers(text)):
        nearest = bisect_right(ends, number.first)
        dated = nearest < len(dates) and dates[nearest][0] < number.last
        if number.first < floor or dated or _is_name(text, number):
            continue
        count = _behind(text, _before(text, floor, number))
        if _matters(text, count):
            found.append(count)
            floor = count.end
    return [count for order, count in enumerate(found) if not _is_idle(text, found, order)]


def _numbers(text: str) -> list[Number]:
    """The numbers of a text, "a" and "a single" before a unit of time among them."""
    ones = [Number(*match.span(match.lastgroup or 0), 1) for match in patterns()["one"].finditer(text)]
    return sorted(read_numbers(text) + ones, key=lambda number: number.start)


def _is_idle(text: str, counts: list[Count], order: int) -> bool:
    """Whether a "one" counts nothing: "send one soldier home". It does for times, and beside another count."""
    count = counts[order]
    if text[count.first : count.last].lower() != "one" or count.unit in vocabulary("units")["times"]:
        return False
    beside = [other for other in counts[max(0, order - 1) : order + 2] if other is not count]
    gaps = [text[min(count.end, other.end) : max(count.start, other.start)] for other in beside]
    return not any(len(gap) <= BESIDE and not re.search(r"[.;\n]", gap) for gap in gaps)


def _ranges(text: str, numbers: list[Number]) -> list[Count]:
    """Numbers as counts; two that are the ends of a range, or a ratio such as "four in ten", taken together."""
    counts: list[Count] = []
    for number in numbers:
        joined = _joined(text, counts[-1], number) if counts else None
        if joined:
            counts[-1] = joined
            continue
        high = None if number.vague else number.value
        span = (number.start, number.end)
        counts.append(Count(*span, number.value, high, number.vague, number.share, *span))
    return counts


def _joined(text: str, first: Count, last: Number) -> Count | None:
    low, gap = first.high or 0, text[first.last : last.start]
    if not 0 < low < last.value or first.low != low or first.share:
        return None
    between = text[max(0, first.first - len("between ")) : first.first].lower() == "between "
    if re.fullmatch(r"\s+and\s+" if between else r"\s*[-–—]\s*|\s+(?:to|or)\s+", gap):
        start = first.first - len("between ") * between
        return replace(first, start=start, last=last.end, end=last.end, high=last.value, approx=True)
    if gap != " in " or last.value > LARGEST_RATIO or patterns()["time"].match(text, last.end):
        return None
    share = round(low / last.value, 2)
    return replace(first, last=last.end, end=last.end, low=share, high=share, share=True)


def _is_name(text: str, number: Count) -> bool:
    """Whether a number names something: a provision, a list item, a vehicle, an hour or an age."""
    lead = text[max(0, number.first - LEAD) : number.first]
    if patterns()["named"].search(lead) or patterns()["clock"].match(text, number.last):
        return True
    digits = text[number.first].isdigit()
    if re.match(r"0\d", text[number.first : number.last]):  # of a telephone
        return True
    opens = not lead.rpartition("\n")[2].strip(" (")
    if digits and opens and re.match(r"[.):]", text[number.last : number.last + 1]):
        return True
    aged = re.search(r"[A-Z]\w+, $", lead) and re.match(r"[,.]", text[number.last : number.last + 1])
    return bool(digits and aged and (number.high or 0) <= OLDEST)


def _before(text: str, floor: int, count: Count) -> Count:
    """The count with its hedge, its determiner, its currency sign, and the bodies that it counts."""
    found = patterns()["before"].search(text, max(floor, count.start - LEAD), count.start)
    if not found or not found.group():
        return count
    start = count.start - len(found.group().lstrip())
    unit = "body" if found["bodies"] else ""
    if found["money"]:
        unit = vocabulary("units")["currencies"][found["money"].strip().upper()]
    kind = next((kind for kind in HEDGES if found[kind]), "")
    if kind and _is_no_hedge(text, start, found[kind], count.start):
        start, kind = start + len(found[kind]) + 1, ""
    return replace(_hedged(count, kind), start=start, unit=unit)


def _is_no_hedge(text: str, start: int, hedge: str, number: int) -> bool:
    """Whether a hedge is a particle ("handed over four soldiers") or a preposition ("around the nine fields")."""
    words = vocabulary("figures")
    lead = re.findall(r"\w+", text[max(0, start - LEAD) : start].lower())
    determined = text[start + len(hedge) : number].strip().lower()
    if hedge.lower() in words["prepositions"] and determined in words["definite"]:
        return True
    return hedge.lower() == "over" and bool(lead) and lead[-1] in words["phrasal"]


def _hedged(count: Count, kind: str) -> Count:
    if kind == "least":
        return replace(count, approx=True, high=None)
    if kind == "most":
        return replace(count, approx=True, low=None, high=count.high if count.high is not None else count.low)
    return replace(count, approx=True) if kind else count


def _behind(text: str, count: Count) -> Count:
    """The count with the noun that it counts, or share, and the rate."""
    count = _hedged_behind(text, count)
    percent = patterns()["percent"].match(text, count.last)
    if percent:
        points = percent.group().lower().endswith(("point", "points"))
        count = replace(count, end=percent.end(), unit="percentage point" if points else "share")
    elif count.share:
        count = replace(count, unit="share")
    else:
        count = _with_noun(text, count)
    rate = patterns()["rate"].match(text, count.end)
    if rate:
        every = rate["every"] or rate["per"] or vocabulary("units")["often"][rate["often"]]
        count = replace(count, end=rate.end(), unit=rate_of(count.unit or "?", every))
    if count.unit in vocabulary("units")["times"] and text[count.start : count.first].lower().startswith(
        "over "
    ):
        # "Over twenty nights" is in their course.
        count = replace(count, start=count.start + len("over "), high=count.low, approx=False)
    return _whole_times(text, _hedged_behind(text, count))


def _whole_times(text: str, count: Count) -> Count:
    """A time limit is the plain number ("at most 30 days"); a fortnight is two weeks."""
    times, multiples = vocabulary("units")["times"], vocabulary("units")["multiples"]
    if count.unit in times and count.low is None and patterns()["limit"].match(text, count.start):
        count = replace(count, low=count.high, approx=False)
    if count.unit not in multiples:
        return count
    number, unit = multiples[count.unit]
    low, high = (None if end is None else end * number for end in (count.low, count.high))
    return replace(count, low=low, high=high, unit=unit)


def _hedged_behind(text: str, count: Count) -> Count:
    """The count with the hedge behind it, which may stand before its noun: "500 or so villagers"."""
    behind = patterns()["behind"].match(text, count.end)
    if not behind:
        return count
    last = behind.end() if count.end == count.last else count.last
    kind = next(kind for kind in HEDGES if behind[kind])
    return replace(_hedged(count, kind), last=last, end=behind.end())


def _with_noun(text: str, count: Count) -> Count:
    """The count with its head noun: the first plural behind it, or what a hyphen ties to it ("42-day phase")."""
    words = _words_behind(text, count)
    hyphen = text[count.last : count.last + 1] == "-"
    head = _head(words, hyphen, count)
    if head is None:
        pronoun = patterns()["pronoun"].match(text, count.last)
        return replace(count, end=pronoun.end()) if pronoun else _part_of(text, count)
    noun = singular(words[head][2].partition("-")[0] if hyphen else words[head][2])  # "six-week-old"
    end = words[-1 if hyphen or words[head][2].endswith(("'", "’")) else head][1]
    of, kept = patterns()["of"].match(text, end), vocabulary("units")["measured"]
    if of and (
        noun in kept or of[1] in vocabulary("figures")["of_kept"] or of[1] in vocabulary("figures")["bodies"]
    ):
        end = of.end()
        count = replace(count, unit="body") if of[1] in vocabulary("figures")["bodies"] else count
    phrase = text[words[1 if hyphen and len(words) > 1 else 0][0] : end]
    unit = count.unit or unit_of(noun if hyphen else words[head][2])
    power = words[head - 1][2].lower() if head else ""
    if power in vocabulary("units")["powers"]:
        unit = f"{power} {unit}"
    return replace(count, end=end, noun=noun, phrase=phrase, unit=unit)


def _part_of(text: str, count: Count) -> Count:
    """A count of some of them with the noun of the whole: "19 of the sailors"; of a whole that is counted none."""
    part = patterns()["part"].match(text, count.last)
    words = _words_behind(text, replace(count, first=count.last, last=part.end())) if part else []
    head = _head(words, False, count) if not any(number_of(word) for _, _, word in words) else None
    if head is None or not is_plural(words[head][2]):
        return count
    noun = singular(words[head][2])
    phrase = text[words[0][0] : words[head][1]]
    return replace(count, end=words[head][1], noun=noun, phrase=phrase, unit=count.unit or unit_of(noun))


def _head(words: list[tuple[int, int, str]], hyphen: bool, count: Count) -> int | None:
    """Which word is the head: what a hyphen ties on, the last of one thing, the first plurals of several."""
    single = 1 in (count.high, count.low if count.high is None else None)
    if not words or (words[0][2].endswith("ed") and (hyphen or single)):  # "three-cornered"
        return None
    if hyphen or single:
        return 0 if hyphen else len(words) - 1
    plural = [is_plural(word) for _, _, word in words]
    if True in plural:
        first = plural.index(True)
        return next((order - 1 for order in range(first, len(words)) if not plural[order]), len(words) - 1)
    lone = len(words) == 1 and words[0][2].islower() and not words[0][2].endswith("ed")
    return 0 if lone and (count.high or count.low or 0) >= LARGE else None


def _words_behind(text: str, count: Count) -> list[tuple[int, int, str]]:
    """The words behind a number up to the end of its noun phrase at the farthest."""
    ends, past = idle_words()
    found: list[tuple[int, int, str]] = []
    position = count.last
    if text[count.first : count.last].lower().split()[-1] in counting_of() and text.startswith(
        " of ", position
    ):
        position += len(" of")
    while len(found) < LONGEST:
        gap = GAP.match(text, position)
        word = WORD.match(text, gap.end()) if gap else None
        if not word or word.group().lower() in ends or word.group() in past:
            break
        found.append((*word.span(), word.group()))
        position = word.end()
    while len(found) > 1 and found[-1][2].endswith("ed"):  # a verb, not an adjective
        found.pop()
    return found


def _matters(text: str, count: Count) -> bool:
    """Whether a count says how much or how many there is of something, not how a thing is built."""
    words, number = vocabulary("figures"), text[count.first : count.last].lower()
    lead = text[max(0, count.first - LEAD) : count.first]
    if count.unit.startswith("share") and not count.share:
        return True
    if count.share:
        halved = number != "half" or re.match(
            r"\s+(?:of|the|its|their|his)\b", text[count.last : count.last + 8]
        )
        return bool(halved) and not patterns()["ordinal"].search(lead)
    small = (count.high or count.low or 0) <= SMALL
    if (small and count.noun in words["structural"]) or number in ("zero", "0"):
        return False
    if number == "one":
        units = vocabulary("units")
        return count.unit in {"person", "body", *units["times"], *units["signs"].values()}
    return bool(count.noun) or not (_is_called(text, count, lead) or _is_back_reference(text, count))


def _is_called(text: str, count: Count, lead: str) -> bool:
    """Whether a number without a noun is a name, an hour, a year or a frequency: "Camp 7", "at ten", "94.1"."""
    number, around = text[count.first : count.last], patterns()
    if count.unit:
        return False
    if re.fullmatch(r"\d+\.\d+|(?:19|20|21)\d\d", number):
        return True
    hour = (count.high or 0) <= 24 and around["hour"].search(lead)
    if hour or around["called"].search(lead) or text.startswith("-", count.last):
        return True
    named = re.search(r"\b([A-Z][\w'’]*)[ -]$", text[max(0, count.start - LEAD) : count.start])
    return number.isdigit() and named is not None and named[1].lower() not in idle_words()[0]


def _is_back_reference(text: str, count: Count) -> bool:
    """Whether a number only points back: "the two", or a name made of it: "the Eleven"."""
    number, determiner = text[count.first : count.last], text[count.start : count.first].strip()
    if number.lower() == "two":
        return determiner.lower() in vocabulary("figures")["determiners"]
    return determiner.islower() and number.istitle() and not number.isdigit()
