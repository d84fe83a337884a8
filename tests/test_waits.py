"""What waits for what: rules and their least fixpoint, loops, what would unlock them, and the command that says so."""

from __future__ import annotations

import json
from pathlib import Path

import clingo
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.agreement.rules import Rule, can_happen, smallest_sets, stuck, wait_for_each_other
from parley.agreement.unlock import given_by_others, named_ways, read_proposed, read_remarks
from parley.agreement.waits import answers_to, find_waits, rules_of
from parley.cli import main
from parley.linking.deeds import covers, is_guarantee, key_words, likeness, with_deeds
from parley.model import Act, Article, Need, Proposal, Wait
from parley.pipeline import build_record
from parley.settings import Settings
from tests.conftest import make_article

DEEDS = [f"d{number}" for number in range(6)]
RULES = st.lists(
    st.builds(Rule, st.sampled_from(DEEDS), st.frozensets(st.sampled_from(DEEDS), max_size=3)), max_size=9
)

FERRY = (
    "The Merrin Ferrymen said they would reopen the northern crossing only after the harbour company returned the "
    "impounded boats. The harbour company said it would not return the impounded boats until the northern crossing "
    "was reopened."
)
PLEDGE = (
    "The Merrin Ferrymen said they would release the nine pilots only if there were written guarantees that talks on "
    "tolls will start. The harbour company said it would start talks on tolls only after the release of the nine "
    "pilots."
)


def need(
    holder: str, waits: str, first: str, number: int, article: str = "a", any_of: tuple[str, ...] = ()
) -> Need:
    """A precondition on a sentence of its own."""
    return Need(f"need-{number}", article, holder, waits, first, number, number + 1, "x", any_of=any_of)


def answer_sets(program: str) -> list[frozenset[tuple[str, ...]]]:
    """What clingo proves: for each model the arguments of every atom that is shown."""
    control = clingo.Control(["0", "--warn=none"])
    control.add("base", [], program)
    control.ground([("base", [])])
    models: list[frozenset[tuple[str, ...]]] = []

    def keep(model: clingo.Model) -> None:
        models.append(frozenset(tuple(map(str, atom.arguments)) for atom in model.symbols(shown=True)))

    control.solve(on_model=keep)
    return models


def program_of(rules: list[Rule]) -> str:
    """The rules as a logic program: deeds that nobody makes wait are facts, and a condition may be lifted."""
    heads = {rule.head for rule in rules}
    lines = ["edge(none,none)."]
    lines += [f"done({part})." for rule in rules for part in rule.body if part not in heads]
    for number, rule in enumerate(rules):
        lines += [f"edge({rule.head},{part})." for part in rule.body]
        lines += [f"met({number},{part}) :- done({part})." for part in rule.body]
        lines += [f"met({number},{part}) :- lifted({rule.head},{part})." for part in rule.body]
        parts = ", ".join(f"met({number},{part})" for part in sorted(rule.body))
        lines.append(f"done({rule.head}) :- {parts}." if parts else f"done({rule.head}).")
    return "\n".join(lines)


@given(RULES)
def test_the_fixpoint_is_what_clingo_proves(rules: list[Rule]) -> None:
    """On random rules with AND and OR, what can happen is the stable model, and what is stuck is the rest."""
    (model,) = answer_sets(program_of(rules) + "\nlifted(none,none). #show done/1.")
    proved = {deed for (deed,) in model}
    assert can_happen(rules) == proved
    assert stuck(rules) == {rule.head for rule in rules} - proved


@given(
    st.lists(
        st.builds(Rule, st.sampled_from(DEEDS[:4]), st.frozensets(st.sampled_from(DEEDS), max_size=2)),
        max_size=6,
    )
)
def test_the_smallest_sets_are_those_that_clingo_finds(rules: list[Rule]) -> None:
    """Waivers that reach a goal, up to three and without a smaller one inside: the same as by enumeration in clingo."""
    goal = DEEDS[0]
    edges = sorted({(rule.head, part) for rule in rules for part in rule.body})

    def frees(taken: frozenset[tuple[str, str]]) -> bool:
        return goal in can_happen(
            [
                Rule(rule.head, frozenset(p for p in rule.body if (rule.head, p) not in taken))
                for rule in rules
            ]
        )

    if goal in stuck(rules):
        found = {frozenset(some) for some in smallest_sets(edges, frees)}
        program = program_of(rules) + f"\n{{lifted(H,P) : edge(H,P)}} 3. :- not done({goal}). #show lifted/2."
        sets = {frozenset((head, part) for head, part in model) for model in answer_sets(program)}
        assert found == {some for some in sets if not any(less < some for less in sets)}


