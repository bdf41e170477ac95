"""Amounts and percentages of a sentence as candidates, each saying whether its currency is stated."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from tequio.rules.notes.amounts import SHARES, WORDS, Amount, amounts, percentages
from tequio.rules.notes.records import Candidate, Kind
from tequio.rules.notes.words import folded, tokens
from tequio.rules.reasons import Text

_DIGIT: Final = re.compile(r"\d")
_SIGN: Final = re.compile(r"[$€£]")
_MOST: Final = 60  # of one sentence: what has more is a table somebody pasted


def money_in(text: str, *, line: int) -> Iterator[Candidate]:
    """The amounts and percentages of a sentence."""
    if not _DIGIT.search(text):
        return
    said = WORDS.intersection(tokens(folded(text)))
    has_sign = bool(_SIGN.search(text))
    for amount in islice(amounts(text), _MOST) if has_sign or said - SHARES else ():
        yield Candidate(
            kind=Kind.AMOUNT,
            text=text,
            line=line,
            why=_why(amount),
            confidence=0.95 if amount.currency else 0.8,
            amount=amount.value,
            currency=amount.currency,
        )
    for share in islice(percentages(text), _MOST) if "%" in text or said & SHARES else ():
        why = Text(en=f"“{share.written}” is a percentage.", es=f"«{share.written}» es un porcentaje.")
        yield Candidate(kind=Kind.PERCENTAGE, text=text, line=line, why=why, confidence=0.95, amount=share.value)


def _why(amount: Amount) -> Text:
    written, unit = amount.written, amount.unit
    if amount.currency:
        return Text(
            en=f"“{written}” is an amount in {amount.currency}.",
            es=f"«{written}» es una cantidad en {amount.currency}.",
        )
    return Text(
        en=f"“{written}” is an amount; its currency is not stated, and “{unit}” is used in both countries.",
        es=f"«{written}» es una cantidad; no dice la moneda, y «{unit}» se usa en ambos países.",
    )
