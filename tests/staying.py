"""What a module's tests share in the database: made once, seen by each of them, taken back after the last."""

from contextlib import contextmanager


@contextmanager
def made_once(blocker):
    """A transaction around all tests of a module, each of which takes back only what it did itself.

    For a fixture of a module or package that asks for `django_db_setup`; `blocker` is `django_db_blocker`.
    """
    from django.db import transaction

    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
