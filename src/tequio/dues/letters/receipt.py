"""The letter that thanks for a payment."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import ReceiptFacts
from tequio.kernel.mail.composing import Amount, Amounts, Block, Composed, Facts, Paragraph, Wording
from tequio.rules.reasons import Text

METHOD_NAMES = {
    "cash": Text(en="cash", es="efectivo"),
    "check": Text(en="check", es="cheque"),
    "transfer": Text(en="transfer", es="transferencia"),
    "card": Text(en="card", es="tarjeta"),
    "other": Text(en="otherwise", es="otro medio"),
}


def compose(*, facts: ReceiptFacts) -> Composed:
    """Write the letter: what came, what it settled, what is left or stands as credit, and thanks."""
    word = Wording(language=facts.to.language)
    amount = wording.money(minor=facts.amount, account=facts.account)
    day = wording.on_day(day=facts.on, word=word)
    return wording.letter(
        to=facts.to,
        account=facts.account,
        subject=word(en=f"Thank you: payment {facts.number}", es=f"Gracias por su pago {facts.number}"),
        blocks=[
            Paragraph(
                text=word(
                    en=f"Thank you. Your payment of {amount} arrived on {day}.",
                    es=f"Muchas gracias. Recibimos su pago de {amount} el {day}.",
                )
            ),
            Facts(
                rows=(
                    wording.member_fact(to=facts.to, word=word),
                    (word(en="Payment", es="Pago"), facts.number),
                    (word(en="Paid by", es="Medio"), METHOD_NAMES[facts.method].to(word.language)),
                )
            ),
            _what_it_settled(facts=facts, word=word),
            Paragraph(text=word(en="The receipt is attached as a PDF.", es="Adjuntamos el recibo en PDF.")),
            *_what_is_left(facts=facts, word=word),
            *wording.ending(account=facts.account, word=word),
        ],
    )


def _what_it_settled(*, facts: ReceiptFacts, word: Wording) -> Amounts:
    account = facts.account
    rows = []
    for share in facts.settled:
        label = word(en=f"Invoice {share.number}", es=f"Aviso de cuota {share.number}")
        if share.rest:
            left = wording.money(minor=share.rest, account=account)
            label += word(en=f", {left} left", es=f", restan {left}")
        else:
            label += word(en=", paid in full", es=", pagado por completo")
        rows.append(Amount(label=label, amount=wording.figure(minor=share.amount, account=account)))
    if facts.unused:
        rows.append(
            Amount(
                label=word(en="Credit for your next dues", es="A favor, para su próxima cuota"),
                amount=wording.figure(minor=facts.unused, account=account),
            )
        )
    rows.append(
        Amount(
            label=word(en="Received", es="Recibido"),
            amount=wording.figure(minor=facts.amount, account=account),
            is_total=True,
        )
    )
    caption = word(en=f"What it went to, in {account.currency}", es=f"A qué se aplicó, en {account.currency}")
    return Amounts(caption=caption, rows=tuple(rows))


def _what_is_left(*, facts: ReceiptFacts, word: Wording) -> list[Block]:
    more: list[Block] = []
    if facts.unused:
        unused = wording.money(minor=facts.unused, account=facts.account)
        more.append(
            Paragraph(
                text=word(
                    en=f"{unused} was more than what was open. It stays yours: it goes to your next dues by itself, or "
                    "back to you if you ask for it.",
                    es=f"Pagó {unused} más de lo pendiente. Ese dinero sigue siendo suyo: se aplica por sí solo a su "
                    "próxima cuota, o se lo devolvemos si lo pide.",
                )
            )
        )
        if not facts.account.owed:
            return more
    return more + wording.balance(account=facts.account, word=word)
