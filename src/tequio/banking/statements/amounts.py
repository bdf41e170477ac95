"""Amounts as banks write them, in minor units. What could be two amounts is none."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Literal

from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text

Mark = Literal[".", ","]

LONGEST = 40  # characters
_MOST_DIGITS = 13  # of whole units
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’`]+")
_SIGNS = {"-": -1, "−": -1, "–": -1, "—": -1, "+": 1}
_WORDS = re.compile(r"^(?:[A-Z]{3}|US\$|MX\$|M\.N\.|\$|€|£|¥)|(?:[A-Z]{3}|\$|€|£|M\.N\.)$")
_NOT_CURRENCIES = ("CR", "DR", "DB")
_WHOLE = {".": re.compile(r"\d+|\d{1,3}(?:,\d{3})+"), ",": re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount read; `rounded` where the bank gave fractions of a cent."""

    minor: int
    rounded: bool = False
    signed: bool = False


def formal_amount(text: str, /) -> Amount | None:
    """The amount of a field that holds nothing else (OFX, CAMT, MT940), or None.

    A point or a comma before the last digits is the decimal mark; both together, the last one is. A comma with three
    digits after it and no other mark could be thousands, and is no amount.
    """
    text = _SPACES.sub("", text[:LONGEST])
    sign, digits = _signed(text)
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        mark: Mark = "."
    elif points and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif points > 1 or commas > 1:
        mark = "," if points else "."
    elif commas and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        return None
    else:
        mark = "." if points else ","
    return _read(sign=sign or 1, digits=digits, mark=mark, signed=sign is not None)


@lru_cache(maxsize=65_536)  # members pay the same few amounts, and each balance is looked at more than once
def written_amount(text: str, /, *, mark: Mark) -> Amount | None:
    """The amount of a table's cell as people and banks write it, or None.

    Currency signs and codes are left out; brackets, a minus before or after and DR mean less than nothing.
    """
    if len(text) > LONGEST:
        return None
    bare = _SPACES.sub("", text).upper()
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()") if negative else bare
    told = next((word for word in _NOT_CURRENCIES if bare.endswith(word)), "")
    bare = bare.removesuffix(told)
    for _ in range(3):  # a sign before the currency, between it and the digits, or after both
        sign, rest = _signed(bare)
        if sign is not None:
            negative = negative or sign < 0
            signed_text = True
            bare = rest
        else:
            signed_text = negative
        shorter = _WORDS.sub("", bare)
        if shorter == bare and sign is None:
            break
        bare = shorter
    if not bare[:1].isdigit() and not bare.startswith((".", ",")):
        return None
    negative = negative or told in ("DR", "DB")
    return _read(
        sign=-1 if negative else 1, digits=bare, mark=mark, signed=negative or bool(told) or signed_text or "+" in text
    )


def decimal_mark(texts: list[str], /) -> Mark:
    """The decimal mark of a table's amounts, told by those that can be read only one way; a point if none tells."""
    votes = {".": 0, ",": 0}
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text[:LONGEST])
        points, commas = digits.count("."), digits.count(",")
        if points and commas:
            votes["." if digits.rfind(".") > digits.rfind(",") else ","] += 1
        elif points > 1 or commas > 1:
            votes["," if points else "."] += 1
        elif points or commas:
            mark = "." if points else ","
            after = len(digits) - digits.index(mark) - 1
            if after != 3:  # noqa: PLR2004 - CONFIG: three digits could be thousands
                votes[mark] += 1
    return "," if votes[","] > votes["."] else "."


def unreadable(*, shown: str) -> Text:
    """Why an amount was not taken."""
    if not shown.strip():
        return Text(en="The amount is missing.", es="Falta la cantidad.")
    shown = shown.strip()[:LONGEST]
    return Text(en=f"“{shown}” is not an amount.", es=f"«{shown}» no es una cantidad.")


def _signed(text: str) -> tuple[int | None, str]:
    """The sign before or after the digits, if there is one, and the rest."""
    if text[:1] in _SIGNS:
        return _SIGNS[text[0]], text[1:]
    if text[-1:] in _SIGNS:
        return _SIGNS[text[-1]], text[:-1]
    return None, text


def _read(*, sign: int, digits: str, mark: Mark, signed: bool) -> Amount | None:
    whole, _, fraction = digits.partition(mark)
    if not whole and not fraction:
        return None
    if (whole and not _WHOLE[mark].fullmatch(whole)) or (fraction and not fraction.isdecimal()):
        return None
    if not digits.isascii():
        return None
    whole = re.sub(r"[.,]", "", whole).lstrip("0")
    if len(whole) > _MOST_DIGITS or len(fraction) > LONGEST:
        return None
    exact = Decimal(f"{whole or '0'}.{fraction or '0'}") * MINOR_PER_UNIT
    minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return Amount(minor=sign * minor, rounded=exact != minor, signed=signed)
