"""Amounts and percentages of a sentence as candidates, each saying whether its currency is stated."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from tequio.rules.notes.amounts import SHARES, WORDS, Amount, amounts, percentages
from tequio.rules.notes.bare_amounts import bare_amounts
from tequio.rules.notes.records import Candidate, Kind
from tequio.rules.notes.words import folded, tokens
from tequio.rules.reasons import Text

_DIGIT: Final = re.compile(r"\d")
_MOST: Final = 60  # of one sentence: what has more is a table somebody pasted


def money_in(text: str, *, line: int, words: Sequence[str] | None = None) -> list[Candidate]:
    """The amounts and percentages of a sentence; `words` are its folded ones, where they are known already."""
    found: list[Candidate] = []
    if not _DIGIT.search(text):
        return found
    words = tokens(folded(text)) if words is None else words
    if "$" in text or "€" in text or "£" in text or not _MONEY_WORDS.isdisjoint(words):
        for amount in islice(amounts(text), _MOST):
            sure = 0.95 if amount.currency else 0.8
            found.append(Candidate(Kind.AMOUNT, text, line, _why(amount), sure, None, amount.value, amount.currency))
    for amount, cue in islice(bare_amounts(text, words=words), _MOST):
        if not any(one.amount == amount.value for one in found):
            found.append(Candidate(Kind.AMOUNT, text, line, _why_bare(amount, cue), 0.6, None, amount.value))
    if "%" in text or not SHARES.isdisjoint(words):
        for share in islice(percentages(text), _MOST):
            why = Text(en=f"“{share.written}” is a percentage.", es=f"«{share.written}» es un porcentaje.")
            found.append(Candidate(Kind.PERCENTAGE, text, line, why, 0.95, None, share.value))
    return found


_MONEY_WORDS: Final = WORDS - SHARES


def _why_bare(amount: Amount, cue: str) -> Text:
    return Text(
        en=f"“{amount.written}” is an amount, because of the word “{cue}”; its currency is not stated.",
        es=f"«{amount.written}» es una cantidad, por la palabra «{cue}»; no dice la moneda.",
    )


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
