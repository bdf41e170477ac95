"""What the cells under a heading look like, whatever the heading says."""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tequio.members.intake.checking import is_email
from tequio.members.intake.dates import looks_like_day
from tequio.members.intake.grids import Typed
from tequio.members.intake.translating import Translator, looks_like_amount
from tequio.rules.reasons import Text

LOOKED_AT: Final = 400  # cells under a heading
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-/]{5,24}(?: ?(?:ext|x|#)\.? ?[0-9]{1,6})?", re.IGNORECASE)
_POSTAL = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z \-]{2,9}")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15  # of a phone number; E.164 has no longer ones
_PHONE_FOR_SURE = 10
_LONGEST_ID = 40

LOOKS: Final[Mapping[str, Text]] = {
    "email": Text(en="e-mail addresses", es="correos electrónicos"),
    "phone": Text(en="phone numbers", es="teléfonos"),
    "joined_on": Text(en="dates", es="fechas"),
    "paid_until": Text(en="dates", es="fechas"),
    "balance_due": Text(en="amounts", es="cantidades"),
    "country": Text(en="countries", es="países"),
    "kind": Text(en="organization or individual", es="organización o individual"),
    "center": Text(en="centers", es="centros"),
    "operations": Text(en="yes and no", es="sí y no"),
    "contact_roles": Text(en="roles of a contact", es="funciones de un contacto"),
    "language": Text(en="languages", es="idiomas"),
    "currency": Text(en="currencies", es="monedas"),
    "income_band": Text(en="whole numbers from 1 to 9", es="números enteros del 1 al 9"),
    "postal_code": Text(en="postal codes", es="códigos postales"),
    "member_id": Text(en="ids", es="claves"),
}
# Columns that can be recognized though their heading says nothing. Dates cannot: nobody sees which of them they are.
TELLING: Final = ("email", "phone", "kind", "country", "contact_roles", "language", "currency")


def share_like(*, column: str, cells: Sequence[str], translator: Translator) -> float | None:
    """Which share of the cells (none empty) is what the roll column holds; None where anything could stand there."""
    test = _test(column=column, translator=translator)
    if not cells:
        return None
    if test is None:  # free text: it can only be told what it is not
        odd = sum(1 for cell in cells if is_email(text=cell) or isinstance(cell, Typed) or looks_like_day(text=cell))
        return 0.0 if odd * 2 > len(cells) and column not in {"street", "sector"} else None
    return sum(map(test, cells)) / len(cells)


def _test(*, column: str, translator: Translator) -> Callable[[str], bool] | None:
    tests: dict[str, Callable[[str], bool]] = {
        "email": lambda cell: is_email(text=cell),
        "phone": is_phone,
        "joined_on": lambda cell: looks_like_day(text=cell),
        "paid_until": lambda cell: looks_like_day(text=cell),
        "balance_due": lambda cell: cell in {"-", "–", "—"} or looks_like_amount(text=cell),
        "income_band": lambda cell: len(cell) == 1 and cell in "123456789",
        "postal_code": lambda cell: _POSTAL.fullmatch(cell) is not None,
        "member_id": lambda cell: len(cell) <= _LONGEST_ID and "@" not in cell and not looks_like_day(text=cell),
    }
    if column in tests:
        return tests[column]
    if column in LOOKS:
        return lambda cell: translator.known(column=column, text=cell) is not None
    return None


def is_phone(text: str, /) -> bool:
    """Whether the text has the digits of a phone number and nothing but what people put between them."""
    digits = sum(character.isdigit() for character in text)
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS and _PHONE.fullmatch(text) is not None


def is_phone_for_sure(*, cells: Sequence[str]) -> bool:
    """Whether cells that could be phones are no ids or postal codes: a plus sign or ten digits in most of them."""
    sure = sum(1 for cell in cells if cell.startswith("+") or sum(map(str.isdigit, cell)) >= _PHONE_FOR_SURE)
    return sure * 2 > len(cells)


def counts_rows(*, cells: Sequence[str]) -> bool:
    """Whether cells only count the rows: whole numbers, each one more than the one before."""
    if not all(cell.isascii() and cell.isdigit() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return all(later == earlier + 1 for earlier, later in itertools.pairwise(numbers))
