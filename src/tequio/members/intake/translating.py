"""One cell of a person's spreadsheet in the words of a roll; what has no translation is left for the checker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tequio.members.intake.grids import Typed
from tequio.members.intake.vocabulary import countries, folded, values

# A roll keeps center codes; people write names, cities, countries.
TRANSLATED: Final = ("kind", "center", "operations", "currency", "contact_roles", "country", "language")
_LONGEST_WORDS = 80  # characters; what is longer is no word of a list
_ROLE_BORDERS = re.compile(r"[;,/|+&\n]| y | e | and ")
_AMOUNT = re.compile(r"(-?)([0-9]{1,3}(?:([.,' ])[0-9]{3})*|[0-9]+)(?:([.,])([0-9]{1,2}))?")
_MONEY_SIGNS = re.compile(r"(?<![a-z])(us\$|mx\$|m\.?n\.?|mxn|usd|pesos|dlls?|dls)(?![a-z])|\$", re.IGNORECASE)
_SIGN_OF: Final = {"us$": "USD", "usd": "USD", "dls": "USD", "dll": "USD", "dlls": "USD"} | dict.fromkeys(
    ("mx$", "mxn", "mn", "pesos"), "MXN"
)
_POSTAL_DIGITS = 5  # in the United States and in Mexico


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterNames:
    """A center as people may write it: its code, its names; and its currency and language."""

    code: str
    names: tuple[str, ...]
    currency: str
    language: str


def center_words(*, centers: Sequence[CenterNames]) -> dict[str, str]:
    """The code of each center by its folded code, its names, and its country where no other center has that country.

    The first two letters of an ISO 4217 code are those of the country.
    """
    lands = [center.currency[:2] for center in centers]
    found: dict[str, str] = {}
    for name, code in countries().items():
        if lands.count(code) == 1:
            found[name] = centers[lands.index(code)].code
    for center in centers:
        found.update(dict.fromkeys((folded(name) for name in center.names if folded(name)), center.code))
    for center in centers:
        found[folded(center.code)] = center.code
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """Translates cells of the columns with few values. `own` are the mapping's words and go before ours."""

    own: Mapping[str, Mapping[str, str]]
    centers: Mapping[str, str]

    def known(self, *, column: str, text: str) -> str | None:
        """What a cell says in the words of a roll; None for a word nobody has explained."""
        if len(text) > _LONGEST_WORDS:
            return None
        words = folded(text) if text else ""
        own = self.own.get(column, {})
        if words in own:
            return own[words]
        if not text:
            return ""
        if column == "contact_roles":
            return self._roles(text=text)
        return self._words(column).get(words)

    def _words(self, column: str) -> Mapping[str, str]:
        if column == "center":
            return self.centers
        return countries() if column == "country" else values().get(column, {})

    def _roles(self, *, text: str) -> str | None:
        """Roles with whatever between them, as “representative;billing”; None where one of them is not known."""
        own, known = self.own.get("contact_roles", {}), values()["contact_roles"]
        found: list[str] = []
        for piece in _ROLE_BORDERS.split(text.lower()):
            if not (words := folded(piece)):
                continue
            role = own.get(words, known.get(words))
            if role is None:
                return None
            found += [role] if role else []
        return ";".join(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def read_amount(text: str, decimal: str, currency: str) -> str | None:
    """An amount as the roll writes it ("1234.50"); None for what is none, or names another currency than the row's.

    An amount has at most two decimals. So a sign before three digits at the end groups thousands and must not be the
    decimal sign; one before one or two digits can only be the decimal sign, whichever it is.
    """
    named = {re.sub(r"[^a-z$]", "", found[0].lower()) for found in _MONEY_SIGNS.finditer(text)} - {"$"}
    if any(_SIGN_OF.get(sign) != currency for sign in named):
        return None
    bare = re.sub(r"[\u00a0\u202f\u2009]", " ", _MONEY_SIGNS.sub("", text)).strip().replace("- ", "-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    found = _AMOUNT.fullmatch(bare)
    if not found:
        return None
    minus, whole, group, sign, cents = found[1], found[2], found[3], found[4], found[5]
    grouped = re.sub(r"[0-9]", "", whole)
    if group and (group in {decimal, sign} or set(grouped) != {group} or whole.startswith("0")):
        return None
    digits = re.sub(r"[^0-9]", "", whole)
    return f"{minus}{digits}.{cents.ljust(2, '0')}" if cents else f"{minus}{digits}"


def decimal_shown(*, text: str) -> str | None:
    """The decimal sign an amount gives away; None where it could have either or is no amount."""
    found = _AMOUNT.fullmatch(_MONEY_SIGNS.sub("", text).strip())
    if not found or isinstance(text, Typed):
        return None
    if found[4]:
        return found[4]
    return {",": ".", ".": ","}.get(found[3] or "")


def looks_like_amount(*, text: str) -> bool:
    """Whether the text is an amount, with either decimal sign."""
    sign = _MONEY_SIGNS.search(text)
    currency = _SIGN_OF.get(re.sub(r"[^a-z$]", "", sign[0].lower()), "") if sign else ""
    return any(read_amount(text, decimal, currency) is not None for decimal in (".", ","))


def with_leading_zeros(*, text: str, country: str) -> str:
    """A postal code a spreadsheet took for a number, with the zeros it lost, where codes have five digits."""
    if isinstance(text, Typed) and text.isdigit() and country in {"US", "MX"}:
        return text.zfill(_POSTAL_DIGITS)
    return text
