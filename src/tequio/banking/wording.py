"""The words of a bank's line, made alike: what recognizes it, and what tells a payer from a bank's own phrases."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tequio.kernel.encryption import fingerprint

_WORD = re.compile(r"[^\W_]+")
# What banks write themselves: says nothing of who paid.
_GENERIC: Final = frozenset(
    [
        *(
            "transfer",
            "transferencia",
            "deposit",
            "deposito",
            "payment",
            "pago",
            "spei",
            "recibido",
            "recibida",
            "from",
        ),
        *(
            "zelle",
            "ach",
            "credit",
            "credito",
            "abono",
            "cargo",
            "online",
            "mobile",
            "wire",
            "incoming",
            "bank",
            "banco",
        ),
        *("efectivo", "cash", "check", "cheque", "interbancario", "cuenta", "tercero", "terceros", "de", "del", "la"),
        *(
            "el",
            "the",
            "to",
            "for",
            "ref",
            "referencia",
            "reference",
            "concepto",
            "dues",
            "cuota",
            "cuotas",
            "membresia",
        ),
        *("membership", "name", "orig", "co", "id", "desc", "date", "entry", "descr", "sec", "trace", "eed", "ind"),
        *("trn", "web", "ppd", "ccd", "remote", "counter", "branch", "sucursal", "por", "orden", "en", "paypal"),
        *("stripe", "square", "general", "completed", "money", "received", "gutschrift", "ueberweisung", "overboeking"),
        *("bbva", "banorte", "santander", "banamex", "hsbc", "chase", "citi", "bancomer", "scotiabank", "inbursa"),
        *("sepa", "eref", "svwz", "nonref", "notprovided", "clave", "rastreo", "bem", "bnet", "practic", "ventanilla"),
    ]
)
_TELLING = 2  # words of a name that tell a payer


@lru_cache(maxsize=65_536)
def words_of(text: str, /) -> tuple[str, ...]:
    """The words of a text without accents or capitals, in their order."""
    plain = text
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        plain = "".join(character for character in apart if not unicodedata.combining(character))
    return tuple(_WORD.findall(plain.casefold()))


def telling_words(text: str, /) -> tuple[str, ...]:
    """The words that may name a payer: letters, three of them or more, and no phrase of a bank."""
    return tuple(
        word
        for word in words_of(text)
        if len(word) > 2 and not word.isdigit() and word not in _GENERIC  # noqa: PLR2004
    )


def shared_words(one: str, other: str, /) -> bool:
    """Whether two texts about a movement, of two formats, share a word or a number that tells it from others."""

    def strong(text: str) -> set[str]:
        return {word for word in words_of(text) if len(word) > 3 and word not in _GENERIC}  # noqa: PLR2004 - CONFIG

    return bool(strong(one) & strong(other))


def text_print(text: str, /) -> str:
    """A keyed hash of a line's words."""
    return fingerprint("bank text", " ".join(words_of(text)))


def account_print(number: str, /) -> str:
    """A keyed hash of a payer's account; empty for what is too short to be one."""
    bare = re.sub(r"[^0-9a-z@]", "", number.casefold())
    return fingerprint("payer account", bare) if len(bare) > 5 else ""  # noqa: PLR2004 - CONFIG


def name_print(name: str, /) -> str:
    """A keyed hash of a payer's name; empty for one that would not tell it from others."""
    telling = telling_words(name)
    return fingerprint("payer name", " ".join(sorted(telling))) if len(telling) >= _TELLING else ""
