"""The navigation says under which of its words a page stands."""

import re

import pytest

from signing_in import sign_in
from tequio.accounts.operations import add_person, grant_role
from tequio.centers.models import Center

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "What needs me"),
        ("/members/", "Members"),
        ("/imports/", "Members"),
        ("/bank/", "Payments"),
        ("/budgets/sites/", "Budgets"),
        ("/bookings/us/", "Budgets"),
        ("/bookings/us/closing/2016/", "Budgets"),
        ("/bodies/", "Proposals"),
        ("/notes/", "Meetings"),
    ],
)
def test_a_page_stands_under_one_word_of_the_navigation(client, sample_rules, at, path, word):
    user = add_person(email="ana@example.org", name="Ana", language="en", actor="test", at=at)
    grant_role(user=user, role="treasurer", center=Center.objects.get(code="us"), actor="test", at=at)
    page = sign_in(client, user).get(path).content.decode()
    here = re.findall(r'aria-current="page">([^<]+)</a></li>', page.partition("<main")[0])
    assert here == [word]
