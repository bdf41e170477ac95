"""What a person calls the columns of a roll."""

from collections.abc import Mapping
from typing import Final

from tequio.rules.reasons import Text

COLUMN_NAMES: Final[Mapping[str, Text]] = {
    "member_id": Text(en="member's number", es="número de la membresía"),
    "member_name": Text(en="member's name", es="nombre de la membresía"),
    "kind": Text(en="organization or individual", es="organización o persona"),
    "center": Text(en="center", es="centro"),
    "joined_on": Text(en="day of joining", es="día de ingreso"),
    "sector": Text(en="sector", es="sector"),
    "income_band": Text(en="income band", es="rango de ingreso"),
    "operations": Text(en="operations and support", es="operación y soporte"),
    "paid_until": Text(en="paid until", es="pagado hasta"),
    "balance_due": Text(en="owed from before", es="adeudo de antes"),
    "currency": Text(en="currency", es="moneda"),
    "contact_name": Text(en="contact's name", es="nombre del contacto"),
    "contact_roles": Text(en="contact's roles", es="funciones del contacto"),
    "email": Text(en="e-mail", es="correo"),
    "phone": Text(en="phone", es="teléfono"),
    "street": Text(en="street and number", es="calle y número"),
    "city": Text(en="city", es="ciudad"),
    "state": Text(en="state", es="estado (entidad)"),
    "postal_code": Text(en="postal code", es="código postal"),
    "country": Text(en="country", es="país"),
    "language": Text(en="language", es="idioma"),
}

# Columns of the table of members, as the journal names them when they change. The name as it is searched goes with
# the name and is nothing of its own.
FIELD_NAMES: Final[Mapping[str, Text]] = {
    **{name: COLUMN_NAMES[name] for name in ("kind", "sector", "income_band", "operations", "paid_until", "joined_on")},
    "name": Text(en="name", es="nombre"),
    "search_name": Text(en="name as it is searched", es="nombre para buscar"),
    "opening_balance": COLUMN_NAMES["balance_due"],
}
