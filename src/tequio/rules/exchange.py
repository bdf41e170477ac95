"""What an amount is in another currency, at a rate somebody stated: exact, and rounded to the cent, half a cent up."""

import re
from fractions import Fraction

from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text

_RATE = re.compile(r"\d{1,6}(\.\d{1,8})?", re.ASCII)


class RateError(ValueError):
    """The text is no rate; `text` says so in both languages."""

    def __init__(self, *, written: str) -> None:
        shown = written[:24]
        super().__init__(shown)
        self.text = Text(
            en=f"“{shown}” is not a rate. Write how many units of the one currency one of the other is, like 18.0657.",
            es=f"«{shown}» no es un tipo de cambio. Escriba cuántas unidades de una moneda es una de la otra, como "
            "18.0657.",
        )


def rate_of(*, written: str) -> Fraction:
    """A rate as it was written, above nothing, with at most eight decimals."""
    text = written.strip()
    if not _RATE.fullmatch(text) or Fraction(text) == 0:
        raise RateError(written=written)
    return Fraction(text)


def exchanged(*, minor: int, rate: str) -> int:
    """Minor units of one currency as minor units of another, `rate` of it for one."""
    exact = abs(minor) * rate_of(written=rate)
    quotient, rest = divmod(exact.numerator, exact.denominator)
    found = quotient + (1 if rest * 2 >= exact.denominator else 0)
    return found if minor >= 0 else -found


def agrees(*, sent: int, received: int, rate: str, within_cents: int = MINOR_PER_UNIT) -> bool:
    """Whether what arrived is what a rate makes of what was sent, to within a unit of the currency."""
    return abs(exchanged(minor=sent, rate=rate) - received) <= within_cents
