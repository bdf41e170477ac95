"""What the follow-up of a month brought and cost."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nights import noon
from tequio.centers.models import Center
from tequio.dues.models import Payment
from tequio.dues.operations import agreeing, paying
from tequio.followup.models import CallItem, CallOutcome, Dispatch, Promise, Task
from tequio.followup.operations.asking import ask_to_call
from tequio.followup.operations.call_hours import enter_hours
from tequio.followup.operations.calling import Outcome, claim_next, save_call
from tequio.followup.operations.posting import post_letters, print_letters
from tequio.followup.queries.report import follow_up_report
from tequio.rules.effect_of_follow_up import Followed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PHONE = {"phone": "+1 212 555 0100"}


def us():
    return Center.objects.get(code="us")


def report(month, **given):
    return follow_up_report(center=us(), month=month, **{"today": date(2016, 12, 31), **given})


def pay(code, on, amount=10000):
    return paying.add_payment(code=code, amount=amount, currency="USD", on=on, method="cash", actor="test", at=noon(on))


def lines(rows):
    return {row.name.en: (row.followed.contacts, row.followed.paid, row.followed.amount) for row in rows}


def test_money_after_a_mail_counts_for_its_step_and_channel(late, nights):
    due = late({}, {})
    nights(due, 10)
    pay("M1", due + 14 * DAY)

    found = report(date(2016, 7, 1))

    assert lines(found.steps) == {"A reminder about your dues": (2, 1, 10000)}
    assert lines(found.channels) == {"e-mail": (2, 1, 10000)}
    assert (found.followed, found.members_paid) == (10000, 1)
    assert found.steps[0].followed == Followed(contacts=2, members=2, paid=1, amount=10000, median_days=4)


def test_money_before_its_due_date_or_after_the_days_counted_did_not_follow(late, nights):
    due = late({}, {})
    nights(due, 10)
    pay("M1", due + 10 * DAY + 8 * DAY)

    assert report(date(2016, 7, 1), window=7).followed == 0
    assert report(date(2016, 7, 1), window=8).followed == 10000


def test_a_payment_that_was_voided_brought_nothing(late, nights):
    due = late({})
    nights(due, 10)
    made = pay("M1", due + 12 * DAY)
    paying.void_payment(number=made.number, reason="x", actor="test", at=noon(due + 13 * DAY))

    assert report(date(2016, 7, 1)).followed == 0


def test_what_came_back_is_counted_apart_and_brought_nothing(late, nights, post):
    due = late({}, {})
    nights(due, 10)
    Dispatch.objects.filter(member__code="M2").update(state="came_back", came_back_on=due + 12 * DAY)

    [line] = report(date(2016, 7, 1)).steps

    assert (line.followed.contacts, line.came_back) == (1, 1)


def test_postage_and_paid_hours_are_what_it_cost_and_given_hours_cost_nothing(late, nights):
    home = {"email": "", "street": "1 Main St", "city": "Troy", "state": "NY", "postal_code": "12180"}
    due = late({**home, "country": "US"})
    nights(due, 10)
    day = due + 10 * DAY
    batch = print_letters(center=us(), actor="test", at=noon(day))
    post_letters(batch_pk=batch.pk, on=day, leave_out=[], actor="test", at=noon(day))
    for key, cost in (("paid", 1500), ("given", 0)):
        enter_hours(center=us(), on=day, minutes=60, cost=cost, note="", once_key=key, actor="Rosa", at=noon(day))

    found = report(date(2016, 7, 1))

    assert (found.postage, found.cost_of_hours, found.cost) == (49, 1500, 1549)
    assert (found.hours_paid, found.hours_given) == (60, 60)
    assert lines(found.channels) == {"letter": (1, 0, 0)}


def test_calls_count_for_who_called_and_promises_and_hardship_are_told(late, night):
    due = late(PHONE, PHONE)
    day = due + 5 * DAY
    night(day)
    for code, caller in (("M1", "Ana"), ("M2", "Beto")):
        ask_to_call(code=code, actor="test", at=noon(day))
        item = claim_next(center_pks=frozenset([us().pk]), actor=caller, at=noon(day) + timedelta(hours=6))
        outcome = Outcome(kind=CallOutcome.PROMISED, pay_on=day + 3 * DAY)
        if caller == "Beto":
            outcome = Outcome(kind=CallOutcome.NO_ANSWER)
        save_call(
            item_pk=item.pk,
            claim_mark=CallItem.objects.get(pk=item.pk).claim,
            outcome=outcome,
            caller=caller,
            actor=caller,
            at=noon(day) + timedelta(hours=6),
        )
    pay("M1", day + 2 * DAY)
    night(day + 3 * DAY)
    agreeing.grant_hold(code="M2", until=day + 20 * DAY, reason="x", actor="test", at=noon(day + 3 * DAY))

    found = report(date(2016, 7, 1))

    assert [(by, reached, f.contacts, f.amount) for by, reached, f in found.callers] == [
        ("Ana", 1, 1, 10000),
        ("Beto", 0, 1, 0),
    ]
    assert found.promises == {"made": 1, "kept": 1, "broken": 0, "replaced": 0, "open": 0}
    assert Promise.objects.get().ended_because == "kept"
    assert found.hardship == {"holds": 1, "plans": 0, "reduced": 0}


def test_what_is_owed_is_told_by_age_and_standing_on_the_months_last_day(late):
    late({}, {"paid_until": "2016-08-20", "balance_due": "30.00"}, {"paid_until": "2016-03-01", "balance_due": "7.00"})
    pay("M2", date(2016, 9, 3), 1000)

    august, september = (report(date(2016, month, 1)) for month in (8, 9))

    assert [(name.en, members, amount) for name, members, amount in august.owed_by_age] == [
        ("1 to 30 days", 1, 3000),
        ("31 to 60 days", 1, 10000),
        ("more than 90 days", 1, 700),
    ]
    assert [(name.en, members, amount) for name, members, amount in september.owed_by_age] == [
        ("31 to 60 days", 1, 2000),
        ("61 to 90 days", 1, 10000),
        ("more than 90 days", 1, 700),
    ]
    assert sum(amount for _, _, amount in august.owed_by_standing) == 13700
    assert sum(members for _, members, _ in august.owed_by_standing) == 3


def test_a_month_that_is_not_over_is_told_through_today(late, nights):
    due = late({})
    nights(due, 10)
    today = due + 12 * DAY

    found = report(date(2016, 7, 1), today=today)

    assert (found.last_day, found.steps[0].followed.contacts) == (today, 1)


def test_a_month_in_which_nothing_was_said_brought_nothing(sample_rules):
    found = report(date(2016, 3, 1))

    assert (found.steps, found.channels, found.callers, found.followed, found.cost, found.comparison) == (
        [],
        [],
        [],
        0,
        0,
        None,
    )


def test_addresses_that_were_found_are_counted(late, night):
    due = late({"email": ""}, {"email": ""}, {"email": ""})
    night(due + 10 * DAY)
    for code, note in (("M1", "found"), ("M2", "paid"), ("M3", "a neighbour knew")):
        task = Task.objects.get(member__code=code)
        task.closed_on, task.kind, task.closed_note = due + 12 * DAY, "no_address", note
        task.save()

    assert report(date(2016, 7, 1)).addresses_found == 2, "what nobody needs any more was not found"


def test_the_queries_do_not_grow_with_the_members(late, nights):
    due = late({})
    nights(due, 10)
    with CaptureQueriesContext(connection) as few:
        report(date(2016, 7, 1))
    late(*({} for _ in range(6)))
    nights(due, 11)
    with CaptureQueriesContext(connection) as more:
        report(date(2016, 7, 1))

    assert len(more) == len(few)
    assert Payment.objects.count() == 0


def test_the_command_answers_in_json(late, nights, cli):
    due = late({})
    nights(due, 10)

    code, out, _ = cli("follow-up", "report", "--center", "us", "--month", "2016-07-20", "--json")

    answer = json.loads(out)
    assert (code, answer["center"], answer["month"], answer["currency"]) == (0, "us", "2016-07-01", "USD")
    assert [(row["name"]["es"], row["sent"]) for row in answer["steps"]] == [("Recordatorio de su cuota", 1)]


@pytest.mark.parametrize("month", ["2099-01-01", "9999-12-31"])
def test_a_month_to_come_is_refused(late, cli, month):
    late({})

    code, out, said = cli("follow-up", "report", "--center", "us", "--month", month)

    assert (code, out, said) == (1, "", "That month has not come yet.")
