"""Amounts and percentages as people write them in two countries; a currency only where it is stated."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tequio.rules.notes.words import word_set

NUMBER: Final = r"\d{1,3}(?:[.,\u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
MANY: Final = r"(?:\s?(?P<many>k|K|mil|mill[oó]n(?:es)?|millions?|thousand|m|M)\b(?!\s?²))?"
_BEFORE: Final = (
    r"(?P<before>US\$|U\$S|MX\$|MN\s?\$|CA\$|C\$|A\$|R\$|(?:USD|MXN|CAD|ARS|COP|CLP)\s?\$?|EUR\s?€?|GBP\s?£?"
    r"|€|£|\$|dlls?\.?)"
)
_AFTER: Final = (
    r"(?P<after>USD|MXN|EUR|GBP|CAD|AUD|ARS|COP|CLP|d[oó]lares|dollars?|bucks|pesos mexicanos|pesos argentinos|pesos"
    r"|euros?|pounds|€|£|US\$|dlls?|M\.?N\.?(?![\w.]))"
)
_MONEY: Final = re.compile(
    rf"{_BEFORE}\s{{0,2}}(?P<first>{NUMBER}){MANY}(?:\s{{0,2}}\(?{_AFTER.replace('after', 'then')}(?!\w))?"
    rf"|(?<![\w.,$€£])(?P<second>{NUMBER}){MANY.replace('many', 'much')}\s{{0,2}}(?:de\s)?{_AFTER}(?!\w)",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,4}(?:[.,]\d{1,3})?)\s?(?:%|percent\b|per cent\b|por\s?ciento\b|pct\b)", re.IGNORECASE
)
WORDS: Final = word_set(
    "usd mxn eur gbp cad aud ars cop clp dolares dolar dollars dollar bucks pesos euro euros pounds dll dlls percent "
    "pct cent ciento porciento mn"
)
SHARES: Final = word_set("percent pct cent ciento porciento")
_STATED: Final = (
    ("pesos mexicanos", "MXN"), ("pesos argentinos", "ARS"), ("us$", "USD"), ("u$s", "USD"), ("usd", "USD"),
    ("mxn", "MXN"), ("mx$", "MXN"), ("mn", "MXN"), ("m.n", "MXN"), ("cad", "CAD"), ("ca$", "CAD"), ("aud", "AUD"),
    ("a$", "AUD"), ("r$", "BRL"), ("eur", "EUR"), ("€", "EUR"), ("gbp", "GBP"), ("£", "GBP"), ("ars", "ARS"),
    ("cop", "COP"), ("clp", "CLP"), ("dll", "USD"),
    ("dolar", "USD"), ("dólar", "USD"), ("dollar", "USD"), ("euro", "EUR"), ("peso", "MXN"),
)  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_SIGN_LENGTH: Final = 12  # characters before a number that the longest sign with its spaces may take
_THOUSAND: Final = 1_000
_MILLION: Final = 1_000_000


class Amount(NamedTuple):
    """An amount as written: the number in whole units, its currency if stated, the words, and the sign or word used."""

    value: int | float
    currency: str | None
    written: str
    unit: str


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of money in a text, in order. A number without a sign or a word for money is none."""
    first_digit = _DIGIT.search(text)
    if first_digit is None:
        return
    for found in _MONEY.finditer(text, max(0, first_digit.start() - _SIGN_LENGTH)):
        first = found["first"] is not None
        number = found["first"] if first else found["second"]
        unit = found["then"] or found["before"] if first else found["after"]
        many = found["many"] if first else found["much"]
        value = _value(number) * _multiple(many)
        before = found["before"] if first else ""
        currency = currency_of(unit) or (currency_of(before) if before else None)
        yield Amount(_whole(value), currency, found[0].strip(), unit.strip())


def amount_of(*, number: str, many: str | None) -> Amount:
    """The amount that a number with its "mil" or "k" is, without a currency."""
    return Amount(_whole(_value(number) * _multiple(many)), None, f"{number} {many}" if many else number, "")


def percentages(text: str) -> Iterator[Amount]:
    """The percentages in a text, in order."""
    for found in _PERCENT.finditer(text):
        yield Amount(_whole(_value(found["number"], thousands=False)), None, found[0].strip(), "%")


@lru_cache(maxsize=256)
def currency_of(unit: str) -> str | None:
    """The ISO code a sign or word states, or None: both countries write $. Pesos and dollars in words are theirs."""
    small = unit.lower().strip()
    return next((code for mark, code in _STATED if small.startswith(mark)), None)


def _multiple(many: str | None) -> int:
    if not many:
        return 1
    small = many.lower()
    return _THOUSAND if small in {"k", "mil", "thousand"} else _MILLION


def _value(number: str, *, thousands: bool = True) -> float:
    """A number with its separators read: the last one with one or two digits after it is for decimals."""
    if number.isdecimal():
        return float(number)
    plain = number.replace("\u00a0", "").replace("\u202f", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return float(plain)
    decimals = len(plain) - last - 1
    whole = re.sub(r"[.,]", "", plain[:last])
    if decimals == 3 and thousands:  # noqa: PLR2004 - WONTFIX: 4,800 and 4.800 are thousands in either country
        return float(whole + plain[last + 1 :])
    return float(f"{whole}.{plain[last + 1 :]}")


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 4)
