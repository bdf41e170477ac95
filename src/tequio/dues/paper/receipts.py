"""A receipt as a letter: what was received, what it settled, and what is left of it."""

from tequio.dues.paper.addresses import address_lines
from tequio.dues.paper.facts import ReceiptFacts
from tequio.dues.paper.letters import (
    LONGEST_NAME,
    Banner,
    Fact,
    Letter,
    Passage,
    Row,
    Table,
    amount_text,
    figure,
    sender_lines,
    whom_to_ask,
)
from tequio.dues.paper.plain_text import breakable, one_line
from tequio.rules.reasons import Text, long_date

_LONGEST_NOTE = 120
_MOST_SHARES = 8  # more of them are added up, so that the figures stay on one page
METHODS = {
    "cash": Text(en="cash", es="efectivo"),
    "check": Text(en="check", es="cheque"),
    "transfer": Text(en="bank transfer", es="transferencia"),
    "card": Text(en="card", es="tarjeta"),
    "other": Text(en="another way", es="otra forma"),
}


def receipt_letter(*, facts: ReceiptFacts) -> Letter:
    """The letter of a payment, in the language of the person it goes to."""
    language = "es" if facts.language == "es" else "en"
    amount = amount_text(minor=facts.amount, currency=facts.currency)
    voided = facts.voided_on is not None
    lead = Text(en=f"We received {amount}. Thank you.", es=f"Recibimos {amount}. Gracias.")
    return Letter(
        language=language,
        country=facts.center.country,
        on=facts.on,
        kind=Text(en="Receipt", es="Recibo").to(language),
        number=facts.number,
        sender=one_line(facts.center.name.to(language), most=LONGEST_NAME),
        sender_lines=sender_lines(center=facts.center),
        address=address_lines(to=facts.to, from_country=facts.center.country, language=language),
        facts=_head_facts(facts, language),
        banner=_banner(facts, language),
        lead="" if voided else lead.to(language),
        table=None if voided else _table(facts, language),
        passages=(),
        online=None,
        notes=(_right(facts, language),),
        thanks=Text(
            en="This organization lives on what its members give.",
            es="Esta organización vive de lo que aporta su membresía.",
        ).to(language),
        stub=None,
    )


def _head_facts(facts: ReceiptFacts, language: str) -> tuple[Fact, ...]:
    found = [
        Fact(
            label=Text(en="Received on", es="Recibido el").to(language),
            value=long_date(day=facts.on, language=language),
        ),
        Fact(
            label=Text(en="Amount", es="Monto").to(language),
            value=amount_text(minor=facts.amount, currency=facts.currency),
            strong=True,
        ),
        Fact(label=Text(en="By", es="Por").to(language), value=METHODS[facts.method].to(language)),
        Fact(label=Text(en="Member", es="Membresía").to(language), value=breakable(facts.to.member_code, most=40)),
    ]
    note = breakable(facts.note, most=_LONGEST_NOTE)
    if note:
        found.append(Fact(label=Text(en="Note", es="Nota").to(language), value=note))
    return tuple(found)


def _banner(facts: ReceiptFacts, language: str) -> Banner | None:
    if facts.voided_on is None:
        return None
    day = long_date(day=facts.voided_on, language=language)
    reason = breakable(facts.void_reason, most=_LONGEST_NOTE)
    text = Text(
        en="This payment was entered by mistake and does not count.",
        es="Este pago se registró por error y no cuenta.",
    ).to(language)
    why = Text(en=f" Reason: {reason}", es=f" Motivo: {reason}").to(language) if reason else ""
    head = Text(en=f"Voided on {day}", es=f"Anulado el {day}").to(language)
    return Banner(tone="brick", head=head, text=text + why)


def _table(facts: ReceiptFacts, language: str) -> Table:
    rows = []
    for share in facts.shares[:_MOST_SHARES]:
        name = Text(en=f"Invoice {share.invoice}", es=f"Aviso de cuota {share.invoice}").to(language)
        rows.append(Row(name=name, left=figure(share.rest), amount=figure(share.amount)))
    others = facts.shares[_MOST_SHARES:]
    if others:
        name = Text(en=f"{len(others)} more invoices", es=f"Otros {len(others)} avisos").to(language)
        left, settled = sum(s.rest for s in others), sum(s.amount for s in others)
        rows.append(Row(name=name, left=figure(left), amount=figure(settled)))
    if facts.unused:
        name = Text(en="Credit for the next invoice", es="Saldo a favor para el próximo aviso").to(language)
        rows.append(Row(name=name, amount=figure(facts.unused)))
    if facts.given_back:
        last = long_date(day=facts.given_back[-1][0], language=language)
        name = Text(en=f"Given back, the last of it on {last}", es=f"Devuelto, lo último el {last}").to(language)
        if len(facts.given_back) == 1:
            name = Text(en=f"Given back on {last}", es=f"Devuelto el {last}").to(language)
        rows.append(Row(name=name, amount=figure(sum(amount for _, amount in facts.given_back))))
    heads = Text(en="Where it went", es="A qué se aplicó"), Text(en="Left of it", es="Resta")
    return Table(
        heads=(heads[0].to(language), heads[1].to(language), facts.currency),
        rows=tuple(rows),
        subtotal=None,
        lowered=(),
        total=Row(
            name=Text(en="Received", es="Recibido").to(language),
            amount=amount_text(minor=facts.amount, currency=facts.currency),
        ),
    )


def _right(facts: ReceiptFacts, language: str) -> Passage:
    whom = whom_to_ask(center=facts.center)
    text = Text(
        en=f"Tell {whom.en}; please name the number of this receipt.",
        es=f"Avise a {whom.es}; por favor, diga el número de este recibo.",
    )
    head = Text(en="If something is not right", es="Si algo no está bien")
    return Passage(head=head.to(language), lines=(text.to(language),))
