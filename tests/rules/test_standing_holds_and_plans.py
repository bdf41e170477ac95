"""What softens late dues: holds, plans and waived dues. Policy of 2012; the invoice is due on 1 March 2013.

Somebody tried on day 40, so that without a hold or a plan disabled begins on day 91.
"""

from datetime import date

import pytest

from rules.builders import (
    DAY,
    LIMITED,
    account,
    around,
    charge,
    follows,
    plan_for,
    plan_of,
    standing,
    verdict,
)
from tequio.rules.standing import Cause, Standing

DUE = date(2013, 3, 1)


def day(number: int) -> date:
    return DUE + number * DAY


def late(*others, owed=None, **facts):
    return account(owed or charge(DUE), *others, tried=(day(40),), **facts)


# Holds


def test_a_hold_keeps_at_risk_through_its_last_day():
    who = late(holds=((day(80), day(120)),))
    assert around(who, day(91)) == ["at_risk", "at_risk", "at_risk"]
    assert around(who, day(121)) == ["at_risk", "disabled", "disabled"]


def test_a_hold_lifts_a_disabled_member_to_at_risk_on_its_first_day():
    who = late(holds=((day(100), day(120)),))
    assert around(who, day(100)) == ["disabled", "at_risk", "at_risk"]


def test_a_hold_of_one_day_is_one_day():
    who = late(holds=((day(100), day(100)),))
    assert around(who, day(100)) == ["disabled", "at_risk", "disabled"]


def test_a_hold_says_what_follows_and_lets_the_days_go_on_counting():
    found = verdict(late(holds=((day(80), day(120)),)), day(110))
    assert (found.standing, found.cause, found.days, found.since, follows(found)) == (
        Standing.AT_RISK,
        Cause.HOLD,
        110,
        day(31),
        ("disabled", day(121)),
    )


def test_a_hold_worsens_nothing():
    who = late(holds=((day(0), day(60)),))
    assert [standing(who, day(n)) for n in (1, 30, 31, 60, 61)] == ["good", "good", "at_risk", "at_risk", "at_risk"]


def test_a_hold_is_no_reason_for_what_the_days_alone_say():
    found = verdict(late(holds=((day(0), day(60)),)), day(60))
    assert (found.standing, found.cause) == (Standing.AT_RISK, Cause.DAYS)


@pytest.mark.parametrize(
    ("holds", "disabled_on"),
    [
        (((day(80), day(100)), (day(101), day(110))), 111),  # one after the other
        (((day(80), day(120)), (day(90), day(100))), 121),  # one inside the other
        (((day(90), day(100)), (day(80), day(120))), 121),  # the same, told in the other order
        (((day(80), day(100)), (day(95), day(110))), 111),  # overlapping
    ],
)
def test_of_several_holds_the_last_day_of_all_counts(holds, disabled_on):
    assert around(late(holds=holds), day(disabled_on)) == ["at_risk", "disabled", "disabled"]


def test_between_two_holds_the_member_is_disabled():
    who = late(holds=((day(80), day(100)), (day(105), day(110))))
    assert [standing(who, day(n)) for n in (100, 101, 104, 105, 110, 111)] == [
        "at_risk", "disabled", "disabled", "at_risk", "at_risk", "disabled",
    ]  # fmt: skip


def test_a_hold_softens_limited_too():
    due = date(2017, 3, 1)
    who = account(charge(due), holds=((due + 70 * DAY, due + 80 * DAY),))
    assert around(who, due + 70 * DAY, policies=(LIMITED,)) == ["limited", "at_risk", "at_risk"]
    assert around(who, due + 81 * DAY, policies=(LIMITED,)) == ["at_risk", "limited", "limited"]


def test_a_hold_softens_inactive_too_and_disabled_begins_anew_after_it():
    who = late(holds=((date(2013, 9, 10), date(2013, 9, 20)),))
    assert around(who, date(2013, 9, 10)) == ["inactive", "at_risk", "at_risk"]
    assert around(who, date(2013, 9, 21)) == ["at_risk", "disabled", "disabled"]
    assert around(who, date(2013, 12, 21)) == ["disabled", "inactive", "inactive"]


