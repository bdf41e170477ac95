"""Amounts written without a sign or a currency, where a word right before the number says that it is money."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.amounts import MANY, NUMBER, Amount, amount_of
from tequio.rules.notes.words import folded, word_set

# What is so much: things first, then what is done with money.
_SURE: Final = word_set(
    "budget budgets presupuesto presupuestos cost costs costing price prices precio precios cuota cuotas dues fee "
    "fees fund funds fondo fondos balance saldo gasto gastos egreso egresos expense expenses ingreso ingresos "
    "income revenue donation donations donativo donativos donacion donaciones rent renta alquiler loan prestamo "
    "debt deuda grant grants subsidio subvencion beca salary salario sueldo honorarios stipend invoice factura "
    "quote cotizacion aportacion aportaciones cooperacion multa deposit deposito caja pay pays paid paying pagar "
    "paga pagan pago pagaron pagamos cobra cobran cobrar cobro cuesta cuestan costo costaron costara spent spend "
    "spending gastar gasta gastaron owe owes owed recaudo recaudaron donate donated dono donaron allocate "
    "allocated asignar asigna destinar destinan"
)
# With these a number is money only if it is written as amounts are: 3,500, 2.5 mil, 5k.
_LIKELY: Final = word_set(
    "ask asks asked offer offers offered requests requested total subtotal raised ceiling pide piden pidio ofrece "
    "ofrecen ofrecio solicita solicitan solicito sale salio tope debe deben charge charges charged"
)
CUES: Final = _SURE | _LIKELY
_UNITS: Final = (
    r"people|persons?|members?|votes?|hours?|days?|weeks?|months?|years?|minutes?|am|pm|copies|items?|times|tickets?"
    r"|personas?|soci[oa]s?|miembros?|votos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|minutos?|copias|ejemplares|veces"
    r"|boletos?|puntos?|casas?|familias?|kilos?|kg|km|m2|tb|gb|mb|th|st|nd|rd|%|percent|por\s?ciento|º|ª"
    r"|(?:de\s)?(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
# "presupuesto de 4,800", "budget for food: 1,200", "cuesta unos 2.5 mil", "ingresos 300"
_BARE: Final = re.compile(
    rf"(?<=[\s(])(?P<number>{NUMBER}){MANY}(?:\s(?:a|to|y|and)\s(?P<second>{NUMBER}))?(?![\w$€£/:%]|[.,-]\d|\s?(?:{_UNITS})(?!\w))",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d$")
_NO_MONEY: Final = word_set(
    "in en since desde page pagina item punto number numero no line linea part parte chapter room sala version phase "
    "fase week semana article year ano dia day"
)
_GROUPED: Final = re.compile(r"[.,]\d{3}(?!\d)")
_LEAST: Final = 10  # smaller numbers are counts
_BEFORE: Final = 90  # characters before a number in which the word stands that says it is money
_WORDS_BEFORE: Final = 5
_LONGEST_BETWEEN: Final = 12  # letters of the words between them
_LAST_WORD: Final = re.compile(r"(?<!\w)([^\W\d_]{3,14})(?:[’']s)?$")  # "(budget", "rent's"


def bare_amounts(text: str, *, words: Sequence[str]) -> Iterator[tuple[Amount, str]]:
    """The bare amounts of a text, each with the word that says it is money. `words`: the folded words of the text."""
    if CUES.isdisjoint(words):
        return
    for found in _BARE.finditer(text):
        cue = _cue(text[max(0, found.start() - _BEFORE) : found.start()])
        if cue is None:
            continue
        for number, many in ((found["number"], found["many"]), (found["second"], None)):
            if number is None or (_YEAR.match(number) and not many):
                continue
            if cue not in _SURE and not (many or _GROUPED.search(number)):
                continue
            amount = amount_of(number=number, many=many)
            if amount.value >= _LEAST:
                yield amount, cue


def _cue(before: str) -> str | None:
    """The word that says a number is money, out of what stands before it: the nearest, with only words between."""
    before = before.rstrip(" (")
    if before.endswith((":", "=")):
        before = before[:-1]
    for place, word in enumerate(reversed(before.split()[-_WORDS_BEFORE:])):
        if not word.isalpha():
            last = _LAST_WORD.search(word)
            return folded(last[1]) if last and folded(last[1]) in CUES else None
        small = folded(word)
        if small in CUES:
            return small
        if len(word) > _LONGEST_BETWEEN or (place == 0 and small in _NO_MONEY):
            return None
    return None
