"""Expressions of time are found with the words that belong to them and resolved to days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.model import Article, Time
from parley.reader.clauses import nearest_verb, verbs
from parley.reader.days import apart, half, month_of, shifted, third, week_in, whole
from parley.reader.times import read_times, time_spans
from parley.vocabulary import vocabulary

WEDNESDAY = date(2031, 3, 12)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WEEKDAYS = st.sampled_from(sorted(vocabulary("times")["weekdays"]))
PIECES = """The envoy left on Friday|, |. |6 May|from |to |between |and |since |until |mid-|April|late |evening|3|
three days later|last week|the coming days|May|29 February|2031-02-30|in 2029|the end of |
will meet on Monday|overnight|two weeks ago|the 31st,|for three weeks|before |have waited |the weekend|
of last year|9999-12-31|999 years ago|Sept. 6-9|the week of |first half of |that day|last month|
the next morning|31.12.2030|999 months later"""


def read(text: str, published: date | None = WEDNESDAY) -> list[Time]:
    """The times of a text published on a day."""
    article = Article("art-1", "a.txt", "The Bay Courier", text, published=published)
    return list(read_times(article))


def one(text: str, published: date | None = WEDNESDAY) -> tuple[str, str | None, str | None]:
    """The only time of a text, with its days as written."""
    (time,) = read(text, published)
    start, end = (day.isoformat() if day else None for day in (time.start, time.end))
    return time.text, start, end


@pytest.mark.parametrize(
    ("text", "found", "start", "end"),
    [
        # dates
        ("date 2031-03-15 OSKA –", "2031-03-15", "2031-03-15", "2031-03-15"),
        ("OSKA, 6 September (BCA) —", "6 September", "2031-09-06", "2031-09-06"),
        ("OSKA, Sept. 6 (BCA) -", "Sept. 6", "2031-09-06", "2031-09-06"),
        ("Signed on 15.01.2030.", "15.01.2030", "2030-01-15", "2030-01-15"),
        ("They signed on Wednesday, 5 March.", "Wednesday, 5 March", "2031-03-05", "2031-03-05"),
        ("It was signed on March 5, 2029.", "March 5, 2029", "2029-03-05", "2029-03-05"),
        (
            "It fell on the twenty-third of January.",
            "the twenty-third of January",
            "2031-01-23",
            "2031-01-23",
        ),
        ("They were due on the 7th, he said.", "the 7th", "2031-03-07", "2031-03-07"),
        ("Taken in May of last year.", "May of last year", "2030-05-01", "2030-05-31"),
        ("Bulletin No. 7, 20 February 2031", "20 February 2031", "2031-02-20", "2031-02-20"),
        ("It was handed in on the fourteenth, he said.", "the fourteenth", "2031-02-14", "2031-02-14"),
        ("They agreed that the herds leave by 30 August.", "30 August", "2031-08-30", "2031-08-30"),
        ("It was paid at Christmas.", "Christmas", "2030-12-25", "2030-12-25"),
        ("They had met before the New Year.", "the New Year", "2031-01-01", "2031-01-01"),
        # a day to which somebody is asked is to come
        ("She has summoned both for Thursday.", "Thursday", "2031-03-13", "2031-03-13"),
        ("He expects a ruling on Friday.", "Friday", "2031-03-14", "2031-03-14"),
        # weeks named by a day, days beside another, days by their place in a month
        ("The talks stalled this week.", "this week", "2031-03-10", "2031-03-16"),
        ("They met this month.", "this month", "2031-03-01", "2031-03-31"),
        ("They will meet in the coming week.", "the coming week", "2031-03-17", "2031-03-23"),
        ("The week starting 17 March is free.", "The week starting 17 March", "2031-03-17", "2031-03-23"),
        ("The week ending 16 March was dry.", "The week ending 16 March", "2031-03-10", "2031-03-16"),
        ("They leave the week after next.", "the week after next", "2031-03-24", "2031-03-30"),
        ("They left the week before last.", "the week before last", "2031-02-24", "2031-03-02"),
        ("They meet in two weeks' time.", "in two weeks' time", "2031-03-26", "2031-03-26"),
        ("He left on the last day of February.", "the last day of February", "2031-02-28", "2031-02-28"),
        (
            "They met on the last Friday of February.",
            "the last Friday of February",
            "2031-02-28",
            "2031-02-28",
        ),
        (
            "It opens on the first Monday in April.",
            "the first Monday in April",
            "2031-04-07",
            "2031-04-07",
        ),
        ("He came in the last days of February.", "last days of February", "2031-02-21", "2031-02-28"),
        ("They left in mid-2029.", "mid-2029", "2029-05-01", "2029-08-31"),
        # months and their parts
        ("The pact took hold in January.", "January", "2031-01-01", "2031-01-31"),
        ("It ended in early March.", "early March", "2031-03-01", "2031-03-10"),
        ("It will end by mid-April.", "mid-April", "2031-04-11", "2031-04-20"),
        ("He left in late February.", "late February", "2031-02-21", "2031-02-28"),
        ("Talks opened at the end of January.", "the end of January", "2031-01-21", "2031-01-31"),
        ("Talks must open by the end of April.", "the end of April", "2031-04-30", "2031-04-30"),
        ("The pier must open by the end of the month.", "the end of the month", "2031-03-31", "2031-03-31"),
        ("He will go in the last week of April.", "the last week of April", "2031-04-24", "2031-04-30"),
        (
            "It will be paid in the second half of the year.",
            "the second half of the year",
            "2031-07-01",
            "2031-12-31",
        ),
        ("They met in November.", "November", "2030-11-01", "2030-11-30"),
        ("They will meet in November.", "November", "2031-11-01", "2031-11-30"),
        ("Missing since last June.", "since last June", "2030-06-01", "2031-03-12"),
        # longer spans
        (
            "Prices fell in the third quarter of 2030.",
            "the third quarter of 2030",
            "2030-07-01",
            "2030-09-30",
        ),
        ("It began last spring.", "last spring", "2030-03-01", "2030-05-31"),
        ("The mine was closed in 2029.", "2029", "2029-01-01", "2029-12-31"),
        ("They spoke earlier this month.", "earlier this month", "2031-03-01", "2031-03-12"),
        ("They spoke late last week.", "late last week", "2031-03-08", "2031-03-09"),
        ("They spoke last week.", "last week", "2031-03-03", "2031-03-09"),
        ("They will speak next month.", "next month", "2031-04-01", "2031-04-30"),
        ("They will speak later this week.", "later this week", "2031-03-13", "2031-03-16"),
        ("They rested over the weekend.", "the weekend", "2031-03-08", "2031-03-09"),
        ("They have met in the past ten days.", "the past ten days", "2031-03-02", "2031-03-12"),
        ("They will meet in the coming days.", "the coming days", "2031-03-13", None),
        ("The men have waited for three weeks.", "for three weeks", "2031-02-19", "2031-03-12"),
        # ranges
        ("The lull runs from 3 to 9 May.", "from 3 to 9 May", "2031-05-03", "2031-05-09"),
        ("The lull of 3-9 May", "3-9 May", "2031-05-03", "2031-05-09"),
        ("They met on 24 and 25 February.", "24 and 25 February", "2031-02-24", "2031-02-25"),
        ("They met between Monday and Thursday.", "between Monday and Thursday", "2031-03-03", "2031-03-06"),
        ("from 28 December to 3 January", "from 28 December to 3 January", "2030-12-28", "2031-01-03"),
        # days near publication
        ("Shells fell overnight.", "overnight", "2031-03-11", "2031-03-12"),
        ("He left two weeks ago.", "two weeks ago", "2031-02-26", "2031-02-26"),
        ("The week of 3 March was calm.", "The week of 3 March", "2031-03-03", "2031-03-09"),
        ("They came three days before 9 March.", "three days before 9 March", "2031-03-06", "2031-03-06"),
        ("It is shut since Monday.", "since Monday", "2031-03-10", "2031-03-12"),
        ("It will stay shut until Friday.", "until Friday", "2031-03-14", "2031-03-14"),
    ],
)
def test_expressions(text: str, found: str, start: str, end: str | None) -> None:
    """Every kind of expression, with the words that belong to it and the days it names."""
    assert one(text) == (found, start, end)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The envoy left on Friday.", "2031-03-07"),
        ("The envoy left on Wednesday.", "2031-03-12"),
        ("The envoy will leave on Friday.", "2031-03-14"),
        ("The envoy is to leave on Friday.", "2031-03-14"),
        ("The lists must be handed in by Friday.", "2031-03-14"),
        ("Talks resume on Monday.", "2031-03-17"),
        ("The handover is set for Monday.", "2031-03-17"),
        ("He said on Friday that it would open.", "2031-03-07"),
        ("The minister said it would open on Friday.", "2031-03-14"),
        ("On Friday, the union agreed to return.", "2031-03-07"),
        ("The group had received a paper on Thursday to renew the talks.", "2031-03-06"),
        ("She wrote to us on Monday.", "2031-03-10"),
        ("They will return next Tuesday.", "2031-03-18"),
        ("They returned last Wednesday.", "2031-03-05"),
        ("They met on Monday of last week.", "2031-03-03"),
        ("A pause beginning Friday was put forward.", "2031-03-14"),
        ("The deadline is Friday.", "2031-03-14"),
        ("They met in the night from Monday.", "2031-03-10"),
    ],
)
def test_weekdays_follow_the_tense_of_their_clause(text: str, day: str) -> None:
    """A past clause names the last such day, publication included; a future one the next."""
    assert one(text)[1:] == (day, day)


@pytest.mark.parametrize(
    ("text", "found", "part"),
    [
        ("The group said late Friday that it agreed.", "late Friday", "late"),
        ("On Wednesday evening it snowed.", "Wednesday evening", "evening"),
        ("Earlier on Friday it had snowed.", "Earlier on Friday", "early"),
        ("It was shut on the afternoon of 4 March.", "the afternoon of 4 March", "afternoon"),
        ("He called last night.", "last night", "night"),
    ],
)
def test_parts_of_a_day(text: str, found: str, part: str) -> None:
    """The part of the day belongs to the expression and stands in `part`."""
    (time,) = read(text)
    assert (time.text, time.part) == (found, part)


@pytest.mark.parametrize(
    "text",
    [
        "They meet every Friday.",
        "It rings every evening at 10 p.m.",
        "May the lull hold.",
        "He may come.",
        "August Tellmann said no.",
        "The Sunday Courier was wrong.",
        "The strike will last for three weeks.",
        "Under Resolution 2017, Article 4 holds.",
        "They sent winter clothing and 2030 beds.",
        "He left on 30 February.",
    ],
)
def test_what_names_no_day_is_left_out(text: str) -> None:
    """Habits, hours, names, verbs, counts, and days that the calendar lacks are no times."""
    assert read(text) == []


def test_an_expression_may_rest_on_the_one_before() -> None:
    """Days later, the next day and a bare day of the month count from what the text named last."""
    times = read(
        "The buses left on 3 February. Two days later they came back. The next morning they left again."
    )
    assert [time.start for time in times] == [date(2031, 2, 3), date(2031, 2, 5), date(2031, 2, 6)]
    times = read("They came on 22 January, and they were due on the 13th, he said.")
    assert times[1].start == date(2031, 1, 13)


def test_a_verb_governs_the_day_that_a_preposition_ties_to_it() -> None:
    """Of two verbs as near, the one before the day's preposition tells its tense."""
    left, due = read("The boats that left on Monday will arrive on Friday.")
    assert (left.start, due.start) == (date(2031, 3, 10), date(2031, 3, 14))


