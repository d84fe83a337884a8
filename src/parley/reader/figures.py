"""Figures: every count or amount that matters to a negotiation, with its hedge, unit, and what is said of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from parley.model import Article, Figure, row_id
from parley.reader.clauses import BREAK, distance, nearest_verb, verbs
from parley.reader.numbers import Number, alternatives, read_numbers
from parley.reader.sentences import sentences
from parley.reader.times import time_spans
from parley.vocabulary import vocabulary

LEAD = 60  # characters before a number in which its hedge is looked for
LONGEST = 7  # words of a noun phrase behind its number
WINDOW = 200  # characters to each side in which the verbs of a figure are looked for
WORD = re.compile(r"[^\W_](?:[\w'’&/]|[.-](?=\w))*")
GAP = re.compile(r"[ \t\u00a0]+|-(?=[^\W\d_])")
FAR = 16  # words, clause boundaries counted; a verb farther off says nothing about a figure
WORDS = 8  # of a `what` at most
NEAR_BEHIND = 4  # ... of which so many from behind the figure, before any from before it
NEAR = 8
BESIDE = 25  # characters between two counts of one list
SMALL = 12  # structural nouns say how a thing is built up to so many
LARGE = 1000  # behind such a number a lone word is its noun, plural or not ("45,000 pilak")
OLDEST = 110  # years; a bare number between commas behind a name is an age up to here


@dataclass(frozen=True, slots=True)
class _Count:
    """A number or range with what stands around it."""

    first: int  # of the number itself
    last: int
    low: float | None
    high: float | None
    approx: bool
    share: bool
    start: int  # with hedge and noun
    end: int
    noun: str = ""  # the head noun in the singular, lower case; "" where it is elided
    phrase: str = ""  # the head noun with its modifiers, as it stands
    unit: str = ""


def read_figures(article: Article) -> tuple[Figure, ...]:
    """Every count or amount, in text order; no dates, ordinals, clock times, ages, or numbers that are names."""
    text = article.text
    bounds = sentences(text)
    starts = [start for start, _ in bounds]
    rows: list[Figure] = []
    for count in _inherited(text, _counts(text)):
        start, end = bounds[max(0, bisect_right(starts, count.first) - 1)]
        window = (max(start, count.start - WINDOW), min(end, count.end + WINDOW))
        rows.append(_row(article, count, *window))
    return tuple(rows)


def _row(article: Article, count: _Count, start: int, end: int) -> Figure:
    sentence, at = article.text[start:end], (count.start - start, count.end - start)
    return Figure(
        id=row_id("figure", article.id, [(count.start, count.end)]),
        article=article.id,
        start=count.start,
        end=count.end,
        text=article.text[count.start : count.end],
        low=count.low,
        high=count.high,
        approx=count.approx,
        unit=count.unit,
        what=_what(count, sentence, at),
        status=_status(count, sentence, at),
    )


# ------------------------------------------------------------------ numbers and what stands around them


def _counts(text: str) -> list[_Count]:
    """The numbers that are counts, with their phrases, in text order and apart from each other."""
    dates, found = time_spans(text), []
    ends = [end for _, end in dates]
    floor = 0
    for number in _ranges(text, _numbers(text)):
        nearest = bisect_right(ends, number.first)
        dated = nearest < len(dates) and dates[nearest][0] < number.last
        if dated or _is_name(text, number):
            continue
        count = _behind(text, _before(text, floor, number))
        if _matters(text, count):
            found.append(count)
            floor = count.end
    return [count for order, count in enumerate(found) if not _is_idle(text, found, order)]


def _numbers(text: str) -> list[Number]:
    """The numbers of a text, "a" and "a single" before a unit of time among them."""
    ones = [Number(*match.span(match.lastgroup or 0), 1) for match in _patterns()["one"].finditer(text)]
    return sorted(read_numbers(text) + ones, key=lambda number: number.start)


def _is_idle(text: str, counts: list[_Count], order: int) -> bool:
    """Whether a "one" counts nothing: "send one soldier home". It does for times, and beside another count."""
    count = counts[order]
    if text[count.first : count.last].lower() != "one" or count.unit in vocabulary("units")["times"]:
        return False
    beside = [other for other in counts[max(0, order - 1) : order + 2] if other is not count]
    gaps = [text[min(count.end, other.end) : max(count.start, other.start)] for other in beside]
    return not any(len(gap) <= BESIDE and not re.search(r"[.;\n]", gap) for gap in gaps)


def _ranges(text: str, numbers: list[Number]) -> list[_Count]:
    """Numbers as counts, two that are the ends of one range taken together."""
    counts: list[_Count] = []
    for number in numbers:
        gap = text[counts[-1].last : number.start] if counts else "\n"
        lead = text[max(0, counts[-1].first - 9) : counts[-1].first].lower() if counts else ""
        joint = r"\s+and\s+" if lead.endswith("between ") else r"\s*[-–—]\s*|\s+(?:to|or)\s+"
        if re.fullmatch(joint, gap) and not counts[-1].approx and (counts[-1].high or 0) < number.value:
            start = counts[-1].first - 8 * lead.endswith("between ")
            counts[-1] = replace(counts[-1], start=start, last=number.end, end=number.end, high=number.value)
            continue
        high = None if number.vague else number.value
        span = (number.start, number.end)
        counts.append(_Count(*span, number.value, high, number.vague, number.share, *span))
    return counts


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words, units = vocabulary("figures"), vocabulary("units")
    hedge = "|".join(rf"(?P<{kind}>{alternatives(listed)})" for kind, listed in words["hedges"].items())
    behind = "|".join(
        rf"(?P<{kind}>{alternatives(listed)})" for kind, listed in words["hedges_behind"].items()
    )
    hedge_words, times = re.sub(r"\?P<\w+>", "?:", hedge), alternatives(units["times"])
    money, bodies = alternatives(units["currencies"]), alternatives(words["bodies"])
    always = alternatives(words["named_by_always"])
    capital = "|".join(f"{word.capitalize()}|{word.upper()}" for word in words["named_by"])
    return {
        "before": re.compile(
            rf"(?P<bodies>\b(?:the\s+)?(?:{bodies})\s+of\s+)?(?:(?<!\w)(?:{hedge})\s+)?"
            rf"(?:(?<!\w)(?:{alternatives(words['determiners'])})\s+)?(?P<money>(?<!\w)(?:{money})\s?)?$",
            re.IGNORECASE,
        ),
        "one": re.compile(
            rf"(?<!\w)(?:{hedge_words})\s+(?P<hedged>an?)(?=\s+(?:{times})\b)|\b(?P<single>an?\s+single)(?=\s+(?:{times})\b)",
            re.IGNORECASE,
        ),
        "behind": re.compile(rf"\s+(?:{behind})\b", re.IGNORECASE),
        "named": re.compile(rf"(?:\b(?i:{always})\.?\s+(?:\d[\w.]*(?:,|\s+and|\s+or|\s+to)\s+)?|[§#№/]\s*)$"),
        "called": re.compile(rf"\b(?:{capital})[ -](?:\d[\w.]*(?:,|\s+and|\s+or|\s+to)\s+)?$"),
        "hour": re.compile(
            r"\b(?:at|past|shortly\s+after|shortly\s+before)\s+(?:(?:about|around)\s+)?(?:\w+\s+(?:to|past)\s+)?$",
            re.I,
        ),
        "ordinal": re.compile(r"\b(?:first|second|third|other|latter|last|final)\s+$", re.I),
        "clock": re.compile(
            r"\s*(?:[ap]\.?\s?m\b|o[’']clock|GMT\b|UTC\b|hrs\b|hours\s+local)|[-\s]years?[-\s]old\b|\.\d|[-–]\w*\d",
            re.I,
        ),
        "percent": re.compile(
            r"\s?%|\s+(?:per\s?cent|pc)\b(?:age\s+points?)?|\s+percentage\s+points?\b", re.IGNORECASE
        ),
        "rate": re.compile(
            rf"\s+(?:(?:an?|each|every)\s+(?P<every>{alternatives(units['rates'])})\b|per\s+(?P<per>[a-z]+)\b|(?P<daily>daily)\b)"
        ),
        "of": re.compile(
            r"\s+of\s+(?=[a-z])(?!the\b|them\b|those\b|these\b|its\b|their\b|which\b|whom\b)([a-z]+)"
        ),
        "pronoun": re.compile(r"\s+of\s+(?:them|those|these|us|whom)\b|\s+(?:more|others?)\b(?!\s+than)"),
    }


def _is_name(text: str, number: _Count) -> bool:
    """Whether a number names something: a provision, a list item, a vehicle, an hour or an age."""
    lead = text[max(0, number.first - LEAD) : number.first]
    if _patterns()["named"].search(lead) or _patterns()["clock"].match(text, number.last):
        return True
    digits = text[number.first].isdigit()
    opens = not lead.rpartition("\n")[2].strip(" (")
    if digits and opens and re.match(r"[.):]", text[number.last : number.last + 1]):
        return True
    aged = re.search(r"[A-Z]\w+, $", lead) and re.match(r"[,.]", text[number.last : number.last + 1])
    return bool(digits and aged and (number.high or 0) <= OLDEST)


def _before(text: str, floor: int, count: _Count) -> _Count:
    """The count with its hedge, its determiner, its currency sign, and the bodies that it counts."""
    found = _patterns()["before"].search(text, max(floor, count.start - LEAD), count.start)
    if not found or not found.group():
        return count
    start = count.start - len(found.group().lstrip())
    unit = "body" if found["bodies"] else ""
    if found["money"]:
        unit = vocabulary("units")["currencies"][found["money"].strip().upper()]
    kind = next((kind for kind in ("approx", "least", "most") if found[kind]), "")
    if kind and _is_no_hedge(text, start, found[kind], count.start):
        start, kind = start + len(found[kind]) + 1, ""
    return replace(_hedged(count, kind), start=start, unit=unit)


def _is_no_hedge(text: str, start: int, hedge: str, number: int) -> bool:
    """Whether a hedge is a particle ("handed over four soldiers") or a preposition ("around the nine fields")."""
    words = vocabulary("figures")
    verb = re.search(r"(\w+)\s+$", text[max(0, start - LEAD) : start])
    determined = text[start + len(hedge) : number].strip().lower()
    if hedge.lower() in words["prepositions"] and determined in words["definite"]:
        return True
    return bool(verb) and hedge.lower() == "over" and verb[1].lower() in words["phrasal"]


def _hedged(count: _Count, kind: str) -> _Count:
    if kind == "least":
        return replace(count, approx=True, high=None)
    if kind == "most":
        return replace(count, approx=True, low=None, high=count.high if count.high is not None else count.low)
    return replace(count, approx=True) if kind else count


def _behind(text: str, count: _Count) -> _Count:
    """The count with the noun that it counts, or percent, and the rate."""
    patterns = _patterns()
    percent = patterns["percent"].match(text, count.last)
    if percent:
        count = replace(count, end=percent.end(), share=True)
    elif not count.share:
        count = _with_noun(text, count)
    rate = patterns["rate"].match(text, count.end)
    if rate and not count.share:
        every = rate["every"] or rate["per"] or "day"
        count = replace(count, end=rate.end(), unit=f"{count.unit or '?'}/{every}")
    if count.unit in vocabulary("units")["times"] and text[count.start : count.first].lower().split() == [
        "over"
    ]:
        # "Over twenty nights" is in their course.
        count = replace(count, start=count.first, high=count.low, approx=False)
    behind = patterns["behind"].match(text, count.end)
    if behind:
        kind = next(kind for kind in ("approx", "least", "most") if behind[kind])
        count = replace(_hedged(count, kind), end=behind.end())
    return replace(count, unit="share") if count.share else count


def _with_noun(text: str, count: _Count) -> _Count:
    """The count with its head noun: the first plural behind it, or what a hyphen ties to it ("42-day phase")."""
    words = _words_behind(text, count)
    hyphen = text[count.last : count.last + 1] == "-"
    if hyphen and words and words[0][2].endswith("ed"):
        words = []  # "three-cornered"
    head = 0 if hyphen else len(words) - 1 if count.high == 1 else _head(words)
    if head < 0 and len(words) == 1 and (count.high or count.low or 0) >= LARGE and words[0][2].islower():
        head = 0
    if not 0 <= head < len(words):
        pronoun = _patterns()["pronoun"].match(text, count.last)
        return replace(count, end=pronoun.end() if pronoun else count.last)
    noun = _singular(words[head][2])
    if noun.endswith("ed"):
        return count
    end = words[-1 if hyphen else head][1]
    measured = _patterns()["of"].match(text, end)
    if measured and measured[1] in vocabulary("figures")["bodies"]:
        end, count = measured.end(), replace(count, unit="body")
    elif measured and (
        noun in vocabulary("units")["measured"] or measured[1] in vocabulary("figures")["of_kept"]
    ):
        end = measured.end()
    phrase = text[words[1 if hyphen and len(words) > 1 else 0][0] : end]
    return replace(count, end=end, noun=noun, phrase=phrase, unit=count.unit or _unit(words[head][2]))


def _words_behind(text: str, count: _Count) -> list[tuple[int, int, str]]:
    """The words behind a number up to the end of its noun phrase at the farthest."""
    ends, past = _ends()
    found: list[tuple[int, int, str]] = []
    of = re.compile(r"\s+of(?=\s)").match(text, count.last)
    counts_of = text[count.first : count.last].lower().split()[-1] in _counting_of()
    position = of.end() if of and counts_of else count.last
    while len(found) < LONGEST:
        gap = GAP.match(text, position)
        word = WORD.match(text, gap.end()) if gap else None
        if not word or word.group().lower() in ends or word.group() in past:
            break
        found.append((*word.span(), word.group()))
        position = word.end()
    return found


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(vocabulary("figures")["ends"]), frozenset(vocabulary("tenses")["irregular_past"])


@cache
def _counting_of() -> frozenset[str]:
    """Number words that count what stands behind "of": dozens of people, a pair of boats."""
    return frozenset({**vocabulary("numbers")["vague"], **vocabulary("numbers")["pairs"]})


def _head(words: list[tuple[int, int, str]]) -> int:
    """Which word is the head: the first plural and those that follow it at once; -1 if there is none."""
    head = -1
    for order, (_, _, word) in enumerate(words):
        if _singular(word) != word.lower() or word.lower() in vocabulary("figures")["plurals"]:
            head = order
        elif head >= 0:
            break
    return head


@cache
def _singular(word: str) -> str:
    """The singular of a noun in lower case; the word itself if it is no plural."""
    words = vocabulary("figures")
    lower = word.lower().removesuffix("'").removesuffix("’")
    if lower in words["plurals"]:
        return str(words["plurals"][lower])
    if (
        not lower.endswith("s")
        or lower.endswith(("ss", "us", "is", "'s", "’s"))
        or lower in words["no_plural"]
    ):
        return lower
    if lower != word.lower() and _unit(lower[:-1]) not in vocabulary("units")["times"]:
        return word.lower()  # "the prisoners' families" are families, but "seven days' notice" is days
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    return lower[:-2] if lower.endswith(("sses", "shes", "ches", "xes", "zes")) else lower[:-1]


@cache
def _unit(word: str) -> str:
    """What a noun counts in: person, body, tonne, day, a currency's code, else its own singular."""
    units = vocabulary("units")
    noun = _singular(word) if word.lower() not in units["times"] else word.lower()
    known = {listed: unit for unit, nouns in units["nouns"].items() for listed in nouns}
    last = noun.rpartition("-")[2]
    if noun in known or last in known:
        return str(known.get(noun) or known[last])
    thing = any(last.endswith(listed) for listed in units["things"])
    endings = units["person_endings"] + (units["people_endings"] if word[0].isupper() else [])
    return "person" if last.endswith(tuple(endings)) and not thing else noun


