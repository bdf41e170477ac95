"""The daily work: each center on its own day, missed days caught up, nothing twice, what was cut off finished."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.dues.doing import asked, day, moment, run

from tequio.dues.models import Invoice
from tequio.dues.operations import billing
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run
from tequio.members.models import Member
from tequio.project.daily import tick


def ticked(on):
    return tick(actor="test", at=on if isinstance(on, datetime) else moment(on))


def test_a_day_s_work_bills_what_starts_within_the_notice(members):
    members({"paid_until": "2016-07-29"}, {"paid_until": "2016-07-30"}, {"paid_until": "2016-07-29", "center": "mx"})
    result = ticked("2016-07-15")
    assert sorted(asked()) == [("M1", "2016-07-29", "2016-07-29", 200), ("M3", "2016-07-29", "2016-07-29", 4100)]
    assert (len(result.runs), result.resumed, result.without_dues) == (2, [], [])


def test_a_second_time_on_a_day_does_nothing(members):
    members({}, {"center": "mx"})
    ticked("2016-07-15")
    rows, events = Invoice.objects.count(), Event.objects.count()
    again = ticked("2016-07-15")
    assert (again.runs, again.resumed, again.standings_changed) == ([], [], 0)
    assert (Invoice.objects.count(), Event.objects.count()) == (rows, events)


def test_missed_days_are_caught_up(members):
    members(
        {"paid_until": "2016-08-01"},
        {"paid_until": "2016-08-20"},
        {"paid_until": "2016-09-10"},
        {"paid_until": "2016-09-16"},
    )
    ticked("2016-07-15")
    assert asked() == []
    ticked("2016-09-01")
    assert asked() == [
        ("M1", "2016-08-01", "2016-09-15", 200),
        ("M2", "2016-08-20", "2016-09-15", 200),
        ("M3", "2016-09-10", "2016-09-15", 200),
    ]


def test_missed_days_come_to_the_same_periods_as_days_kept(members):
    starts = ["2015-09-01", "2016-07-15", "2016-07-30", "2016-08-10", "2016-08-15", "2016-08-27"]
    members(*({"paid_until": start} for start in starts))
    expected = sorted((f"M{n}", start) for n, start in enumerate(starts, start=1))
    with transaction.atomic():
        for number in range(30):
            ticked(day("2016-07-15") + timedelta(days=number))
        day_by_day = sorted(row[:2] for row in asked())
        transaction.set_rollback(True)
    ticked("2016-08-13")
    assert (day_by_day, sorted(row[:2] for row in asked())) == (expected, expected)


def test_standings_that_moved_while_nobody_looked_are_stored(members):
    members({"paid_until": "2016-07-01", "balance_due": "10.00"})
    assert ticked("2016-12-01").standings_changed == 1
    m = Member.objects.get()
    assert (m.standing, m.standing_since, m.standing_on) == ("at_risk", day("2016-08-01"), day("2016-12-01"))


def test_each_center_has_its_own_today(members):
    both = {"paid_until": "2016-07-30"}
    members(both, {**both, "center": "mx"})
    # 00:30 on 16 July in New York, where 30 July is 14 days away; 23:30 on 15 July in Mexico City.
    ticked(datetime(2016, 7, 16, 4, 30, tzinfo=UTC))
    assert asked() == [("M1", "2016-07-30", "2016-07-30", 200)]
    assert Invoice.objects.get().invoiced_on == day("2016-07-16")
    # Half an hour later it is the 16th in Mexico City too.
    ticked(datetime(2016, 7, 16, 5, 0, tzinfo=UTC))
    assert sorted(row[0] for row in asked()) == ["M1", "M2"]


def test_winter_time_is_another_hour(members):
    both = {"paid_until": "2016-12-15"}
    members(both, {**both, "center": "mx"})
    ticked(datetime(2016, 12, 1, 4, 59, tzinfo=UTC))  # 23:59 on 30 November in New York
    assert asked() == []
    ticked(datetime(2016, 12, 1, 5, 0, tzinfo=UTC))  # midnight there, 23:00 in Mexico City
    assert [row[0] for row in asked()] == ["M1"]
    ticked(datetime(2016, 12, 1, 6, 0, tzinfo=UTC))
    assert sorted(row[0] for row in asked()) == ["M1", "M2"]


def test_a_run_that_was_cut_off_is_finished_first_under_its_own_day(many, monkeypatch):
    many(5)
    monkeypatch.setattr(billing, "SLICE", 2)
    whole, calls = billing.write_slice, []

    def dying(**given):
        calls.append(given)
        if len(calls) > 1:
            raise InterruptedError
        whole(**given)

    monkeypatch.setattr(billing, "write_slice", dying)
    with pytest.raises(InterruptedError):
        run("2016-07-15")
    monkeypatch.setattr(billing, "write_slice", whole)
    cut = Run.objects.get().pk
    result = ticked("2016-07-20")
    assert (result.resumed, result.runs) == ([cut], [])
    assert set(Invoice.objects.values_list("invoiced_on", flat=True)) == {day("2016-07-15")}
    assert len(asked()) == 5


def test_a_center_without_dues_in_force_is_named_and_the_rest_is_done(members):
    members({"paid_until": "2009-07-01", "joined_on": "2008-01-01"})
    result = ticked("2009-12-31")
    assert (sorted(result.without_dues), result.runs, asked()) == (["mx", "us"], [], [])


def test_a_day_that_did_something_is_one_event(members):
    members({})
    result = ticked("2016-07-15")
    event = Event.objects.get(kind="instance.tick")
    assert event.payload == {"resumed": [], "runs": result.runs, "standings_changed": 0}


def test_where_there_is_a_mail_server_the_invoices_made_are_mailed(members, monkeypatch):
    from tequio.kernel.mail.models import OutgoingMail
    from tequio.kernel.mail.sending import Delivery
    from tequio.project import daily

    members({"paid_until": "2016-07-29"})
    monkeypatch.setattr(daily, "sends_for_real", lambda: True)
    monkeypatch.setattr(daily, "deliver_all", lambda **_: Delivery())
    ticked("2016-07-15")
    ticked("2016-07-15")
    assert list(OutgoingMail.objects.values_list("subject", "to_address")) == [("invoice:US-000001", "m1@example.org")]


def test_without_a_mail_server_nobody_is_written_to_unasked(members):
    from tequio.kernel.mail.models import OutgoingMail

    members({"paid_until": "2016-07-29"})
    ticked("2016-07-15")
    assert OutgoingMail.objects.count() == 0
