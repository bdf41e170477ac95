"""People who look at the pages of the follow-up, on a clock a test can turn, with members that are to be called."""

from datetime import timedelta

import pytest

from nights import noon
from signing_in import sign_in

PHONE = {"phone": "+1 212 555 0100", "country": "US", "state": "NY"}


@pytest.fixture
def moment(monkeypatch, at):
    """The pages' clock: call it with a moment to turn it."""
    from django.core.cache import caches

    from tequio.kernel import clock

    caches["memory"].clear()

    def turn(to):
        monkeypatch.setattr(clock, "now", lambda: to)
        return to

    turn(at)
    return turn


@pytest.fixture
def enter(moment, at):
    """A function that signs in a person with a role, with a browser of its own."""
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.accounts.operations import add_person, grant_role
    from tequio.centers.models import Center

    def come(role, *, center=None, language="en"):
        number = User.objects.count() + 1
        user = add_person(email=f"p{number}@example.org", name=f"Nadia {number}", language=language, actor="t", at=at)
        there = Center.objects.get(code=center) if center else None
        grant_role(user=user, role=role, center=there, actor="t", at=at)
        return sign_in(Client(), user)

    return come


@pytest.fixture
def called(late, nights, moment):
    """A function that lets members come to their call, and turns the clock to noon in New York on a weekday."""

    def make(*given):
        due = late(*({**PHONE, **one} for one in given))
        nights(due, 10, 31, 45, 60, 80)
        return moment(noon(due + timedelta(days=80)) + timedelta(hours=4))

    return make


def words_of(response):
    """What a page says, on one line, without markup."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
