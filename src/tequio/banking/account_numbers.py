"""Whether two ways of writing an account mean the same one: an IBAN and its number, a CLABE, one half hidden."""

import re

_BARE = re.compile(r"[^0-9A-Z*X]")
_FEWEST = 6  # characters of a number that may be found within a longer one
_SHOWN = 4  # of one that is half hidden
_CLABE = 18
_HIDDEN = re.compile(r"(?:[0-9A-Z]{0,4}?)[X*]{2,}(\d{4,})")


def bare(number: str, /) -> str:
    """An account's number without spaces and signs, in capitals."""
    return _BARE.sub("", number.upper().replace("•", "*").replace(".", ""))


def names_an_account(text: str, /) -> bool:
    """Whether a text a file gives as an account is a number at all, and not “Checking”."""
    return sum(character.isdigit() for character in text) >= _SHOWN


def same_account(ours: str, named: str, /) -> bool:
    """Whether `named`, as a file writes it, is `ours`, as it is recorded.

    Zeros in front do not matter. Six characters or more at the end of the longer one are enough, and so is the
    account within a CLABE. Where either hides all but the last four digits or more, or no more than those were
    recorded, they must be equal.
    """
    one, other = bare(ours), bare(named)
    for part, whole in ((other, one), (one, other)):
        shown = _HIDDEN.fullmatch(part)
        if shown:
            return whole.endswith(shown[1])
    if _SHOWN <= len(one) < _FEWEST:
        return other.endswith(one)
    one, other = one.lstrip("0"), other.lstrip("0")
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= _FEWEST and long.endswith(short):
        return True
    return any(
        len(bare(whole)) == _CLABE and bare(whole).isdigit() and _within(bare(whole), part)
        for whole, part in ((ours, other), (named, one))
    )


def _within(clabe: str, number: str) -> bool:
    """The eleven digits of an account within a CLABE, between bank and place and the check digit."""
    account = clabe[6:17].lstrip("0")
    return len(number) >= _FEWEST and (account == number or account.endswith(number))


def ending_of(number: str, /) -> str:
    """The last four characters, which may be shown."""
    return bare(number)[-4:]
