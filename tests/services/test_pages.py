"""Pages of the services: a contact uses them within what its member may have, the team mends, in both languages."""

import pytest
from django.urls import reverse

from dues.doing import hold, moment, pay, tried
from services.having import TODAY, account, look, mailbox, person, work
from signing_in import sign_in
from tequio.accounts.operations import grant_role
from tequio.dues.models import Invoice
from tequio.kernel import clock
from tequio.members.models import Member, MemberAccess
from tequio.services.connectors import registry
from tequio.services.models import AppPassword, BulkSuspension, Drift, Job, ServiceAccount
from tequio.services.operations.comparing import compare
from tequio.services.operations.passwords import make_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    """The clock pages look at stands at the tests' day."""
    monkeypatch.setattr(clock, "now", lambda: moment(TODAY))


@pytest.fixture
def contact(late, client, now):
    user = person()
    MemberAccess.objects.create(user=user, member=Member.objects.get(code="M2"))
    return sign_in(client, user)


@pytest.fixture
def team(late, client, now):
    users = [person(number) for number in (1, 2)]
    for user in users:
        grant_role(user=user, role="administrator", center=None, actor="test", at=moment(TODAY))
    sign_in(client, users[0])
    client.second = users[1]
    return client


def services_of(code):
    return reverse("member_services", kwargs={"member_pk": Member.objects.get(code=code).pk})


def test_a_contact_opens_hands_over_and_closes_a_mailbox_and_sees_why(contact):
    page = services_of("M2")
    assert "Comes with operations and support, as many as it needs." in contact.get(page).content.decode()
    refused = contact.post(page, {"act": "open-account", "service": "mailbox", "name": "a\nb@example.org"})
    assert (refused.status_code, ServiceAccount.objects.count()) == (422, 0)
    said = {"act": "open-account", "service": "mailbox", "name": "Ana@example.org", "held_by": "<b>Ana"}
    answer = contact.post(page, said)
    assert answer.status_code == 303, answer.content.decode()[1500:6000]
    one = ServiceAccount.objects.get()
    assert (one.name, one.wanted) == ("ana@example.org", "open")
    assert "&lt;b&gt;Ana" in contact.get(page).content.decode()
    own = reverse("service_account", kwargs={"account_pk": one.pk})
    made = contact.post(own, {"act": "make-password", "device": "phone", "protocol": "imap"})
    ident = AppPassword.objects.get().ident
    assert f'<code dir="ltr">{ident}-' in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert f"{ident}-" not in contact.get(own).content.decode()
    for act, more in (("hand-over", {"held_by": "Beto"}), ("close-account", {}), ("reopen-account", {})):
        assert contact.post(own, {"act": act, **more}).status_code == 303
    one.refresh_from_db()
    assert (one.held_by, one.closed_on, AppPassword.objects.get().revoked_at) == ("Beto", None, moment(TODAY))
    assert contact.post(own, {"act": "reopen-account"}).status_code == 409


def test_a_contact_touches_nothing_of_another_member(contact):
    hold("M1", TODAY)
    other = mailbox("M1", "ana")
    page = reverse("service_account", kwargs={"account_pk": other.pk})
    for act in ("close-account", "make-password", "hand-over", "revoke-password"):
        assert contact.post(page, {"act": act, "device": "x", "held_by": "x"}).status_code == 403
    assert contact.post(services_of("M1"), {"act": "open-account"}).status_code == 403
    granting = {"act": "grant-exception", "service": "site", "more": 5, "until": "2017-01-01", "reason": "x"}
    assert contact.post(services_of("M2"), granting).status_code == 403
    other.refresh_from_db()
    assert other.closed_on is None


def test_nobody_of_the_center_makes_a_password_that_opens_a_members_mail(team):
    one = mailbox("M2", "ana")
    page = reverse("service_account", kwargs={"account_pk": one.pk})
    assert 'value="make-password"' not in team.get(page).content.decode()
    assert team.post(page, {"act": "make-password", "device": "x", "protocol": ""}).status_code == 403
    assert AppPassword.objects.count() == 0
    made = make_password(account_pk=one.pk, device="lost", protocol="", actor="test", at=moment(TODAY))
    assert team.post(page, {"act": "revoke-password", "ident": made.row.ident}).status_code == 303
    assert AppPassword.objects.get().revoked_at is not None


