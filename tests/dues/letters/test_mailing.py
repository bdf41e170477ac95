"""From a dues run to the outbox: one mail per invoice, nobody skipped silently, nothing sent twice."""

import json
import sys
from datetime import date, timedelta

import pytest
from tests.dues.doing import cancel, hold, let_go, moment, pay, plan, rate, run, tried, undo, void

from tequio.centers.operations import describe_center
from tequio.dues.letters import operations
from tequio.dues.letters.facts import invoice_letters
from tequio.dues.models import Hold, Invoice, MemberRate, Plan, WriteOff
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.sending import deliver_waiting
from tequio.members.operations import merge_members
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing


@pytest.fixture
def mixed(members):
    """Four members: in New York and in Mexico, one without an address, one whose dues are paid ahead."""
    members(
        {"paid_until": "2016-07-29"},
        {"paid_until": "2016-07-29", "center": "mx", "language": "es", "contact_name": "Itzel"},
        {"paid_until": "2016-07-29", "email": ""},
        {"paid_until": "2016-07-29"},
    )
    pay("M4", 200)
    return run(through="2016-07-29")


def number_of(code):
    return Invoice.objects.get(member__code=code, kind="dues").number


def test_a_run_is_mailed_to_everybody_with_an_address_and_the_others_are_named(mixed, mail, waiting, at):
    done = mail("mail_invoices", at, run_pk=mixed.run_pk)
    assert (done.queued, done.already, done.cancelled) == (3, 0, 0)
    assert [(w.member_code, w.number) for w in done.without_address] == [("M3", number_of("M3"))]
    assert sorted(waiting()) == sorted(
        ("dues.invoice", f"invoice:{number_of(code)}", f"{code.lower()}@example.org") for code in ("M1", "M2", "M4")
    )


def test_mailing_a_run_again_adds_nothing(mixed, mail, waiting, at):
    mail("mail_invoices", at, run_pk=mixed.run_pk)
    again = mail("mail_invoices", at, run_pk=mixed.run_pk)
    assert (again.queued, again.already, len(again.without_address), len(waiting())) == (0, 3, 1, 3)
    [event] = Event.objects.filter(kind="mail.enqueued")
    assert (event.subject, event.payload) == (f"run:{mixed.run_pk}", {"kind": "dues.invoice", "queued": 3})


def test_the_journal_holds_no_personal_value(mixed, mail, at):
    mail("mail_invoices", at, run_pk=mixed.run_pk)
    said = json.dumps(list(Event.objects.filter(kind="mail.enqueued").values("subject", "payload")))
    assert [word for word in ("example.org", "Itzel", "Alma", "Member") if word in said] == []


def test_what_arrives_is_the_letter_with_its_paper_in_the_language_of_the_invoice(mixed, mail, letters, paper, at):
    mail("mail_invoices", at, run_pk=mixed.run_pk)
    found = letters()
    assert sorted(found) == ["m1@example.org", "m2@example.org", "m4@example.org"]
    assert sorted(paper) == sorted(("invoice", number_of(code)) for code in ("M1", "M2", "M4"))
    letter = found["m2@example.org"]
    number = number_of("M2")
    assert (letter["Subject"], letter["Content-Language"]) == (f"Cuota: aviso {number}", "es")
    [attached] = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (f"{number}.pdf", "application/pdf")
    assert attached.get_content() == f"%PDF invoice {number}".encode()
    words = " ".join(letter.get_body(("plain",)).get_content().split())
    assert "Buen día, Itzel:" in words
    assert "Su cuota del nuevo periodo es de MXN 4,100.00 y vence el 29 de julio de 2016." in words
    assert found["m4@example.org"]["Subject"] == f"Your dues are paid: {number_of('M4')}"


def test_a_center_that_says_how_to_pay_and_where_to_write_is_taken_at_its_word(mixed, mail, letters, paper, body, at):
    describe_center(
        code="us",
        postal_address="P.O. Box 1\nNew York",
        pay_to=Text(en="Checks by post\nAccount 1", es=""),
        letter_email="us@example.org",
        actor="test",
        at=at,
    )
    mail("mail_invoice", at, number=number_of("M1"))
    assert "Address: P.O. Box 1, New York - Checks by post - Account 1" in body("dues.invoice")
    [letter] = letters().values()
    assert letter["Reply-To"] == "us@example.org"


