"""Reconciling with the real Dovecot: killed before confirming, overtaken by a payment, Dovecot not there."""

import pytest

from dues.doing import hold, pay, tried
from services.having import jobs, look, mailbox, moment, work
from services.mail.on_dovecot import OnDovecot
from tequio.dues.models import Invoice
from tequio.services.models import Job, Observation
from tequio.services.operations import passwords, reconciling
from tequio.services.operations.comparing import compare

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def server(dovecot):
    return OnDovecot(dovecot)


@pytest.fixture
def typed(late, server):
    """What ana types: her mailbox is open on the server, and M1 was tried and is late."""
    hold("M1", "2016-07-15")
    account = mailbox("M1", "ana")
    made = passwords.make_password(
        account_pk=account.pk, device="phone", protocol="", actor="test", at=moment("2016-07-15")
    )
    work(server.connector)
    assert server.lets_in(ANA, made.typed)
    tried("M1", "2016-07-16")
    return made.typed


def pay_all(on="2016-07-17"):
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on=on)


def state_of_last_job():
    return Job.objects.latest("generation").state


def test_killed_between_the_gate_and_writing_it_down_the_door_is_shut_and_another_process_confirms(
    server, typed, monkeypatch
):
    look("2016-07-17")

    def killed(**_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(reconciling, "_write_down", killed)
        with pytest.raises(Killed):
            work(server.connector, "2016-07-17")
    assert (server.lets_in(ANA, typed), state_of_last_job()) == (False, "waiting")
    assert work(server.connector, "2016-07-17", seconds=60).done == 0  # still somebody's
    assert work(server.connector, "2016-07-17", seconds=700).done == 1
    assert (server.lets_in(ANA, typed), state_of_last_job()) == (False, "done")
    assert Observation.objects.get().state == "suspended"


def test_killed_while_opening_whoever_paid_is_in_already_and_stays_in(server, typed, monkeypatch):
    look("2016-07-17")
    work(server.connector, "2016-07-17")
    pay_all()

    def killed(**_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(reconciling, "_write_down", killed)
        with pytest.raises(Killed):
            work(server.connector, "2016-07-17")
    assert server.lets_in(ANA, typed)
    work(server.connector, "2016-07-17", seconds=700)
    assert (server.lets_in(ANA, typed), state_of_last_job()) == (True, "done")


def test_a_payment_in_the_same_second_as_its_suspension_ends_with_the_door_open(server, typed):
    look("2016-07-17")
    suspend = server.connector.suspend

    def slow(wanted):
        pay_all()
        work(OnDovecot(server.dovecot).connector, "2016-07-17")  # another process carries the payment out first
        return suspend(wanted)

    server.connector.suspend = slow
    work(server.connector, "2016-07-17")
    assert server.lets_in(ANA, typed)
    assert jobs()[-1][2:] == ("open", "done")


def test_while_dovecot_does_not_answer_nothing_is_confirmed_or_shown_as_fine_and_the_gate_is_right_already(
    server, typed
):
    look("2016-07-17")
    away = OnDovecot(server.dovecot)
    away.connector = server.made(server.dovecot.gate, doveadm=["/bin/false"])
    assert work(away.connector, "2016-07-17").unreachable == ("mail",)
    assert (server.lets_in(ANA, typed), state_of_last_job(), Job.objects.latest("generation").tries) == (
        False,
        "waiting",
        0,
    )
    row = compare(connector=away.connector, now=lambda: moment("2016-07-17"), actor="test")
    assert row.failed == "doveadm who: exit 1"
    work(server.connector, "2016-07-17", seconds=120)
    assert state_of_last_job() == "done"


def test_an_account_put_into_the_gate_by_hand_is_shown_and_left(server, typed):
    server.by_hand("mallory@example.org")
    row = compare(connector=server.connector, now=lambda: moment("2016-07-16"), actor="test")
    assert (row.failed, row.extra, row.missing) == ("", 1, 0)
    work(server.connector, "2016-07-16")
    assert "mallory@example.org" in {seen.name for seen in server.connector.observe(None)}