def test_where_a_person_is_named_no_other_contact_of_the_member_makes_a_password(contact):
    one = mailbox("M2", "ana")
    page = reverse("service_account", kwargs={"account_pk": one.pk})
    ServiceAccount.objects.filter(pk=one.pk).update(person=person(2))
    assert contact.post(page, {"act": "make-password", "device": "x", "protocol": ""}).status_code == 403
    ServiceAccount.objects.filter(pk=one.pk).update(person=MemberAccess.objects.get().user)
    assert contact.post(page, {"act": "make-password", "device": "x", "protocol": ""}).status_code == 200
    assert AppPassword.objects.count() == 1


def test_the_way_from_payment_to_open_door_is_on_the_account_page_in_both_languages(team, server):
    hold("M1", TODAY)
    one = mailbox("M1", "ana")
    work(server)
    tried("M1", "2016-07-16")
    look("2016-07-17")
    work(server, "2016-07-17")
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on="2016-07-18")
    work(server, "2016-07-18", seconds=7)
    page = reverse("service_account", kwargs={"account_pk": one.pk})
    text = team.get(page).content.decode()
    steps = ["seen so on the server", "payment US-P-000001 entered", "the standing changed", "seen open on the server"]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    team.post(reverse("language", kwargs={"language": "es"}))
    assert "se registró el pago US-P-000001" in team.get(page).content.decode()
    assert "Lo que puede tener, y por qué" in team.get(services_of("M1")).content.decode()


def test_the_team_sees_drift_queue_and_dead_letters_and_mends_them(team, server):
    one = mailbox("M2", "ana")
    account("M2", "site", "radio.example.org")
    server.refuses.add("ana@example.org")
    work(server)
    server.by_hand("mallory@example.org")
    compare(connector=server, now=lambda: moment(TODAY), actor="test")
    page = reverse("services")
    with registry.instead(server):
        text = team.get(page).content.decode()
        assert "Something needs a person" in text
        assert "mallory@example.org" in text
        assert "The server refuses: no such name" in text
        dead = Job.objects.get(account=one)
        assert team.post(page, {"act": "take-job", "number": dead.pk}).status_code == 303
        server.refuses.clear()
        team.post(page, {"act": "retry-job", "number": dead.pk})
        by_hand = Job.objects.get(account__kind__code="site")
        team.post(page, {"act": "done-by-hand", "number": by_hand.pk})
        team.post(page, {"act": "set-aside", "number": Drift.objects.get().pk, "reason": "ours"})
        work(server)
        assert "All servers are as they should be" in team.get(page).content.decode()
        server.down()
        compare(connector=server, now=lambda: moment(TODAY), actor="test")
        assert "nothing is known" in team.get(page).content.decode()
    assert (Drift.objects.get().set_aside, set(Job.objects.values_list("state", flat=True))) == ("ours", {"done"})


def test_a_suspension_of_many_takes_two_administrators(team):
    bulk = BulkSuspension.objects.create(made_at=moment(TODAY), members=1, accounts=1, of_members=9, may=0)
    bulk.listed.create(member=Member.objects.get(code="M1"), accounts=1)
    page = reverse("bulk_suspension", kwargs={"bulk_pk": bulk.pk})
    assert "1 members would be shut out" in team.get(page).content.decode()
    assert team.post(page, {"act": "let-go"}).status_code == 303
    assert team.post(page, {"act": "let-go"}).status_code == 409
    sign_in(team, team.second)
    assert team.post(page, {"act": "let-go"}).status_code == 303
    bulk.refresh_from_db()
    assert bulk.state == "let_go"


def test_an_administrator_sets_how_much_fits_for_a_service_and_for_one_account(team):
    one = mailbox("M2", "ana")
    page = reverse("service_quotas")
    assert team.post(page, {"service": "mailbox", "name": "", "megabytes": "500"}).status_code == 303
    assert team.post(page, {"service": "mailbox", "name": "ana@example.org", "megabytes": "900"}).status_code == 303
    for wrong in ({"name": "nobody@example.org"}, {"megabytes": "0"}, {"megabytes": "x"}, {"service": "none"}):
        assert team.post(page, {"service": "mailbox", "name": "", "megabytes": "5", **wrong}).status_code == 422
    text = team.get(page).content.decode()
    assert (">500</td>" in text, ">900</td>" in text, "without a limit" in text) == (True, True, True)
    assert reverse("service_account", kwargs={"account_pk": one.pk}) in text
    team.post(reverse("language", kwargs={"language": "es"}))
    assert "Cuánto cabe" in team.get(page).content.decode()


def test_a_contact_sees_and_sets_no_quotas(contact):
    assert contact.get(reverse("service_quotas")).status_code == 403
    assert contact.post(reverse("service_quotas"), {"service": "mailbox", "megabytes": "5"}).status_code == 403
