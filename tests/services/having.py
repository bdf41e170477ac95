"""What tests of services do: a member with accounts, a limited policy, reconciling at a moment; days as text."""

from datetime import timedelta

from dues.doing import moment
from tequio.accounts.models import User
from tequio.dues.operations.standings import refresh_standings
from tequio.rules.entitlement import State
from tequio.services.connectors import registry
from tequio.services.models import Job, ServiceAccount
from tequio.services.operations import opening, reconciling, suspending
from tequio.services.operations.settings import change_settings

TODAY = "2016-07-15"


def careful(at=TODAY, **given):
    """How careful the program is, but for what is given."""
    usual = {"breaker_share": 10_000, "breaker_fewest": 3, "export_days": 30, "most_tries": 3}
    change_settings(**{**usual, "domains": ["example.org"], **given}, actor="test", at=moment(at))


def mailbox(code, name, at=TODAY, **given):
    return account(code, "mailbox", f"{name}@example.org", at=at, **given)


def account(code, service, name, at=TODAY, held_by="Ana", **given):
    return opening.open_account(
        code=code, service=service, name=name, held_by=held_by, actor="test", at=moment(at), **given
    )


def look(at=TODAY):
    """Work out every standing for a day, then how every account is wanted."""
    refresh_standings(actor="test", at=moment(at))
    return suspending.align(actor="test", at=moment(at))


def work(server, at=TODAY, seconds=0):
    """Carry out what waits, on this server."""
    with registry.instead(server):
        return reconciling.work_off(now=lambda: moment(at) + timedelta(seconds=seconds), actor="test")


def wanted():
    """How each account is wanted, by name."""
    return dict(ServiceAccount.objects.order_by("name").values_list("name", "wanted"))


def jobs(name=None):
    rows = Job.objects.order_by("pk")
    if name:
        rows = rows.filter(account__name=name)
    return list(rows.values_list("account__name", "generation", "wanted", "state"))


def person(number=1):
    return User.objects.create_user(f"team{number}@example.org", name=f"Team {number}")


OPEN, LIMITED, SUSPENDED, REMOVED = (state.value for state in State)
