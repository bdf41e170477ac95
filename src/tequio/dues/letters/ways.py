"""How a center says it takes money: what its invoices print, in sentences for a letter."""

from itertools import zip_longest

from tequio.centers.models import Center
from tequio.dues.letters.about import Ways
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text


def ways_of(*, center: Center) -> Ways:
    """Whom to pay, and what the center says of how; lines it said in one language only are said in that one."""
    english, spanish = _lines(center.pay_to_en), _lines(center.pay_to_es)
    if not english or not spanish:
        english = spanish = english or spanish
    return Ways(
        payee=text_of(row=center, name="name"),
        told=tuple(Text(en=en, es=es) for en, es in zip_longest(english, spanish, fillvalue="")),
        address=", ".join(_lines(center.postal_address)),
        reply_to=center.letter_email,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