def test_a_hold_does_not_bring_back_who_has_left():
    who = late(holds=((day(80), day(120)),), away=((day(100), None),))
    found = verdict(who, day(110))
    assert (found.standing, found.cause, found.since) == (Standing.INACTIVE, Cause.LEFT, day(100))


def test_a_hold_that_began_later_is_not_known_before():
    who = late(holds=((day(85), day(120)),))
    assert follows(verdict(who, day(84))) == ("disabled", day(91))
    assert follows(verdict(who, day(85))) == ("disabled", day(121))


# Plans: 20,000 in four parts of 5,000, on days 60, 91, 121 and 152 (30 April, 31 May, 30 June, 31 July)

PARTS = tuple((d, 5_000) for d in (date(2013, 4, 30), date(2013, 5, 31), date(2013, 6, 30), date(2013, 7, 31)))


def planned(*paid, parts=PARTS, starts_on=date(2013, 4, 15), **facts):
    owed = charge(DUE, paid=paid)
    return late(owed=owed, plans=(plan_of(*parts, charges=(owed,), starts_on=starts_on),), **facts)


def test_a_plan_paid_on_the_last_days_keeps_at_risk_to_the_end():
    who = planned(*PARTS[:3])
    assert [standing(who, day(n)) for n in (91, 92, 121, 122, 152)] == ["at_risk"] * 5
    found = verdict(who, day(130))
    assert (found.cause, found.days, follows(found)) == (Cause.PLAN, 130, ("disabled", date(2013, 8, 1)))


def test_the_last_part_of_a_plan_pays_the_debt():
    assert around(planned(*PARTS), date(2013, 7, 31)) == ["at_risk", "good", "good"]


def test_a_missed_instalment_ends_the_plan_the_day_after_it_was_due():
    who = planned(PARTS[0])
    assert around(who, date(2013, 6, 1)) == ["at_risk", "disabled", "disabled"]
    assert verdict(who, date(2013, 6, 20)).since == date(2013, 6, 1)


def test_a_plan_missed_before_day_91_leaves_the_days_to_decide():
    assert around(planned(), day(91)) == ["at_risk", "disabled", "disabled"]


def test_an_instalment_paid_a_day_late_does_not_mend_the_plan():
    who = planned(PARTS[0], (date(2013, 6, 1), 5_000), PARTS[2])
    assert [standing(who, d) for d in (date(2013, 5, 31), date(2013, 6, 1), date(2013, 6, 30))] == [
        "at_risk",
        "disabled",
        "disabled",
    ]


def test_an_instalment_short_by_one_cent_is_missed():
    who = planned(PARTS[0], (date(2013, 5, 31), 4_999))
    assert around(who, date(2013, 6, 1)) == ["at_risk", "disabled", "disabled"]


def test_paying_ahead_counts_for_the_parts_to_come():
    who = planned((date(2013, 4, 20), 15_000))
    assert around(who, date(2013, 8, 1)) == ["at_risk", "disabled", "disabled"]


def test_what_was_paid_before_the_plan_began_is_no_instalment():
    who = planned((date(2013, 4, 14), 5_000))
    assert around(who, day(91)) == ["at_risk", "disabled", "disabled"]


def test_what_is_paid_on_the_first_day_of_the_plan_is_an_instalment():
    who = planned((date(2013, 4, 15), 5_000))
    assert around(who, day(91)) == ["at_risk", "at_risk", "disabled"]


def test_a_refund_can_break_a_plan():
    who = planned(PARTS[0], (date(2013, 5, 20), 5_000), (date(2013, 5, 25), -1))
    assert around(who, date(2013, 6, 1)) == ["at_risk", "disabled", "disabled"]


def test_a_plan_made_while_disabled_lifts_to_at_risk_on_its_first_day():
    owed = charge(DUE)
    plan = plan_for(owed, first_on=day(110), count=2, starts_on=day(100))
    who = late(owed=owed, plans=(plan,))
    assert around(who, day(100)) == ["disabled", "at_risk", "at_risk"]
    assert around(who, day(111)) == ["at_risk", "disabled", "disabled"]


def test_a_plan_worsens_nothing():
    owed = charge(DUE)
    who = late(owed=owed, plans=(plan_for(owed, first_on=day(60), starts_on=day(0)),))
    assert [standing(who, day(n)) for n in (1, 30, 31)] == ["good", "good", "at_risk"]


