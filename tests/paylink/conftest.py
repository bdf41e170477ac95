"""Every test of this folder ends with books that agree."""

import pytest
from django.core.cache import cache
from tests.dues.doing import disagreements, run

from rules_once import put_in_force
from tequio.dues.models import Invoice
from tequio.paylink.links import link_of


@pytest.fixture
def sample_rules(db, at, settings):
    settings.RUNS_INLINE = True
    cache.clear()  # wrong addresses are counted there
    put_in_force(at=at)
    yield
    assert disagreements() == []


@pytest.fixture
def clock_at(monkeypatch, at):
    """The clock of the pages stands."""
    from tequio.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda *, zone: clock.day_in(zone=zone, at=at))


@pytest.fixture
def invoice(members, clock_at):
    """An open invoice of a Mexican organization that reads Spanish."""
    members({"center": "mx", "language": "es", "member_name": "Colectiva Uno"}, {"center": "mx"})
    run()
    return Invoice.objects.select_related("member", "center").get(member__code="M1")


@pytest.fixture
def treasurer_of_mexico(invoice, at):
    """A browser in which the treasurer of Mexico is signed in."""
    from django.test import Client

    from signing_in import sign_in
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center

    person = add_person(email="tm@example.org", name="T", language="es", actor="test", at=at)
    grant_role(user=person, role="treasurer", center=Center.objects.get(code="mx"), actor="test", at=at)
    browser = Client()
    sign_in(browser, person)
    return browser


@pytest.fixture
def path(invoice):
    return link_of(invoice=invoice).path
