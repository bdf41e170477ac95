"""Which notice was or was not sent to a member, and why."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nights import money_is_known, noon
from tequio.centers.models import Center
from tequio.dues.operations import agreeing, paying
from tequio.followup.models import PaymentClaim, Promise, QuietDay
from tequio.followup.queries.explaining import member_story
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.members.operations.staying import leave
from tequio.rules.followup import Action

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(on, *, code="M1", today=None):
    """What follows for the only charge of a member."""
    [charge] = member_story(code=code, on=on, today=today or on).charges
    return charge


def hold(member, on):
    agreeing.grant_hold(code=member.code, until=on + 20 * DAY, reason="x", actor="test", at=noon(on))


def promise(member, on):
    Promise.objects.create(
        member=member, made_on=on, pay_on=on + 5 * DAY, pauses_through=on + 8 * DAY, entered_by="test"
    )


def claim(member, on):
    PaymentClaim.objects.create(member=member, said_on=on, entered_by="test")


def plan(member, on):
    agreeing.agree_plan(code=member.code, first_on=on + 5 * DAY, count=3, actor="test", at=noon(on))


def holiday(member, on):
    QuietDay.objects.create(center=member.center, on=on, name_en="x", name_es="x")


def gone(member, on):
    leave(code=member.code, on=on, actor="test", at=noon(on))


def paid(member, on):
    paying.add_payment(code=member.code, amount=10000, currency="USD", on=on, method="cash", actor="test", at=noon(on))


@pytest.mark.parametrize(
    ("happens", "action", "why_en", "why_es"),
    [
        (None, Action.SEND, "Due since", "Toca desde"),
        (hold, Action.WAIT, "There is a hold through", "Hay una prórroga hasta"),
        (promise, Action.WAIT, "There is a promise to pay through", "Hay una promesa de pago hasta"),
        (claim, Action.WAIT, "There is a claim that it was paid", "Hay un aviso de que ya se pagó"),
        (plan, Action.WAIT, "There is a plan in good order", "Hay un plan que se está cumpliendo"),
        (holiday, Action.WAIT, "There is a holiday of the center", "Hay un día inhábil del centro"),
        (gone, Action.DONE, "The member left", "La membresía terminó"),
        (paid, Action.DONE, "Nothing of it is open any more", "Ya no queda nada por pagar"),
    ],
)
def test_it_says_in_both_languages_what_the_night_does_and_why(late, night, happens, action, why_en, why_es):
    due = late({})
    on = due + 10 * DAY
    money_is_known(day=on)
    if happens is not None:
        happens(Member.objects.get(), on)

    found = told(on)
    made = night(on)

    assert found.action is action
    assert why_en.casefold() in found.reason.en.casefold(), found.reason
    assert why_es.casefold() in found.reason.es.casefold(), found.reason
    assert made.dispatches == (1 if action is Action.SEND else 0)


def test_while_the_money_is_not_entered_nothing_goes_out_and_the_page_says_so(late, night):
    due = late({})
    on = due + 10 * DAY

    found = told(on)

    assert (found.action, night(on, money=False).dispatches) == (Action.WAIT, 0)
    assert "money" in found.reason.en


def test_who_cannot_be_reached_is_a_task(late, night):
    due = late({"email": ""})
    on = due + 10 * DAY
    money_is_known(day=on)

    assert told(on).action is Action.TASK
    assert night(on).tasks == 1


def test_a_past_day_is_told_as_it_was_then(late, nights):
    due = late({})
    nights(due, 10, 31)
    today = due + 40 * DAY
    paid(Member.objects.get(), today)

    before, between, after = (told(due + n * DAY, today=today) for n in (9, 20, 35))

    assert [len(story.said) for story in (before, between, after)] == [0, 1, 2]
    assert (before.rest, told(today).rest) == (10000, 0)
    assert (before.action, before.until) == (Action.WAIT, due + 10 * DAY)
    assert after.said[1].sentence.en == f"By e-mail, on {(due + 31 * DAY).day} August 2016."


def test_a_day_to_come_is_told_as_if_the_money_were_entered(late, night):
    due = late({})
    night(due + 10 * DAY)
    today = due + 11 * DAY

    assert told(due + 31 * DAY, today=today).action is Action.SEND
    assert told(due + 30 * DAY, today=today).action is Action.WAIT


def test_what_came_back_is_told_with_its_day(late, night, post):
    due = late({})
    post.refused.add("m1@example.org")
    night(due + 10 * DAY)

    [said] = told(due + 11 * DAY).said

    assert said.came_back_on == due + 10 * DAY
    assert said.sentence.es.endswith(f"Regresó el {(due + 10 * DAY).day} de julio de 2016.")


def test_a_member_merged_into_another_is_told_with_it(late):
    from tequio.members.operations import merge_members

    late({}, {})
    merge_members(kept="M1", merged="M2", actor="test", at=noon(late({}, {})))

    assert member_story(code="M2", on=late({}, {}), today=late({}, {})).code == "M1"


def test_an_id_nobody_has_is_refused(sample_rules):
    with pytest.raises(Refusal):
        member_story(code="NOBODY", on=noon_day(), today=noon_day())


def noon_day():
    from datetime import date

    return date(2016, 8, 1)


def test_the_queries_do_not_grow_with_the_charges(late, at):
    from tequio.dues.operations import billing

    due = late({})
    on = due + 500 * DAY

    def count():
        with CaptureQueriesContext(connection) as seen:
            member_story(code="M1", on=on, today=on)
        return len(seen)

    one = count()
    center = Center.objects.get(code="us")
    for years in (1, 2):
        day = due + 365 * years * DAY
        terms = billing.terms_of(as_of=day, through=day, center_code=center.code)
        billing.run_dues(terms=terms, actor="test", at=noon(day))

    assert len(member_story(code="M1", on=on, today=on).charges) > 1
    assert count() == one


def test_the_command_answers_in_json_with_every_reason_in_both_languages(late, night, cli):
    due = late({})
    night(due + 10 * DAY)

    code, out, _ = cli("follow-up", "explain", "--member", "M1", "--on", (due + 20 * DAY).isoformat(), "--json")

    answer = json.loads(out)
    assert (code, answer["member"], answer["policy"]) == (0, "M1", "us-follow-up-2016")
    [charge] = answer["charges"]
    assert [notice["step"] for notice in charge["notices"]] == ["reminder"]
    assert (charge["next"]["action"], charge["next"]["step"]) == ("wait", "warning")
    assert set(charge["next"]["why"]) == {"en", "es"}