@given(RULES)
def test_the_order_of_rules_does_not_matter(rules: list[Rule]) -> None:
    """Loops are the same whatever order the rules come in."""
    assert wait_for_each_other(rules) == wait_for_each_other(rules[::-1])


def test_a_deed_in_a_loop_of_its_own_alternatives_is_free() -> None:
    """One open alternative is enough: "either the boats or a deposit" with a free deposit makes no loop."""
    rules = [
        Rule("open", frozenset({"boats"})),
        Rule("open", frozenset({"deposit"})),
        Rule("boats", frozenset({"open"})),
    ]
    assert stuck(rules) == frozenset()
    assert wait_for_each_other(rules[:1] + rules[2:]) == (("boats", "open"),)


def test_several_conditions_of_one_deed_all_have_to_be_met() -> None:
    """Two sentences of one holder on one deed are one rule; "either ... or" in one of them makes two."""
    needs, _ = with_deeds(
        [
            need("Company", "opening the crossing", "the return of the boats", 1),
            need("Company", "opening the crossing", "payment of the tolls", 2),
        ]
    )
    (rule,) = rules_of(needs)
    assert len(rule.body) == 2
    either, _ = with_deeds(
        [
            need(
                "Company",
                "opening the crossing",
                "the boats or a deposit",
                1,
                any_of=("the return of the boats", "a deposit at the bank"),
            )
        ]
    )
    assert [len(rule.body) for rule in rules_of(either)] == [1, 1]


def test_each_account_is_a_rule_set_of_its_own() -> None:
    """What one outlet tells makes no rule in another's account."""
    needs, _ = with_deeds(
        [
            need("Company", "opening the crossing", "the return of the boats", 1, "a"),
            need("Company", "opening the crossing", "payment of the tolls", 2, "b"),
        ]
    )
    first = rules_of([one for one in needs if one.article == "a"])
    assert [rule.body for rule in first] == [frozenset({needs[0].needs_deed})]


def test_two_conditions_that_wait_for_each_other_are_a_loop() -> None:
    """In other words on each side, the same two deeds: the loop is found once, and a trade at one hour would free it."""
    needs, _ = with_deeds(
        [
            need("Council", "opening the Merrin road", "the release of the nine drivers", 1),
            need("Committee", "freeing the drivers", "the road at Merrin is opened", 2),
        ]
    )
    (wait,) = find_waits((), needs)
    assert len(wait.loop) == 2
    assert set(wait.edges) == {"need-1", "need-2"}
    assert "at the same time" in wait.breakers[0]
    assert any("no longer asking" in steps[0] for steps in wait.unlocks)


def test_two_conditions_that_mirror_each_other_need_few_words_in_common() -> None:
    """A word of its own on either side is enough where each waits for what the other holds back; for one holder it is not."""
    mine = need("Council", "the remaining wardens will leave", "the ledger is in safe hands", 1)
    theirs = need("Guild", "no ledger of stores would be given up", "the last warden slept at Merrin", 2)
    (wait,) = find_waits((), with_deeds([mine, theirs])[0])
    assert set(wait.edges) == {"need-1", "need-2"}
    own = need("Council", "no ledger of stores would be given up", "the last warden slept at Merrin", 2)
    assert find_waits((), with_deeds([mine, own])[0]) == ()


def test_a_state_that_has_to_end_names_no_deed() -> None:
    """ "As long as a warden sleeps at Merrin" asks for the end of that, so the loop is told in the other side's words."""
    words = "no ledger of stores would be given up as long as one warden slept at Merrin"
    theirs = Need("need-2", "a", "Guild", words[:37], words[-26:], 2, 3, words)
    mine = need("Council", "the remaining wardens will leave", "the ledger is in safe hands", 1)
    (wait,) = find_waits((), with_deeds([mine, theirs])[0])
    assert "the remaining wardens will leave" in wait.loop


def test_a_body_named_after_a_guarantee_gives_none() -> None:
    """The Guarantee Office keeps a ledger: the ledger is what is asked for, and a sentence on the office is no way out."""
    assert is_guarantee("a guarantee of safe passage")
    assert not is_guarantee("the ledger is in the hands of the Guarantee Office")
    assert read_remarks([make_article("The wardens met the Guarantee Office at Merrin.")]) == ()


