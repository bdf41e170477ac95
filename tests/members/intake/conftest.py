"""Rolls written on the spot: a member and a contact that are in order, with the changes a test is about."""

import csv
import io
from pathlib import Path

import pytest

from tequio.members.intake.records import COLUMNS
from tequio.members.intake.roll import read_roll

CURRENCIES = {"us": "USD", "mx": "MXN"}
LANGUAGES = {"us": "en", "mx": "es"}

GOOD = {
    "member_id": "A-1",
    "member_name": "Imprenta del Barrio",
    "kind": "organization",
    "center": "mx",
    "joined_on": "2009-03-14",
    "sector": "media",
    "income_band": "2",
    "operations": "yes",
    "paid_until": "2016-03-14",
    "balance_due": "0.00",
    "currency": "MXN",
    "contact_name": "Berenice Solís",
    "contact_roles": "representative;billing",
    "email": "berenice@imprenta.example.org",
    "phone": "+52 55 5123 4567",
    "street": "Calle Moctezuma 12",
    "city": "Cuauhtémoc",
    "state": "CDMX",
    "postal_code": "06300",
    "country": "MX",
    "language": "es",
}


def written(*rows, columns=COLUMNS):
    """The text of a CSV file with `rows`, each a dict of what differs from a row that is in order."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**GOOD, **row} for row in rows)
    return text.getvalue()


@pytest.fixture(scope="session")
def csv_text():
    return written


@pytest.fixture(scope="session")
def read_bytes(tmp_path_factory):
    """Reads bytes as a roll of two centers, us and mx."""
    path = tmp_path_factory.mktemp("rolls") / "roll.csv"

    def read(content: bytes):
        path.write_bytes(content)
        return read_roll(path=path, currencies=CURRENCIES, languages=LANGUAGES)

    return read


@pytest.fixture(scope="session")
def read_rows(read_bytes):
    """Reads rows, each a dict of what differs from a row that is in order."""

    def read(*rows):
        return read_bytes(written(*rows).encode())

    return read


@pytest.fixture(scope="session")
def read_path():
    def read(path: Path | str):
        return read_roll(path=path, currencies=CURRENCIES, languages=LANGUAGES)

    return read
