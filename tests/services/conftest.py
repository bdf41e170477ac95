"""A member with everything in good standing, on a server in memory."""

import pytest

from services.fake_server import FakeServer
from services.having import careful


@pytest.fixture
def server():
    return FakeServer()


@pytest.fixture
def offered(sample_rules):
    """The catalog of the sample rules, and addresses on example.org for everybody."""
    careful()


@pytest.fixture
def late(members, offered):
    """M1, an organization whose invoice of 60.00 USD from the roll was due on 1 March 2016; M2 in good standing."""
    members({"balance_due": "60.00", "paid_until": "2015-04-01"}, {"paid_until": "2017-01-01"})