def test_what_is_done_in_that_same_hour_stands_with_the_sentence_before() -> None:
    """A way out told in two sentences is read as one; a proposal that names both deeds is a way out as well."""
    told = (("the wardens leave Merrin",), ("the pilots come home",))
    article = make_article("The pilots go to the inn. In that same hour the wardens leave Merrin.")
    (way,) = named_ways(told, (), (), read_remarks([article]))
    assert way == "The pilots go to the inn. In that same hour the wardens leave Merrin"
    paper = Proposal(
        "p", "paper", "the envoy", ("the pilots and the wardens leave by one boat", "tolls rise")
    )
    assert named_ways(told, (), (), read_proposed([paper])) == (paper.changes[0],)


def test_a_third_condition_on_a_loop_takes_a_larger_set() -> None:
    """Where a deed stands in two loops, no one waiver frees it: the sets have two steps, and none holds a smaller one."""
    needs, _ = with_deeds(
        [
            need("Council", "opening the Merrin road", "the release of the nine drivers", 1),
            need("Council", "opening the Merrin road", "the dredging of the canal", 2),
            need("Committee", "freeing the drivers", "the road at Merrin is opened", 3),
            need("Guild", "dredging the canal", "the road at Merrin is opened", 4),
        ]
    )
    waits = find_waits((), needs)
    assert len(waits) == 2
    for wait in waits:
        sets = [frozenset(steps) for steps in wait.unlocks]
        assert not any(less < more for less in sets for more in sets)
        assert any(len(steps) == 2 for steps in wait.unlocks)


def test_a_guarantee_is_what_would_unlock_a_conditional_loop() -> None:
    """Waiting for a guarantee of the other's deed holds only while nobody gives it."""
    needs, _ = with_deeds(
        [
            need("Council", "starting talks on tolls", "the release of the nine drivers", 1),
            need("Committee", "freeing the drivers", "written guarantees that talks on tolls will start", 2),
        ]
    )
    (wait,) = find_waits((), needs)
    assert wait.conditional
    assert "written guarantees that talks on tolls will start" in wait.breakers
    assert ("written guarantees that talks on tolls will start",) in wait.unlocks


def waits_of(*articles: Article) -> tuple[Wait, ...]:
    """The waits of a record that is built of articles."""
    return build_record(articles, Settings(processes=1)).waits


@pytest.mark.parametrize(
    ("sentence", "opened"),
    [
        ("The bishop of Talma gave both sides a written guarantee that the talks on tolls will start.", True),
        ("The bishop of Talma would give a written guarantee that the talks on tolls will start.", False),
        ("The bishop of Talma refused to give a guarantee that the talks on tolls will start.", False),
        ("The bishop of Talma gave a written guarantee that the ferry will run at night.", False),
    ],
)
def test_the_loop_is_gone_once_a_third_party_has_given_the_guarantee(sentence: str, opened: bool) -> None:
    """A report that it was given opens the loop; one that it is offered, refused, or of another deed does not."""
    told, later = make_article(PLEDGE), make_article(sentence, "later.txt", "The Bell")
    assert len(waits_of(told)) == 1
    assert len(waits_of(told, later)) == (0 if opened else 1)


@pytest.mark.parametrize(
    ("giver", "kind"),
    [("The Harbour Company", "guarantee"), ("The bishop of Talma", "given"), ("The Ferry League", "given")],
)
def test_a_partys_own_assurance_is_no_guarantee_unless_it_is_asked_of_it(giver: str, kind: str) -> None:
    """A third party's guarantee counts as given, and that of the side which it is asked of; an opponent's does not."""
    remarks = read_remarks(
        [make_article(f"{giver} gave a written guarantee that talks on tolls will start.")]
    )
    asked = [
        need("Council", "freeing the drivers", "a guarantee of the Ferry League that talks will start", 1)
    ]
    parties = ("Harbour Company", "Ferry League")
    assert [one.kind for one in given_by_others(remarks, asked, parties)] == [kind]


def test_a_guarantee_that_is_only_asked_for_is_no_way_out() -> None:
    """What the reports name as a way out is offered by somebody."""
    told = (("starting talks on tolls",), ("the release of the nine drivers",))
    asks = make_article(
        "The group needs a guarantee that talks on tolls and the release of the nine drivers follow."
    )
    offers = make_article(
        "The bishop offered a guarantee that talks on tolls start after the release of the nine drivers.",
        "b.txt",
    )
    assert named_ways(told, (), (), read_remarks([asks])) == ()
    assert len(named_ways(told, (), (), read_remarks([asks, offers]))) == 1


