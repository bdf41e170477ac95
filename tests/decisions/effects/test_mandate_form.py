"""The form of another mandate: the words always, the name and what may be reached only where something was typed."""

from datetime import date

import pytest

from committees import body
from tequio.decisions.effects.forms import ChangeMandateForm
from tequio.decisions.effects.registry import kind_of

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)
TYPED = {
    "body": "support-team",
    "valid_from": "2016-08-01",
    "mandate_en": "Keeps the servers running.",
    "mandate_es": "Mantiene los servidores.",
    "name_en": "",
    "name_es": "",
    "scopes": "",
}
MANDATE = {"en": "Keeps the servers running.", "es": "Mantiene los servidores."}


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        ({}, {}),
        (
            {"name_en": "Maintenance team", "name_es": "Equipo de mantenimiento", "scopes": "root, backups"},
            {
                "name": {"en": "Maintenance team", "es": "Equipo de mantenimiento"},
                "access_scopes": ["backups", "root"],
            },
        ),
    ],
)
def test_what_was_typed_is_what_the_effect_keeps(typed, more):
    body("support-team")
    form = ChangeMandateForm({**TYPED, **typed}, on=ON)
    assert form.is_valid(), form.errors
    kept = kind_of(name="body.change_mandate").checked(data=form.to_data(), on=ON)
    assert kept == {"body": "support-team", "mandate": MANDATE, "from": "2016-08-01", **more}
