"""`tequio services passwords` and `tequio services quota`, in both languages and as JSON."""

import json

import pytest

from services.having import mailbox
from tequio.services.connectors.credentials import fits
from tequio.services.models import AppPassword, Job

pytestmark = pytest.mark.django_db
ANA = ("--name", "ana@example.org")


@pytest.fixture
def ana(late):
    return mailbox("M2", "ana")


def test_a_password_is_printed_once_listed_without_its_secret_and_revoked(ana, cli):
    code, out, err = cli("services", "passwords", "make", *ANA, "--device", "phone", "--opens", "imap")
    typed = out.strip()
    row = AppPassword.objects.get()
    assert (code, fits(typed=typed, stored=row.hash), row.protocol, row.account_id) == (0, True, "imap", ana.pk)
    assert "Shown this once" in err
    code, out, _ = cli("services", "passwords", "list", *ANA)
    assert (code, out.split(",")[0]) == (0, f"{row.ident}: phone (imap)")
    code, out, _ = cli("services", "passwords", "list", *ANA, "--json")
    assert [(r["ident"], r["device"], r["opens"]) for r in json.loads(out)] == [(row.ident, "phone", "imap")]
    assert typed.split("-", 1)[1] not in out
    code, out, _ = cli("--lang", "es", "services", "passwords", "revoke", *ANA, "--ident", row.ident)
    assert (code, out.strip()) == (0, "Revocada.")
    assert json.loads(cli("services", "passwords", "list", *ANA, "--json")[1]) == []


def test_one_of_another_account_is_not_revoked_by_this_ones_name(ana, cli):
    mailbox("M2", "beto")
    cli("services", "passwords", "make", "--name", "beto@example.org", "--device", "phone")
    ident = AppPassword.objects.get().ident
    code, _, err = cli("services", "passwords", "revoke", *ANA, "--ident", ident)
    assert (code != 0, "has none that begins with" in err) == (True, True)
    assert AppPassword.objects.get().revoked_at is None


def test_what_there_is_not_is_said_in_a_sentence(ana, cli):
    for words in (
        ("passwords", "make", "--name", "nobody@example.org", "--device", "x"),
        ("passwords", "make", *ANA, "--device", "x", "--opens", "telnet"),
        ("quota", "--name", "nobody@example.org", "--megabytes", "5"),
        ("quota", "--megabytes", "5", "--no-limit"),
        ("quota", "--megabytes", "0"),
    ):
        code, out, err = cli("services", *words)
        assert (code != 0, out, "Traceback" in err) == (True, "", False), words


def test_a_quota_is_set_and_shown(ana, cli):
    assert cli("services", "quota", "--megabytes", "500")[1].strip() == "Set for 1 accounts."
    assert cli("--lang", "es", "services", "quota", *ANA, "--no-limit")[1].strip() == "Fijado para 1 cuentas."
    assert cli("--lang", "es", "services", "quota")[1].splitlines()[:2] == [
        "mailbox: 500 MB",
        "ana@example.org: sin límite",
    ]
    assert json.loads(cli("services", "quota", "--json")[1])[:2] == [
        {"service": "mailbox", "name": "", "megabytes": 500},
        {"service": "mailbox", "name": "ana@example.org", "megabytes": None},
    ]
    assert Job.objects.filter(state="waiting").count() == 1
