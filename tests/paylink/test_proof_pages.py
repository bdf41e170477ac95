"""Proofs on pages: listed, downloaded safely, found in a line of the bank or never come."""

import io
from types import SimpleNamespace

import pytest
from django.urls import reverse
from tests.banking import samples
from tests.banking.samples import moved
from tests.dues.doing import rests

from signing_in import sign_in
from tequio.banking.models import BankLine
from tequio.banking.operations.importing import import_statement
from tequio.followup.models import PaymentClaim
from tequio.paylink.models import Proof
from tequio.paylink.operations.proofs import hand_in_proof

PNG = b"\x89PNG\r\n\x1a\n" + b"1" * 50


@pytest.fixture
def treasurer(invoice, client, at):
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center

    person = add_person(email="t@example.org", name="T", language="es", actor="test", at=at)
    grant_role(user=person, role="treasurer", center=Center.objects.get(code="mx"), actor="test", at=at)
    sign_in(client, person)
    return client


@pytest.fixture
def kept(invoice, at):
    raw = samples.table([moved("2016-07-14", "4100.00", "deposito en ventanilla")])
    import_statement(account_code="mx-bank", raw=raw, actor="test", at=at)
    file = io.BytesIO(PNG)
    return hand_in_proof(invoice=invoice, name='"><b>.png', file=file, note="ayer", actor="m", at=at)


def test_proofs_wait_on_home_and_in_a_list(treasurer, kept):
    assert "comprobante por revisar" in treasurer.get(reverse("home")).content.decode()
    assert "Colectiva Uno" in treasurer.get(reverse("proofs")).content.decode()


def test_whoever_only_reads_sees_that_a_proof_waits_and_is_not_led_to_it(kept, client, at):
    from tequio.accounts.operations import add_person, grant_role

    person = add_person(email="a@example.org", name="A", language="en", actor="test", at=at)
    grant_role(user=person, role="auditor", center=None, actor="test", at=at)
    sign_in(client, person)
    page = client.get(reverse("proofs")).content.decode()
    address = reverse("proof", kwargs={"proof_pk": Proof.objects.get().pk})
    assert ("One proof waits" in page, address in page) == (True, False)
    assert client.get(address).status_code == 403


def test_the_file_is_handed_out_so_that_no_browser_runs_anything_of_it(treasurer, kept):
    answer = treasurer.get(reverse("proof_file", kwargs={"proof_pk": kept.pk}))
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_proof_is_settled_against_a_line_and_the_follow_up_goes_on_without_it(treasurer, kept, invoice):
    address = reverse("proof", kwargs={"proof_pk": kept.pk})
    assert "deposito en ventanilla" in treasurer.get(address).content.decode()
    treasurer.post(address, {"line": BankLine.objects.get().pk})
    assert rests("M1") == [(invoice.number, 0, "2016-07-14")]
    assert (PaymentClaim.objects.get().found, Proof.objects.get().content) == (True, "")
    assert treasurer.get(reverse("proof_file", kwargs={"proof_pk": kept.pk})).status_code == 404


def test_money_that_never_came_ends_the_claim_and_posts_nothing(treasurer, kept, invoice):
    treasurer.post(reverse("proof", kwargs={"proof_pk": kept.pk}), {"act": "no"})
    assert (PaymentClaim.objects.get().found, rests("M1")[0][1], BankLine.objects.get().state) == (False, 4100, "open")


@pytest.mark.parametrize("found", ["yes", "no"])
def test_a_proof_settled_on_the_page_of_the_follow_up_is_kept_no_longer_either(treasurer, kept, found):
    address = reverse("settle_claim", kwargs={"claim_pk": kept.claim_id})
    assert reverse("proof", kwargs={"proof_pk": kept.pk}) in treasurer.get(address).content.decode()
    treasurer.post(address, {"found": found})
    assert (PaymentClaim.objects.get().found, Proof.objects.get().content) == (found == "yes", "")
    assert treasurer.get(reverse("proof_file", kwargs={"proof_pk": kept.pk})).status_code == 404


def test_files_that_stayed_when_they_were_settled_elsewhere_are_removed_by_the_migration(kept, invoice, at):
    from importlib import import_module

    from django.apps import apps
    from django.db import connection

    other = hand_in_proof(invoice=invoice, name="b.png", file=io.BytesIO(PNG + b"2"), note="", actor="m", at=at)
    forget = import_module("tequio.paylink.migrations.0002_files_of_settled_proofs").forget
    editor = SimpleNamespace(connection=connection)
    forget(apps, editor)
    assert Proof.objects.exclude(content="").count() == 2, "nobody has settled their claim"
    PaymentClaim.objects.update(settled_on=at.date(), settled_by="t", found=True)
    forget(apps, editor)
    assert list(Proof.objects.order_by("pk").values_list("pk", "content")) == [(kept.pk, ""), (other.pk, "")]


def test_a_line_that_is_another_members_payment_is_refused(treasurer, kept, at):
    from tequio.banking.operations.deciding import Share, assign

    line = BankLine.objects.get()
    assign(line_pk=line.pk, shares=[Share(member_code="M2", amount=line.amount)], actor="t", at=at)
    answer = treasurer.post(reverse("proof", kwargs={"proof_pk": kept.pk}), {"line": line.pk})
    assert (answer.status_code, PaymentClaim.objects.get().settled_on) == (422, None)


def test_a_link_is_shown_revoked_and_made_anew_on_its_page(treasurer, invoice):
    from tequio.paylink.links import link_of

    address = reverse("invoice_link", kwargs={"number": invoice.number})
    first = link_of(invoice=invoice).path
    assert first in treasurer.get(address).content.decode()
    treasurer.post(address, {"act": "revoke"})
    assert "no abre nada" in treasurer.get(address).content.decode()
    treasurer.post(address, {"act": "renew"})
    assert link_of(invoice=invoice).path not in ("", first)
