"""Accounts follow standing: suspended after an attempt, back at once on a payment, a hold or a call."""

from datetime import timedelta

import pytest

from dues.doing import hold, moment, pay, tried
from services.having import OPEN, SUSPENDED, jobs, look, mailbox, wanted, work
from tequio.dues.models import Invoice
from tequio.kernel.journal.models import Event
from tequio.members.models import Member
from tequio.services.models import Job, Observation, ServiceAccount

pytestmark = pytest.mark.django_db


@pytest.fixture
def shut(late, server):
    """M1 has been tried and is disabled; its mailbox was open on the server and is shut there now."""
    hold("M1", "2016-07-15")
    mailbox("M1", "ana")
    mailbox("M2", "beto")
    work(server)
    assert server.states() == {"ana@example.org": "open", "beto@example.org": "open"}
    tried("M1", "2016-07-16")
    look("2016-07-17")
    work(server, "2016-07-17")
    assert server.states() == {"ana@example.org": "suspended", "beto@example.org": "open"}
    return server


def test_a_disabled_member_is_shut_out_with_its_reason_and_mail_on_hold(shut):
    assert Member.objects.get(code="M1").standing == "disabled"
    account = ServiceAccount.objects.get(name="ana@example.org")
    assert (account.wanted, account.on_hold, account.generation) == (SUSPENDED, True, 2)
    assert account.why_en == (
        "It is suspended. What comes in is kept and never sent back. It is back at once when what is overdue is paid "
        "or agreed. The standing is: disabled, since 17 July 2016."
    )
    assert Event.objects.filter(kind="services.changed", subject="member:M1").values_list("payload", flat=True)[0] == {
        "from": "open",
        "to": "suspended",
        "accounts": 1,
    }


def test_paying_all_that_is_overdue_opens_at_once_and_the_way_is_written_down(shut):
    owed = Invoice.objects.get(member__code="M1").rest / 100
    pay("M1", owed / 2, on="2016-07-18")
    assert wanted()["ana@example.org"] == SUSPENDED
    pay("M1", owed / 2, on="2016-07-18")
    assert wanted()["ana@example.org"] == OPEN
    assert jobs("ana@example.org")[-1] == ("ana@example.org", 3, OPEN, "waiting")
    work(shut, "2016-07-18", seconds=5)
    assert shut.states()["ana@example.org"] == "open"
    job = Job.objects.order_by("-pk")[0]
    assert (job.verb, job.made_at, job.seen_at) == (
        "resume",
        moment("2016-07-18"),
        moment("2016-07-18") + timedelta(seconds=5),
    )


def test_a_hold_opens_at_once_and_its_end_shuts_by_the_next_look(shut):
    hold("M1", "2016-07-31", at="2016-07-18")
    assert wanted()["ana@example.org"] == OPEN
    look("2016-07-31")
    assert wanted()["ana@example.org"] == OPEN
    look("2016-08-01")
    assert wanted()["ana@example.org"] == SUSPENDED


def test_a_call_that_reaches_somebody_opens_at_once_for_a_fortnight_and_once(shut):
    tried("M1", "2016-07-18", outcome="reached")
    assert wanted()["ana@example.org"] == OPEN
    look("2016-07-31")
    assert wanted()["ana@example.org"] == OPEN
    look("2016-08-01")
    assert wanted()["ana@example.org"] == SUSPENDED
    tried("M1", "2016-08-02", outcome="reached")
    assert wanted()["ana@example.org"] == SUSPENDED


def test_suspended_and_paid_in_the_same_second_ends_open_whatever_is_worked_on_first(late, server):
    hold("M1", "2016-07-15")
    mailbox("M1", "ana")
    work(server)
    tried("M1", "2016-07-16")
    look("2016-07-17")
    # A worker claims the suspension; while the server takes its time, the payment is entered and carried out.
    owed = Invoice.objects.get(member__code="M1").rest / 100
    server.keeps_generations = False

    def meanwhile():
        pay("M1", owed, on="2016-07-17")
        work(server, "2016-07-17")

    server.before_verb = meanwhile
    work(server, "2016-07-17")
    assert server.states() == {"ana@example.org": "open"}
    assert wanted() == {"ana@example.org": OPEN}
    assert [state for _, _, _, state in jobs()] == ["done", "passed", "done", "done"]
    assert [verb for verb, _, _ in server.asked] == ["ensure", "resume", "suspend", "resume"] or [
        verb for verb, _, _ in server.asked
    ] == ["ensure", "ensure", "suspend", "resume"]


def test_nothing_is_asked_of_a_server_where_only_a_reason_changed(shut):
    asked = len(shut.asked)
    look("2016-07-18")
    work(shut, "2016-07-18")
    assert len(shut.asked) == asked
    assert Observation.objects.get(account__name="ana@example.org").state == "suspended"
