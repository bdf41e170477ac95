"""Amounts: integer minor units and an ISO currency, never a float, never summed across currencies."""

import re
from decimal import Decimal

from tequio.rules.reasons import Text

_PLAIN_AMOUNT = re.compile(r"-?\d{1,13}(\.\d{1,2})?", re.ASCII)
MINOR_PER_UNIT = 100
WHOLE_SHARE = 10_000  # a share of 100 %, in basis points


class AmountError(ValueError):
    """The text is not an amount; `text` says so in both languages."""

    def __init__(self, *, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def minor_units(*, amount: str) -> int:
    """The amount in minor units (cents, centavos) of text like "200", "1234.5" or "-20.00".

    Exact: more than two decimals, signs other than a leading minus, separators and exponents are refused with
    AmountError. Decimal commas are the business of a spreadsheet's mapping, not of this function.
    """
    text = amount.strip()
    if not _PLAIN_AMOUNT.fullmatch(text):
        shown = text[:40]
        raise AmountError(
            text=Text(
                en=f"“{shown}” is not an amount. Write it like 200 or 1234.50.",
                es=f"«{shown}» no es una cantidad. Escríbala como 200 o 1234.50.",
            )
        )
    whole, _, fraction = text.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * MINOR_PER_UNIT + sign * int((fraction + "00")[:2])


def whole_units(*, minor: int) -> int | float:
    """Minor units as JSON output prints them: 20000 is 200, 1234550 is 12345.5."""
    units, rest = divmod(minor, MINOR_PER_UNIT)
    return units if rest == 0 else float(Decimal(minor) / MINOR_PER_UNIT)


def printed(*, minor: int, currency: str) -> str:
    """An amount for people, the ISO code first: "USD 1,234.50". Both currencies use the same sign, so never "$"."""
    sign = "-" if minor < 0 else ""
    units, rest = divmod(abs(minor), MINOR_PER_UNIT)
    return f"{currency} {sign}{units:,}.{rest:02d}"


def share_of(*, minor: int, basis_points: int) -> int:
    """`basis_points` ten-thousandths of an amount, half a cent rounded up, away from nothing."""
    quotient, rest = divmod(abs(minor) * basis_points, WHOLE_SHARE)
    rounded = quotient + (1 if rest * 2 >= WHOLE_SHARE else 0)
    return rounded if minor >= 0 else -rounded


def split_evenly(*, minor: int, parts: int) -> list[int]:
    """An amount in `parts` that differ by one cent at most and add up to it; the larger ones come first."""
    if parts < 1:
        raise ValueError("an amount is split into at least one part")
    quotient, rest = divmod(minor, parts)
    return [quotient + (1 if position < rest else 0) for position in range(parts)]
