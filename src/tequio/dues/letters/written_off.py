"""The letter that tells that part of an invoice, or its rest, is not asked for any more."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import WrittenOffFacts
from tequio.kernel.mail.composing import Composed, Facts, Paragraph, Wording


def compose(*, facts: WrittenOffFacts) -> Composed:
    """Write the letter: what was let go, what is left, and that nothing is held against anybody."""
    word = Wording(language=facts.to.language)
    account = facts.account
    amount = wording.money(minor=facts.amount, account=account)
    day = wording.on_day(day=facts.on, word=word)
    rest = wording.money(minor=facts.rest, account=account)
    left = word(
        en=f"Of this invoice {rest} is left." if facts.rest else "Nothing is left of this invoice.",
        es=f"De este aviso restan {rest}." if facts.rest else "De este aviso ya no queda nada por pagar.",
    )
    return wording.letter(
        to=facts.to,
        account=account,
        subject=word(
            en=f"Invoice {facts.number}: less to pay", es=f"Aviso de cuota {facts.number}: hay menos por pagar"
        ),
        blocks=[
            Paragraph(
                text=word(
                    en=f"From {day} on we do not ask you for {amount} of invoice {facts.number} any more. {left}",
                    es=f"Desde el {day} le condonamos {amount} del aviso de cuota {facts.number}. {left}",
                )
            ),
            Facts(rows=(wording.member_fact(to=facts.to, word=word),)),
            Paragraph(
                text=word(
                    en="You need not do anything for it, and it counts as settled. Everyone pays what they can.",
                    es="No tiene que hacer nada, y esa parte cuenta como saldada. Cada quien paga lo que puede.",
                )
            ),
            *wording.balance(account=account, word=word),
            *wording.ending(account=account, word=word),
        ],
    )
