"""Complaints about other programs, by name and number (docs/decisions), each a test of this one."""

from datetime import timedelta

import pytest

from nights import noon
from tequio.dues.models import Invoice
from tequio.dues.operations import paying
from tequio.followup.models import Dispatch, Task
from tequio.members.operations import log_contact

pytestmark = pytest.mark.django_db


def told(post):
    """What went out: subject and text of each mail."""
    return [(mail.subject, mail.body.replace("\xa0", " ")) for mail in post.sent]


def pay(*, code, amount, day):
    return paying.add_payment(
        code=code, amount=amount, currency="USD", on=day, method="check", actor="test", at=noon(day)
    )


def test_complaint_1_a_job_that_matches_the_exact_day_loses_a_reminder_when_a_night_is_missed(late, night, post):
    due = late({})
    night(due + timedelta(days=9))
    assert told(post) == []

    night(due + timedelta(days=14))

    assert [subject for subject, _ in told(post)] == ["A reminder about your dues"]


def test_complaint_2_a_reminder_is_sent_twice_or_never_in_the_second_year(late, days, night, post, at):
    due = late({})
    days(due, 8, 16)
    night(due + timedelta(days=16))
    assert [subject for subject, _ in told(post)] == ["A reminder about your dues"]
    pay(code="M1", amount=10000, day=due + timedelta(days=17))

    from tequio.dues.operations import billing

    bill_on = due + timedelta(days=400)
    billing.run_dues(
        terms=billing.terms_of(as_of=bill_on, through=bill_on, center_code="us"), actor="test", at=noon(bill_on)
    )
    new = Invoice.objects.filter(kind="dues", rest__gt=0).order_by("-due_on").first()
    before = len(post.sent)
    days(new.due_on, 9, 12)

    assert [subject for subject, _ in told(post)[before:]] == ["A reminder about your dues"]


def test_complaint_4_a_partial_payment_prints_the_full_sum(late, night, post):
    due = late({})
    pay(code="M1", amount=6000, day=due + timedelta(days=3))

    night(due + timedelta(days=10))

    [(_, text)] = told(post)
    assert [line.split() for line in text.splitlines() if line.startswith("To pay")] == [["To", "pay", "40.00"]]
    assert "100.00" not in text


def test_complaint_4_what_is_paid_while_the_mail_waits_for_its_server_is_not_asked_for(late, night, post):
    due = late({})
    post.away = True
    night(due + timedelta(days=10))
    pay(code="M1", amount=6000, day=due + timedelta(days=11))
    post.away = False

    night(due + timedelta(days=12))

    [(_, text)] = told(post)
    assert "40.00" in text
    assert "100.00" not in text


def test_complaint_8_a_member_cannot_find_how_to_pay(late, night, post):
    due = late({}, {"center": "mx", "language": "es"})

    night(due + timedelta(days=10))

    english, spanish = sorted((text for _, text in told(post)), key=lambda text: "Buen día" in text)
    assert "How to pay\n\nPay to:    Center in New York\nAmount:    USD 100.00\nReference: RF" in english
    assert "Cómo pagar\n\nA nombre de:" in spanish
    assert "Referencia numérica:" in spanish
    assert "If you cannot pay it now" in english
    assert "Si por ahora no se puede" in spanish


def test_complaint_10_the_warning_step_is_skipped_and_the_member_is_cut_off_straight_away(late, days, nights, post):
    due = late({"phone": "+1 212 555 0100"})
    # The program was off for a hundred days; the ladder still begins at its beginning, and nobody is called first.
    days(due, 100, 101)
    assert [(d.step, d.channel) for d in Dispatch.objects.order_by("pk")] == [("reminder", "mail")]

    nights(due, 102, 107, 110, 115, 120, 125, 130, 140)

    assert [(d.step, d.channel) for d in Dispatch.objects.order_by("pk")][:4] == [
        ("reminder", "mail"),
        ("warning", "mail"),
        ("letter", "mail"),
        ("call", "call"),
    ]


def test_complaint_10_an_attempt_logged_by_hand_counts_as_a_warning_that_was_delivered(late, days, nights, post):
    due = late({"email": "", "phone": "+1 212 555 0100"})
    # Neither mail nor letter reaches it: the night asks for a person, and calls nobody who was not warned.
    days(due, 58, 62)
    assert list(Dispatch.objects.values_list("step", "channel")) == []
    assert list(Task.objects.values_list("kind", "closed_on")) == [("not_warned", None)]
    tried = due + timedelta(days=62)
    log_contact(code="M1", on=tried, by="Alma", outcome="attempted", actor="test", at=noon(tried))

    nights(due, 63)

    assert list(Dispatch.objects.values_list("step", "channel")) == [("call", "call")]
    assert list(Task.objects.values_list("kind", "closed_on")) == [("not_warned", due + timedelta(days=63))]


def test_complaint_10_an_attempt_before_the_dues_were_due_is_no_warning(late, days):
    due = late({"email": "", "phone": "+1 212 555 0100"})
    log_contact(code="M1", on=due - timedelta(days=1), by="Alma", outcome="reached", actor="test", at=noon(due))

    days(due, 60, 70)

    assert Dispatch.objects.count() == 0
