"""Members open, close and hand over accounts within what they may have."""

import pytest

from dues.doing import moment
from services.having import OPEN, SUSPENDED, account, careful, mailbox, wanted, work
from tequio.kernel.errors import Refusal
from tequio.services.models import AppPassword, Job, ServiceAccount
from tequio.services.operations import agreeing, opening, passwords

pytestmark = pytest.mark.django_db
AT = moment("2016-07-15")


@pytest.fixture
def alone(members, sample_rules):
    """M1 takes part in membership alone, M2 in everything; both paid far ahead."""
    careful()
    members({"operations": "no", "paid_until": "2017-01-01"}, {"paid_until": "2017-01-01"})


def test_one_mailbox_with_membership_and_another_when_the_first_is_closed(alone, server):
    first = mailbox("M1", "ana")
    with pytest.raises(Refusal) as refused:
        mailbox("M1", "beto")
    assert refused.value.text.en == "All it may have are in use: 1. 1 with membership. Close one first."
    opening.close_account(account_pk=first.pk, actor="test", at=AT)
    mailbox("M1", "beto")
    assert wanted() == {"ana@example.org": SUSPENDED, "beto@example.org": OPEN}
    work(server)
    assert server.states() == {"ana@example.org": "suspended", "beto@example.org": "open"}
    with pytest.raises(Refusal):
        opening.reopen_account(account_pk=first.pk, actor="test", at=AT)
    opening.close_account(account_pk=ServiceAccount.objects.get(name__startswith="beto").pk, actor="test", at=AT)
    opening.reopen_account(account_pk=first.pk, actor="test", at=AT)
    assert wanted() == {"ana@example.org": OPEN, "beto@example.org": SUSPENDED}


def test_sites_come_with_operations_and_support_or_by_an_exception_with_its_end(alone):
    with pytest.raises(Refusal) as refused:
        account("M1", "site", "radio.example.org")
    assert "operations and support, in which this member does not take part" in refused.value.text.en
    for wrong in ({"reason": " "}, {"more": 0}, {"until": moment("2016-07-01").date()}):
        given = {"more": 1, "until": moment("2016-08-01").date(), "reason": "archive of a strike", **wrong}
        with pytest.raises(Refusal):
            agreeing.grant_exception(code="M1", service="site", keeps_open=False, actor="test", at=AT, **given)
    agreeing.grant_exception(
        code="M1",
        service="site",
        more=1,
        keeps_open=False,
        until=moment("2016-08-01").date(),
        reason="archive of a strike",
        actor="test",
        at=AT,
    )
    account("M1", "site", "radio.example.org")
    assert wanted() == {"radio.example.org": OPEN}


def test_a_name_is_never_given_twice_and_reserved_or_foreign_ones_only_by_the_team(alone):
    mailbox("M2", "ana")
    for name in ("ana@example.org", "postmaster@example.org", "ana@example.com"):
        with pytest.raises(Refusal):
            account("M2", "mailbox", name)
    account("M2", "site", "radio.example.com")
    account("M2", "mailbox", "ana@radio.example.com")
    account("M2", "mailbox", "postmaster@example.org", trusted=True)
    with pytest.raises(Refusal):
        account("M2", "pony", "ana")


def test_what_was_lent_is_opened_within_the_loan_and_shut_when_it_is_over(alone, server):
    def lend(**given):
        usual = {"code": "coop", "name": "Coalition", "center_code": "us", "decision_code": "2012-payment-policy"}
        more = {"counts": {"mailbox": 1}, "email": "", "language": "en", "actor": "test", "at": AT}
        days = {"first_day": AT.date(), "last_day": moment("2016-07-31").date()}
        return agreeing.lend(**{**usual, **more, **days, **given})

    for wrong in ({"decision_code": "none"}, {"counts": {}}, {"last_day": moment("2016-07-01").date()}):
        with pytest.raises(Refusal):
            lend(**wrong)
    lend()
    given = {"lending_code": "coop", "service": "mailbox", "held_by": "", "actor": "test", "at": AT}
    opening.open_lent(name="coop@example.org", **given)
    with pytest.raises(Refusal):
        opening.open_lent(name="more@example.org", **given)
    from services.having import look

    look("2016-07-31")
    assert wanted() == {"coop@example.org": OPEN}
    look("2016-08-01")
    assert wanted() == {"coop@example.org": SUSPENDED}
    work(server, "2016-08-01")
    assert server.states() == {"coop@example.org": "suspended"}


def test_app_passwords_are_shown_once_and_those_of_the_one_before_open_nothing_after_handing_over(alone, server):
    ana = mailbox("M2", "ana")
    made = passwords.make_password(account_pk=ana.pk, device="phone\u202e", protocol="imap", actor="test", at=AT)
    assert AppPassword.objects.get().device == "phone"
    assert made.typed not in str(AppPassword.objects.values())
    work(server)
    assert server.lets_in("ana@example.org", made.typed)
    beto = mailbox("M2", "beto")
    passwords.revoke_password(account_pk=beto.pk, ident=made.row.ident, actor="test", at=AT)  # of somebody else
    work(server)
    assert server.lets_in("ana@example.org", made.typed)
    opening.hand_over(account_pk=ana.pk, held_by="Carla", actor="test", at=AT)
    work(server)
    assert not server.lets_in("ana@example.org", made.typed)
    assert ServiceAccount.objects.get(pk=ana.pk).held_by == "Carla"
    for wrong in ({"device": " "}, {"protocol": "telnet"}):
        with pytest.raises(Refusal):
            passwords.make_password(
                **{"account_pk": ana.pk, "device": "x", "protocol": "", "actor": "test", "at": AT, **wrong}
            )
    assert Job.objects.filter(account=ana, state="waiting").count() == 0
