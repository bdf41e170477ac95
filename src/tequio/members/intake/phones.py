"""Phone numbers: old Mexican mobiles brought up to date, the rest in E.164, nothing thrown away."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

# The form in use until August 2019, with a 1 after the country code of a mobile. This is the exact definition of the
# roll's contract: other spellings of the same number are not counted as normalized.
_OLD_MEXICAN_MOBILE = re.compile(r"\+52\s*1\s*(?:\d\s*){10}")

# International numbers of ten digits in the two countries nearly all members live in. Their digits are taken as they
# stand, which spares the parser. Measured on 2 cores: 167,200 numbers, nearly all different, in 3.5 s; the parser alone
# needs 61 µs each, about 10 s.
_PLAIN = re.compile(r"\+(1|52)([2-9][0-9]{9})")
_SEPARATORS = str.maketrans("", "", " -.()")
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A phone as it is kept.

    `usable` is False where no parser reads a number in the text. `doubtful` is a warning: a number can be read and no
    such number is given out. `normalized` says that it was an old Mexican mobile and now has +52 and ten digits.
    """

    text: str
    usable: bool
    doubtful: bool
    normalized: bool


def region_of(*, country: str, currency: str) -> str | None:
    """The region whose habits a number without a country code follows: the contact's, else the center's.

    The first two letters of an ISO 4217 code are the country's, so the center's currency tells its region. None where
    neither is a region with a numbering plan: then only numbers with a country code can be read.
    """
    for region in (country.upper(), currency[:2].upper()):
        if region in phonenumbers.SUPPORTED_REGIONS:
            return region
    return None


def read_phone(*, text: str, region: str | None) -> Phone:
    """The phone that `text` (not empty, stripped) describes; `region` is used where it has no country code.

    Text that cannot be read, and a number no phone could have (too short, too long), is kept as written.
    """
    return _read(text, region)


@lru_cache(maxsize=_REMEMBERED)
def _read(text: str, region: str | None) -> Phone:
    if _OLD_MEXICAN_MOBILE.fullmatch(text):
        digits = "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())
        number = phonenumbers.PhoneNumber(country_code=52, national_number=int(digits[3:]))
        doubtful = not phonenumbers.is_valid_number(number)
        return Phone(text=f"+52{digits[3:]}", usable=True, doubtful=doubtful, normalized=True)
    plain = _PLAIN.fullmatch(text.translate(_SEPARATORS))
    if plain:
        number = phonenumbers.PhoneNumber(country_code=int(plain[1]), national_number=int(plain[2]))
        doubtful = not phonenumbers.is_valid_number(number)
        return Phone(text=plain[0], usable=True, doubtful=doubtful, normalized=False)
    return _parsed(text=text, region=region)


def _parsed(*, text: str, region: str | None) -> Phone:
    """The same by the parser alone, for every form the short ways do not know."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return Phone(text=text, usable=False, doubtful=False, normalized=False)
    if not phonenumbers.is_possible_number(number):
        # E.164 would make an emergency call of "12" and one endless number of "555 0100 / 0101".
        return Phone(text=text, usable=True, doubtful=True, normalized=False)
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.extension:
        kept = f"{kept};ext={number.extension}"
    return Phone(text=kept, usable=True, doubtful=not phonenumbers.is_valid_number(number), normalized=False)
