"""One Dovecot for all tests of a process, emptied before each; absent servers skip visibly, and in CI they fail."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from services.mail.dovecot import NEEDED, Dovecot, free_port
from services.mail.relay import Relay


def pytest_collection_modifyitems(items):
    """Mail servers listen on the network of this machine."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)


def need(programs):
    """Skip where a program is missing; in CI, which installs them (tools/mail_servers.py), fail."""
    missing = [str(path) for path in programs if not path.exists()]
    if missing and os.environ.get("TEQUIO_CI"):
        pytest.fail(f"missing: {', '.join(missing)}; tools/mail_servers.py installs them")
    if missing:
        pytest.skip(f"needs {missing[0]}: tools/mail_servers.py installs it")


@pytest.fixture(scope="session")
def relay():
    """Where Dovecot hands on what is sent."""
    relay = Relay()
    yield relay
    relay.close()


@pytest.fixture(scope="session")
def one_dovecot(relay):
    """A Dovecot that runs, in a folder that its user may enter."""
    need(NEEDED)
    folder = Path(tempfile.mkdtemp(prefix="tequio-mail-"))
    imap, lmtp, submission = (free_port() for _ in range(3))
    server = Dovecot(folder=folder, imap_port=imap, lmtp_port=lmtp, submission_port=submission, relay_port=relay.port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dovecot(one_dovecot, relay):
    """Dovecot with nobody in it."""
    one_dovecot.forget()
    relay.taken.clear()
    return one_dovecot
