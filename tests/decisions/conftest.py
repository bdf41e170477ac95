"""A committee of people who sit on it, and an effect that is made up."""

from datetime import date, timedelta

import pytest

from decisions.made_up_effect import SetSign
from decisions.wording import words
from tequio.accounts.models import User
from tequio.decisions.effects import registry
from tequio.decisions.models import Body, Seat, Term
from tequio.decisions.operations import proposing


@pytest.fixture
def committee(db):
    """A body that people sit on."""
    return Body.objects.create(code="lc", name_en="Committee", name_es="Comité")


@pytest.fixture
def person(db):
    """A function that opens an account for somebody."""

    def make(name):
        return User.objects.create_user(email=f"{name.lower()}@example.org", name=name)

    return make


@pytest.fixture
def member_of(person):
    """A function: somebody who sits on a body since 2015."""

    def make(name, body):
        user = person(name)
        count = Seat.objects.filter(body=body).count() + 1
        seat = Seat.objects.create(
            code=f"{body.code}-member-{count}",
            body=body,
            title_en=f"Seat {count}",
            title_es=f"Lugar {count}",
            opened_on=date(2015, 1, 1),
        )
        Term.objects.create(seat=seat, user=user, starts_on=date(2015, 1, 1))
        return user

    return make


@pytest.fixture
def ana(member_of, committee):
    """Somebody who sits on the committee, and sponsors."""
    return member_of("Ana", committee)


@pytest.fixture
def beto(member_of, committee):
    """Somebody else who sits on the committee."""
    return member_of("Beto", committee)


@pytest.fixture
def signs(monkeypatch):
    """The made-up effect, known for one test; its `stands` is what stands where."""
    kind = SetSign()
    monkeypatch.setitem(registry._kinds, kind.name, kind)
    return kind


@pytest.fixture
def drafted(committee, ana, at):
    """A function that drafts a proposal of Ana's."""
    from tequio.decisions.operations import proposing

    def make(**given):
        return proposing.draft(
            **{
                "body": committee,
                "sponsor": ana,
                "words": words(),
                "no_priority_because": "It is about hens.",
                "actor": ana.actor,
                "at": at,
                **given,
            }
        )

    return make


@pytest.fixture
def circulated(drafted, ana, at):
    """A function that drafts a proposal of Ana's and circulates it."""
    from tequio.decisions.operations import proposing

    def make(**given):
        return proposing.submit(proposal=drafted(**given), by=ana, actor=ana.actor, at=given.get("at", at))

    return make


@pytest.fixture
def change(ana, at):
    """A function that changes a proposal as Ana would, an hour later."""

    def make(proposal, **given):
        latest = proposal.versions.order_by("-number")[0]
        return proposing.change(
            **{
                "proposal": proposal,
                "against": latest.number,
                "words": words(),
                "effects": latest.effects,
                "by": ana,
                "actor": ana.actor,
                "at": at + timedelta(hours=1),
                **given,
            }
        )

    return make
