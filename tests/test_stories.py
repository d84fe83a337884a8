"""Stories: what belongs together, what stays apart, and the folders that the command writes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import parley
from bench.stories import Gold, ecb, score, uci
from bench.stories import parley as grouped
from parley.cli import main
from parley.linking.casts import two_casts
from parley.linking.centres import POSTINGS, Centres
from parley.linking.stories import HORIZON, NAMED_APART, NAMED_LEAST, Item, Stories, Story, group
from parley.model import derived_id

Load = Callable[[], tuple[list[Gold], list[Gold]]]
DAY = date(2031, 3, 4)
HARBOUR = (
    "Dockers shut the north gate of Selde harbour, says Mira Oduya.",
    "The gate of the harbour stays shut; Oduya wants pay for the dockers.",
    "Selde dockers and their pay: Oduya meets the owners at the harbour.",
    "Owners of Selde harbour refuse Oduya; the gate stays shut to lorries.",
)
VINEYARD = (
    "Frost has killed the vines of Corvenne, growers say.",
    "Growers in Corvenne ask for aid after frost kills vines.",
    "Aid for Corvenne: vines lost to frost will be replanted by growers.",
)
BOUTS = tuple(
    f"Champion Dario Velk stopped {rival} in round {number} in {town} and keeps the heavyweight belt, {detail}."
    for rival, number, town in (("Tomas Brandt", 34, "Aldersund"), ("Iker Salo", 67, "Punta Grana"))
    for detail in ("judges saw", "his trainer said", "after a slow start", "before a full hall", "once again")
)


def items(*texts: str, day: date | None = DAY, prefix: str = "r") -> list[Item]:
    """Reports of these texts, all of one day."""
    return [Item(f"{prefix}{place}", text=text, day=day) for place, text in enumerate(texts)]


def sets(stories: tuple[Story, ...]) -> list[set[str]]:
    """The ids of each story."""
    return [set(story.items) for story in stories]


def test_reports_of_two_events_are_two_stories_the_larger_first() -> None:
    """What mixes in the stream is told apart, with its days, names and words."""
    harbour, vineyard = items(*HARBOUR, prefix="h"), items(*VINEYARD, day=DAY + timedelta(1), prefix="v")
    found = group([harbour[0], vineyard[0], harbour[1], vineyard[1], harbour[2], vineyard[2], harbour[3]])
    assert sets(found) == [{"h0", "h1", "h2", "h3"}, {"v0", "v1", "v2"}]
    assert (found[0].first, found[0].last, found[1].first) == (DAY, DAY, DAY + timedelta(1))
    assert "Oduya" in found[0].names
    assert {"frost", "vines"} <= set(found[1].words)
    assert found[0].id == derived_id("story", found[0].items)


def test_a_title_counts_as_a_field_of_its_own() -> None:
    """A report whose text says nothing is placed by its title."""
    found = group([*items(*HARBOUR), Item("t", title="Selde dockers: Oduya at the harbour gate", day=DAY)])
    assert sets(found) == [{"r0", "r1", "r2", "r3", "t"}]


def test_settling_heals_what_the_stream_split() -> None:
    """Two reports that shared too little when they came are one story once a third ties them together."""
    stories = Stories()
    apart = items("Dockers shut the north gate early.", "Oduya and Renner want talks on pay quickly.")
    numbers = [stories.add(item) for item in apart]
    assert numbers[0] != numbers[1]
    ties = items(*("Dockers led by Oduya shut the gate; Renner wants talks on pay.",) * 2, prefix="tie")
    for item in ties:
        stories.add(item)
    assert len(stories.told()) == 1


def test_a_story_with_two_casts_is_divided() -> None:
    """Two bouts of one champion share their words; rivals, towns and rounds exclude each other."""
    found = group(items(*BOUTS))
    assert sets(found) == [{f"r{place}" for place in range(5)}, {f"r{place}" for place in range(5, 10)}]


def test_the_same_words_long_after_are_another_story() -> None:
    """A story of which nothing is heard for longer than the horizon is closed; a yearly frost is a new one."""
    again = items(*VINEYARD, day=DAY + timedelta(HORIZON + 1), prefix="later")
    stories = Stories()
    for item in items(*VINEYARD):
        stories.add(item)
    assert len(stories.told()) == 1
    for item in again:
        stories.add(item)
    assert sets(stories.told()) == [{"r0", "r1", "r2"}, {"later0", "later1", "later2"}]
    assert stories.told() == stories.told()


def test_a_story_is_settled_before_it_is_closed() -> None:
    """What the stream split is healed even if the stream goes on past the horizon before anything is settled."""
    apart = items("Dockers shut the north gate early.", "Oduya and Renner want talks on pay quickly.")
    ties = items(*("Dockers led by Oduya shut the gate; Renner wants talks on pay.",) * 2, prefix="tie")
    later = items(*VINEYARD, day=DAY + timedelta(2 * HORIZON), prefix="later")
    assert sets(group([*apart, *ties, *later])) == [
        {"r0", "r1", "tie0", "tie1"},
        {"later0", "later1", "later2"},
    ]


def test_reports_without_a_day_are_grouped_by_their_words() -> None:
    """No day is no obstacle, and a story of such reports has none."""
    found = group(items(*HARBOUR, *VINEYARD, day=None))
    assert [len(story.items) for story in found] == [4, 3]
    assert found[0].first is None


def test_a_report_that_says_nothing_stands_alone() -> None:
    """An empty report, or one of common words only, joins nobody, nor another of its kind."""
    found = group([*items(*VINEYARD), Item("empty"), Item("common", text="It was also said to be so.")])
    assert sets(found) == [{"r0", "r1", "r2"}, {"empty"}, {"common"}]


def test_names_that_a_reader_found_count() -> None:
    """Reports without one word in common are one story if a reader found the same names in them."""
    names = ("Mira Oduya", "Paul Renner", "Selde Harbour")
    texts = ("Talks resume quietly tonight.", "Nobody expects agreement.", "Lorries queue outside.")
    named = [Item(f"n{place}", text=text, names=names) for place, text in enumerate(texts)]
    assert sets(group(named)) == [{"n0", "n1", "n2"}]


def test_a_report_comes_once() -> None:
    """The same id twice is a mistake of the caller's."""
    stories = Stories()
    stories.add(Item("one", text="Frost"))
    with pytest.raises(ValueError, match="one has come before"):
        stories.add(Item("one", text="Frost"))