def _matters(text: str, count: _Count) -> bool:
    """Whether a count says how much or how many there is of something, not how a thing is built."""
    words, number = vocabulary("figures"), text[count.first : count.last].lower()
    lead = text[max(0, count.first - LEAD) : count.first]
    if count.share:
        halved = number != "half" or re.match(r"\s+(?:of|the|its|their|his)\b", text[count.last :][:8])
        return bool(halved) and not _patterns()["ordinal"].search(lead)
    small = (count.high or count.low or 0) <= SMALL
    if (small and count.noun in words["structural"]) or number in ("zero", "0"):
        return False
    if number == "one":
        return count.unit in {**vocabulary("units")["nouns"], **dict.fromkeys(vocabulary("units")["times"])}
    return bool(count.noun) or not (_is_called(text, count, lead) or _is_back_reference(text, count))


def _is_called(text: str, count: _Count, lead: str) -> bool:
    """Whether a number without a noun is a name, an hour, a year or a frequency: "Camp 7", "at ten", "94.1"."""
    number = text[count.first : count.last]
    if (
        re.fullmatch(r"\d+\.\d+", number)
        or _patterns()["called"].search(lead)
        or _patterns()["hour"].search(lead)
    ):
        return count.unit == ""
    if re.fullmatch(r"(?:19|20|21)\d\d", number) and not count.unit:
        return True
    named = re.search(r"[^.!?:;,\s“\"]\s+[A-Z][a-z][\w'’]*[ -]$|[A-Z]-$", lead)
    return bool(named) and number.isdigit()


