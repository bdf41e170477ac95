"""Any order of paying, owing, calling, holding and faults: after every step the server is as a plain model says.

The model walks day by day over what was entered and knows nothing of the program's own rules.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dues.doing import hold, pay, tried, void
from services.fake_server import FakeServer
from services.having import look, mailbox, moment, wanted, work
from tequio.dues.models import Invoice
from tequio.services.connectors.contract import Seen
from tequio.services.operations.comparing import compare

pytestmark = pytest.mark.django_db
NAME = "ana@example.org"
FIRST = date(2016, 7, 15)
ACTIONS = ("pay", "owe", "call", "try", "hold", "day", "days", "down", "up", "by hand", "dies", "look again")


class Model:
    """What was entered, and whether the door should be open on a day."""

    def __init__(self):
        self.tried, self.paid_on, self.reached, self.holds = None, None, set(), []

    def open(self, on):
        until, answer = None, True
        for number in range((on - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            owing = self.paid_on is None or self.paid_on > day
            shut = owing and self.tried is not None and self.tried < day
            if not shut:
                until, answer = None, True
                continue
            if any(first <= day <= last for first, last in self.holds):
                answer = True
                continue
            if until is None and day in self.reached:
                until = day + timedelta(days=13)
            answer = until is not None and day <= until
        return answer


def live(actions):  # noqa: C901, PLR0912 - CONFIG: a branch for each action
    """Do these one after the other, and hold the server to the model after each."""
    server, model, today, payment, owed = (
        FakeServer(),
        Model(),
        FIRST,
        None,
        Invoice.objects.get(member__code="M1").rest,
    )
    minutes = 0
    mailbox("M1", "ana")
    work(server)
    for action in actions:
        if action == "pay" and model.paid_on is None:
            payment = pay("M1", owed / 100, on=today, at=today)
            model.paid_on = today
        elif action == "owe" and payment is not None:
            void(payment, at=today)
            payment = model.paid_on = None
        elif action in {"call", "try"}:
            tried("M1", today, outcome="reached" if action == "call" else "attempted", at=today)
            model.tried = model.tried or today
            if action == "call":
                model.reached.add(today)
        elif action == "hold":
            hold("M1", today + timedelta(days=2), at=today)
            model.holds.append((today, today + timedelta(days=2)))
        elif action in {"day", "days"}:
            today += timedelta(days=1 if action == "day" else 6)
        elif action == "down":
            server.down()
        elif action == "up":
            server.up()
        elif action == "by hand":
            server.by_hand(NAME, Seen.OPEN if wanted()[NAME] == "suspended" else Seen.SUSPENDED)
        elif action == "dies":
            server.dies_after = 0 if server.dies_after is None else None
        if action in {"pay", "call", "hold"} and model.open(today):
            assert wanted()[NAME] == "open", (action, "nobody who paid or was reached is out")
        look(today)
        compare(connector=server, now=lambda day=today: moment(day), actor="test")
        for _ in range(3):
            minutes += 5
            work(server, today, seconds=60 * minutes)
        should = "open" if model.open(today) else "suspended"
        assert wanted() == {NAME: should}, (actions, action, today)
        if not server.unreachable and server.dies_after is None:
            assert server.states() == {NAME: should}, (actions, action, today)


def lived(actions):
    with transaction.atomic():
        live(actions)
        transaction.set_rollback(True)  # each example begins with the same organization


ORDERS = st.lists(st.sampled_from(ACTIONS), min_size=3, max_size=8)
PLAIN = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def test_the_way_everybody_goes_limited_called_paid_and_back(late):
    lived(["try", "day", "call", "days", "days", "days", "down", "pay", "up", "day", "owe", "day", "hold", "by hand"])


@settings(max_examples=6, derandomize=True, **PLAIN)
@given(actions=ORDERS)
def test_whatever_happens_the_server_is_as_the_model_says(late, actions):
    lived(actions)


@pytest.mark.long
@settings(max_examples=400, **PLAIN)
@given(actions=st.lists(st.sampled_from(ACTIONS), min_size=3, max_size=30))
def test_whatever_happens_for_long_the_server_is_as_the_model_says(late, actions):
    lived(actions)
