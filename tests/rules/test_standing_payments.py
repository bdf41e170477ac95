"""Good standing means everything is paid, this year and all earlier ones. Policy of 2012."""

from datetime import date

import pytest

from rules.builders import DAY, JOINED, account, around, charge, follows, standing, verdict
from tequio.rules.standing import Cause, Standing

FIRST, SECOND, THIRD = date(2013, 3, 1), date(2014, 3, 1), date(2015, 3, 1)
WHOLE = 20_000


def test_a_member_with_nothing_to_pay_is_in_good_standing_since_it_joined():
    found = verdict(account(), date(2016, 7, 15))
    assert (found.standing, found.cause, found.since, found.charge, found.days, follows(found)) == (
        Standing.GOOD,
        Cause.NOTHING_OVERDUE,
        JOINED,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("number", [1, 30, 31, 90, 91, 100, 183, 1000])
def test_paying_in_full_is_good_standing_the_same_day(number):
    paid_on = FIRST + number * DAY
    who = account(charge(FIRST, paid=paid_on), tried=(FIRST,))
    found = verdict(who, paid_on)
    assert (found.standing, found.cause, found.charge) == (Standing.GOOD, Cause.NOTHING_OVERDUE, None)


def test_good_standing_after_a_debt_is_dated_from_the_payment():
    found = verdict(account(charge(FIRST, paid=FIRST + 100 * DAY), tried=(FIRST,)), FIRST + 300 * DAY)
    assert (found.standing, found.since) == (Standing.GOOD, FIRST + 100 * DAY)


def test_good_standing_is_unbroken_where_a_debt_was_paid_on_day_30():
    found = verdict(account(charge(FIRST, paid=FIRST + 30 * DAY)), FIRST + 300 * DAY)
    assert (found.standing, found.since) == (Standing.GOOD, JOINED)


@pytest.mark.parametrize("part", [1, 10_000, WHOLE - 1])
@pytest.mark.parametrize("paid", [0, 20, 31, 60, 91, 120])
def test_a_part_payment_alone_changes_nothing(part, paid):
    without = account(charge(FIRST), tried=(FIRST,))
    partly = account(charge(FIRST, paid=((FIRST + paid * DAY, part),)), tried=(FIRST,))
    days = [FIRST + n * DAY for n in (20, 30, 31, 90, 91, 92, 182, 183)]
    assert [verdict(partly, day) for day in days] == [verdict(without, day) for day in days]


def test_parts_that_add_up_pay_on_the_day_of_the_last():
    parts = ((FIRST + 20 * DAY, 15_000), (FIRST + 95 * DAY, 5_000))
    assert around(account(charge(FIRST, paid=parts), tried=(FIRST,)), FIRST + 95 * DAY) == ["disabled", "good", "good"]


def test_two_payments_on_one_day_add_up():
    parts = ((FIRST + 95 * DAY, 15_000), (FIRST + 95 * DAY, 5_000))
    assert around(account(charge(FIRST, paid=parts), tried=(FIRST,)), FIRST + 95 * DAY) == ["disabled", "good", "good"]


def test_paying_too_much_is_good_standing_and_a_later_refund_of_the_rest_keeps_it():
    paid = ((FIRST + 95 * DAY, 25_000), (FIRST + 99 * DAY, -5_000))
    who = account(charge(FIRST, paid=paid), tried=(FIRST,))
    assert [standing(who, FIRST + n * DAY) for n in (94, 95, 99, 300)] == ["disabled", "good", "good", "good"]


@pytest.mark.parametrize("back", [1, WHOLE])
def test_a_refund_reopens_the_debt_from_its_own_due_date(back):
    paid = ((FIRST + 10 * DAY, WHOLE), (FIRST + 120 * DAY, -back))
    who = account(charge(FIRST, paid=paid), tried=(FIRST,))
    assert around(who, FIRST + 120 * DAY) == ["good", "disabled", "disabled"]
    found = verdict(who, FIRST + 125 * DAY)
    assert (found.days, found.since) == (125, FIRST + 120 * DAY)


def test_a_payment_and_its_refund_on_one_day_leave_the_debt_open():
    paid = ((FIRST + 95 * DAY, WHOLE), (FIRST + 95 * DAY, -WHOLE))
    who = account(charge(FIRST, paid=paid), tried=(FIRST,))
    assert around(who, FIRST + 95 * DAY) == ["disabled", "disabled", "disabled"]
    assert verdict(who, FIRST + 95 * DAY).since == FIRST + 91 * DAY


def test_a_bounced_payment_reopens_a_disabled_member_with_a_new_stretch():
    paid = ((FIRST + 95 * DAY, WHOLE), (FIRST + 105 * DAY, -WHOLE))
    who = account(charge(FIRST, paid=paid), tried=(FIRST,))
    # Disabled again from day 105, 14 June 2013; three calendar months later is 14 September.
    assert around(who, FIRST + 105 * DAY) == ["good", "disabled", "disabled"]
    assert around(who, date(2013, 9, 14)) == ["disabled", "inactive", "inactive"]


def test_a_charge_of_nothing_is_never_owed():
    assert standing(account(charge(FIRST, amount=0), tried=(FIRST,)), FIRST + 200 * DAY) == "good"


def test_of_two_unpaid_years_the_oldest_decides():
    who = account(charge(SECOND), charge(FIRST), tried=(FIRST,))
    found = verdict(who, SECOND + 10 * DAY)
    assert (found.standing, found.charge, found.days) == (Standing.INACTIVE, "A-20130301", 375)


def test_paying_the_newest_of_two_years_changes_nothing():
    unpaid = account(charge(FIRST), charge(SECOND), tried=(SECOND,))
    paid = account(charge(FIRST), charge(SECOND, paid=SECOND + 5 * DAY), tried=(SECOND,))
    days = [SECOND + n * DAY for n in (1, 2, 5, 6, 31, 91, 120)]
    assert [verdict(paid, day) for day in days] == [verdict(unpaid, day) for day in days]


@pytest.mark.parametrize(
    ("paid", "expected", "days"),
    [(20, "good", 20), (30, "good", 30), (31, "at_risk", 31), (90, "at_risk", 90), (91, "disabled", 91)],
)
def test_paying_only_the_oldest_leaves_the_newer_to_its_own_days(paid, expected, days):
    paid_on = SECOND + paid * DAY
    who = account(charge(FIRST, paid=paid_on), charge(SECOND), tried=(SECOND,))
    found = verdict(who, paid_on)
    assert (found.standing.value, found.charge, found.days) == (expected, "A-20140301", days)


def test_all_earlier_years_must_be_paid_for_good_standing():
    paid_on = date(2015, 6, 15)  # day 106 of the third
    years = [
        account(
            charge(FIRST, paid=paid_on if "1" in paid else ()),
            charge(SECOND, paid=paid_on if "2" in paid else ()),
            charge(THIRD, paid=paid_on if "3" in paid else ()),
            tried=(date(2015, 4, 1),),
        )
        for paid in ("3", "13", "23", "12", "123")
    ]
    found = [(verdict(who, paid_on).standing.value, verdict(who, paid_on).charge) for who in years]
    assert found == [
        ("disabled", "A-20130301"),
        ("disabled", "A-20140301"),
        ("disabled", "A-20130301"),
        ("disabled", "A-20150301"),
        ("good", None),
    ]


def test_an_opening_balance_counts_like_any_debt():
    owed = charge(date(2015, 8, 3), number="O-17", opening=True)
    who = account(owed, charge(date(2016, 8, 3)), tried=(date(2015, 9, 1),))
    assert around(who, date(2015, 11, 2)) == ["at_risk", "disabled", "disabled"]
    assert verdict(who, date(2016, 7, 15)).charge == "O-17"


def test_an_invoice_not_yet_due_does_not_count_but_is_announced():
    found = verdict(account(charge(FIRST)), FIRST - 10 * DAY)
    assert (found.standing, found.charge, follows(found)) == (Standing.GOOD, None, ("at_risk", FIRST + 31 * DAY))


def test_an_invoice_not_yet_made_is_not_announced():
    assert follows(verdict(account(charge(FIRST)), FIRST - 15 * DAY)) is None


def test_a_past_day_does_not_see_later_payments_attempts_or_holds():
    who = account(
        charge(FIRST, paid=FIRST + 100 * DAY),
        tried=(FIRST + 95 * DAY,),
        holds=((FIRST + 97 * DAY, FIRST + 110 * DAY),),
        away=((FIRST + 300 * DAY, None),),
    )
    found = [
        (standing(who, FIRST + n * DAY), follows(verdict(who, FIRST + n * DAY)))
        for n in (94, 95, 96, 97, 100, 299, 300)
    ]
    assert found == [
        ("at_risk", None),
        ("at_risk", ("disabled", FIRST + 96 * DAY)),
        ("disabled", ("inactive", date(2013, 9, 5))),
        ("at_risk", ("disabled", FIRST + 111 * DAY)),
        ("good", None),
        ("good", None),
        ("inactive", None),
    ]


def test_a_day_before_joining_is_inactive():
    found = verdict(account(since=date(2014, 5, 1)), date(2014, 4, 30))
    assert (found.standing, found.cause, found.charge) == (Standing.INACTIVE, Cause.NOT_YET, None)
    assert around(account(since=date(2014, 5, 1)), date(2014, 5, 1)) == ["inactive", "good", "good"]


def test_a_member_that_joined_with_an_old_debt_is_dated_from_the_day_it_joined():
    who = account(charge(FIRST), tried=(FIRST,), since=FIRST + 100 * DAY)
    found = verdict(who, FIRST + 101 * DAY)
    assert (found.standing, found.since) == (Standing.DISABLED, FIRST + 100 * DAY)


def test_a_due_date_on_29_february_counts_days_like_any_other():
    due = date(2016, 2, 29)
    who = account(charge(due), tried=(due,))
    assert around(who, date(2016, 3, 31)) == ["good", "at_risk", "at_risk"]
    assert around(who, date(2016, 5, 30)) == ["at_risk", "disabled", "disabled"]
    assert around(who, date(2016, 8, 30)) == ["disabled", "inactive", "inactive"]
