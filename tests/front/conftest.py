"""People who look at the pages."""

import pytest

from signing_in import sign_in


@pytest.fixture
def signed_in(client, at):
    """A function that signs a person with a role in, as one who has shown a second factor; returns the client."""
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center
    from tequio.members.models import Member, MemberAccess

    def enter(role=None, *, center=None, member=None, language="en"):
        user = add_person(email="p@example.org", name="Petra Nolasco", language=language, actor="test", at=at)
        if role:
            there = Center.objects.get(code=center) if center else None
            grant_role(user=user, role=role, center=there, actor="test", at=at)
        if member:
            MemberAccess.objects.create(user=user, member=Member.objects.get(code=member))
        return sign_in(client, user)

    return enter


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    """The pages' clock stands at the tests' moment, and the cities are read anew."""
    from django.core.cache import caches

    from tequio.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: at)
    caches["memory"].clear()
