"""From the database to the gate and back, on both engines and without a mail server: who gets in, as Dovecot asks."""

from datetime import timedelta

import pytest

from dues.doing import hold, moment, pay, tried
from services.having import look, mailbox
from services.mail.gates import Gate
from tequio.dues.models import Invoice
from tequio.services.connectors import registry
from tequio.services.models import Job
from tequio.services.operations import passwords, reconciling
from tequio.services.operations.comparing import compare_all

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
SHUT_ON = "2016-07-17"


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path / "gate")


def work(gate, at, minutes=0):
    with registry.instead(gate.connector):
        return reconciling.work_off(now=lambda: moment(at) + timedelta(minutes=minutes), actor="test")


@pytest.fixture
def account(late, gate):
    """M1's mailbox, which is open while it is on hold."""
    hold("M1", "2016-07-15")
    row = mailbox("M1", "ana")
    tried("M1", "2016-07-15")
    return row


@pytest.fixture
def typed(account, gate):
    """What Ana types on her telephone."""
    made = passwords.make_password(
        account_pk=account.pk, device="phone", protocol="", actor="test", at=moment("2016-07-15")
    )
    work(gate, "2016-07-15")
    assert gate.lets_in(ANA, made.typed)
    return made.typed


def test_who_owes_is_told_why_after_the_right_password_and_gets_in_again_with_the_payment(gate, typed):
    tried("M1", "2016-07-16")
    look(SHUT_ON)
    work(gate, SHUT_ON)
    told = gate.passdb(ANA, typed)
    assert (gate.lets_in(ANA, typed), told[1] is not None, "suspended" in told[2]) == (False, True, True)
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on=SHUT_ON)
    work(gate, SHUT_ON, minutes=1)
    assert gate.lets_in(ANA, typed)
    assert list(Job.objects.order_by("generation").values_list("wanted", "state"))[-2:] == [
        ("suspended", "done"),
        ("open", "done"),
    ]


def test_a_password_that_was_revoked_opens_nothing_and_the_other_one_does(account, gate, typed):
    at = moment("2016-07-15")
    other = passwords.make_password(account_pk=account.pk, device="desk", protocol="imap", actor="test", at=at)
    passwords.revoke_password(account_pk=account.pk, ident=typed.partition("-")[0], actor="test", at=at)
    work(gate, "2016-07-15", minutes=1)
    assert [gate.lets_in(ANA, one) for one in (typed, other.typed)] == [False, True]


def test_who_was_let_in_by_hand_is_seen_in_the_night_and_shut_out_again(gate, typed):
    tried("M1", "2016-07-16")
    look(SHUT_ON)
    work(gate, SHUT_ON)
    gate.rows("UPDATE account SET state = 'open'")
    assert gate.lets_in(ANA, typed)
    with registry.instead(gate.connector):
        [compared] = compare_all(now=lambda: moment(SHUT_ON), actor="test")
    work(gate, SHUT_ON, minutes=1)
    assert (compared.different, gate.lets_in(ANA, typed)) == (1, False)
