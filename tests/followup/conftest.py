"""Late members and nights of follow-up."""

from datetime import date, timedelta

import pytest
from tests.followup.calls import DAY, PHONE

from nights import ACTOR, Post, money_is_known, noon

FIRST_DAY = date(2016, 7, 15)


@pytest.fixture
def post():
    """The way out for mail."""
    return Post()


@pytest.fixture
def night(post):
    """A function that lives through one night's follow-up on a day, as the daily work does it."""
    from tequio.dues.operations.standings import refresh_standings
    from tequio.followup.operations.making import make_notices
    from tequio.followup.operations.settling import settle_mails
    from tequio.followup.operations.sweeping import sweep
    from tequio.kernel.mail.sending import deliver_waiting

    def live(day, *, money=True, send=True):
        at = noon(day)
        if money:
            money_is_known(day=day)
        refresh_standings(actor=ACTOR, at=at)
        settle_mails(actor=ACTOR, at=at)
        sweep(actor=ACTOR, at=at)
        made = make_notices(actor=ACTOR, at=at)
        if send:
            while deliver_waiting(at=at, transport=post).sent:
                pass
            settle_mails(actor=ACTOR, at=at)
        return made

    return live


@pytest.fixture
def late(members):
    """A function that imports members each of which owes 100.00 since a day; returns their due date."""

    def make(*given, due=FIRST_DAY, balance="100.00"):
        members(*({"balance_due": balance, "paid_until": due.isoformat(), **one} for one in given))
        return due

    return make


@pytest.fixture
def nights(night):
    """A function that lives through some nights alone, numbered from the due date: what lies between is caught up."""

    def live(due, *numbers, **how):
        for number in numbers:
            night(due + timedelta(days=number), **how)

    return live


@pytest.fixture
def days(night):
    """A function that lives through every night from one day after the due date through another."""

    def live(due, first, last, **how):
        for number in range(first, last + 1):
            night(due + timedelta(days=number), **how)

    return live


@pytest.fixture
def called(late, nights):
    """A function that lets members come to their call; returns the moment: a weekday, 16:00 UTC, noon in New York."""

    def make(*given):
        due = late(*({**PHONE, **one} for one in given))
        nights(due, 10, 31, 45, 60, 80)
        moment = noon(due + 80 * DAY) + timedelta(hours=4)
        assert moment.weekday() < 5
        return moment

    return make