def _is_back_reference(text: str, count: _Count) -> bool:
    """Whether a number only points back: "the two", or a name made of it: "the Eleven"."""
    number, determiner = text[count.first : count.last], text[count.start : count.first].strip()
    if number.lower() == "two":
        return determiner.lower() in vocabulary("figures")["determiners"]
    return determiner.islower() and number.istitle() and not number.isdigit()


def _inherited(text: str, counts: list[_Count]) -> list[_Count]:
    """The counts, those whose noun is elided with the noun of the one that they are taken from."""
    done: list[_Count] = []
    for order, count in enumerate(counts):
        if count.noun or count.share:
            done.append(count)
            continue
        of_next = order + 1 < len(counts) and re.fullmatch(
            r"\s+of\s+", text[count.last : counts[order + 1].start]
        )
        here = [other for other in done[-3:] if other.noun and "\n" not in text[other.end : count.start]]
        people = [other for other in done[-12:] if other.noun and other.unit == "person"]
        source = counts[order + 1] if of_next else (here or people or [None])[-1]
        unit, phrase = (source.unit, source.phrase) if source else ("person", "")
        if count.unit:
            unit = unit.partition("/")[0] + count.unit[1:] if count.unit.startswith("?") else count.unit
        done.append(replace(count, unit=unit or "person", phrase=phrase))
    return done