def test_a_condition_that_nobody_returns_is_no_loop() -> None:
    """One-sided conditions make no wait."""
    needs, _ = with_deeds([need("Council", "opening the road", "the payment of tolls", 1)])
    assert find_waits((), needs) == ()


@given(st.permutations(range(3)))
def test_loops_do_not_hang_on_the_order_of_needs(order: list[int]) -> None:
    """Three conditions in a ring are one loop, whichever comes first, of the same conditions."""
    ring = [
        need("A", "signing the ferry contract", "the return of the pilots", 1),
        need("B", "returning the pilots", "the dredging of the channel", 2),
        need("C", "dredging the channel", "the signature of the ferry contract", 3),
    ]
    needs, _ = with_deeds([ring[place] for place in order])
    (wait,) = find_waits((), needs)
    assert set(wait.edges) == {"need-1", "need-2", "need-3"}


def test_one_deed_in_other_words_is_one_node_and_no_deed_is_its_own_condition() -> None:
    """A phrase that holds two wordings makes them one; what waits for something is never that same thing."""
    needs, deeds = with_deeds(
        [
            need("A", "the pilots would stay where they were", "the ledger is handed in", 1),
            need("B", "no ledger will leave the vault", "the eleven go home", 2),
            need("B", "the ledger will be delivered", "the eleven pilots of the estuary are home", 3),
        ]
    )
    assert len({needs[0].act_deed, needs[1].needs_deed, needs[2].needs_deed}) == 1
    assert len({needs[0].needs_deed, needs[1].act_deed, needs[2].act_deed}) == 1
    assert len(deeds) == 2


WORDS = st.frozensets(st.sampled_from(["ledger", "pilot", "tower", "open", "home", "eleven"]), min_size=1)


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_whole_for_equals(one: frozenset[str], other: frozenset[str]) -> None:
    """Two deeds are as like as the other way round; a set covers itself."""
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert covers(one, one) == 1


def test_a_promise_elsewhere_answers_a_condition_and_its_own_words_do_not() -> None:
    """What is asked for in the condition's own sentence is no answer to it."""
    (asked,), _ = with_deeds([need("Council", "opening the road", "the release of the nine drivers", 5)])
    promise = Act("act-1", "b", "Committee", "COMMIT", None, 0, 30, "would release the nine drivers")
    own = Act("act-2", "a", "Committee", "PERFORM", None, 5, 6, "release of the nine drivers")
    assert answers_to([asked], [promise, own]) == {"need-5": (promise,)}
    assert key_words("the release of the drivers") == key_words("freeing the drivers")


def test_the_command_says_it_in_sentences(tmp_path: Path) -> None:
    """Who waits for what, by whose account, what would unlock it, and that no report says it was given."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bell.txt").write_text(PLEDGE, encoding="utf-8")
    record = tmp_path / "record.db"
    runner = CliRunner()
    assert runner.invoke(main, ["build", str(tmp_path / "in"), "-o", str(record)]).exit_code == 0
    told = runner.invoke(main, ["waits", str(record)])
    assert told.exit_code == 0
    assert "waits for" in told.output
    assert "as told by" in told.output
    assert "none of these 1 report says" in told.output
    rows = json.loads(runner.invoke(main, ["waits", str(record), "--json"]).output)
    assert rows["waits"][0]["conditional"] is True
    assert rows["waits"][0]["unlocks"]


def test_a_record_without_loops_says_so(tmp_path: Path) -> None:
    """Silence is said precisely, with the number of reports."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bell.txt").write_text("The ferry ran on Monday. Nobody complained.", encoding="utf-8")
    record = tmp_path / "record.db"
    runner = CliRunner()
    runner.invoke(main, ["build", str(tmp_path / "in"), "-o", str(record)])
    assert "None of these 1 report" in runner.invoke(main, ["waits", str(record)]).output


def test_a_missing_record_is_one_line() -> None:
    """A record that isn't there is an error of one line and no trace."""
    result = CliRunner().invoke(main, ["waits", "/nowhere/record.db"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_a_loop_that_a_report_tells_is_found_in_its_text(tmp_path: Path) -> None:
    """From the text of one report to the loop, through the public door."""
    (tmp_path / "bell.txt").write_text(FERRY, encoding="utf-8")
    record = parley.build([str(tmp_path)])
    assert len(record.waits) == 1
