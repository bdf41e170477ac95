"""Suspending many stops at the breaker; limited members keep their mail; removal takes two steps and time."""

import pytest

from dues.doing import day, hold, moment, pay, tried, void
from services.having import (
    LIMITED,
    OPEN,
    REMOVED,
    SUSPENDED,
    account,
    careful,
    look,
    mailbox,
    person,
    wanted,
    work,
)
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.dues.models import Invoice
from tequio.dues.operations.adopting import Thresholds, adopt_payment_policy
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text
from tequio.services.models import BulkSuspended, BulkSuspension, ServiceAccount
from tequio.services.operations import removing, suspending

pytestmark = pytest.mark.django_db
SHUT_ON = "2016-07-17"


@pytest.fixture
def many(members, sample_rules):
    """Five members that owe 60.00 USD each, disabled from 17 July, with an open mailbox; three may be shut in a day."""
    careful(breaker_share=0, breaker_fewest=3)
    members(*({"balance_due": "60.00", "paid_until": "2015-04-01"} for _ in range(5)))
    for number in range(1, 6):
        hold(f"M{number}", "2016-07-16")
        mailbox(f"M{number}", f"m{number}")
        tried(f"M{number}", "2016-07-16")


def shut():
    return sorted(name.partition("@")[0] for name, state in wanted().items() if state == SUSPENDED)


def test_more_than_may_be_in_a_day_stop_and_need_two_people(many):
    result = look(SHUT_ON)
    bulk = BulkSuspension.objects.get()
    assert (shut(), result.stopped, bulk.members, bulk.accounts, bulk.of_members, bulk.may) == ([], bulk.pk, 5, 5, 5, 3)
    assert look(SHUT_ON).stopped == bulk.pk  # looked at again it is the same one
    first, second = person(1), person(2)
    suspending.look(bulk_pk=bulk.pk, user=first, at=moment(SHUT_ON))
    look(SHUT_ON)
    assert shut() == []
    with pytest.raises(Refusal):
        suspending.look(bulk_pk=bulk.pk, user=first, at=moment(SHUT_ON))
    suspending.look(bulk_pk=bulk.pk, user=second, at=moment(SHUT_ON))
    pay("M3", 60, on=SHUT_ON)
    look(SHUT_ON)
    assert shut() == ["m1", "m2", "m4", "m5"]
    assert BulkSuspended.objects.filter(bulk=bulk, suspended_at__isnull=False).count() == 5


def test_a_few_at_a_time_all_day_long_are_counted_together(many):
    payment = pay("M4", 60, on="2016-07-16")
    pay("M5", 60, on="2016-07-16")
    look(SHUT_ON)
    assert shut() == ["m1", "m2", "m3"]
    void(payment, at=SHUT_ON)
    look(SHUT_ON)
    assert shut() == ["m1", "m2", "m3"]
    assert BulkSuspension.objects.get().members == 1
    look("2016-07-19")  # another day
    assert shut() == ["m1", "m2", "m3", "m4"]
    assert BulkSuspension.objects.get().state == "over"


def test_what_is_dropped_says_why_and_is_counted_anew(many):
    bulk = look(SHUT_ON).stopped
    with pytest.raises(Refusal):
        suspending.drop(bulk_pk=bulk, reason=" ", user=person(), at=moment(SHUT_ON))
    suspending.drop(bulk_pk=bulk, reason="a wrong import", user=person(2), at=moment(SHUT_ON))
    assert look(SHUT_ON).stopped not in {None, bulk}
    assert shut() == []


def test_other_members_than_those_looked_at_have_to_be_looked_at_again(many):
    bulk = look(SHUT_ON).stopped
    suspending.look(bulk_pk=bulk, user=person(1), at=moment(SHUT_ON))
    pay("M1", 60, on=SHUT_ON)
    again = look(SHUT_ON).stopped
    assert again != bulk
    assert BulkSuspension.objects.get(pk=again).first_by is None
    with pytest.raises(Refusal):
        suspending.look(bulk_pk=bulk, user=person(2), at=moment(SHUT_ON))


def test_a_limited_member_keeps_its_mail_and_nothing_else_until_it_pays(late, server):
    adopt_payment_policy(
        center=Center.objects.get(code="us"),
        code="payment-limited",
        title=Text(en="Limited", es="Limitada"),
        valid_from=day("2016-07-01"),
        decision=Decision.objects.first(),
        thresholds=Thresholds(
            limited_from=61,
            disabled_from=200,
            works={"limited": {"off": ["sites", "lists", "sign_in"]}, "disabled": {"hold": ["mail"]}},
        ),
        assumed=[],
        actor="test",
        at=moment("2016-07-01"),
    )
    hold("M1", "2016-07-16")
    mailbox("M1", "ana")
    account("M1", "site", "radio.example.org")
    look("2016-07-17")
    assert wanted() == {"ana@example.org": LIMITED, "radio.example.org": SUSPENDED}
    work(server, "2016-07-17")
    assert server.states() == {"ana@example.org": "limited"}
    with pytest.raises(Refusal):
        mailbox("M1", "beto", at="2016-07-17")
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on="2016-07-17")
    assert wanted() == {"ana@example.org": OPEN, "radio.example.org": OPEN}


def test_removal_takes_an_export_offered_and_time_and_never_whoever_is_back(late, server):
    hold("M1", "2016-07-15")
    mailbox("M1", "ana")
    tried("M1", "2016-07-16")
    look("2016-07-17")
    how = {"code": "M1", "how": "by mail, with a link", "actor": "test"}
    with pytest.raises(Refusal):  # disabled, not inactive yet
        removing.offer_export(**how, at=moment("2016-07-18"))
    look("2016-10-17")
    with pytest.raises(Refusal):  # nothing was offered
        removing.remove_accounts(code="M1", actor="test", at=moment("2016-10-18"))
    removing.offer_export(**how, at=moment("2016-10-18"))
    with pytest.raises(Refusal) as early:
        removing.remove_accounts(code="M1", actor="test", at=moment("2016-11-16"))
    assert early.value.text.en == "Nothing may be removed before 17 November 2016."
    assert removing.remove_accounts(code="M1", actor="test", at=moment("2016-11-17")) == 1
    assert wanted() == {"ana@example.org": REMOVED}
    assert ServiceAccount.objects.get().why_es == "Se eliminó después de ofrecer una copia el 18 de octubre de 2016."
    work(server, "2016-11-17")
    assert server.states() == {}
    with pytest.raises(Refusal):  # a name is taken for good
        mailbox("M2", "ana")


def test_an_offer_made_to_one_that_paid_leads_to_nothing(late):
    tried("M1", "2016-07-16")
    look("2016-10-18")
    removing.offer_export(code="M1", how="by mail", actor="test", at=moment("2016-10-18"))
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on="2016-10-20")
    with pytest.raises(Refusal):
        removing.remove_accounts(code="M1", actor="test", at=moment("2016-12-01"))
    assert removing.end_offers(at=moment("2016-12-01")) == 1
    assert removing.open_offer(member_pk=ServiceAccount.objects.count()) is None
