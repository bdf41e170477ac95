"""The server in memory that other tests rest on keeps the same promises as real ones."""

import pytest

from services.connectors.promises import Promises
from services.fake_server import FakeServer


@pytest.fixture
def server():
    return FakeServer()


class TestPromises(Promises):
    pass
