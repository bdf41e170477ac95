"""What a member writes or says by itself."""

from datetime import timedelta

import pytest

from nights import noon
from tequio.followup.models import CallItem, CallRefusal, Dispatch, PaymentClaim, Promise
from tequio.followup.operations.calling import claim_next
from tequio.followup.operations.hearing import Heard, hear
from tequio.followup.queries.checking import follow_up_differences
from tequio.kernel.errors import Refusal
from tequio.members.models import ContactAttempt, Member
from tequio.members.operations import merge_members

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PHONE = {"phone": "+1 212 555 0100", "country": "US", "state": "NY"}


def say(heard, day, *, code="M1", pay_on=None, note=""):
    hear(code=code, heard=heard, pay_on=pay_on, note=note, by="Dalia", actor="user:1", at=noon(day))


def test_a_promise_it_wrote_pauses_the_ladder_and_takes_back_its_call(late, nights, night):
    due = late(PHONE)
    nights(due, 10, 31, 45, 60)
    on = due + 61 * DAY

    say(Heard.PROMISED, on, pay_on=on + 10 * DAY)

    assert (Promise.objects.get().pay_on, CallItem.objects.get().closed_because) == (on + 10 * DAY, "promised")
    assert Dispatch.objects.get(channel="call").state == "dropped"
    assert list(follow_up_differences()) == []
    assert night(on + 9 * DAY).dispatches == 0
    night(on + 10 * DAY)
    assert list(CallItem.objects.filter(closed_at=None).values_list("why", flat=True)) == ["promise"]


def test_that_it_has_paid_pauses_the_ladder_until_somebody_has_looked(late, night):
    due = late({})

    say(Heard.CLAIMED, due + 5 * DAY, note="By wire on Monday")

    assert (PaymentClaim.objects.get().note, night(due + 40 * DAY).dispatches) == ("By wire on Monday", 0)


def test_contact_by_a_disabled_member_brings_everything_back_at_once_for_the_policys_days(late, nights):
    due = late({})
    nights(due, 10, 31)
    on = due + 50 * DAY
    ContactAttempt.objects.create(
        member=Member.objects.get(), on=on, by="Ana", outcome="attempted", entered_at=noon(on)
    )
    nights(due, 100)
    assert Member.objects.get().standing == "disabled"

    say(Heard.CLAIMED, due + 101 * DAY)

    assert Member.objects.get().standing == "at_risk"
    nights(due, 114)
    assert Member.objects.get().standing == "at_risk"
    nights(due, 115)
    assert Member.objects.get().standing == "disabled"


def test_who_has_it_on_the_phone_goes_on(late, nights):
    due = late(PHONE)
    nights(due, 10, 31, 45, 60)
    at = noon(due + 61 * DAY) + timedelta(hours=4)
    item = claim_next(center_pks=frozenset([Member.objects.get().center_id]), actor="user:9", at=at)

    hear(code="M1", heard=Heard.CLAIMED, pay_on=None, note="", by="Dalia", actor="user:1", at=at + timedelta(minutes=5))

    item.refresh_from_db()
    assert (item.closed_at, item.claimed_by) == (None, "user:9")


def test_it_may_be_called_again(late):
    due = late(PHONE)
    CallRefusal.objects.create(member=Member.objects.get(), said_on=due, entered_by="x")

    say(Heard.MAY_BE_CALLED, due + 3 * DAY)

    assert CallRefusal.objects.get().ended_on == due + 3 * DAY
    with pytest.raises(Refusal, match="never asked"):
        say(Heard.MAY_BE_CALLED, due + 4 * DAY)


def test_a_reply_for_a_merged_member_is_kept_for_the_one_it_counts_as(late, at):
    due = late({}, {})
    merge_members(kept="M1", merged="M2", actor="test", at=at)

    say(Heard.CLAIMED, due + 3 * DAY, code="M2")

    assert PaymentClaim.objects.get().member.code == "M1"


@pytest.mark.parametrize("pay_on", [None, -1, 31])
def test_a_promise_without_a_day_or_beyond_the_policys_is_refused_and_nothing_is_kept(late, pay_on):
    on = late({}) + 12 * DAY

    with pytest.raises(Refusal, match="A promise is for a day from today"):
        say(Heard.PROMISED, on, pay_on=None if pay_on is None else on + pay_on * DAY)

    assert (Promise.objects.count(), ContactAttempt.objects.count()) == (0, 0)


def test_who_owes_nothing_has_nothing_to_promise(late):
    due = late({"balance_due": "0.00"})

    with pytest.raises(Refusal, match="owes nothing"):
        say(Heard.CLAIMED, due)
