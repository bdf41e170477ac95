"""From a payment's entry to a working IMAP login, by everything an instance has: connectors.toml, the gate, Dovecot.

The seconds are printed (`pytest -s`) and stand in docs/performance.md; nothing is asserted of them.
"""

import json
import time

import pytest

from dues.doing import hold, pay, tried
from services.having import look, mailbox, moment
from tequio.dues.models import Invoice
from tequio.services.connectors import registry
from tequio.services.models import Job, ServiceAccount
from tequio.services.operations import passwords
from tequio.services.operations.daily import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def connectors_toml(dovecot):
    """The instance's own file, naming the gate that Dovecot reads."""
    path = registry.path()
    path.write_text(
        f"""
[mail]
type = "mailgate"
services = ["mailbox"]
path = {json.dumps(str(dovecot.gate))}
domains = ["example.org"]
doveadm = {json.dumps(dovecot.doveadm)}
""",
        encoding="utf-8",
    )
    yield path
    path.unlink()


def test_whoever_pays_is_in_with_the_next_try(late, dovecot, connectors_toml, django_capture_on_commit_callbacks):
    hold("M1", "2016-07-15")
    account = mailbox("M1", "ana")
    typed = passwords.make_password(
        account_pk=account.pk, device="phone", protocol="imap", actor="test", at=moment("2016-07-15")
    ).typed
    tried("M1", "2016-07-16")
    look("2016-07-17")
    reconcile(now=lambda: moment("2016-07-17"), actor="test", full=True)
    assert dovecot.reads(account.name, typed)[0] is False
    owed = Invoice.objects.get(member__code="M1").rest / 100
    began = time.perf_counter()
    with django_capture_on_commit_callbacks(execute=True):
        pay("M1", owed, on="2016-07-18")
    entered = time.perf_counter()
    session = dovecot.imap(account.name, typed)
    signed_in = time.perf_counter()
    session.logout()
    print(  # noqa: T201 - CONFIG: what this test is for
        f"\npayment entered and carried out: {entered - began:.3f} s; signed in by IMAP: {signed_in - began:.3f} s"
        " after the entry began"
    )
    job = Job.objects.filter(account=account).latest("generation")
    assert (job.wanted, job.state, job.seen_at is not None) == ("open", "done", True)
    assert ServiceAccount.objects.get(pk=account.pk).wanted == "open"
