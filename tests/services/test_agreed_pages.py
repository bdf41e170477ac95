"""Pages of what was decided about services: catalog, loans, settings, removing in two steps, the team's role."""

from datetime import date

import pytest
from django.urls import reverse

from dues.doing import hold, moment, tried
from services.having import OPEN, REMOVED, SUSPENDED, TODAY, account, look, mailbox, person, wanted, work
from signing_in import sign_in
from tequio.accounts.operations import grant_role
from tequio.kernel import clock
from tequio.members.models import Member
from tequio.services.models import ExportOffer, Job, Lending, ServiceException, ServiceKind, ServiceSettings
from tequio.services.operations import agreeing

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(monkeypatch):
    """A function that sets the clock pages look at; it stands at the tests' day to begin with."""

    def stand(at):
        monkeypatch.setattr(clock, "now", lambda: moment(at))

    stand(TODAY)
    return stand


def signed(client, role, number=1):
    user = person(number)
    grant_role(user=user, role=role, center=None, actor="test", at=moment(TODAY))
    return sign_in(client, user)


@pytest.fixture
def team(late, client, day):
    return signed(client, "administrator")


def member_page(name, code):
    return reverse(name, kwargs={"member_pk": Member.objects.get(code=code).pk})


def test_the_catalog_says_what_comes_with_dues_since_when_and_by_which_decision(team):
    text = team.get(reverse("service_catalog")).content.decode()
    row = text[text.index('Mailbox <span class="iso">') :]
    assert "2016-06-dues-split" in row[: row.index("</tr>")]
    assert (text.count('class="state done"'), text.count("no longer in force</span>")) == (8, 8)
    team.post(reverse("language", kwargs={"language": "es"}))
    assert "con operación y soporte" in team.get(reverse("service_catalog")).content.decode()


def test_terms_that_were_decided_are_entered_with_their_decision_and_never_twice(team):
    page = reverse("service_catalog")
    said = {
        "act": "adopt-terms",
        "service": "mailbox",
        "valid_from": "2016-08-01",
        "membership": "2",
        "operations": "*",
        "decision": "2016-06-dues-split",
    }
    assert team.post(page, {**said, "decision": "no-such"}).status_code == 422
    assert team.post(page, {**said, "membership": "-1"}).status_code == 422
    assert team.post(page, said).status_code == 303
    last = ServiceKind.objects.get(code="mailbox").terms.order_by("-valid_from").first()
    assert (last.valid_from, last.with_membership, last.with_operations) == (date(2016, 8, 1), 2, None)
    assert (last.decision.code, "to come" in team.get(page).content.decode()) == ("2016-06-dues-split", True)
    again = team.post(page, said)
    assert (again.status_code, "new ones begin later" in again.content.decode()) == (422, True)


def test_a_new_service_is_on_the_list_and_nobody_may_have_it_before_its_terms(team):
    page = reverse("service_catalog")
    said = {
        "act": "offer-service",
        "code": "radio",
        "name_en": "<b>Radio",
        "name_es": "Radio",
        "works_as": "sites",
        "names_as": "host",
    }
    assert team.post(page, said).status_code == 303
    assert team.post(page, said).status_code == 422
    text = team.get(page).content.decode()
    assert ("&lt;b&gt;Radio" in text, "not offered yet" in text) == (True, True)
    opening = {"act": "open-account", "service": "radio", "name": "radio.example.org"}
    assert team.post(member_page("member_services", "M2"), opening).status_code == 422


def test_services_are_lent_to_a_coalition_its_accounts_opened_and_the_loan_ended(team, server, day):
    page = reverse("service_loans")
    said = {
        "code": "water",
        "name": "Coalición <i>Agua",
        "center": "mx",
        "valid_from": "2016-07-01",
        "language": "es",
        "lent-mailbox": "1",
        "decision": "2016-06-dues-split",
    }
    assert team.post(page, {**said, "lent-mailbox": ""}).status_code == 422
    assert team.post(page, said).status_code == 303
    assert "Coalición &lt;i&gt;Agua" in team.get(page).content.decode()
    own = reverse("service_loan", kwargs={"loan": "water"})
    opening = {"act": "open-account", "service": "mailbox", "name": "agua@example.org", "held_by": "Alma"}
    assert team.post(own, opening).status_code == 303
    assert team.post(own, {**opening, "name": "otra@example.org"}).status_code == 422
    work(server)
    assert ("agua@example.org" in team.get(own).content.decode(), server.states()) == (
        True,
        {"agua@example.org": OPEN},
    )
    assert team.post(own, {"act": "end-loan", "until": "2016-07-14"}).status_code == 422
    assert team.post(own, {"act": "end-loan", "until": "2016-07-15"}).status_code == 303
    assert Lending.objects.get().last_day == date(2016, 7, 15)
    look("2016-07-16")
    work(server, "2016-07-16")
    assert server.states() == {"agua@example.org": SUSPENDED}


