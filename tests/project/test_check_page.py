"""`tequio check` on a page: for auditors and administrators, in both languages, and it changes nothing."""

import pytest
from django.db import connection

from signing_in import sign_in
from tequio.kernel.journal.models import Event


@pytest.fixture
def auditor(members, client, at):
    from tequio.accounts.operations import add_person, grant_role

    members({}, {})
    person = add_person(email="auditor@example.org", name="A", language="en", actor="test", at=at)
    grant_role(user=person, role="auditor", center=None, actor="test", at=at)
    sign_in(client, person)
    return client


def test_nothing_is_compared_before_it_is_asked_for(auditor):
    text = auditor.get("/journal/check/").content.decode()
    assert "<h1>Does everything agree?</h1>" in text


def test_where_all_agrees_the_page_says_so_and_nothing_has_changed(auditor):
    before = Event.objects.count()
    text = auditor.post("/journal/check/").content.decode()
    assert "<h1>Standings, balances, ledger and journal agree</h1>" in text
    assert Event.objects.count() == before


def test_what_differs_is_named(auditor):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET standing = 'disabled' WHERE code = 'M2'")
    text = auditor.post("/journal/check/").content.decode()
    assert "<h1>Something does not agree</h1>" in text
    assert "M2" in text


def test_the_journal_leads_there(auditor):
    assert 'href="/journal/check/"' in auditor.get("/journal/").content.decode()
