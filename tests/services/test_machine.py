"""Any order of paying, owing, calling, holding and faults, on a server in memory (living.py has the model)."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.fake_server import FakeServer
from services.having import wanted
from services.living import ACTIONS, NAME, Life
from tequio.services.connectors.contract import Seen

pytestmark = pytest.mark.django_db


def faults(server):
    """What can happen to a server, by the action that makes it happen."""

    def by_hand():
        server.by_hand(NAME, Seen.OPEN if wanted()[NAME] == "suspended" else Seen.SUSPENDED)

    def dies():
        server.dies_after = 0 if server.dies_after is None else None

    return {"down": server.down, "up": server.up, "by hand": by_hand, "dies": dies}


def lived(actions):
    with transaction.atomic():
        server = FakeServer()

        def agrees(should):
            if not server.unreachable and server.dies_after is None:
                assert server.states() == {NAME: should}, actions

        life = Life(server, agrees)
        happen = faults(server)
        for action in actions:
            life.step(action, happen.get(action))
        transaction.set_rollback(True)  # each example begins with the same organization


ORDERS = st.sampled_from([*ACTIONS, *faults(FakeServer())])
PLAIN = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def test_the_way_everybody_goes_limited_called_paid_and_back(late):
    lived(["try", "day", "call", "days", "days", "days", "down", "pay", "up", "day", "owe", "day", "hold", "by hand"])


@settings(max_examples=6, derandomize=True, **PLAIN)
@given(actions=st.lists(ORDERS, min_size=3, max_size=8))
def test_whatever_happens_the_server_is_as_the_model_says(late, actions):
    lived(actions)


@pytest.mark.long
@settings(max_examples=400, **PLAIN)
@given(actions=st.lists(ORDERS, min_size=3, max_size=30))
def test_whatever_happens_for_long_the_server_is_as_the_model_says(late, actions):
    lived(actions)
