"""Who comes from elsewhere in the demonstration: a coalition, mailboxes that move in, two applications."""

import pytest

from tequio.accounts.operations import add_person
from tequio.members.models import MemberAccess
from tequio.project.demo import guests
from tequio.project.demo.agenda import moment
from tequio.services.models import Application, BroughtBalance, Lending, MovingMailbox, ServiceAccount
from tequio.services.queries.moving import wave_shown
from tequio.services.signing_in.admission import admission

pytestmark = pytest.mark.django_db


def test_services_are_lent_by_a_decision_of_november_and_two_of_three_accounts_are_opened(year):
    lending = Lending.objects.get()
    assert (lending.decision.recorded, lending.decision.end, lending.decision.in_favor) == (False, "approved", 11)
    assert dict(lending.items.values_list("kind__code", "count")) == {"list": 1, "mailbox": 2}
    there = dict(lending.accounts.values_list("name", "wanted"))
    assert there == {name: "open" for _, name, _ in guests.LENT}
    said = (year.roll.parent / "mail.htpasswd").read_text(encoding="utf-8")
    assert "agua@mail.example.org" in said


def test_the_mailboxes_of_the_wave_stand_at_every_step_one_is_late_and_one_was_taken_back(year):
    row = MovingMailbox.objects.select_related("wave__center").first().wave
    shown = wave_shown(wave=row, on=year.last_day)
    found = {box.row.old_address.partition("@")[0]: (box.step.value, box.late) for box in shown.boxes}
    assert found == {
        "imprenta": ("forward", False),
        "taller": ("forward", False),
        "archivo": ("copy", False),
        "prensa": ("consent", False),
        "cocina": ("contact", True),
    }
    [back] = [box.row for box in shown.boxes if box.row.undone_on]
    assert (back.count_before - back.count_after, back.account.closed_on) == (3, back.undone_on)
    assert set(shown.boxes[0].row.member.moving_mailboxes.values_list("wave__center__code", flat=True)) == {"mx"}


def test_one_brought_credit_and_one_a_debt_that_was_paid_here(year):
    rows = BroughtBalance.objects.order_by("pk").select_related("payment", "invoice")
    found = [(row.payment.amount if row.payment else 0, row.invoice.rest if row.invoice else None) for row in rows]
    assert found == [(410_00, None), (0, 0)]


def test_a_person_named_on_a_login_gets_in_to_both_applications(year):
    at = moment(day=year.last_day)
    member = ServiceAccount.objects.filter(wanted="open", member__center__code="mx").first().member
    user = add_person(email="somebody@example.org", name="Somebody", language="es", actor="test", at=at)
    MemberAccess.objects.create(user=user, member=member)
    guests.name_on_login(user=user, member=member, login="somebody", at=at)
    rows = Application.objects.order_by("code").select_related("client")
    assert [(row.code, row.client.type, admission(client=row.client, user=user).admitted) for row in rows] == [
        ("calendar", "public", True),
        ("files", "confidential", True),
    ]
