"""Two centers with their books, and no rules, which budgets have no use for."""

import pytest

from tequio.centers.operations import open_center
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