# ------------------------------------------------------------------ what is said of them


@cache
def _statuses() -> re.Pattern[str]:
    groups = []
    for status, listed in vocabulary("figures")["status"].items():
        forms = "|".join(re.escape(form).replace(r"\\w\*", r"\w*").replace(r"\ ", r"\s+") for form in listed)
        groups.append(rf"(?P<{status}>{forms})")
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


def _status(count: _Count, sentence: str, at: tuple[int, int]) -> str:
    """What happened to the people or things counted, from the nearest words that say so and their tense."""
    hits = [
        (distance(sentence, match.span(), at), match.lastgroup or "", match.start())
        for match in _statuses().finditer(sentence)
        if match.end() <= at[0] or match.start() >= at[1]
    ]
    wish = min((hit for hit in hits if hit[1] in ("demanded", "promised")), default=(FAR, "other", 0))
    people = count.unit in ("person", "body")
    if count.unit.partition("/")[0] in vocabulary("units")["times"] or count.share:
        return wish[1] if wish[0] < NEAR else "other"
    deed = min(
        (hit for hit in hits if hit[1] == "released" or (people and hit[1] in ("held", "dead"))),
        default=(FAR, "", 0),
    )
    if deed[0] >= FAR:
        return wish[1] if wish[0] < FAR else "other"
    if deed[1] != "released":
        return deed[1]
    verb = next((verb for verb in verbs(sentence) if verb.start <= deed[2] < verb.end), None)
    if verb and verb.tense in ("past", "perfect"):
        return "released"
    if wish[0] < FAR:
        return wish[1]
    return "promised" if verb and verb.tense == "future" else "released"


