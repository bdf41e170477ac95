"""The letter that tells a member of a rate of its own: dues waived, reduced, or a solidarity rate."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import RateFacts
from tequio.kernel.mail.composing import Composed, Facts, Paragraph, Wording
from tequio.rules.dues import RateKind
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text

_NAMES = {
    RateKind.COMPED: Text(en="dues waived", es="membresía exenta de cuota"),
    RateKind.REDUCED: Text(en="reduced rate", es="cuota reducida"),
    RateKind.SOLIDARITY: Text(en="solidarity rate", es="cuota solidaria"),
}


def compose(*, facts: RateFacts) -> Composed:
    """Write the letter: what is asked from when until when, and what it does not touch."""
    word = Wording(language=facts.to.language)
    name = _NAMES[RateKind(facts.kind)].to(word.language)
    start = wording.on_day(day=facts.valid_from, word=word)
    until = wording.on_day(day=facts.valid_until, word=word) if facts.valid_until else None
    period = word(
        en=f"from {start} through {until}" if until else f"from {start} on",
        es=f"del {start} al {until}" if until else f"a partir del {start}",
    )
    return wording.letter(
        to=facts.to,
        account=facts.account,
        subject=word(en=f"Your dues: {name}", es=f"Su cuota: {name}"),
        blocks=[
            Paragraph(text=_said(facts=facts, word=word, period=period)),
            Facts(rows=(wording.member_fact(to=facts.to, word=word),)),
            Paragraph(text=_touches(facts=facts, word=word)),
            *wording.balance(account=facts.account, word=word),
            *wording.ending(account=facts.account, word=word),
        ],
    )


def _said(*, facts: RateFacts, word: Wording, period: str) -> str:
    begins = period[0].upper() + period[1:]
    if facts.kind == RateKind.COMPED:
        return word(
            en=f"{begins} we ask no dues of you. Your membership, your vote and everything else stay as they are.",
            es=f"Le confirmamos que {period} no le pediremos cuota. Su membresía, su voto y todo lo demás siguen "
            "igual.",
        )
    percent = f"{facts.basis_points * 100 / WHOLE_SHARE:g}"
    if facts.kind == RateKind.SOLIDARITY:
        return word(
            en=f"Thank you for the solidarity rate: {period} you pay {percent} percent of the table, so that others "
            "can pay less.",
            es=f"Gracias por su cuota solidaria: {period} usted paga {percent} por ciento de la tabla, para que otras "
            "personas puedan pagar menos.",
        )
    return word(
        en=f"{begins} your dues are {percent} percent of the table. Everyone pays what they can, and your membership "
        "and your vote stay whole.",
        es=f"Le confirmamos que {period} su cuota es el {percent} por ciento de la tabla. Cada quien paga lo que "
        "puede, y su membresía y su voto quedan completos.",
    )


def _touches(*, facts: RateFacts, word: Wording) -> str:
    if facts.kind == RateKind.SOLIDARITY:
        return word(
            en="It holds for invoices made from now on. If it becomes too much, a message is enough and it ends.",
            es="Vale para los avisos de cuota que se hagan a partir de ahora. Si llega a ser demasiado, basta con "
            "escribirnos y termina.",
        )
    return word(
        en="It holds for invoices made from now on. An invoice you have already keeps its amount; if that is too much "
        "as well, answer this message.",
        es="Vale para los avisos de cuota que se hagan a partir de ahora. Los que ya tiene conservan su cantidad; si "
        "también es demasiado, responda a este correo.",
    )