@given(st.lists(st.tuples(st.sampled_from(HARBOUR + VINEYARD + BOUTS), st.integers(0, 60)), max_size=40))
def test_every_report_is_in_one_story(drawn: list[tuple[str, int]]) -> None:
    """A partition, in the order of the stream, with days that span its reports', and the same again."""
    came = [
        Item(str(place), text=text, day=DAY + timedelta(after)) for place, (text, after) in enumerate(drawn)
    ]
    found = group(came)
    assert sorted(id for story in found for id in story.items) == sorted(item.id for item in came)
    for story in found:
        days = [DAY + timedelta(drawn[int(id)][1]) for id in story.items]
        assert (story.first, story.last) == (min(days), max(days))
        assert list(story.items) == sorted(story.items, key=int)
    assert group(came) == found


def test_a_long_stream_is_settled_as_it_comes() -> None:
    """Stories are whole after thousands of reports, and those that are over are let go of."""
    texts = [text for text in HARBOUR + VINEYARD for _ in range(300)]
    stories = Stories()
    for place, text in enumerate(texts):
        stories.add(Item(str(place), text=text, day=DAY + timedelta(place // 60)))
    assert [len(story.items) for story in stories.told()] == [1200, 900]


words = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 1), min_size=1, max_size=5)


def unit(vector: dict[str, float]) -> dict[str, float]:
    """The vector at length one."""
    size = math.sqrt(sum(weight**2 for weight in vector.values()))
    return {term: weight / size for term, weight in vector.items()}


@given(st.lists(words.map(unit), min_size=2, max_size=8), words.map(unit))
def test_a_centre_is_the_sum_of_its_members(vectors: list[dict[str, float]], gone: dict[str, float]) -> None:
    """Whatever is put in, merged and taken out again; and its square is that of its length."""
    centres = Centres()
    one, other = centres.found(), centres.found()
    for place, vector in enumerate(vectors):
        centres.put(str(place), vector, one if place % 2 else other)
    centres.put("gone", gone, one)
    centres.merge(one, other)
    assert centres.take("gone", one) == gone
    total = {term: sum(vector.get(term, 0.0) for vector in vectors) for term in "abcdefgh"}
    assert centres[one].sum == pytest.approx(
        {term: weight for term, weight in total.items() if weight}, abs=1e-6
    )
    assert centres[one].square == pytest.approx(sum(weight**2 for weight in total.values()), abs=1e-6)


@given(st.lists(words.map(unit), min_size=2, max_size=6))
def test_a_member_sees_its_home_without_itself(vectors: list[dict[str, float]]) -> None:
    """The likeness of what is nearest to a member is the same once it has been taken out."""
    centres = Centres()
    groups = [centres.found() for _ in range(2)]
    for place, vector in enumerate(vectors):
        centres.put(str(place), vector, groups[place % 2])
    within = centres.nearest(vectors[0], lambda _: 1.0, home=groups[0])
    centres.take("0", groups[0])
    without = centres.nearest(vectors[0], lambda _: 1.0)
    assert within[1] == pytest.approx(without[1], abs=1e-6)


def test_postings_are_bounded() -> None:
    """A word that stands everywhere leads to so many groups and no more: no report is compared with all."""
    centres = Centres()
    for place in range(POSTINGS + 20):
        centres.put(str(place), {"everywhere": 1.0}, centres.found())
    asked: list[int] = []

    def fit(found: int) -> float:
        asked.append(found)
        return 0.5

    centres.nearest({"everywhere": 1.0}, fit)
    assert len(asked) <= POSTINGS
    assert len(centres.beside(0)) <= POSTINGS


def two_named_casts(reports: list[frozenset[str]]) -> tuple[list[int], list[int]] | None:
    """As stories ask for casts of names."""
    return two_casts(reports, NAMED_LEAST, NAMED_APART)


def test_casts_need_names_on_both_sides() -> None:
    """Two bundles that exclude each other divide; a name that only some reports have does not."""
    rivals = [frozenset({"velk", "brandt", "aldersund"})] * 4 + [frozenset({"velk", "salo", "grana"})] * 3
    assert two_named_casts(rivals) == ([0, 1, 2, 3], [4, 5, 6])
    assert two_named_casts([*rivals, *rivals, frozenset({"velk"})]) == (
        [0, 1, 2, 3, 7, 8, 9, 10],
        [4, 5, 6, 11, 12, 13],
    )
    assert two_named_casts([frozenset({"velk", "brandt"})] * 4 + [frozenset({"velk"})] * 4) is None
    assert two_named_casts([*rivals, *[frozenset({"brandt", "salo", "aldersund", "grana"})] * 4]) is None
    assert two_named_casts(rivals[2:6]) is None


@pytest.mark.parametrize(("load", "floor", "most"), [(uci, 0.92, 1.5), (ecb, 0.92, 1.5)])
def test_stories_hold_their_floor(load: Load, floor: float, most: float, evaluation: Path) -> None:
    """On the halves that no constant was chosen on: BCubed F1, and clusters to a story."""
    found = score(load()[1], grouped)
    assert found["f1"] >= floor
    assert found["clusters"] <= most


# ------------------------------------------------------------------ the command


def run(*arguments: str | Path) -> Result:
    """One call of the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Reports of two events in two subfolders, with a table for some."""
    folder = tmp_path / "inbox"
    for sub, texts in (("mon", HARBOUR), ("tue", VINEYARD)):
        (folder / sub).mkdir(parents=True)
        for place, text in enumerate(texts):
            (folder / sub / f"{place}.txt").write_text(
                f"{text}\n\nNothing else is known of it yet, people say.\n"
            )
    table = "file,outlet,published,title,sensitivity\nmon/0.txt,Coastal Wire,2031-03-04,Gate shut,internal\n"
    (folder / "sources.csv").write_text(table + "mon/1.txt,Selde Daily,2031-03-05,,\n")
    return folder


def test_the_command_lists_stories(inbox: Path) -> None:
    """Size, outlets, days, what marks each story, and its files."""
    lines = run("stories", inbox).stdout.splitlines()
    assert lines[0] == "7 reports in 2 stories"
    assert lines[1] == "1  4 reports, 2 outlets, 2031-03-04 to 2031-03-05"
    assert "Oduya" in lines[2]
    assert [line.strip() for line in lines[3:7]] == [f"mon/{place}.txt" for place in range(4)]
    assert lines[7] == "2  3 reports, 0 outlets, no day known"


def test_the_command_lists_stories_as_data(inbox: Path) -> None:
    """The same as one JSON object, with what could not be read."""
    (inbox / "void.txt").write_text("")
    data = json.loads(run("stories", inbox, "--json").stdout)
    assert [story["reports"] for story in data["stories"]] == [4, 3]
    assert data["stories"][0]["outlets"] == ["Coastal Wire", "Selde Daily"]
    assert data["stories"][0]["first"] == "2031-03-04"
    assert [one["file"] for one in data["unread"]] == ["void.txt"]


def test_a_story_is_written_as_a_folder_that_builds(inbox: Path, tmp_path: Path) -> None:
    """Texts, outlets, days, titles and how private they are come out as they went in."""
    out = tmp_path / "out"
    assert run("stories", inbox, "--write", out).exit_code == 0
    before = {one.text: one for one in parley.build([str(inbox)]).articles}
    after = parley.build([str(out / "1")]).articles
    assert len(after) == 4
    for one in after:
        was = before[one.text]
        assert (one.outlet, one.published, one.title) == (was.outlet, was.published, was.title)
        assert (one.sensitivity, one.kind) == (was.sensitivity, was.kind)
    assert sorted(path.name for path in (out / "2").iterdir())[-1] == "tue-2.txt"


def test_reports_of_one_name_are_all_written(tmp_path: Path) -> None:
    """Two files whose names differ in what a file's name can't hold are two files again."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for place, name in enumerate(("a b.txt", "a-b.txt", "a+b.txt")):
        (inbox / name).write_text(f"{HARBOUR[place]}\n\nNothing else is known of it yet, people say.\n")
    assert run("stories", inbox, "--write", tmp_path / "out").exit_code == 0
    assert len(parley.build([str(tmp_path / "out" / "1")]).articles) == 3


def test_what_is_there_is_never_written_over(inbox: Path) -> None:
    """A folder with something in it is refused in one line that says what to do."""
    result = run("stories", inbox, "--write", inbox)
    assert result.exit_code == 1
    assert "name a folder that is empty or new" in result.stderr
    assert run("stories", inbox / "nowhere").exit_code == 1
