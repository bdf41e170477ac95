"""The page behind an invoice's link: without an account, in the member's language, and closed to everybody else."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.dues.doing import cancel, pay, rests, run

from tequio.dues.letters.about import Addressee
from tequio.dues.models import Hold, Invoice, Plan
from tequio.followup.models import PaymentClaim, Task
from tequio.kernel.journal.models import Event
from tequio.members.models import Contact, Member
from tequio.paylink.links import link_of
from tequio.paylink.models import Proof
from tequio.paylink.operations.managing import renew_link, revoke_link
from tequio.rules.reasons import Text

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def send(client, path, act, /, **data):
    return client.post(path, {"act": act, **data})


def words(answer):
    return answer.content.decode()


def proof(content=PNG, name="transfer.png"):
    return SimpleUploadedFile(name, content)


def test_it_says_what_is_owed_and_why_and_how_to_pay_in_the_members_language(client, path, invoice):
    answer = client.get(path)
    said = words(answer)
    assert (answer.status_code, '<html lang="es">' in said) == (200, True)
    for part in ("4,100.00", "Cuota de membresía", "Referencia", "RF", "Para transferencia", "<svg", "Ya pagué"):
        assert part in said, part
    assert "script" not in said.lower().replace("description", "")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_who_chose_a_language_gets_it(client, path):
    client.cookies["tequio_language"] = "en"
    assert "How to pay" in words(client.get(path))


def test_a_link_of_another_invoice_or_a_wrong_one_opens_nothing(client, path, invoice):
    other = Invoice.objects.exclude(pk=invoice.pk).first()
    token = link_of(invoice=invoice).token
    for pk, given in ((other.pk, token), (invoice.pk, "0" * 32), (999_999, token)):
        answer = client.get(reverse("pay", kwargs={"invoice_pk": pk, "token": given}))
        assert answer.status_code == 404
        assert "Colectiva" not in words(answer)


def test_guessing_finds_nothing_and_is_held_off_after_thirty_times(client, path, invoice):
    statuses = [
        client.get(reverse("pay", kwargs={"invoice_pk": invoice.pk, "token": f"{n:032x}"})).status_code
        for n in range(60)
    ]
    assert set(statuses[:30]) == {404}
    assert set(statuses[30:]) == {429}
    assert client.get(path).status_code == 200, "who has the right one is not held off"


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_all_first_guesses_are_wrong_and_so_is_whatever_differs_in_its_last_digit(invoice, count):
    from tequio.paylink.links import opened

    right = link_of(invoice=invoice).token
    near = [right[:-1] + digit for digit in "0123456789abcdef" if digit != right[-1]]
    assert not any(opened(invoice_pk=invoice.pk, token=f"{n:032x}") for n in range(count))
    assert not any(opened(invoice_pk=invoice.pk, token=token) for token in near)
    assert opened(invoice_pk=invoice.pk, token=right) is not None


def test_a_link_is_revoked_made_anew_expires_and_ends_with_its_invoice(client, path, invoice, at):
    revoke_link(number=invoice.number, actor="test", at=at)
    assert client.get(path).status_code == 410
    assert send(client, path, "cannot").status_code == 410
    fresh = renew_link(number=invoice.number, actor="test", at=at)
    assert (fresh.path != path, client.get(fresh.path).status_code, client.get(path).status_code) == (True, 200, 404)
    late = renew_link(number=invoice.number, expires_on=date(2016, 7, 14), actor="test", at=at)
    assert client.get(late.path).status_code == 410
    again = renew_link(number=invoice.number, actor="test", at=at)
    assert again.expires_on == invoice.due_on + timedelta(days=400)
    cancel(invoice.number)
    assert client.get(again.path).status_code == 410


def test_a_proof_is_a_claim_and_pauses_the_follow_up(client, path, invoice):
    answer = send(client, path, "proof", file=proof(), note="ayer por SPEI")
    assert (answer.status_code, answer["Location"]) == (303, f"{path}?done=proof")
    assert "nadie le recordará" in words(client.get(answer["Location"]))
    kept = Proof.objects.get()
    assert (kept.claim.member.code, kept.claim.note, kept.media_type) == ("M1", "ayer por SPEI", "image/png")
    send(client, path, "proof", file=proof(), note="eran dos partes")
    assert (Proof.objects.count(), PaymentClaim.objects.count()) == (1, 1)
    assert PaymentClaim.objects.get().note == "ayer por SPEI · eran dos partes"


BAD = {
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a program": b"MZ\x90\0",
    "a drawing with a script": b"<svg xmlns='x'><script/></svg>",
    "a paper with a script": b"%PDF-1.4 /OpenAction << /S /JavaScript /JS (x) >>",
    "nothing": b"",
}


@pytest.mark.parametrize("name", list(BAD))
def test_an_upload_that_is_something_else_is_refused_whatever_its_name_says(client, path, name):
    answer = send(client, path, "proof", file=proof(BAD[name], name="foto.png"))
    assert (answer.status_code, Proof.objects.count(), PaymentClaim.objects.count()) == (422, 0, 0)


def test_a_file_too_large_is_refused_with_a_sentence(client, path):
    assert send(client, path, "proof", file=proof(PNG + b"0" * 5_000_001)).status_code == 422
    assert send(client, path, "proof", file=proof(PNG + b"0" * 10_500_000)).status_code == 413
    assert Proof.objects.count() == 0


def test_time_within_the_policy_is_agreed_at_once_and_more_is_asked_of_a_person(client, path):
    assert "Acordado" in words(send(client, path, "time", until="2016-08-01"))
    assert Hold.objects.get().last_day == date(2016, 8, 1)
    assert "tesorería" in words(send(client, path, "time", until="2017-06-01"))
    assert [(t.kind, t.member.code) for t in Task.objects.all()] == [("hardship", "M1")]


def test_parts_are_agreed_or_asked_for(client, path):
    assert "parcialidades mensuales" in words(send(client, path, "parts", parts="3"))
    assert Plan.objects.get().instalments.count() == 3
    assert send(client, path, "parts", parts="0").status_code == 422


def test_we_cannot_pay_gets_an_answer_and_a_person(client, path):
    answer = send(client, path, "cannot", note="cerramos en mayo")
    assert "Gracias por decirlo" in words(answer)
    assert "cerramos en mayo" in Task.objects.get().note


def test_what_a_member_asks_while_a_question_waits_is_added_to_it_and_nothing_is_lost(client, path):
    send(client, path, "time", until="2017-06-01")
    send(client, path, "cannot", note="cerramos en mayo")
    send(client, path, "cannot", note="cerramos en mayo")
    assert Task.objects.get().note == "time/tiempo: 2017-06-01. pay link · other cerramos en mayo"
    for n in range(10):
        last = send(client, path, "cannot", note=f"{n}" * 290)
    assert (last.status_code, "Ya nos escribió" in words(last)) == (422, True)
    assert len(Task.objects.get().note) <= 2_000


def test_the_answer_to_what_a_member_asked_stands_on_its_page(client, path, treasurer_of_mexico):
    assert "Lo que nos dijo" not in words(client.get(path))
    send(client, path, "cannot", note="")
    assert "Lo que nos dijo el" in words(client.get(path))
    task = Task.objects.get()
    address = reverse("close_task", kwargs={"task_pk": task.pk})
    assert "Respuesta a la membresía" in words(treasurer_of_mexico.get(address))
    treasurer_of_mexico.post(address, {"note": "hablé con Alma", "answer": "No pague este año. <b>Gracias</b>"})
    said = words(client.get(path))
    assert "No pague este año. &lt;b&gt;Gracias&lt;/b&gt;" in said
    assert "hablé con Alma" not in said, "what came of it is for the treasurer"
    task.refresh_from_db()
    assert (task.closed_note, task.answer) == ("hablé con Alma", "No pague este año. <b>Gracias</b>")


def test_contact_and_address_are_corrected_and_the_journal_names_what_not_which(client, path, invoice):
    known = {"name": "Alma Ríos", "email": "nueva@example.org", "phone": "55 1234 5678", "street": "Calle 1"}
    data = {**known, "city": "Puebla", "state": "Pue.", "postal_code": "72000", "country": "MX"}
    assert send(client, path, "contact", **data).status_code == 303
    contact = Contact.objects.get(member=invoice.member)
    assert (contact.email, contact.street, contact.phone, contact.phone_usable) == (
        "nueva@example.org",
        "Calle 1",
        "+525512345678",
        True,
    )
    event = Event.objects.get(kind="member.contact_corrected")
    assert (event.actor, "nueva" in str(event.payload)) == (f"link:{invoice.number}", False)
    assert send(client, path, "contact", **{**data, "email": "nobody"}).status_code == 422


def test_a_form_nobody_offers_changes_nothing(client, path):
    before = Event.objects.count()
    for act in ("", "void", "band", "../pay"):
        assert send(client, path, act, band="1").status_code == 422
    assert Event.objects.count() == before


def test_a_forged_form_is_refused(path, invoice):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"act": "cannot", "note": "x"}).status_code in {403, 409}
    assert Task.objects.count() == 0


def test_a_paid_invoice_says_thanks_and_asks_nothing(client, path, invoice):
    pay("M1", 4100, currency="MXN")
    said = words(client.get(path))
    assert "gracias" in said
    assert "Ya pagué" not in said


def test_the_income_range_is_corrected_and_the_amount_follows_the_table(client, members, clock_at, monkeypatch):
    from tests.dues.doing import moment

    from tequio.kernel import clock

    members({"income_band": "3", "paid_until": "2023-03-01", "joined_on": "2016-03-01"})
    run("2023-03-01", at="2023-03-01")
    at = moment("2023-03-05")
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda **_: at.date())
    invoice = Invoice.objects.get()
    pay("M1", 30, on="2023-03-04", at="2023-03-04")
    path = link_of(invoice=invoice).path
    assert "USD 100.00" in words(client.get(path)), "the first range pays half"
    answer = send(client, path, "band", band="1")
    fresh = Invoice.objects.get(cancelled_on__isnull=True)
    assert answer["Location"] == f"{link_of(invoice=fresh).path}?done=band"
    assert rests("M1") == [(fresh.number, 70, None)]
    assert (fresh.due_on, fresh.period_start, fresh.invoiced_on) == (
        invoice.due_on,
        invoice.period_start,
        invoice.invoiced_on,
    )
    assert Member.objects.get().income_band == 1
    event = Event.objects.get(kind="member.band_corrected")
    assert (event.actor, event.payload["before"], event.payload["band"]) == (f"link:{invoice.number}", 3, 1)
    assert client.get(path).status_code == 410, "the old invoice is cancelled"
    assert send(client, link_of(invoice=fresh).path, "band", band="9").status_code == 422


def test_the_link_stands_in_the_letter_with_the_invoice(invoice, at):
    from tequio.dues.letters.facts import invoice_letters
    from tequio.dues.letters.invoice import compose

    [letter] = invoice_letters(invoices=Invoice.objects.filter(pk=invoice.pk), at=at)
    assert link_of(invoice=invoice).url in str(compose(facts=letter.facts))


def test_a_proof_is_found_in_a_line_of_the_bank_and_its_file_is_gone(client, path, invoice, at):
    from tests.banking import samples
    from tests.banking.samples import moved

    from tequio.banking.models import BankLine
    from tequio.banking.operations.importing import import_statement
    from tequio.paylink.operations.proofs import found_in, hand_in_proof, not_found

    raw = samples.table([moved("2016-07-14", "4100.00", "deposito sin referencia de nadie")])
    import_statement(account_code="mx-bank", raw=raw, actor="test", at=at)
    kept = hand_in_proof(invoice=invoice, name="a.png", file=io.BytesIO(PNG), note="", actor="m", at=at)
    found_in(proof_pk=kept.pk, line_pk=BankLine.objects.get().pk, actor="ana", at=at)
    kept.refresh_from_db()
    assert rests("M1") == [(invoice.number, 0, "2016-07-14")]
    assert (kept.content, kept.claim.found, kept.line) == ("", True, BankLine.objects.get())
    from tequio.kernel.errors import Refusal

    with pytest.raises(Refusal):
        not_found(proof_pk=kept.pk, actor="ana", at=at)


def test_a_reminder_leads_to_the_oldest_invoice_as_long_as_its_link_opens(invoice, at):
    from tequio.dues.letters.facts import readers
    from tequio.followup.letters.notice import NoticeFacts, compose
    from tequio.followup.policies_in_force import StepText

    def reminder(*, on):
        account = readers(heads=[invoice.member_id], at=on)[invoice.member_id].account
        text = Text(en="A reminder", es="Un recordatorio")
        step = StepText(title=text, opening=text)
        to = Addressee(name="Ana", member="Weavers", code="M1", language="es")
        return str(
            compose(facts=NoticeFacts(to=to, account=account, step=step, policy=text, decided_on=date(2016, 6, 4)))
        )

    link = link_of(invoice=invoice)
    assert link.url in reminder(on=at)
    assert link.url not in reminder(on=at.replace(year=link.expires_on.year + 1))
