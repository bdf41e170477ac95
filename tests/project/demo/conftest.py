import pytest

MEMBERS, SEED = 100, 7  # another seed than the demo's own, so that nothing rests on that one


@pytest.fixture(scope="package")
def days():
    """The days of the year as they were told while it was lived."""
    return []


@pytest.fixture(scope="package")
def year(django_db_setup, django_db_blocker, tmp_path_factory, days):
    """The demo's year, lived once for all tests that only look at it; taken back after the last of them."""
    from django.db import transaction

    from tequio.kernel.mail import transport
    from tequio.project import daily
    from tequio.project.demo.life import live

    patch = pytest.MonkeyPatch()
    patch.setattr(daily, "reaches_people", lambda: True)  # as in a demonstration, which this process is not
    outbox = tmp_path_factory.mktemp("outbox")
    patch.setattr(transport, "outbox", lambda: outbox)
    with django_db_blocker.unblock(), transaction.atomic():
        yield live(folder=tmp_path_factory.mktemp("demo"), members=MEMBERS, seed=SEED, progress=days.append)
        transaction.set_rollback(True)
    patch.undo()
