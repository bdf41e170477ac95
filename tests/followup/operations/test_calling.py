"""The caller's work."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.followup.calls import DAY, PHONE, call_dispatch, centers, save, take

from nights import noon
from tequio.dues.models import Hold, MemberRate, Plan
from tequio.dues.operations import paying
from tequio.followup.models import (
    BadAddress,
    Call,
    CallItem,
    CallOutcome,
    Dispatch,
    Notice,
    PaymentClaim,
    Promise,
    Task,
)
from tequio.followup.operations import calling
from tequio.followup.operations.hardship import Ask, Hardship
from tequio.followup.queries.call_list import ready_items
from tequio.followup.queries.checking import follow_up_differences
from tequio.kernel.errors import Refusal
from tequio.members import operations as members_operations
from tequio.members.models import ContactAttempt, Member

pytestmark = pytest.mark.django_db


def test_two_callers_never_get_the_same_member(called):
    at = called({}, {})

    first, second = take(at), take(at, actor="user:2")

    assert first.member_id != second.member_id
    assert take(at, actor="user:3") is None


def test_a_caller_that_comes_back_has_the_same_member(called):
    at = called({}, {})

    assert take(at).pk == take(at + timedelta(minutes=5)).pk


def test_a_claim_that_ran_out_is_anybodys_and_the_first_is_told_so(called):
    at = called({})
    first = take(at)
    second = take(at + timedelta(minutes=31), actor="user:2")
    assert second.pk == first.pk

    with pytest.raises(Refusal) as refused:
        save(first, at + timedelta(minutes=32))

    assert refused.value.text.en.startswith("Somebody else has taken this member over meanwhile")
    assert Call.objects.count() == 0


def test_saved_twice_is_one_call(called):
    at = called({})
    item = take(at)

    first = save(item, at)
    again = save(item, at)

    assert (first.call.pk, Call.objects.count(), ContactAttempt.objects.count()) == (again.call.pk, 1, 1)


def test_reached_takes_the_step_and_logs_the_contact(called):
    at = called({})

    save(take(at), at)

    assert (call_dispatch().state, call_dispatch().sent_on) == ("sent", at.date())
    assert list(ContactAttempt.objects.values_list("outcome", "by")) == [("reached", "Nadia")]
    assert CallItem.objects.get().closed_because == "called"


def test_a_payment_that_came_during_the_call_is_told_and_no_promise_is_asked(called):
    at = called({})
    item = take(at)
    paying.add_payment(code="M1", amount=10000, currency="USD", on=at.date(), method="cash", actor="test", at=at)

    saved = save(item, at, CallOutcome.PROMISED, pay_on=at.date() + 5 * DAY)

    assert [text.en for text in saved.told] == [
        "All that was owed has been paid in the meantime. The call is kept; nothing more is asked of the member."
    ]
    assert (Promise.objects.count(), Call.objects.count(), CallItem.objects.get().closed_because) == (0, 1, "paid")


def test_a_promise_pauses_and_comes_back_on_its_day(called, night):
    at = called({})
    save(take(at), at, CallOutcome.PROMISED, pay_on=at.date() + 10 * DAY)
    assert CallItem.objects.filter(closed_at__isnull=True).count() == 0

    night(at.date() + 9 * DAY)
    assert CallItem.objects.filter(closed_at__isnull=True).count() == 0
    night(at.date() + 10 * DAY)

    assert list(CallItem.objects.filter(closed_at__isnull=True).values_list("why", flat=True)) == ["promise"]


def test_a_promise_that_was_paid_is_kept(called, night):
    at = called({})
    save(take(at), at, CallOutcome.PROMISED, pay_on=at.date() + 10 * DAY)
    paid = at.date() + 8 * DAY
    paying.add_payment(code="M1", amount=10000, currency="USD", on=paid, method="cash", actor="test", at=noon(paid))

    night(at.date() + 9 * DAY)

    assert Promise.objects.get().ended_because == "kept"


@pytest.mark.parametrize("number", [-1, 31])
def test_a_promise_beyond_the_policys_days_is_refused_and_nothing_is_saved(called, number):
    at = called({})
    item = take(at)

    with pytest.raises(Refusal):
        save(item, at, CallOutcome.PROMISED, pay_on=at.date() + number * DAY)

    assert (Call.objects.count(), ContactAttempt.objects.count(), CallItem.objects.get().closed_at) == (0, 0, None)


def test_who_says_it_has_paid_is_reminded_no_more_until_somebody_has_looked(called, night):
    at = called({})
    save(take(at), at, CallOutcome.CLAIMED, note="By transfer on Monday")

    assert PaymentClaim.objects.get().note == "By transfer on Monday"
    assert night(at.date() + 20 * DAY).dispatches == 0
    assert list(Task.objects.filter(closed_on__isnull=True, kind="claim").values_list("kind", flat=True)) == ["claim"]


def test_nobody_answered_three_times_counts_as_a_call_made(called):
    at = called({})
    for number in range(3):
        when = at + number * DAY
        save(take(when), when, CallOutcome.NO_ANSWER)

    item = CallItem.objects.get()
    assert (item.tries, item.closed_because, call_dispatch().state) == (3, "called", "sent")
    assert list(ContactAttempt.objects.values_list("outcome", flat=True)) == ["attempted"] * 3


def test_a_wrong_number_is_not_used_again_and_the_ladder_goes_on(called, night):
    at = called({})
    save(take(at), at, CallOutcome.WRONG_NUMBER)

    assert call_dispatch().state == "came_back"
    assert BadAddress.objects.get().channel == "call"
    assert Task.objects.filter(kind="wrong_number", closed_on__isnull=True).count() == 1
    night(at.date() + DAY)
    assert CallItem.objects.filter(closed_at__isnull=True).count() == 0


def test_call_back_comes_at_its_hour_where_they_are_also_when_only_their_clock_moved(called):
    at = called({})
    # 7 November 2016: New York has gone back to winter time the day before, Mexico City a week earlier.
    when = datetime(2016, 11, 7, 15, 30, tzinfo=UTC)  # 10:30 in New York
    save(take(at), at, CallOutcome.CALL_BACK, call_back_at=when)

    assert ready_items(center_pks=centers(), at=when - timedelta(minutes=1)) == []
    assert [item.why for item in ready_items(center_pks=centers(), at=when)] == ["call_back"]


def test_do_not_call_is_kept_and_the_member_is_called_no_more(called, nights):
    at = called({})
    save(take(at), at, CallOutcome.DO_NOT_CALL)

    nights(at.date(), 1, 10, 40)

    assert CallItem.objects.filter(closed_at__isnull=True).count() == 0
    assert call_dispatch().why == "do_not_call"


def test_time_within_the_limits_is_agreed_in_the_call(called):
    at = called({})

    saved = save(
        take(at), at, CallOutcome.HARDSHIP, hardship=Hardship(ask=Ask.TIME, until=at.date() + 30 * DAY), note="Flood"
    )

    assert Hold.objects.get().last_day == at.date() + 30 * DAY
    assert saved.told[0].en.startswith("Agreed: nothing follows through")


def test_instalments_and_a_reduced_rate_within_the_limits_are_agreed_in_the_call(called):
    at = called({}, {})
    save(take(at), at, CallOutcome.HARDSHIP, hardship=Hardship(ask=Ask.PLAN, parts=6))
    save(take(at), at, CallOutcome.HARDSHIP, hardship=Hardship(ask=Ask.REDUCED, basis_points=5000))

    assert (Plan.objects.count(), MemberRate.objects.get().basis_points) == (1, 5000)


@pytest.mark.parametrize(
    "asked",
    [
        Hardship(ask=Ask.PLAN, parts=12),
        Hardship(ask=Ask.REDUCED, basis_points=2500),
        Hardship(ask=Ask.OTHER),
        Hardship(ask=Ask.TIME, until=date(2017, 6, 1)),
    ],
)
def test_beyond_the_limits_it_becomes_the_treasurers_task(called, asked):
    at = called({})

    saved = save(take(at), at, CallOutcome.HARDSHIP, hardship=asked, note="Lost its grant")

    task = Task.objects.get(kind="hardship")
    assert task.note.endswith("Lost its grant")
    assert saved.told[0].en.startswith("That is for the treasurer to agree")
    assert (Hold.objects.count(), Plan.objects.count(), MemberRate.objects.count()) == (0, 0, 0)


def test_a_reply_for_a_merged_member_goes_to_the_one_it_counts_as(called):
    at = called({}, {})
    item = take(at)
    other = "M2" if item.member.code == "M1" else "M1"
    members_operations.merge_members(kept=other, merged=item.member.code, actor="test", at=at)

    save(item, at)

    assert Call.objects.get().member.code == other


def test_being_reached_brings_a_disabled_member_back_at_once(called, nights):
    at = called({})
    save(take(at), at, CallOutcome.NO_ANSWER)
    later = at + 30 * DAY
    nights(at.date(), 15, 30)
    assert Member.objects.get().standing == "disabled"

    save(take(later), later, CallOutcome.REACHED)

    assert Member.objects.get().standing == "at_risk"


def test_giving_back_lets_the_next_caller_have_it(called):
    at = called({})
    item = take(at)

    assert calling.give_back(item_pk=item.pk, claim_mark=item.claim) is True
    assert take(at, actor="user:2").pk == item.pk


@pytest.fixture
def called_twice(late, nights, at):
    """Two charges of one member, a month apart, have both come to their call; the moment to call."""

    def make():
        due = late(PHONE, {**PHONE, "paid_until": "2016-08-15"})
        members_operations.merge_members(kept="M1", merged="M2", actor="test", at=at)
        nights(due, 10, 31, 45, 62, 76, 91, 105)
        assert sorted(Dispatch.objects.filter(channel="call").values_list("state", flat=True)) == ["waiting"] * 2
        return noon(due + 105 * DAY) + timedelta(hours=4)

    return make


def test_one_call_is_the_step_of_every_charge_that_had_come_to_it(called_twice):
    at = called_twice()
    assert CallItem.objects.filter(closed_at__isnull=True).count() == 1

    save(take(at), at)

    assert {(d.state, d.sent_on) for d in Dispatch.objects.filter(channel="call")} == {("sent", at.date())}
    assert list(follow_up_differences()) == []


def test_where_one_of_two_charges_is_paid_the_call_about_the_other_stays_on_the_list(called_twice, night):
    at = called_twice()
    listed = CallItem.objects.get(closed_at__isnull=True)
    paid = Notice.objects.filter(dispatch=listed.dispatch_id).get().invoice
    paying.write_off(number=paid.number, on=at.date(), reason="x", actor="test", at=at)

    night(at.date() + DAY)

    listed.refresh_from_db()
    assert (listed.closed_at, listed.dispatch.state) == (None, "waiting")
    assert sorted(Dispatch.objects.filter(channel="call").values_list("state", flat=True)) == ["dropped", "waiting"]
    assert list(follow_up_differences()) == []


@pytest.mark.parametrize("kind", [CallOutcome.WRONG_NUMBER, CallOutcome.DO_NOT_CALL])
def test_a_call_that_cannot_be_made_comes_back_for_every_charge(called_twice, kind):
    at = called_twice()

    save(take(at), at, kind)

    assert {d.state for d in Dispatch.objects.filter(channel="call")} == {"came_back"}
    assert list(follow_up_differences()) == []


def test_at_the_narrowest_moment_of_two_who_saw_the_same_list_one_gets_the_member(called):
    at = called({})
    seen = ready_items(center_pks=centers(), at=at)[0]

    got = [calling.claim(item_pk=seen.pk, actor=f"user:{n}", at=at, until=at + calling.CLAIM, mark="") for n in (1, 2)]

    assert (got, CallItem.objects.get().claimed_by) == ([True, False], "user:1")