def test_the_day_before_or_after_is_of_the_day_named_last() -> None:
    """Without a day named before, "the day after" names none."""
    assert read("They met on 3 March. The day before, they had quarrelled.")[1].start == date(2031, 3, 2)
    assert read("They met again the day after.") == []
    assert read("They left on 6 March, and not a day later.")[1:] == []
    assert read("They have asked for five days.") == []


def test_without_a_publication_day_only_full_dates_resolve() -> None:
    """What needs the publication day is left out, and still known to be a time."""
    text = "On Friday, 6 May 2030, they met. On Monday they left, in June they came back."
    assert [time.text for time in read(text, None)] == ["Friday, 6 May 2030"]
    assert len(time_spans(text)) == 3


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=12), DAYS)
def test_any_text(pieces: list[str], published: date) -> None:
    """Any run of expressions: spans reproduce, stand in order and apart, and no span ends before it starts."""
    text, end = " ".join(pieces), 0
    times = read(text, published)
    assert len({time.id for time in times}) == len(times)
    for time in times:
        assert text[slice(*time.at)] == time.text
        assert end <= time.at[0]
        end = time.at[1]
        assert time.start or time.end
        if time.start and time.end:
            assert time.start <= time.end


@given(
    WEEKDAYS,
    DAYS,
    st.sampled_from(["They met on {}.", "They will meet on {}.", "They meet this {}.", "By {} they go."]),
)
def test_a_weekday_is_within_a_week_and_moves_with_publication(
    weekday: str, published: date, frame: str
) -> None:
    """The day is the right weekday, at most seven days off; a week later it is seven days later."""
    (time,), (later,) = (
        read(frame.format(weekday), day) for day in (published, published + timedelta(days=7))
    )
    assert time.start
    assert later.start == time.start + timedelta(days=7)
    assert time.start.weekday() == vocabulary("times")["weekdays"][weekday]
    assert abs((time.start - published).days) <= 7


