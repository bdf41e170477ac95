"""Commands of the services: what is typed is what is done, and what is wrong is a sentence."""

import json
from datetime import date

import pytest

from dues.doing import hold, moment, tried
from services.having import REMOVED, TODAY, look, mailbox, wanted
from tequio.kernel import clock
from tequio.services.connectors import registry
from tequio.services.models import Lending, ServiceException, ServiceKind, ServiceSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch, late):
    def stand(at):
        monkeypatch.setattr(clock, "now", lambda: moment(at))

    stand(TODAY)
    return stand


def test_the_catalog_is_shown_and_terms_and_a_service_entered(cli):
    code, out, _ = cli("services", "catalog", "--json")
    assert (code, {s["code"]: s["membership"] for s in json.loads(out)}["mailbox"]) == (0, 1)
    assert "mailbox: Mailbox: 1 with membership, as many as needed with" in cli("services", "catalog")[1]
    terms = ("--service", "mailbox", "--from", "2016-08-01", "--membership", "2", "--operations", "all")
    assert cli("services", "terms", *terms, "--decision", "none")[0] == 1
    assert cli("services", "terms", *terms, "--decision", "2016-06-dues-split")[0] == 0
    last = ServiceKind.objects.get(code="mailbox").terms.order_by("-valid_from").first()
    assert (last.with_membership, last.with_operations) == (2, None)
    assert cli("services", "terms", *terms[:-1], "x", "--decision", "2016-06-dues-split")[0] == 1
    new = ("--code", "radio", "--name-en", "Radio", "--name-es", "Radio", "--works-as", "sites", "--names-as")
    assert [cli("services", "offer", *new, how)[0] for how in ("host", "host", "nothing")] == [0, 1, 1]


def test_services_are_lent_opened_and_ended(cli):
    lend = ("--code", "water", "--name", "Agua", "--center", "mx", "--decision", "2016-06-dues-split")
    assert cli("services", "lend", *lend, "--count", "mailbox=x", "--from", "2016-07-01")[0] == 1
    assert cli("services", "lend", *lend, "--count", "mailbox=1", "--from", "2016-07-01")[0] == 0
    assert "water: Agua, from 2016-07-01 through — (2016-06-dues-split)" in cli("services", "loans")[1]
    opening = ("--loan", "water", "--service", "mailbox", "--name", "agua@example.org")
    assert [cli("services", "open-lent", *opening)[0] for _ in range(2)] == [0, 1]
    assert cli("services", "end-loan", "--loan", "none", "--until", "2016-08-01")[0] == 1
    assert cli("services", "end-loan", "--loan", "water", "--until", "2016-08-01")[0] == 0
    found = json.loads(cli("services", "loans", "--json")[1])
    assert (found[0]["until"], found[0]["counts"]) == ("2016-08-01", {"mailbox": 1})
    assert Lending.objects.get().last_day == date(2016, 8, 1)


def test_settings_are_shown_and_only_what_is_given_changes(cli):
    assert cli("services", "settings", "--breaker-percent", "2.5", "--domain", "a.org", "--domain", "b.org")[0] == 0
    row = ServiceSettings.objects.get()
    assert (row.breaker_share, row.breaker_fewest, row.domains) == (250, 3, ["a.org", "b.org"])
    said = json.loads(cli("services", "settings", "--json")[1])
    assert (said["breaker_percent"], said["export_days"]) == (2.5, 30)
    assert "At most 2.5 % of members" in cli("services", "settings")[1]
    assert cli("services", "settings", "--domain", "no domain")[0] == 1


def test_an_account_is_opened_listed_compared_and_an_exception_granted_and_ended(cli, server):
    assert cli("services", "open", "--member", "M2", "--service", "mailbox", "--name", "a@b@c")[0] == 1
    assert cli("services", "open", "--member", "M2", "--service", "mailbox", "--name", "ana@else.org")[0] == 0
    with registry.instead(server):
        done = json.loads(cli("services", "reconcile", "--full", "--json")[1])
        assert (done["done"], done["compared"][0]["missing"]) == (1, 0)
        assert cli("services", "check", "--json")[0] == 0
        server.taken_out("ana@else.org")
        assert json.loads(cli("services", "reconcile", "--full", "--json")[1])["compared"][0]["missing"] == 1
    listed = json.loads(cli("services", "list", "--member", "M2", "--json")[1])
    assert [(row["name"], row["wanted"]) for row in listed] == [("ana@else.org", "open")]
    grant = ("--member", "M2", "--service", "site", "--until", "2017-01-01", "--reason", "flood")
    assert cli("services", "exception", *grant)[0] == 1
    assert "Granted, as number" in cli("services", "exception", *grant, "--more", "2")[1]
    number = ServiceException.objects.get().pk
    assert cli("services", "end-exception", "--member", "M1", "--number", number)[0] == 1
    assert cli("services", "end-exception", "--member", "M2", "--number", number)[0] == 0


def test_accounts_are_removed_in_two_steps(cli, day):
    hold("M1", TODAY)
    mailbox("M1", "ana")
    assert cli("services", "offer-export", "--member", "M1", "--how", "by mail")[0] == 1
    tried("M1", "2016-09-01")
    look("2016-10-01")
    day("2017-03-01")
    look("2017-03-01")
    assert cli("services", "offer-export", "--member", "M1", "--how", "by mail")[0] == 0
    assert cli("services", "withdraw-offer", "--member", "M1")[0] == 0
    assert cli("services", "offer-export", "--member", "M1", "--how", "by mail")[0] == 0
    assert cli("services", "remove", "--member", "M1", "--confirm")[0] == 1
    day("2017-04-05")
    assert cli("services", "remove", "--member", "M1")[0] == 1
    assert "1 accounts will be removed" in cli("services", "remove", "--member", "M1", "--confirm")[1]
    assert wanted() == {"ana@example.org": REMOVED}