def test_how_careful_the_program_is_can_be_changed_and_nonsense_is_refused(team):
    page = reverse("service_settings")
    assert 'value="100.00"' in team.get(page).content.decode()
    said = {"breaker_share": "2.5", "breaker_fewest": "4", "export_days": "60", "most_tries": "5"}
    wrong = ({"breaker_share": "101"}, {"most_tries": "0"}, {"domains": "no domain"}, {"domains": "a\r\nb@c"})
    for bad in wrong:
        assert team.post(page, {**said, **bad}).status_code == 422
    assert team.post(page, {**said, "domains": "example.org\nmail.example.org"}).status_code == 303
    row = ServiceSettings.objects.get()
    assert (row.breaker_share, row.breaker_fewest, row.export_days, row.most_tries) == (250, 4, 60, 5)
    assert row.domains == ["example.org", "mail.example.org"]


def test_accounts_are_removed_in_two_steps_and_a_wrong_number_removes_nothing(team, server, day):
    hold("M1", TODAY)
    mailbox("M1", "ana")
    work(server)
    page = member_page("service_removal", "M1")
    assert "it is not inactive" in team.get(page).content.decode()
    assert team.post(page, {"act": "offer-export", "how": "by mail"}).status_code == 422
    tried("M1", "2016-08-01")
    look("2016-10-01")
    day("2017-03-01")
    look("2017-03-01")
    assert team.post(page, {"act": "offer-export", "how": ""}).status_code == 422
    assert team.post(page, {"act": "offer-export", "how": "by mail, at <b>x"}).status_code == 303
    assert "at &lt;b&gt;x" in team.get(page).content.decode()
    own = team.get(member_page("member_services", "M1")).content.decode()
    assert ("A copy of what its accounts hold was offered on" in own, "at &lt;b&gt;x" in own) == (True, True)
    assert team.post(page, {"act": "remove", "count": "1"}).status_code == 422
    assert team.post(page, {"act": "withdraw-offer"}).status_code == 303
    assert team.post(page, {"act": "withdraw-offer"}).status_code == 422
    assert team.post(page, {"act": "offer-export", "how": "by mail"}).status_code == 303
    day("2017-04-05")
    assert "1 accounts are removed for good" in team.get(page).content.decode()
    assert team.post(page, {"act": "remove", "count": "7"}).status_code == 422
    assert wanted() != {"ana@example.org": REMOVED}
    assert team.post(page, {"act": "remove", "count": "1"}).status_code == 303
    assert (wanted(), ExportOffer.objects.filter(removed_on=date(2017, 4, 5)).count()) == (
        {"ana@example.org": REMOVED},
        1,
    )


def test_an_exception_is_listed_and_ended_by_the_center_and_not_through_another_member(team):
    kept = {"service": "site", "more": 2, "keeps_open": False, "until": date(2017, 1, 1), "reason": "<i>flood"}
    row = agreeing.grant_exception(code="M2", **kept, actor="test", at=moment(TODAY))
    text = team.get(member_page("member_services", "M2")).content.decode()
    assert ("2 more" in text, "&lt;i&gt;flood" in text) == (True, True)
    ending = {"act": "end-exception", "number": row.pk}
    assert team.post(member_page("member_services", "M1"), ending).status_code == 409
    assert team.post(member_page("member_services", "M2"), {**ending, "number": "9" * 30}).status_code == 409
    assert team.post(member_page("member_services", "M2"), ending).status_code == 303
    assert ServiceException.objects.get().last_day == date(2016, 7, 15)
    assert team.post(member_page("member_services", "M2"), ending).status_code == 409


def test_the_maintenance_team_mends_servers_and_sees_nothing_of_what_a_member_owes_or_paid(late, client, day, server):
    client = signed(client, "maintainer", 3)
    hold("M1", TODAY)
    one = mailbox("M1", "ana")
    by_hand = account("M2", "site", "radio.example.org")
    server.refuses.add("ana@example.org")
    work(server)
    page = reverse("services")
    text = client.get(page).content.decode()
    assert ("The server refuses: no such name" in text, "Member 1" in text) == (True, False)
    dead = Job.objects.get(account=one)
    assert client.post(page, {"act": "take-job", "number": dead.pk}).status_code == 303
    assert client.post(page, {"act": "retry-job", "number": dead.pk}).status_code == 303
    done = Job.objects.get(account=by_hand)
    assert client.post(page, {"act": "done-by-hand", "number": done.pk}).status_code == 303
    done.refresh_from_db()
    assert done.state == "done"
    own = client.get(reverse("service_account", kwargs={"account_pk": one.pk})).content.decode()
    assert ("ana@example.org" in own, "standing" in own, "Member 1" in own) == (True, False, False)
    for name in ("member", "member_services"):
        assert client.get(member_page(name, "M1")).status_code == 403
    for name in ("members", "payments", "dues", "journal", "service_settings", "standing_report"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("service_catalog"), {"act": "adopt-terms"}).status_code == 403
    assert client.post(reverse("service_loans"), {}).status_code == 403