def test_a_plan_is_no_reason_for_what_the_days_alone_say():
    found = verdict(planned(*PARTS), day(90))
    assert (found.standing, found.cause, follows(found)) == (Standing.AT_RISK, Cause.DAYS, ("disabled", day(92)))


def test_a_second_plan_after_a_missed_one_counts():
    owed = charge(DUE)
    first = plan_of((day(60), 20_000), charges=(owed,), starts_on=day(50))
    second = plan_of((day(130), 20_000), charges=(owed,), starts_on=day(100))
    who = late(owed=owed, plans=(first, second))
    assert [standing(who, day(n)) for n in (90, 91, 99, 100, 130, 131)] == [
        "at_risk", "disabled", "disabled", "at_risk", "at_risk", "disabled",
    ]  # fmt: skip


def test_a_plan_in_good_order_keeps_the_member_at_risk_whatever_else_it_owes():
    older, newer = charge(DUE), charge(date(2014, 3, 1))
    months = plan_for(older, first_on=date(2014, 6, 30), count=1, starts_on=date(2013, 5, 1))
    who = account(older, newer, tried=(date(2014, 3, 5),), plans=(months,))
    found = verdict(who, date(2014, 6, 15))
    assert (found.standing, found.charge) == (Standing.AT_RISK, older.number)
    assert verdict(who, date(2014, 7, 1)).standing == Standing.DISABLED


def test_a_plan_is_over_once_all_it_covers_is_paid():
    older, newer = charge(DUE, paid=date(2013, 6, 1)), charge(date(2013, 9, 1))
    months = plan_for(older, first_on=date(2013, 6, 30), count=1, starts_on=date(2013, 5, 1))
    who = account(older, newer, tried=(date(2013, 9, 5),), plans=(months,))
    assert verdict(who, date(2013, 12, 15)).standing == Standing.DISABLED


def test_a_hold_and_a_plan_together_last_as_long_as_the_longer():
    who = planned(PARTS[0], holds=((date(2013, 5, 31), date(2013, 6, 15)),))
    assert around(who, date(2013, 6, 16)) == ["at_risk", "disabled", "disabled"]


# Waived dues


def test_a_comped_member_is_in_good_standing_from_the_first_day_through_the_last():
    who = late(comps=((day(100), day(110)),))
    assert around(who, day(100)) == ["disabled", "good", "good"]
    assert around(who, day(111)) == ["good", "disabled", "disabled"]


def test_a_waiver_of_one_day_is_one_day():
    assert around(late(comps=((day(100), day(100)),)), day(100)) == ["disabled", "good", "disabled"]


def test_a_comped_member_is_told_so():
    found = verdict(late(comps=((day(100), None),)), day(500))
    assert (found.standing, found.cause, found.since, found.charge, found.days, follows(found)) == (
        Standing.GOOD,
        Cause.COMPED,
        day(100),
        None,
        None,
        None,
    )


def test_a_comped_member_without_an_invoice_is_in_good_standing_since_it_joined():
    who = account(comps=((date(2010, 1, 1), None),))
    found = verdict(who, date(2016, 7, 15))
    assert (found.standing, found.since, follows(found)) == (Standing.GOOD, who.since, None)


def test_the_order_of_two_waivers_does_not_change_the_reason():
    forever, short = (day(100), None), (day(100), day(110))
    reasons = {verdict(late(comps=comps), day(105)).reason for comps in ((forever, short), (short, forever))}
    assert len(reasons) == 1


# Leaving


def test_who_left_is_inactive_from_the_first_day_it_no_longer_belonged():
    who = account(away=((date(2015, 6, 1), None),))
    assert around(who, date(2015, 6, 1)) == ["good", "inactive", "inactive"]
    found = verdict(who, date(2016, 1, 1))
    assert (found.cause, found.since, found.charge, follows(found)) == (Cause.LEFT, date(2015, 6, 1), None, None)


def test_who_left_stays_inactive_whatever_is_waived_or_paid():
    who = account(charge(DUE, paid=day(120)), comps=((day(90), None),), away=((day(100), None),))
    assert [standing(who, day(n)) for n in (99, 100, 120, 121)] == ["good", "inactive", "inactive", "inactive"]