def test_what_follows_is_what_the_rule_of_standing_says(mixed, at):
    [letter] = invoice_letters(invoices=Invoice.objects.filter(number=number_of("M1")), at=at)
    steps = letter.facts.account.steps
    assert [(s.on, s.standing, s.needs_attempt, s.all_works, s.mail_kept, s.return_days) for s in steps] == [
        (date(2016, 8, 29), Standing.AT_RISK, False, True, False, None),
        (date(2016, 10, 28), Standing.DISABLED, True, False, True, 14),
    ]


def test_after_an_attempt_the_pause_is_told_without_a_condition(members, at):
    members({"paid_until": "2016-05-01"})
    run()
    tried("M1", "2016-07-14")
    [letter] = invoice_letters(invoices=Invoice.objects.all(), at=at)
    account = letter.facts.account
    late = moment("2016-08-20")
    [later] = invoice_letters(invoices=Invoice.objects.all(), at=late)
    assert [(s.standing, s.needs_attempt) for s in account.steps] == [
        (Standing.AT_RISK, False),
        (Standing.DISABLED, True),
    ]
    tried("M1", "2016-08-25", at="2016-08-25")
    [told] = invoice_letters(invoices=Invoice.objects.all(), at=moment("2016-08-26"))
    assert [(s.standing, s.needs_attempt) for s in told.facts.account.steps][-1] == (Standing.DISABLED, False)
    assert later.facts.account.on == date(2016, 8, 20)


def test_the_queries_of_a_run_do_not_grow_with_its_members(many, django_assert_max_num_queries, at):
    many(3, paid_until="2016-07-29")
    run(through="2016-07-29")
    rows = Invoice.objects.all()
    one = rows.filter(number=number_of("M1"))
    with django_assert_max_num_queries(19):
        assert len(invoice_letters(invoices=one, at=at)) == 1
    with django_assert_max_num_queries(19):
        assert len(invoice_letters(invoices=rows, at=at)) == 3


def test_a_run_in_several_slices_is_mailed_whole(many, mail, monkeypatch, at):
    many(7, paid_until="2016-07-29")
    outcome = run(through="2016-07-29")
    monkeypatch.setattr(operations, "SLICE", 3)
    assert mail("mail_invoices", at, run_pk=outcome.run_pk).queued == 7
    assert Event.objects.filter(kind="mail.enqueued").count() == 3


def test_a_run_stopped_in_the_middle_of_mailing_is_finished_by_the_next_try(many, mail, monkeypatch, at):
    many(5, paid_until="2016-07-29")
    outcome = run(through="2016-07-29")
    monkeypatch.setattr(operations, "SLICE", 2)
    real, calls = operations.enqueue_many, []

    def stops(**named):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**named)

    monkeypatch.setattr(operations, "enqueue_many", stops)
    with pytest.raises(KeyboardInterrupt):
        mail("mail_invoices", at, run_pk=outcome.run_pk)
    monkeypatch.setattr(operations, "enqueue_many", real)
    done = mail("mail_invoices", at, run_pk=outcome.run_pk)
    assert (done.queued, done.already, OutgoingMail.objects.count()) == (3, 2, 5)


def test_a_cancelled_invoice_is_not_mailed_and_one_cancelled_while_it_waits_does_not_go_out(
    mixed, mail, letters, paper, at
):
    cancel(number_of("M1"))
    done = mail("mail_invoices", at, run_pk=mixed.run_pk)
    assert (done.queued, done.cancelled) == (2, 1)
    cancel(number_of("M2"))
    assert sorted(letters()) == ["m4@example.org"]
    assert OutgoingMail.objects.get(state="cancelled").last_fault == "no_longer_true"


