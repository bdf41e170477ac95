"""How much accounts may hold: of a service, of one account in place of it, and without a limit."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.having import mailbox, moment, person
from services.mail.gates import Gate
from signing_in import sign_in
from tequio.accounts.operations import grant_role
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.services.connectors import registry
from tequio.services.models import Drift, Job
from tequio.services.operations.daily import reconcile
from tequio.services.operations.quotas import set_quota
from tequio.services.queries.quotas import quotas
from tequio.services.wanted_of import wanted_of

pytestmark = pytest.mark.django_db
DAY = "2016-07-15"


def put(megabytes, name="", service="mailbox"):
    return set_quota(service=service, name=name, megabytes=megabytes, actor="test", at=moment(DAY))


def handed(*accounts):
    found = wanted_of(account_pks=[account.pk for account in accounts])
    return [found[account.pk].quota_mb for account in accounts]


def test_each_account_has_that_of_its_service_unless_it_has_its_own_and_servers_are_asked(late):
    ana, beto = mailbox("M2", "ana"), mailbox("M2", "beto")
    assert handed(ana, beto) == [None, None]
    assert put(500) == 2
    assert handed(ana, beto) == [500, 500]
    assert put(2000, name="Ana@example.org ") == 1
    assert put(600) == 1  # hers stays
    assert handed(ana, beto) == [2000, 600]
    put(None, name="ana@example.org")
    assert handed(ana, beto) == [None, 600]
    put(None)
    assert handed(ana, beto) == [None, None]
    assert list(Job.objects.filter(state="waiting").values_list("account__name", "generation")) == [
        ("ana@example.org", 4),
        ("beto@example.org", 4),
    ]
    assert Event.objects.filter(kind="services.quota_set").count() == 5


def test_what_is_no_quota_is_refused(late):
    for wrong in ({"megabytes": 0}, {"megabytes": -1}, {"megabytes": 10_000_001}):
        with pytest.raises(Refusal):
            put(**wrong)
    with pytest.raises(Refusal):
        put(5, name="nobody@example.org")
    with pytest.raises(Refusal):
        put(5, service="nothing")


def test_they_are_listed_by_service_with_those_of_single_accounts_after_it(late, django_assert_num_queries):
    for number in range(3):
        mailbox("M2", f"m{number}")
        put(100 + number, name=f"m{number}@example.org")
    put(500)
    with django_assert_num_queries(2):
        rows = [(row.service, row.name, row.megabytes) for row in quotas()]
    assert rows[:5] == [
        ("mailbox", "", 500),
        ("mailbox", "m0@example.org", 100),
        ("mailbox", "m1@example.org", 101),
        ("mailbox", "m2@example.org", 102),
        ("list", "", None),
    ]


def test_a_quota_changed_by_hand_in_the_gate_is_shown_as_different_and_put_back(late, tmp_path, client):
    gate = Gate(tmp_path / "gate")
    mailbox("M2", "ana")
    mailbox("M2", "beto")
    put(500)
    put(2000, name="beto@example.org")

    def nightly(minute):
        return reconcile(now=lambda: moment(DAY) + timedelta(minutes=minute), actor="test", full=True)

    def held():
        return dict(gate.rows("SELECT name, quota_mb FROM account"))

    with registry.instead(gate.connector):
        assert [c.different for c in nightly(1).compared] == [0]
        gate.rows("UPDATE account SET quota_mb = 7 WHERE name = 'ana@example.org'")
        gate.rows("UPDATE account SET quota_mb = NULL WHERE name = 'beto@example.org'")
        assert [(c.missing, c.different, c.extra) for c in nightly(5).compared] == [(0, 2, 0)]
        shown = Drift.objects.order_by("name").values_list("name", "what", "wanted", "seen", "ended_at")
        assert list(shown) == [
            ("ana@example.org", "different", "open", "open", None),
            ("beto@example.org", "different", "open", "open", None),
        ]
        user = person()
        grant_role(user=user, role="maintainer", center=None, actor="test", at=moment(DAY))
        page = sign_in(client, user).get(reverse("services")).content.decode()
        assert page.count("with other passwords or another quota") == 2
        assert held() == {"ana@example.org": 500, "beto@example.org": 2000}  # in the very same night
        assert [c.different for c in nightly(9).compared] == [0]
        assert Drift.objects.filter(ended_at__isnull=True).count() == 0
