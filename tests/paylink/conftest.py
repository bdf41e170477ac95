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
def path(invoice):
    return link_of(invoice=invoice).path
