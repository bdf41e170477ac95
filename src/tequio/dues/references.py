"""Payment references: ISO 11649 for everyone, and seven digits for Mexican transfers. Both follow from the number."""

from stdnum import iso11649, luhn
from stdnum.iso7064 import mod_97_10

_DIGITS = 6  # of the series in a short reference; its seventh digit checks them


def iso_reference(*, number: str) -> str:
    """The ISO 11649 reference of an invoice number, in groups of four: US-000123 is "RF95 US00 0123"."""
    body = number.replace("-", "").upper()
    check = mod_97_10.calc_check_digits(f"{body}RF")
    return str(iso11649.format(f"RF{check}{body}"))


def short_reference(*, number: str) -> str:
    """The numeric reference of an invoice number: the last six digits of its series and a check digit.

    Mexican transfers carry at most seven digits. After a million invoices of one center the digits come round
    again; by then the older invoice is long settled.
    """
    serial = f"{int(number.rsplit('-', 1)[1]) % 10**_DIGITS:0{_DIGITS}d}"
    return serial + str(luhn.calc_check_digit(serial))
