"""A person named on a login of a member that is late, and an application it may sign in to."""

import pytest

from dues.doing import hold, moment
from services.having import TODAY, account, person
from services.signing_in.asking import register
from signing_in import sign_in
from tequio.kernel import clock
from tequio.members.models import Member, MemberAccess
from tequio.services.operations import applications
from tequio.services.operations.quotas import set_quota


@pytest.fixture
def day(monkeypatch):
    def stand(at):
        monkeypatch.setattr(clock, "now", lambda: moment(at))

    stand(TODAY)
    return stand


@pytest.fixture
def app(late, day):
    """An application of cloud logins on a server, and one that lives in a browser."""
    return register("cloud-app", keeps_secret=True)


@pytest.fixture
def ana(app, client):
    """A person of M1, which is late and on hold for a day, named on its cloud login and signed in here."""
    hold("M1", TODAY)
    login = account("M1", "cloud", "ana")
    set_quota(service="cloud", name="", megabytes=5120, actor="test", at=moment(TODAY))
    user = person()
    MemberAccess.objects.create(user=user, member=Member.objects.get(code="M1"))
    applications.name_person(account_pk=login.pk, user_pk=user.pk, actor="test", at=moment(TODAY))
    sign_in(client, user)
    client.user, client.login_pk = user, login.pk
    return client