def test_a_run_that_was_undone_is_not_mailed(mixed, mail, at):
    undo(mixed)
    with pytest.raises(Refusal, match="was undone"):
        mail("mail_invoices", at, run_pk=mixed.run_pk)
    with pytest.raises(Refusal, match="no dues run 99999"):
        mail("mail_invoices", at, run_pk=99_999)


def test_a_failed_mail_goes_to_the_address_of_today_when_its_run_is_mailed_again(mixed, mail, waiting, at):
    mail("mail_invoice", at, number=number_of("M1"))
    OutgoingMail.objects.update(state="failed")
    Invoice.objects.get(number=number_of("M1")).member.contacts.update(email="new@example.org")
    assert mail("mail_invoice", at, number=number_of("M1")) is True
    assert [address for _, _, address in waiting()] == ["new@example.org"]


def test_one_invoice_is_mailed_once(mixed, mail, at):
    number = number_of("M1").lower()
    assert [mail("mail_invoice", at, number=number) for _ in range(2)] == [True, False]
    with pytest.raises(Refusal, match="M3 has no contact with a usable e-mail address"):
        mail("mail_invoice", at, number=number_of("M3"))
    cancel(number_of("M2"))
    with pytest.raises(Refusal, match="is cancelled; it is not mailed"):
        mail("mail_invoice", at, number=number_of("M2"))


def test_the_mail_of_a_merged_member_goes_to_the_one_it_is_counted_as(mixed, mail, waiting, at):
    number = number_of("M1")
    merge_members(kept="M4", merged="M1", actor="test", at=at)
    mail("mail_invoice", at, number=number)
    assert waiting() == [("dues.invoice", f"invoice:{number}", "m4@example.org")]


def test_a_contact_with_an_address_comes_before_the_billing_contact_without_one(members, mail, waiting, at):
    members(
        {"member_id": "M1", "contact_roles": "billing", "email": "", "paid_until": "2016-07-10"},
        {"member_id": "M1", "member_name": "Member 1", "contact_roles": "representative", "email": "r@example.org"}
        | {"contact_name": "Rosa", "paid_until": "2016-07-10"},
    )
    run()
    mail("mail_invoice", at, number=number_of("M1"))
    assert [address for _, _, address in waiting()] == ["r@example.org"]


def test_thanks_say_what_is_left_and_come_with_the_receipt(mixed, mail, letters, paper, body, at):
    payment = pay("M1", 50)
    assert mail("mail_receipt", at, number=payment.number) is True
    assert mail("mail_receipt", at, number=payment.number) is False
    words = body("dues.receipt")
    assert f"Invoice {number_of('M1')}, USD\xa0150.00 left 50.00".replace("\xa0", " ") in words
    assert "Amount: USD 150.00" in words
    letters()
    assert paper == [("receipt", payment.number)]


def test_thanks_for_more_than_was_owed_tell_the_credit(mixed, mail, body, at):
    payment = pay("M1", 230)
    mail("mail_receipt", at, number=payment.number)
    assert "Credit for your next dues 30.00" in body("dues.receipt")


def test_a_voided_payment_is_not_thanked_for(mixed, mail, letters, paper, at):
    first, second = pay("M1", 10), pay("M1", 20)
    void(first)
    with pytest.raises(Refusal, match="was voided"):
        mail("mail_receipt", at, number=first.number)
    mail("mail_receipt", at, number=second.number)
    void(second)
    assert letters() == {}


