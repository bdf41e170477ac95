"""A treasurer of New York who is signed in, and three members that owe USD 200 each."""

import pytest
from tests.dues.doing import run

from signing_in import sign_in


@pytest.fixture
def treasurer(members, client, at, settings):
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center

    settings.RUNS_INLINE = True
    members({"member_name": "Water Alliance"}, {"member_name": "Ana Ruiz"}, {"member_name": "Print Shop Uptown"})
    run()
    person = add_person(email="t@example.org", name="Treasurer", language="en", actor="test", at=at)
    grant_role(user=person, role="treasurer", center=Center.objects.get(code="us"), actor="test", at=at)
    sign_in(client, person)
    return client
