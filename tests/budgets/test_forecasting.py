"""The forecast from the books: who owes what when, what the books say of habits, scenarios, and the year that was."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from budgets.planning import DRIVE, LINES, both, line, presented
from tequio.budgets.models import ExpectedKind
from tequio.budgets.operations import expecting
from tequio.budgets.operations.expecting import Promise
from tequio.budgets.operations.scenarios import save_scenario, values_from_words
from tequio.budgets.queries.forecast_facts import dues_received, facts_of, member_groups
from tequio.budgets.queries.forecasting import checked_against, forecast_of, scenarios_of
from tequio.centers.queries import center_by_code
from tequio.dues.operations.paying import add_payment
from tequio.kernel.errors import Refusal
from tequio.rules.forecasting import Group

pytestmark = pytest.mark.usefixtures("sample_rules")
JANUARY = date(2016, 1, 1)
JULY = date(2016, 7, 15)


@pytest.fixture
def us(sample_rules):
    return center_by_code(code="us")


@pytest.fixture
def some(members):
    """Two organizations and an individual of New York, all paid until some day of 2016; one owes from before."""
    return members(
        {"paid_until": "2016-03-10"},
        {"paid_until": "2016-09-01"},
        {"kind": "individual", "paid_until": "2016-09-20"},
        {"paid_until": "2015-02-01", "balance_due": "150.00"},
    )


def test_members_are_grouped_by_what_they_owe_and_when(us, some):
    groups = sorted(member_groups(center=us, first=JANUARY, months=12))
    dues = {(group.due_in, group.amount) for group in groups if not group.behind}
    assert dues == {(1, 200_00), (2, 200_00), (8, 200_00), (8, 100_00)}


def test_what_was_owed_before_is_behind(us, some):
    groups = member_groups(center=us, first=date(2016, 8, 1), months=5)
    assert Group(due_in=0, amount=150_00, behind=True) in groups
    assert {group.due_in for group in groups if not group.behind} == {1}


def test_a_forecast_without_doubt_equals_the_plan(us, some, at):
    presented(at=at, lines=(line("dues", "income", "income-membership", amount=1), *LINES[1:]))
    sure = {
        "leaving": 0.0,
        "joining": 0.0,
        "late": 0.0,
        "never": 0.0,
        "dropping": 0.0,
        "catching_up": 1.0,
        "expense": 1.0,
        "other_income": 1.0,
    }
    drawn = forecast_of(center=us, year=2016, on=JANUARY, values=sure, paths=50)
    owed = sum(group.amount for group in member_groups(center=us, first=JANUARY, months=12))
    plan = owed + 4_000_00 - 42_000_00 - 19_900_00 - 5_200_00
    assert {drawn.found.result.low, drawn.found.result.likely, drawn.found.result.high} == {plan}


def test_the_same_seed_gives_the_same_figures_on_either_engine(us, some, at):
    """The figures stand here to the cent: both engines, and every machine, have to come to these."""
    presented(at=at)
    found = forecast_of(center=us, year=2016, on=JANUARY, seed=2016, paths=1_000).found
    assert (found.result.low, found.result.likely, found.result.high) == (-64_305_65, -62_821_07, -61_552_65)
    assert [(month.low, month.likely, month.high) for month in found.months[::4]] == [
        (0, 0, 0),
        (200_00, 400_00, 550_00),
        (500_00, 700_00, 850_00),
    ]
    other = forecast_of(center=us, year=2016, on=JANUARY, seed=2017, paths=1_000).found
    assert other.result != found.result


def test_income_that_is_expected_counts_by_its_likelihood_and_not_twice(us, some, at):
    presented(at=at, lines=(*LINES, DRIVE))
    promise = Promise(
        kind=ExpectedKind.DRIVE,
        name=both("Drive"),
        amount=6_000_00,
        currency="USD",
        likelihood=75,
        expected_on=date(2016, 11, 1),
        said_by="Ines",
        account="income-drives",
    )
    expecting.expect(center=us, promise=promise, actor="test", at=at)
    expecting.expect(
        center=us, promise=replace(promise, currency="", name=both("Grant"), account="income-grants"), actor="t", at=at
    )
    known = facts_of(center=us, year=2016, on=JULY)
    assert [(hoped.amount, hoped.month, hoped.likelihood) for hoped in known.facts.hoped] == [(6_000_00, 4, 0.75)]
    assert sum(known.facts.other_income) == 4_000_00 // 12 * 6
    assert [text.en for text in known.left_out] == [
        "“Grant” is not counted: nobody has said in which currency it comes."
    ]


def test_where_the_books_say_nothing_it_says_assumed(us, some):
    drawn = forecast_of(center=us, year=2016, on=JANUARY, paths=20)
    by = {guess.name: guess.said_by for guess in drawn.found.guesses}
    assert by["late"] == "assumed"
    assert by["new_dues"] == "books"


def test_a_year_that_is_over_is_not_foreseen(us):
    with pytest.raises(Refusal, match="2015 is over"):
        forecast_of(center=us, year=2015, on=JULY)


def test_scenarios_differ_from_how_things_stand_by_their_assumptions_alone(us, some, at):
    budget = presented(at=at)
    save_scenario(
        budget=budget,
        code="fewer",
        name=both("10 % fewer"),
        budget_values={"fewer": "10 %"},
        forecast_values={"leaving": 0.1},
        said_by="Wen",
        actor="test",
        at=at,
    )
    stands, fewer = scenarios_of(budget=budget, on=JULY, paths=100)
    assert (stands.planned - fewer.planned) == 700 * 5 * 100
    assert (stands.code, fewer.code, fewer.said_by) == ("", "fewer", "Wen")
    assert fewer.found.seed == stands.found.seed


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"budget_values": {"nobody": "1"}}, "There is no assumption “nobody”"),
        ({"budget_values": {"fewer": "1 +"}}, "ends too early"),
        ({"forecast_values": {"luck": 1.0}}, "Nobody knows an assumption “luck”"),
        ({"forecast_values": {"leaving": 1.5}}, "from 0 to 100 percent"),
        ({"budget_values": {}}, "changes at least one assumption"),
        ({"said_by": ""}, "Say who assumes it"),
        ({"code": "Ä"}, "has 1 to 40 small letters"),
    ],
)
def test_a_scenario_that_cannot_be_is_not_kept(us, at, given, says):
    budget = presented(at=at)
    written = {
        "code": "x",
        "name": both("x"),
        "budget_values": {"fewer": "1 %"},
        "forecast_values": {},
        "said_by": "Wen",
    }
    with pytest.raises(Refusal, match=says):
        save_scenario(budget=budget, actor="test", at=at, **{**written, **given})


def test_assumptions_are_read_from_words():
    assert values_from_words(words=["leaving=5 %", "new_dues=110.50", "joining=40", "fewer=10 %"]) == (
        {"fewer": "10 %"},
        {"leaving": 0.05, "new_dues": 110_50.0, "joining": 40.0},
    )
    for word, says in (
        ("leaving", "write NAME=VALUE"),
        ("leaving=x", "is no value for leaving"),
        ("late=-1", "no value"),
    ):
        with pytest.raises(Refusal, match=says):
            values_from_words(words=[word])


def test_the_forecast_of_january_stands_beside_what_came(us, some, at):
    add_payment(
        code="M4",
        amount=150_00,
        currency="USD",
        on=date(2016, 3, 2),
        method="bank",
        actor="test",
        at=datetime(2016, 7, 15, 12, tzinfo=UTC),
    )
    assert dues_received(center=us, year=2016)[2] == 150_00
    checked = checked_against(center=us, year=2016, on=JULY, paths=100)
    assert checked.came == (0, 0, 150_00, 150_00, 150_00, 150_00)
    assert checked.drawn.known.facts.dues_so_far == 0
    assert checked.result is None


def test_the_command_says_it_in_json(us, some, at, cli):
    presented(at=at)
    code, out, _ = cli(
        *("budgets", "forecast", "--center", "us", "--year", "2016", "--on", "2016-07-15"),
        *("--paths", "100", "--assume", "late=10 %", "--json"),
    )
    said = json.loads(out)
    assert code == 0
    assert said["first_month"] == "2016-07-01"
    assert len(said["months"]) == 6
    assert next(guess["likely"] for guess in said["assumed"] if guess["name"] == "late") == 0.1


def test_a_forecast_takes_as_many_queries_for_many_members(us, members, at, django_assert_num_queries):
    presented(at=at)
    members(*({"paid_until": f"2016-{month:02d}-01"} for month in range(1, 13)))
    with django_assert_num_queries(23):
        forecast_of(center=us, year=2016, on=JANUARY, paths=20)
