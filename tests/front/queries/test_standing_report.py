"""The standing report against figures counted by hand, on both of its ways: stored rows and the pure rule."""

from datetime import date

import pytest
from tests.dues.doing import let_go, pay, run, tried

from tequio.centers.models import Center
from tequio.dues.debtors import debtors
from tequio.front.queries.standing_report import AGES, Age, csv_rows, report_on, report_today
from tequio.members.operations import merge_members
from tequio.members.operations.staying import leave

TODAY = date(2016, 7, 15)
# Each member owes what it owes since a day: the last and the first day of each age, counted to 15 July 2016.
OWING = {
    "D1": ("2016-07-14", "10.00"),
    "D30": ("2016-06-15", "20.00"),
    "D31": ("2016-06-14", "30.00"),
    "D60": ("2016-05-16", "40.00"),
    "D61": ("2016-05-15", "50.00"),
    "D90": ("2016-04-16", "60.00"),
    "D91": ("2016-04-15", "70.00"),
    "D150": ("2016-02-16", "80.00"),
    "D151": ("2016-02-15", "90.00"),
    "D365": ("2015-07-16", "100.00"),
    "D366": ("2015-07-15", "110.00"),
}


@pytest.fixture
def roll(members):
    """One member at the edge of each age, one due later, one that owes nothing, one that left, two in Mexico."""
    members(
        *({"member_id": code, "paid_until": on, "balance_due": due} for code, (on, due) in OWING.items()),
        {"member_id": "LATER", "paid_until": "2016-07-29"},
        {"member_id": "PAID", "paid_until": "2016-12-01"},
        {"member_id": "GONE", "paid_until": "2016-12-01"},
        {"member_id": "X1", "center": "mx", "paid_until": "2016-06-01", "balance_due": "500.00"},
        {"member_id": "X2", "center": "mx", "paid_until": "2016-12-01"},
    )
    # Bills the years that begin by 29 July, due on that day: of LATER, D365 and D366, 200 each.
    run("2016-07-15", "2016-07-29")


def _today():
    centers = list(Center.objects.order_by("code"))
    return {r.center.code: r for r in report_today(centers=centers, days={c.pk: TODAY for c in centers})}


def _then(on=TODAY):
    return {r.center.code: r for r in report_on(centers=list(Center.objects.order_by("code")), on=on)}


def _left(at):
    leave(code="GONE", on=date(2016, 7, 1), actor="test", at=at)


BY_HAND = {
    "nothing": Age(members=2),
    "not_due": Age(members=1, not_due=200_00),
    "30": Age(members=2, overdue=30_00),
    "60": Age(members=2, overdue=70_00),
    "90": Age(members=2, overdue=110_00),
    "150": Age(members=2, overdue=150_00),
    "365": Age(members=2, overdue=190_00, not_due=200_00),
    "more": Age(members=1, overdue=110_00, not_due=200_00),
}


@pytest.mark.parametrize("way", [_today, _then])
def test_each_member_stands_in_the_age_of_its_oldest_overdue_charge(roll, at, way):
    _left(at)
    assert way()["us"].ages == BY_HAND
    assert way()["us"].total == Age(members=14, overdue=660_00, not_due=600_00)
    assert way()["mx"].ages == {
        **{key: Age() for key in AGES},
        "nothing": Age(members=1),
        "60": Age(members=1, overdue=500_00),
    }


@pytest.mark.parametrize("way", [_today, _then])
def test_members_are_counted_by_standing_and_those_who_left_apart(roll, at, way):
    """Nobody tried to reach anybody, so nobody is disabled: 31 days and more are at risk, less is good standing."""
    _left(at)
    us = way()["us"]
    assert us.standings == {"good": 4, "at_risk": 9, "limited": 0, "disabled": 0, "inactive": 1}
    assert (us.left, us.members, us.behind) == (1, 14, 9)
    assert way()["mx"].standings == {"good": 1, "at_risk": 1, "limited": 0, "disabled": 0, "inactive": 0}


@pytest.mark.parametrize("way", [_today, _then])
def test_who_was_tried_and_is_late_enough_is_disabled(roll, way):
    tried("D91", "2016-07-01")
    assert way()["us"].standings["disabled"] == 1


def test_what_is_overdue_is_what_the_debtor_list_says(roll):
    pay("D60", 25)
    for code, report in _today().items():
        _, totals = debtors(on=TODAY, center=report.center)
        assert totals == {report.center.currency: report.total.overdue}, code


def test_a_payment_and_a_write_off_lower_what_is_overdue_on_both_ways(roll):
    pay("D366", 109.99)
    let_go("US-OPEN-00001", 4)
    for way in (_today, _then):
        ages = way()["us"].ages
        assert (ages["more"], ages["30"].overdue) == (Age(members=1, overdue=1, not_due=200_00), 26_00)


@pytest.mark.parametrize("way", [_today, _then])
def test_merged_entries_count_as_one_with_all_they_owe(roll, at, way):
    merge_members(kept="D1", merged="D31", actor="test", at=at)
    ages = way()["us"].ages
    assert (ages["30"], ages["60"]) == (Age(members=1, overdue=20_00), Age(members=2, overdue=80_00))
    assert way()["us"].members == 13


def test_a_past_day_shows_what_was_so_then(roll, at):
    pay("D366", 110, on="2016-07-10")
    _left(at)
    june = _then(date(2016, 6, 30))["us"]
    assert june.ages["365"] == Age(members=2, overdue=100_00 + 110_00)
    assert june.left == 0
    assert _then(date(2016, 7, 9))["us"].total.overdue == 660_00 - 10_00
    assert _then(date(2016, 7, 10))["us"].total.overdue == 550_00 - 10_00


def test_before_anybody_joined_nobody_is_counted(roll):
    assert _then(date(2009, 1, 1))["us"].members == 0


def test_the_spreadsheet_holds_every_figure(roll):
    rows = list(csv_rows(reports=[_today()["mx"]]))
    assert rows[:2] == [
        ("mx", TODAY, "standing", "good", 1, None, None, None),
        ("mx", TODAY, "standing", "at_risk", 1, None, None, None),
    ]
    assert ("mx", TODAY, "age", "31–60 days", 1, 500, 0, "MXN") in rows
    assert len(rows) == 5 + 1 + len(AGES)
