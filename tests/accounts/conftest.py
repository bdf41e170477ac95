"""People who sign in, and the letters they get."""

import email
import re
from email import policy

import pytest
from django.core.cache import caches

from accounts.codes import totp


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    """Counts of tries belong to one test."""
    caches["default"].clear()
    caches["memory"].clear()


@pytest.fixture(autouse=True)
def own_outbox(tmp_path, monkeypatch):
    """Letters go to a folder of this test's own."""
    from tequio.kernel.mail import transport

    folder = tmp_path / "outbox"
    monkeypatch.setattr(transport, "outbox", lambda: folder)
    return folder


@pytest.fixture
def letters(own_outbox):
    """A function that reads the letters sent so far, oldest first."""

    def read():
        files = sorted(own_outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    return read


@pytest.fixture
def last_code(letters):
    """A function that reads the code of the newest letter."""
    return lambda: re.search(r"\d{4}-\d{4}", letters()[-1]["Subject"]).group()


@pytest.fixture
def person(db, at):
    """A function that opens an account: its address, its roles as ("treasurer", center) or ("auditor", None)."""
    from tequio.accounts.operations import add_person, grant_role

    def make(address="alma@example.org", *roles, name="Alma Ríos", language="en", password=None):
        user = add_person(email=address, name=name, language=language, actor="test", at=at)
        for role, center in roles:
            grant_role(user=user, role=role, center=center, actor="test", at=at)
        if password:
            user.set_password(password)
            user.save()
        return user

    return make


@pytest.fixture
def app_of(db):
    """A function that sets up an app with codes for a person and returns what computes its codes."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    def make(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        return lambda steps=0: totp(secret, steps=steps)

    return make


@pytest.fixture
def signed_in(client):
    """A function that signs a person in just now with a second step shown, unless told otherwise."""
    from tequio.kernel import clock

    def enter(user, *, shown=True):
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "code", "at": clock.now().timestamp()}]
        if shown:
            session["account_authentication_methods"] += [{"method": "mfa", "at": clock.now().timestamp()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return enter


@pytest.fixture
def commits(monkeypatch):
    """What waits for the end of a transaction happens at once: a test's own transaction never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, *_, **__: act())
