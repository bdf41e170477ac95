"""People who look at the pages of dues, each with a browser of its own, on a clock that stands."""

import pytest


@pytest.fixture(autouse=True)
def pages_stand_still(monkeypatch, settings, at):
    """The pages' clock stands at the tests' moment, work is done before a page answers, the cities are read anew."""
    from django.core.cache import caches

    from tequio.kernel import clock

    settings.RUNS_INLINE = True
    monkeypatch.setattr(clock, "now", lambda: at)
    caches["memory"].clear()


@pytest.fixture
def enter(at):
    """A function that signs a person in who has shown a second factor, and returns the person's own browser."""
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center
    from tequio.members.models import Member, MemberAccess

    def sign_in(*roles, member=None, language="en"):
        number = User.objects.count() + 1
        user = add_person(
            email=f"p{number}@example.org", name=f"Person {number}", language=language, actor="test", at=at
        )
        for role in roles:
            name, _, center = role.partition(" ")
            there = Center.objects.get(code=center) if center else None
            grant_role(user=user, role=name, center=there, actor="test", at=at)
        if member:
            MemberAccess.objects.create(user=user, member=Member.objects.get(code=member))
        Authenticator.objects.create(user=user, type="totp", data={"secret": "of a test"})
        client = Client()
        client.force_login(user)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def treasurer(enter, sample_rules):
    return enter("treasurer us")


@pytest.fixture
def administrator(enter, sample_rules):
    return enter("administrator")
