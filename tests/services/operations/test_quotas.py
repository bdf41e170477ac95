"""How much accounts may hold: of a service, of one account in place of it, and without a limit."""

import pytest

from services.having import mailbox, moment
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.services.models import Job
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
