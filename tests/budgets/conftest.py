"""Two centers with their books, and no rules, which budgets have no use for."""

import pytest

from budgets.treasurers import person
from signing_in import sign_in
from tequio.centers.operations import open_center
from tequio.centers.queries import center_by_code
from tequio.kernel import clock
from tequio.ledger.operations import open_books
from tequio.rules.reasons import Text


@pytest.fixture
def two_centers(db, at):
    for code, currency, language, zone in (
        ("us", "USD", "en", "America/New_York"),
        ("mx", "MXN", "es", "America/Mexico_City"),
    ):
        center = open_center(
            code=code,
            name=Text(en=f"Center {code}", es=f"Centro {code}"),
            currency=currency,
            language=language,
            zone=zone,
            actor="test",
            at=at,
        )
        open_books(center=center)


@pytest.fixture
def now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def us(two_centers):
    return center_by_code(code="us")


@pytest.fixture
def treasurer(us, at):
    return person("ana", us, at)


@pytest.fixture
def signed_in(client, treasurer):
    sign_in(client, treasurer)
    return client
