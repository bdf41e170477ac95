"""People who look at the pages of the members' administration, and files handed in on them."""

import pytest


@pytest.fixture
def signed_in(db, at):
    """A function that signs a person with roles in, as one who has shown a second factor; returns its own client."""
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center
    from tequio.members.models import Member, MemberAccess

    def enter(role=None, *centers, member=None, language="en", email=None, csrf=False):
        from tequio.accounts.models import User

        email = email or f"{role}-{'-'.join(centers)}@example.org"
        user = User.objects.filter(email=email).first() or add_person(
            email=email, name="Petra Nolasco", language=language, actor="test", at=at
        )
        for code in centers or ([None] if role else []):
            there = Center.objects.get(code=code) if code else None
            grant_role(user=user, role=role, center=there, actor="test", at=at)
        if member:
            MemberAccess.objects.create(user=user, member=Member.objects.get(code=member))
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(user)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
        client.user = user
        return client

    return enter


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    """The pages' clock stands at the tests' moment, and nothing is remembered from the test before."""
    from django.core.cache import caches

    from tequio.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: at)
    caches["memory"].clear()
    caches["default"].clear()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The instance's folder of this test alone, with keys of its own."""
    from tequio.kernel import instance

    folder = tmp_path / "instance"
    monkeypatch.setenv("TEQUIO_HOME", str(folder))
    instance.create()
    return folder


@pytest.fixture
def hand_in(home):
    """A function that hands a file in on the page; returns the answer."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(client, content, *, name="roll.csv", **words):
        content = content.read_bytes() if hasattr(content, "read_bytes") else content
        return client.post("/imports/new/", {"file": SimpleUploadedFile(name, content), **words})

    return send


@pytest.fixture
def confirm():
    """A function that confirms an import as its page shows it; returns the answer."""
    from tequio.members.models import Import

    def send(client, import_pk):
        key = Import.objects.get(pk=import_pk).preview_key
        return client.post(f"/imports/{import_pk}/confirm/", {"key": key})

    return send
