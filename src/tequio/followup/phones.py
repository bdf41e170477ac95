"""A phone as a caller needs it: in groups to be read, and as an address a phone dials, where it is a whole number."""

import re
from dataclasses import dataclass

import phonenumbers

_WHOLE = re.compile(r"(\+[0-9]{7,15})(?:;ext=([0-9]{1,11}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialled:
    """What is shown, and the address behind it; no address where nobody can dial it."""

    shown: str
    url: str = ""


def dialled(*, kept: str, usable: bool) -> Dialled:
    """A phone as it is kept (members/intake/phones.py); what is no whole number is shown as it was written."""
    found = _WHOLE.fullmatch(kept) if usable else None
    if found is None:
        return Dialled(shown=kept)
    try:
        number = phonenumbers.parse(found[1])
    except phonenumbers.NumberParseException:
        return Dialled(shown=kept)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if found[2]:
        return Dialled(shown=f"{shown} ext. {found[2]}", url=f"tel:{found[1]};ext={found[2]}")
    return Dialled(shown=shown, url=f"tel:{found[1]}")