def _what(count: _Count, sentence: str, at: tuple[int, int]) -> str:
    """The noun with its modifiers, then the nearest words of its clause, its verb first chosen, in text order."""
    phrase = count.phrase.split()[-LONGEST:]
    breaks = [match.span() for match in BREAK.finditer(sentence)]
    first = max((end for _, end in breaks if end <= at[0]), default=0)
    last = min((start for start, _ in breaks if start >= at[1]), default=len(sentence))
    verb = nearest_verb(sentence, verbs(sentence), *at)
    deed = list(WORD.finditer(sentence, verb.start, verb.end))[-1:] if verb else []
    behind, before = _content(sentence, at[1], last), _content(sentence, first, at[0])
    near = sorted(
        {*deed, *[*behind[:NEAR_BEHIND], *before[::-1]][: WORDS - len(phrase)]}, key=lambda word: word.start()
    )
    told = [word.group() for word in near if word.group() not in phrase]
    return " ".join([*phrase, *told][:WORDS])


def _content(sentence: str, start: int, end: int) -> list[re.Match[str]]:
    """The words between two offsets that say what they are about."""
    idle = _ends()[0] | _ends()[1]
    words = WORD.finditer(sentence, start, end)
    return [
        word
        for word in words
        if len(word.group()) > 2 and word.group().lower() not in idle and word.group()[0].isalpha()
    ]
