import pytest


@pytest.fixture(scope="module")
def live_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """A function that lives through the demo's year for all tests of a module; taken back at the module's end."""
    from django.db import transaction

    from tequio.kernel.mail import transport
    from tequio.project import daily
    from tequio.project.demo.life import live

    def begin(**given):
        return live(folder=tmp_path_factory.mktemp("demo"), **given)

    patch = pytest.MonkeyPatch()
    patch.setattr(daily, "reaches_people", lambda: True)  # as in a demonstration, which this process is not
    outbox = tmp_path_factory.mktemp("outbox")
    patch.setattr(transport, "outbox", lambda: outbox)
    with django_db_blocker.unblock(), transaction.atomic():
        yield begin
        transaction.set_rollback(True)
    patch.undo()