@given(DAYS, DAYS)
def test_a_full_date_resolves_to_itself(day: date, published: date) -> None:
    """A date with its year doesn't depend on the publication day, however it is written."""
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        (time,) = read(f"It was signed on {written}.", published)
        assert (time.text, time.start, time.end) == (written, day, day)


@given(DAYS, st.integers(0, 2), st.integers(-40, 40), st.sampled_from(["day", "week", "month", "year"]))
def test_arithmetic_of_days(day: date, number: int, count: int, unit: str) -> None:
    """Parts lie in their whole, thirds and halves cover it, and moving on and back returns within a month's end."""
    for span in (
        whole(day, "week"),
        whole(day, "month"),
        whole(day, "year"),
        month_of(day.year, day.month, 3),
    ):
        thirds = [third(span, part) for part in range(3)]
        halves = [half(span, part) for part in range(2)]
        for parts in (thirds, halves):
            assert (parts[0][0], parts[-1][1]) == span
            assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(parts))
    month = whole(day, "month")
    assert apart(month, day) == 0
    assert all(apart(month, end) == 0 for end in week_in(month, number) + week_in(month, -1))
    assert abs((shifted(shifted(day, count, unit), -count, unit) - day).days) <= 3


def test_the_governing_verb_is_the_nearest_of_its_clause() -> None:
    """Of two verb groups the one in the same clause governs; a distant one says nothing."""
    sentence = "The minister said that the bridge will open on Friday"
    at = sentence.index("Friday")
    verb = nearest_verb(sentence, verbs(sentence), at, at + 6)
    assert verb is not None
    assert (sentence[verb.start : verb.end], verb.tense) == ("will open", "future")
    assert nearest_verb("left" + " far" * 40 + " Friday", verbs("left"), 165, 171) is None
