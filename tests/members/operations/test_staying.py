"""Leaving, coming back, and the log of contacts."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.dues.doing import asked, day, moment, rests, run, tried

from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import ContactAttempt, Member, Membership
from tequio.members.operations import leave, log_contact, merge_members, rejoin
from tequio.members.queries import attempts_of, belonged_in


def leaves(code, on):
    leave(code=code, on=day(on), actor="test", at=moment("2016-07-15"))


def returns(code, on):
    rejoin(code=code, on=day(on), actor="test", at=moment("2016-07-15"))


def periods(code="M1"):
    rows = Membership.objects.filter(member__code=code).order_by("joined_on")
    return [(m.joined_on.isoformat(), m.left_on and m.left_on.isoformat(), m.first_period_on.isoformat()) for m in rows]


def test_periods_that_start_after_leaving_are_not_billed(members):
    members({"paid_until": "2014-03-01"}, {"paid_until": "2014-03-01"}, {"paid_until": "2014-03-01"})
    leaves("M1", "2015-03-01")
    leaves("M2", "2015-03-02")
    leaves("M3", "2014-03-01")
    run()
    assert [row[:2] for row in asked()] == [("M1", "2014-03-01"), ("M2", "2014-03-01"), ("M2", "2015-03-01")]


def test_what_was_owed_stays_owed(members):
    members({"paid_until": "2015-03-01", "balance_due": "40.00"})
    leaves("M1", "2016-07-01")
    assert rests("M1") == [("US-OPEN-00001", 40, None)]
    assert (Member.objects.get().standing, Member.objects.get().standing_since) == ("inactive", day("2016-07-01"))


def test_who_comes_back_has_years_from_that_day_and_the_old_ones_stay_on_record(members):
    members({"paid_until": "2013-03-01", "joined_on": "2010-03-01"})
    leaves("M1", "2013-09-15")
    returns("M1", "2015-06-10")
    assert periods() == [("2010-03-01", "2013-09-15", "2013-03-01"), ("2015-06-10", None, "2015-06-10")]
    run("2016-07-15")
    assert [row[1] for row in asked()] == ["2013-03-01", "2015-06-10", "2016-06-10"]


def test_leaving_and_coming_back_on_one_day_bills_a_period_that_starts_then_once(members):
    members({"paid_until": "2015-03-01"})
    leaves("M1", "2016-03-01")
    returns("M1", "2016-03-01")
    run()
    run()
    assert [row[1] for row in asked()] == ["2015-03-01", "2016-03-01"]


def test_who_cancels_and_comes_back_twice_has_three_periods(members):
    members({"paid_until": "2016-03-01", "joined_on": "2010-03-01"})
    for left, back in (("2011-01-01", "2012-01-01"), ("2013-01-01", "2014-01-01")):
        leaves("M1", left)
        returns("M1", back)
    assert [row[:2] for row in periods()] == [
        ("2010-03-01", "2011-01-01"),
        ("2012-01-01", "2013-01-01"),
        ("2014-01-01", None),
    ]
    assert [belonged_in(code="M1", year=year) for year in range(2009, 2017)] == [
        False,
        True,
        False,
        True,
        False,
        True,
        True,
        True,
    ]


def test_a_day_in_a_year_is_enough_to_have_belonged(members):
    members({"joined_on": "2012-12-31"})
    leaves("M1", "2014-01-02")
    assert [belonged_in(code="M1", year=year) for year in (2011, 2012, 2013, 2014, 2015)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_the_first_day_out_is_not_a_day_of_belonging(members):
    members({"joined_on": "2012-12-31"})
    leaves("M1", "2014-01-01")
    assert belonged_in(code="M1", year=2014) is False


def test_whether_an_unknown_id_belonged_is_refused(members):
    with pytest.raises(Refusal, match="no member"):
        belonged_in(code="M9", year=2014)


def test_leaving_twice_or_before_joining_is_refused(members):
    members({"joined_on": "2010-03-01"})
    with pytest.raises(Refusal, match="joined on 2010-03-01; it cannot leave before"):
        leaves("M1", "2010-02-28")
    leaves("M1", "2010-03-01")
    with pytest.raises(Refusal, match="has left already"):
        leaves("M1", "2016-07-01")


def test_coming_back_without_having_left_or_before_it_is_refused(members):
    members({})
    with pytest.raises(Refusal, match="is a member already"):
        returns("M1", "2016-07-01")
    leaves("M1", "2016-06-01")
    with pytest.raises(Refusal, match="left on 2016-06-01; it cannot come back before"):
        returns("M1", "2016-05-31")
    assert len(periods()) == 1


def test_a_future_day_of_leaving_changes_nothing_today(members):
    members({})
    leaves("M1", "2016-12-31")
    assert Member.objects.get().standing == "good"
    run("2016-07-15", through="2017-12-31")
    assert [row[1] for row in asked()] == ["2016-03-01"]


def test_a_future_day_of_coming_back_makes_nobody_a_member_today(members):
    members({})
    leaves("M1", "2016-06-01")
    returns("M1", "2016-12-31")
    assert Member.objects.get().standing == "inactive"


def test_leaving_and_coming_back_are_an_event_each(members):
    members({})
    leaves("M1", "2016-06-01")
    returns("M1", "2016-07-01")
    rows = Event.objects.filter(kind__in=["member.left", "member.rejoined"]).order_by("id")
    assert [(e.kind, e.subject, e.payload) for e in rows] == [
        ("member.left", "member:M1", {"on": "2016-06-01"}),
        ("member.rejoined", "member:M1", {"on": "2016-07-01"}),
    ]


def test_an_attempt_is_logged_and_listed_by_day(members):
    members({})
    tried("M1", "2016-07-10", outcome="reached")
    tried("M1", "2016-07-01")
    rows = attempts_of(code="M1")
    assert [(a.on, a.by, a.outcome) for a in rows] == [
        (day("2016-07-01"), "Noé", "attempted"),
        (day("2016-07-10"), "Noé", "reached"),
    ]
    event = Event.objects.filter(kind="member.contact_logged").last()
    assert (event.subject, event.payload) == ("member:M1", {"on": "2016-07-01", "outcome": "attempted"})


@pytest.mark.parametrize(
    ("center", "at", "first_refused"),
    [
        ("us", datetime(2016, 7, 16, 4, 30, tzinfo=UTC), "2016-07-17"),  # 00:30 on the 16th in New York
        ("mx", datetime(2016, 7, 16, 4, 30, tzinfo=UTC), "2016-07-16"),  # 23:30 on the 15th in Mexico City
    ],
)
def test_an_attempt_that_has_not_happened_in_its_own_city_is_refused(members, center, at, first_refused):
    members({"center": center})
    given = {"code": "M1", "by": "Noé", "outcome": "attempted", "actor": "test", "at": at}
    log_contact(on=day(first_refused) - timedelta(days=1), **given)
    with pytest.raises(Refusal, match=f"{first_refused} has not come yet"):
        log_contact(on=day(first_refused), **given)
    assert ContactAttempt.objects.count() == 1


def test_an_attempt_names_who_tried(members):
    members({})
    given = {"code": "M1", "on": day("2016-07-01"), "outcome": "attempted", "actor": "test", "at": moment("2016-07-15")}
    with pytest.raises(Refusal, match="Say who tried"):
        log_contact(by="  ", **given)
    log_contact(by="x" * 500, **given)
    assert len(ContactAttempt.objects.get().by) == 120


def test_an_attempt_at_an_unknown_member_is_refused(members):
    with pytest.raises(Refusal, match="no member"):
        tried("M9", "2016-07-01")


def test_an_attempt_at_a_merged_one_counts_for_the_kept_one(members):
    members({"paid_until": "2016-03-01", "balance_due": "5.00"}, {"paid_until": "2017-03-01"})
    merge_members(kept="M1", merged="M2", actor="test", at=moment("2016-07-15"))
    tried("M2", "2016-07-01")
    assert Member.objects.get(code="M1").standing == "disabled"
