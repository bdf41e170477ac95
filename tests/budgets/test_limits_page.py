"""The limit above which a second person approves: read by the center, set by an administrator and a decision."""

from datetime import date

import pytest

from signing_in import sign_in
from tequio.budgets.models import SpendingLimit
from tequio.decisions.models import Decision

pytestmark = pytest.mark.django_db
ADDRESS = "/bookings/us/limits/"


@pytest.fixture
def enter(client, sample_rules, at):
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center

    def come(role, center=None):
        user = add_person(email=f"{role}@example.org", name=role, language="en", actor="test", at=at)
        there = Center.objects.get(code=center) if center else None
        grant_role(user=user, role=role, center=there, actor="test", at=at)
        return sign_in(client, user)

    return come


def test_an_administrator_sets_a_limit_by_a_decision_once(enter):
    decision = Decision.objects.order_by("-pk").first()
    said = {"amount": "1,000.50", "valid_from": "2016-08-01", "decision": decision.code}
    administrator = enter("administrator")
    assert "No limit is set" in administrator.get(ADDRESS).content.decode()
    assert administrator.post(ADDRESS, said)["Location"] == ADDRESS
    limit = SpendingLimit.objects.get()
    assert (limit.amount, limit.valid_from, limit.decision, limit.center.code) == (
        100_050,
        date(2016, 8, 1),
        decision,
        "us",
    )
    again = administrator.post(ADDRESS, said)
    assert again.status_code == 422
    assert "A limit from 2016-08-01 on is set already." in again.content.decode()
    assert "1,000.50" in administrator.get(ADDRESS).content.decode()


def test_the_treasurer_it_binds_reads_it_and_sets_none(enter):
    treasurer = enter("treasurer", "us")
    assert "Set a limit" not in treasurer.get(ADDRESS).content.decode()
    decision = Decision.objects.order_by("-pk").first()
    treasurer.post(ADDRESS, {"amount": "1", "valid_from": "2016-08-01", "decision": decision.code})
    assert not SpendingLimit.objects.exists()