def test_a_write_off_a_rate_a_hold_a_plan_and_a_cancellation_are_told(mixed, mail, body, waiting, at):
    number = number_of("M1")
    let_go(number, 50, on="2016-07-14")
    rate("M1", "comped", 0)
    hold("M1", "2016-09-30")
    plan("M1", "2016-08-15", count=3)
    cancel(number_of("M2"))
    mail("mail_write_off", at, write_off=WriteOff.objects.get())
    mail("mail_rate", at, rate=MemberRate.objects.get())
    mail("mail_hold", at, hold=Hold.objects.get())
    mail("mail_plan", at, plan=Plan.objects.get())
    mail("mail_cancellation", at, number=number_of("M2"))
    assert [(kind, subject) for kind, subject, _ in waiting()] == [
        ("dues.written_off", f"invoice:{number}"),
        ("dues.own_rate", "member:M1"),
        ("dues.hold", "member:M1"),
        ("dues.plan", "member:M1"),
        ("dues.cancelled", f"invoice:{number_of('M2')}"),
    ]
    assert "Of this invoice USD 150.00 is left." in body("dues.written_off")
    assert "From 1 January 2016 on we ask no dues of you." in body("dues.own_rate")
    assert "From 15 July 2016 through 30 September 2016, that day included" in body("dues.hold")
    assert "USD 150.00 in 3 instalments" in body("dues.plan")
    assert "Amount: USD 50.00 by 15 August 2016" in body("dues.plan")
    assert "por favor no lo pague" in body("dues.cancelled")
    with pytest.raises(Refusal, match="is not cancelled"):
        mail("mail_cancellation", at, number=number)


def test_an_invoice_waits_while_its_paper_cannot_be_made(mixed, mail, monkeypatch, paper, at):
    def no_room(*, number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.modules["tequio.dues.paper"], "invoice_pdf", no_room)
    mail("mail_invoice", at, number=number_of("M1"))
    done = deliver_waiting(at=at)
    row = OutgoingMail.objects.get()
    assert (done.put_off, row.state, row.last_fault) == (1, "waiting", "attachment")


def test_a_hostile_name_goes_through_to_the_outbox_as_a_name(members, mail, letters, paper, at):
    hostile = "<script>alert(1)</script> Bcc: x@example.org \u202e"
    members({"paid_until": "2016-07-10", "contact_name": hostile, "member_name": "<b>" + "x" * 250})
    run()
    mail("mail_invoice", at, number=number_of("M1"))
    [letter] = letters().values()
    html = letter.get_body(("html",)).get_content()
    assert ("<script>" in html, "&lt;script&gt;alert(1)&lt;/script&gt;" in html) == (False, True)
    assert (letter["Bcc"], letter["To"]) == (None, "m1@example.org")


def test_the_daily_work_sends_what_waits(mixed, mail, own_outbox, paper, at):
    from tequio.project.daily import tick

    mail("mail_invoices", at, run_pk=mixed.run_pk)
    done = tick(actor="test", at=at + timedelta(minutes=1))
    assert (done.mails_sent, done.mails_left, len(list(own_outbox.iterdir()))) == (3, 0, 3)


def test_the_commands_queue_a_run_one_invoice_and_the_thanks(mixed, cli, waiting):
    code, out, _ = cli("invoices", "mail", "--run", mixed.run_pk, "--json")
    assert (code, json.loads(out)) == (
        0,
        {
            "queued": 3,
            "already": 0,
            "cancelled": 0,
            "without_address": [{"member": "M3", "invoice": number_of("M3")}],
        },
    )
    code, out, _ = cli("--lang", "es", "invoices", "mail", "--run", mixed.run_pk)
    assert out.splitlines() == [
        f"sin dirección de correo: M3, {number_of('M3')}: envíelo en papel",
        "0 correos en cola, 3 ya estaban en cola o enviados, 1 sin dirección. «tequio mail send» los envía.",
    ]
    assert json.loads(cli("invoices", "mail", number_of("M1"), "--json")[1]) == {"queued": 0, "already": 1}
    payment = pay("M1", 10)
    assert cli("payments", "mail", payment.number)[0] == 0
    assert cli("invoices", "mail")[0] == 2
    assert cli("invoices", "mail", number_of("M1"), "--run", mixed.run_pk)[0] == 2
    assert len(waiting()) == 4


def test_the_samples_are_written_for_people_to_look_at(cli, tmp_path):
    code, out, _ = cli("mail", "samples", "--out", tmp_path / "letters")
    assert (code, out) == (0, f"36 letters written to {tmp_path / 'letters'}.\n")
    assert len(list((tmp_path / "letters").iterdir())) == 72
    (tmp_path / "file").write_text("")
    assert cli("mail", "samples", "--out", tmp_path / "file")[0] == 1
