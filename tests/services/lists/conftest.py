"""One Mailman core for all tests of a process, emptied before each; absent it skips visibly, and in CI it fails."""

import os

import pytest

from services.lists import mailman


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    """A core that runs for the session."""
    if not mailman.MASTER.exists():
        missing = "needs Mailman in .mailman: tools/mailing_lists.py installs it"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    core = mailman.Core(tmp_path_factory.mktemp("mailman"))
    yield core
    core.stop()


@pytest.fixture
def core(running, socket_enabled):
    """The core with nothing on it."""
    running.empty()
    return running
