"""Putting down what is due."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nights import money_is_known, noon
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.dues.operations import agreeing, paying
from tequio.followup.models import CallItem, Dispatch, Notice, PaymentClaim, Promise, QuietDay, Task
from tequio.followup.operations.adopting import StepLine, Terms, adopt_follow_up_policy
from tequio.followup.operations.making import make_notices
from tequio.followup.operations.sweeping import sweep
from tequio.followup.queries.explaining import member_story
from tequio.kernel.mail.models import OutgoingMail
from tequio.members import operations as members_operations
from tequio.members.models import Member
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def put_down():
    """Every dispatch as (step, channel, state), in the order they were made."""
    return list(Dispatch.objects.order_by("pk").values_list("step", "channel", "state"))


def test_a_step_is_put_down_on_its_day_and_not_before(late, night):
    due = late({})

    assert night(due + 9 * DAY).dispatches == 0
    assert night(due + 10 * DAY).dispatches == 1
    assert put_down() == [("reminder", "mail", "sent")]


def test_the_same_night_again_puts_down_nothing(late, night):
    due = late({})
    night(due + 10 * DAY)

    assert night(due + 10 * DAY).dispatches == 0
    assert Notice.objects.count() == 1


def test_the_clock_set_back_puts_down_nothing_twice(late, night):
    due = late({})
    night(due + 12 * DAY)

    night(due + 10 * DAY)
    night(due + 11 * DAY)

    assert put_down() == [("reminder", "mail", "sent")]


def test_the_database_refuses_a_second_standing_notice_of_a_charge_and_a_step(late, night):
    due = late({})
    night(due + 10 * DAY)
    notice = Notice.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(dispatch=notice.dispatch, invoice=notice.invoice, step=notice.step, due_on=notice.due_on)


def test_a_member_with_no_way_to_reach_it_is_a_task_once(late, days):
    due = late({"email": ""})

    days(due, 10, 14)

    assert list(Task.objects.values_list("kind", "opened_on", "closed_on")) == [("no_way", due + 10 * DAY, None)]
    assert put_down() == []


def test_a_hold_holds_the_ladder_still_and_the_step_is_caught_up_after_it(late, night):
    due = late({})
    agreeing.grant_hold(code="M1", until=due + 20 * DAY, reason="Flood", actor="test", at=noon(due + 5 * DAY))

    assert night(due + 15 * DAY).dispatches == 0
    assert night(due + 21 * DAY).dispatches == 1


def test_a_promise_holds_the_ladder_still_through_its_days_of_grace(late, night):
    due = late({})
    Promise.objects.create(
        member=Member.objects.get(),
        made_on=due + 5 * DAY,
        pay_on=due + 15 * DAY,
        pauses_through=due + 18 * DAY,
        entered_by="test",
    )

    assert night(due + 18 * DAY).dispatches == 0
    assert night(due + 19 * DAY).dispatches == 1


def test_a_claim_of_payment_holds_the_ladder_still_until_somebody_settles_it(late, night):
    due = late({})
    claim = PaymentClaim.objects.create(member=Member.objects.get(), said_on=due + 5 * DAY, entered_by="test")

    assert night(due + 40 * DAY).dispatches == 0
    PaymentClaim.objects.filter(pk=claim.pk).update(settled_on=due + 40 * DAY, found=False)
    assert night(due + 41 * DAY).dispatches == 1


def test_a_plan_in_good_order_holds_the_ladder_still(late, night):
    due = late({})
    agreeing.agree_plan(code="M1", first_on=due + 35 * DAY, count=2, actor="test", at=noon(due + 5 * DAY))

    assert night(due + 15 * DAY).dispatches == 0
    # The first instalment is missed: the plan has ended and the ladder goes on.
    assert night(due + 36 * DAY).dispatches == 1


def test_no_step_runs_while_the_money_of_the_center_is_not_known(late, night):
    due = late({})
    money_is_known(day=due)

    made = night(due + 12 * DAY, money=False)

    assert (made.dispatches, made.money_unknown) == (0, ["mx", "us"])
    assert night(due + 13 * DAY).dispatches == 1


def test_a_holiday_waits_for_the_day_after(late, night):
    due = late({})
    QuietDay.objects.create(
        center=Center.objects.get(code="us"), on=due + 10 * DAY, name_en="Labor Day", name_es="Día del Trabajo"
    )

    assert night(due + 10 * DAY).dispatches == 0
    assert night(due + 11 * DAY).dispatches == 1


def test_what_is_paid_before_the_mail_goes_out_is_not_sent(late, night, post):
    due = late({})
    night(due + 10 * DAY, send=False)
    paying.add_payment(
        code="M1",
        amount=10000,
        currency="USD",
        on=due + 10 * DAY,
        method="cash",
        actor="test",
        at=noon(due + 10 * DAY),
    )

    night(due + 11 * DAY)

    assert post.sent == []
    assert put_down() == [("reminder", "mail", "dropped")]


def test_a_notice_for_a_written_off_invoice_is_not_sent(late, night, post):
    due = late({})
    night(due + 10 * DAY, send=False)
    paying.write_off(number="US-OPEN-00001", on=due + 10 * DAY, reason="Gone", actor="test", at=noon(due + 10 * DAY))

    night(due + 11 * DAY)

    assert (len(post.sent), put_down()) == (0, [("reminder", "mail", "dropped")])


def test_a_step_dropped_for_a_payment_comes_again_when_the_payment_was_a_mistake(late, night, post):
    due = late({})
    night(due + 10 * DAY, send=False)
    payment = paying.add_payment(
        code="M1",
        amount=10000,
        currency="USD",
        on=due + 10 * DAY,
        method="cash",
        actor="test",
        at=noon(due + 10 * DAY),
    )
    night(due + 11 * DAY)
    paying.void_payment(number=payment.number, reason="Another's", actor="test", at=noon(due + 12 * DAY))

    night(due + 12 * DAY)

    assert put_down() == [("reminder", "mail", "dropped"), ("reminder", "mail", "sent")]


def test_a_mail_server_down_for_two_days_loses_nothing_and_doubles_nothing(late, night, post):
    due = late({}, {})
    post.away = True
    night(due + 10 * DAY)
    night(due + 11 * DAY)
    assert [state for _, _, state in put_down()] == ["waiting", "waiting"]
    post.away = False

    night(due + 12 * DAY)
    night(due + 13 * DAY)

    assert sorted(mail.to[0] for mail in post.sent) == ["m1@example.org", "m2@example.org"]
    assert {(d.state, d.sent_on) for d in Dispatch.objects.all()} == {("sent", due + 12 * DAY)}


def test_what_waited_in_the_queue_does_not_go_out_on_a_holiday(late, night, post):
    due = late({}, {"center": "mx"})
    post.away = True
    night(due + 10 * DAY)
    QuietDay.objects.create(center=Center.objects.get(code="us"), on=due + 11 * DAY, name_en="x", name_es="x")
    post.away = False

    night(due + 11 * DAY)
    assert [mail.to[0] for mail in post.sent] == ["m2@example.org"]
    night(due + 12 * DAY)
    night(due + 13 * DAY)

    assert sorted(mail.to[0] for mail in post.sent) == ["m1@example.org", "m2@example.org"]


def test_what_waited_in_the_queue_does_not_go_out_while_the_money_is_not_known_any_more(late, night, post):
    due = late({})
    post.away = True
    night(due + 10 * DAY)
    post.away = False

    night(due + 21 * DAY, money=False)
    assert post.sent == []
    night(due + 22 * DAY)
    night(due + 23 * DAY)

    assert [mail.to[0] for mail in post.sent] == ["m1@example.org"]


def test_the_next_step_waits_until_the_one_before_was_really_delivered(late, night, post):
    due = late({})
    post.away = True
    for number in (10, 31, 45):
        night(due + number * DAY)

    assert put_down() == [("reminder", "mail", "waiting")]


def test_a_mail_that_bounces_is_taken_again_on_paper_and_makes_a_task(late, night, post):
    due = late({"street": "1 Main St", "city": "Troy", "state": "NY", "postal_code": "12180", "country": "US"})
    post.refused = {"m1@example.org"}
    night(due + 10 * DAY)

    night(due + 11 * DAY)

    assert put_down() == [("reminder", "mail", "came_back"), ("reminder", "letter", "waiting")]
    assert list(Task.objects.values_list("kind", flat=True)) == ["bounced"]


def test_a_flood_of_bounces_is_taken_for_our_own_fault(late, night, post):
    due = late(*({} for _ in range(24)))
    post.refused = {f"m{number}@example.org" for number in range(1, 23)}

    night(due + 10 * DAY)
    night(due + 11 * DAY)

    assert list(Task.objects.values_list("kind", "member")) == [("many_came_back", None)]
    assert Dispatch.objects.filter(state="came_back").count() == 0
    assert Dispatch.objects.filter(state="waiting").count() == 22


def test_one_mail_carries_what_is_due_of_several_charges(members, night, post, at):
    members({"balance_due": "100.00", "paid_until": "2016-07-15"}, {"balance_due": "70.00", "paid_until": "2016-07-15"})
    members_operations.merge_members(kept="M1", merged="M2", actor="test", at=at)

    night(at.date() + 10 * DAY)

    assert (len(post.sent), Notice.objects.count(), Dispatch.objects.count()) == (1, 2, 1)
    assert "170.00" in post.sent[0].body


def test_who_left_is_not_chased_by_the_ladder(late, night):
    due = late({})
    members_operations.leave(code="M1", on=due + 2 * DAY, actor="test", at=noon(due + 2 * DAY))

    assert night(due + 12 * DAY).dispatches == 0


def test_a_step_on_paper_asks_for_the_address_that_is_missing_and_goes_by_mail(late, nights, post):
    due = late({})

    nights(due, 44, 52, 60, 70, 78)

    assert list(Task.objects.values_list("kind", flat=True)) == ["no_address", "no_way"]
    assert put_down()[2] == ("letter", "mail", "sent")
    assert "We have no postal address of yours." in post.sent[2].body


def test_the_number_of_queries_does_not_grow_with_the_members(late, at):
    late(*({} for _ in range(3)))
    day = at.date() + 10 * DAY
    money_is_known(day=day)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as few:
            make_notices(actor="test", at=noon(day))
        Notice.objects.all().delete()
        CallItem.objects.all().delete()
        Task.objects.all().delete()
        OutgoingMail.objects.all().delete()
        Dispatch.objects.all().delete()
        return len(few)

    few = queries()
    late(*({"member_id": f"N{number}", "email": f"n{number}@example.org"} for number in range(40)))
    assert queries() == few


def test_a_call_is_on_the_list_until_it_is_paid(late, nights):
    due = late({"phone": "+1 212 555 0100"})
    nights(due, 10, 31, 45, 60, 80)
    assert list(CallItem.objects.values_list("why", "closed_because")) == [("ladder", "")]
    paying.add_payment(
        code="M1",
        amount=10000,
        currency="USD",
        on=due + 81 * DAY,
        method="cash",
        actor="test",
        at=noon(due + 81 * DAY),
    )

    sweep(actor="test", at=noon(due + 81 * DAY))

    assert list(CallItem.objects.values_list("why", "closed_because")) == [("ladder", "paid")]
    assert put_down()[-1] == ("call", "call", "dropped")


def test_a_new_ladder_goes_on_where_the_old_one_was_and_reminds_nobody_again(late, nights):
    due = late({})
    nights(due, 10, 31)
    one = Text(en="x", es="x")
    adopt_follow_up_policy(
        center=Center.objects.get(code="us"),
        code="other-names",
        title=one,
        valid_from=due + 35 * DAY,
        decision=Decision.objects.order_by("pk").first(),
        terms=Terms(),
        steps=[
            StepLine(key="first", days=5, channels=("mail",), title=one, text=one),
            StepLine(key="second", days=30, channels=("mail",), title=one, text=one),
            StepLine(key="third", days=50, channels=("mail",), title=one, text=one),
        ],
        assumed=[],
        actor="test",
        at=noon(due + 34 * DAY),
    )

    nights(due, 36, 40, 49, 50)

    assert [step for step, _, _ in put_down()] == ["reminder", "warning", "third"]
    story = member_story(code="M1", on=due + 45 * DAY, today=due + 50 * DAY)
    assert [(said.step, said.step_name.en) for said in story.charges[0].said] == [
        ("reminder", "A reminder about your dues"),
        ("warning", "Your dues are a month late"),
    ]
    assert (story.charges[0].step, story.charges[0].until) == ("third", due + 50 * DAY)


def test_a_member_only_a_phone_reaches_is_called_once_a_person_has_tried_and_its_page_says_what_stood_for_the_letters(
    late, nights
):
    due = late({"email": "", "phone": "+1 212 555 0100"})
    on = due + 40 * DAY
    members_operations.log_contact(code="M1", on=on, by="Alma", outcome="attempted", actor="test", at=noon(on))

    nights(due, 41, 60)

    assert put_down() == [("call", "call", "waiting")]
    [charge] = member_story(code="M1", on=due + 60 * DAY, today=due + 60 * DAY).charges
    assert [name.en for name in charge.by_hand] == [
        "A reminder about your dues",
        "Your dues are a month late",
        "About your dues, on paper",
    ]
