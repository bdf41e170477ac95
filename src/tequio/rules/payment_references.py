"""Which invoices does this text name? References with check digits, and numbers people write without any.

ISO 11649: "RF", two check digits, the number (docs: dues/references.py prints them). Mexican transfers carry seven
digits at most: six of the series and one that checks them (Luhn).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_LONGEST = 4_000
_RF = re.compile(r"RF[ \-.]?\d[ \-.]?\d(?:[ \-.]{0,3}[A-Z0-9]){5,21}")
_DIGITS = re.compile(r"(?<!\d)\d{3,17}(?!\d)")
_SHORT = 7
_FEWEST = {"": 6, "OPEN": 5}  # digits of a series: invoices, and balances the roll brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a text names: invoice numbers by their check digits, by a short reference's, and by the bare number.

    `checked` and `bare` are numbers like US-000123; `short` are the six digits of a series; `clipped` are those of
    references that lost the zeros before them, which proves little.
    """

    checked: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    clipped: tuple[str, ...] = field(default=())


def named_in(*, text: str, codes: Iterable[str], short: bool) -> Named:
    """What a text names of the invoices of centers with these codes; short references only where they are printed.

    Spaces, hyphens and points within a reference do not matter, nor does what is glued on after it.
    """
    said = text[:_LONGEST].upper()
    upper = sorted((code.upper() for code in codes), key=len, reverse=True)
    checked: list[str] = []
    for found in _RF.finditer(said):
        checked += [number for number in _checked(found[0], codes=upper) if number not in checked]
    bare = [number for number in _bare(said, codes=upper) if number not in checked]
    shorts: list[str] = []
    clipped: list[str] = []
    if short:
        for found in _DIGITS.finditer(said):
            digits = found[0].lstrip("0")
            if len(digits) > _SHORT or not digits:
                continue
            whole = digits.zfill(_SHORT)
            if luhn_holds(whole):
                (shorts if len(found[0]) >= _SHORT else clipped).append(whole[:-1])
    return Named(
        checked=tuple(checked),
        short=tuple(dict.fromkeys(shorts)),
        bare=tuple(dict.fromkeys(bare)),
        clipped=tuple(dict.fromkeys(clipped)),
    )


def mod97_holds(reference: str, /) -> bool:
    """Whether an ISO 11649 reference without spaces has the right check digits."""
    turned = reference[4:] + reference[:4]
    if not turned.isascii() or not turned.isalnum():
        return False
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def luhn_holds(digits: str, /) -> bool:
    """Whether the last digit checks the others."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character) * (1 + position % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - CONFIG: two digits, added up
    return total % 10 == 0


def _checked(found: str, *, codes: list[str]) -> list[str]:
    """The number behind a reference. What is glued on is cut off: at the end of a word first, else anywhere."""
    ends: list[int] = []
    bare: list[str] = []
    for position, character in enumerate(found):
        if character.isalnum():
            bare.append(character)
            if position + 1 == len(found) or not found[position + 1].isalnum():
                ends.append(len(bare))
    whole = "".join(bare)
    for lengths in (sorted(ends, reverse=True), range(len(whole), 9, -1)):
        numbers = []
        for length in lengths:
            number = _number(whole[4:length], codes=codes)
            if number and mod97_holds(whole[:length]) and number not in numbers:
                numbers.append(number)
        if numbers:
            return numbers
    return []


def _number(body: str, *, codes: list[str]) -> str:
    """US000123 is US-000123, US OPEN 00012 is US-OPEN-00012; empty for what is neither."""
    for code in codes:
        if not body.startswith(code):
            continue
        for series, fewest in _FEWEST.items():
            digits = body[len(code) + len(series) :]
            if body[len(code) :].startswith(series) and digits.isdecimal() and len(digits) >= fewest:
                return "-".join(part for part in (code, series, digits) if part)
    return ""


def _bare(said: str, *, codes: list[str]) -> list[str]:
    numbers = []
    for code in codes:
        pattern = rf"(?<![A-Z0-9]){re.escape(code)}[ \-.]{{0,2}}(OPEN[ \-.]{{0,2}})?(\d{{5,9}})(?!\d)"
        for found in re.finditer(pattern, said):
            series = "OPEN" if found[1] else ""
            if len(found[2]) >= _FEWEST[series]:
                numbers.append("-".join(part for part in (code, series, found[2]) if part))
    return numbers
